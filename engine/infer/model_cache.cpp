#include "engine/infer/model_cache.h"

#include <algorithm>
#include <filesystem>

#include "engine/model/model_io.h"

namespace lathe {

namespace {

constexpr double kReadShare = 0.7;  // of the time; the rest is packing

std::string files_of(const std::string& folder) {
    std::vector<std::string> lines;
    std::error_code ignored;
    for (const auto& entry : std::filesystem::directory_iterator(folder, ignored))
        if (entry.is_regular_file(ignored))
            lines.push_back(entry.path().filename().string() + " " + std::to_string(entry.file_size(ignored)) + " " +
                            std::to_string(entry.last_write_time(ignored).time_since_epoch().count()) + "\n");
    std::sort(lines.begin(), lines.end());
    std::string all;
    for (const std::string& line : lines) all += line;
    return all;
}

}  // namespace

ChatModel ModelCache::get(const std::string& folder, const std::function<void(double)>& progress) {
    std::erase_if(entries_, [](const auto& entry) { return entry.second.model.expired(); });
    const std::string files = files_of(folder);
    const auto known = entries_.find(folder);
    if (known != entries_.end() && known->second.files == files) {
        last_ = known->second.model.lock();
        return {last_, known->second.tokenizer, known->second.end_tokens};
    }
    last_.reset();  // before its successor takes memory
    auto tokenizer = std::make_shared<const Tokenizer>(Tokenizer::open(folder));
    LoadedModel loaded = load_model(folder, [&](double share) { progress(kReadShare * share); });
    loaded.model->freeze([&](double share) { progress(kReadShare + (1 - kReadShare) * share); });
    last_ = std::move(loaded.model);
    entries_[folder] = {files, last_, tokenizer, end_tokens(loaded.config)};
    return {last_, std::move(tokenizer), end_tokens(loaded.config)};
}

}  // namespace lathe

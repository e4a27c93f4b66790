#include "engine/infer/model_cache.h"

#include <algorithm>
#include <filesystem>

#include "engine/data/tokenizer_origin.h"
#include "engine/model/adapter.h"
#include "engine/model/model_io.h"

namespace lathe {

namespace {

// Of the folder, or of the one file.
std::string files_of(const std::string& path) {
    std::vector<std::string> lines;
    std::error_code ignored;
    const auto add = [&](const std::filesystem::directory_entry& entry) {
        if (entry.is_regular_file(ignored))
            lines.push_back(entry.path().filename().string() + " " + std::to_string(entry.file_size(ignored)) + " " +
                            std::to_string(entry.last_write_time(ignored).time_since_epoch().count()) + "\n");
    };
    add(std::filesystem::directory_entry(path, ignored));
    for (const auto& entry : std::filesystem::directory_iterator(path, ignored)) add(entry);
    std::sort(lines.begin(), lines.end());
    std::string all;
    for (const std::string& line : lines) all += line;
    return all;
}

}  // namespace

ChatModel ModelCache::get(const ModelFiles& model, const std::function<void(double)>& progress) {
    std::erase_if(entries_, [](const auto& entry) { return entry.second.model.expired(); });
    const std::string files = files_of(model.path) + files_of(model.adapter), key = model.path + '\n' + model.adapter;
    const auto known = entries_.find(key);
    if (known != entries_.end() && known->second.files == files) {
        last_ = known->second.model.lock();
        ChatModel again = known->second.rest;
        again.model = last_;
        return again;
    }
    ChatModel fresh;
    std::shared_ptr<Model> loaded;
    if (model.adapter.empty()) {
        last_.reset();  // before its successor takes memory
        LoadedModel base = load_model(model, WeightForm::packed, progress);
        fresh.end_tokens = end_tokens(base.config);
        loaded = std::move(base.model);
    } else {
        fresh = get({model.path, "", model.strict}, progress);
        loaded = with_adapter(fresh.model, read_peft_adapter(model.adapter));
    }
    fresh.tokenizer = std::make_shared<const Tokenizer>(Tokenizer::open(Tokenizer::place_of(model)));
    fresh.chat_format = std::make_shared<const ChatFormat>(read_chat_format(*fresh.tokenizer));
    fresh.other_tokenizer = tokenizer_difference(model.path, *fresh.tokenizer, loaded->config().vocab_size);
    fresh.model.reset();
    last_ = std::move(loaded);
    entries_[key] = {files, last_, fresh};
    fresh.model = last_;
    return fresh;
}

}  // namespace lathe

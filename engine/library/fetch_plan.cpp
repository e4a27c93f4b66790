#include <algorithm>
#include <array>
#include <filesystem>
#include <string_view>

#include "engine/base/error.h"
#include "engine/formats/checked.h"
#include "engine/formats/hf_keys.h"
#include "engine/library/fetch.h"
#include "engine/library/fetch_address.h"
#include "engine/library/fetch_parts.h"
#include "engine/library/licence.h"

namespace lathe {

namespace {

constexpr int64_t kAnswerLimit = 16 << 20;
constexpr int kMostPages = 100;     // of 1000 files
constexpr size_t kNamesShown = 12;  // in an error

constexpr std::array<std::string_view, 18> kWanted = {"config.json",
                                                      "generation_config.json",
                                                      "model.safetensors.index.json",
                                                      "adapter_config.json",
                                                      "tokenizer.json",
                                                      "tokenizer_config.json",
                                                      "special_tokens_map.json",
                                                      "added_tokens.json",
                                                      "vocab.json",
                                                      "merges.txt",
                                                      "tokenizer.model",
                                                      "adapter_model.safetensors",
                                                      "chat_template.jinja",
                                                      "README.md",
                                                      "LICENSE",
                                                      "LICENSE.txt",
                                                      "LICENSE.md",
                                                      "NOTICE"};

bool is_weights(const std::string& name) {
    return name == "adapter_model.safetensors" ||
           (name.starts_with("model") && name.ends_with(".safetensors") && name.find('/') == std::string::npos);
}

bool is_hex(const std::string& text, size_t size) {
    return text.size() == size && text.find_first_not_of("0123456789abcdef") == std::string::npos;
}

// cardData.license, a text or a list of them; license_name where it is "other".
std::string licence_of(const HfKeys& keys, const std::string& url) {
    const Json* card = keys.object("cardData");
    if (!card) return "";
    const HfKeys data(*card, url, "cardData.");
    const Json* stated = data.find("license");
    if (stated && stated->is_array() && !stated->empty()) stated = &stated->front();
    const std::string licence = stated && stated->is_string() ? stated->get<std::string>() : "";
    return first_line(licence == "other" ? data.text("license_name").value_or(licence) : licence);
}

FetchFile listed_file(const Json& entry, const std::string& url) {
    const HfKeys keys(entry, url);
    FetchFile file{.name = keys.text("path").value_or("")};
    local_name(file.name, url);
    const Json* lfs = keys.object("lfs");
    const HfKeys stored(lfs ? *lfs : entry, url, lfs ? "lfs." : "");
    file.bytes = stored.needed_integer("size");
    if (file.bytes < 0) stored.out_of_range("size", "at least 0", std::to_string(file.bytes));
    if (!lfs) return file;
    file.sha256 = stored.text("oid").value_or("");
    if (!is_hex(file.sha256, 64)) stored.out_of_range("oid", "64 hex digits", file.sha256.substr(0, 80));
    return file;
}

// The address in <…> before rel="next", on the mirror: another site's is not asked, its cursor alone is taken.
std::string next_page(const std::string& link, const std::string& first) {
    const size_t next = link.find("rel=\"next\"");
    const size_t cursor = link.rfind("cursor=", next);
    if (next == std::string::npos || cursor == std::string::npos) return "";
    return first + "&" + link.substr(cursor, link.find_first_of("&>", cursor) - cursor);
}

class Planner {
public:
    Planner(const FetchRequest& request, const std::function<bool()>& keep_going)
        : request_(request), settings_(http_settings(request)), keep_going_(keep_going) {}

    FetchPlan repository(const FetchTarget& target) {
        const std::string url = repository_address(request_.mirror, target);
        const Json json = answer(url);
        const HfKeys keys(json, url);
        FetchPlan plan{.repository = target.repository, .revision = keys.text("sha").value_or("")};
        if (!is_hex(plan.revision, 40))
            keys.out_of_range("sha", "a commit of 40 hex digits", plan.revision.substr(0, 80));
        plan.licence = licence_of(keys, url);
        const std::string listing = listing_address(request_.mirror, plan.repository, plan.revision);
        plan.files = choose(list(listing), target, listing);
        return plan;
    }

    FetchPlan address(const FetchTarget& target) {
        HttpGet head{.url = target.address, .head_only = true, .keep_going = keep_going_};
        const HttpReply reply = http_get(settings_, head);
        if (reply.body_bytes < 0)
            fail({.kind = ErrorKind::unsupported,
                  .file = target.address,
                  .expected = "a server that tells the size",
                  .found = "none"});
        const std::string path = target.address.substr(0, target.address.find_first_of("?#"));
        return {.revision = reply.etag.empty() ? reply.last_modified : reply.etag,
                .files = {{.name = path.substr(path.rfind('/') + 1), .bytes = reply.body_bytes}}};
    }

private:
    Json answer(const std::string& url, HttpReply* reply = nullptr) const {
        return parse_json(http_text(settings_, {.url = url, .keep_going = keep_going_}, kAnswerLimit, reply), url);
    }

    std::vector<FetchFile> list(const std::string& first) const {
        std::vector<FetchFile> files;
        std::string url = first;
        for (int page = 0; page < kMostPages; ++page) {
            HttpReply reply;
            const Json entries = answer(url, &reply);
            if (!entries.is_array())
                fail({.kind = ErrorKind::wrong_type, .file = url, .expected = "a list", .found = entries.type_name()});
            for (const Json& entry : entries)
                if (HfKeys(entry, url).text("type") == "file") files.push_back(listed_file(entry, url));
            url = next_page(reply.link, first);
            if (url.empty()) return files;
        }
        fail({.kind = ErrorKind::too_large,
              .file = first,
              .expected = "at most " + std::to_string(kMostPages) + " pages",
              .found = "more"});
    }

    static std::vector<FetchFile> choose(const std::vector<FetchFile>& files, const FetchTarget& target,
                                         const std::string& url) {
        std::vector<FetchFile> chosen, ggufs;
        bool has_weights = false;
        std::string names;
        for (const FetchFile& file : files) {
            if (file.name == target.file) return {file};
            if (file.name.ends_with(".gguf")) {
                ggufs.push_back(file);
                if (ggufs.size() <= kNamesShown) names += (names.empty() ? "" : ", ") + file.name;
            }
            has_weights |= is_weights(file.name);
            if (is_weights(file.name) || std::find(kWanted.begin(), kWanted.end(), file.name) != kWanted.end())
                chosen.push_back(file);
        }
        if (!target.file.empty()) fail({.kind = ErrorKind::not_found, .file = url, .key = target.file, .found = names});
        if (has_weights) return chosen;
        if (ggufs.size() == 1) return ggufs;
        if (!ggufs.empty())
            fail({.kind = ErrorKind::usage,
                  .key = target.repository,
                  .expected = "one of its files, as " + target.repository + "/FILE.gguf",
                  .found = names});
        fail({.kind = ErrorKind::unsupported,
              .file = url,
              .expected = "model.safetensors or a .gguf file",
              .found = "neither"});
    }

    const FetchRequest& request_;
    HttpSettings settings_;
    const std::function<bool()>& keep_going_;
};

// As the user says, else as the GGUF or the repository is called.
std::string folder_name(const FetchRequest& request, const FetchTarget& target, const FetchPlan& plan) {
    if (!request.name.empty()) return request.name;
    const std::string file = local_name(plan.files[0].name, request.what);
    if (file.ends_with(".gguf")) return file.substr(0, file.size() - 5);
    return target.repository.substr(target.repository.find('/') + 1);
}

}  // namespace

FetchPlan plan_fetch(const FetchRequest& request, const std::function<bool()>& keep_going) {
    Planner planner(request, keep_going);
    const FetchTarget target = parse_target(request.what, request.mirror);
    FetchPlan plan = target.repository.empty() ? planner.address(target) : planner.repository(target);
    plan.folder = request.folder + "/" + local_name(folder_name(request, target, plan), request.what);
    for (const FetchFile& file : plan.files) {
        const auto sum = checked_sum(plan.total, file.bytes, INT64_MAX);
        if (!sum) fail({.kind = ErrorKind::too_large, .file = request.what, .key = file.name});
        plan.total = *sum;
    }
    std::error_code ignored;
    if (std::filesystem::exists(plan.folder, ignored))
        fail({.kind = ErrorKind::unwritable,
              .file = plan.folder,
              .expected = "a new name",
              .found = "a folder that is already there"});
    plan.already_there = part_bytes(request, plan);
    return plan;
}

}  // namespace lathe

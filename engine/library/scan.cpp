#include "engine/library/scan.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <set>

#include "engine/base/files.h"
#include "engine/formats/adapter_base.h"
#include "engine/formats/folder_file.h"
#include "engine/formats/peft_adapter.h"
#include "engine/library/describe.h"
#include "engine/library/ollama.h"

namespace lathe {

namespace {

namespace fs = std::filesystem;

struct Names {
    std::vector<std::string> files, folders;
};

// The tree below one root, entry by entry until a limit is met.
class Walk {
public:
    Walk(std::string root, const ScanLimits& limits) : root_(std::move(root)), limits_(limits) {}

    // Names in ROOT/FOLDER, sorted, but for hidden ones; links to folders are left out.
    Names list(const std::string& folder) {
        Names names;
        std::error_code error;
        for (fs::directory_iterator at(root_ / folder, error), end; !error && at != end; at.increment(error)) {
            if (++entries_ > limits_.entries) break;
            const std::string name = at->path().filename().string();
            std::error_code ignored;
            if (name.starts_with(".")) continue;
            if (at->symlink_status(ignored).type() == fs::file_type::directory) {
                names.folders.push_back(name);
            } else if (at->is_regular_file(ignored)) {
                names.files.push_back(name);
            }
        }
        std::sort(names.files.begin(), names.files.end());
        std::sort(names.folders.begin(), names.folders.end());
        return names;
    }

    // Models of ROOT/FOLDER and below, by their paths inside the root; a model's own folders are not looked into.
    void find_models(const std::string& folder, int depth, const std::function<void(const std::string&)>& found) {
        const Names names = list(folder);
        const std::string path = (root_ / folder).string();
        for (const std::string& file : names.files)
            if (is_first_part(file) && is_inside(path, file)) take(folder / fs::path(file), found);
        const auto has = [&](const char* file) {
            return std::binary_search(names.files.begin(), names.files.end(), file) && is_inside(path, file);
        };
        if (has("config.json") || has("adapter_config.json")) return take(folder, found);
        for (const std::string& child : names.folders)
            if (depth > 0 && !is_over()) find_models((folder / fs::path(child)).string(), depth - 1, found);
    }

    bool is_over() const { return entries_ > limits_.entries || models_ > limits_.models; }
    void take(const std::string& path, const std::function<void(const std::string&)>& found) {
        if (++models_ <= limits_.models) found(path);
    }

private:
    // A GGUF; of one in parts ("x-00001-of-00003.gguf") the first.
    static bool is_first_part(const std::string& file) {
        const size_t of = file.rfind("-of-");
        const bool is_part = of != std::string::npos && of >= 6 && file.size() == of + 4 + 5 + 5;
        return file.ends_with(".gguf") && (!is_part || file.substr(of - 6, 6) == "-00001");
    }

    fs::path root_;
    ScanLimits limits_;
    int64_t entries_ = 0, models_ = 0;
};

class Scan {
public:
    Scan(const ScanLimits& limits, ScanDepth depth) : limits_(limits), depth_(depth) {}

    // Any folder of models: the workspace, LM Studio's, llama.cpp's, the user's.
    void tree(const std::string& root, const char* source) {
        if (root.empty()) return;
        Walk walk(root, limits_);
        walk.find_models("", limits_.depth, [&](const std::string& inside) {
            if (inside.empty()) return add(describe(root), fs::path(root).filename().string(), source);
            const size_t size = inside.size() - (inside.ends_with(".gguf") ? 5 : 0);
            add(describe(root + "/" + inside), inside.substr(0, size), source);
        });
        close(walk, root, source);
    }

    void huggingface(const std::string& hub) {
        Walk walk(hub, limits_);
        for (const std::string& folder : walk.list("").folders)
            if (folder.starts_with("models--") && !walk.is_over()) repository(walk, hub, folder);
        close(walk, hub, "huggingface");
    }

    void ollama(const std::string& root) {
        Walk walk(root + "/manifests", limits_);
        manifests(walk, root, "", 3);
        close(walk, root, "ollama");
    }

    std::vector<ModelEntry> take() { return std::move(entries_); }

private:
    // HUB/models--ORG--NAME: the snapshot that refs/main names bears the plain name, others their revision.
    void repository(Walk& walk, const std::string& hub, const std::string& folder) {
        std::string name = folder.substr(8), main;
        if (const size_t dashes = name.find("--"); dashes != std::string::npos) name.replace(dashes, 2, "/");
        static_cast<void>(error_of([&] { main = read_file(hub + "/" + folder + "/refs/main", 100); }));
        const std::vector<std::string> revisions = walk.list(folder + "/snapshots").folders;
        for (const std::string& revision : revisions) {
            const std::string snapshot = folder + "/snapshots/" + revision;
            const bool is_plain = revision == main || revisions.size() == 1;
            const std::string shown = is_plain ? name : name + "@" + revision.substr(0, 8);
            walk.find_models(snapshot, 2, [&](const std::string& inside) {
                const std::string rest = inside.substr(snapshot.size());  // "", or "/FILE.gguf"
                add(describe(hub + "/" + inside), shown + rest, "huggingface");
            });
        }
    }

    void manifests(Walk& walk, const std::string& root, const std::string& folder, int depth) {
        const Names names = walk.list(folder);
        for (const std::string& tag : names.files)
            if (depth == 0 && is_inside(root + "/manifests/" + folder, tag))
                walk.take(folder + "/" + tag, [&](const std::string& name) {
                    ModelEntry entry = describe_ollama(root, name);
                    const std::string shown = entry.name;
                    add(std::move(entry), shown, "ollama");
                });
        for (const std::string& child : names.folders)
            if (depth > 0 && !walk.is_over())
                manifests(walk, root, folder.empty() ? child : folder + "/" + child, depth - 1);
    }

    ModelEntry describe(const std::string& path) const {
        if (depth_ == ScanDepth::headers) return describe_model(path);
        return {.path = path, .kind = path.ends_with(".gguf") ? "gguf" : is_adapter(path) ? "adapter" : "hf"};
    }

    void add(ModelEntry entry, const std::string& name, const char* source) {
        std::error_code error;
        const fs::path path = fs::canonical(entry.path, error);
        if (!error && !seen_.insert(path.string()).second) return;
        entry.name = name;
        entry.source = source;
        entries_.push_back(std::move(entry));
    }

    void close(const Walk& walk, const std::string& root, const char* source) {
        if (walk.is_over())
            add({.path = root,
                 .kind = "folder",
                 .problem = Error{.kind = ErrorKind::too_large,
                                  .file = root,
                                  .expected = "at most " + std::to_string(limits_.entries) + " files and " +
                                              std::to_string(limits_.models) + " models",
                                  .found = "more; those beyond are not listed"}},
                root, source);
        std::stable_sort(entries_.begin() + static_cast<std::ptrdiff_t>(closed_), entries_.end(),
                         [](const ModelEntry& a, const ModelEntry& b) { return a.name < b.name; });
        closed_ = entries_.size();
    }

    ScanLimits limits_;
    ScanDepth depth_;
    std::vector<ModelEntry> entries_;
    std::set<std::string> seen_;
    size_t closed_ = 0;  // entries of earlier places
};

std::string environment(const char* name) {
    const char* value = std::getenv(name);
    return value ? value : "";
}

}  // namespace

ScanPlaces known_places(const std::string& workspace) {
    const std::string home = environment("HOME");
    const auto set_or = [](const char* name, const std::string& otherwise) {
        const std::string value = environment(name);
        return value.empty() ? otherwise : value;
    };
    const std::string cache = set_or("XDG_CACHE_HOME", home + "/.cache");
    const std::string hub = set_or("HF_HOME", cache + "/huggingface") + "/hub";
    return {.workspace = workspace,
            .huggingface = {set_or("HF_HUB_CACHE", set_or("HUGGINGFACE_HUB_CACHE", hub))},
            .llama_cpp = {set_or("LLAMA_CACHE", cache + "/llama.cpp")},
            .lm_studio = {home + "/.lmstudio/models", home + "/.cache/lm-studio/models"},
            .ollama = {set_or("OLLAMA_MODELS", home + "/.ollama/models"), "/usr/share/ollama/.ollama/models"}};
}

std::vector<ModelEntry> scan_models(const ScanPlaces& places, const ScanLimits& limits, ScanDepth depth) {
    Scan scan(limits, depth);
    scan.tree(places.workspace, "workspace");
    for (const std::string& hub : places.huggingface) scan.huggingface(hub);
    for (const std::string& root : places.llama_cpp) scan.tree(root, "llama.cpp");
    for (const std::string& root : places.lm_studio) scan.tree(root, "lmstudio");
    for (const std::string& root : places.ollama) scan.ollama(root);
    for (const std::string& root : places.folders) scan.tree(root, "folder");
    std::vector<ModelEntry> models = scan.take();
    for (ModelEntry& model : models)
        if (model.kind == "adapter" && !model.base_is_there)
            model.base_is_there = !find_base(models, model.base).empty();
    return models;
}

std::string find_base(const std::vector<ModelEntry>& models, const std::string& name) {
    std::string alike;
    for (const ModelEntry& model : models) {
        if (model.kind != "hf" && model.kind != "checkpoint") continue;
        if (model.name == name) return model.path;
        if (alike.empty() && same_model_name(model.name, name)) alike = model.path;
    }
    return alike;
}

}  // namespace lathe

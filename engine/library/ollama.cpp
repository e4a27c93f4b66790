#include "engine/library/ollama.h"

#include <algorithm>

#include "engine/base/files.h"
#include "engine/formats/folder_file.h"
#include "engine/formats/hf_keys.h"
#include "engine/library/describe.h"
#include "engine/library/licence.h"

namespace lathe {

namespace {

constexpr int64_t kManifestLimit = 1 << 20;
constexpr int64_t kLicenceLimit = 1 << 20;
constexpr size_t kDigestBytes = 64;

// "registry.ollama.ai/library/qwen3/0.6b" is "qwen3:0.6b", as Ollama shows it.
std::string shown_name(std::string name) {
    for (const char* usual : {"registry.ollama.ai/", "library/"})
        if (name.starts_with(usual)) name.erase(0, std::string_view(usual).size());
    if (const size_t slash = name.rfind('/'); slash != std::string::npos) name[slash] = ':';
    return name;
}

// Path of the first layer whose media type ends so; "": there is none.
std::string find_layer(const std::string& root, const std::string& file, const Json& layers, const char* ending) {
    for (const Json& layer : layers) {
        const HfKeys keys(layer, file, "layers.");
        if (!keys.text("mediaType").value_or("").ends_with(ending)) continue;
        const std::string digest = keys.text("digest").value_or("");
        const std::string hex = digest.starts_with("sha256:") ? digest.substr(7) : "";
        if (hex.size() != kDigestBytes || hex.find_first_not_of("0123456789abcdef") != std::string::npos)
            fail({.kind = ErrorKind::malformed,
                  .file = file,
                  .key = "layers.digest",
                  .expected = "sha256: and 64 hex digits",
                  .found = "\"" + digest.substr(0, 80) + "\""});
        require_inside(root + "/blobs", "sha256-" + hex);
        return root + "/blobs/sha256-" + hex;
    }
    return "";
}

ModelEntry read_manifest(const std::string& root, const std::string& file) {
    const Json json = read_json(file, kManifestLimit);
    const Json* layers = HfKeys(json, file).array("layers");
    if (!layers) fail({.kind = ErrorKind::missing_key, .file = file, .key = "layers"});
    const std::string model = find_layer(root, file, *layers, ".image.model");
    if (model.empty())
        fail({.kind = ErrorKind::missing_key, .file = file, .key = "layers", .expected = "one of a model"});
    ModelEntry entry = describe_model(model);
    if (entry.licence.empty())
        static_cast<void>(error_of([&] {
            const std::string licence = find_layer(root, file, *layers, ".image.license");
            if (!licence.empty()) entry.licence = first_line(read_file(licence, kLicenceLimit));
        }));
    return entry;
}

}  // namespace

ModelEntry describe_ollama(const std::string& root, const std::string& name) {
    const std::string file = root + "/manifests/" + name;
    ModelEntry entry{.path = file, .kind = "gguf"};
    if (auto problem = error_of([&] { entry = read_manifest(root, file); })) entry.problem = problem;
    entry.name = shown_name(name);
    entry.source = "ollama";
    return entry;
}

}  // namespace lathe

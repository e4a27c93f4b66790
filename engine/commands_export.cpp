// Export, and what it would write. Tensors go from file to file: no model is loaded, so a run may train meanwhile.
#include <filesystem>

#include "engine/base/error.h"
#include "engine/base/files.h"
#include "engine/commands.h"
#include "engine/data/gguf_tokenizer.h"
#include "engine/model/model_io.h"
#include "engine/train/workspace.h"

namespace lathe {

namespace {

namespace fs = std::filesystem;

Dtype stored_dtype(const std::string& name) {
    if (name == "float32") return Dtype::F32;
    if (name == "bfloat16") return Dtype::BF16;
    if (name == "float16") return Dtype::F16;
    fail({.kind = ErrorKind::out_of_range, .key = "dtype", .expected = "float32, bfloat16 or float16", .found = name});
}

bool in_use(const std::string& folder) {
    std::error_code ignored;
    return fs::exists(folder, ignored) && !(fs::is_directory(folder, ignored) && fs::is_empty(folder, ignored));
}

std::string source_folder(const ExportModel& command, const CommandContext& context, bool hashes) {
    if (command.run.empty()) return command.model;
    return find_checkpoint(find_run(context.workspace, command.run, true), command.checkpoint, hashes);
}

std::vector<std::pair<std::string, std::string>> tokenizer_texts(const std::string& gguf) {
    const GgufFile file(gguf);
    if (!file.has("tokenizer.ggml.model")) return {};
    GgufTokenizer made = read_gguf_tokenizer(file);
    return {{"tokenizer.json", std::move(made.tokenizer_json)},
            {"tokenizer_config.json", std::move(made.tokenizer_config_json)}};
}

// A source's weights and what is to be made of them; sources point into `weights`.
class Export {
public:
    Export(const ExportModel& command, const std::string& source) : weights_(open_weights(source)) {
        if (command.format != "hf")
            fail({.kind = ErrorKind::unsupported, .key = "format", .expected = "hf", .found = command.format});
        model_.dtype = stored_dtype(command.dtype);
        model_.config = read_model_config(source);
        model_.weights = weight_sources(*weights_, model_.config.model, model_.dtype);
        model_.tokenizer_folder = fs::exists(source + "/tokenizer.json") ? source : "";
        if (is_gguf(source)) model_.texts = tokenizer_texts(source);
        model_.max_shard_bytes = command.max_shard_bytes;
    }

    const HfExport& model() const { return model_; }
    std::vector<std::pair<std::string, int64_t>> files() const { return plan_hf_export(model_); }

private:
    std::unique_ptr<ModelWeights> weights_;
    HfExport model_;
};

int64_t sum(const std::vector<std::pair<std::string, int64_t>>& files) {
    int64_t bytes = 0;
    for (const auto& [name, size] : files) bytes += size;
    return bytes;
}

}  // namespace

EventBody run_command(const PlanExport& command, const CommandContext& context) {
    const ExportModel& what = command.what;
    const Export plan(what, source_folder(what, context, /*hashes=*/false));
    return ExportPlanned{.folder = what.out,
                         .files = plan.files(),
                         .free_bytes = free_bytes(existing_folder(what.out.empty() ? context.workspace : what.out)),
                         .folder_in_use = in_use(what.out)};
}

EventBody run_command(const ExportModel& command, const CommandContext& context) {
    if (command.out.empty() || in_use(command.out))
        fail({.kind = ErrorKind::usage, .file = command.out, .key = "--out", .expected = "a new or empty folder"});
    const Export plan(command, source_folder(command, context, /*hashes=*/true));
    ExportDone done{.folder = command.out, .files = plan.files()};
    const int64_t total = sum(done.files);
    const std::string parent = fs::absolute(command.out).parent_path().string();
    make_folders(parent);
    require_free_bytes(parent, total);
    DurableFolder folder(command.out, /*replace=*/true);
    write_hf_files(plan.model(), folder.path(), [&](int64_t written) {
        return context.progress({.what = "write",
                                 .unit = "bytes",
                                 .done = static_cast<double>(written),
                                 .total = static_cast<double>(total)});
    });
    folder.commit(/*write_manifest=*/false);
    return done;
}

}  // namespace lathe

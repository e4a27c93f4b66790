// Export, and what it would write. Tensors go from file to file: no model is loaded, so a run may train meanwhile.
#include <filesystem>

#include "engine/base/error.h"
#include "engine/base/files.h"
#include "engine/base/json.h"
#include "engine/commands.h"
#include "engine/data/chat_template.h"
#include "engine/data/gguf_tokenizer.h"
#include "engine/data/tokenizer.h"
#include "engine/formats/export_report.h"
#include "engine/formats/nf4_export.h"
#include "engine/formats/peft_adapter.h"
#include "engine/model/model_io.h"
#include "engine/train/workspace.h"

namespace lathe {

namespace {

namespace fs = std::filesystem;

// Of the file's own numbers; float32 where they have another form.
std::string own_dtype(const std::string& path, const HfConfig& config) {
    if (is_gguf(path)) {
        const GgufFile file(path);
        const GgufTensor* embedding = file.find("token_embd.weight");
        if (embedding != nullptr && embedding->type == GgufType::F16) return "float16";
        return embedding != nullptr && embedding->type == GgufType::BF16 ? "bfloat16" : "float32";
    }
    const Json json = config.config_json.empty() ? Json::object() : parse_json(config.config_json, path);
    for (const char* key : {"dtype", "torch_dtype"})
        if (json.contains(key) && (json[key] == "bfloat16" || json[key] == "float16"))
            return json[key].get<std::string>();
    return "float32";
}

Dtype stored_dtype(const std::string& name) {
    if (name == "float32") return Dtype::F32;
    if (name == "bfloat16") return Dtype::BF16;
    if (name == "float16") return Dtype::F16;
    fail({.kind = ErrorKind::out_of_range,
          .key = "dtype",
          .expected = "float32, bfloat16, float16 or auto",
          .found = name});
}

bool in_use(const std::string& folder) {
    std::error_code ignored;
    return fs::exists(folder, ignored) && !(fs::is_directory(folder, ignored) && fs::is_empty(folder, ignored));
}

ModelFiles source_of(const ExportModel& command, const CommandContext& context, bool hashes) {
    if (command.run.empty()) return {command.model, command.adapter};
    return {find_checkpoint(find_run(context.workspace, command.run, true), command.checkpoint, hashes)};
}

void add_tokenizer_texts(const std::string& gguf, std::vector<PlannedFile>& files) {
    const GgufFile file(gguf);
    if (!file.has("tokenizer.ggml.model")) return;
    GgufTokenizer made = read_gguf_tokenizer(file);
    files.push_back(text_file("tokenizer.json", std::move(made.tokenizer_json)));
    files.push_back(text_file("tokenizer_config.json", std::move(made.tokenizer_config_json)));
}

// The adapter's folder that is a part of the source; "": none.
std::string adapter_of(const ModelFiles& source) {
    if (!source.adapter.empty()) return source.adapter;
    return is_adapter(source.path) ? source.path : "";
}

// What is to be written, and the weights that it is read from while it is.
class Export {
public:
    // go_on() is called where a whole model is read for the sizes alone; null: those are left out, for a plan.
    Export(const ExportModel& command, const ModelFiles& source, const std::function<void()>& go_on)
        : source_(source),
          tokenizer_(Tokenizer::place_of(source.path)),
          weights_(open_weights(source.path, source.adapter)),
          config_(read_model_config(source.path)) {
        report_ = {.folder = command.out.empty() ? "" : fs::absolute(command.out).lexically_normal().string(),
                   .format = command.format,
                   .numbers = command.dtype == "auto" ? own_dtype(source.path, config_) : command.dtype,
                   .reference = fs::absolute(source.path).lexically_normal().string(),
                   .reference_adapter =
                       source.adapter.empty() ? "" : fs::absolute(source.adapter).lexically_normal().string()};
        if (command.format == "hf")
            plan_hf(command);
        else if (command.format == "merged")
            plan_merged(command);
        else if (command.format == "adapter")
            plan_adapter();
        else if (command.format == "nf4")
            plan_nf4(command, go_on);
        else
            fail({.kind = ErrorKind::unsupported,
                  .key = "format",
                  .expected = "hf, merged, adapter, nf4 or gguf",
                  .found = command.format});
    }

    const std::vector<PlannedFile>& files() const { return files_; }

    // What has been written, and how it is used.
    ExportReport report(const std::map<std::string, std::string>& hashes) const {
        ExportReport report = report_;
        for (const PlannedFile& file : files_)
            report.files.push_back({.name = file.name, .bytes = file.bytes, .sha256 = hashes.at(file.name)});
        ExportFacts facts{.model = config_.model, .tokenizer = Tokenizer::is_at(source_.path)};
        for (const auto& [name, pair] : adapter_.modules) facts.lora_ranks.push_back(pair.r);
        if (facts.tokenizer) facts.chat_template = !find_chat_template(Tokenizer::open(source_.path)).source.empty();
        facts.quantised_reference = weights_->is_rounded();
        report.warnings = export_warnings(report, facts);
        report.commands = export_commands(report, facts);
        return report;
    }

private:
    HfExport whole_model(const ExportModel& command) const {
        HfExport model{
            .config = config_, .dtype = stored_dtype(report_.numbers), .max_shard_bytes = command.max_shard_bytes};
        model.weights = weight_sources(*weights_, config_.model, model.dtype);
        if (Tokenizer::is_at(source_.path) && !is_gguf(tokenizer_)) model.tokenizer_folder = tokenizer_;
        return model;
    }

    void plan(const HfExport& model) {
        files_ = plan_hf_files(model);
        if (is_gguf(tokenizer_)) add_tokenizer_texts(tokenizer_, files_);
    }

    void plan_hf(const ExportModel& command) { plan(whole_model(command)); }

    void plan_merged(const ExportModel& command) {
        const std::string adapter = adapter_of(source_);
        if (adapter.empty())
            fail({.kind = ErrorKind::usage, .key = "--adapter", .expected = "an adapter to merge into the model"});
        if (weights_->is_rounded() && !is_gguf(source_.path))
            fail({.kind = ErrorKind::unsupported,
                  .file = source_.path,
                  .key = "--model",
                  .expected = "the 16-bit base",
                  .found = "weights that NF4 has rounded"});
        plan_hf(command);
    }

    void plan_adapter() {
        const std::string folder = adapter_of(source_);
        if (folder.empty()) fail({.kind = ErrorKind::usage, .key = "--adapter", .expected = "an adapter"});
        adapter_ = read_peft_adapter(folder);
        AdapterFiles made = adapter_files(adapter_, stored_dtype(report_.numbers));
        files_ = {text_file("adapter_config.json", std::move(made.config_json)),
                  safetensors_file("adapter_model.safetensors", std::move(made.tensors))};
        if (is_adapter(source_.path)) report_.reference = base_of_adapter(source_.path);
        report_.reference_adapter = folder;
    }

    void plan_nf4(const ExportModel& command, const std::function<void()>& go_on) {
        HfExport model = whole_model(command);
        model.weights =
            nf4_sources(std::move(model.weights), *weights_, go_on ? Scales::computed : Scales::left_out, [&](double) {
                if (go_on) go_on();
            });
        model.quantization_config = nf4_config(Dtype::BF16);
        report_.numbers = "nf4";
        plan(model);
    }

    ModelFiles source_;
    std::string tokenizer_;  // folder or GGUF file that may hold one
    std::unique_ptr<ModelWeights> weights_;
    HfConfig config_;
    ExportReport report_;
    PeftAdapter adapter_;
    std::vector<PlannedFile> files_;
};

}  // namespace

EventBody run_command(const PlanExport& command, const CommandContext& context) {
    const ExportModel& what = command.what;
    const Export plan(what, source_of(what, context, /*hashes=*/false), {});
    ExportPlanned planned{.folder = what.out,
                          .files = {},
                          .free_bytes = free_bytes(existing_folder(what.out.empty() ? context.workspace : what.out)),
                          .folder_in_use = in_use(what.out)};
    for (const PlannedFile& file : plan.files()) planned.files.emplace_back(file.name, file.bytes);
    return planned;
}

EventBody run_command(const ExportModel& command, const CommandContext& context) {
    if (command.out.empty() || in_use(command.out))
        fail({.kind = ErrorKind::usage, .file = command.out, .key = "--out", .expected = "a new or empty folder"});
    const Export plan(command, source_of(command, context, /*hashes=*/true), [&] { context.check(); });
    const int64_t total = total_bytes(plan.files());
    const std::string parent = fs::absolute(command.out).parent_path().string();
    make_folders(parent);
    require_free_bytes(parent, total);
    DurableFolder folder(command.out, /*replace=*/true);
    const auto hashes = write_files(plan.files(), folder.path(), [&](int64_t written) {
        return context.progress({.what = "write",
                                 .unit = "bytes",
                                 .done = static_cast<double>(written),
                                 .total = static_cast<double>(total)});
    });
    ExportDone done{plan.report(hashes)};
    write_file_durably(folder.path() + "/" + kExportReportFile, export_report_json(done.report));
    folder.commit(/*write_manifest=*/false);
    return done;
}

}  // namespace lathe

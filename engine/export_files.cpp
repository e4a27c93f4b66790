#include "engine/export_files.h"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <optional>
#include <utility>

#include "engine/base/error.h"
#include "engine/base/json.h"
#include "engine/data/chat_template.h"
#include "engine/data/gguf_tokenizer.h"
#include "engine/data/gguf_tokenizer_keys.h"
#include "engine/data/ollama_modelfile.h"
#include "engine/data/tokenizer.h"
#include "engine/data/tokenizer_origin.h"
#include "engine/formats/adapter_base.h"
#include "engine/formats/export_advice.h"
#include "engine/formats/gguf_export.h"
#include "engine/formats/nf4_export.h"
#include "engine/formats/nf4_weights.h"
#include "engine/model/model_io.h"

namespace lathe {

namespace {

namespace fs = std::filesystem;

// Whether `dtype` holds every number of the file: its matrices are of that type, and rounding changes no other.
bool holds(const GgufFile& file, GgufType type, Dtype dtype) {
    return std::all_of(file.tensors().begin(), file.tensors().end(), [&](const GgufTensor& tensor) {
        if (tensor.type == type) return true;
        if (tensor.type != GgufType::F32 || tensor.shape.size() > 1) return false;
        std::vector<float> values(static_cast<size_t>(tensor.elements()));
        file.read_fp32(tensor, 0, tensor.elements(), values.data());
        std::vector<float> rounded = values;
        return round_to(dtype, tensor.elements(), rounded.data()) && rounded == values;
    });
}

// Of the file's own numbers; float32 where they have another form.
std::string own_dtype(const std::string& path, const HfConfig& config) {
    if (is_gguf(path)) {
        const GgufFile file(path);
        if (holds(file, GgufType::F16, Dtype::F16)) return "float16";
        return holds(file, GgufType::BF16, Dtype::BF16) ? "bfloat16" : "float32";
    }
    const std::string name = named_dtype(config);
    return name == "bfloat16" || name == "float16" ? name : "float32";
}

constexpr int64_t kOllamaContext = 8192;  // at most: its cache takes memory as soon as the model is loaded

Dtype stored_dtype(const std::string& name) {
    if (name == "float32") return Dtype::F32;
    if (name == "bfloat16") return Dtype::BF16;
    if (name == "float16") return Dtype::F16;
    fail({.kind = ErrorKind::out_of_range,
          .key = "dtype",
          .expected = "float32, bfloat16, float16 or auto",
          .found = name});
}

std::string absolute(const std::string& path) {
    return path.empty() ? "" : fs::absolute(path).lexically_normal().string();
}

void add_tokenizer_texts(const std::string& gguf, std::vector<PlannedFile>& files) {
    const GgufFile file(gguf);
    if (!file.has("tokenizer.ggml.model")) return;
    GgufTokenizer made = read_gguf_tokenizer(file);
    files.push_back(text_file("tokenizer.json", std::move(made.tokenizer_json)));
    files.push_back(text_file("tokenizer_config.json", std::move(made.tokenizer_config_json)));
}

// Of a GGUF and its file: the run's name or the last part of the model's path.
std::string name_of(const ExportModel& command, const ModelFiles& source) {
    const bool is_adapter_run = command.adapter.empty() && !source.adapter.empty();
    const fs::path checkpoint(is_adapter_run ? source.adapter : source.path);
    if (!command.run.empty()) return checkpoint.parent_path().filename().string();
    const fs::path path = fs::absolute(command.model).lexically_normal();
    return (path.has_filename() ? path : path.parent_path()).stem().string();
}

}  // namespace

ExportFiles::ExportFiles(const ExportModel& command, const ModelFiles& source, int threads,
                         const std::function<void()>& go_on)
    : command_(command),
      source_(source),
      threads_(threads),
      tokenizer_(Tokenizer::place_of(source)),
      weights_(open_weights(source.path, source.adapter)),
      config_(read_model_config(source.path)) {
    report_ = {.folder = absolute(command.out),
               .format = command.format,
               .numbers = command.dtype == "auto" ? own_dtype(source.path, config_) : command.dtype,
               .reference = absolute(source.path),
               .reference_adapter = absolute(source.adapter)};
    if (command.format == "merged" || (command.format == "hf" && !source.adapter.empty()))
        plan_merged();
    else if (command.format == "hf")
        plan(whole_model());
    else if (command.format == "adapter")
        plan_adapter();
    else if (command.format == "nf4")
        plan_nf4(go_on);
    else if (command.format == "gguf")
        plan_gguf();
    else
        fail({.kind = ErrorKind::unsupported,
              .key = "format",
              .expected = "hf, merged, adapter, nf4 or gguf",
              .found = command.format});
}

ExportFacts ExportFiles::facts() const {
    ExportFacts facts{.model = config_.model, .tokenizer = Tokenizer::is_at(tokenizer_)};
    for (const auto& [name, pair] : adapter_.modules) facts.lora_ranks.push_back(pair.r);
    if (facts.tokenizer) {
        const Tokenizer tokenizer = Tokenizer::open(tokenizer_);
        facts.chat_template = !find_chat_template(tokenizer).source.empty();
        facts.other_tokenizer = tokenizer_difference(source_.path, tokenizer, config_.model.vocab_size);
    }
    if (!source_.adapter.empty()) facts.other_base = base_difference(source_.path, source_.adapter);
    facts.quantised_reference = weights_->is_rounded();
    for (const PlannedFile& file : files_) facts.modelfile = facts.modelfile || file.name == "Modelfile";
    return facts;
}

std::vector<ExportWarning> ExportFiles::warnings() const {
    return export_warnings(report_, facts());
}

ExportReport ExportFiles::report(const std::map<std::string, std::string>& hashes) const {
    ExportReport report = report_;
    for (const PlannedFile& file : files_)
        report.files.push_back({.name = file.name, .bytes = file.bytes, .sha256 = hashes.at(file.name)});
    const ExportFacts known = facts();
    report.warnings = export_warnings(report, known);
    report.commands = export_commands(report, known);
    return report;
}

HfExport ExportFiles::whole_model() const {
    HfExport model{
        .config = config_, .dtype = stored_dtype(report_.numbers), .max_shard_bytes = command_.max_shard_bytes};
    model.weights = weight_sources(*weights_, config_.model, model.dtype);
    if (Tokenizer::is_at(tokenizer_) && !is_gguf(tokenizer_)) model.tokenizer_folder = tokenizer_;
    return model;
}

void ExportFiles::plan(const HfExport& model) {
    files_ = plan_hf_files(model);
    if (is_gguf(tokenizer_)) add_tokenizer_texts(tokenizer_, files_);
}

void ExportFiles::plan_merged() {
    if (source_.adapter.empty())
        fail({.kind = ErrorKind::usage, .key = "--adapter", .expected = "an adapter to merge into the model"});
    if (weights_->is_rounded() && !is_gguf(source_.path))
        fail({.kind = ErrorKind::unsupported,
              .file = source_.path,
              .key = "--model",
              .expected = "the 16-bit base",
              .found = "weights that NF4 has rounded"});
    report_.format = "merged";
    plan(whole_model());
}

void ExportFiles::plan_adapter() {
    if (source_.adapter.empty()) fail({.kind = ErrorKind::usage, .key = "--adapter", .expected = "an adapter"});
    adapter_ = read_peft_adapter(source_.adapter);
    AdapterFiles made = adapter_files(adapter_, stored_dtype(report_.numbers));
    files_ = {text_file("adapter_config.json", std::move(made.config_json)),
              safetensors_file("adapter_model.safetensors", std::move(made.tensors))};
    if (tokenizer_ == source_.adapter) plan_tokenizer_files(tokenizer_, files_);
}

void ExportFiles::plan_nf4(const std::function<void()>& go_on) {
    HfExport model = whole_model();
    model.weights =
        nf4_sources(std::move(model.weights), *weights_, go_on ? Scales::computed : Scales::left_out, [&](double) {
            if (go_on) go_on();
        });
    model.quantization_config = nf4_config(Dtype::BF16);
    report_.numbers = "nf4";
    plan(model);
}

void ExportFiles::plan_gguf() {
    GgufExport model{.config = config_,
                     .weights = weight_sources(*weights_, config_.model, Dtype::F32),
                     .type = parse_gguf_file_type(command_.gguf_type),
                     .name = name_of(command_, source_),
                     .threads = threads_};
    if (Tokenizer::is_at(tokenizer_)) model.tokenizer = gguf_tokenizer_keys(tokenizer_, config_);
    std::string file = command_.gguf_type;
    for (char& c : file) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    file = model.name + "-" + file + ".gguf";
    report_.numbers = command_.gguf_type;
    if (command_.ollama) files_.push_back(text_file("Modelfile", ollama_modelfile(file)));
    const int64_t bytes = gguf_bytes(model);
    files_.push_back({.name = std::move(file),
                      .bytes = bytes,
                      .write = [model = std::move(model)](const std::string& path, const WriteProgress& progress) {
                          return write_gguf(path, model, progress);
                      }});
}

std::string ExportFiles::ollama_modelfile(const std::string& gguf) const {
    const Tokenizer tokenizer = Tokenizer::open(tokenizer_);
    Modelfile modelfile{.gguf = gguf,
                        .system = command_.system,
                        .context = std::min(config_.model.max_position_embeddings, kOllamaContext)};
    std::vector<int32_t> ends = end_tokens(config_);
    if (ends.empty() && tokenizer.eos_id() >= 0) ends.push_back(tokenizer.eos_id());
    for (const int32_t id : ends)
        if (!tokenizer.token_bytes(id).empty()) modelfile.stop.push_back(tokenizer.token_bytes(id));
    const FoundTemplate found = find_chat_template(tokenizer);
    if (found.source.empty()) return modelfile_text(modelfile, std::nullopt);
    return modelfile_text(modelfile,
                          find_template_pieces(ChatTemplate::compile(found.source, found.file), found.variables));
}

}  // namespace lathe

#include "engine/train/run_setup.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <limits>

#include "engine/base/error.h"
#include "engine/base/files.h"
#include "engine/data/bpe_trainer.h"
#include "engine/data/document_stream.h"
#include "engine/data/tokenizer_origin.h"
#include "engine/formats/gguf.h"
#include "engine/model/adapter.h"
#include "engine/model/parallel.h"
#include "engine/train/run_data.h"
#include "kernels/matmul.h"

namespace lathe {

namespace {

bool exists(const std::string& path) {
    std::error_code ignored;
    return std::filesystem::exists(path, ignored);
}

// The folder of the tokenizer trained on this data, made if it is not there yet.
std::string trained_tokenizer(const RunConfig& config, const DocumentSource& source, const std::string& data_hash,
                              const std::string& workspace, int threads, const ProgressCall& progress) {
    const std::string key = sha256(data_hash + " " + source.text_column + " qwen2" + mapping_key(source)).substr(0, 16);
    const std::string folder = workspace + "/tokenizers/" + key + "-" + std::to_string(config.tokenizer.vocab_size);
    if (exists(folder)) return folder;
    make_folders(workspace + "/tokenizers");
    DocumentSource learnt = source;
    learnt.validation_files.clear();  // what is held back is unknown to the tokenizer too
    DocumentStream documents(learnt);
    BpeTraining training;
    training.next_document = [&documents](std::string_view& text) { return documents.next(text); };
    training.vocab_size = config.tokenizer.vocab_size;
    training.threads = threads;
    training.progress = [&](double share) {
        return progress({.what = "tokenizer", .unit = "share", .done = share, .total = 1});
    };
    try {
        const Tokenizer tokenizer = train_bpe(training);
        DurableFolder output(folder);
        tokenizer.save(output.path());
        output.commit(/*write_manifest=*/false);
    } catch (const Exception& exception) {
        if (exception.error().key != "vocab_size") throw;
        Error error = exception.error();  // the setting's name, and the data that does not support it
        error.file = source.files.front();
        error.key = "tokenizer.vocab_size";
        fail(std::move(error));
    }
    return folder;
}

// Before tokens are made: a row must fit into the base model's context. validate() checks a fresh model's.
void check_context(const RunConfig& config) {
    if (!config.base_model) return;
    const int64_t context = read_model_config(config.base_model->path).model.max_position_embeddings;
    if (config.data.max_length <= context) return;
    fail({.kind = ErrorKind::out_of_range,
          .file = config.base_model->path,
          .key = "data.max_length",
          .expected = "at most the model's context of " + std::to_string(context) + " tokens",
          .found = std::to_string(config.data.max_length)});
}

std::unique_ptr<Model> fresh_model(ModelConfig config, const Tokenizer& tokenizer, int64_t seed) {
    if (config.vocab_size == 0) config.vocab_size = tokenizer.vocab_size();
    auto model = std::make_unique<Model>(config);
    model->initialize(seed);
    return model;
}

// Over config and weights: names and hashes of the files, in the order of their names.
std::string hash_of_model(const std::string& folder) {
    if (is_gguf(folder)) return sha256_of_file(folder);
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        const std::string name = entry.path().filename().string();
        if (name == "config.json" || name.ends_with(".safetensors")) names.push_back(name);
    }
    std::sort(names.begin(), names.end());
    std::string list;
    for (const std::string& name : names) list += sha256_of_file(folder + "/" + name) + " " + name + "\n";
    return sha256(list);
}

void check_vocabulary(const Model& model, const Tokenizer& tokenizer) {
    if (tokenizer.vocab_size() <= model.config().vocab_size) return;
    fail({.kind = ErrorKind::mismatch,
          .file = tokenizer.folder(),
          .key = "model.vocab_size",
          .expected = "at least the tokenizer's " + std::to_string(tokenizer.vocab_size()),
          .found = std::to_string(model.config().vocab_size)});
}

// "" where the weights were trained with this tokenizer, as far as can be told.
std::string other_tokenizer(const RunConfig& config, const std::string& weights, const Tokenizer& tokenizer) {
    if (config.base_model && !config.tokenizer.path.empty() && Tokenizer::is_at(config.base_model->path) &&
        Tokenizer::open(config.base_model->path).sha256() != tokenizer.sha256())
        return "the run's tokenizer is not the base model's";
    return tokenizer_difference(weights, tokenizer, std::numeric_limits<int64_t>::max());
}

}  // namespace

RunMaterials set_up_run(const RunConfig& config, const std::string& workspace, const std::string& checkpoint,
                        int threads, const ProgressCall& progress) {
    const DocumentSource source = document_source(config.data);
    const std::vector<DataFile> files = list_data_files(source);
    if (checkpoint.empty()) check_context(config);
    double total = 0;
    for (const DataFile& file : files) total += static_cast<double>(file.size);
    RunMaterials materials;
    materials.provenance.data_sha256 = data_sha256(files, [&](int64_t done) {
        return progress({.what = "hash", .unit = "bytes", .done = static_cast<double>(done), .total = total});
    });

    if (!checkpoint.empty())
        materials.tokenizer_folder = checkpoint;
    else if (!config.tokenizer.path.empty())
        materials.tokenizer_folder = config.tokenizer.path;
    else if (config.base_model)
        materials.tokenizer_folder = config.base_model->path;
    else
        materials.tokenizer_folder =
            trained_tokenizer(config, source, materials.provenance.data_sha256, workspace, threads, progress);
    materials.tokenizer = std::make_unique<Tokenizer>(Tokenizer::open(materials.tokenizer_folder));

    make_folders(workspace + "/datasets");
    materials.cache = std::make_unique<TokenCache>(open_token_cache(
        workspace + "/datasets", source, encoder_of(*materials.tokenizer, example_options(config.data)),
        [&](int64_t done, int64_t all) {
            return progress({.what = "encode",
                             .unit = "bytes",
                             .done = static_cast<double>(done),
                             .total = static_cast<double>(all)});
        },
        threads));
    materials.dataset = std::make_unique<Dataset>(*materials.cache, dataset_options(config.data, config.train.seed),
                                                  token_byte_counts(*materials.tokenizer));
    if (const std::string text = examples_text(*materials.cache, *materials.dataset); !text.empty())
        materials.notices.emplace_back("examples", text);

    // An adapter's checkpoint has the adapter alone.
    const std::string weights = !checkpoint.empty() && !config.lora ? checkpoint
                                : config.base_model                 ? config.base_model->path
                                                                    : "";
    if (weights.empty()) {
        materials.model = fresh_model(*config.model, *materials.tokenizer, config.train.seed);
        if (materials.tokenizer->eos_id() >= 0) materials.base.eos_token_ids = {materials.tokenizer->eos_id()};
    } else {
        const bool strict = config.base_model ? config.base_model->strict : true;
        LoadedModel loaded =
            load_model({weights, "", weights == checkpoint || strict}, weight_form(config), [&](double share) {
                if (!progress({.what = "load", .unit = "share", .done = share, .total = 1}))
                    fail({.kind = ErrorKind::cancelled, .file = weights});
            });
        if (!loaded.differences.empty())
            materials.notices.emplace_back("tensors_differ", differences_text(loaded.differences, kNamedTensors));
        if (const std::string text = other_tokenizer(config, weights, *materials.tokenizer); !text.empty())
            materials.notices.emplace_back("tokenizer_differs", text);
        if (loaded.rounded)
            materials.notices.emplace_back("base_rounded",
                                           "the base model is trained on as its quantised weights have it; where its "
                                           "16-bit original is at hand, that is the better base");
        materials.model = std::move(loaded.model);
        if (config.lora) add_lora(*materials.model, *config.lora, config.train.seed);
        if (config.lora && !checkpoint.empty()) read_lora(*materials.model, read_peft_adapter(checkpoint));
        materials.base = std::move(loaded.config);
        if (config.base_model) materials.provenance.base_sha256 = hash_of_model(config.base_model->path);
    }
    check_vocabulary(*materials.model, *materials.tokenizer);
    materials.model->reserve_positions(config.data.max_length);
    materials.provenance.tokenizer_sha256 = materials.tokenizer->sha256();
    materials.provenance.lathe_version = lathe_version();
    materials.provenance.cpu_name = cpu_name();
    materials.provenance.simd_target = cpu::simd_target();
    materials.provenance.threads = threads;
    materials.provenance.seed = config.train.seed;
    materials.provenance.rows_per_epoch = materials.dataset->rows_per_epoch();
    return materials;
}

TrainerOptions trainer_options(const TrainConfig& train, const RunEstimate& estimate) {
    return {.adamw = {.learning_rate = 0,
                      .beta1 = train.adam_beta1,
                      .beta2 = train.adam_beta2,
                      .eps = train.adam_epsilon,
                      .weight_decay = train.weight_decay},
            .moments_in_8_bits = train.moments_in_8_bits(),
            .decay_vectors = false,
            .max_grad_norm = train.max_grad_norm,
            .recomputed_blocks = estimate.recomputed_blocks,
            .micro_batch_tokens = estimate.micro_batch_tokens,
            .attention = train.use_flash_attention ? AttentionKernel::flash : AttentionKernel::plain,
            .seed = train.seed};
}

std::string cpu_name() {
    std::ifstream info("/proc/cpuinfo");
    for (std::string line; std::getline(info, line);) {
        const size_t colon = line.find(": ");
        if (line.starts_with("model name") && colon != std::string::npos) return line.substr(colon + 2);
    }
    return "unknown";
}

std::string lathe_version() {
    return LATHE_VERSION;
}

}  // namespace lathe

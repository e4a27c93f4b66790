// The speed that an estimate foretells held to training steps that are made: a row a job, by processor time, which
// other programs do not disturb. Status 1 where one is more than a quarter off. Usage: foretold_bench [THREADS]. Three
// minutes.
#include <unistd.h>

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "engine/base/error.h"
#include "engine/base/json.h"
#include "engine/base/memory.h"
#include "engine/formats/hf_config_json.h"
#include "engine/model/parallel.h"
#include "engine/train/train_bench.h"

namespace {

using namespace lathe;

constexpr double kMostOff = 0.25;

struct Row {
    const char* name;
    TrainBench bench;
};

// A folder with the shape of a model that is to have fresh weights.
std::string shape_in(const std::filesystem::path& folder, const ModelConfig& model) {
    std::filesystem::create_directories(folder);
    std::ofstream(folder / "config.json") << make_config_json({.model = model}, Dtype::BF16);
    return (folder / "config.json").string();
}

std::vector<Row> rows_in(const std::filesystem::path& folder) {
    const std::string guide = shape_in(folder / "guide", {.vocab_size = 8192,
                                                          .hidden_size = 768,
                                                          .intermediate_size = 2304,
                                                          .num_hidden_layers = 12,
                                                          .num_attention_heads = 16,
                                                          .num_key_value_heads = 4,
                                                          .head_dim = 64,
                                                          .max_position_embeddings = 4096,
                                                          .rope_parameters = {}});
    const std::string smol = shape_in(folder / "smol", {.model_type = "llama",
                                                        .vocab_size = 49152,
                                                        .hidden_size = 576,
                                                        .intermediate_size = 1536,
                                                        .num_hidden_layers = 30,
                                                        .num_attention_heads = 9,
                                                        .num_key_value_heads = 3,
                                                        .max_position_embeddings = 2048,
                                                        .rope_parameters = {}});
    const auto of = [](const std::string& job, const std::string& model, int64_t batch, int64_t seq,
                       std::vector<std::string> settings = {}) {
        return TrainBench{.job = job,
                          .model = model,
                          .adapter = {},
                          .tokens_file = {},
                          .batch = batch,
                          .seq = seq,
                          .steps = 5,
                          .settings = std::move(settings)};
    };
    return {
        {"Qwen3 of 5.57 M", of("pretrain", "", 16, 256)},
        {"the same, plain attention", of("pretrain", "", 4, 512, {"train.use_flash_attention=false"})},
        {"the same, blocks recomputed", of("pretrain", "", 8, 256, {"train.gradient_checkpointing=true"})},
        {"the same, moments in 8 bits", of("pretrain", "", 1, 256, {"train.optim=adamw_8bit"})},
        {"the guide's Qwen3 of 94 M", of("full", guide, 2, 512)},
        {"Llama of 135 M, every weight", of("full", smol, 2, 512)},
        {"the same, LoRA", of("lora", smol, 2, 512)},
        {"the same, QLoRA", of("qlora", smol, 2, 512)},
        {"the same, QLoRA, embeddings in 8 bits", of("qlora", smol, 2, 512, {"base_model.embeddings_in_8bit=true"})},
    };
}

// How much more was foretold than it took.
double print_row(const Row& row) {
    const Json result = parse_json(run_train_bench(row.bench, [] { return true; }), row.name);
    const double tokens = static_cast<double>(row.bench.batch * row.bench.seq) / 1e6;
    const double foretold = result["foretold_processor_step_s"].get<double>() / tokens;
    const double taken = result["processor_step_s"].get<double>() / tokens;
    const double off = foretold / taken - 1;
    std::printf("| %s | %d × %d | %.3g | %.3g | %+.0f %% |\n", row.name, static_cast<int>(row.bench.batch),
                static_cast<int>(row.bench.seq), foretold, taken, 100 * off);
    std::fflush(stdout);
    return off;
}

}  // namespace

int main(int argc, char** argv) {
    install_allocator();
    set_threads(argc > 1 ? std::atoi(argv[1]) : physical_cores());
    const std::filesystem::path folder =
        std::filesystem::temp_directory_path() / ("foretold_bench." + std::to_string(::getpid()));
    int status = 0;
    try {
        std::printf("| model | batch | foretold, µs a token | taken, µs a token | off by |\n|---|---|---|---|---|\n");
        for (const Row& row : rows_in(folder))
            if (!(std::abs(print_row(row)) <= kMostOff)) status = 1;
    } catch (const Exception& exception) {
        std::fprintf(stderr, "foretold_bench: %s\n", exception.error().sentence().c_str());
        status = 2;
    }
    std::filesystem::remove_all(folder);
    return status;
}

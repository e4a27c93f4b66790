#include "engine/train/train_bench.h"

#include <algorithm>
#include <bit>
#include <chrono>
#include <ctime>
#include <filesystem>
#include <numeric>
#include <vector>

#include "engine/base/error.h"
#include "engine/base/json.h"
#include "engine/base/memory.h"
#include "engine/formats/hf_folder.h"
#include "engine/model/adapter.h"
#include "engine/model/model_io.h"
#include "engine/model/parallel.h"
#include "engine/model/random.h"
#include "engine/train/estimate.h"
#include "engine/train/run_costs.h"
#include "engine/train/run_setup.h"
#include "engine/train/step_time.h"
#include "engine/train/trainer.h"
#include "kernels/cross_entropy.h"
#include "kernels/matmul.h"

namespace lathe {

namespace {

ModelConfig reference_model() {
    ModelConfig config;
    config.vocab_size = 4096;
    config.head_dim = 32;
    return config;
}

Batch rows_of(const std::vector<std::vector<int32_t>>& rows) {
    Batch batch;
    batch.row_begin.push_back(0);
    for (const auto& row : rows) {
        const auto length = static_cast<int32_t>(row.size());
        batch.ids.insert(batch.ids.end(), row.begin(), row.end());
        batch.targets.insert(batch.targets.end(), row.begin() + 1, row.end());
        batch.targets.push_back(cpu::kIgnoreTarget);
        for (int32_t position = 0; position < length; ++position) batch.positions.push_back(position);
        batch.segment_lengths.push_back(length);
        batch.row_begin.push_back(batch.tokens());
        batch.row_target_bytes.push_back(0);
        batch.target_count += length - 1;
    }
    return batch;
}

std::vector<std::vector<int32_t>> read_tokens(const std::string& file, int64_t V) {
    const Json json = read_json(file);
    const auto wrong = [&file](const std::string& key) {
        fail({.kind = ErrorKind::wrong_type,
              .file = file,
              .key = key,
              .expected = "rows of two or more token ids of the model"});
    };
    if (!json.is_array() || json.empty()) wrong("tokens");
    std::vector<std::vector<int32_t>> rows;
    for (const Json& row : json) {
        const std::string key = "row " + std::to_string(rows.size());
        if (!row.is_array() || row.size() < 2) wrong(key);
        for (const Json& id : row)
            if (!id.is_number_integer() || id.get<int64_t>() < 0 || id.get<int64_t>() >= V) wrong(key);
        rows.push_back(row.get<std::vector<int32_t>>());
    }
    return rows;
}

std::vector<std::vector<int32_t>> random_tokens(int64_t batch, int64_t seq, int64_t V) {
    std::vector<std::vector<int32_t>> rows(static_cast<size_t>(batch), std::vector<int32_t>(static_cast<size_t>(seq)));
    uint64_t index = 0;
    for (auto& row : rows)
        for (int32_t& id : row) id = static_cast<int32_t>(uniform(0, 1, index++) * static_cast<double>(V));
    return rows;
}

double peak_gflops() {
    std::vector<double> each(static_cast<size_t>(threads()));
    parallel_for(threads(), 1, [&](Range range) {
        for (int64_t i = range.begin; i < range.end; ++i) each[static_cast<size_t>(i)] = cpu::fma_peak_gflops();
    });
    return std::accumulate(each.begin(), each.end(), 0.0);
}

double median(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    const size_t half = values.size() / 2;
    return values.size() % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
}

Json bytes_by_kind(const MemoryByKind& bytes) {
    Json json;
    for (int kind = 0; kind < kMemoryKinds; ++kind)
        json[memory_kind_name(static_cast<MemoryKind>(kind))] = bytes[static_cast<size_t>(kind)];
    return json;
}

// What the bench does, as a run would be told it.
RunConfig run_of(const TrainBench& bench) {
    RunConfig config;
    config.train.learning_rate = 1e-4;
    config.train.adam_beta2 = 0.999;
    config.train.weight_decay = 0.01;
    config.train.max_grad_norm = 0;
    config.data.files = {"tokens"};
    if (bench.job == "pretrain")
        config.model = reference_model();
    else
        config.base_model = BaseModelConfig{.path = bench.model};
    if (bench.job == "lora" || bench.job == "qlora") {
        config.base_model->load_in_4bit = bench.job == "qlora";
        config.lora = bench.adapter.empty()
                          ? LoraConfig{.r = bench.rank, .lora_alpha = 2.0 * static_cast<double>(bench.rank)}
                          : lora_config(read_peft_adapter(bench.adapter));
        config.lora->lora_dropout = 0;
    }
    for (const std::string& setting : bench.settings) set_field(config, setting);
    validate(config, "");
    return config;
}

// As a checkpoint in BF16 would hold them; billions of them are taken from one table.
std::unique_ptr<Model> fresh_model(const ModelConfig& config, const WeightForm& form) {
    std::vector<float> table((1 << 20) - 3);
    fill_normal(table.data(), static_cast<int64_t>(table.size()), config.initializer_range, 0, 0);
    for (float& value : table) value = std::bit_cast<float>(std::bit_cast<uint32_t>(value) & 0xFFFF0000U);
    auto model = std::make_unique<Model>(config, /*allocate=*/false);
    fill_model(*model, form, [&](const Parameter& parameter, size_t part, int64_t first, int64_t count, float* values) {
        if (parameter.is_matrix())
            for (int64_t i = 0; i < count; ++i) values[i] = table[static_cast<size_t>(first + i) % table.size()];
        else
            std::fill_n(values, count, parameter.parts[part].name.ends_with(".bias") ? 0.0F : 1.0F);
    });
    return model;
}

std::unique_ptr<Model> bench_model(const TrainBench& bench, const RunConfig& config) {
    const WeightForm form = weight_form(config);
    std::unique_ptr<Model> model;
    if (bench.model.empty()) {
        model = std::make_unique<Model>(reference_model());
        model->initialize(0);
    } else if (bench.model.ends_with(".json")) {
        model = fresh_model(read_hf_config(std::filesystem::path(bench.model).parent_path().string()).model, form);
    } else {
        model = std::move(load_model(bench.model, form).model);
    }
    if (config.lora) add_lora(*model, *config.lora, 0);
    if (!bench.adapter.empty()) read_lora(*model, read_peft_adapter(bench.adapter));
    return model;
}

}  // namespace

std::string run_train_bench(const TrainBench& bench, const std::function<bool()>& go_on) {
    using Clock = std::chrono::steady_clock;
    RunConfig config = run_of(bench);
    const std::unique_ptr<Model> model = bench_model(bench, config);
    const int64_t V = model->config().vocab_size;
    const auto rows =
        bench.tokens_file.empty() ? random_tokens(bench.batch, bench.seq, V) : read_tokens(bench.tokens_file, V);
    const Batch batch = rows_of(rows);
    const int64_t longest = *std::max_element(batch.segment_lengths.begin(), batch.segment_lengths.end());
    model->reserve_positions(longest);
    config.data.max_length = longest;
    config.train.per_device_train_batch_size = static_cast<int64_t>(rows.size());
    const bool fresh = bench.model.ends_with(".json");  // as BF16 has them
    const RunEstimate estimate = estimate_run(model->config(), config, fresh ? 2 : base_weight_bytes(config));
    TrainerOptions options = trainer_options(config.train, estimate);
    options.decay_vectors = true;
    Trainer trainer(*model, options);
    trainer.set_checkpoint_call(go_on);
    double peak = peak_gflops();
    std::vector<double> times, processor_times, losses;
    for (int64_t step = 0; step < bench.steps; ++step) {
        const auto began = Clock::now();
        const std::clock_t processor_began = std::clock();
        losses.push_back(trainer.step(batch, config.train.learning_rate).loss);
        times.push_back(std::chrono::duration<double>(Clock::now() - began).count());
        processor_times.push_back(static_cast<double>(std::clock() - processor_began) / CLOCKS_PER_SEC);
        peak = std::max(peak, peak_gflops());
    }
    const std::ptrdiff_t first = std::min<int64_t>(2, bench.steps - 1);
    const double step_s = median({times.begin() + first, times.end()});
    const int64_t resident = peak_resident_bytes();  // before the kernels are timed
    const double foretold_s = seconds_per_token(model->config(), config, estimate, threads());
    const double tokens_per_s = static_cast<double>(batch.tokens()) / step_s;
    const Json json = {{"job", bench.job},
                       {"batch", rows.size()},
                       {"seq", rows.front().size()},
                       {"trainable", model->trainable_count()},
                       {"step_s", step_s},
                       {"tokens_per_s", tokens_per_s},
                       {"processor_step_s", median({processor_times.begin() + first, processor_times.end()})},
                       {"foretold_processor_step_s", foretold_s * threads() * static_cast<double>(batch.tokens())},
                       {"losses", losses},
                       {"fma_peak_gflops", peak},
                       {"flops_per_token", estimate.flops_per_token},
                       {"fma_peak_share", estimate.flops_per_token * tokens_per_s / (peak * 1e9)},
                       {"recomputed_blocks", estimate.recomputed_blocks},
                       {"micro_batch_tokens", trainer.micro_batch_tokens()},
                       {"peak_rss_gb", static_cast<double>(resident) / 1e9},
                       {"bytes", bytes_by_kind(peak_memory_by_kind())}};
    return dump_json(json);
}

}  // namespace lathe

#include "bench/full_workspace.h"

#include <cmath>
#include <filesystem>

#include "engine/base/files.h"
#include "engine/store/store.h"

namespace lathe {

namespace {

constexpr int64_t kFirstDay_ms = 1'767'225'600'000, kHour_ms = 3'600'000, kRowsAtOnce = 5000;

MetricRow row_of(int run, int64_t step, int64_t last) {
    const double x = static_cast<double>(step), noise = std::sin(x * 12.9898 + run) * std::cos(x * 78.233);
    MetricRow row{.step = step,
                  .loss = 3 + 6 * std::exp(-x / 800) + 0.2 * noise,
                  .eval_loss = {},
                  .learning_rate = 3e-4 * (1 - x / static_cast<double>(last)),
                  .grad_norm = 0.8 + 0.1 * noise,
                  .tokens_per_s = 4600 + 200 * noise,
                  .tokens = step * 1024,
                  .elapsed_s = 0.22 * x,
                  .bytes = {{"program", 110'000'000},
                            {"weights", 22'300'000},
                            {"gradients", 22'300'000},
                            {"optimizer", 44'600'000},
                            {"activations", 61'000'000 + 1000 * (step % 7)},
                            {"workspace", 9'000'000}}};
    if (step % 100 == 0) row.eval_loss = row.loss + 0.05;
    return row;
}

void add_run(Store& store, const std::string& folder, const std::string& config, int number, int64_t rows) {
    const std::string name = std::to_string(1000 + number), id = "20260101-000000-nano-" + name;
    const RunRecord run{.id = id,
                        .name = "nano " + name,
                        .state = RunState::finished,
                        .created_at_ms = kFirstDay_ms + number * kHour_ms,
                        .config_json = config,
                        .provenance = {.lathe_version = "0.1.0", .simd_target = "AVX2", .threads = 2, .seed = 42},
                        .error = "",
                        .max_steps = rows};
    for (int64_t first = 1; first <= rows; first += kRowsAtOnce) {
        std::vector<MetricRow> metrics;
        for (int64_t step = first; step < first + kRowsAtOnce && step <= rows; ++step)
            metrics.push_back(row_of(number, step, rows));
        store.restore_run(run, metrics);
        store.flush();  // these in memory, and no more
    }
    for (const int64_t step : {rows / 2, rows}) {
        const std::string path = folder + "/runs/" + id + "/checkpoint-" + std::to_string(step);
        make_folders(path);
        store.add_checkpoint(id, {.step = step,
                                  .path = path,
                                  .eval_loss = row_of(number, rows, rows).loss,
                                  .best = step == rows,
                                  .bytes = 8'000'000});
    }
}

}  // namespace

void fill_workspace(const std::string& folder, int runs, int64_t rows, int64_t longest) {
    make_folders(folder);
    Store store(folder + "/lathe.db", Store::Mode::read_write);
    if (!store.list_runs().empty()) return;
    const std::string config = read_file(LATHE_SOURCE_DIR "/resources/presets/nano.json", 1 << 16);
    for (int i = 0; i < runs; ++i) add_run(store, folder, config, i, rows);
    if (longest > 0) add_run(store, folder, config, runs, longest);
    store.flush();
}

}  // namespace lathe

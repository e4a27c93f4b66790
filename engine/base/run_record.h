// Runs as the record tells of them: values only. Any thread.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/base/error.h"

namespace lathe {

// A token that a model chose: its text (invalid UTF-8 as U+FFFD), its probability at temperature 1, and the likeliest
// tokens there, likeliest first.
struct SampledToken {
    std::string text;
    double probability = 0;
    std::vector<std::pair<std::string, double>> likeliest;
};

struct Sampled {
    std::string run;
    int64_t step = 0;
    std::string prompt, text;
    std::vector<SampledToken> tokens;
};

struct RunCheckpoint {
    int64_t step = 0;
    std::string path;
    int64_t bytes = 0;
    std::optional<double> eval_loss;
    bool best = false;
};

struct RunSummary {
    std::string run, name, state;
    int64_t created_at_ms = 0;
    int64_t step = 0, max_steps = 0;
    std::optional<double> loss, eval_loss;
    std::optional<Error> error;              // of a failed one
    std::vector<RunCheckpoint> checkpoints;  // that are on disk, by step
    std::string note = {};
    std::vector<std::string> tags = {};
    bool trashed = false;
    std::optional<double> best_eval_loss = {};
    double elapsed_s = 0;             // of training, without pauses
    int64_t bytes = 0;                // of its checkpoints
    std::vector<double> curve = {};   // training loss, thinned to kSparklinePoints; NaN is kept
    std::string workspace_from = {};  // of an imported one: where it came from
    bool tuned = false;               // it began from a model
};
constexpr int64_t kSparklinePoints = 48;

// Renamed, tagged, noted, put into the trash or taken out of it.
struct RunChanged {
    RunSummary summary;
};

struct RunsImported {
    std::vector<std::string> runs;
    std::vector<Error> left_out;  // those that could not be read, and why
};

struct FileWritten {
    std::string path;
};

// Runs that wait for their turn, in this order.
struct QueuedRun {
    std::string id;  // of the entry
    std::string name, config_json;
    std::optional<Error> error = {};  // why it ended when its turn came; it waits no more
};
struct QueueListed {
    std::vector<QueuedRun> runs;
};

struct RunsListed {
    std::vector<RunSummary> runs;
    std::string damaged_database = {};  // as WorkspaceOpened's, which tells more
};

struct MetricPoint {
    int64_t step = 0;
    double loss = 0, learning_rate = 0, grad_norm = 0, tokens_per_s = 0;
    std::optional<double> eval_loss;
    std::map<std::string, int64_t> bytes;
    int64_t tokens = 0;  // trained on since the run began
    double elapsed_s = 0;
};

struct RunDetail {
    RunSummary summary;
    std::string config_json, provenance_json;
    std::optional<Error> error;
    std::vector<MetricPoint> metrics;
    struct Line {
        int64_t step;
        int64_t time_ms;
        std::string kind, text;
        int64_t id = 0;  // rises
    };
    std::vector<Line> events;
    std::vector<Sampled> samples;
    int64_t from_step = 0;  // as ShowRun asked: what was known before is not repeated
};

struct RunsCompared {
    RunSummary first, second;
    struct Setting {
        std::string key, first, second;  // values as JSON
    };
    std::vector<Setting> differing;
};

}  // namespace lathe

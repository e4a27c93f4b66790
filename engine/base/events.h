// All that the engine can say: values only. An event carries the id of the command it answers. Thread: made on the
// engine thread.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "engine/base/error.h"

namespace lathe {

using RequestId = uint64_t;

enum class EngineState { idle, working, training, paused };

struct StateChanged {
    EngineState state;
};

// Long work: `what` is a stable word (hash, tokenizer, encode, load, write, evaluate), amounts in `unit` (bytes,
// tokens, share).
struct Progress {
    std::string what;
    std::string unit;
    double done = 0, total = 0;
};

struct Notice {
    std::string kind;  // stable word: started, resumed, saved, micro_batch_halved, bad_rows, simd_changed, …
    std::string text;  // English
    std::string run;
    int64_t step = 0;
};

struct TrainStarted {
    std::string run;
    int64_t step = 0, max_steps = 0;
    int64_t parameters = 0;
    int64_t checkpoint_bytes = 0;  // of the checkpoints that will be kept
};

struct TrainProgress {
    std::string run;
    int64_t step = 0, max_steps = 0;
    double loss = 0, learning_rate = 0, grad_norm = 0, tokens_per_s = 0, elapsed_s = 0;
    std::map<std::string, int64_t> bytes;  // by kind
};

struct Validated {
    std::string run;
    int64_t step = 0;
    double loss = 0, bits_per_byte = 0;
};

struct Sampled {
    std::string run;
    int64_t step = 0;
    std::string prompt, text;
    // Each new token as text and the likeliest tokens there with their probabilities.
    std::vector<std::pair<std::string, std::vector<std::pair<std::string, double>>>> tokens;
};

struct CheckpointSaved {
    std::string run;
    int64_t step = 0;
    std::string path;
};

struct TrainDone {
    std::string run, state;  // finished, stopped
    std::string checkpoint;
    int64_t steps = 0, resumed_from_step = 0;
    double train_loss = 0;
    std::optional<double> eval_loss;
    double tokens_per_s = 0;
};

struct TokenizerDone {
    std::string folder;
    int64_t vocab_size = 0;
};

struct Encoded {
    std::vector<int32_t> ids;
};

struct LogitsDone {
    std::vector<float> logits;           // (V) after the last token
    std::vector<double> token_logprobs;  // (T-1)
};

// A piece of answer `index`.
struct TokenChunk {
    int64_t index = 0;
    std::string text;
};

struct Generation {
    std::string text;
    std::vector<int32_t> prompt_token_ids, token_ids;
    std::string finish_reason;
};

struct GenerateDone {
    std::vector<Generation> answers;
    double tokens_per_s = 0;
};

struct EvaluateDone {
    double loss = 0, perplexity = 0, bits_per_byte = 0;
    int64_t tokens = 0, bytes = 0, window = 0, stride = 0;
    std::optional<double> bigram_bits_per_byte;  // of a run's validation split
};

struct ExportDone {
    std::string folder;
    std::vector<std::pair<std::string, int64_t>> files;  // name, bytes
};

struct EstimateDone {
    int64_t parameters = 0;
    std::map<std::string, int64_t> bytes;
    int64_t checkpoint_bytes = 0;
    double flops_per_token = 0;
};

struct BenchDone {
    std::string json;  // one document with the keys of the design's section 6
};

struct RunSummary {
    std::string run, name, state;
    int64_t created_at_ms = 0;
    int64_t step = 0, max_steps = 0;
    std::optional<double> loss, eval_loss;
};

struct RunsListed {
    std::vector<RunSummary> runs;
};

struct MetricPoint {
    int64_t step = 0;
    double loss = 0, learning_rate = 0, grad_norm = 0, tokens_per_s = 0;
    std::optional<double> eval_loss;
    std::map<std::string, int64_t> bytes;
};

struct RunDetail {
    RunSummary summary;
    std::string config_json, provenance_json, error;
    std::vector<MetricPoint> metrics;
    struct Line {
        int64_t step;
        int64_t time_ms;
        std::string kind, text;
    };
    std::vector<Line> events;
    struct Sample {
        int64_t step;
        std::string prompt, text;
    };
    std::vector<Sample> samples;
    std::vector<std::pair<int64_t, std::string>> checkpoints;  // step, path
};

struct RunsCompared {
    RunSummary first, second;
    struct Setting {
        std::string key, first, second;  // values as JSON
    };
    std::vector<Setting> differing;
};

// The command ended; nothing half-done is left.
struct Failed {
    Error error;
};

using EventBody =
    std::variant<StateChanged, Progress, Notice, TrainStarted, TrainProgress, Validated, Sampled, CheckpointSaved,
                 TrainDone, TokenizerDone, Encoded, LogitsDone, TokenChunk, GenerateDone, EvaluateDone, ExportDone,
                 EstimateDone, BenchDone, RunsListed, RunDetail, RunsCompared, Failed>;

struct Event {
    RequestId request = 0;
    EventBody body;
};

}  // namespace lathe

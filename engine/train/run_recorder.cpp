#include "engine/train/run_recorder.h"

#include <chrono>
#include <cmath>

namespace lathe {

namespace {

int64_t now_ms() {
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch())
        .count();
}

}  // namespace

std::string run_name(const std::string& id) {
    return id.size() > 21 ? id.substr(16, id.size() - 21) : id;
}

std::vector<MetricRow> metric_rows(const std::vector<HistoryRow>& history) {
    std::vector<MetricRow> rows;
    int64_t tokens = 0;
    double before_s = 0;
    for (const HistoryRow& row : history) {
        tokens += std::llround(row.tokens_per_s * (row.elapsed_s - before_s));
        before_s = row.elapsed_s;
        rows.push_back({.step = row.step,
                        .loss = row.loss,
                        .eval_loss = row.eval_loss,
                        .learning_rate = row.learning_rate,
                        .grad_norm = row.grad_norm,
                        .tokens_per_s = row.tokens_per_s,
                        .tokens = tokens,
                        .elapsed_s = row.elapsed_s});
    }
    return rows;
}

void RunRecorder::begin(const RunSnapshot& snapshot, const std::vector<HistoryRow>& history,
                        const TrainStarted& started) {
    record_ = {.id = snapshot.run,
               .name = snapshot.name,
               .state = RunState::running,
               .created_at_ms = snapshot.created_at_ms,
               .config_json = snapshot.config_json,
               .provenance = snapshot.provenance,
               .error = {},
               .max_steps = started.max_steps};
    if (snapshot.step == 0) {
        store_.create_run(record_);
        event("started", "", 0);
    } else {
        const std::vector<MetricRow> rows = metric_rows(history);
        if (!rows.empty()) tokens_ = rows.back().tokens;
        store_.restore_run(record_, rows);
        store_.set_plan(record_.id, record_.config_json, record_.max_steps);
        store_.rewind(record_.id, snapshot.step);
        store_.set_state(record_.id, RunState::running);
        event("resumed", "", snapshot.step);
    }
    store_.flush();
    keep();
    emit_(started);
}

void RunRecorder::step(const HistoryRow& row, int64_t max_steps, int64_t tokens,
                       const std::map<std::string, int64_t>& bytes) {
    last_ = {.step = row.step,
             .loss = row.loss,
             .eval_loss = row.eval_loss,
             .learning_rate = row.learning_rate,
             .grad_norm = row.grad_norm,
             .tokens_per_s = row.tokens_per_s,
             .tokens = tokens_ += tokens,
             .elapsed_s = row.elapsed_s,
             .bytes = bytes};
    store_.add_metrics(record_.id, last_);
    emit_(TrainProgress{.run = record_.id,
                        .step = row.step,
                        .max_steps = max_steps,
                        .loss = row.loss,
                        .learning_rate = row.learning_rate,
                        .grad_norm = row.grad_norm,
                        .tokens_per_s = row.tokens_per_s,
                        .elapsed_s = row.elapsed_s,
                        .bytes = bytes,
                        .tokens = tokens_});
}

void RunRecorder::validated(const Validated& result) {
    if (last_.step == result.step) {  // with its row, which may be lost meanwhile
        last_.eval_loss = result.loss;
        store_.add_metrics(record_.id, last_);
    } else {
        store_.set_eval_loss(record_.id, result.step, result.loss);
    }
    emit_(result);
}

void RunRecorder::sampled(const Sampled& sample, const std::vector<int64_t>& token_ids) {
    SampleRow row{
        .step = sample.step, .prompt = sample.prompt, .text = sample.text, .token_ids = token_ids, .probabilities = {}};
    for (const SampledToken& token : sample.tokens) {
        row.probabilities.push_back(token.probability);
        row.token_texts.push_back(token.text);
    }
    store_.add_sample(record_.id, row);
    emit_(sample);
}

void RunRecorder::event(const std::string& kind, const std::string& text, int64_t step) {
    store_.add_event(record_.id, {.time_ms = now_ms(), .step = step, .kind = kind, .text = text});
    emit_(Notice{.kind = kind, .text = text, .run = record_.id, .step = step});
}

void RunRecorder::controlled(const ControlsChanged& now, const std::vector<std::string>& changes) {
    for (const std::string& change : changes) event("control", change, now.step);
    emit_(now);
}

void RunRecorder::saved(const CheckpointSaved& checkpoint) {
    store_.add_checkpoint(record_.id, {.step = checkpoint.step,
                                       .path = checkpoint.path,
                                       .eval_loss = checkpoint.eval_loss,
                                       .best = checkpoint.best,
                                       .bytes = checkpoint.bytes});
    for (const int64_t step : checkpoint.removed) store_.remove_checkpoint(record_.id, step);
    store_.add_event(record_.id, {.time_ms = now_ms(), .step = checkpoint.step, .kind = "saved", .text = {}});
    store_.flush();
    emit_(checkpoint);
}

void RunRecorder::state(RunState state, const std::string& error) {
    store_.set_state(record_.id, state, error);
    store_.flush();
    record_.state = state;
    record_.error = error;
    keep();
}

// A run has no checkpoint at first, and its last one does not know that it trains.
void RunRecorder::keep() {
    kept_ = store_.when_recovered([&store = store_, record = record_] {
        store.restore_run(record, {});
        store.set_plan(record.id, record.config_json, record.max_steps);
        store.set_state(record.id, record.state, record.error);
    });
}

void RunRecorder::flush() {
    store_.flush();
}

}  // namespace lathe

// Writes down what a run does: to the store, and as events to whoever watches. Where the store is recovered meanwhile,
// the run keeps its record. Thread: engine only.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/events.h"
#include "engine/store/store.h"
#include "engine/train/checkpoint.h"

namespace lathe {

// "nano" of "20261124-101500-nano-3f2a".
std::string run_name(const std::string& id);
// The tokens so far come from the steps' speeds and times.
std::vector<MetricRow> metric_rows(const std::vector<HistoryRow>& history);

class RunRecorder {
public:
    RunRecorder(Store& store, std::function<void(EventBody)> emit) : store_(store), emit_(std::move(emit)) {}

    // A fresh run gets its row; a resumed one loses the rows past its step in one transaction, and missing ones come
    // back from the history.
    void begin(const RunSnapshot& state, const std::vector<HistoryRow>& history, const TrainStarted& started);
    void step(const HistoryRow& row, int64_t max_steps, int64_t tokens, const std::map<std::string, int64_t>& bytes);
    void validated(const Validated& result);
    void sampled(const Sampled& sample, const std::vector<int64_t>& token_ids);
    void event(const std::string& kind, const std::string& text, int64_t step);
    // Each change is an event of kind `control`.
    void controlled(const ControlsChanged& now, const std::vector<std::string>& changes);
    void saved(const CheckpointSaved& checkpoint);
    void state(RunState state, const std::string& error = "");
    // Blocks until all of it is on disk; an error of the store is thrown here.
    void flush();

private:
    void keep();

    Store& store_;
    std::function<void(EventBody)> emit_;
    RunRecord record_;
    std::shared_ptr<void> kept_;
    MetricRow last_;  // of the last step
    int64_t tokens_ = 0;
};

}  // namespace lathe

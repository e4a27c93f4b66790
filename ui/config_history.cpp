#include "ui/config_history.h"

namespace lathe {

namespace {

constexpr int64_t kRest_ms = 1000;
constexpr size_t kMostStates = 500;

}  // namespace

void ConfigHistory::reset(const RunConfig& config) {
    states_ = {{config, "", 0}};
    at_ = 0;
}

void ConfigHistory::record(const RunConfig& config, const std::string& key, int64_t now_ms) {
    if (differing_keys(config, states_[at_].config).empty()) return;
    states_.resize(at_ + 1);
    State& last = states_.back();
    if (at_ > 0 && !key.empty() && last.key == key && now_ms - last.time_ms < kRest_ms) {
        last = {config, key, now_ms};
        return;
    }
    if (states_.size() == kMostStates) states_.erase(states_.begin());
    states_.push_back({config, key, now_ms});
    at_ = states_.size() - 1;
}

ConfigHistory::State ConfigHistory::undo() {
    if (!can_undo()) return states_[at_];
    const std::string key = states_[at_].key;
    --at_;
    return {states_[at_].config, key, 0};
}

ConfigHistory::State ConfigHistory::redo() {
    if (can_redo()) ++at_;
    return states_[at_];
}

}  // namespace lathe

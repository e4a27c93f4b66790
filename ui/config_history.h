// Undo and redo of a form's changes. Typing in one setting is one change until it rests for a second. Values, any
// thread.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/base/config.h"

namespace lathe {

class ConfigHistory {
public:
    // Forgets everything.
    void reset(const RunConfig& config);
    // `key`: the setting that changed; empty: several, never joined with others.
    void record(const RunConfig& config, const std::string& key, int64_t now_ms);
    bool can_undo() const { return at_ > 0; }
    bool can_redo() const { return at_ + 1 < states_.size(); }
    // What to show, and the setting that changed.
    struct State {
        RunConfig config;
        std::string key;
        int64_t time_ms = 0;
    };
    State undo();
    State redo();

private:
    std::vector<State> states_;
    size_t at_ = 0;
};

}  // namespace lathe

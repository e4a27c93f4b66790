// What the run of a form would take, asked from the engine shortly after each change, and where it does not fit, the
// cheapest change that makes it fit. The last answer stays until the next is there. Thread: GUI.
#pragma once

#include <QObject>
#include <QTimer>
#include <map>
#include <optional>

#include "ui/engine_link.h"

namespace lathe {

enum class Fit { unknown, fits, tight, exceeds };
// Of the peak in what this program may take; tight above four fifths.
Fit fit_of(const EstimateDone& estimate);
int64_t peak_bytes(const EstimateDone& estimate);
int64_t step_tokens(const EstimateDone& estimate, const RunConfig& config);

// A change of settings that takes less memory.
struct Remedy {
    std::vector<std::string> assignments;  // as set_field() takes them
    int64_t peak_bytes = 0;
};
// From the cheapest on: smaller pieces of a step, recomputation, both; then besides them what rounds: moments, the base
// model's matrices, its embeddings in fewer bits; QLoRA in place of all weights; shorter sequences.
std::vector<Remedy> remedies(const RunConfig& config);
RunConfig applied(RunConfig config, const Remedy& remedy);

class RunPlan : public QObject {
    Q_OBJECT

public:
    explicit RunPlan(EngineLink& engine, QObject* parent = nullptr);

    void ask(const RunConfig& config);
    // The settings are wrong: the last answer is no longer of them.
    void drop();

    const std::optional<EstimateDone>& answer() const { return answer_; }
    const RunConfig& config() const { return config_; }  // that the answer is of
    // That so many steps would take, by the answer; 0: not known.
    double seconds_of(int64_t steps) const;
    bool is_current() const { return current_; }
    const std::optional<Error>& error() const { return error_; }
    const std::optional<Remedy>& remedy() const { return remedy_; }

Q_SIGNALS:
    void changed();

private:
    void post();
    void on_event(const Event& event);
    void look_for_remedy();
    void choose_remedy();

    EngineLink& engine_;
    QTimer soon_;
    RequestId request_ = 0;
    RunConfig asked_, config_;
    std::optional<EstimateDone> answer_;
    std::optional<Error> error_;
    bool current_ = false;
    std::vector<Remedy> candidates_;
    std::map<RequestId, size_t> candidate_requests_;  // those without an answer
    std::optional<Remedy> remedy_;
};

}  // namespace lathe

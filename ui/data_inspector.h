// What a run of the form would be taught, asked from the engine when the data settings change: the figures, then the
// tokens of one example or of one row of a batch. The last answer stays until the next is there. Thread: GUI.
#pragma once

#include <QObject>
#include <optional>

#include "ui/engine_link.h"

namespace lathe {

// Whose tokens the run would take; "": it trains a tokenizer first.
std::string tokenizer_source(const RunConfig& config);

class DataInspector : public QObject {
    Q_OBJECT

public:
    enum class State { nothing, asking, cancelled, failed, known };
    enum class Part { example, row };

    explicit DataInspector(EngineLink& engine, QObject* parent = nullptr);

    // Whether what was asked for last is of this data.
    bool is_about(const RunConfig& config) const;
    // Looks anew where the data settings, the tokenizer or the seed are others than last time.
    void ask(const RunConfig& config);
    // The files may be others by now.
    void look_again();
    void cancel();  // by the user
    // A run begins, which needs the machine: what is asked for is given up, the next ask() looks anew.
    void drop();
    // Asks for the tokens of this example or row.
    void show(Part part, int64_t index);

    State state() const { return state_; }
    const std::optional<DataInspection>& answer() const { return answer_; }
    bool is_current() const { return state_ == State::known; }
    const std::optional<Error>& error() const { return error_; }
    const std::optional<Progress>& progress() const { return progress_; }
    const DataConfig& data() const { return asked_.data; }  // what was asked about
    bool trains_tokenizer() const { return tokenizer_source(asked_).empty(); }

    Part part() const { return part_; }
    int64_t index() const { return index_; }
    int64_t count(Part part) const;  // of what can be shown
    // Of part() and index(); null: not there yet.
    const InspectedTokens* tokens() const;

    // Files of which nothing is learnt, though others are.
    std::vector<std::string> unlearnt_files() const;
    // The user wants to start all the same; forgotten when the data changes.
    void set_allowed(bool allowed);
    bool allowed() const { return allowed_; }
    // Why a run would not start, or should not.
    std::optional<Error> obstacle() const { return is_current() ? answer_->obstacle : std::nullopt; }
    bool holds_back() const { return !unlearnt_files().empty() && !allowed_; }

Q_SIGNALS:
    void changed();
    void progressed();

private:
    void on_event(const Event& event);
    void on_figures(const EventBody& body);
    void on_tokens(const EventBody& body);
    InspectData command() const;
    void ask_tokens();
    void give_up();

    EngineLink& engine_;
    State state_ = State::nothing;
    RunConfig asked_;
    RequestId figures_request_ = 0, tokens_request_ = 0;
    std::optional<DataInspection> answer_;
    std::optional<Error> error_;
    std::optional<Progress> progress_;
    Part part_ = Part::example;
    int64_t index_ = 0;
    bool allowed_ = false;
};

}  // namespace lathe

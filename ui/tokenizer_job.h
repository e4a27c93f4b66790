// A tokenizer from training to comparison: the ones at hand, one in training with the merges as they come, and how many
// bytes a token of each stands for on the same texts. Widget-free. Thread: GUI.
#pragma once

#include <QObject>
#include <deque>
#include <optional>

#include "ui/engine_link.h"

namespace lathe {

class TokenizerJob : public QObject {
    Q_OBJECT

public:
    enum class State { idle, training, measuring };
    static constexpr size_t kShownMerges = 200;

    explicit TokenizerJob(EngineLink& engine, QObject* parent = nullptr);

    void refresh();
    const std::vector<TokenizerEntry>& tokenizers() const { return tokenizers_; }
    void train(const DataConfig& data, int64_t vocab_size, const std::string& name);
    void measure(const DataConfig& data);  // all that are at hand
    void cancel();

    State state() const { return state_; }
    double share() const { return share_; }  // of the training, or of the tokenizers measured
    int64_t merges() const { return merges_; }
    int64_t wanted_merges() const { return wanted_; }
    const std::deque<TokenizerMerge>& latest() const { return latest_; }  // the newest first
    const std::string& trained() const { return trained_; }               // folder of the last one
    const std::vector<TokenizerMeasure>& measures() const { return measures_; }
    const std::optional<Error>& error() const { return error_; }

Q_SIGNALS:
    void changed();
    void progressed();
    void listed();
    void made(const QString& folder);  // trained, and listed

private:
    void on_event(const Event& event);
    void on_failed(RequestId request, const Error& error);
    void name_measures();

    EngineLink& engine_;
    State state_ = State::idle;
    RequestId list_request_ = 0, work_request_ = 0;
    DataConfig data_;
    double share_ = 0;
    int64_t merges_ = 0, wanted_ = 0;
    std::deque<TokenizerMerge> latest_;
    std::string trained_;
    bool made_ = false;  // a new one, not listed yet
    std::vector<TokenizerEntry> tokenizers_;
    std::vector<TokenizerMeasure> measures_;
    std::optional<Error> error_;
};

}  // namespace lathe

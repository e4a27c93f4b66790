// What lathe-cli prints: progress to stderr, the result to stdout, as text or as one JSON document. Called by
// the session, one event at a time.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "engine/base/events.h"

namespace lathe {

class CliOutput {
public:
    CliOutput(bool json, int64_t logging_steps, bool many);

    // True where the event ends the command.
    bool show(const Event& event);
    int exit_status() const { return exit_status_; }

private:
    using Clock = std::chrono::steady_clock;

    void bar(const std::string& label, double done, double total, const std::string& after);
    void clear_bar();
    void line(const std::string& text);
    void print(const std::string& document);

    void take(const StateChanged&) {}
    void take(const Progress& progress);
    void take(const Notice& notice);
    void take(const TrainStarted& started);
    void take(const TrainProgress& progress);
    void take(const Validated& result);
    void take(const Sampled& sample);
    void take(const CheckpointSaved& saved);
    void take(const TokenChunk& chunk);
    void take(const TrainDone& done);
    // Of commands that only the window gives.
    void take(const WorkspaceOpened&) {}
    void take(const ChatStarted&) {}
    void take(const ChatDone&) {}
    void take(const ConversationsListed&) {}
    void take(const ConversationSaved&) {}
    void take(const ExportPlanned&) {}
    void take(const ControlsChanged&) {}
    void take(const ExamplesRead&) {}
    void take(const ExamplesWritten&) {}
    void take(const TokenizerMerged&) {}
    void take(const DataPreviewed&) {}
    void take(const DatasetsListed&) {}
    void take(const TokenizersListed&) {}
    void take(const TokenizersMeasured&) {}
    void take(const ModelConfigRead&) {}
    void take(const RunChanged&) {}
    void take(const RunsImported&) {}
    void take(const QueueListed&) {}
    void take(const TokenizerDone& done);
    void take(const FileWritten& written);
    void take(const Encoded& done);
    void take(const LogitsDone& done);
    void take(const GenerateDone& done);
    void take(const EvaluateDone& done);
    void take(const TunedCompared& done);
    void take(const ExportDone& done) { show_export(done.report); }
    void take(const ProofDone& done) { show_export(done.report); }
    void show_export(const ExportReport& report);
    void take(const ModelsListed& listed);
    void take(const ModelInspected& inspected);
    void take(const TensorDescribed& described);
    void take(const FetchPlanned& planned);
    void take(const FetchDone& done);
    void take(const DataInspected& inspected);
    void take(const DataSurveyed& surveyed);
    void take(const DatasetChanged& changed);
    void take(const EstimateDone& done);
    void take(const BenchDone& done);
    void take(const RunsListed& listed);
    void take(const RunDetail& detail);
    void take(const RunsCompared& compared);
    void take(const Failed& failed);

    bool json_;
    bool many_;      // several answers: printed when all are there, as a list
    bool terminal_;  // stderr is one: bars are drawn
    bool bar_shown_ = false;
    int64_t logging_steps_;
    Clock::time_point last_bar_{};
    int exit_status_ = 0;
};

}  // namespace lathe

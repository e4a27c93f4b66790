// The commands that are not training, each one function from command to result. What touches a model runs on the engine
// thread, what touches files alone on the job thread. Errors are Exceptions. Nothing is written but what the command
// names.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "engine/base/events.h"
#include "engine/model/model_io.h"
#include "engine/session.h"
#include "engine/store/recover.h"
#include "engine/store/store.h"
#include "engine/train/run_setup.h"

namespace lathe {

struct SurveyMemory;

struct CommandContext {
    std::string workspace;
    int threads = 1;
    std::function<void(EventBody)> emit;
    std::function<bool()> go_on;  // false: the user wants it to end
    // The workspace's record, see SessionWorkspace::store.
    std::function<std::shared_ptr<Store>(Store::Mode)> store;
    // What was made of a damaged database when the workspace was opened.
    std::function<std::optional<Recovery>()> recovery = {};
    // See SessionWorkspace.
    std::function<std::shared_ptr<void>(const std::string& run)> hold_run = {};
    std::function<bool(const std::string& run)> is_held = {};
    // Tables of examples that this session wrote: sha256 by path. Who wrote one may write again before it is told.
    std::map<std::string, std::string>* written_tables = nullptr;
    SurveyMemory* surveys = nullptr;  // of the session: see survey.h

    // Emits the progress; throws `cancelled` where the command is to end.
    bool progress(const Progress& progress) const;
    void check() const;
    // Notices where the files' tensors are not the model's, or the adapter is for another base.
    void tell(const LoadedModel& loaded) const;
    // The record to read from, without a lock; null where there is none yet.
    std::shared_ptr<Store> reader() const;
};

EventBody run_command(const OpenWorkspace& command, const CommandContext& context);
EventBody run_command(const TrainTokenizer& command, const CommandContext& context);
EventBody run_command(const EncodeText& command, const CommandContext& context);
EventBody run_command(const ComputeLogits& command, const CommandContext& context);
EventBody run_command(const Generate& command, const CommandContext& context);
EventBody run_command(const Evaluate& command, const CommandContext& context);
EventBody run_command(const CompareWithBase& command, const CommandContext& context);
EventBody run_command(const ExportModel& command, const CommandContext& context);
EventBody run_command(const ProveExport& command, const CommandContext& context);
EventBody run_command(const ListModels& command, const CommandContext& context);
EventBody run_command(const InspectModel& command, const CommandContext& context);
EventBody run_command(const DescribeTensor& command, const CommandContext& context);
EventBody run_command(const PlanFetch& command, const CommandContext& context);
EventBody run_command(const FetchModel& command, const CommandContext& context);
EventBody run_command(const PlanExport& command, const CommandContext& context);
EventBody run_command(const EstimateRun& command, const CommandContext& context);
EventBody run_command(const ReadModelConfig& command, const CommandContext& context);
EventBody run_command(const TrainBench& command, const CommandContext& context);
EventBody run_command(const InspectData& command, const CommandContext& context);
EventBody run_command(const ReadExamples& command, const CommandContext& context);
EventBody run_command(const WriteExamples& command, const CommandContext& context);
EventBody run_command(const BenchTokenizer& command, const CommandContext& context);
EventBody run_command(const SurveyData& command, const CommandContext& context);
EventBody run_command(const PreviewData& command, const CommandContext& context);
EventBody run_command(const SaveDataset& command, const CommandContext& context);
EventBody run_command(const ListDatasets& command, const CommandContext& context);
EventBody run_command(const TrashDataset& command, const CommandContext& context);
EventBody run_command(const EmptyDatasetTrash& command, const CommandContext& context);
EventBody run_command(const ListTokenizers& command, const CommandContext& context);
EventBody run_command(const MeasureTokenizers& command, const CommandContext& context);
EventBody run_command(const ListRuns& command, const CommandContext& context);
EventBody run_command(const ShowRun& command, const CommandContext& context);
EventBody run_command(const CompareRuns& command, const CommandContext& context);
EventBody run_command(const EditRun& command, const CommandContext& context);
EventBody run_command(const TrashRun& command, const CommandContext& context);
EventBody run_command(const EmptyTrash& command, const CommandContext& context);
EventBody run_command(const ImportRuns& command, const CommandContext& context);
EventBody run_command(const WriteTensorBoard& command, const CommandContext& context);
EventBody run_command(const SaveQueue& command, const CommandContext& context);
EventBody run_command(const ListQueue& command, const CommandContext& context);
EventBody run_command(const SaveConversation& command, const CommandContext& context);
EventBody run_command(const DeleteConversation& command, const CommandContext& context);
EventBody run_command(const ListConversations& command, const CommandContext& context);

// The one that the command is for; a command of training or chat is `internal`.
EventBody run_any_command(const Command& command, const CommandContext& context);

}  // namespace lathe

#include "engine/job_thread.h"

#include <sys/resource.h>

#include "engine/base/error.h"
#include "engine/commands.h"
#include "engine/leave_room.h"

namespace lathe {

namespace {

constexpr int kNice = 10;  // training goes before it

template <class... T>
bool is_any(const Command& command) {
    return (std::holds_alternative<T>(command) || ...);
}

// What the user wrote: it is kept also where the session ends right after.
bool is_record(const Command& command) {
    return is_any<SaveConversation, DeleteConversation, WriteExamples, EditRun, SaveQueue>(command);
}

}  // namespace

JobThread::JobThread(SessionOptions options, SessionWorkspace& workspace,
                     std::function<void(RequestId, EventBody)> emit)
    : options_(std::move(options)), workspace_(workspace), emit_(std::move(emit)), thread_([this] { loop(); }) {}

JobThread::~JobThread() {
    queue_.quit();
}

bool JobThread::takes(const Command& command) {
    return is_any<OpenWorkspace, EncodeText, SaveConversation, DeleteConversation, ListConversations, ExportModel,
                  PlanExport, ListModels, InspectModel, DescribeTensor, EstimateRun, InspectData, ReadExamples,
                  WriteExamples, ListRuns, ShowRun, CompareRuns, EditRun, TrashRun, EmptyTrash, WriteTensorBoard,
                  SaveQueue, ListQueue, ReadModelConfig, PreviewData, ListDatasets, TrashDataset, EmptyDatasetTrash,
                  ListTokenizers>(command);
}

bool JobThread::takes_long(const Command& command) {
    return is_any<TrainTokenizer, SurveyData, SaveDataset, MeasureTokenizers, ImportRuns>(command);
}

void JobThread::loop() {
    setpriority(PRIO_PROCESS, 0, kNice);
    while (!queue_.quitting()) {
        if (const auto next = queue_.take())
            run(*next);
        else
            queue_.wait();
    }
    for (const QueuedCommand& waiting : queue_.take_rest())
        if (is_record(waiting.command)) run(waiting);
}

void JobThread::run(const QueuedCommand& queued) {
    const RequestId request = queued.request;
    const bool leaves_room = leaves_room_;
    schedule_behind_others(leaves_room);
    const CommandContext context{.workspace = options_.workspace,
                                 .threads = threads_to_use(options_.threads, leaves_room),
                                 .emit = [this, request](EventBody body) { emit_(request, std::move(body)); },
                                 .go_on =
                                     [this, request, last = is_record(queued.command)] {
                                         return (last || !queue_.quitting()) && !queue_.cancelled(request);
                                     },
                                 .store = [this](Store::Mode mode) { return workspace_.store(mode); },
                                 .recovery = [this] { return workspace_.recovery(); },
                                 .is_held = [this](const std::string& run) { return workspace_.is_held(run); },
                                 .written_tables = &written_tables_,
                                 .surveys = &workspace_.surveys()};
    const auto error = error_of([&] {
        context.check();
        emit_(request, run_any_command(queued.command, context));
    });
    if (error) emit_(request, Failed{*error});
}

}  // namespace lathe

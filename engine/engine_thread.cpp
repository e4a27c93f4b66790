#include "engine/engine_thread.h"

#include <sys/resource.h>

#include "engine/base/error.h"
#include "engine/leave_room.h"
#include "engine/model/parallel.h"

namespace lathe {

namespace {

constexpr int kNice = 5;  // the window stays quick while the engine computes

template <class T>
bool is(const Command& command) {
    return std::holds_alternative<T>(command);
}

}  // namespace

EngineThread::EngineThread(SessionOptions options, SessionWorkspace& workspace,
                           std::function<void(RequestId, EventBody)> emit)
    : options_(std::move(options)), workspace_(workspace), emit_(std::move(emit)), chats_(chat_host()), thread_([this] {
          loop();
      }) {}

EngineThread::~EngineThread() {
    queue_.quit();
}

void EngineThread::loop() {
    setpriority(PRIO_PROCESS, 0, kNice);
    leave_room(false);
    while (next_turn()) {
    }
    // What goes with the thread that made it.
    training_.reset();
    chats_.end_all();
}

// The pool's workers take after this thread, which makes them anew where their number changes.
void EngineThread::leave_room(bool on) {
    schedule_behind_others(on);
    set_threads(threads_to_use(options_.threads, on));
}

bool EngineThread::next_turn() {
    share_.work_begins();
    const bool quitting = queue_.quitting();
    if (quitting) chats_.end_all();
    if (const auto next = queue_.take()) {
        run(*next);
    } else if (training_ && (quitting || queue_.cancelled(training_request_))) {
        guard(training_request_, [this] { finish_training(); });
    } else if (training_ && training_->running()) {
        guard(training_request_, [this] { train(); });
    } else if (chats_.busy()) {
        chat();
    } else if (quitting) {
        return false;
    } else {
        queue_.wait();
    }
    return true;
}

void EngineThread::guard(RequestId request, const std::function<void()>& work) {
    const auto error = error_of(work);
    if (!error) return;
    if (training_ && request == training_request_) {
        training_->failed(*error);
        training_.reset();
    }
    emit_(request, Failed{*error});
    announce();
}

void EngineThread::announce() {
    EngineState state = chats_.busy() ? EngineState::working : EngineState::idle;
    if (training_) state = training_->running() ? EngineState::training : EngineState::paused;
    emit_(training_request_, StateChanged{state});
}

void EngineThread::run(const QueuedCommand& queued) {
    const auto& [request, command] = queued;
    guard(request, [&] {
        if (const auto* start = std::get_if<StartTraining>(&command)) {
            start_training(request, *start);
        } else if (is<PauseTraining>(command) || is<ContinueTraining>(command) || is<StepTraining>(command)) {
            control_training(command);
        } else if (is<StopTraining>(command)) {
            if (training_) guard(training_request_, [this] { finish_training(); });
        } else if (is<SaveTraining>(command)) {
            if (training_) guard(training_request_, [this] { training_->save(); });
        } else if (const auto* change = std::get_if<ControlTraining>(&command)) {
            if (training_) training_->run().control(change->controls);
        } else if (is<EvaluateTraining>(command) || is<SampleTraining>(command)) {
            if (training_) guard(training_request_, [&] { look_at_training(command); });
        } else if (const auto* wish = std::get_if<LeaveRoom>(&command)) {
            leave_room(wish->on);
        } else if (const auto* question = std::get_if<Chat>(&command)) {
            chats_.add(request, *question);
            if (!training_) announce();
        } else {
            const CommandContext context = context_of(request);
            context.check();
            emit_(request, StateChanged{EngineState::working});
            emit_(request, run_any_command(command, context));
            announce();
        }
    });
}

CommandContext EngineThread::context_of(RequestId request) {
    return {.workspace = options_.workspace,
            .threads = threads(),
            .emit = [this, request](EventBody body) { emit_(request, std::move(body)); },
            .go_on = [this, request] { return serve(request); },
            .store = [this](Store::Mode mode) { return workspace_.store(mode); },
            .hold_run = [this](const std::string& run) { return workspace_.hold_run(run); }};
}

// Must the work of this request end, or the step of a run be given up?
bool EngineThread::make_way(RequestId request) const {
    if (queue_.quitting() || queue_.cancelled(request)) return true;
    return training_ && request == training_request_ && queue_.waiting<PauseTraining, StopTraining>();
}

bool EngineThread::serve(RequestId request) {
    for (const auto& [id, wish] : queue_.take_all<LeaveRoom>()) leave_room(wish.on);
    for (auto& [id, question] : queue_.take_all<Chat>()) chats_.add(id, std::move(question));
    share_.give([&] {
        if (!chats_.busy() || make_way(request)) return false;
        chats_.step();
        return true;
    });
    return !make_way(request);
}

void EngineThread::chat() {
    chats_.step();
    if (!training_ && !chats_.busy()) announce();
}

ChatService::Host EngineThread::chat_host() {
    return {.workspace = options_.workspace,
            .emit = emit_,
            .cancelled = [this](RequestId request) { return queue_.quitting() || queue_.cancelled(request); },
            .make_way = [this] { return training_ && training_->running() && make_way(training_request_); },
            .live =
                [this](const std::string& run) {
                    return training_ && (run.empty() || training_->run().run() == run)
                               ? std::optional(LiveModel{training_->run().weights(), training_->run().step_count()})
                               : std::nullopt;
                },
            .hold_run = [this](const std::string& run) { return workspace_.hold_run(run); },
            .record =
                [this](const std::string& conversation, int64_t index, const ChatTurn& turn) {
                    workspace_.store(Store::Mode::read_write)->save_turn(conversation, index, turn);
                }};
}

void EngineThread::start_training(RequestId request, const StartTraining& command) {
    if (training_) fail({.kind = ErrorKind::locked, .key = "train", .expected = "no other run in training"});
    emit_(request, StateChanged{EngineState::working});
    auto result = TrainingJob::start(command, workspace_.open(), context_of(request));
    training_request_ = request;
    if (auto* done = std::get_if<TrainDone>(&result))
        emit_(request, *done);
    else
        training_ = std::move(std::get<std::unique_ptr<TrainingJob>>(result));
    announce();
}

void EngineThread::control_training(const Command& command) {
    if (!training_) return;
    if (is<PauseTraining>(command)) training_->pause();
    if (is<ContinueTraining>(command)) training_->go_on(/*one_step=*/false);
    if (is<StepTraining>(command)) training_->go_on(/*one_step=*/true);
    announce();
    if (is<PauseTraining>(command)) training_->save_paused();
}

void EngineThread::look_at_training(const Command& command) {
    TrainingRun& run = training_->run();
    if (is<EvaluateTraining>(command)) run.evaluate_now();
    if (is<SampleTraining>(command)) run.sample_now();
    if (run.finished()) finish_training();  // its loss may meet a stop rule
}

void EngineThread::train() {
    const bool was_running = training_->running();
    // A run by epochs may be finished when it is resumed.
    if (!training_->finished()) training_->step([this] { return serve(training_request_); });
    serve(training_request_);
    if (training_->finished()) {
        finish_training();
    } else if (was_running != training_->running()) {
        announce();
    }
}

void EngineThread::finish_training() {
    emit_(training_request_, StateChanged{EngineState::working});  // a large checkpoint takes its time
    const TrainDone done = training_->finish();
    training_.reset();
    emit_(training_request_, done);
    announce();
}

}  // namespace lathe

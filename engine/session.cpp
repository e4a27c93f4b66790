#include "engine/session.h"

#include <sys/resource.h>

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <exception>
#include <mutex>
#include <optional>
#include <set>
#include <thread>

#include "engine/base/error.h"
#include "engine/base/memory.h"
#include "engine/commands.h"
#include "engine/model/parallel.h"
#include "engine/session_workspace.h"
#include "engine/training_job.h"

namespace lathe {

namespace {

constexpr int kNice = 5;  // the window stays quick while the engine computes

template <class T>
bool is(const Command& command) {
    return std::holds_alternative<T>(command);
}

}  // namespace

class Session::Engine {
public:
    Engine(SessionOptions options, EventSink sink)
        : options_(std::move(options)),
          sink_(std::move(sink)),
          workspace_(options_.workspace),
          thread_([this] { loop(); }) {}

    ~Engine() {
        {
            const std::lock_guard lock(mutex_);
            quitting_ = true;
        }
        changed_.notify_all();
    }

    RequestId post(Command command) {
        const std::lock_guard lock(mutex_);
        queue_.push_back({++last_request_, std::move(command)});
        changed_.notify_all();
        return last_request_;
    }

    void cancel(RequestId request) {
        const std::lock_guard lock(mutex_);
        cancelled_.insert(request);
        changed_.notify_all();
    }

private:
    struct Pending {
        RequestId request;
        Command command;
    };

    void loop() {
        setpriority(PRIO_PROCESS, 0, kNice);
        install_allocator();
        set_threads(options_.threads > 0 ? options_.threads : physical_cores());
        while (true) {
            if (const auto pending = take()) {
                run(*pending);
            } else if (training_ && !quitting() && !is_cancelled(training_request_)) {
                guard(training_request_, [this] { train(); });
            } else if (training_) {
                guard(training_request_, [this] { finish_training(); });
            } else {
                return;
            }
        }
    }

    // The next command; waits where there is nothing else to do. Nothing: go on training, stop it, or quit.
    std::optional<Pending> take() {
        std::unique_lock lock(mutex_);
        const auto ready = [this] {
            const bool training = training_ && (training_->running() || cancelled_.contains(training_request_));
            return quitting_ || training || !queue_.empty();
        };
        changed_.wait(lock, ready);
        if (queue_.empty() || quitting_) return std::nullopt;
        Pending pending = std::move(queue_.front());
        queue_.pop_front();
        return pending;
    }

    bool quitting() {
        const std::lock_guard lock(mutex_);
        return quitting_;
    }
    bool is_cancelled(RequestId request) {
        const std::lock_guard lock(mutex_);
        return cancelled_.contains(request);
    }
    // Asked between blocks: is there anything that a step must make way for?
    bool step_may_go_on() {
        const std::lock_guard lock(mutex_);
        const bool control = std::any_of(queue_.begin(), queue_.end(), [](const Pending& pending) {
            return is<PauseTraining>(pending.command) || is<StopTraining>(pending.command);
        });
        return !quitting_ && !control && !cancelled_.contains(training_request_);
    }

    void emit(RequestId request, EventBody body) { sink_({.request = request, .body = std::move(body)}); }

    // The one place where an exception becomes an event.
    template <class Work>
    void guard(RequestId request, const Work& work) {
        try {
            work();
        } catch (...) {
            const Error error = as_error(std::current_exception());
            if (training_ && request == training_request_) {
                training_->failed(error);
                training_.reset();
            }
            emit(request, Failed{error});
            announce();
        }
    }

    void announce() {
        const EngineState state = !training_             ? EngineState::idle
                                  : training_->running() ? EngineState::training
                                                         : EngineState::paused;
        emit(training_request_, StateChanged{state});
    }

    void run(const Pending& pending) {
        const RequestId request = pending.request;
        guard(request, [&] {
            if (const auto* start = std::get_if<StartTraining>(&pending.command)) {
                start_training(request, *start);
            } else if (is<PauseTraining>(pending.command) || is<ContinueTraining>(pending.command) ||
                       is<StepTraining>(pending.command)) {
                control_training(pending.command);
            } else if (is<StopTraining>(pending.command)) {
                if (training_) guard(training_request_, [this] { finish_training(); });
            } else if (is<SaveTraining>(pending.command)) {
                if (training_) guard(training_request_, [this] { training_->save(); });
            } else {
                emit(request, StateChanged{EngineState::working});
                const CommandContext context = context_of(request);
                emit(request,
                     std::visit([&](const auto& command) { return run_other(command, context); }, pending.command));
                announce();
            }
        });
    }

    template <class T>
    static EventBody run_other(const T& command, const CommandContext& context) {
        if constexpr (requires { run_command(command, context); })
            return run_command(command, context);
        else
            fail({.kind = ErrorKind::internal, .key = "a training command came to the wrong place"});
    }

    CommandContext context_of(RequestId request) {
        return {.workspace = options_.workspace,
                .threads = threads(),
                .emit = [this, request](EventBody body) { emit(request, std::move(body)); },
                .go_on = [this, request] { return !quitting() && !is_cancelled(request); },
                .store = [this](Store::Mode mode) { return workspace_.store(mode); }};
    }

    void start_training(RequestId request, const StartTraining& command) {
        if (training_) fail({.kind = ErrorKind::locked, .key = "train", .expected = "no other run in training"});
        emit(request, StateChanged{EngineState::working});
        const CommandContext context = context_of(request);
        auto result = TrainingJob::start(command, workspace_.open(), context);
        training_request_ = request;
        if (auto* done = std::get_if<TrainDone>(&result))
            emit(request, *done);
        else
            training_ = std::move(std::get<std::unique_ptr<TrainingJob>>(result));
        announce();
    }

    void control_training(const Command& command) {
        if (!training_) return;
        if (is<PauseTraining>(command)) training_->pause();
        if (is<ContinueTraining>(command)) training_->go_on(/*one_step=*/false);
        if (is<StepTraining>(command)) training_->go_on(/*one_step=*/true);
        announce();
    }

    void train() {
        const bool was_running = training_->running();
        // A run by epochs may be finished when it is resumed.
        if (!training_->finished()) training_->step([this] { return step_may_go_on(); });
        if (training_->finished()) {
            finish_training();
        } else if (was_running != training_->running()) {
            announce();
        }
    }

    void finish_training() {
        const TrainDone done = training_->finish();
        training_.reset();
        emit(training_request_, done);
        announce();
    }

    SessionOptions options_;
    EventSink sink_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<Pending> queue_;
    std::set<RequestId> cancelled_;
    RequestId last_request_ = 0;
    bool quitting_ = false;
    // Engine thread only.
    SessionWorkspace workspace_;
    std::unique_ptr<TrainingJob> training_;
    RequestId training_request_ = 0;
    std::jthread thread_;  // last: starts when all else is there, joins before anything goes
};

Session::Session(SessionOptions options, EventSink sink)
    : engine_(std::make_unique<Engine>(std::move(options), std::move(sink))) {}
Session::~Session() = default;
RequestId Session::post(Command command) {
    return engine_->post(std::move(command));
}
void Session::cancel(RequestId request) {
    engine_->cancel(request);
}

}  // namespace lathe

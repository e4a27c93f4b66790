#include "app/cli_watch.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <mutex>
#include <optional>
#include <thread>

#include "app/watch_frame.h"
#include "engine/base/json.h"

namespace lathe {

namespace {

using namespace std::chrono_literals;

constexpr auto kInterval = 500ms;  // between readings, and so between pictures
constexpr int kMostRows = 24;

// One answer after the other.
class Reader {
public:
    explicit Reader(const SessionOptions& options)
        : session_(options, [this](const Event& event) {
              const std::lock_guard lock(mutex_);
              if (const auto* detail = std::get_if<RunDetail>(&event.body)) answer_ = *detail;
              if (const auto* failed = std::get_if<Failed>(&event.body)) error_ = failed->error;
              answered_.notify_all();
          }) {}

    // Nothing where it failed: error() says why.
    std::optional<RunDetail> read(ShowRun command) {
        std::unique_lock lock(mutex_);
        answer_.reset();
        session_.post(std::move(command));
        answered_.wait(lock, [this] { return answer_ || error_; });
        return error_ ? std::nullopt : std::move(answer_);
    }
    const std::optional<Error>& error() const { return error_; }

private:
    std::mutex mutex_;
    std::condition_variable answered_;
    std::optional<RunDetail> answer_;
    std::optional<Error> error_;
    Session session_;  // last: nothing is said any more when the rest goes
};

class Screen {
public:
    ~Screen() {
        if (lines_ > 0) put("\033[?25h");
    }
    void show(const RunDetail& run) {
        winsize size{};
        if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) size.ws_col = 80, size.ws_row = 24;
        const bool other_size = size.ws_col != columns_ || size.ws_row != rows_;
        columns_ = size.ws_col;
        rows_ = size.ws_row;
        std::string text = lines_ == 0  ? "\033[?25l"
                           : other_size ? "\033[H\033[2J"
                                        : "\033[" + std::to_string(lines_) + "A";
        const auto frame = watch_frame(run, columns_, std::min(kMostRows, rows_ - 1), /*color=*/true);
        for (const std::string& line : frame) text += "\r\033[K" + line + "\n";
        lines_ = frame.size();
        put(text + "\033[J");
    }

private:
    static void put(const std::string& text) {
        std::fwrite(text.data(), 1, text.size(), stdout);
        std::fflush(stdout);
    }
    size_t lines_ = 0;
    int columns_ = 0, rows_ = 0;
};

std::string json_line(const RunDetail& run) {
    const auto number = [](const std::optional<double>& value) { return value ? Json(*value) : Json(nullptr); };
    const RunSummary& summary = run.summary;
    return dump_json({{"run", summary.run},
                      {"name", summary.name},
                      {"state", summary.state},
                      {"step", summary.step},
                      {"max_steps", summary.max_steps},
                      {"loss", number(summary.loss)},
                      {"eval_loss", number(summary.eval_loss)},
                      {"best_eval_loss", number(summary.best_eval_loss)},
                      {"tokens_per_s", watched_tokens_per_s(run)},
                      {"elapsed_s", summary.elapsed_s},
                      {"seconds_left", watched_seconds_left(run)}});
}

// What is known already, from its last step on. A validation of that step may have come since.
void take(RunDetail& known, RunDetail&& newer) {
    if (newer.from_step > 0) {
        std::erase_if(known.metrics, [&](const MetricPoint& point) { return point.step > newer.from_step; });
        known.metrics.insert(known.metrics.end(), newer.metrics.begin(), newer.metrics.end());
        newer.metrics = std::move(known.metrics);
    }
    known = std::move(newer);
}

bool differ(const RunSummary& a, const RunSummary& b) {
    return a.state != b.state || a.step != b.step || a.eval_loss != b.eval_loss;
}

}  // namespace

int watch_run(const CliRequest& request, const volatile std::sig_atomic_t& interrupted) {
    Reader reader(request.session);
    Screen screen;
    const bool draws = !request.json && isatty(STDOUT_FILENO) == 1;
    std::string id = std::get<ShowRun>(request.command).run;
    std::optional<RunDetail> known;
    while (interrupted == 0) {
        const int64_t from = known && known->metrics.size() > 1 ? known->metrics.back().step - 1 : 0;
        auto newer = reader.read({.run = id, .from_step = from});
        if (newer && newer->summary.step < from) newer = reader.read({.run = id});  // resumed from an earlier step
        if (!newer) {
            std::fprintf(stderr, "lathe-cli: %s\n", reader.error()->sentence().c_str());
            return reader.error()->exit_status();
        }
        const bool changed = !known || differ(known->summary, newer->summary);
        if (!known) known = RunDetail{};
        take(*known, std::move(*newer));
        id = known->summary.run;
        if (draws)
            screen.show(*known);
        else if (changed)
            std::printf("%s\n", (request.json ? json_line(*known) : watch_line(*known)).c_str());
        if (std::fflush(stdout) != 0) return 0;  // whoever read it has gone
        if (known->summary.state != "running" && known->summary.state != "paused") return 0;
        for (auto waited = 0ms; waited < kInterval && interrupted == 0; waited += 50ms)
            std::this_thread::sleep_for(50ms);
    }
    return 130;
}

}  // namespace lathe

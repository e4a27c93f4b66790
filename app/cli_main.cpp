// lathe-cli: parses the command line, posts one command to the session, prints its events, and turns Ctrl-C into a stop
// that saves.
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <atomic>
#include <condition_variable>
#include <csignal>
#include <cstdio>
#include <mutex>
#include <thread>

#include "app/cli_commands.h"
#include "app/cli_output.h"
#include "app/cli_watch.h"
#include "engine/base/error.h"

namespace {

// A signal handler reaches nothing but this.
volatile std::sig_atomic_t interrupted = 0;

void on_interrupt(int) {
    if (interrupted != 0) _exit(130);  // a second Ctrl-C does not wait for the save
    interrupted = 1;
}

// Posts the command and waits for its end; polls for Ctrl-C meanwhile.
int run(const lathe::CliRequest& request) {
    using namespace std::chrono_literals;
    const auto* start = std::get_if<lathe::StartTraining>(&request.command);
    const auto* generate = std::get_if<lathe::Generate>(&request.command);
    const int64_t logging_steps = start != nullptr && start->config ? start->config->train.logging_steps : 10;
    lathe::CliOutput output(request.json, logging_steps, generate != nullptr && generate->prompts.size() > 1);
    std::mutex mutex;
    std::condition_variable changed;
    bool done = false;
    std::optional<lathe::Command> next;  // the proof of an export that is written
    lathe::Session session(request.session, [&](const lathe::Event& event) {
        const auto* written = std::get_if<lathe::ExportDone>(&event.body);
        const bool prove = written != nullptr && request.prove;
        if (!prove && !output.show(event)) return;
        const std::lock_guard lock(mutex);
        if (prove)
            next = lathe::ProveExport{.report = written->report, .text = request.proof_text};
        else
            done = true;
        changed.notify_all();
    });
    lathe::RequestId id = session.post(request.command);
    bool stopping = false;
    std::unique_lock lock(mutex);
    while (!changed.wait_for(lock, 50ms, [&] { return done; })) {
        if (next) id = session.post(*std::exchange(next, std::nullopt));
        if (interrupted == 0 || stopping) continue;
        stopping = true;
        session.cancel(id);
    }
    return output.exit_status();
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App app("Lathe: train, evaluate, export and run language models of the Qwen family on this machine",
                 "lathe-cli");
    app.set_version_flag("--version", "lathe-cli " LATHE_VERSION);
    lathe::CliRequest request;
    try {
        lathe::add_commands(app, request);
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        if (error.get_exit_code() == 0) return app.exit(error);  // --help, --version
        std::fprintf(stderr, "lathe-cli: %s\n", error.what());
        return 2;
    } catch (const lathe::Exception& exception) {
        std::fprintf(stderr, "lathe-cli: %s\n", exception.what());
        return exception.error().exit_status();
    }
    std::signal(SIGINT, on_interrupt);
    std::signal(SIGTERM, on_interrupt);
    std::signal(SIGPIPE, SIG_IGN);
    return request.watch ? lathe::watch_run(request, interrupted) : run(request);
}

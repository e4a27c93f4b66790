#include "ui/run_list.h"

#include <algorithm>
#include <chrono>

#include "ui/number_text.h"

namespace lathe {

namespace {
using namespace std::chrono_literals;
}

RunList::RunList(EngineLink& engine, QObject* parent) : QObject(parent), engine_(engine) {
    soon_.setSingleShot(true);
    soon_.setInterval(100ms);
    connect(&soon_, &QTimer::timeout, this, &RunList::refresh);
    connect(&engine, &EngineLink::event_arrived, this, &RunList::on_event);
}

const RunSummary* RunList::find(const std::string& run) const {
    const auto found = std::find_if(runs_.begin(), runs_.end(), [&](const RunSummary& r) { return r.run == run; });
    return found == runs_.end() ? nullptr : &*found;
}

void RunList::refresh() {
    request_ = engine_.post(ListRuns{});
}

void RunList::open_workspace() {
    open_request_ = engine_.post(OpenWorkspace{.read_only_too = true});
}

void RunList::on_event(const Event& event) {
    if (event.request == open_request_ && open_request_ != 0) {
        const auto* failed = std::get_if<Failed>(&event.body);
        const auto* opened = std::get_if<WorkspaceOpened>(&event.body);
        if (failed == nullptr && opened == nullptr) return;
        workspace_ = opened == nullptr ? std::nullopt : std::optional(*opened);
        workspace_error_ = opened == nullptr ? std::optional(failed->error) : opened->read_only;
        Q_EMIT workspace_answered();
        return refresh();  // the record may be read also where it cannot be written
    }
    if (std::holds_alternative<TrainStarted>(event.body) || std::holds_alternative<CheckpointSaved>(event.body) ||
        std::holds_alternative<TrainDone>(event.body)) {
        soon_.start();
    }
    if (event.request != request_ || request_ == 0) {
        if (std::holds_alternative<Failed>(event.body) && known_) soon_.start();  // of a run, it may be
        return;
    }
    if (const auto* listed = std::get_if<RunsListed>(&event.body)) {
        runs_ = listed->runs;
        error_.reset();
    } else if (const auto* failed = std::get_if<Failed>(&event.body)) {
        error_ = failed->error;
    } else {
        return;
    }
    known_ = true;
    Q_EMIT changed();
}

QString run_title(const RunSummary& run) {
    return QString::fromStdString(run.name.empty() ? run.run : run.name) + QStringLiteral(" · ") +
           time_text(run.created_at_ms);
}

}  // namespace lathe

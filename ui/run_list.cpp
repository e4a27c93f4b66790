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

void RunList::refresh_trash() {
    trash_request_ = engine_.post(ListRuns{.trashed = true});
}

void RunList::edit(const EditRun& edit) {
    do_deed(edit);
}

void RunList::move_to_trash(const std::string& run) {
    do_deed(TrashRun{.run = run});
}

void RunList::restore(const std::string& run) {
    do_deed(TrashRun{.run = run, .restore = true});
}

void RunList::empty_trash() {
    do_deed(EmptyTrash{});
}

void RunList::write_tensorboard(const std::string& run, const std::string& folder) {
    do_deed(WriteTensorBoard{.run = run, .out = folder});
}

void RunList::import(const std::string& folder) {
    if (importing()) return;
    import_share_ = 0;
    import_ = engine_.post(ImportRuns{.folder = folder});
    Q_EMIT import_progressed();
}

void RunList::cancel_import() {
    if (importing()) engine_.cancel(import_);
}

// It has its place in one of the lists alone.
void RunList::take(const RunSummary& run) {
    const auto is_it = [&](const RunSummary& r) { return r.run == run.run; };
    auto& list = run.trashed ? trash_ : runs_;
    auto& other = run.trashed ? runs_ : trash_;
    std::erase_if(other, is_it);
    const auto place = std::find_if(list.begin(), list.end(), is_it);
    if (place != list.end())
        *place = run;
    else
        list.insert(std::find_if(list.begin(), list.end(),
                                 [&](const RunSummary& r) { return r.created_at_ms <= run.created_at_ms; }),
                    run);
    Q_EMIT changed();
}

void RunList::on_deed(const Event& event) {
    const bool imports = event.request == import_ && import_ != 0;
    if (const auto* progress = std::get_if<Progress>(&event.body)) {
        if (imports) import_share_ = progress->total > 0 ? progress->done / progress->total : 0;
        return Q_EMIT import_progressed();
    }
    deeds_.erase(event.request);
    if (imports) import_ = 0;
    if (const auto* failed = std::get_if<Failed>(&event.body)) {
        if (imports) Q_EMIT import_progressed();
        if (failed->error.kind != ErrorKind::cancelled) Q_EMIT deed_failed(failed->error);
        refresh();  // what was written before it failed
    } else if (const auto* one = std::get_if<RunChanged>(&event.body)) {
        take(one->summary);
    } else if (const auto* left = std::get_if<RunsListed>(&event.body)) {
        trash_ = left->runs;
        Q_EMIT changed();
    } else if (const auto* result = std::get_if<RunsImported>(&event.body)) {
        Q_EMIT import_progressed();
        Q_EMIT imported(*result);
        refresh();
    } else if (const auto* file = std::get_if<FileWritten>(&event.body)) {
        Q_EMIT written(QString::fromStdString(file->path));
    }
}

void RunList::open_workspace() {
    open_request_ = engine_.post(OpenWorkspace{.read_only_too = true});
}

// A page of it cannot be read: whoever opens the workspace puts it aside and goes on with what can be read.
void RunList::mend_database(const Error& error) {
    if (error.kind != ErrorKind::malformed || mend_asked_ || !workspace_ || workspace_->read_only) return;
    if (error.file != workspace_->folder + "/lathe.db") return;
    mend_asked_ = true;
    open_workspace();
}

void RunList::on_event(const Event& event) {
    if (const auto* failed = std::get_if<Failed>(&event.body)) mend_database(failed->error);
    if (event.request == open_request_ && open_request_ != 0) {
        const auto* failed = std::get_if<Failed>(&event.body);
        const auto* opened = std::get_if<WorkspaceOpened>(&event.body);
        if (failed == nullptr && opened == nullptr) return;
        if (opened != nullptr && workspace_ && opened->damaged_database != workspace_->damaged_database)
            mend_asked_ = false;
        workspace_ = opened == nullptr ? std::nullopt : std::optional(*opened);
        workspace_error_ = opened == nullptr ? std::optional(failed->error) : opened->read_only;
        Q_EMIT workspace_answered();
        return refresh();  // the record may be read also where it cannot be written
    }
    if (deeds_.count(event.request) > 0 || (event.request == import_ && import_ != 0)) return on_deed(event);
    if (event.request == trash_request_ && trash_request_ != 0) {
        if (const auto* listed = std::get_if<RunsListed>(&event.body)) {
            trash_ = listed->runs;
            Q_EMIT changed();
        }
        return;
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
        // Recovered by what was written meanwhile: the workspace tells what became of it.
        const std::string& damaged = listed->damaged_database;
        if (!damaged.empty() && workspace_ && !mend_asked_ && damaged != workspace_->damaged_database) {
            mend_asked_ = true;
            open_workspace();
        }
    } else if (const auto* failed = std::get_if<Failed>(&event.body)) {
        error_ = failed->error;
    } else {
        return;
    }
    request_ = 0;
    known_ = true;
    Q_EMIT changed();
}

QString run_title(const RunSummary& run) {
    return name_of(run) + QStringLiteral(" · ") + time_text(run.created_at_ms);
}

QString name_of(const RunSummary& run) {
    return QString::fromStdString(run.name.empty() ? run.run : run.name);
}

}  // namespace lathe

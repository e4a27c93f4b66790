// The workspace and its runs, newest first, as the record has them; read anew when the workspace opens, a run starts,
// saves or ends, and while one trains as the window asks for it. And what the user does with them: rename, tag, note,
// trash, import; the lists follow when it is on disk. Thread: GUI.
#pragma once

#include <QObject>
#include <QTimer>
#include <optional>
#include <set>
#include <vector>

#include "ui/engine_link.h"

namespace lathe {

class RunList : public QObject {
    Q_OBJECT

public:
    explicit RunList(EngineLink& engine, QObject* parent = nullptr);

    const std::vector<RunSummary>& runs() const { return runs_; }
    const RunSummary* find(const std::string& run) const;
    bool known() const { return known_; }  // false until the first answer
    const std::optional<Error>& error() const { return error_; }
    void refresh();
    bool reading() const { return request_ != 0; }  // not answered yet
    // Those in the trash, as refresh_trash() last found them.
    const std::vector<RunSummary>& trash() const { return trash_; }
    void refresh_trash();
    // Takes the workspace for this session; until that has gone well nothing can be written there.
    void open_workspace();
    const std::optional<Error>& workspace_error() const { return workspace_error_; }
    // As the engine told last; a read-only one has a workspace_error(), too.
    const std::optional<WorkspaceOpened>& workspace() const { return workspace_; }

    // Each ends with changed() or deed_failed().
    void edit(const EditRun& edit);
    void move_to_trash(const std::string& run);
    void restore(const std::string& run);
    void empty_trash();
    void write_tensorboard(const std::string& run, const std::string& folder);
    // One at a time; another folder or run folder.
    void import(const std::string& folder);
    void cancel_import();
    bool importing() const { return import_ != 0; }
    double import_share() const { return import_share_; }

Q_SIGNALS:
    void changed();
    void workspace_answered();  // opened, or workspace_error() says why not
    void deed_failed(const lathe::Error& error);
    void import_progressed();
    void imported(const lathe::RunsImported& result);
    void written(const QString& path);

private:
    void on_event(const Event& event);
    void on_deed(const Event& event);
    void take(const RunSummary& run);
    void mend_database(const Error& error);
    void do_deed(Command command) { deeds_.insert(engine_.post(std::move(command))); }

    EngineLink& engine_;
    QTimer soon_;  // one reading for several reasons
    RequestId request_ = 0, trash_request_ = 0, open_request_ = 0, import_ = 0;
    std::set<RequestId> deeds_;  // not answered yet
    std::vector<RunSummary> runs_, trash_;
    bool known_ = false;
    bool mend_asked_ = false;  // once for each damage
    double import_share_ = 0;
    std::optional<Error> error_, workspace_error_;
    std::optional<WorkspaceOpened> workspace_;
};

// "nano" and, where the name alone does not tell runs apart, when it began.
QString run_title(const RunSummary& run);
// Its name, or its id where it has none.
QString name_of(const RunSummary& run);

}  // namespace lathe

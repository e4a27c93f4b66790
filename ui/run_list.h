// The workspace and its runs, newest first, as the record has them; read anew when the workspace opens, a run starts,
// saves or ends. Thread: GUI.
#pragma once

#include <QObject>
#include <QTimer>
#include <optional>
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
    // Takes the workspace for this session; until that has gone well nothing can be written there.
    void open_workspace();
    const std::optional<Error>& workspace_error() const { return workspace_error_; }
    // As the engine told last; a read-only one has a workspace_error(), too.
    const std::optional<WorkspaceOpened>& workspace() const { return workspace_; }

Q_SIGNALS:
    void changed();
    void workspace_answered();  // opened, or workspace_error() says why not

private:
    void on_event(const Event& event);

    EngineLink& engine_;
    QTimer soon_;  // one reading for several reasons
    RequestId request_ = 0, open_request_ = 0;
    std::vector<RunSummary> runs_;
    bool known_ = false;
    std::optional<Error> error_, workspace_error_;
    std::optional<WorkspaceOpened> workspace_;
};

// "nano" and, where the name alone does not tell runs apart, when it began.
QString run_title(const RunSummary& run);

}  // namespace lathe

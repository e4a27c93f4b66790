// The table of runs: tick boxes, sparklines, states; arrows choose, Space ticks, F2 renames, Delete goes to the trash,
// Enter opens. Columns that have no room are left out, the least needed first. Thread: GUI.
#pragma once

#include <QTreeView>

#include "ui/runs_model.h"

namespace lathe {

class RunsView : public QTreeView {
    Q_OBJECT

public:
    explicit RunsView(RunsModel* model, QWidget* parent = nullptr);
    // The rows that are chosen, by run; the current one among them.
    std::vector<std::string> chosen() const;
    std::string current() const;  // "": none
    void choose(const std::string& run);
    void rename_current();
    bool is_renaming() const { return state() == EditingState; }
    void retranslate();

Q_SIGNALS:
    void current_changed();
    void opened();
    void removal_wanted();

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void choose_again();

    RunsModel* model_;
    std::string current_;
    bool resetting_ = false;
};

}  // namespace lathe

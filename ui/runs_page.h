// The runs of the workspace: the table, the chosen run beside it, and below it the curves of the ticked ones, the
// settings in which they differ, and the queue. The trash is the same table over what lies there. Thread: GUI.
#pragma once

#include <QLineEdit>
#include <QSplitter>
#include <QStackedWidget>
#include <QTimer>

#include "ui/config_differences.h"
#include "ui/overlay_card.h"
#include "ui/page.h"
#include "ui/queue_panel.h"
#include "ui/run_settings.h"
#include "ui/run_side.h"
#include "ui/runs_view.h"

namespace lathe {

class RunsPage : public Page {
    Q_OBJECT

public:
    enum class Part { curves, settings, queue };

    explicit RunsPage(const PageContext& context, QWidget* parent = nullptr);
    QString name() const override;
    QString icon() const override { return QStringLiteral("runs"); }
    void entered() override;
    void take_path(const QString& path) override;  // a workspace or a run's folder: imported

    void show_part(Part part);
    void show_trash(bool shown);
    bool shows_trash() const { return trash_shown_; }
    RunsModel& model() const { return *model_; }
    RunsView& table() const { return *table_; }
    OverlayCard& overlay() const { return *overlay_card_; }

Q_SIGNALS:
    // A tuned run beside the model that it began from.
    void comparison_wanted(const std::string& run);

protected:
    void retranslate() override;
    void restyle() override;

private:
    void build_header();
    void build_actions();
    void connect_parts();
    void fill();
    void show_chosen();
    void show_titles();
    void show_step();
    void keep();
    void build_deeds();
    void name_deeds();
    void name_changing();  // the actions whose words follow what goes on
    void do_deed(RunSide::Deed deed);
    void open();
    void use_settings(bool queued);
    // At most those that the overlay draws; what was ticked before can be brought back.
    void tick_shown();
    // Of the ticked ones by validation loss; null: none of them has one, and a checkpoint.
    const RunSummary* best_ticked() const;
    void remove();
    void restore();
    void import();
    void on_imported(const RunsImported& result);
    const RunSummary* chosen() const;
    QString name_of_run(const std::string& run) const;

    const PageContext context_;
    RunOverlay overlay_;
    RunSettings run_settings_{context_.engine};
    RunsModel* model_;
    RunsView* table_;
    QLabel* nothing_;
    EmptyState* empty_;
    QStackedWidget* faces_;  // nothing yet, or the table
    QLineEdit* search_;
    Segments* place_;  // runs or trash
    QPushButton* import_;
    QPushButton* empty_trash_;
    QPushButton* restore_;
    Segments* part_;
    QPushButton* tick_shown_;
    QStackedWidget* parts_;
    OverlayCard* overlay_card_;
    ConfigDifferencesCard* differences_;
    QueuePanel* queue_;
    RunSide* side_;
    QSplitter* split_;
    QAction *find_, *import_action_, *note_, *trash_, *undo_, *restore_action_, *empty_action_, *tick_action_,
        *best_action_;
    QList<QAction*> deeds_;               // in the order of RunSide::Deed
    std::vector<QAction*> part_actions_;  // in the order of Part
    std::vector<std::pair<QAction*, QPushButton*>> queue_actions_;
    bool settings_for_queue_ = false;
    std::vector<std::string> removed_;  // into the trash, last
    bool trash_shown_ = false;
    QTimer live_;
};

}  // namespace lathe

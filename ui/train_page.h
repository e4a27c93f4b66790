// The Train page has three faces: the settings of a new run with what it would take (train_setup.h), the run that
// prepares, trains or has ended (run_view.h), and an ended one beside its base (compare_panel.h). A run that is live is
// always shown; settings are, where there is no run or another one is wanted. Thread: GUI.
#pragma once

#include <QStackedWidget>

#include "ui/compare_panel.h"
#include "ui/page.h"
#include "ui/run_view.h"
#include "ui/sweep_panel.h"
#include "ui/train_setup.h"

namespace lathe {

class TrainPage : public Page {
    Q_OBJECT

public:
    explicit TrainPage(const PageContext& context, QWidget* parent = nullptr);
    QString name() const override;
    QString icon() const override { return QStringLiteral("train"); }
    void entered() override;
    // It becomes the base of the next run.
    void take_model(const ModelSource& source) override;
    void take_config(const RunConfig& config, const QString& name) override;
    void take_data(const DataConfig& data) override;
    void take_path(const QString& path) override;  // settings of a run

    bool shows_setup() const { return faces_->currentWidget() == setup_; }
    TrainSetup* setup() const { return setup_; }
    RunView* view() const { return view_; }
    SweepPanel* sweep() const { return sweep_; }
    ComparePanel* comparison() const { return compare_; }
    bool shows_comparison() const { return faces_->currentWidget() == compare_; }
    // The ended run that is shown beside its base, and back.
    void show_comparison(bool shown);
    // Of a run of the record, once it is read.
    void compare(const std::string& run);

    // Brings back the run that was in view when the window closed, once the record has come.
    void reopen();

Q_SIGNALS:
    void queue_wanted();

protected:
    void retranslate() override;
    void restyle() override;

private:
    // What can be done: a button at the title, and an action of the same name for the palette.
    struct Deed {
        QPushButton* button;
        QAction* action;
    };
    Deed add_deed(const char* id, QPushButton* button, const std::function<void()>& act);
    Deed add_deed(const char* id, ButtonKind kind, const std::function<void()>& act) {
        return add_deed(id, make_button(kind), act);
    }
    void set_deed(const Deed& deed, const QString& text, const QString& tooltip, const QString& action_text = {});
    void offer(const Deed& deed, bool possible, const QString& obstacle = {});

    void build_deeds();
    void build_actions();
    void start();
    void start(const RunConfig& config, const QString& name);
    void start_quick();
    void add_to_queue();
    void add_sweep(const std::vector<SweepRun>& runs);
    void show_sweep(bool shown);
    void start_long();
    QString name_of_run() const;
    void resume();
    void pause_or_go_on();
    void new_run();
    void on_reset();
    void arrange();
    void fill_runs();
    void keep_view();
    void show_titles();
    void show_failure();
    void show_rise();
    const RunDetail::Line* rise() const;
    bool can_resume() const;
    void chat_with_run();

    const PageContext context_;
    SweepPanel* sweep_;
    QStackedWidget* faces_;
    QScrollArea* run_face_;
    TrainSetup* setup_;
    RunView* view_;
    ComparePanel* compare_;
    DropDown* runs_;
    std::vector<std::pair<QString, QString>> runs_shown_;  // words, run
    Deed save_, step_, pause_, stop_, cancel_, new_run_, resume_, chat_, export_, preset_, quick_, queue_, queue_sweep_,
        start_, plan_;
    QAction* undo_;
    QAction* redo_;
    QAction* find_;
    QAction* batch_;
    QAction* compare_action_;
    QAction* long_run_;
    QAction* picture_;
    QAction* table_;
    QAction* evaluate_;
    QAction* sample_;
    bool wants_setup_ = true, wants_comparison_ = false;
    bool rise_shown_ = false;  // in the banner
    QString starting_;         // what is being started is called
    std::string compares_;     // the run that is read to be compared
    bool reopened_ = false;    // until then what was in view is not forgotten
};

}  // namespace lathe

// The first page: three doors (tune a model on one's examples, train a small one from nothing, try one that is here),
// each a short trip over the same pages with every value filled in; what a crash cut off can be resumed, or started
// again where it had no checkpoint yet; recent runs.
// Thread: GUI.
#pragma once

#include <QProgressBar>

#include "ui/library.h"
#include "ui/model_picker.h"
#include "ui/page.h"
#include "ui/run_row.h"
#include "ui/run_settings.h"

namespace lathe {

class StartPage : public Page {
    Q_OBJECT

public:
    explicit StartPage(const PageContext& context, QWidget* parent = nullptr);
    QString name() const override;
    QString icon() const override { return QStringLiteral("start"); }
    void entered() override;

protected:
    void retranslate() override;

private:
    // A card with words, and what it does at its foot.
    struct Door {
        Card* card;
        QLabel* text;
        QVBoxLayout* foot;
    };
    Door make_door();
    void make_doors();
    void tune();
    void fill_bases();
    void look_for_models();
    void quick_start();
    void resume(const RunSummary& run);
    void start_again(const RunSummary& run);  // its settings, on the Train page
    void add_cut_off(const RunSummary& run, const QString& words);
    void show_cut_off();
    void show_recent();
    void add_recent(const RunSummary& run);
    void show_run();   // how the live run goes
    void show_runs();  // the list, and what was cut off

    const PageContext context_;
    Library library_;
    RunSettings run_settings_{context_.engine};
    Door tune_, quick_, try_;
    DropDown* base_;
    QPushButton* tune_button_;
    QLabel* quick_note_;
    QProgressBar* quick_progress_;
    QPushButton* quick_button_;
    QPushButton* quick_watch_;
    QPushButton* build_button_;
    ModelPicker* model_;
    QPushButton* try_button_;
    Card* cut_off_;
    std::vector<std::pair<std::string, QString>> cut_off_shown_;  // runs, and their words
    Card* recent_;
    std::vector<RunRow*> recent_shown_;
    QVBoxLayout* rows_;
    EmptyState* empty_;
    QPushButton* all_;  // shows older runs too
    QAction* quick_action_;
    QAction* tune_action_;
    QAction* try_action_;
    QAction* resume_action_;
    bool show_all_ = false, wants_models_ = true;
};

}  // namespace lathe

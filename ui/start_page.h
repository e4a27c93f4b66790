// The first page: one click trains the quick-start model; what a crash cut off can be resumed; recent runs. Thread:
// GUI.
#pragma once

#include <QProgressBar>

#include "ui/page.h"

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
    void quick_start();
    void resume(const RunSummary& run);
    void show_run();   // how the live run goes
    void show_runs();  // the list, and what was cut off
    void show_workspace();
    QWidget* make_quick_start();
    QWidget* make_try();

    const PageContext context_;
    Card* quick_;
    QLabel* quick_text_;
    QLabel* quick_note_;
    QProgressBar* quick_progress_;
    QPushButton* quick_button_;
    QPushButton* quick_watch_;
    Card* cut_off_;
    Card* try_;
    QLabel* try_text_;
    QPushButton* try_button_;
    Card* recent_;
    QVBoxLayout* rows_;
    EmptyState* empty_;
    QPushButton* all_;  // shows older runs too
    QAction* quick_action_;
    bool show_all_ = false;
};

}  // namespace lathe

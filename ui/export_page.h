// The Export page: which weights, in which format, where to; what will be written and whether it fits; progress and
// cancel; then the proof and the lines to paste. Thread: GUI.
#pragma once

#include <QProgressBar>

#include "ui/export_form.h"
#include "ui/export_plan.h"
#include "ui/export_result.h"
#include "ui/page.h"
#include "ui/size_list.h"

namespace lathe {

class ExportPage : public Page {
    Q_OBJECT

public:
    explicit ExportPage(const PageContext& context, QWidget* parent = nullptr);
    QString name() const override;
    QString icon() const override { return QStringLiteral("export"); }
    void entered() override;
    void take_model(const ModelSource& source) override;

protected:
    void retranslate() override;

private:
    QWidget* make_plan();
    void offer_newest();  // until the user chooses: the run that was trained last
    void show_plan();
    void show_files();
    void show_space();
    void write_for_ollama();

    const PageContext context_;
    ExportPlan plan_;
    bool ollama_wanted_ = false;  // written as soon as its plan is there
    ExportForm* form_;
    Card* files_;
    SizeList* list_;
    EmptyState* empty_;
    QLabel* warnings_;
    QLabel* space_note_;
    QPushButton* free_name_;
    QLabel* progress_note_;
    QProgressBar* progress_;
    QPushButton* export_;
    QPushButton* ollama_;
    QPushButton* cancel_;
    ExportResult* result_;
    QAction* export_action_;
    QAction* ollama_action_;
    QAction* cancel_action_;
};

}  // namespace lathe

// The Export page: which weights, in which number format, where to; what will be written and whether it fits; progress
// and cancel; then the lines to paste for transformers, vLLM and lathe-cli. Thread: GUI.
#pragma once

#include <QLineEdit>
#include <QProgressBar>
#include <QTimer>

#include "ui/code_box.h"
#include "ui/export_plan.h"
#include "ui/model_picker.h"
#include "ui/page.h"

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
    QWidget* make_choice();
    QWidget* make_plan();
    QWidget* make_result();
    void choose();          // asks the engine what would be written
    void suggest_folder();  // a free name for what is chosen
    void offer_newest();    // until the user chooses: the run that was trained last
    void browse();
    void show_plan();

    const PageContext context_;
    ExportPlan plan_;
    QTimer soon_;  // typing asks once
    bool folder_typed_ = false, chosen_ = false;
    ModelPicker* picker_;
    Segments* dtype_;
    QLabel* dtype_note_;
    QLineEdit* folder_;
    QPushButton* browse_;
    QLabel* model_label_;
    QLabel* dtype_label_;
    QLabel* folder_label_;
    Card* choice_;
    Card* files_;
    QGridLayout* table_;
    EmptyState* empty_;
    QLabel* space_note_;
    QPushButton* free_name_;
    QProgressBar* progress_;
    QPushButton* export_;
    QPushButton* cancel_;
    Card* result_;
    QLabel* result_text_;
    QPushButton* open_folder_;
    QPushButton* another_;
    CodeBox* transformers_;
    CodeBox* vllm_;
    CodeBox* lathe_;
    QAction* export_action_;
    QAction* cancel_action_;
};

}  // namespace lathe

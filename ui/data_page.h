// The Data page: the data sets of the workspace at the left; at the right the one on screen, looked at, cleaned and
// saved as a new version, with a tokenizer for it. Thread: GUI.
#pragma once

#include <QLineEdit>
#include <QProgressBar>
#include <QStackedWidget>

#include "ui/data_draft.h"
#include "ui/dataset_list.h"
#include "ui/document_table.h"
#include "ui/page.h"
#include "ui/recipe_form.h"
#include "ui/survey_view.h"
#include "ui/tokenizer_card.h"

namespace lathe {

class DataPage : public Page {
    Q_OBJECT

public:
    explicit DataPage(const PageContext& context, QWidget* parent = nullptr);
    QString name() const override;
    QString icon() const override { return QStringLiteral("data"); }
    void entered() override;
    void take_data(const DataConfig& data) override;
    void take_text(const QString& text) override;  // likewise, as a file of the workspace
    enum class Face { survey, clean, tokenizer };
    void show_face(Face face);
    DataDraft& draft() { return draft_; }

protected:
    void retranslate() override;
    void resizeEvent(QResizeEvent* event) override;

private:
    QWidget* make_work();
    QWidget* make_welcome();
    QWidget* make_clean();
    void build_actions();
    void name_actions();
    void connect_parts();
    void connect_survey();
    void choose_files();
    void choose_folder();
    void add(const QStringList& files);
    void open(const QString& name, const QString& version = {});
    bool can_train() const;
    void use_for_training();
    void on_saved(const DatasetEntry& dataset);
    void on_moved(const QString& name, const QString& version, bool restored);
    void show_draft();
    void show_documents();
    void show_progress();
    const DatasetEntry* dataset() const { return datasets_.find(draft_.name().trimmed().toStdString()); }

    const PageContext context_;
    DataDraft draft_;
    Datasets datasets_;
    TokenizerJob tokenizers_;
    Card* list_card_;
    DatasetList* list_;
    QStackedWidget *faces_, *work_faces_;
    QWidget *work_, *welcome_;
    EmptyState* empty_;
    QLabel* name_label_;
    QLineEdit* name_;
    Segments* tabs_;
    QLabel* progress_note_;
    QProgressBar* progress_;
    SurveyView* survey_;
    Card* clean_card_;
    RecipeForm* recipe_;
    QLabel* outcome_;
    DocumentTable* documents_;
    TokenizerCard* tokenizer_;
    QPushButton *save_, *train_, *cancel_, *trash_;
    QAction *save_action_, *train_action_, *files_action_, *folder_action_, *new_action_, *refresh_action_;
    QAction *cancel_action_, *trash_action_, *train_tokenizer_, *measure_tokenizers_, *cancel_tokenizer_;
    std::vector<QAction*> face_actions_;  // in the order of Face
};

}  // namespace lathe

// What is in the data on screen: the numbers that matter, lengths, files with what is wrong with them, odd lines by
// number, and the versions that were saved. Thread: GUI.
#pragma once

#include "ui/cards.h"
#include "ui/data_draft.h"
#include "ui/inspection_tables.h"
#include "ui/length_histogram.h"
#include "ui/tokenizer_job.h"

namespace lathe {

class SurveyView : public QWidget {
    Q_OBJECT

public:
    SurveyView(const DataDraft& draft, const TokenizerJob& tokenizers, QWidget* parent = nullptr);
    // Null: it has no versions.
    void set_dataset(const DatasetEntry* dataset);
    void show_survey();
    void retranslate();

Q_SIGNALS:
    void add_files_wanted();
    void add_folder_wanted();
    void remove_wanted(const std::string& file);
    void tokenizer_chosen(const QString& path);
    void version_wanted(const QString& version);  // to be looked at
    void recipe_wanted(const QString& version);   // its recipe for what is on screen
    void trash_wanted(const QString& version);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void show_files();
    void show_odd();
    void show_versions();
    void show_tokenizers();
    void show_tokenizer();  // the one in use
    void arrange();

    const DataDraft& draft_;
    const TokenizerJob& tokenizers_;
    std::vector<DatasetVersion> versions_;
    TileStrip* tiles_;
    QBoxLayout* pair_;
    Card *lengths_card_, *files_card_, *odd_card_, *versions_card_;
    LengthHistogram* lengths_;
    DropDown* tokenizer_;
    InspectionTable *files_, *odd_, *versions_table_;
    QLabel* no_odd_;
    QPushButton *add_files_, *add_folder_, *remove_, *open_version_, *use_recipe_, *trash_version_;
};

}  // namespace lathe

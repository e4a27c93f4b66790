#include "ui/survey_view.h"

#include <QFileInfo>
#include <QSignalBlocker>
#include <algorithm>

#include "ui/data_words.h"
#include "ui/error_text.h"
#include "ui/number_text.h"

namespace lathe {

namespace {

constexpr int kSideBySide = 900;

QString file_name(const std::string& path) {
    return QFileInfo(QString::fromStdString(path)).fileName();
}

int chosen_row(const InspectionTable& table) {
    return table.indexOfTopLevelItem(table.currentItem());
}

// The line names it already.
Error without_file(Error error) {
    error.file.clear();
    return error;
}

}  // namespace

SurveyView::SurveyView(const DataDraft& draft, const TokenizerJob& tokenizers, QWidget* parent)
    : QWidget(parent),
      draft_(draft),
      tokenizers_(tokenizers),
      tiles_(new TileStrip),
      pair_(new QBoxLayout(QBoxLayout::LeftToRight)),
      lengths_card_(new Card),
      files_card_(new Card),
      odd_card_(new Card),
      versions_card_(new Card),
      lengths_(new LengthHistogram),
      tokenizer_(new DropDown),
      files_(new InspectionTable),
      odd_(new InspectionTable),
      versions_table_(new InspectionTable),
      no_odd_(make_label(TextRole::body, Tone::muted)),
      add_files_(make_button(ButtonKind::quiet)),
      add_folder_(make_button(ButtonKind::quiet)),
      remove_(make_button(ButtonKind::quiet)),
      open_version_(make_button(ButtonKind::quiet)),
      use_recipe_(make_button(ButtonKind::quiet)),
      trash_version_(make_button(ButtonKind::quiet)) {
    files_->setObjectName(QStringLiteral("files"));
    odd_->setObjectName(QStringLiteral("odd"));
    versions_table_->setObjectName(QStringLiteral("versions"));
    tokenizer_->setObjectName(QStringLiteral("tokenizer"));
    tokenizer_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    tokenizer_->setMinimumContentsLength(16);
    lengths_card_->header()->addWidget(tokenizer_);
    lengths_card_->content()->addWidget(lengths_);
    lengths_card_->content()->addStretch(1);
    for (QPushButton* button : {add_files_, add_folder_, remove_}) files_card_->header()->addWidget(button);
    files_card_->content()->addWidget(files_);
    files_card_->content()->addStretch(1);
    odd_card_->content()->addWidget(no_odd_);
    odd_card_->content()->addWidget(odd_);
    for (QPushButton* button : {open_version_, use_recipe_, trash_version_})
        versions_card_->header()->addWidget(button);
    versions_card_->content()->addWidget(versions_table_);
    pair_->setSpacing(space::kGrid);
    pair_->addWidget(lengths_card_, 1);
    pair_->addWidget(files_card_, 1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::kGrid);
    column->addWidget(tiles_);
    column->addLayout(pair_);
    column->addWidget(versions_card_);
    column->addWidget(odd_card_);
    column->addStretch(1);
    connect(add_files_, &QPushButton::clicked, this, &SurveyView::add_files_wanted);
    connect(add_folder_, &QPushButton::clicked, this, &SurveyView::add_folder_wanted);
    connect(remove_, &QPushButton::clicked, this, [this] {
        const int row = chosen_row(*files_);
        if (row >= 0 && draft_.survey() && row < static_cast<int>(draft_.survey()->files.size()))
            Q_EMIT remove_wanted(draft_.survey()->files[static_cast<size_t>(row)].path);
    });
    connect(tokenizer_, &QComboBox::activated, this,
            [this](int index) { Q_EMIT tokenizer_chosen(tokenizer_->itemData(index).toString()); });
    const auto on_version = [this](const auto& work) {
        const int row = chosen_row(*versions_table_);
        if (row >= 0) work(QString::fromStdString(versions_[static_cast<size_t>(row)].version));
    };
    connect(open_version_, &QPushButton::clicked, this,
            [this, on_version] { on_version([this](const QString& version) { Q_EMIT version_wanted(version); }); });
    connect(use_recipe_, &QPushButton::clicked, this,
            [this, on_version] { on_version([this](const QString& version) { Q_EMIT recipe_wanted(version); }); });
    connect(trash_version_, &QPushButton::clicked, this,
            [this, on_version] { on_version([this](const QString& version) { Q_EMIT trash_wanted(version); }); });
    for (InspectionTable* table : {files_, versions_table_})
        connect(table, &QTreeWidget::currentItemChanged, this, &SurveyView::arrange);
    connect(versions_table_, &QTreeWidget::itemActivated, open_version_, &QPushButton::click);
    connect(&tokenizers_, &TokenizerJob::listed, this, &SurveyView::show_tokenizers);
    connect(&draft_, &DataDraft::changed, this, &SurveyView::show_tokenizer);
}

void SurveyView::set_dataset(const DatasetEntry* dataset) {
    std::vector<DatasetVersion> versions = dataset == nullptr ? std::vector<DatasetVersion>() : dataset->versions;
    const auto same = [](const DatasetVersion& a, const DatasetVersion& b) {
        return a.folder == b.folder && a.created_at_ms == b.created_at_ms &&
               a.problem.has_value() == b.problem.has_value();
    };
    if (std::equal(versions.begin(), versions.end(), versions_.begin(), versions_.end(), same)) return;
    versions_ = std::move(versions);
    show_versions();
}

void SurveyView::show_survey() {
    const std::optional<DatasetSurvey>& survey = draft_.survey();
    tiles_->set_tiles(survey ? survey_tiles(*survey) : std::vector<Tile>());
    tiles_->setVisible(survey.has_value());
    lengths_->set_lengths(survey ? survey->lengths : std::vector<int64_t>());
    show_files();
    show_odd();
    arrange();
}

void SurveyView::show_files() {
    std::vector<QStringList> rows;
    if (draft_.survey()) {
        for (const SurveyedFile& file : draft_.survey()->files)
            rows.push_back({file_name(file.path), QString::fromStdString(file.format),
                            bytes_text(static_cast<double>(file.bytes)),
                            file.problem ? QString() : count_text(file.documents),
                            file.problem ? error_text(without_file(*file.problem)) : QString()});
    } else {
        for (const std::string& file : draft_.data().files) rows.push_back({file_name(file), {}, {}, {}, {}});
    }
    files_->set_rows({tr("File"), tr("Format"), tr("Size"), tr("Documents"), tr("Problem")}, rows);
}

void SurveyView::show_odd() {
    std::vector<QStringList> rows;
    QStringList counts;
    if (draft_.survey()) {
        for (const OddLine& line : draft_.survey()->odd)
            rows.push_back(
                {odd_text(line.kind), file_name(line.file), count_text(line.line),
                 line.kind == "bad" ? engine_words(line.text) : QString::fromStdString(line.text).simplified()});
        for (const auto& [kind, count] : draft_.survey()->odd_counts)
            if (count > 0) counts << tr("%1: %2").arg(odd_text(kind), count_text(count));
    }
    odd_->set_rows({tr("What"), tr("File"), tr("Line"), tr("Its beginning, or why")}, rows);
    odd_->setVisible(!rows.empty());
    no_odd_->setVisible(rows.empty());
    odd_card_->set_aside(counts.join(QStringLiteral(" · ")));
}

void SurveyView::show_versions() {
    std::vector<QStringList> rows;
    for (const DatasetVersion& one : versions_)
        rows.push_back({QString::fromStdString(one.version), count_text(one.documents),
                        count_text(one.validation_documents), bytes_text(static_cast<double>(one.bytes)),
                        one.created_at_ms > 0 ? time_text(one.created_at_ms) : QString(),
                        one.problem ? error_text(*one.problem) : recipe_text(one.recipe)});
    versions_table_->set_rows({tr("Version"), tr("Documents"), tr("Held back"), tr("Text"), tr("Made"), tr("Recipe")},
                              rows);
    versions_card_->setVisible(!rows.empty());
    arrange();
}

void SurveyView::show_tokenizers() {
    const QSignalBlocker quiet(tokenizer_);
    tokenizer_->clear();
    tokenizer_->addItem(tr("Tokens not counted"), QString());
    for (const TokenizerEntry& one : tokenizers_.tokenizers())
        if (!one.problem) tokenizer_->addItem(tokenizer_title(one), QString::fromStdString(one.path));
    show_tokenizer();
}

void SurveyView::show_tokenizer() {
    if (tokenizer_->findData(draft_.tokenizer()) < 0)
        tokenizer_->addItem(QFileInfo(draft_.tokenizer()).fileName(), draft_.tokenizer());
    tokenizer_->setCurrentIndex(tokenizer_->findData(draft_.tokenizer()));
}

void SurveyView::arrange() {
    remove_->setVisible(draft_.survey() && chosen_row(*files_) >= 0);
    const bool version = chosen_row(*versions_table_) >= 0;
    for (QPushButton* button : {open_version_, use_recipe_, trash_version_}) button->setVisible(version);
}

void SurveyView::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    pair_->setDirection(width() < kSideBySide ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
}

void SurveyView::retranslate() {
    lengths_card_->set_title(tr("Lengths in characters"));
    files_card_->set_title(tr("Files"));
    odd_card_->set_title(tr("Lines worth a look"));
    versions_card_->set_title(tr("Versions"));
    tokenizer_->setAccessibleName(tr("Tokenizer to count with"));
    tokenizer_->setToolTip(
        tr("Counts tokens too: all of the first 64 MB of text; of what is beyond, one byte in 64, so that 10 GB take "
           "seconds longer. Kept for the next time"));
    set_words(add_files_, tr("Add files…"),
              tr("Text (.txt, .md, .html, .docx, .pdf) or rows (.jsonl, .json, .csv, .tsv); they can also be dropped"));
    set_words(add_folder_, tr("Add folder…"), tr("Every such file of a folder"));
    set_words(remove_, tr("Remove"), tr("Takes the chosen one off the list, or the folder that it is in; files stay"));
    set_words(open_version_, tr("Open"), tr("Looks at this version's documents"));
    set_words(use_recipe_, tr("Use its recipe"), tr("Puts the recipe of this version into the form under Clean"));
    set_words(trash_version_, tr("To the trash"), tr("This version alone; it can be taken out again"));
    files_->setAccessibleName(tr("Files"));
    files_->setToolTip(tr("What is wrong with one leaves the others as they are"));
    odd_->setAccessibleName(tr("Lines worth a look"));
    odd_->setToolTip(tr("Of each kind the first hundred"));
    no_odd_->setText(tr("No line stands out."));
    versions_table_->setAccessibleName(tr("Versions"));
    versions_table_->setToolTip(tr("Enter opens one"));
    show_tokenizers();
    show_versions();
    show_survey();
}

}  // namespace lathe

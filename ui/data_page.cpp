#include "ui/data_page.h"

#include <QAction>
#include <QDateTime>
#include <QDir>
#include <QFileDialog>

#include "engine/base/files.h"
#include "ui/data_words.h"
#include "ui/error_text.h"
#include "ui/key_tip.h"
#include "ui/number_text.h"

namespace lathe {

namespace {

constexpr int kListWidth = 260, kTightList = 208, kTight = 1000, kNameWidth = 220;
const QString kTypedKey = QStringLiteral("data/typed");

QWidget* scrolled(QWidget* content) {
    auto* around = new QWidget;
    auto* column = new QVBoxLayout(around);
    column->setContentsMargins(0, 0, space::kTiny, space::kCard);
    column->addWidget(content);
    return make_scroll_area(around);
}

}  // namespace

DataPage::DataPage(const PageContext& context, QWidget* parent)
    : Page(Scroll::none, parent),
      context_(context),
      draft_(context.engine, context.settings),
      datasets_(context.engine),
      tokenizers_(context.engine),
      list_card_(new Card),
      list_(new DatasetList(datasets_)),
      faces_(new QStackedWidget),
      save_(make_button(ButtonKind::primary)),
      train_(make_button(ButtonKind::plain)),
      cancel_(make_button(ButtonKind::danger)),
      trash_(make_button(ButtonKind::quiet)) {
    save_->setObjectName(QStringLiteral("save"));
    train_->setObjectName(QStringLiteral("use_for_training"));
    cancel_->setObjectName(QStringLiteral("cancel"));
    trash_->setObjectName(QStringLiteral("trash"));
    for (QPushButton* button : {trash_, cancel_, train_, save_}) add_action_button(button);
    list_card_->content()->addWidget(list_, 1);
    work_ = make_work();
    welcome_ = make_welcome();
    faces_->addWidget(welcome_);
    faces_->addWidget(work_);
    auto* row = new QHBoxLayout;
    row->setSpacing(space::kGrid);
    row->addWidget(list_card_);
    row->addWidget(faces_, 1);
    body()->addLayout(row, 1);
    build_actions();
    connect_parts();
    connect_survey();
    recipe_->set_recipe(draft_.recipe());
    recipe_->type(context_.settings.value(kTypedKey).toMap());
    ready();
}

QWidget* DataPage::make_welcome() {
    empty_ = new EmptyState;
    auto* face = new Card;
    face->content()->addStretch(1);
    face->content()->addWidget(empty_);
    face->content()->addStretch(1);
    return face;
}

QWidget* DataPage::make_clean() {
    clean_card_ = new Card;
    recipe_ = new RecipeForm;
    outcome_ = make_label(TextRole::body);
    outcome_->setObjectName(QStringLiteral("outcome"));
    outcome_->setWordWrap(true);
    clean_card_->content()->addWidget(recipe_);
    clean_card_->content()->addWidget(make_rule());
    clean_card_->content()->addWidget(outcome_);
    documents_ = new DocumentTable(context_.engine);
    auto* parts = new QWidget;
    auto* column = new QVBoxLayout(parts);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::kGrid);
    column->addWidget(documents_);
    column->addWidget(clean_card_);
    column->addStretch(1);
    return parts;
}

QWidget* DataPage::make_work() {
    name_label_ = make_label(TextRole::body, Tone::muted);
    name_ = new QLineEdit;
    name_->setObjectName(QStringLiteral("name"));
    name_->setMaximumWidth(kNameWidth);
    name_->setText(draft_.name());
    tabs_ = new Segments(3);
    tabs_->set_current(0);
    progress_note_ = make_label(TextRole::caption, Tone::muted);
    progress_ = new QProgressBar;
    progress_->setRange(0, 1000);
    progress_->setTextVisible(false);
    survey_ = new SurveyView(draft_, tokenizers_);
    tokenizer_ = new TokenizerCard(tokenizers_, context_.settings);
    work_faces_ = new QStackedWidget;
    for (QWidget* face : {static_cast<QWidget*>(survey_), make_clean(), static_cast<QWidget*>(tokenizer_)})
        work_faces_->addWidget(scrolled(face));
    auto* head = new QHBoxLayout;
    head->setSpacing(space::kSmall);
    head->addWidget(tabs_);
    head->addStretch(1);
    head->addWidget(name_label_);
    head->addWidget(name_, 1);
    auto* parts = new QWidget;
    auto* column = new QVBoxLayout(parts);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::kSmall);
    column->addLayout(head);
    column->addWidget(progress_note_);
    column->addWidget(progress_);
    column->addWidget(work_faces_, 1);
    return parts;
}

void DataPage::connect_parts() {
    connect(save_, &QPushButton::clicked, save_action_, &QAction::trigger);
    connect(train_, &QPushButton::clicked, train_action_, &QAction::trigger);
    connect(cancel_, &QPushButton::clicked, &draft_, &DataDraft::cancel);
    connect(trash_, &QPushButton::clicked, this, [this] {
        if (const DatasetEntry* one = dataset()) datasets_.move(one->name, "", false);
    });
    connect(empty_->button(), &QPushButton::clicked, files_action_, &QAction::trigger);
    connect(tabs_, &Segments::chosen, this, [this](int index) { show_face(static_cast<Face>(index)); });
    connect(name_, &QLineEdit::textEdited, &draft_, &DataDraft::set_name);
    connect(recipe_, &RecipeForm::changed, this, [this] {
        draft_.set_recipe(recipe_->recipe());
        context_.settings.setValue(kTypedKey, recipe_->typed());
        show_draft();  // what is not legal is not saved, though the recipe is the same
    });
    connect(list_, &DatasetList::chosen, this, [this](const QString& name) { open(name); });
    connect(list_, &DatasetList::restore_wanted, this,
            [this](const QString& name) { datasets_.move(name.toStdString(), "", true); });
    connect(list_, &DatasetList::empty_wanted, this, [this] {
        banner()->clear();  // its Undo
        datasets_.empty_trash();
    });
    connect(&datasets_, &Datasets::changed, this, &DataPage::show_draft);
    connect(&datasets_, &Datasets::moved, this, &DataPage::on_moved);
    connect(&datasets_, &Datasets::failed, this, &DataPage::show_error);
    connect(&draft_, &DataDraft::changed, this, &DataPage::show_draft);
    // Other data takes nothing along of what is half typed.
    connect(&draft_, &DataDraft::opened, this, [this] { recipe_->set_recipe(draft_.recipe()); });
    connect(&draft_, &DataDraft::restarted, this, [this] {
        banner()->clear();
        name_->setText(draft_.name());
        if (to_json(recipe_->recipe()) != to_json(draft_.recipe())) recipe_->set_recipe(draft_.recipe());
        context_.settings.setValue(kTypedKey, recipe_->typed());
        survey_->show_survey();
        show_documents();
    });
    connect(&draft_, &DataDraft::surveyed, this, [this] {
        survey_->show_survey();
        show_documents();
    });
    connect(&draft_, &DataDraft::failed, this, [this](const Error& error) {
        if (!recipe_->blame(error)) show_error(error);
    });
    connect(&draft_, &DataDraft::progressed, this, &DataPage::show_progress);
    connect(&draft_, &DataDraft::saved, this, &DataPage::on_saved);
    connect(&tokenizers_, &TokenizerJob::listed, this, [this] { draft_.offer_tokenizers(tokenizers_.tokenizers()); });
    connect(&tokenizers_, &TokenizerJob::made, &draft_, &DataDraft::offer_tokenizer);
}

void DataPage::connect_survey() {
    connect(survey_, &SurveyView::add_files_wanted, this, &DataPage::choose_files);
    connect(survey_, &SurveyView::add_folder_wanted, this, &DataPage::choose_folder);
    connect(survey_, &SurveyView::remove_wanted, &draft_, &DataDraft::remove_file);
    connect(survey_, &SurveyView::tokenizer_chosen, &draft_, &DataDraft::set_tokenizer);
    connect(survey_, &SurveyView::version_wanted, this,
            [this](const QString& version) { open(draft_.name().trimmed(), version); });
    connect(survey_, &SurveyView::trash_wanted, this, [this](const QString& version) {
        if (const DatasetEntry* one = dataset()) datasets_.move(one->name, version.toStdString(), false);
    });
    connect(survey_, &SurveyView::recipe_wanted, this, [this](const QString& version) {
        const DatasetEntry* one = dataset();
        if (one == nullptr) return;
        for (const DatasetVersion& saved : one->versions)
            if (saved.version == version.toStdString()) draft_.set_recipe(saved.recipe);
        show_face(Face::clean);
    });
}

QString DataPage::name() const {
    return tr("Data");
}

void DataPage::entered() {
    datasets_.refresh();
    tokenizers_.refresh();
    if (draft_.is_empty() || draft_.survey() || draft_.is_surveying()) return;
    draft_.survey_again();  // what was on screen when the program ended
    show_documents();
}

void DataPage::take_data(const DataConfig& data) {
    draft_.open(data, {});
}

void DataPage::take_text(const QString& text) {
    const QString name = QDateTime::currentDateTime().toString(QStringLiteral("'text-'yyyyMMdd-hhmmss-zzz'.txt'")),
                  file = context_.paths.workspace + QStringLiteral("/datasets/") + name;
    const auto write = [&] {
        make_folders(QFileInfo(file).path().toStdString());
        write_file_durably(file.toStdString(), text.toStdString());
    };
    if (const std::optional<Error> error = error_of(write)) return show_error(*error);
    add({file});
    banner()->show_message(Tone::ok, tr("The text is kept as %1 and added to the data.").arg(name));
}

void DataPage::show_face(Face face) {
    tabs_->set_current(static_cast<int>(face));
    work_faces_->setCurrentIndex(static_cast<int>(face));
}

void DataPage::choose_files() {
    add(QFileDialog::getOpenFileNames(
        window(), tr("Add files"), QDir::homePath(),
        tr("Data (*.txt *.md *.html *.docx *.pdf *.jsonl *.json *.csv *.tsv);;All files (*)")));
}

void DataPage::choose_folder() {
    const QString folder = QFileDialog::getExistingDirectory(window(), tr("Add a folder"), QDir::homePath());
    if (!folder.isEmpty()) add({folder});
}

void DataPage::add(const QStringList& files) {
    if (files.isEmpty()) return;
    draft_.add_files(files);
}

// The newest version, or that one; of a loose file itself.
void DataPage::open(const QString& name, const QString& version) {
    const DatasetEntry* one = datasets_.find(name.toStdString());
    if (one == nullptr) return;
    DataConfig data;
    if (one->versions.empty()) data.files = {one->file};
    for (const DatasetVersion& saved : one->versions) {
        if (!version.isEmpty() && saved.version != version.toStdString()) continue;
        if (saved.problem) return show_error(*saved.problem);
        data.files = saved.files;
        data.validation_files = saved.validation_files;
        break;
    }
    draft_.open(data, name);
    show_face(Face::survey);
}

// A run takes files: what a recipe would make of them is none yet.
bool DataPage::can_train() const {
    return !draft_.is_empty() && to_json(draft_.recipe()) == to_json(CleanRecipe());
}

void DataPage::use_for_training() {
    if (can_train()) Q_EMIT data_wanted(QStringLiteral("train"), draft_.readable());
}

// From now on the version is what is on screen: it is what a run would take.
void DataPage::on_saved(const DatasetEntry& dataset) {
    datasets_.refresh();
    if (dataset.versions.empty()) return;
    const DatasetVersion& made = dataset.versions.front();
    DataConfig data;
    data.files = made.files;
    data.validation_files = made.validation_files;
    // Unless it was changed while it was being written: then that is what is worked on.
    if (draft_.is_as_saved()) draft_.open(data, QString::fromStdString(dataset.name));
    banner()->show_message(Tone::ok,
                           tr("Saved as %1 of “%2”: %3 documents to train on, %4 held back.")
                               .arg(QString::fromStdString(made.version), QString::fromStdString(dataset.name),
                                    count_text(made.documents), count_text(made.validation_documents)));
    banner()->add_action(tr("Use for training"), [this, data] { Q_EMIT data_wanted(QStringLiteral("train"), data); });
}

void DataPage::on_moved(const QString& name, const QString& version, bool restored) {
    if (restored) return banner()->clear();
    // What is on screen may have gone with it.
    const QString folder = QStringLiteral("/datasets/") + name,
                  first = draft_.is_empty() ? QString() : QString::fromStdString(draft_.data().files.front());
    const QString within = folder + QLatin1Char('/') + (version.isEmpty() ? QString() : version + QLatin1Char('/'));
    if (first.contains(within) || first.endsWith(folder + QStringLiteral(".jsonl"))) draft_.open({}, {});
    banner()->show_message(Tone::muted, version.isEmpty() ? tr("“%1” is in the trash.").arg(name)
                                                          : tr("%1 of “%2” is in the trash.").arg(version, name));
    banner()->add_action(tr("Undo"),
                         [this, name, version] { datasets_.move(name.toStdString(), version.toStdString(), true); });
}

void DataPage::show_documents() {
    documents_->set_source(draft_.data(), draft_.recipe(), draft_.documents());
}

void DataPage::show_progress() {
    const bool busy = draft_.is_surveying() || draft_.is_saving();
    const std::optional<Progress>& progress = draft_.progress();
    progress_->setVisible(busy);
    progress_note_->setVisible(busy);
    const double share = progress && progress->total > 0 ? progress->done / progress->total : 0;
    progress_->setValue(busy ? static_cast<int>(1000 * share) : 0);
    progress_note_->setText(draft_.is_saving() ? tr("Writing the version…") : tr("Going through the data…"));
    cancel_->setVisible(busy);
}

void DataPage::show_draft() {
    const std::optional<DatasetSurvey>& survey = draft_.survey();
    faces_->setCurrentWidget(draft_.is_empty() ? welcome_ : work_);
    const DatasetEntry* saved = dataset();
    list_->set_current(saved == nullptr ? QString() : draft_.name().trimmed());
    survey_->set_dataset(saved);
    recipe_->set_survey(draft_.is_current() ? survey : std::nullopt);
    tokenizer_->set_data(draft_.readable(), draft_.name().trimmed(), can_train());
    outcome_->setText(draft_.is_current() ? tr("Kept: %1 of %2 documents, %3; %4 of them held back for validation.")
                                                .arg(count_text(survey->kept_documents), count_text(survey->documents),
                                                     bytes_text(static_cast<double>(survey->kept_bytes)),
                                                     count_text(survey->validation_documents))
                      : draft_.is_surveying()
                          ? tr("Counting what the recipe would do…")
                          : tr("Not counted. %1 looks through the data again.").arg(keys_or_name(*refresh_action_)));
    const bool work = !draft_.is_empty();
    for (QPushButton* button : {save_, train_}) button->setVisible(work);
    trash_->setVisible(work && saved != nullptr);
    for (QAction* action : face_actions_) action->setEnabled(work);
    const bool can_save = draft_.can_save() && recipe_->is_legal();
    save_->setEnabled(can_save);
    save_action_->setEnabled(can_save);
    train_->setEnabled(can_train());
    train_action_->setEnabled(can_train());
    show_progress();
}

void DataPage::resizeEvent(QResizeEvent* event) {
    Page::resizeEvent(event);
    list_card_->setFixedWidth(width() < kTight ? kTightList : kListWidth);
}

void DataPage::retranslate() {
    set_title(tr("Data"), tr("What is in it, what a recipe would leave of it, and versions that stay as they were."));
    list_card_->set_title(tr("Data sets"));
    tabs_->set_words({tr("Look"), tr("Clean"), tr("Tokenizer")});
    name_field(name_label_, name_, tr("Name"),
               tr("Of the data set; saving under a name that is there makes its next version"));
    name_->setPlaceholderText(tr("a name to save it under"));
    empty_->set_words(
        tr("Drop text files, tables of examples or folders here: you see what is in them, clean them, and "
           "keep each version with its recipe."),
        tr("Add files…"));
    set_words(save_, tr("Save as new version"), tr("Writes what the recipe keeps; the files stay as they are"));
    set_words(train_, tr("Use for training"),
              tr("To the Train page with these files; what a recipe makes of them is saved as a version first"));
    set_words(cancel_, tr("Cancel"), tr("Stops; nothing half-written stays"));
    set_words(trash_, tr("To the trash"), tr("The data set with all its versions; it can be taken out again"));
    clean_card_->set_title(tr("Recipe"));
    name_actions();
    recipe_->retranslate();
    survey_->retranslate();
    documents_->retranslate();
    tokenizer_->retranslate();
    show_draft();
}

}  // namespace lathe

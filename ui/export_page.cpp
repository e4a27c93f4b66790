#include "ui/export_page.h"

#include <QAction>
#include <QDesktopServices>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QGridLayout>
#include <QUrl>
#include <algorithm>
#include <chrono>

#include "ui/number_text.h"

namespace lathe {

namespace {

using namespace std::chrono_literals;

constexpr int kMostRows = 12;  // of files; shards beyond are summed up

// In the order of the segments.
const std::vector<std::string>& dtypes() {
    static const std::vector<std::string> names = {"bfloat16", "float16", "float32"};
    return names;
}

// What a folder may be called.
QString file_name(const QString& text) {
    QString name;
    for (const QChar c : text) name += c.isLetterOrNumber() || c == QLatin1Char('.') ? c : QLatin1Char('-');
    while (name.contains(QStringLiteral("--"))) name.replace(QStringLiteral("--"), QStringLiteral("-"));
    return name.isEmpty() ? QStringLiteral("model") : name;
}

}  // namespace

ExportPage::ExportPage(const PageContext& context, QWidget* parent)
    : Page(Scroll::page, parent), context_(context), plan_(context.engine) {
    export_ = make_button(ButtonKind::primary);
    export_->setObjectName(QStringLiteral("export"));
    cancel_ = make_button(ButtonKind::danger);
    cancel_->setObjectName(QStringLiteral("cancel"));
    add_action_button(cancel_);
    add_action_button(export_);
    auto* row = new QHBoxLayout;
    row->setSpacing(space::kGrid);
    row->addWidget(make_choice(), 1);
    row->addWidget(make_plan(), 1);
    body()->addLayout(row);
    body()->addWidget(make_result());
    body()->addStretch(1);

    soon_.setSingleShot(true);
    soon_.setInterval(150ms);
    connect(&soon_, &QTimer::timeout, this, &ExportPage::choose);
    connect(export_, &QPushButton::clicked, &plan_, &ExportPlan::write);
    connect(cancel_, &QPushButton::clicked, &plan_, &ExportPlan::cancel);
    connect(&plan_, &ExportPlan::changed, this, &ExportPage::show_plan);
    connect(&context_.runs, &RunList::changed, this, &ExportPage::offer_newest);
    connect(&plan_, &ExportPlan::progressed, this,
            [this] { progress_->setValue(static_cast<int>(1000 * plan_.share())); });
    export_action_ = add_action([this] { plan_.write(); });
    export_action_->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_Return));
    export_action_->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    cancel_action_ = add_action([this] { plan_.cancel(); });
    ready();
}

QWidget* ExportPage::make_choice() {
    choice_ = new Card;
    picker_ = new ModelPicker(context_, ModelPicker::Live::absent);
    dtype_ = new Segments(static_cast<int>(dtypes().size()));
    folder_ = new QLineEdit;
    browse_ = make_button(ButtonKind::plain);
    model_label_ = make_label(TextRole::body);
    dtype_label_ = make_label(TextRole::body);
    dtype_note_ = make_label(TextRole::caption, Tone::muted);
    dtype_note_->setWordWrap(true);
    folder_label_ = make_label(TextRole::body);
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(space::kCard);
    grid->setVerticalSpacing(space::kGrid);
    grid->setColumnStretch(1, 1);
    grid->addWidget(model_label_, 0, 0);
    grid->addWidget(picker_, 0, 1, 1, 2);
    grid->addWidget(dtype_label_, 1, 0);
    grid->addWidget(dtype_, 1, 1, 1, 2, Qt::AlignLeft);
    grid->addWidget(dtype_note_, 2, 1, 1, 2);
    grid->addWidget(folder_label_, 3, 0);
    grid->addWidget(folder_, 3, 1);
    grid->addWidget(browse_, 3, 2);
    choice_->content()->addLayout(grid);
    choice_->content()->addStretch(1);
    model_label_->setBuddy(picker_);
    folder_label_->setBuddy(folder_);
    connect(picker_, &ModelPicker::chosen, this, [this] {
        chosen_ = true;
        if (!folder_typed_) suggest_folder();
        choose();
    });
    connect(dtype_, &Segments::chosen, this, [this] {
        retranslate();
        choose();
    });
    connect(folder_, &QLineEdit::textEdited, this, [this] {
        folder_typed_ = true;
        chosen_ = true;
        soon_.start();
    });
    connect(browse_, &QPushButton::clicked, this, &ExportPage::browse);
    return choice_;
}

QWidget* ExportPage::make_plan() {
    files_ = new Card;
    table_ = new QGridLayout;
    table_->setColumnStretch(0, 1);
    table_->setVerticalSpacing(space::kTiny);
    empty_ = new EmptyState;
    space_note_ = make_label(TextRole::caption, Tone::muted);
    space_note_->setWordWrap(true);
    free_name_ = make_button(ButtonKind::link);
    progress_ = new QProgressBar;
    progress_->setRange(0, 1000);
    progress_->setTextVisible(false);
    files_->content()->addLayout(table_);
    files_->content()->addWidget(empty_);
    files_->content()->addStretch(1);
    files_->content()->addWidget(progress_);
    auto* row = new QHBoxLayout;
    row->addWidget(space_note_, 1);
    row->addWidget(free_name_);
    files_->content()->addLayout(row);
    connect(free_name_, &QPushButton::clicked, this, [this] {
        suggest_folder();
        choose();
    });
    return files_;
}

QWidget* ExportPage::make_result() {
    result_ = new Card;
    result_text_ = make_label(TextRole::body);
    result_text_->setWordWrap(true);
    result_text_->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    open_folder_ = make_button(ButtonKind::plain);
    another_ = make_button(ButtonKind::plain);
    transformers_ = new CodeBox;
    vllm_ = new CodeBox;
    lathe_ = new CodeBox;
    auto* row = new QHBoxLayout;
    row->setSpacing(space::kSmall);
    row->addWidget(result_text_, 1);
    row->addWidget(open_folder_);
    row->addWidget(another_);
    result_->content()->addLayout(row);
    for (CodeBox* box : {transformers_, vllm_, lathe_}) result_->content()->addWidget(box);
    connect(open_folder_, &QPushButton::clicked, this,
            [this] { QDesktopServices::openUrl(QUrl::fromLocalFile(QString::fromStdString(plan_.done()->folder))); });
    connect(another_, &QPushButton::clicked, this, [this] {
        suggest_folder();
        choose();
    });
    result_->hide();
    return result_;
}

QString ExportPage::name() const {
    return tr("Export");
}

void ExportPage::entered() {
    context_.runs.refresh();
    offer_newest();
    if (folder_->text().isEmpty()) suggest_folder();
    if (plan_.state() == ExportPlan::State::choosing) choose();
}

void ExportPage::take_model(const ModelSource& source) {
    if (plan_.state() == ExportPlan::State::writing) return;
    chosen_ = true;
    picker_->set_source(source);
    suggest_folder();
    choose();
}

void ExportPage::offer_newest() {
    if (chosen_ || plan_.state() != ExportPlan::State::choosing) return;
    const std::vector<RunSummary>& runs = context_.runs.runs();
    const auto newest =
        std::find_if(runs.begin(), runs.end(), [](const RunSummary& run) { return !run.checkpoints.empty(); });
    if (newest == runs.end() || picker_->source().run == newest->run) return;
    picker_->set_source({.folder = {}, .run = newest->run, .checkpoint = "last"});
    suggest_folder();
    if (isVisible()) choose();
}

void ExportPage::suggest_folder() {
    const ModelSource source = picker_->source();
    const QString name = file_name(source.run.empty() ? QFileInfo(QString::fromStdString(source.folder)).fileName()
                                                      : QString::fromStdString(source.run + "-" + source.checkpoint));
    const QString base = context_.paths.workspace + QStringLiteral("/exports/") + name;
    QString folder = base;
    for (int i = 2; QFileInfo::exists(folder); ++i) folder = base + QLatin1Char('-') + QString::number(i);
    folder_->setText(QDir::toNativeSeparators(folder));
    folder_typed_ = false;
}

void ExportPage::browse() {
    const QString parent = QFileDialog::getExistingDirectory(window(), tr("Export into a new folder under"),
                                                             QFileInfo(folder_->text()).path());
    if (parent.isEmpty()) return;
    folder_->setText(QDir::toNativeSeparators(parent + QLatin1Char('/') + QFileInfo(folder_->text()).fileName()));
    folder_typed_ = true;
    choose();
}

void ExportPage::choose() {
    const ModelSource source = picker_->source();
    QString folder = folder_->text().trimmed();
    // As typed, from the workspace on: the program's own folder means nothing to the user.
    if (!folder.isEmpty()) folder = QDir::cleanPath(QDir(context_.paths.workspace).absoluteFilePath(folder));
    plan_.choose({.model = source.run.empty() ? source.folder : std::string(),
                  .run = source.run,
                  .checkpoint = source.checkpoint,
                  .dtype = dtypes()[static_cast<size_t>(dtype_->current())],
                  .out = folder.toStdString()});
}

void ExportPage::show_plan() {
    const ExportPlan::State state = plan_.state();
    const bool writing = state == ExportPlan::State::writing, done = state == ExportPlan::State::done;
    const std::optional<ExportPlanned>& planned = plan_.planned();
    while (QLayoutItem* item = table_->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    const auto add = [this](int row, const QString& name, int64_t bytes, Tone tone) {
        auto* label = new ElidedLabel(TextRole::mono, tone);
        label->set_text(name);
        QLabel* size = make_label(TextRole::caption, tone);
        size->setText(bytes_text(static_cast<double>(bytes)));
        table_->addWidget(label, row, 0);
        table_->addWidget(size, row, 1, Qt::AlignRight);
    };
    const int64_t total = plan_.total_bytes();
    if (planned) {
        int64_t rest = 0;
        int row = 0;
        for (const auto& [name, bytes] : planned->files) {
            if (row < kMostRows)
                add(row++, QString::fromStdString(name), bytes, Tone::text);
            else
                rest += bytes;
        }
        if (rest > 0)
            add(row, tr("and %1 more").arg(static_cast<int>(planned->files.size()) - kMostRows), rest, Tone::muted);
    }
    files_->set_aside(planned ? bytes_text(static_cast<double>(total)) : QString());
    empty_->setVisible(!planned);
    const bool in_use = planned && planned->folder_in_use && !done && !writing;
    const bool fits = !planned || planned->free_bytes >= total;
    space_note_->setVisible(planned.has_value());
    if (planned) {
        const QString free = bytes_text(static_cast<double>(planned->free_bytes));
        space_note_->setText(in_use ? tr("This folder is not empty; an export never writes over anything.")
                             : !fits
                                 ? tr("Too little space: %1 free there.").arg(free)
                                 : tr("%1 free there. The folder appears when it is whole, or not at all.").arg(free));
        set_tone(space_note_, in_use || !fits ? Tone::bad : Tone::muted);
    }
    free_name_->setVisible(in_use);
    progress_->setVisible(writing);
    export_->setVisible(!writing);
    export_->setEnabled(plan_.can_write());
    export_action_->setEnabled(plan_.can_write());
    cancel_->setVisible(writing);
    cancel_action_->setEnabled(writing);
    choice_->setEnabled(!writing);
    if (plan_.error())
        show_error(*plan_.error());
    else
        banner()->clear();
    result_->setVisible(done);
    if (!done || !plan_.done()) return;
    const QString folder = QString::fromStdString(plan_.done()->folder);
    result_text_->setText(tr("Written to %1").arg(QDir::toNativeSeparators(folder)));
    transformers_->set_code(transformers_code(folder));
    vllm_->set_code(vllm_code(folder, context_of_folder(folder)));
    lathe_->set_code(lathe_code(folder));
}

void ExportPage::retranslate() {
    set_title(tr("Export"), tr("Writes a Hugging Face folder that transformers and vLLM load as it is."));
    set_words(export_, tr("Export"), tr("Writes the files listed below"));
    set_words(cancel_, tr("Cancel"), tr("Stops; nothing half-written stays"));
    export_action_->setText(tr("Export"));
    cancel_action_->setText(tr("Cancel the export"));
    choice_->set_title(tr("What and where"));
    model_label_->setText(tr("Weights"));
    picker_->setAccessibleName(tr("Weights"));
    picker_->setToolTip(tr("A run's last or best checkpoint, the starter model, or a model folder"));
    dtype_label_->setText(tr("Numbers"));
    dtype_->set_words({QStringLiteral("bfloat16"), QStringLiteral("float16"), QStringLiteral("float32")});
    const QStringList notes = {tr("2 bytes a weight: what most checkpoints are; rounds to 8 bits."),
                               tr("2 bytes a weight: finer than bfloat16, refused where a weight is too large."),
                               tr("4 bytes a weight: exactly what was trained.")};
    dtype_note_->setText(notes[dtype_->current()]);
    folder_label_->setText(tr("Folder"));
    folder_->setAccessibleName(tr("Folder"));
    folder_->setToolTip(tr("A new or empty folder"));
    set_words(browse_, tr("Choose…"), tr("Choose the folder that the new one is made in"));
    files_->set_title(tr("Will be written"));
    empty_->set_words(tr("The files and their sizes will be listed here."));
    set_words(free_name_, tr("Use a free name"), tr("Puts a number behind the name"));
    result_->set_title(tr("Exported"));
    set_words(open_folder_, tr("Open the folder"), tr("Shows it in the file manager"));
    set_words(another_, tr("Export another"), tr("Back to the choice, with a free name"));
    transformers_->set_words(tr("In Python, with transformers"));
    vllm_->set_words(tr("As an OpenAI server, with vLLM"));
    lathe_->set_words(tr("In a terminal, with Lathe"));
    show_plan();
}

}  // namespace lathe

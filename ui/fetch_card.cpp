#include "ui/fetch_card.h"

#include <QApplication>
#include <QDir>
#include <QEvent>

#include "ui/number_text.h"

namespace lathe {

namespace {

constexpr qsizetype kShownRevision = 12;
const QString kWhatKey = QStringLiteral("fetch/what");

}  // namespace

FetchCard::FetchCard(FetchJob& job, QSettings& settings, QWidget* parent)
    : Card(parent),
      job_(job),
      what_(new QLineEdit),
      look_up_(make_button(ButtonKind::primary)),
      download_(make_button(ButtonKind::primary)),
      cancel_(make_button(ButtonKind::danger)),
      close_(make_icon_button(QStringLiteral("close"))),
      note_(make_label(TextRole::caption, Tone::muted)),
      plan_(new QWidget),
      facts_(new FactList),
      files_(new SizeList),
      progress_(new QProgressBar),
      progress_note_(make_label(TextRole::caption, Tone::muted)),
      settings_(new DownloadSettings(settings)) {
    what_->setObjectName(QStringLiteral("what"));
    look_up_->setObjectName(QStringLiteral("look_up"));
    download_->setObjectName(QStringLiteral("download"));
    cancel_->setObjectName(QStringLiteral("cancel"));
    what_->setClearButtonEnabled(true);
    what_->setText(settings.value(kWhatKey).toString());
    note_->setWordWrap(true);
    progress_->setRange(0, 1000);
    progress_->setTextVisible(false);
    header()->addWidget(close_);
    auto* row = new QHBoxLayout;
    row->setSpacing(space::kSmall);
    row->addWidget(what_, 1);
    row->addWidget(look_up_);
    build_plan();
    content()->setSpacing(space::kGrid);
    content()->addLayout(row);
    content()->addWidget(note_);
    content()->addWidget(plan_);
    content()->addWidget(settings_);

    connect(close_, &QPushButton::clicked, this, &FetchCard::closed);
    connect(what_, &QLineEdit::textEdited, &job_, &FetchJob::forget);
    connect(what_, &QLineEdit::textChanged, this, [this, &settings](const QString& text) {
        settings.setValue(kWhatKey, text);
        show_job();
    });
    connect(what_, &QLineEdit::returnPressed, this, &FetchCard::look_up);
    connect(look_up_, &QPushButton::clicked, this, &FetchCard::look_up);
    connect(download_, &QPushButton::clicked, &job_, &FetchJob::download);
    connect(cancel_, &QPushButton::clicked, &job_, &FetchJob::cancel);
    connect(settings_, &DownloadSettings::changed, &job_, &FetchJob::forget);
    connect(settings_, &DownloadSettings::changed, this, &FetchCard::show_job);
    connect(&job_, &FetchJob::changed, this, &FetchCard::show_job);
    connect(&job_, &FetchJob::progressed, this, &FetchCard::show_progress);
    retranslate();
}

void FetchCard::build_plan() {
    auto* last = new QHBoxLayout;
    last->setSpacing(space::kSmall);
    last->addWidget(progress_note_, 1);
    last->addWidget(cancel_);
    last->addWidget(download_);
    auto* column = new QVBoxLayout(plan_);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::kGrid);
    column->addWidget(make_rule());
    column->addWidget(facts_);
    column->addWidget(make_rule());
    column->addWidget(files_);
    column->addWidget(progress_);
    column->addLayout(last);
}

void FetchCard::set_wish(const QString& what) {
    if (job_.busy()) return;
    what_->setText(what);
    job_.forget();
}

void FetchCard::look_up() {
    job_.look_up(settings_->wish(what_->text()));
}

void FetchCard::show_plan() {
    const std::optional<FetchPlan>& plan = job_.plan();
    plan_->setVisible(plan.has_value());
    if (!plan) return;
    const QString licence = QString::fromStdString(plan->licence);
    const QString revision = QString::fromStdString(plan->revision).left(kShownRevision);
    const QString whole = bytes_text(static_cast<double>(plan->total));
    const QString there = bytes_text(static_cast<double>(plan->already_there));
    const QString repository = QString::fromStdString(plan->repository);
    facts_->set_facts(
        {{tr("Repository"), repository.isEmpty() ? repository : repository + QStringLiteral(" @ ") + revision},
         {tr("Licence"), licence.isEmpty() ? tr("not told: look at its page before you use it") : licence},
         {tr("To fetch"), plan->already_there > 0 ? tr("%1, of which %2 are already there").arg(whole, there) : whole},
         {tr("Into"), QDir::toNativeSeparators(QString::fromStdString(plan->folder))}});
    std::vector<std::pair<std::string, int64_t>> files;
    for (const FetchFile& file : plan->files) files.emplace_back(file.name, file.bytes);
    files_->set_files(files);
}

void FetchCard::show_progress() {
    progress_->setValue(static_cast<int>(1000 * job_.share()));
    const double speed = job_.bytes_per_s();
    QStringList parts{
        tr("%1 of %2")
            .arg(bytes_text(job_.done_bytes()), bytes_text(static_cast<double>(job_.plan() ? job_.plan()->total : 0)))};
    if (speed > 0)
        parts << tr("%1 a second").arg(bytes_text(speed)) << tr("%1 left").arg(duration_text(job_.seconds_left()));
    progress_note_->setText(parts.join(QStringLiteral(" · ")));
}

void FetchCard::show_job() {
    QWidget* focus = QApplication::focusWidget();
    const FetchJob::State state = job_.state();
    const bool fetching = state == FetchJob::State::fetching, looking = state == FetchJob::State::looking;
    const bool allowed = settings_->allowed();
    what_->setReadOnly(job_.busy());
    settings_->setEnabled(!job_.busy());
    look_up_->setVisible(!job_.plan());
    look_up_->setEnabled(allowed && !job_.busy() && !what_->text().trimmed().isEmpty());
    note_->setText(!allowed  ? tr("Downloads are switched off. Nothing is asked of the network.")
                   : looking ? tr("Asking what there is…")
                             : tr("Nothing is asked of the network before you press a button. Only what Lathe opens is "
                                  "fetched: weights as safetensors or GGUF, configuration, tokenizer, licence."));
    set_tone(note_, allowed ? Tone::muted : Tone::warn);
    show_plan();
    progress_->setVisible(fetching);
    download_->setVisible(state == FetchJob::State::planned);
    download_->setEnabled(allowed);
    cancel_->setVisible(fetching);
    if (fetching)
        show_progress();
    else
        progress_note_->setText(state == FetchJob::State::done ? tr("It is there, and in the list.")
                                                               : tr("The folder appears when it is whole."));
    // The button that was pressed may be gone: the keyboard goes on with the next one.
    if (focus == look_up_ || focus == download_ || focus == cancel_)
        (fetching ? cancel_ : state == FetchJob::State::planned ? download_ : static_cast<QWidget*>(what_))->setFocus();
}

void FetchCard::retranslate() {
    set_title(tr("Fetch a model"));
    what_->setPlaceholderText(tr("Qwen/Qwen3-0.6B, org/name/file.gguf or https://…"));
    what_->setAccessibleName(tr("Model to fetch"));
    what_->setToolTip(
        tr("A repository of Hugging Face, one file of it, or the address of a GGUF file. For a repository "
           "behind a gate, set HF_TOKEN before Lathe starts."));
    set_words(look_up_, tr("Look it up"), tr("Asks for licence, size and files; fetches nothing yet"));
    set_words(download_, tr("Download"), tr("Fetches these files into the workspace"));
    set_words(cancel_, tr("Cancel"), tr("What is there is kept: the next time it goes on from there"));
    set_words(close_, {}, tr("Close"));
    show_job();
}

void FetchCard::changeEvent(QEvent* event) {
    Card::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) retranslate();
}

}  // namespace lathe

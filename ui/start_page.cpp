#include "ui/start_page.h"

#include <QAction>
#include <QDir>

#include "ui/error_text.h"
#include "ui/number_text.h"
#include "ui/run_row.h"

namespace lathe {

namespace {

constexpr size_t kRecentRuns = 8;

void clear_layout(QLayout* layout) {
    while (QLayoutItem* item = layout->takeAt(0)) {
        if (item->widget() != nullptr) item->widget()->deleteLater();
        delete item;
    }
}

}  // namespace

StartPage::StartPage(const PageContext& context, QWidget* parent)
    : Page(Scroll::page, parent),
      context_(context),
      cut_off_(new Card),
      recent_(new Card),
      rows_(new QVBoxLayout),
      empty_(new EmptyState),
      all_(make_button(ButtonKind::quiet)) {
    auto* doors = new QHBoxLayout;
    doors->setSpacing(space::kGrid);
    doors->addWidget(make_quick_start(), 3);
    doors->addWidget(make_try(), 2);
    body()->addLayout(doors);
    body()->addWidget(cut_off_);
    cut_off_->hide();
    rows_->setSpacing(0);
    recent_->content()->addLayout(rows_);
    empty_->setMinimumHeight(96);
    recent_->content()->addWidget(empty_);
    recent_->header()->addWidget(all_);
    body()->addWidget(recent_);
    body()->addStretch(1);

    connect(all_, &QPushButton::clicked, this, [this] {
        show_all_ = !show_all_;
        show_runs();
    });
    connect(&context_.runs, &RunList::workspace_answered, this, &StartPage::show_workspace);
    connect(&context_.run, &RunWatch::state_changed, this, &StartPage::show_run);
    connect(&context_.run, &RunWatch::progressed, this, &StartPage::show_run);
    connect(&context_.run, &RunWatch::stepped, this, &StartPage::show_run);
    connect(&context_.run, &RunWatch::reset, this, [this] {
        show_run();
        show_runs();
    });
    connect(&context_.runs, &RunList::changed, this, &StartPage::show_runs);
    quick_action_ = add_action([this] { quick_start(); });
    ready();
}

QWidget* StartPage::make_quick_start() {
    quick_ = new Card;
    quick_text_ = make_label(TextRole::body, Tone::muted);
    quick_text_->setWordWrap(true);
    quick_note_ = make_label(TextRole::caption, Tone::muted);
    quick_progress_ = new QProgressBar;
    quick_progress_->setTextVisible(false);
    quick_button_ = make_button(ButtonKind::primary);
    quick_watch_ = make_button(ButtonKind::plain);
    quick_->content()->addWidget(quick_text_);
    quick_->content()->addStretch(1);
    quick_->content()->addWidget(quick_progress_);
    auto* row = new QHBoxLayout;
    row->setSpacing(space::kSmall);
    row->addWidget(quick_button_);
    row->addWidget(quick_watch_);
    row->addWidget(quick_note_, 1);
    quick_->content()->addLayout(row);
    connect(quick_button_, &QPushButton::clicked, this, &StartPage::quick_start);
    connect(quick_watch_, &QPushButton::clicked, this, [this] { Q_EMIT page_wanted(QStringLiteral("train")); });
    return quick_;
}

QWidget* StartPage::make_try() {
    try_ = new Card;
    try_text_ = make_label(TextRole::body, Tone::muted);
    try_text_->setWordWrap(true);
    try_button_ = make_button(ButtonKind::plain);
    try_->content()->addWidget(try_text_);
    try_->content()->addStretch(1);
    try_->content()->addWidget(try_button_, 0, Qt::AlignLeft);
    connect(try_button_, &QPushButton::clicked, this,
            [this] { Q_EMIT model_wanted(QStringLiteral("chat"), {.folder = context_.paths.starter.toStdString()}); });
    return try_;
}

QString StartPage::name() const {
    return tr("Start");
}

void StartPage::entered() {
    context_.runs.refresh();
    if (context_.runs.workspace_error()) context_.runs.open_workspace();  // another Lathe may have been closed
}

void StartPage::show_workspace() {
    const std::optional<Error>& error = context_.runs.workspace_error();
    if (!error) return banner()->clear();
    show_error(*error);
    banner()->add_action(tr("Try again"), [this] { context_.runs.open_workspace(); });
}

void StartPage::quick_start() {
    const QString file = context_.paths.presets + QStringLiteral("/nano.json");
    try {
        const RunConfig config = read_run_config(file.toStdString());
        context_.run.start({.config = config, .config_file = file.toStdString(), .resume = {}});
        Q_EMIT page_wanted(QStringLiteral("train"));
    } catch (const Exception& exception) {
        show_error(exception.error());
    }
}

void StartPage::resume(const RunSummary& run) {
    context_.run.start({.config = std::nullopt, .config_file = {}, .resume = run.run});
    Q_EMIT page_wanted(QStringLiteral("train"));
}

void StartPage::show_run() {
    const RunWatch& run = context_.run;
    const bool preparing = run.state() == RunWatch::State::preparing, busy = preparing || run.is_live();
    quick_button_->setVisible(!busy);
    quick_watch_->setVisible(busy);
    quick_action_->setEnabled(!busy);
    quick_progress_->setVisible(busy);
    if (!busy) {
        quick_note_->setText(tr("about a minute"));
        return;
    }
    const RunSummary& summary = run.detail().summary;
    if (preparing) {
        const bool known = run.progress() && run.progress()->total > 0;
        quick_progress_->setRange(0, known ? 1000 : 0);
        if (known) quick_progress_->setValue(static_cast<int>(1000 * run.progress()->done / run.progress()->total));
        quick_note_->setText(run.progress() ? progress_text(*run.progress()) : tr("preparing"));
        return;
    }
    quick_progress_->setRange(0, 1000);
    if (summary.max_steps > 0) quick_progress_->setValue(static_cast<int>(1000 * summary.step / summary.max_steps));
    const QString steps = tr("step %1 of %2").arg(count_text(summary.step), count_text(summary.max_steps));
    quick_note_->setText(run.seconds_left() > 0 ? tr("%1 · %2 left").arg(steps, duration_text(run.seconds_left()))
                                                : steps);
}

void StartPage::show_runs() {
    clear_layout(rows_);
    clear_layout(cut_off_->content());
    const std::vector<RunSummary>& runs = context_.runs.runs();
    const bool busy = context_.run.is_live() || context_.run.state() == RunWatch::State::preparing;
    bool any_cut_off = false;
    for (const RunSummary& run : runs) {
        if (run.state != "interrupted" || !can_resume(run) || busy) continue;
        auto* row = new QHBoxLayout;
        auto* text = new ElidedLabel(TextRole::body);
        text->set_text(tr("%1 stopped without a word at step %2; its checkpoint of step %3 is whole.")
                           .arg(run_title(run), count_text(run.step), count_text(run.checkpoints.back().step)));
        QPushButton* button = make_button(ButtonKind::primary);
        set_words(button, tr("Resume at step %1").arg(count_text(run.checkpoints.back().step)),
                  tr("Goes on exactly as if it had never stopped"));
        connect(button, &QPushButton::clicked, this, [this, run] { resume(run); });
        auto* line = new QWidget;
        line->setLayout(row);
        row->setContentsMargins(0, 0, 0, 0);
        row->addWidget(text, 1);
        row->addWidget(button);
        cut_off_->content()->addWidget(line);
        any_cut_off = true;
    }
    cut_off_->setVisible(any_cut_off);
    for (size_t i = 0; i < runs.size() && (show_all_ || i < kRecentRuns); ++i) {
        auto* row = new RunRow(runs[i]);
        const RunSummary run = runs[i];
        connect(row, &RunRow::clicked, this, [this, run] {
            context_.run.look_at(run.run);
            Q_EMIT page_wanted(QStringLiteral("train"));
        });
        const ModelSource last{.folder = {}, .run = run.run, .checkpoint = "last"};
        connect(row, &RunRow::chat_wanted, this, [this, last] { Q_EMIT model_wanted(QStringLiteral("chat"), last); });
        connect(row, &RunRow::export_wanted, this,
                [this, last] { Q_EMIT model_wanted(QStringLiteral("export"), last); });
        connect(row, &RunRow::resume_wanted, this, [this, run] { resume(run); });
        rows_->addWidget(row);
    }
    empty_->setVisible(runs.empty() && context_.runs.known());
    all_->setVisible(runs.size() > kRecentRuns);
    set_words(all_, show_all_ ? tr("Fewer") : tr("All %1").arg(count_text(static_cast<int64_t>(runs.size()))));
}

void StartPage::retranslate() {
    set_title(tr("Start"), tr("Train small language models on this machine, talk to them, take them elsewhere. "
                              "Everything stays in %1.")
                               .arg(QDir::toNativeSeparators(context_.paths.workspace)));
    quick_->set_title(tr("Quick start"));
    quick_text_->setText(
        tr("Trains a Qwen3 model of 0.7 million parameters on English and Korean sample texts, from random weights to "
           "sentences, while you watch its loss fall. You can talk to it before it is done."));
    set_words(quick_button_, tr("Train the quick-start model"),
              tr("Starts at once; stop and resume whenever you like"));
    set_words(quick_watch_, tr("Watch it train"), tr("Goes to the Train page"));
    quick_action_->setText(tr("Train the quick-start model"));
    try_->set_title(tr("Starter model"));
    try_text_->setText(tr("A small model that is already trained: it goes on from English and from Korean text."));
    set_words(try_button_, tr("Talk to it"), tr("Opens a conversation with the starter model"));
    cut_off_->set_title(tr("Cut off"));
    recent_->set_title(tr("Recent runs"));
    empty_->set_words(tr("Runs will be listed here, with their losses and checkpoints."));
    show_run();
    show_runs();
    if (context_.runs.workspace_error()) show_workspace();
}

}  // namespace lathe

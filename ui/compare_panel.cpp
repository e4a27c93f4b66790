#include "ui/compare_panel.h"

#include <QClipboard>
#include <QFileInfo>
#include <QGuiApplication>
#include <cmath>

#include "ui/error_text.h"
#include "ui/number_text.h"

namespace lathe {

namespace {

constexpr int kExamples = 0, kAskBoth = 1;
constexpr int kBarSteps = 1000;

QString file_name(const std::string& path) {
    return QFileInfo(QString::fromStdString(path)).fileName();
}

}  // namespace

ComparePanel::ComparePanel(EngineLink& engine, QSettings& settings, QWidget* parent)
    : QWidget(parent),
      comparison_(engine),
      back_(make_button(ButtonKind::plain)),
      says_(new ElidedLabel(TextRole::body, Tone::muted)),
      choice_(new Segments(2)),
      faces_(new QStackedWidget),
      banner_(new Banner),
      busy_(new Card),
      busy_says_(make_label(TextRole::caption, Tone::muted)),
      bar_(new QProgressBar),
      cancel_(make_button(ButtonKind::danger)),
      empty_(new EmptyState),
      tiles_(new TileStrip),
      about_(make_label(TextRole::caption, Tone::muted)),
      copy_(make_button(ButtonKind::plain)),
      twin_(new TwinChat(engine, settings)) {
    auto* head = new QHBoxLayout;
    head->setSpacing(space::kGrid);
    head->addWidget(back_);
    head->addWidget(says_, 1);
    head->addWidget(choice_);

    bar_->setTextVisible(false);
    bar_->setRange(0, kBarSteps);
    busy_->header()->addWidget(cancel_);
    busy_->content()->addWidget(bar_);
    busy_->content()->addWidget(busy_says_);

    auto* examples = new QWidget;
    column_ = new QVBoxLayout(examples);
    column_->setContentsMargins(0, 0, 0, space::kCard);
    column_->setSpacing(space::kGrid);
    auto* line = new QHBoxLayout;
    line->addWidget(about_, 1);
    line->addWidget(copy_);
    about_->setWordWrap(true);
    for (QWidget* part : std::initializer_list<QWidget*>{banner_, busy_, empty_, tiles_}) column_->addWidget(part);
    column_->addLayout(line);
    column_->addStretch(1);
    faces_->addWidget(make_scroll_area(examples));
    faces_->addWidget(twin_);

    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(space::kGrid);
    all->addLayout(head);
    all->addWidget(faces_, 1);

    back_->setObjectName(QStringLiteral("back_to_run"));
    cancel_->setObjectName(QStringLiteral("cancel_comparison"));
    copy_->setObjectName(QStringLiteral("copy_answers"));
    connect(back_, &QPushButton::clicked, this, &ComparePanel::closed);
    connect(choice_, &Segments::chosen, this, &ComparePanel::choose);
    connect(cancel_, &QPushButton::clicked, &comparison_, &RunComparison::cancel);
    connect(empty_->button(), &QPushButton::clicked, &comparison_, &RunComparison::again);
    connect(copy_, &QPushButton::clicked, this, [this] {
        QStringList texts;
        for (const AnswerRow* row : rows_) texts << row->text();
        QGuiApplication::clipboard()->setText(texts.join(QLatin1Char('\n')));
    });
    connect(&comparison_, &RunComparison::changed, this, [this] {
        show_answers();
        show_state();
    });
    connect(&comparison_, &RunComparison::progressed, this, &ComparePanel::show_progress);
    choose(kExamples);
}

void ComparePanel::show_run(const RunDetail& run) {
    const RunConfig config = parse_run_config(run.config_json, "");
    const RunCheckpoint& last = run.summary.checkpoints.back();
    if (run.summary.run != comparison_.run())
        twin_->set_models({.folder = config.base_model->path, .run = {}},
                          {.folder = {}, .run = run.summary.run, .checkpoint = "last"});
    base_ = file_name(config.base_model->path);
    steps_ = last.step;
    say_what();
    comparison_.ask(run.summary.run, last.step);
    twin_->retranslate();
}

void ComparePanel::say_what() {
    says_->set_text(tr("%1 before the run, and after %2 steps of it").arg(base_, count_text(steps_)));
}

void ComparePanel::leave() {
    comparison_.cancel();
    twin_->stop();
}

void ComparePanel::ask_both(const QString& prompt) {
    choose(kAskBoth);
    twin_->prompt()->set_text(prompt);
    twin_->send();
}

void ComparePanel::choose(int face) {
    choice_->set_current(face);
    faces_->setCurrentIndex(face);
    if (face == kAskBoth) twin_->setFocus();
}

void ComparePanel::show_state() {
    using State = RunComparison::State;
    const State state = comparison_.state();
    busy_->setVisible(state == State::asking);
    empty_->setVisible(state == State::cancelled || state == State::failed);
    empty_->set_words(
        state == State::failed ? tr("The two could not be compared.") : tr("The comparison was cancelled."),
        tr("Compare again"));
    banner_->clear();
    if (comparison_.error()) banner_->show_message(Tone::bad, error_text(*comparison_.error()));
    const bool known = state == State::known;
    if (known && comparison_.notice()) banner_->show_message(Tone::warn, notice_text(*comparison_.notice()));
    tiles_->setVisible(known);
    about_->setVisible(known);
    copy_->setVisible(known && !rows_.empty());
    for (AnswerRow* row : rows_) row->setVisible(known);
    if (known) {
        tiles_->set_tiles(tiles());
        about_->setText(rows_.empty()
                            ? tr("The run's data is plain text, or no held-back question fits the context: there are "
                                 "no answers to compare. Ask both yourself.")
                            : tr("Held-back examples, which the run was not trained on. Both answer with the likeliest "
                                 "token each time."));
    }
    show_progress();
}

void ComparePanel::show_progress() {
    const std::optional<Progress>& progress = comparison_.progress();
    const bool counts = progress && progress->total > 0;
    bar_->setValue(counts ? static_cast<int>(kBarSteps * progress->done / progress->total) : 0);
    busy_says_->setText(progress ? progress_text(*progress) : tr("waiting for the engine…"));
}

void ComparePanel::show_answers() {
    for (AnswerRow* row : rows_) {
        row->hide();
        row->deleteLater();
    }
    rows_.clear();
    if (comparison_.state() != RunComparison::State::known) return;
    for (const TunedCompared::Answer& answer : comparison_.answer()->answers) {
        rows_.push_back(new AnswerRow(answer));
        column_->insertWidget(column_->count() - 1, rows_.back());
    }
}

std::vector<Tile> ComparePanel::tiles() const {
    const TunedCompared& seen = *comparison_.answer();
    const double before = std::exp(seen.base_loss), after = std::exp(seen.tuned_loss), ratio = after / before;
    const bool better = ratio < 1;
    return {{.label = tr("Perplexity before"),
             .value = fixed_text(before, 2),
             .note = tr("loss %1").arg(loss_text(seen.base_loss))},
            {.label = tr("Perplexity after"),
             .value = fixed_text(after, 2),
             .note = tr("loss %1").arg(loss_text(seen.tuned_loss)),
             .tone = better ? Tone::ok : Tone::warn},
            {.label = tr("After / before"),
             .value = fixed_text(ratio, 3),
             .note = better ? tr("lower is better") : tr("! not better on held-back data"),
             .tone = better ? Tone::ok : Tone::warn},
            {.label = tr("Measured on"), .value = count_text(seen.tokens), .note = tr("held-back tokens to learn")}};
}

void ComparePanel::retranslate() {
    set_words(back_, tr("Back to the run"), tr("Shows the curves of the run again"));
    choice_->set_words({tr("Held-back examples"), tr("Ask both")});
    choice_->setToolTip(tr("Compare on the examples that the run held back, or on a prompt of your own"));
    busy_->set_title(tr("Comparing"));
    bar_->setAccessibleName(tr("Comparing"));
    set_words(cancel_, tr("Cancel comparison"), tr("Ends the comparison; nothing is lost but its time"));
    set_words(copy_, tr("Copy all"), tr("Copies every question and its answers as text"));
    for (AnswerRow* row : rows_) row->retranslate();
    twin_->retranslate();
    say_what();
    show_state();
}

}  // namespace lathe

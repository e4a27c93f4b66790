#include "ui/run_side.h"

#include <QEvent>
#include <algorithm>
#include <chrono>
#include <utility>

#include "ui/error_text.h"
#include "ui/number_text.h"
#include "ui/run_list.h"
#include "ui/run_row.h"

namespace lathe {

namespace {

using namespace std::chrono_literals;

constexpr int kNoteHeight = 74;

QString tags_text(const RunSummary& run) {
    QStringList tags;
    for (const std::string& tag : run.tags) tags << QString::fromStdString(tag);
    return tags.join(QStringLiteral(", "));
}

}  // namespace

std::vector<std::string> tags_of(const QString& text) {
    std::vector<std::string> tags;
    for (const QString& part : text.split(QLatin1Char(','))) {
        const std::string tag = part.trimmed().toStdString();
        if (!tag.empty() && std::find(tags.begin(), tags.end(), tag) == tags.end()) tags.push_back(tag);
    }
    return tags;
}

RunSide::RunSide(QWidget* parent)
    : Card(parent),
      name_(new ElidedLabel(TextRole::heading)),
      state_(make_label(TextRole::caption, Tone::muted)),
      id_(new ElidedLabel(TextRole::caption, Tone::muted)),
      from_(new ElidedLabel(TextRole::caption, Tone::muted)),
      error_(make_label(TextRole::caption, Tone::bad)),
      tags_word_(make_label(TextRole::caption, Tone::muted)),
      tags_(new QLineEdit),
      note_word_(make_label(TextRole::caption, Tone::muted)),
      note_(new QPlainTextEdit),
      facts_(new FactList(FactList::Values::at_right)),
      hint_(make_label(TextRole::body, Tone::muted)),
      grid_(new QGridLayout) {
    note_->setFixedHeight(kNoteHeight);
    note_->setTabChangesFocus(true);
    error_->setWordWrap(true);
    hint_->setWordWrap(true);
    auto* parts = new QWidget;
    auto* column = new QVBoxLayout(parts);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::kSmall);
    for (QWidget* part : std::initializer_list<QWidget*>{name_, state_, id_, from_, error_}) column->addWidget(part);
    grid_->setSpacing(space::kTiny);
    column->addLayout(grid_);
    for (QWidget* part : std::initializer_list<QWidget*>{tags_word_, tags_, note_word_, note_, facts_})
        column->addWidget(part);
    column->addStretch(1);
    scroll_ = make_scroll_area(parts);
    content()->addWidget(scroll_, 1);
    content()->addWidget(hint_, 1, Qt::AlignTop);
    for (int i = 0; i < kDeeds; ++i) {
        const auto deed = static_cast<Deed>(i);
        add(deed, deed == Deed::open    ? ButtonKind::primary
                  : deed == Deed::trash ? ButtonKind::danger
                                        : ButtonKind::plain);
    }
    soon_.setSingleShot(true);
    soon_.setInterval(800ms);
    connect(&soon_, &QTimer::timeout, this, &RunSide::flush);
    connect(tags_, &QLineEdit::textEdited, this, [this] { soon_.start(); });
    connect(note_, &QPlainTextEdit::textChanged, this, [this] {
        if (run_ && note_->hasFocus()) soon_.start();
    });
    note_->installEventFilter(this);
    tags_->installEventFilter(this);
    show_run(nullptr, false);
}

void RunSide::add(Deed deed, ButtonKind kind) {
    QPushButton* button = make_button(kind, this);
    connect(button, &QPushButton::clicked, this, [this, deed] { Q_EMIT wanted(deed); });
    buttons_.push_back(button);
}

bool RunSide::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::FocusOut) flush();
    return Card::eventFilter(watched, event);
}

void RunSide::flush() {
    soon_.stop();
    if (!run_) return;
    EditRun edit{.run = run_->run};
    const std::vector<std::string> tags = tags_of(tags_->text());
    const std::string note = note_->toPlainText().toStdString();
    if (tags != run_->tags) edit.tags = run_->tags = tags;
    if (note != run_->note) edit.note = run_->note = note;
    if (edit.tags || edit.note) Q_EMIT edited(edit);
}

void RunSide::show_run(const RunSummary* run, bool training) {
    const bool same = run != nullptr && run_ && run->run == run_->run;
    if (!same) flush();
    // What is being written is newer than the record.
    const bool writing = same && (soon_.isActive() || note_->hasFocus() || tags_->hasFocus());
    std::optional<RunSummary> next = run == nullptr ? std::nullopt : std::optional(*run);
    if (writing) next->note = run_->note, next->tags = run_->tags;
    run_ = std::move(next);
    training_ = training;
    if (run_ && !writing) {
        if (tags_of(tags_->text()) != run_->tags) {
            tags_->setText(tags_text(*run_));
            tags_->setCursorPosition(0);
        }
        if (note_->toPlainText().toStdString() != run_->note) note_->setPlainText(QString::fromStdString(run_->note));
    }
    scroll_->setVisible(run_.has_value());
    hint_->setVisible(!run_);
    if (!run_) return arrange();
    name_->set_text(name_of(*run_));
    const StateWord state = state_word(run_->state);
    state_->setText(state.word);
    set_tone(state_, state.tone);
    error_->setVisible(run_->error.has_value());
    error_->setText(run_->error ? error_text(*run_->error) : QString());
    id_->set_text(QString::fromStdString(run_->run));
    from_->set_text(tr("from %1").arg(QString::fromStdString(run_->workspace_from)));
    from_->setVisible(!run_->workspace_from.empty());
    std::vector<Fact> facts;
    for (const RunCheckpoint& checkpoint : run_->checkpoints)
        facts.push_back({checkpoint.best ? tr("Step %1, the best").arg(count_text(checkpoint.step))
                                         : tr("Step %1").arg(count_text(checkpoint.step)),
                         bytes_text(static_cast<double>(checkpoint.bytes))});
    if (run_->checkpoints.empty()) facts.push_back({tr("Checkpoints"), tr("none")});
    if (run_->bytes > 0) facts.push_back({tr("On disk"), bytes_text(static_cast<double>(run_->bytes))});
    facts_->set_facts(facts);
    arrange();
}

// What makes no sense is left out; what does not now is grey. Two buttons a row.
void RunSide::arrange() {
    if (!run_) {
        for (QPushButton* button : std::exchange(shown_, {})) button->hide();
        return;
    }
    const bool has_weights = !run_->checkpoints.empty();
    const bool at_work = run_->state == "running" || run_->state == "paused";
    std::vector<QPushButton*> shown;
    for (int i = 0; i < kDeeds; ++i) {
        const auto deed = static_cast<Deed>(i);
        QPushButton* button = this->button(deed);
        bool there = true, possible = true;
        if (deed == Deed::resume) there = can_resume(*run_), possible = !training_;
        if (deed == Deed::chat || deed == Deed::export_model) there = has_weights;
        if (deed == Deed::compare) there = has_weights && run_->tuned && !at_work, possible = !training_;
        if (deed == Deed::tensorboard) there = run_->step > 0;
        if (deed == Deed::open) possible = at_work || !training_;
        if (deed == Deed::trash) possible = !at_work;
        button->setEnabled(possible);
        if (there) shown.push_back(button);
    }
    if (std::exchange(shown_, shown) == shown) return;
    for (QPushButton* button : buttons_) {
        grid_->removeWidget(button);
        button->hide();
    }
    for (int place = 0; QPushButton * button : shown) {
        grid_->addWidget(button, place / 2, place % 2);
        button->show();  // once the layout has made it its own: that hides it
        ++place;
    }
}

void RunSide::retranslate() {
    set_title(tr("Run"));
    hint_->setText(tr("Choose a run to see what it is and what can be done with it."));
    name_field(tags_word_, tags_, tr("Tags"), tr("Words to find it by, with commas between them"));
    tags_->setPlaceholderText(tr("baseline, best"));
    note_word_->setText(tr("Note"));
    note_->setAccessibleName(tr("Note"));
    note_->setToolTip(tr("What you want to remember of this run; it is saved as you type"));
    const auto words = [&](Deed deed, const QString& text, const QString& tip) { set_words(button(deed), text, tip); };
    words(Deed::open, tr("Show"), tr("All of its curves, on the Train page (Enter)"));
    words(Deed::rename, tr("Rename"), tr("Writes another name in its row (F2)"));
    words(Deed::resume, tr("Resume"), tr("Goes on from the newest checkpoint"));
    words(Deed::same_settings, tr("Copy settings"), tr("A new run on the Train page, with the settings of this one"));
    words(Deed::queue, tr("Run again later"), tr("Puts a run with the same settings at the end of the queue"));
    words(Deed::chat, tr("Chat"), tr("Opens the chat with the weights of this run"));
    words(Deed::export_model, tr("Export…"), tr("Writes a checkpoint in a format that other programs read"));
    words(Deed::compare, tr("Against base"), tr("What a tuned model answers, beside the one that it began from"));
    words(Deed::folder, tr("Open folder"), tr("The run's files, in the file manager"));
    words(Deed::tensorboard, tr("TensorBoard…"), tr("Writes its curves as TensorBoard's event files"));
    words(Deed::trash, tr("To the trash"), tr("It can be taken out again (Delete)"));
    if (run_) {
        const RunSummary again = *run_;
        show_run(&again, training_);
    }
}

}  // namespace lathe

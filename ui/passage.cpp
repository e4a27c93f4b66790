#include "ui/passage.h"

#include <QEvent>
#include <cmath>

#include "ui/conversation_text.h"
#include "ui/error_text.h"
#include "ui/number_text.h"

namespace lathe {

namespace {

// FNV-1a, which goes on from what came before.
uint64_t hash_on(uint64_t hash, const std::string& text) {
    for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3;
    return hash;
}

uint64_t hash_of(const ConversationState& state, size_t first, size_t end) {
    uint64_t hash = 0xCBF29CE484222325;
    for (size_t i = first; i < end; ++i) hash = hash_on(hash, state.kept.turns[i].text);
    return hash;
}

}  // namespace

Passage::Passage(const ConversationState& state, size_t first, size_t end, QWidget* parent)
    : QWidget(parent),
      first_(first),
      end_(end),
      hash_(hash_of(state, first, end)),
      templated_(state.templated.value_or(false)),
      text_(new PassageText),
      notes_(make_label(TextRole::caption, Tone::warn)),
      words_(new ElidedLabel(TextRole::caption, Tone::muted)),
      copy_(make_icon_button(QStringLiteral("copy"))),
      again_(make_icon_button(QStringLiteral("retry"))),
      former_(make_icon_button(QStringLiteral("undo"))),
      go_on_(make_button(ButtonKind::quiet)) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(notes_);
    column->addWidget(text_);
    auto* foot = new QHBoxLayout;
    foot->setSpacing(space::kTiny);
    notes_->setContentsMargins(space::kGrid, 0, 0, 0);
    notes_->setWordWrap(true);
    foot->addSpacing(space::kGrid);
    foot->addWidget(words_, 1);
    foot->addWidget(go_on_);
    foot->addWidget(former_);
    foot->addWidget(again_);
    foot->addWidget(copy_);
    column->addLayout(foot);
    connect(copy_, &QPushButton::clicked, this, [this] { Q_EMIT copy_wanted(first_, end_); });
    connect(again_, &QPushButton::clicked, this, &Passage::again_wanted);
    connect(former_, &QPushButton::clicked, this, &Passage::former_wanted);
    connect(go_on_, &QPushButton::clicked, this, &Passage::go_on_wanted);
    const auto& turns = state.kept.turns;
    text_->set_turns({turns.data() + first, turns.data() + end}, templated_);
    update_answer(state);
}

bool Passage::shows(const ConversationState& state, size_t first, size_t end) const {
    return first == first_ && end == end_ && hash_of(state, first, end) == hash_ &&
           state.templated.value_or(false) == templated_;
}

void Passage::append(const std::string& text) {
    hash_ = hash_on(hash_, text);
    text_->append(QString::fromStdString(text));
}

void Passage::update_answer(const ConversationState& state) {
    const auto& turns = state.kept.turns;
    if (end_ > turns.size()) return;  // it is about to be made anew
    line_ = {.last = end_ == turns.size()};
    for (size_t i = first_; i < end_; ++i)
        if (turns[i].from_model) line_.tokens += turns[i].tokens;
    const ChatTurn& turn = turns[end_ - 1];
    line_.answered = turn.from_model;
    line_.turn = {.finish_reason = turn.finish_reason, .tokens = turn.tokens, .tokens_per_s = turn.tokens_per_s};
    if (line_.last) line_.answering = state.answering;
    line_.has_former = line_.last && state.former.has_value();
    if (const auto found = state.starts.find(end_ - 1); found != state.starts.end()) line_.started = found->second;
    if (const auto found = state.notices.find(end_ - 1); found != state.notices.end()) line_.notice = found->second;
    retranslate();
}

QString Passage::notes() const {
    QStringList notes;
    if (line_.started && line_.started->turns_left_out > 0)
        notes << tr("The context is full: the oldest turns were left out (%1).")
                     .arg(count_text(line_.started->turns_left_out));
    if (line_.notice) notes << notice_text(*line_.notice);
    return notes.join(QLatin1Char('\n'));
}

QString Passage::words() const {
    if (!line_.answered) return tr("not answered");
    QStringList words;
    double speed = line_.turn.tokens_per_s;
    if (line_.answering) {
        const Answering& now = *line_.answering;
        const double seconds = now.started ? static_cast<double>(now.since_start.elapsed()) / 1000 : 0;
        speed = line_.turn.tokens > 1 && seconds > 0 ? static_cast<double>(line_.turn.tokens) / seconds : 0;
        words << (now.stopping      ? tr("stopping…")
                  : now.started     ? tr("answering…")
                  : now.loaded >= 0 ? tr("loading the model, %1 %").arg(fixed_text(std::floor(100 * now.loaded), 0))
                                    : tr("waiting for the engine…"));
    } else {
        words << ending_text(line_.turn.finish_reason);
    }
    if (line_.tokens > 0) words << tr("%n tokens", nullptr, static_cast<int>(line_.tokens));
    if (speed > 0) words << speed_text(speed);
    if (line_.started && line_.started->step > 0)
        words << tr("weights of step %1").arg(count_text(line_.started->step));
    return words.join(QStringLiteral("  ·  "));
}

void Passage::retranslate() {
    words_->set_text(words());
    notes_->setText(notes());
    notes_->setVisible(!notes_->text().isEmpty());
    const bool idle = line_.last && !line_.answering;
    go_on_->setVisible(idle && line_.turn.finish_reason != "stop");
    again_->setVisible(idle && line_.answered);
    former_->setVisible(idle && line_.has_former);
    copy_->setVisible(line_.answered);
    if (line_.answered)
        set_words(go_on_, tr("Go on"), tr("Let the model go on where the answer ended"));
    else
        set_words(go_on_, tr("Answer"), tr("Let the model go on from this text"));
    set_words(again_, {}, tr("Answer again, with another seed; this answer can be brought back"));
    set_words(former_, {}, tr("Bring back the answer that this one took the place of"));
    set_words(copy_, {}, tr("Copy the answer"));
    text_->setAccessibleName(tr("Your text and the model's"));
}

void Passage::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) retranslate();
}

}  // namespace lathe

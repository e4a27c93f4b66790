#include "ui/token_lens.h"

#include <QEvent>
#include <QScrollBar>
#include <array>

#include "ui/conversation_text.h"
#include "ui/number_text.h"
#include "ui/token_flow.h"

namespace lathe {

namespace {

constexpr int kMark = 10, kLeastChips = 40;
constexpr size_t kPromptBytes = 400;
constexpr std::array kTones = {Tone::ok, Tone::warn, Tone::bad};

// Of a probability, for the legend.
class ToneMark : public QWidget {
public:
    explicit ToneMark(Tone tone) : tone_(tone) { setFixedSize(kMark, kMark); }

protected:
    void paintEvent(QPaintEvent* /*event*/) override {
        QPainter painter(this);
        painter.fillRect(rect(), chip_color(current_theme(), tone_));
        painter.fillRect(QRect(0, kMark - 2, kMark, 2), tone_color(current_theme(), tone_));
    }

private:
    Tone tone_;
};

// The last turns of the model of which the tokens are known begin there.
size_t first_turn(const ConversationState& state) {
    size_t first = state.kept.turns.size();
    while (first > 0 && state.kept.turns[first - 1].from_model && state.tokens.contains(first - 1)) --first;
    return first;
}

}  // namespace

TokenLens::TokenLens(QWidget* parent)
    : Card(parent),
      body_(new QWidget),
      prompt_(new ElidedLabel(TextRole::body, Tone::muted)),
      flow_(new AnswerFlow),
      legend_title_(new ElidedLabel(TextRole::caption, Tone::muted)),
      current_(make_label(TextRole::caption)),
      table_(new AlternativeTable),
      branch_(make_button(ButtonKind::plain)),
      former_(make_button(ButtonKind::quiet)),
      empty_(new EmptyState) {
    auto* holder = new QWidget;
    auto* chips = new QVBoxLayout(holder);
    chips->setContentsMargins(0, 0, 0, 0);
    chips->addWidget(flow_);
    chips->addStretch(1);
    area_ = make_scroll_area(holder);
    area_->setMinimumHeight(kLeastChips);
    current_->setWordWrap(true);
    auto* column = new QVBoxLayout(body_);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::kSmall);
    column->addWidget(prompt_);
    column->addWidget(area_, 1);
    column->addWidget(make_legend());
    column->addWidget(make_rule());
    column->addWidget(current_);
    column->addWidget(table_, 1);
    auto* deeds = new QHBoxLayout;
    deeds->addWidget(branch_);
    deeds->addStretch(1);
    column->addLayout(deeds);
    header()->addWidget(former_);
    content()->addWidget(empty_, 1);
    content()->addWidget(body_, 1);

    QScrollBar* bar = area_->verticalScrollBar();
    connect(bar, &QScrollBar::valueChanged, this, [this, bar](int value) { follow_ = value >= bar->maximum(); });
    connect(bar, &QScrollBar::rangeChanged, this, [this, bar](int /*minimum*/, int maximum) {
        if (follow_) bar->setValue(maximum);
    });
    connect(flow_, &AnswerFlow::current_changed, this, &TokenLens::show_current);
    connect(table_, &QTreeWidget::currentItemChanged, this, &TokenLens::show_state);
    connect(table_, &QTreeWidget::itemActivated, this, &TokenLens::branch);
    connect(branch_, &QPushButton::clicked, this, &TokenLens::branch);
    connect(former_, &QPushButton::clicked, this, &TokenLens::former_wanted);
    connect(empty_->button(), &QPushButton::clicked, this, &TokenLens::again_wanted);
    retranslate();
}

QWidget* TokenLens::make_legend() {
    auto* legend = new QWidget;
    auto* row = new QHBoxLayout(legend);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(space::kSmall);
    for (const Tone tone : kTones) {
        row->addWidget(new ToneMark(tone));
        legend_words_.push_back(make_label(TextRole::caption, Tone::muted));
        row->addWidget(legend_words_.back());
    }
    row->addWidget(legend_title_, 1);
    return legend;
}

void TokenLens::show_conversation(const ConversationState& state) {
    const int current = state.kept.id == id_ ? flow_->current() : -1;
    id_ = state.kept.id;
    tokens_.clear();
    places_.clear();
    flow_->clear();
    follow_ = current < 0;
    QString asked;
    for (const ChatTurn& turn : state.kept.turns)
        if (!turn.from_model) asked = beginning_of(turn.text, kPromptBytes).simplified();
    prompt_->set_text(asked);
    update_answer(state);
    flow_->set_current(current);
    show_current();
}

void TokenLens::update_answer(const ConversationState& state) {
    if (state.kept.id != id_) return;
    add_new(state);
    const auto& turns = state.kept.turns;
    answering_ = state.answering.has_value();
    has_former_ = state.former.has_value();
    const bool answered = !turns.empty() && turns.back().from_model;
    state_ = !tokens_.empty()                           ? State::tokens
             : !answered                                ? State::nothing
             : !state.tokens.contains(turns.size() - 1) ? (answering_ ? State::begun_without : State::without_tokens)
             : answering_                               ? State::waiting
                                                        : State::without_tokens;
    show_state();
}

void TokenLens::add_new(const ConversationState& state) {
    size_t at = 0;
    for (size_t turn = first_turn(state); turn < state.kept.turns.size(); ++turn) {
        const std::vector<TokenLogprobs>& told = state.tokens.at(turn);
        for (size_t i = 0; i < told.size(); ++i) {
            if (at++ < tokens_.size()) continue;
            tokens_.push_back(told[i]);
            places_.push_back({turn, i});
            flow_->add(told[i], i == 0);
        }
    }
}

void TokenLens::show_state() {
    const bool shown = state_ == State::tokens;
    body_->setVisible(shown);
    empty_->setVisible(!shown);
    former_->setVisible(has_former_ && !answering_);
    branch_->setEnabled(shown && !answering_ && flow_->current() >= 0 && table_->alternative().has_value());
    QString sentence, button;
    switch (state_) {
        case State::nothing:
            sentence = tr("The tokens of the next answer will be here, each with what else could have stood there.");
            break;
        case State::waiting:
            sentence = tr("The tokens will be here as they come.");
            break;
        case State::begun_without:
            sentence = tr("This answer was begun without its tokens; the next one has them.");
            break;
        case State::without_tokens:
            sentence =
                tr("The tokens of this answer are not known: it was written without them, with another model, "
                   "or before Lathe was closed. The next answer has them.");
            button = tr("Answer again with tokens");
            break;
        case State::tokens:
            break;
    }
    empty_->set_words(sentence, button);
    empty_->button()->setToolTip(tr("Answers again with another seed; this answer can be brought back"));
    set_aside(shown ? count_text(static_cast<int64_t>(tokens_.size())) : QString());
}

void TokenLens::show_current() {
    const int current = flow_->current();
    table_->setVisible(current >= 0);
    branch_->setVisible(current >= 0);
    if (current < 0) {
        table_->show_nothing();
        current_->setText(tr("Click a token, or go through them with the arrow keys."));
    } else {
        const QRect place = flow_->place_of(current);
        area_->ensureVisible(place.center().x(), place.center().y(), place.width(), place.height());
        current_->setText(flow_->current_text());
        table_->show_token(tokens_[static_cast<size_t>(current)], flow_->begun_before(current));
    }
    show_state();
}

void TokenLens::branch() {
    const auto other = table_->alternative();
    if (!branch_->isEnabled() || !other) return;
    const Place place = places_[static_cast<size_t>(flow_->current())];
    Q_EMIT branch_wanted(place.turn, place.token, *other);
}

void TokenLens::retranslate() {
    set_title(tr("Tokens"));
    legend_title_->set_text(tr("probability"));
    const QStringList words{tr("> 0.8"), tr("0.5–0.8"), tr("< 0.5")};
    for (size_t i = 0; i < legend_words_.size(); ++i) legend_words_[i]->setText(words[static_cast<qsizetype>(i)]);
    set_words(branch_, tr("Continue with this"),
              tr("Cuts the answer at this token, puts the chosen alternative there and generates on (Enter in the "
                 "table). The former answer can be brought back"));
    branch_->setAccessibleName(tr("Continue from this alternative"));
    set_words(former_, tr("Former answer"),
              tr("Brings the answer back that this one took the place of; once more, and this one is here again"));
    flow_->retranslate();
    table_->retranslate();
    show_current();
}

void TokenLens::changeEvent(QEvent* event) {
    Card::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) retranslate();
}

}  // namespace lathe

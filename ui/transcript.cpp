#include "ui/transcript.h"

#include <QEvent>
#include <QScrollBar>
#include <algorithm>

namespace lathe {

namespace {

constexpr size_t kBudget = 40000;
constexpr int kReadingWidth = 760, kNearBottom = 4;

// A passage begins where the user writes after the model has.
bool begins_passage(const std::vector<ChatTurn>& turns, size_t i) {
    return i == 0 || (!turns[i].from_model && turns[i - 1].from_model);
}

}  // namespace

Transcript::Transcript(QWidget* parent)
    : QWidget(parent),
      stack_(new QStackedLayout(this)),
      empty_(new EmptyState),
      area_(new QScrollArea),
      column_(new QVBoxLayout),
      earlier_(make_button(ButtonKind::quiet)) {
    area_->setFrameShape(QFrame::NoFrame);
    area_->setWidgetResizable(true);
    area_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area_->setFocusPolicy(Qt::NoFocus);
    auto* content = new QWidget;
    content->setProperty("role", QStringLiteral("page"));
    auto* row = new QHBoxLayout(content);
    row->setContentsMargins(0, space::kCard, space::kSmall, space::kTiny);
    auto* reading = new QWidget;
    reading->setMaximumWidth(kReadingWidth);
    reading->setLayout(column_);
    row->addStretch(1);
    row->addWidget(reading, 1000);
    row->addStretch(1);
    column_->setContentsMargins(0, 0, 0, 0);
    column_->setSpacing(space::kCard);
    column_->addWidget(earlier_, 0, Qt::AlignHCenter);
    column_->addStretch(1);
    area_->setWidget(content);
    stack_->addWidget(empty_);
    stack_->addWidget(area_);

    connect(empty_->button(), &QPushButton::clicked, this, &Transcript::example_wanted);
    QScrollBar* bar = area_->verticalScrollBar();
    connect(bar, &QScrollBar::valueChanged, this,
            [this, bar](int value) { follow_ = value >= bar->maximum() - kNearBottom; });
    connect(bar, &QScrollBar::rangeChanged, this, [this](int /*minimum*/, int maximum) { on_range(maximum); });
    connect(bar, &QScrollBar::actionTriggered, this, [this] { keep_from_bottom_ = -1; });
    connect(earlier_, &QPushButton::clicked, this, [this, bar] {
        budget_ *= 4;
        keep_from_bottom_ = bar->maximum() - bar->value();
        follow_ = false;
        Q_EMIT earlier_wanted();
    });
    retranslate();
}

void Transcript::on_range(int maximum) {
    QScrollBar* bar = area_->verticalScrollBar();
    if (follow_)
        bar->setValue(maximum);
    else if (keep_from_bottom_ >= 0)
        bar->setValue(maximum - keep_from_bottom_);
}

std::vector<Transcript::Range> Transcript::ranges_to_show(const Conversation& conversation, bool& all) const {
    const auto& turns = conversation.turns;
    std::vector<Range> ranges;
    size_t bytes = 0, end = turns.size();
    for (size_t i = turns.size(); i-- > 0 && bytes < budget_;) {
        bytes += turns[i].text.size();
        if (!begins_passage(turns, i)) continue;
        ranges.emplace_back(i, end);
        end = i;
    }
    // One whose beginning is out of the budget is shown whole all the same.
    for (size_t i = end; ranges.empty() && i-- > 0;)
        if (begins_passage(turns, i)) ranges.emplace_back(i, end);
    std::reverse(ranges.begin(), ranges.end());
    all = ranges.empty() || ranges.front().first == 0;
    return ranges;
}

void Transcript::show_conversation(const ConversationState& state) {
    if (state.kept.id != id_) {
        id_ = state.kept.id;
        budget_ = kBudget;
        for (Passage* passage : passages_) delete passage;
        passages_.clear();
        follow_ = true;
        keep_from_bottom_ = -1;
    }
    bool all = true;
    const std::vector<Range> ranges = ranges_to_show(state.kept, all);
    earlier_->setVisible(!all);
    std::vector<Passage*> shown;
    for (size_t i = 0; i < ranges.size(); ++i) {
        const auto [first, end] = ranges[i];
        const auto same = std::find_if(passages_.begin(), passages_.end(),
                                       [&, f = first, e = end](Passage* p) { return p->shows(state, f, e); });
        Passage* passage = same == passages_.end() ? make_passage(state, ranges[i]) : *same;
        if (same != passages_.end()) {
            passages_.erase(same);
            passage->update_answer(state);
        } else {
            column_->insertWidget(static_cast<int>(i) + 1, passage);  // after `earlier`
        }
        shown.push_back(passage);
    }
    for (Passage* passage : passages_) delete passage;
    passages_ = std::move(shown);
    stack_->setCurrentIndex(passages_.empty() ? 0 : 1);
    if (state.answering && !state.answering->started) follow_ = true;  // the user has just sent it
}

Passage* Transcript::make_passage(const ConversationState& state, const Range& range) {
    auto* passage = new Passage(state, range.first, range.second);
    connect(passage, &Passage::copy_wanted, this, &Transcript::copy_wanted);
    // The signal's sender may go by what is done.
    connect(passage, &Passage::again_wanted, this, &Transcript::again_wanted, Qt::QueuedConnection);
    connect(passage, &Passage::go_on_wanted, this, &Transcript::go_on_wanted, Qt::QueuedConnection);
    connect(passage, &Passage::former_wanted, this, &Transcript::former_wanted, Qt::QueuedConnection);
    return passage;
}

void Transcript::append(const ConversationState& state, const std::string& text) {
    if (state.kept.id != id_ || passages_.empty()) return;
    passages_.back()->append(text);
    passages_.back()->update_answer(state);
}

void Transcript::update_answer(const ConversationState& state) {
    if (state.kept.id == id_ && !passages_.empty()) passages_.back()->update_answer(state);
}

void Transcript::retranslate() {
    empty_->set_words(tr("Write the beginning of a text: the model goes on from it, in its own words."),
                      tr("Begin with an example"));
    empty_->button()->setToolTip(tr("Puts a beginning into the field below"));
    set_words(earlier_, tr("Show earlier text"), tr("Lays out more of this conversation"));
}

void Transcript::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) retranslate();
}

}  // namespace lathe

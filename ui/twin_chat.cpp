#include "ui/twin_chat.h"

#include <QFileInfo>

#include "ui/conversation_text.h"
#include "ui/conversations.h"
#include "ui/error_text.h"
#include "ui/number_text.h"

namespace lathe {

namespace {

const QString kPromptKey = QStringLiteral("compare/prompt");

}  // namespace

TwinChat::TwinChat(EngineLink& engine, QSettings& settings, QWidget* parent)
    : QWidget(parent),
      engine_(engine),
      settings_(settings),
      prompt_(new PromptBox),
      again_(make_button(ButtonKind::plain)),
      sample_(default_sample()) {
    auto* columns = new QHBoxLayout;
    columns->setSpacing(space::kGrid);
    for (Side& side : sides_) {
        side.card = new Card;
        side.text = new PassageText;
        side.says = make_label(TextRole::caption, Tone::muted);
        side.says->setWordWrap(true);
        auto* holder = new QWidget;
        auto* column = new QVBoxLayout(holder);
        column->setContentsMargins(0, 0, 0, 0);
        column->addWidget(side.text);
        column->addStretch(1);
        side.card->content()->addWidget(make_scroll_area(holder), 1);
        side.card->content()->addWidget(side.says);
        columns->addWidget(side.card, 1);
    }
    auto* foot = new QHBoxLayout;
    foot->setSpacing(space::kGrid);
    foot->addWidget(prompt_, 1);
    foot->addWidget(again_, 0, Qt::AlignBottom);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, space::kCard);
    all->setSpacing(space::kGrid);
    all->addLayout(columns, 1);
    all->addLayout(foot);
    setFocusProxy(prompt_);
    prompt_->set_text(settings.value(kPromptKey).toString());
    connect(prompt_, &PromptBox::edited, this, [this] { settings_.setValue(kPromptKey, prompt_->text()); });
    connect(prompt_, &PromptBox::send_wanted, this, &TwinChat::send);
    connect(prompt_, &PromptBox::stop_wanted, this, &TwinChat::stop);
    connect(again_, &QPushButton::clicked, this, [this] {
        ++sample_.seed;
        ask(asked_);
    });
    connect(&engine, &EngineLink::event_arrived, this, &TwinChat::on_event);
    show_state();
}

void TwinChat::set_models(const ModelSource& base, const ModelSource& tuned) {
    stop();
    stopping_ = false;
    asked_.clear();
    sample_ = default_sample();
    sides_[0].model = base;
    sides_[1].model = tuned;
    for (Side& side : sides_) {
        side.request = 0;
        side.done.reset();
        side.error.reset();
        side.text->clear();
    }
    show_state();
}

void TwinChat::send() {
    if (answering() || prompt_->edit()->is_empty()) return;
    ask(prompt_->text());
    prompt_->set_text({});
    settings_.remove(kPromptKey);
}

void TwinChat::ask(const QString& text) {
    if (text.isEmpty() || answering()) return;
    asked_ = text;
    stopping_ = false;
    const ChatTurn turn{.text = text.toStdString()};
    for (Side& side : sides_) {
        side.loading.reset();
        side.started = false;
        side.done.reset();
        side.error.reset();
        side.text->set_turns({&turn, 1}, /*templated=*/true);
        side.request = engine_.post(Chat{.conversation = {}, .model = side.model, .turns = {turn}, .sample = sample_});
    }
    show_state();
}

void TwinChat::stop() {
    for (const Side& side : sides_)
        if (side.request != 0) engine_.cancel(side.request);
    stopping_ = answering();
    show_state();
}

void TwinChat::on_event(const Event& event) {
    for (Side& side : sides_)
        if (side.request != 0 && event.request == side.request) take(side, event.body);
}

void TwinChat::take(Side& side, const EventBody& body) {
    if (const auto* chunk = std::get_if<TokenChunk>(&body))
        return side.text->append(QString::fromStdString(chunk->text));
    if (const auto* loading = std::get_if<Progress>(&body)) side.loading = *loading;
    if (std::holds_alternative<ChatStarted>(body)) side.started = true;
    if (const auto* done = std::get_if<ChatDone>(&body)) {
        side.done = done->turn;
        side.done->text.clear();
        side.request = 0;
    }
    if (const auto* failed = std::get_if<Failed>(&body)) {
        side.error = failed->error;
        side.request = 0;
    }
    show_state();
}

QString TwinChat::words(const Side& side) const {
    if (side.error) return error_text(*side.error);
    if (side.done) {
        QStringList words{ending_text(side.done->finish_reason)};
        if (side.done->tokens > 0) words << tr("%n tokens", nullptr, static_cast<int>(side.done->tokens));
        if (side.done->tokens_per_s > 0) words << speed_text(side.done->tokens_per_s);
        return words.join(QStringLiteral("  ·  "));
    }
    if (side.request == 0) return tr("Its answer will be here.");
    if (stopping_) return tr("stopping…");
    if (side.started) return tr("answering…");
    return side.loading ? progress_text(*side.loading) : tr("waiting for the engine…");
}

void TwinChat::show_state() {
    const bool busy = answering();
    prompt_->set_state(!busy       ? PromptBox::State::idle
                       : stopping_ ? PromptBox::State::stopping
                                   : PromptBox::State::answering,
                       /*has_turns=*/false);
    again_->setEnabled(!busy && !asked_.isEmpty());
    for (Side& side : sides_) {
        side.says->setText(words(side));
        set_tone(side.says, side.error ? Tone::bad : Tone::muted);
    }
}

void TwinChat::retranslate() {
    sides_[0].card->set_title(tr("Before: the base"));
    sides_[1].card->set_title(tr("After: the tuned model"));
    for (Side& side : sides_) side.text->setAccessibleName(side.card->accessibleName());
    sides_[0].card->set_aside(QFileInfo(QString::fromStdString(sides_[0].model.folder)).fileName());
    sides_[1].card->set_aside(QString::fromStdString(sides_[1].model.run));
    set_words(again_, tr("Again, another seed"),
              tr("Asks both the same once more, drawn with the next seed; these answers go"));
    show_state();
}

}  // namespace lathe

#include "ui/prompt_box.h"

#include <QEvent>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include "ui/controls.h"
#include "ui/number_text.h"

namespace lathe {

PromptBox::PromptBox(QWidget* parent)
    : QFrame(parent),
      edit_(new PromptEdit),
      held_row_(new QWidget),
      held_(make_label(TextRole::caption, Tone::muted)),
      hint_(new ElidedLabel(TextRole::caption, Tone::muted)),
      drop_held_(make_button(ButtonKind::quiet)),
      button_(make_button(ButtonKind::primary)) {
    setProperty("role", QStringLiteral("field"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(space::kGrid, space::kGrid, space::kSmall, space::kSmall);
    column->setSpacing(space::kTiny);
    auto* held = new QHBoxLayout(held_row_);
    held->setContentsMargins(0, 0, 0, 0);
    held->addWidget(held_, 1);
    held->addWidget(drop_held_);
    column->addWidget(held_row_);
    column->addWidget(edit_);
    auto* foot = new QHBoxLayout;
    foot->addWidget(hint_, 1);
    foot->addWidget(button_);
    column->addLayout(foot);
    setFocusProxy(edit_);
    connect(edit_, &PromptEdit::focused, this, [this](bool on) { set_look(this, "focused", on); });
    connect(edit_, &PromptEdit::send_wanted, this, [this] {
        if (state_ == State::idle && button_->isEnabled()) Q_EMIT send_wanted();
    });
    connect(edit_, &PromptEdit::textChanged, this, [this] {
        update_words();
        Q_EMIT edited();
    });
    connect(drop_held_, &QPushButton::clicked, edit_, &PromptEdit::drop_held);
    connect(button_, &QPushButton::clicked, this, &PromptBox::press);
    update_words();
}

void PromptBox::set_text(const QString& text) {
    if (text == edit_->text()) return;
    const QSignalBlocker quiet(edit_);
    edit_->set_text(text);
    update_words();
}

void PromptBox::set_state(State state, bool has_turns) {
    if (state == state_ && has_turns == has_turns_) return;
    state_ = state;
    has_turns_ = has_turns;
    set_kind(button_, state == State::idle ? ButtonKind::primary : ButtonKind::danger);
    update_words();
}

void PromptBox::press() {
    if (state_ == State::answering) Q_EMIT stop_wanted();
    if (state_ == State::idle) Q_EMIT send_wanted();
}

void PromptBox::update_words() {
    const bool empty = edit_->is_empty();
    const auto held = static_cast<double>(edit_->held().toUtf8().size());
    held_row_->setVisible(held > 0);
    held_->setText(tr("%1 of your text come before this. They are sent with it.").arg(bytes_text(held)));
    lathe::set_words(drop_held_, tr("Remove"), tr("Takes away the part that is not shown"));
    button_->setEnabled(state_ == State::answering || (state_ == State::idle && (!empty || has_turns_)));
    if (state_ == State::answering)
        lathe::set_words(button_, tr("Stop"), tr("Stop the answer; what is there stays"));
    else if (state_ == State::stopping)
        lathe::set_words(button_, tr("Stopping…"), tr("The answer ends with the token that is being computed"));
    else if (empty && has_turns_)
        lathe::set_words(button_, tr("Go on"), tr("Let the model go on from the text as it stands (Enter)"));
    else
        lathe::set_words(button_, tr("Send"), tr("Let the model go on from your text (Enter)"));
    hint_->set_text(tr("Enter sends, Shift+Enter starts a new line"));
    edit_->setPlaceholderText(has_turns_ ? tr("Write what comes next, or send nothing and the model goes on")
                                         : tr("Write the beginning of a text"));
    edit_->setAccessibleName(tr("Your text"));
    edit_->setToolTip(tr("The model goes on from it. Enter sends it, Shift+Enter starts a new line."));
}

void PromptBox::changeEvent(QEvent* event) {
    QFrame::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) update_words();
}

}  // namespace lathe

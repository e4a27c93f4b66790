#include "ui/turn_editor.h"

#include <QSignalBlocker>

namespace lathe {

namespace {

constexpr int kHeight = 110, kWordsOfTurn = 60;

}  // namespace

TurnEditor::TurnEditor(ExampleModel& model, QWidget* parent)
    : QWidget(parent),
      model_(model),
      turns_(new DropDown),
      add_(make_button(ButtonKind::quiet)),
      remove_(make_button(ButtonKind::quiet)),
      text_(new QPlainTextEdit) {
    auto* way = new QHBoxLayout;
    way->setSpacing(space::kTiny);
    way->addWidget(turns_, 1);
    way->addWidget(add_);
    way->addWidget(remove_);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::kTiny);
    column->addLayout(way);
    column->addWidget(text_);
    turns_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    turns_->setObjectName(QStringLiteral("turns"));
    text_->setObjectName(QStringLiteral("turn_text"));
    text_->setFixedHeight(kHeight);
    text_->setTabChangesFocus(true);
    text_->setUndoRedoEnabled(false);  // the table has one history
    connect(turns_, &QComboBox::currentIndexChanged, this, [this] {
        model_.begin_typing();
        show_text();
    });
    connect(text_, &QPlainTextEdit::textChanged, this, [this] {
        if (row_ >= 0 && turns_->currentIndex() >= 0)
            model_.set_turn(row_, turns_->currentIndex(), text_->toPlainText());
    });
    connect(add_, &QPushButton::clicked, this, [this] {
        model_.add_turns(row_);
        turns_->setCurrentIndex(turns_->count() - 2);
        text_->setFocus();
    });
    connect(remove_, &QPushButton::clicked, this, [this] { model_.remove_turns(row_); });
    connect(&model, &ExampleModel::edited, this, [this] { show_row(row_); });
}

void TurnEditor::show_row(int row) {
    const bool other = row != row_;
    row_ = row < model_.rowCount() ? row : -1;
    const QSignalBlocker quiet(turns_);
    if (other) turns_->setCurrentIndex(-1);
    show_turns();
    show_text();
}

QString TurnEditor::turn_name(int turn) const {
    const int number = turn / 2 + 1;
    const QString name = turn % 2 == 0 ? tr("Question %1").arg(number) : tr("Answer %1").arg(number);
    const QString words = model_.turn(row_, turn).left(kWordsOfTurn).simplified();
    return words.isEmpty() ? name : tr("%1: %2").arg(name, words);
}

void TurnEditor::show_turns() {
    const int count = row_ < 0 ? 0 : static_cast<int>(model_.rows()[static_cast<size_t>(row_)].turns.size());
    while (turns_->count() > count) turns_->removeItem(turns_->count() - 1);
    for (int turn = 0; turn < count; ++turn) {
        if (turn == turns_->count())
            turns_->addItem(turn_name(turn));
        else
            turns_->setItemText(turn, turn_name(turn));
    }
    if (turns_->currentIndex() < 0 && count > 0) turns_->setCurrentIndex(0);
    setEnabled(row_ >= 0);
    remove_->setEnabled(count > 2);
}

void TurnEditor::show_text() {
    const int turn = turns_->currentIndex();
    const QString text = row_ >= 0 && turn >= 0 ? model_.turn(row_, turn) : QString();
    if (text_->toPlainText() == text) return;  // else the caret would jump
    const QSignalBlocker quiet(text_);
    text_->setPlainText(text);
}

void TurnEditor::retranslate() {
    turns_->setAccessibleName(tr("Turn of the conversation"));
    turns_->setToolTip(tr("Which turn is shown below"));
    set_words(add_, tr("Add a turn"), tr("Puts a question and an answer at the end of this conversation"));
    set_words(remove_, tr("Remove the last"), tr("Takes the last question and answer away; undo brings them back"));
    text_->setAccessibleName(tr("Text of the turn"));
    show_row(row_);
}

}  // namespace lathe

#include "ui/passage_text.h"

#include <QAbstractTextDocumentLayout>
#include <QPainter>
#include <QTextBlock>
#include <QTextLayout>
#include <QWheelEvent>
#include <cmath>

#include "ui/conversation_text.h"
#include "ui/number_text.h"
#include "ui/theme.h"

namespace lathe {

namespace {

// Of one turn; more takes long to lay out.
constexpr size_t kShownOfUser = 12000, kShownOfModel = 60000, kShownEnd = 4000;
constexpr int kBar = 2, kLineHeight = 145;  // percent

QTextCharFormat format_of(bool from_model) {
    QTextCharFormat format;
    format.setForeground(from_model ? current_theme().text : current_theme().muted);
    return format;
}

}  // namespace

PassageText::PassageText(QWidget* parent) : QTextEdit(parent) {
    setProperty("role", QStringLiteral("plain"));
    setReadOnly(true);
    setUndoRedoEnabled(false);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setFrameShape(QFrame::NoFrame);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setTabChangesFocus(true);
    document()->setDefaultFont(text_font(TextRole::body));
    document()->setDocumentMargin(0);
    connect(document()->documentLayout(), &QAbstractTextDocumentLayout::documentSizeChanged, this, &PassageText::fit);
}

void PassageText::set_turns(std::span<const ChatTurn> turns, bool templated) {
    clear();
    templated_ = templated;
    user_end_ = 0;
    QTextBlockFormat block;
    block.setLineHeight(kLineHeight, QTextBlockFormat::ProportionalHeight);
    QTextCursor(document()).setBlockFormat(block);
    QTextFrameFormat frame = document()->rootFrame()->frameFormat();
    frame.setLeftMargin(space::kGrid);  // of the bar
    document()->rootFrame()->setFrameFormat(frame);
    for (const ChatTurn& turn : turns) {
        if (turn.text.size() <= (turn.from_model ? kShownOfModel : kShownOfUser)) {
            insert(QString::fromStdString(turn.text), turn.from_model);
            continue;
        }
        const QString begin = beginning_of(turn.text, kShownEnd), end = ending_of(turn.text, kShownEnd);
        const auto left_out = static_cast<double>(turn.text.size() - 2 * kShownEnd);
        insert(begin + QStringLiteral("\n\n… ") +
                   tr("%1 are not shown here; the model reads them").arg(bytes_text(left_out)) +
                   QStringLiteral(" …\n\n") + end,
               turn.from_model);
    }
}

void PassageText::append(const QString& text) {
    insert(text, true);
}

void PassageText::insert(const QString& text, bool from_model) {
    QTextCursor cursor(document());
    cursor.movePosition(QTextCursor::End);
    if (templated_ && from_model && user_end_ > 0 && cursor.position() == user_end_) {
        const QTextBlockFormat answer = cursor.blockFormat();
        QTextBlockFormat question = answer;
        question.setBottomMargin(space::kSmall);
        cursor.setBlockFormat(question);
        cursor.insertBlock(answer);
    }
    cursor.insertText(text, format_of(from_model));
    if (!from_model) user_end_ = cursor.position();
}

void PassageText::fit() {
    updateGeometry();
    setFixedHeight(sizeHint().height());
}

QSize PassageText::sizeHint() const {
    return {320, static_cast<int>(std::ceil(document()->size().height()))};
}

// Beside every line that the user began.
void PassageText::paintEvent(QPaintEvent* event) {
    QTextEdit::paintEvent(event);
    if (user_end_ == 0) return;
    const QTextBlock block = document()->findBlock(user_end_ - 1);
    const QTextLine line = block.layout()->lineForTextPosition(user_end_ - 1 - block.position());
    if (!line.isValid()) return;
    const double top = document()->documentLayout()->blockBoundingRect(block).top();
    QPainter painter(viewport());
    painter.fillRect(QRectF(0, 0, kBar, top + line.y() + line.height()), current_theme().faint);
}

void PassageText::changeEvent(QEvent* event) {
    QTextEdit::changeEvent(event);
    if (event->type() != QEvent::PaletteChange) return;
    QTextCursor cursor(document());
    cursor.setPosition(user_end_, QTextCursor::KeepAnchor);
    cursor.mergeCharFormat(format_of(false));
    cursor.setPosition(user_end_);
    cursor.movePosition(QTextCursor::End, QTextCursor::KeepAnchor);
    cursor.mergeCharFormat(format_of(true));
}

void PassageText::wheelEvent(QWheelEvent* event) {
    event->ignore();
}

}  // namespace lathe

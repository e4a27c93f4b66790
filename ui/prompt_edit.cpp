#include "ui/prompt_edit.h"

#include <QAbstractTextDocumentLayout>
#include <QGuiApplication>
#include <QInputMethod>
#include <QInputMethodEvent>
#include <QKeyEvent>
#include <QMimeData>
#include <algorithm>
#include <chrono>

#include "ui/theme.h"

namespace lathe {

namespace {

using namespace std::chrono_literals;

constexpr int kMinLines = 2, kMaxLines = 8;
constexpr qsizetype kMostShown = 100000, kLongLine = 8000, kEndOfLongLine = 2000;

// Where the part begins that a field can show at once: a line of a million letters takes seconds for each key.
qsizetype shown_from(const QString& text) {
    qsizetype from = text.size(), line_end = text.size();
    while (from > 0 && text.size() - from < kMostShown) {
        const qsizetype newline = line_end == 0 ? -1 : text.lastIndexOf(QLatin1Char('\n'), line_end - 1);
        if (line_end - newline > kLongLine) {
            if (line_end < text.size()) return from;
            const qsizetype at = text.size() - kEndOfLongLine, space = text.indexOf(QLatin1Char(' '), at);
            if (space >= 0 && space < text.size() - 1) return space + 1;
            return text[at].isLowSurrogate() ? at + 1 : at;
        }
        from = newline + 1;
        line_end = std::max<qsizetype>(newline, 0);
    }
    return from;
}

}  // namespace

PromptEdit::PromptEdit(QWidget* parent) : QPlainTextEdit(parent) {
    setFont(text_font(TextRole::body));
    setProperty("role", QStringLiteral("plain"));
    setTabChangesFocus(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    document()->setDocumentMargin(0);
    no_commit_.setSingleShot(true);
    no_commit_.setInterval(100ms);
    connect(&no_commit_, &QTimer::timeout, this, &PromptEdit::commit_by_hand);
    connect(document()->documentLayout(), &QAbstractTextDocumentLayout::documentSizeChanged, this,
            &PromptEdit::updateGeometry);
}

QSize PromptEdit::sizeHint() const {
    // Of a plain text's layout the height is in lines.
    const int lines = static_cast<int>(document()->documentLayout()->documentSize().height());
    return {320, std::clamp(lines, kMinLines, kMaxLines) * fontMetrics().lineSpacing() + space::kTiny};
}

void PromptEdit::set_text(const QString& text) {
    const qsizetype from = shown_from(text);
    held_ = text.left(from);
    setPlainText(text.mid(from));
    moveCursor(QTextCursor::End);
}

void PromptEdit::drop_held() {
    held_.clear();
    Q_EMIT textChanged();
}

bool PromptEdit::canInsertFromMimeData(const QMimeData* source) const {
    return !source->hasUrls() && QPlainTextEdit::canInsertFromMimeData(source);
}

void PromptEdit::insertFromMimeData(const QMimeData* source) {
    const QTextCursor cursor = textCursor();
    const QString now = toPlainText();
    const QString text = now.left(cursor.selectionStart()) + source->text() + now.mid(cursor.selectionEnd());
    if (shown_from(text) == 0) return QPlainTextEdit::insertFromMimeData(source);
    set_text(held_ + text);
}

void PromptEdit::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape) return event->ignore();  // the page's
    if (event->key() != Qt::Key_Return && event->key() != Qt::Key_Enter) return QPlainTextEdit::keyPressEvent(event);
    event->accept();
    if ((event->modifiers() & Qt::ShiftModifier) != 0) {
        QGuiApplication::inputMethod()->commit();
        textCursor().insertBlock();
        return ensureCursorVisible();
    }
    if (event->isAutoRepeat()) return;
    if (preedit_.isEmpty()) return send();
    // The input method commits now, or in an event that is on its way, or never.
    send_after_commit_ = true;
    no_commit_.start();
    QGuiApplication::inputMethod()->commit();
}

void PromptEdit::inputMethodEvent(QInputMethodEvent* event) {
    const bool committed = !event->commitString().isEmpty();
    preedit_ = event->preeditString();
    QPlainTextEdit::inputMethodEvent(event);
    if (send_after_commit_ && committed && preedit_.isEmpty()) send();
}

void PromptEdit::commit_by_hand() {
    if (!send_after_commit_) return;
    QInputMethodEvent commit;
    commit.setCommitString(preedit_);
    preedit_.clear();
    QPlainTextEdit::inputMethodEvent(&commit);
    QGuiApplication::inputMethod()->reset();
    send();
}

void PromptEdit::send() {
    send_after_commit_ = false;
    no_commit_.stop();
    Q_EMIT send_wanted();
}

void PromptEdit::focusInEvent(QFocusEvent* event) {
    QPlainTextEdit::focusInEvent(event);
    Q_EMIT focused(true);
}

void PromptEdit::focusOutEvent(QFocusEvent* event) {
    QPlainTextEdit::focusOutEvent(event);
    Q_EMIT focused(false);
}

void PromptEdit::resizeEvent(QResizeEvent* event) {
    QPlainTextEdit::resizeEvent(event);
    updateGeometry();  // lines wrap elsewhere
}

}  // namespace lathe

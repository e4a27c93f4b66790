// The field that a text is typed into: Enter sends, Shift+Enter starts a new line, and it grows with the text up to
// eight lines. Enter while an input method composes a syllable takes the syllable in first and sends once. Of a text
// that takes long to lay out only the end is in the field; the part before it is held aside, whole. Thread: GUI.
#pragma once

#include <QPlainTextEdit>
#include <QTimer>

namespace lathe {

class PromptEdit : public QPlainTextEdit {
    Q_OBJECT

public:
    explicit PromptEdit(QWidget* parent = nullptr);
    QString text() const { return held_ + toPlainText(); }
    bool is_empty() const { return held_.isEmpty() && document()->isEmpty(); }
    void set_text(const QString& text);
    // Before what the field shows; most often empty.
    const QString& held() const { return held_; }
    void drop_held();
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

Q_SIGNALS:
    void send_wanted();
    void focused(bool on);

protected:
    bool canInsertFromMimeData(const QMimeData* source) const override;  // files are the window's
    void insertFromMimeData(const QMimeData* source) override;
    void keyPressEvent(QKeyEvent* event) override;
    void inputMethodEvent(QInputMethodEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void send();
    void commit_by_hand();

    QString held_, preedit_;
    bool send_after_commit_ = false;
    QTimer no_commit_;  // the input method does not answer
};

}  // namespace lathe

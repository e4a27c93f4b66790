// The text of a passage: what the user wrote, muted, with a bar beside it, and what the model went on with, as one
// paragraph flow; an answer by a chat template stands under what it answers. Plain text only; it can be selected; as
// high as its text. Very long turns are shown in part: the record has them whole. Thread: GUI.
#pragma once

#include <QTextEdit>
#include <span>

#include "engine/base/events.h"

namespace lathe {

class PassageText : public QTextEdit {
    Q_OBJECT

public:
    explicit PassageText(QWidget* parent = nullptr);
    void set_turns(std::span<const ChatTurn> turns, bool templated);
    void append(const QString& text);  // of the model

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {0, sizeHint().height()}; }

protected:
    void changeEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;  // the transcript scrolls

private:
    void insert(const QString& text, bool from_model);
    void fit();

    bool templated_ = false;
    int user_end_ = 0;  // characters of the user
};

}  // namespace lathe

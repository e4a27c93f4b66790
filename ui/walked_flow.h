// Chips of tokens of which one is the current one: the arrow keys, Home and End, and a click go there. Its words are
// the chip's tooltip, and for the keyboard and screen readers current_text(). Thread: GUI.
#pragma once

#include "ui/chip_flow.h"

namespace lathe {

class WalkedFlow : public ChipFlow {
    Q_OBJECT

public:
    explicit WalkedFlow(QWidget* parent = nullptr);
    int current() const { return current_; }  // -1: none
    QString current_text() const { return current_ < 0 ? QString() : words_of(current_); }
    void set_current(int token);  // the last one where there are not so many

Q_SIGNALS:
    void current_changed(int token);

protected:
    virtual int tokens() const = 0;
    virtual int token_of(size_t chip) const = 0;  // -1: a mark between them
    virtual QString words_of(int token) const = 0;
    // They are others now: none is the current one, or the first where the keyboard is here.
    void begin_anew();
    // Around the current one; the last thing that is painted of a chip.
    void paint_ring(QPainter& painter, const QRectF& box, size_t chip) const;

    QString tooltip(size_t chip) const override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;

private:
    int current_ = -1;
};

}  // namespace lathe

// Tokens as they are trained on, one chip each, wrapped to the width: learnt ones filled and underlined, those that are
// only read with a hair line, cut ones struck through, free places hatched; a numbered bar where a document begins.
// The tooltip of a chip, and current_text() for the keyboard, say its id and text. Thread: GUI.
#pragma once

#include <QPainter>
#include <QWidget>
#include <vector>

#include "engine/base/data_inspection.h"
#include "ui/theme.h"

namespace lathe {

enum class ChipKind { trained, masked, cut, padding, document, cut_mark };
void paint_chip(QPainter& painter, const Theme& theme, const QRectF& box, ChipKind kind, const QString& text);

class SupervisionFlow : public QWidget {
    Q_OBJECT

public:
    explicit SupervisionFlow(QWidget* parent = nullptr);
    void set_tokens(const InspectedTokens* tokens);  // null: none
    int64_t shown() const { return static_cast<int64_t>(tokens_.size()); }
    int64_t left_out() const { return left_out_; }  // very many are drawn in part
    int current() const { return current_; }        // -1: none
    QString current_text() const;
    ChipKind kind_of(int token) const;
    int document_bounds() const { return static_cast<int>(begins_.size()); }
    void retranslate();

    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void current_changed(int token);

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;

private:
    struct Placed {
        QRectF box;
        ChipKind kind;
        QString text;
        int token = -1;
    };
    const std::vector<Placed>& placed(int width) const;
    int token_at(const QPointF& place) const;
    QString words_of(int token) const;
    void set_current(int token);

    std::vector<InspectedToken> tokens_;
    std::vector<int64_t> begins_;
    int64_t kept_ = 0, padding_ = 0, left_out_ = 0;
    int current_ = -1;
    mutable int placed_width_ = -1;
    mutable std::vector<Placed> placed_;
};

}  // namespace lathe

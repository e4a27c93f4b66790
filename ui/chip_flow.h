// Tokens as chips, wrapped to the width; a tooltip says what there is to know of one. A subclass makes the chips and
// paints each. Thread: GUI.
#pragma once

#include <QPainter>
#include <QWidget>
#include <vector>

#include "ui/theme.h"

namespace lathe {

// Blanks and line ends are seen as signs.
QString visible_text(const std::string& token);
// A chip's colour on a card.
QColor chip_color(const Theme& theme, Tone tone);

class ChipFlow : public QWidget {
    Q_OBJECT

public:
    explicit ChipFlow(QWidget* parent = nullptr);
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    struct Chip {
        QString text;
        double gap = 0;  // before it, where it does not begin a line
        int breaks = 0;  // lines that end before it
    };

    void set_chips(std::vector<Chip> chips);
    void add_chip(Chip chip);  // behind the others, which stay where they are
    const QRectF& box_of(size_t chip) const { return placed(width())[chip]; }
    int chip_at(const QPointF& place) const;  // -1: none
    virtual void paint(QPainter& painter, const QRectF& box, size_t chip) const = 0;
    virtual QString tooltip(size_t chip) const = 0;  // empty: none
    const std::vector<Chip>& chips() const { return chips_; }

    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    const std::vector<QRectF>& placed(int width) const;

    std::vector<Chip> chips_;
    mutable int placed_width_ = -1;
    mutable std::vector<QRectF> placed_;  // of the chips, at that width
};

}  // namespace lathe

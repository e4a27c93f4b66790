// The icons of resources/icons, SVG strokes drawn in a colour of the theme at any scale. Thread: GUI.
#pragma once

#include <QColor>
#include <QPainter>
#include <QPushButton>
#include <QRectF>
#include <QString>

namespace lathe {

// `name` without folder and ending. An icon that is not there draws nothing.
void paint_icon(QPainter& painter, const QString& name, const QRectF& place, const QColor& color);

// A button that is an icon; controls.h makes it.
class IconButton : public QPushButton {
    Q_OBJECT

public:
    explicit IconButton(QString icon, QWidget* parent = nullptr);
    void set_icon(const QString& icon);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString icon_;
};

}  // namespace lathe

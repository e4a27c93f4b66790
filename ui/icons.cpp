#include "ui/icons.h"

#include <QFile>
#include <QSvgRenderer>

#include "ui/theme.h"

// Of a static library; the macro wants no namespace around it.
static void init_icon_resource() {
    Q_INIT_RESOURCE(icons);
}

namespace lathe {

void paint_icon(QPainter& painter, const QString& name, const QRectF& place, const QColor& color) {
    init_icon_resource();
    QFile file(QStringLiteral(":/icons/") + name + QStringLiteral(".svg"));
    if (!file.open(QIODevice::ReadOnly)) return;
    QSvgRenderer renderer(file.readAll().replace("currentColor", color.name().toLatin1()));
    renderer.render(&painter, place);
}

IconButton::IconButton(QString icon, QWidget* parent) : QPushButton(parent), icon_(std::move(icon)) {}

void IconButton::set_icon(const QString& icon) {
    icon_ = icon;
    update();
}

void IconButton::paintEvent(QPaintEvent* event) {
    QPushButton::paintEvent(event);
    const Theme& theme = current_theme();
    QPainter painter(this);
    const double side = 18;
    const QColor color = !isEnabled() ? theme.faint : underMouse() ? theme.text : theme.muted;
    paint_icon(painter, icon_, {(width() - side) / 2, (height() - side) / 2, side, side}, color);
}

}  // namespace lathe

#include "ui/plot_picture.h"

#include <QBuffer>
#include <QSvgGenerator>

#include "engine/base/error.h"
#include "ui/paint_parts.h"

namespace lathe {

namespace {

constexpr QSize kSize(960, 540);
constexpr double kScale = 2;
constexpr int kTitle = 36;

QRect title_place() {
    return {space::kPage, space::kGrid, kSize.width() - 2 * space::kPage, kTitle};
}

QRect plot_place() {
    return {space::kPage, space::kGrid + kTitle, kSize.width() - 2 * space::kPage,
            kSize.height() - 2 * space::kGrid - kTitle};
}

}  // namespace

std::string plot_png(CardPlot& plot, const QString& title) {
    QImage image(kSize * kScale, QImage::Format_RGB32);
    image.setDevicePixelRatio(kScale);
    image.fill(plot.theme().surface);
    {
        QPainter painter(&image);
        painter.setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing);
        paint_text(painter, title_place(), title, TextRole::heading, plot.theme().text);
        plot.draw_on(painter, plot_place());
    }
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    if (!image.save(&buffer, "PNG")) fail({.kind = ErrorKind::internal, .found = "Qt wrote no PNG"});
    return bytes.toStdString();
}

std::string plot_svg(CardPlot& plot, const QString& title) {
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    QSvgGenerator generator;
    generator.setOutputDevice(&buffer);
    generator.setSize(kSize);
    generator.setViewBox(QRect(QPoint(0, 0), kSize));
    generator.setTitle(title);
    {
        QCPPainter painter(&generator);
        painter.fillRect(QRect(QPoint(0, 0), kSize), plot.theme().surface);
        paint_text(painter, title_place(), title, TextRole::heading, plot.theme().text);
        plot.draw_vectors(painter, plot_place());
    }
    if (bytes.isEmpty()) fail({.kind = ErrorKind::internal, .found = "Qt wrote no SVG"});
    return bytes.toStdString();
}

}  // namespace lathe

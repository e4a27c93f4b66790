#include "ui/run_figure.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <cmath>

#include "ui/loss_plot.h"
#include "ui/memory_plot.h"
#include "ui/number_text.h"
#include "ui/paint_parts.h"
#include "ui/run_list.h"
#include "ui/run_marks.h"
#include "ui/run_summary.h"

namespace lathe {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(RunFigure)
};

constexpr double kTitleHeight = 46, kTileHeight = 78, kRowGap = space::kGrid, kKindLine = 22;
constexpr double kSmallRowShare = 0.34;  // of the height below the tiles

class Figure {
public:
    Figure(const RunDetail& run, const FigureOptions& options, QPainter& painter)
        : run_(run), theme_(*options.theme), painter_(painter) {
        for (const MetricPoint& point : run.metrics) steps_.push_back(static_cast<double>(point.step));
        if (run.summary.state == "running") last_step_ = static_cast<double>(run.summary.max_steps);
        page_ = QRectF(QPointF(0, 0), QSizeF(options.size))
                    .adjusted(space::kPage, space::kPage - 4, -space::kPage, -space::kPage);
    }

    void draw() {
        draw_title();
        const double tiles_top = page_.top() + kTitleHeight + space::kGrid;
        draw_tiles(tiles_top);
        const double top = tiles_top + kTileHeight + kRowGap;
        const double height = page_.bottom() - top;
        const double small = std::round((height - kRowGap) * kSmallRowShare);
        const double column = std::floor((page_.width() - 2 * kRowGap) / 3);
        const double first_row = height - kRowGap - small;
        draw_loss({page_.left(), top, 2 * column + kRowGap, first_row});
        const double third = page_.left() + 2 * (column + kRowGap);
        draw_memory({third, top, page_.right() - third, first_row});
        const double low = top + first_row + kRowGap;
        draw_curve({page_.left(), low, column, small}, Words::tr("Learning rate"), &MetricPoint::learning_rate,
                   rate_text,
                   {.color = 3, .smooth = false, .from_zero = true, .step_intervals = 5, .value_intervals = 3});
        draw_curve({page_.left() + column + kRowGap, low, column, small}, Words::tr("Gradient norm"),
                   &MetricPoint::grad_norm, [](double value) { return loss_text(value); },
                   {.color = 4, .smooth = true, .from_zero = true, .step_intervals = 5, .value_intervals = 3});
        draw_curve({third, low, page_.right() - third, small}, Words::tr("Tokens per second"),
                   &MetricPoint::tokens_per_s, speed_text,
                   {.color = 2, .smooth = true, .from_zero = true, .step_intervals = 5, .value_intervals = 3});
    }

private:
    void draw_title() {
        const QRectF first(page_.left(), page_.top(), page_.width(), 26);
        const QRectF second(page_.left(), page_.top() + 28, page_.width(), 18);
        const double chip = paint_state(painter_, theme_, first, state_word(run_.summary.state));
        const QString name = name_of(run_.summary);
        paint_text(painter_, first.adjusted(0, 0, -chip - space::kPage, 0), name, TextRole::title, theme_.text);
        const double id =
            paint_text(painter_, second.adjusted(page_.width() / 2, 0, 0, 0), QString::fromStdString(run_.summary.run),
                       TextRole::mono, theme_.muted, Qt::AlignRight);
        paint_text(painter_, second.adjusted(0, 0, -id - space::kPage, 0), run_context(run_), TextRole::body,
                   run_.error ? theme_.bad : theme_.muted);
    }

    void draw_tiles(double top) {
        const std::vector<Tile> tiles = run_tiles(run_);
        const auto count = static_cast<double>(tiles.size());
        const double width = (page_.width() - (count - 1) * kRowGap) / count;
        for (size_t i = 0; i < tiles.size(); ++i) {
            const double left = std::round(page_.left() + static_cast<double>(i) * (width + kRowGap));
            const double right = std::round(page_.left() + static_cast<double>(i) * (width + kRowGap) + width);
            paint_tile(painter_, theme_, {left, top, right - left, kTileHeight}, tiles[i]);
        }
    }

    // Card and header; false: there is nothing to draw into it, which is said.
    bool begin_card(const QRectF& card, const QString& title, const QString& aside, QRectF& content) {
        paint_card(painter_, theme_, card);
        content = paint_card_header(painter_, theme_, card, title, aside);
        if (!steps_.empty()) return true;
        paint_text(painter_, content, Words::tr("The run has no step yet."), TextRole::body, theme_.muted,
                   Qt::AlignHCenter);
        return false;
    }

    std::vector<double> values(double MetricPoint::*field) const {
        std::vector<double> values;
        for (const MetricPoint& point : run_.metrics) values.push_back(point.*field);
        return values;
    }

    void draw_loss(const QRectF& card) {
        LossPlot plot(theme_);
        plot.set_data(steps_, values(&MetricPoint::loss));
        plot.set_last_step(last_step_);
        std::vector<double> eval_steps, eval_losses;
        for (const MetricPoint& point : run_.metrics) {
            if (!point.eval_loss) continue;
            eval_steps.push_back(static_cast<double>(point.step));
            eval_losses.push_back(*point.eval_loss);
        }
        plot.set_validation(eval_steps, eval_losses);
        plot.set_marks(run_marks(run_));
        plot.fit();
        QRectF content;
        const QString aside = plot.smoothing() > 0
                                  ? Words::tr("nats per token · smoothing %1").arg(fixed_text(plot.smoothing(), 2))
                                  : Words::tr("nats per token");
        if (begin_card(card, Words::tr("Loss"), aside, content)) plot.draw_on(painter_, content.toRect());
    }

    void draw_memory(const QRectF& card) {
        MemoryPlot plot(theme_);
        std::vector<MemoryPlot::Bytes> bytes;
        for (const MetricPoint& point : run_.metrics) bytes.push_back(point.bytes);
        plot.set_data(steps_, bytes);
        plot.set_last_step(last_step_);
        plot.fit();
        const std::vector<MemoryPlot::Kind> kinds = plot.kinds();
        QRectF content;
        const QString peak = Words::tr("GB · peak at step %1").arg(count_text(std::llround(plot.peak().step)));
        if (!begin_card(card, Words::tr("Memory by kind"), plot.peak().bytes > 0 ? peak : QString(), content)) return;
        const auto rows = static_cast<int>((kinds.size() + 1) / 2);
        const double table = rows * kKindLine + space::kSmall;
        plot.draw_on(painter_, content.adjusted(0, 0, 0, -table).toRect());
        const double width = (content.width() - space::kPage) / 2;
        for (size_t i = 0; i < kinds.size(); ++i) {  // down the left column, then the right
            const int row = static_cast<int>(i) % rows, column = static_cast<int>(i) / rows;
            const QRectF line(content.left() + column * (width + space::kPage),
                              content.bottom() - (rows - row) * kKindLine + 2, width, kKindLine);
            draw_kind(line, kinds[i]);
        }
    }

    void draw_kind(const QRectF& line, const MemoryPlot::Kind& kind) {
        painter_.setPen(Qt::NoPen);
        painter_.setBrush(kind.color);
        painter_.drawRoundedRect(QRectF(line.left(), line.center().y() - 5, 10, 10), radius::kChip, radius::kChip);
        const double value = paint_text(painter_, line, bytes_text(static_cast<double>(kind.bytes)), TextRole::caption,
                                        theme_.text, Qt::AlignRight);
        paint_text(painter_, line.adjusted(18, 0, -value - space::kSmall, 0), kind.title, TextRole::caption,
                   theme_.muted);
    }

    template <class ValueText>
    void draw_curve(const QRectF& card, const QString& title, double MetricPoint::*field, const ValueText& value_text,
                    const CurvePlot::Look& look) {
        CurvePlot plot(theme_, look, tick_text);
        plot.set_data(steps_, values(field));
        plot.set_last_step(last_step_);
        plot.fit();
        QRectF content;
        const QString last = std::isfinite(plot.last_smoothed()) ? value_text(plot.last_smoothed()) : QString();
        if (begin_card(card, title, last, content)) plot.draw_on(painter_, content.toRect());
    }

    const RunDetail& run_;
    const Theme& theme_;
    QPainter& painter_;
    QRectF page_;
    std::vector<double> steps_;
    double last_step_ = 0;  // of a running run: the planned end
};

}  // namespace

QImage draw_run_figure(const RunDetail& run, const FigureOptions& options) {
    QImage image(options.size * options.scale, QImage::Format_RGB32);
    image.setDevicePixelRatio(options.scale);
    image.fill(options.theme->background);
    QPainter painter(&image);
    painter.setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing);
    Figure(run, options, painter).draw();
    return image;
}

}  // namespace lathe

// The picture of a run: size, cards and curves present, both themes, awkward runs; the words of its tiles.
#include <QFontInfo>
#include <QFontMetricsF>
#include <QtTest>
#include <cmath>
#include <limits>

#include "ui/run_figure.h"
#include "ui/run_marks.h"
#include "ui/run_summary.h"

using namespace lathe;

namespace {

RunDetail run_of(int64_t steps) {
    RunDetail run;
    run.summary = {.run = "20260101-120000-nano-0a1b",
                   .name = "nano",
                   .state = "finished",
                   .created_at_ms = 1767268800000,
                   .step = steps,
                   .max_steps = steps};
    run.config_json =
        R"({"model": {"model_type": "qwen3", "num_hidden_layers": 4, "hidden_size": 192}, "data": {"max_length": 128},
        "train": {"per_device_train_batch_size": 16, "seed": 42, "learning_rate": 0.004, "lr_scheduler_type": "cosine"}})";
    for (int64_t step = 1; step <= steps; ++step) {
        MetricPoint point{.step = step,
                          .loss = 2 + 5.0 / static_cast<double>(step),
                          .learning_rate = 1e-3,
                          .grad_norm = 1,
                          .tokens_per_s = 1000};
        if (step % 10 == 0) point.eval_loss = point.loss + 0.1;
        point.bytes = {{"weights", 8000000}, {"activations", 20000000}};
        run.metrics.push_back(point);
    }
    return run;
}

int64_t pixels_of(const QImage& image, const QColor& color) {
    int64_t count = 0;
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x)
            if (image.pixelColor(x, y) == color) ++count;
    return count;
}

}  // namespace

class RunFigureTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        QVERIFY(load_fonts());
        QLocale::setDefault(QLocale(QLocale::English));
    }

    void shipped_fonts_have_tabular_figures() {
        for (const TextRole role : {TextRole::body, TextRole::figure}) {
            QCOMPARE(QFontInfo(text_font(role)).family(), QStringLiteral("Inter Tabular"));
            const QFontMetricsF metrics(text_font(role));
            for (const QChar digit : QStringLiteral("0123456789"))
                QVERIFY(std::abs(metrics.horizontalAdvance(digit) - metrics.horizontalAdvance(QLatin1Char('0'))) <
                        0.01);
        }
        QCOMPARE(QFontInfo(text_font(TextRole::mono)).family(), QStringLiteral("JetBrains Mono"));
    }

    void both_themes_draw_all_series() {
        const RunDetail run = run_of(60);
        QImage images[2];
        int index = 0;
        for (const Theme* theme : {&dark_theme(), &light_theme()}) {
            const QImage image = draw_run_figure(run, {.size = {1000, 700}, .scale = 1.5, .theme = theme});
            QCOMPARE(image.size(), QSize(1500, 1050));
            QCOMPARE(image.pixelColor(2, 2), theme->background);
            QVERIFY(pixels_of(image, theme->surface) > 500000);
            for (const QColor& series :
                 {theme->data[0], theme->data[1], theme->data[2], theme->data[3], theme->data[4]})
                QVERIFY2(pixels_of(image, series) > 100, qPrintable(series.name()));
            images[index++] = image;
        }
        QVERIFY(images[0] != images[1]);
    }

    void awkward_runs_are_drawn() {
        RunDetail empty = run_of(0);
        empty.config_json = "not json";
        RunDetail broken = run_of(7);
        for (MetricPoint& point : broken.metrics)
            point.loss = point.grad_norm = std::numeric_limits<double>::quiet_NaN();
        broken.summary.state = "failed";
        broken.error = Error{.kind = ErrorKind::non_finite, .key = "step 3"};
        broken.summary.name = QString(200, QChar(0xAC00)).toStdString();
        RunDetail bare = run_of(1);
        bare.metrics.front().bytes.clear();
        bare.events = {{1, 0, "resumed", ""}, {1, 0, "micro_batch_halved", ""}};
        for (const RunDetail& run : {empty, broken, bare})
            QCOMPARE(draw_run_figure(run, {.size = {960, 640}, .scale = 1}).size(), QSize(960, 640));
    }

    void what_was_changed_by_hand_is_marked() {
        RunDetail run = run_of(60);
        run.events = {{10, 0, "control", "learning_rate_multiplier 0.5"},
                      {10, 0, "control", "max_grad_norm none"},
                      {20, 0, "saved", ""},
                      {40, 0, "validation_rises", "validation loss 2.5000, the best was 2.2500 at step 20"},
                      {50, 0, "control", "stop_at_step 55"},
                      {55, 0, "stopped", "step"}};
        run.summary.state = "stopped";
        const std::vector<PlotMark> marks = run_marks(run);
        QCOMPARE(marks.size(), size_t{3});
        QCOMPARE(marks[0].word, QStringLiteral("learning rate × 0.5, clip as set"));
        QCOMPARE(marks[0].step, 10.0);
        QCOMPARE(marks[1].word, QStringLiteral("validation rises"));
        QCOMPARE(marks[2].word, QStringLiteral("stop at step 55"));
        QVERIFY(run_context(run).startsWith(QStringLiteral("stopped at the step that was set · ")));
        // They are on the picture, and a checkpoint beside one gives way to it.
        RunDetail bare = run, crowded = run;
        bare.events.clear();
        crowded.summary.checkpoints = {{.step = 10, .path = "p"}};
        const auto picture = [](const RunDetail& of) { return draw_run_figure(of, {.size = {1000, 700}, .scale = 1}); };
        QVERIFY(picture(run) != picture(bare));
        QVERIFY(picture(crowded) == picture(run));
        crowded.summary.checkpoints[0].step = 30;
        QVERIFY(picture(crowded) != picture(run));
    }

    void tiles_say_what_the_run_did() {
        const auto tiles = run_tiles(run_of(60), 1.25);
        QCOMPARE(tiles.size(), size_t{7});
        QCOMPARE(tiles[0].value, QStringLiteral("2.083"));
        QCOMPARE(tiles[0].note, QStringLiteral("\u22124.92 since step 1"));
        QCOMPARE(tiles[1].value, QStringLiteral("2.183"));
        QCOMPARE(tiles[2].value, QStringLiteral("1.250"));
        QCOMPARE(tiles[3].value, QStringLiteral("60 / 60"));
        QCOMPARE(tiles[4].value, QStringLiteral("1,000\u202ftok/s"));
        QCOMPARE(tiles[5].value, QStringLiteral("28\u202fMB"));
        QCOMPARE(tiles[6].value, QStringLiteral("1e-3"));
        const auto speed = [](double peak) {
            const RunDetail run = run_of(60);
            return run_tiles(run, RunTotals(run.metrics), {.peak_tokens_per_s = peak})[3];
        };
        QCOMPARE(speed(4000).note, QStringLiteral("25\u202f% of peak FLOP/s"));
        for (const double peak : {0.0, 900.0}) QVERIFY(speed(peak).note.startsWith(QStringLiteral("median of")));
        QVERIFY(run_context(run_of(1)).startsWith(
            QStringLiteral("qwen3, 4 layers of width 192 · 16 × 128 tokens a step · seed 42")));
    }
};

QTEST_MAIN(RunFigureTest)
#include "run_figure_test.moc"

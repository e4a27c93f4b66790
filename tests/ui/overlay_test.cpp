// The ticked runs over each other as a user works them: what they stand against, smoothing, a baseline and the
// difference from it, zoom, cross-hair, gaps, more runs than colours, files.
#include <QLabel>
#include <QXmlStreamReader>
#include <cmath>
#include <limits>

#include "engine/base/files.h"
#include "tests/ui/file_dialog.h"
#include "tests/ui/viewed_run.h"
#include "ui/overlay_card.h"

using namespace lathe;

namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

bool about(double a, double b, double within) {
    return std::abs(a - b) <= within;
}

RunDetail named(RunDetail run, const std::string& name) {
    run.summary.name = name;
    return run;
}

// Set by passes over its data: two of them.
RunDetail by_passes(RunDetail run) {
    RunConfig config;
    config.train.max_steps = 0;
    config.train.num_train_epochs = 2;
    run.config_json = to_json(config);
    return run;
}

struct Overlaid {
    std::unique_ptr<PageFixture> own = std::make_unique<PageFixture>();
    PageFixture& f = *own;
    RunOverlay overlay{f.engine, f.runs};
    std::unique_ptr<OverlayCard> card;

    explicit Overlaid(const std::vector<RunDetail>& runs) {
        open();
        tick(runs);
    }
    // As a new window over the same settings.
    void open() {
        card = std::make_unique<OverlayCard>(overlay, f.settings);
        card->resize(900, 500);
        card->retranslate();
        card->show();
    }
    void tick(const std::vector<RunDetail>& runs) {
        RunsListed listed;
        std::set<std::string> ids;
        for (const RunDetail& run : runs) {
            listed.runs.push_back(run.summary);
            ids.insert(run.summary.run);
        }
        f.runs.refresh();
        f.engine.answer<ListRuns>(listed);
        overlay.set_runs(ids);
        for (size_t asked = 0; asked < runs.size() && overlay.reading(); ++asked)
            for (const RunDetail& run : runs)
                if (f.engine.last<ShowRun>()->run == run.summary.run) {
                    f.engine.answer<ShowRun>(run);
                    break;
                }
        settle();
    }
    void settle() const {
        card->grab();  // lays out
        QTest::qWait(1);
        plot().replot();
    }
    OverlayPlot& plot() const { return const_cast<OverlayPlot&>(card->plot()); }
    QSlider& smoothing() const { return *card->findChild<QSlider*>(); }
    void choose_baseline(const QString& words) const {
        auto* box = card->findChild<DropDown*>();
        box->setCurrentIndex(box->findText(words));
        Q_EMIT box->activated(box->currentIndex());
    }
    QPoint at(double place, double value) const {
        return {static_cast<int>(plot().xAxis->coordToPixel(place)),
                static_cast<int>(plot().yAxis->coordToPixel(value))};
    }
    void drag(const QPoint& from, const QPoint& to) const {
        QTest::mousePress(&plot(), Qt::LeftButton, {}, from);
        QMouseEvent move(QEvent::MouseMove, to, plot().mapToGlobal(to), Qt::NoButton, Qt::LeftButton, {});
        QApplication::sendEvent(&plot(), &move);
        QTest::mouseRelease(&plot(), Qt::LeftButton, {}, to);
        settle();
    }
    // Of the cross-hair there.
    QStringList readout(double place) const {
        card->cursor()->show_at(place);
        QStringList words;
        for (const PlotCursor::Line& line : card->cursor()->lines()) words << line.text;
        return words;
    }
    QString words() const { return words_of(*card); }
};

// Two runs of 200 steps; the second, of half as many rows, loses a hundredth of its step.
std::vector<RunDetail> two() {
    RunDetail second = named(run_of(100, "b"), "second");
    std::erase_if(second.metrics, [](const MetricPoint& point) { return point.step % 2 == 1; });
    for (MetricPoint& point : second.metrics) {
        point.loss = static_cast<double>(point.step) / 100;
        point.eval_loss.reset();
    }
    return {named(run_of(200, "a"), "first"), second};
}

}  // namespace

class OverlayTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English)); }

    void a_box_zooms_and_a_double_click_shows_all() {
        const Overlaid o(two());
        const QCPRange all = o.plot().xAxis->range();
        QCOMPARE(all.upper, 200.0);
        o.drag(o.at(50, 4), o.at(100, 1));
        QVERIFY(o.plot().zoomed());
        QVERIFY(about(o.plot().xAxis->range().lower, 50, 2) && about(o.plot().xAxis->range().upper, 100, 2));
        QVERIFY(about(o.plot().yAxis->range().lower, 1, 0.2) && about(o.plot().yAxis->range().upper, 4, 0.2));
        QTest::mouseDClick(&o.plot(), Qt::LeftButton, {}, o.at(75, 2));
        QVERIFY(!o.plot().zoomed());
        QCOMPARE(o.plot().xAxis->range().upper, all.upper);
        o.plot().setFocus();
        QTest::keyClick(&o.plot(), Qt::Key_Plus);
        QVERIFY(o.plot().zoomed());
        QTest::keyClick(&o.plot(), Qt::Key_0);
        QVERIFY(!o.plot().zoomed());
    }

    void a_zoom_stays_while_it_shows_something() {
        Overlaid o(two());
        o.plot().zoom_within({120, 180}, {});
        o.tick({two()[0]});
        QVERIFY(about(o.plot().seen_steps().first, 120, 1e-9));
        o.tick({two()[1]});  // ends at 100
        QVERIFY(!o.plot().zoomed());
    }

    void the_cross_hair_tells_every_run() {
        const Overlaid o(two());
        o.smoothing().setValue(0);
        o.settle();
        QCOMPARE(o.readout(20), QStringList({QStringLiteral("step 20"), QStringLiteral("first 1.450"),
                                             QStringLiteral("second 0.2000")}));
        // Between its points by a line; beyond them not at all.
        QCOMPARE(o.readout(51).last(), QStringLiteral("second 0.5100"));
        QCOMPARE(o.readout(150), QStringList({QStringLiteral("step 150"), QStringLiteral("first 1.060")}));
        QCOMPARE(o.readout(kNaN), QStringList());
    }

    void a_table_has_a_column_a_run() {
        std::vector<RunDetail> runs{named(run_of(3, "a"), "first"), named(run_of(2, "b"), "second, \"hot\"")};
        runs[0].metrics[1].loss = kNaN;
        runs[1].metrics.erase(runs[1].metrics.begin());
        const Overlaid o(runs);
        o.smoothing().setValue(0);
        QCOMPARE(QString::fromStdString(o.plot().table()),
                 QStringLiteral("step,first,\"second, \"\"hot\"\"\"\n1,10,\n2,nan,5.5\n3,4,\n"));
        o.plot().zoom(StepPlot::StepRange{1.5, 2.5});
        QCOMPARE(QString::fromStdString(o.plot().table()).count(QLatin1Char('\n')), 2);
    }

    void runs_stand_against_steps_tokens_time_or_passes() {
        const RunDetail first = by_passes(two()[0]), second = by_passes(two()[1]);
        Overlaid o({first, second});
        QVERIFY(press(*o.card, "Tokens"));
        QCOMPARE(o.plot().axis(), RunAxis::tokens);
        QCOMPARE(o.plot().whole().last, 512.0 * 200);
        QVERIFY(press(*o.card, "Time"));
        QCOMPARE(o.plot().whole().last, 200.0);
        QVERIFY(press(*o.card, "Passes"));
        QCOMPARE(o.plot().axis(), RunAxis::epoch);
        for (const OverlaySeries& one : o.plot().series()) QVERIFY(about(one.loss.last_place(), 2, 1e-9));
        QVERIFY(o.readout(1).first().contains(QStringLiteral("1.00 passes")));
        QVERIFY(QString::fromStdString(o.plot().table()).startsWith(QStringLiteral("epoch,first,second\n")));
        // One whose record does not know them: all by steps.
        RunDetail by_steps = second;
        RunConfig config;
        config.train.max_steps = 100;
        by_steps.config_json = to_json(config);
        by_steps.summary.run = "c";
        o.tick({first, by_steps});
        QCOMPARE(o.plot().axis(), RunAxis::step);
        QCOMPARE(o.plot().whole().last, 200.0);
        o.tick({first, second});
        QCOMPARE(o.plot().axis(), RunAxis::epoch);
    }

    void smoothing_is_the_curves() {
        const Overlaid o(two());
        o.smoothing().setValue(90);
        QVERIFY(o.words().contains(QStringLiteral("smoothing 0.90")));
        CurveSeries wanted;
        const RunDetail first = two()[0];
        for (const MetricPoint& point : first.metrics) wanted.append(static_cast<double>(point.step), point.loss);
        wanted.set_smoothing(0.9);
        QCOMPARE(o.plot().shown(0).line_end(), wanted.line_end());
        QVERIFY(o.plot().graph(0)->visible());  // the values beneath
    }

    void a_baseline_is_dashed_or_taken_from_the_others() {
        RunDetail other = named(run_of(200, "b"), "second");
        for (MetricPoint& point : other.metrics) point.loss += 1;
        other.metrics[4].loss = kNaN;
        Overlaid o({named(run_of(200, "a"), "first"), other});
        o.smoothing().setValue(0);
        QVERIFY(button_of(*o.card, "Difference") == nullptr);
        o.choose_baseline(QStringLiteral("Baseline: first"));
        QCOMPARE(o.card->baseline(), std::string("a"));
        QCOMPARE(o.plot().graph(1)->pen().style(), Qt::DashLine);
        QCOMPARE(o.plot().graph(4)->pen().style(), Qt::SolidLine);
        QVERIFY(press(*o.card, "Difference"));
        for (int64_t i = 0; i < 200; ++i) {
            QVERIFY(std::abs(o.plot().shown(0).line()[i]) < 1e-12);
            QVERIFY(i == 4 || std::abs(o.plot().shown(1).line()[i] - 1) < 1e-12);
        }
        QVERIFY(std::isnan(o.plot().shown(1).line()[4]));
        QVERIFY(o.plot().yAxis->range().contains(0) && o.plot().yAxis->range().contains(1));
        QCOMPARE(o.readout(100).at(1), QStringLiteral("second +1.000"));
        o.open();  // as it was left
        QCOMPARE(o.card->baseline(), std::string("a"));
        QVERIFY(std::abs(o.plot().shown(1).line_end() - 1) < 1e-12);
        QVERIFY(press(*o.card, "Reference"));
        QVERIFY(o.plot().shown(1).line_end() > 2);
    }

    void a_line_is_read_between_its_points_and_not_beyond() {
        CurveSeries line, point;
        line.append(0, 1);
        line.append(10, 3);
        point.append(1, 1);
        QCOMPARE(line.line_at(5), 2.0);
        QCOMPARE(line.line_at(10), 3.0);
        QVERIFY(std::isnan(line.line_at(11)) && std::isnan(point.line_at(0)));
    }

    void a_run_that_grows_is_what_it_would_be_read_at_once() {
        const RunDetail whole = run_of(200);
        RunDetail part = whole;
        part.metrics.resize(100);
        part.metrics.back().eval_loss.reset();  // it comes with the next rows
        const auto same = [](const OverlaySeries& a, const OverlaySeries& b) {
            bool lines = a.loss.size() == b.loss.size();
            for (int64_t i = 0; lines && i < a.loss.size(); ++i)
                lines = a.loss.values()[i] == b.loss.values()[i] && a.loss.line()[i] == b.loss.line()[i];
            return lines && a.loss.places() == b.loss.places() && a.eval_x == b.eval_x && a.eval == b.eval;
        };
        for (const RunAxis axis : {RunAxis::step, RunAxis::tokens, RunAxis::time}) {
            const RunScale scale = scale_of(whole, axis);
            const OverlaySeries once = overlay_series(whole, scale, 0, 0.6);
            QVERIFY(same(overlay_series(whole, scale, 0, 0.6, overlay_series(part, scale, 0, 0.6)), once));
            QVERIFY(same(overlay_series(whole, scale, 0, 0.6, overlay_series(part, scale, 0, 0.9)), once));
            QVERIFY(same(overlay_series(whole, scale, 0, 0.6, once), once));
            // Resumed from a checkpoint before what was shown, with another rate.
            RunDetail anew = whole;
            for (size_t row = 50; row < anew.metrics.size(); ++row) anew.metrics[row].loss *= 0.9;
            QVERIFY(same(overlay_series(anew, scale, 0, 0.6, once), overlay_series(anew, scale, 0, 0.6)));
            QVERIFY(!same(overlay_series(anew, scale, 0, 0.6), once));
        }
    }

    void what_is_not_finite_is_marked() {
        std::vector<RunDetail> runs = two();
        runs[0].metrics[119].loss = runs[0].metrics[120].loss = kNaN;
        const Overlaid o(runs);
        const auto gap = o.plot().marks().next({}, 1);
        QVERIFY(gap && gap->kind == PlotMark::Kind::gap);
        QCOMPARE(gap->step, 120.0);
        QCOMPARE(gap->word, QStringLiteral("first not finite"));
        QVERIFY(!o.plot().marks().next(gap, 1));
    }

    void log_axis_and_outliers() {
        std::vector<RunDetail> runs{run_of(1000, "a"), run_of(1000, "b")};
        runs[0].metrics[500].loss = 70;
        const Overlaid o(runs);
        QVERIFY(o.plot().yAxis->range().upper < 40);
        o.card->menu()->clip()->setChecked(false);
        QVERIFY(o.plot().yAxis->range().upper >= 70);
        o.card->menu()->log()->setChecked(true);
        QCOMPARE(o.plot().yAxis->scaleType(), QCPAxis::stLogarithmic);
        // A difference goes below zero, where factors end.
        o.choose_baseline(o.card->findChild<DropDown*>()->itemText(1));
        QVERIFY(press(*o.card, "Difference"));
        QCOMPARE(o.plot().yAxis->scaleType(), QCPAxis::stLinear);
    }

    void twelve_runs_are_told_apart_by_six_colours() {
        std::vector<RunDetail> runs;
        for (int i = 0; i < 13; ++i) {
            const std::string name = "run-" + std::to_string(10 + i);
            runs.push_back(named(run_of(20, name), name));
        }
        const Overlaid o(runs);
        QCOMPARE(o.plot().series().size(), size_t{12});
        QVERIFY2(o.words().contains(QStringLiteral("and 1 more: 12 are drawn")), qPrintable(o.words()));
        QSet<QString> looks;
        for (int i = 0; i < 12; ++i) {
            const QPen pen = o.plot().graph(3 * i + 1)->pen();
            looks << pen.color().name() + QString::number(pen.style());
        }
        QCOMPARE(looks.size(), 12);
        QVERIFY(!o.plot().graph(0)->visible());  // their values would hide the lines
        QCOMPARE(o.readout(10).size(), 13);
    }

    void the_menu_writes_files() {
        const Overlaid o(two());
        const QMenu& menu = *o.card->menu()->menu();
        const auto file = [&](const char* name) { return o.f.folder.filePath(QString::fromLatin1(name)); };
        QVERIFY(save_as(menu, "Save as PNG…", file("o.png")));
        QCOMPARE(QImage(file("o.png")).width(), 1920);
        QVERIFY(save_as(menu, "Save as SVG…", file("o.svg")));
        QFile svg(file("o.svg"));
        QVERIFY(svg.open(QIODevice::ReadOnly));
        QXmlStreamReader drawing(&svg);
        while (!drawing.atEnd()) drawing.readNext();
        QVERIFY2(!drawing.hasError(), qPrintable(drawing.errorString()));
        QVERIFY(save_as(menu, "Save what is seen as CSV…", file("o.csv")));
        QCOMPARE(read_file(file("o.csv").toStdString(), 1 << 20), o.plot().table());
    }

    void it_says_what_to_do_without_runs_and_every_control_has_a_name() {
        Overlaid o({});
        QVERIFY(o.words().contains(QStringLiteral("Tick runs in the table")));
        QVERIFY(!o.plot().isVisibleTo(o.card.get()) && button_of(*o.card, "Tokens") == nullptr);
        o.tick(two());
        QVERIFY(o.plot().isVisibleTo(o.card.get()));
        o.choose_baseline(QStringLiteral("Baseline: first"));
        QCOMPARE(nameless(*o.card), QStringList());
    }
};

LATHE_PAGE_TEST(OverlayTest)
#include "overlay_test.moc"

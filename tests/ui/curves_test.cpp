// The curves of a run as a user works them: zoom and pan with mouse and keys, log axis, clipping, what they stand
// against, marks that are clicked, samples gone back through, files; and that all of it is there after a restart.
#include <QApplication>
#include <QXmlStreamReader>
#include <cmath>

#include "engine/base/files.h"
#include "tests/ui/page_fixture.h"
#include "ui/plot_picture.h"
#include "ui/run_view.h"
#include "ui/save_file.h"

using namespace lathe;

namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

RunDetail run_of(int steps, const std::string& id = "20260101-nano") {
    RunDetail run;
    run.summary = {.run = id, .name = "nano", .state = "finished", .step = steps, .max_steps = steps};
    for (int64_t step = 1; step <= steps; ++step) {
        MetricPoint point{.step = step,
                          .loss = 1 + 9.0 / static_cast<double>(step),
                          .learning_rate = 1e-3,
                          .grad_norm = 1,
                          .tokens_per_s = 1000,
                          .bytes = {{"weights", 8'000'000}, {"activations", 1'000'000 * step}},
                          .tokens = 512 * step,
                          .elapsed_s = 0.5 * static_cast<double>(step) + (step > steps / 2 ? 100 : 0)};
        if (step % 20 == 0) point.eval_loss = point.loss + 0.5;
        run.metrics.push_back(point);
    }
    return run;
}

// A run view on a record.
struct Viewed {
    PageFixture fixture;
    std::unique_ptr<RunView> view;

    void open(const RunDetail& run) {
        if (!view) {
            view = std::make_unique<RunView>(fixture.context);
            view->resize(1200, 900);
            view->retranslate();
            view->show();
        }
        fixture.run.look_at(run.summary.run);
        fixture.engine.answer<ShowRun>(run);
        settle();
    }
    // As a new window over the same settings and record.
    void restart(const RunDetail& run) {
        view.reset();
        open(run);
    }
    void settle() const {
        view->grab();  // lays out
        QTest::qWait(1);
        loss().replot();
    }
    LossPlot& loss() const { return *view->findChild<LossPlot*>(); }
    QPoint at(double step, double value) const {
        return {static_cast<int>(loss().xAxis->coordToPixel(step)),
                static_cast<int>(loss().yAxis->coordToPixel(value))};
    }
    void drag(const QPoint& from, const QPoint& to, Qt::MouseButton button = Qt::LeftButton,
              Qt::KeyboardModifiers keys = {}) const {
        QTest::mousePress(&loss(), button, keys, from);
        QMouseEvent move(QEvent::MouseMove, to, loss().mapToGlobal(to), Qt::NoButton, button, keys);
        QApplication::sendEvent(&loss(), &move);
        QTest::mouseRelease(&loss(), button, keys, to);
        settle();
    }
    QStringList panel_words() const {
        QStringList words;
        for (const QLabel* label : view->loss()->panel()->findChildren<QLabel*>())
            if (!label->isHidden()) words << label->text();
        return words;
    }
};

bool about(double a, double b, double within) {
    return std::abs(a - b) <= within;
}

}  // namespace

class CurvesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English)); }

    void a_box_zooms_both_axes_and_a_double_click_shows_all() {
        Viewed run;
        run.open(run_of(200));
        const QCPRange all = run.loss().xAxis->range();
        run.drag(run.at(50, 4), run.at(100, 2));
        QVERIFY(run.loss().zoomed());
        QVERIFY(about(run.loss().xAxis->range().lower, 50, 2) && about(run.loss().xAxis->range().upper, 100, 2));
        QVERIFY(about(run.loss().yAxis->range().lower, 2, 0.2) && about(run.loss().yAxis->range().upper, 4, 0.2));
        QTest::mouseDClick(&run.loss(), Qt::LeftButton, {}, run.at(75, 3));
        QVERIFY(!run.loss().zoomed());
        QCOMPARE(run.loss().xAxis->range().upper, all.upper);
        // A flat one means the steps alone: the values fit themselves.
        run.drag(run.at(50, 3), run.at(100, 3));
        QVERIFY(run.loss().zoomed() && !run.loss().zoomed_values());
    }

    void shift_and_the_middle_button_move() {
        Viewed run;
        run.open(run_of(200));
        run.loss().zoom_within({50, 100}, StepPlot::ValueRange{1, 3});
        run.loss().fit();
        run.settle();
        const double before = run.loss().seen_steps().first;
        run.drag(run.at(80, 2), run.at(70, 2), Qt::LeftButton, Qt::ShiftModifier);
        QVERIFY(about(run.loss().seen_steps().first, before + 10, 1));
        run.drag(run.at(70, 1.5), run.at(80, 2), Qt::MiddleButton);
        QVERIFY(about(run.loss().seen_steps().first, before, 2));
        QVERIFY(about(run.loss().zoomed_values()->lower, 0.5, 0.1));
        for (int i = 0; i < 9; ++i) run.drag(run.at(60, 1), run.at(90, 1), Qt::MiddleButton);
        QVERIFY(run.loss().seen_steps().first >= 0);  // no further than the run
    }

    void the_wheel_scrolls_the_page_and_zooms_with_ctrl() {
        Viewed run;
        run.open(run_of(200));
        const auto wheel = [&](Qt::KeyboardModifiers keys) {
            const QPointF place(run.at(100, 2));
            QWheelEvent event(place, run.loss().mapToGlobal(place), {}, {0, 120}, Qt::NoButton, keys, Qt::NoScrollPhase,
                              false);
            event.ignore();
            QApplication::sendEvent(&run.loss(), &event);
            return event.isAccepted();
        };
        QVERIFY(!wheel({}));
        QVERIFY(!run.loss().zoomed());
        QVERIFY(wheel(Qt::ControlModifier));
        QVERIFY(run.loss().zoomed());
        QVERIFY(run.loss().seen_steps().first < 100 && run.loss().seen_steps().last > 100);
    }

    void keys_do_what_the_mouse_does() {
        Viewed run;
        run.open(run_of(200));
        run.loss().setFocus();
        QTest::keyClick(&run.loss(), Qt::Key_Plus);
        QTest::keyClick(&run.loss(), Qt::Key_Plus);
        QVERIFY(run.loss().zoomed());
        const double first = run.loss().seen_steps().first;
        QTest::keyClick(&run.loss(), Qt::Key_Right);
        QVERIFY(run.loss().seen_steps().first > first);
        QTest::keyClick(&run.loss(), Qt::Key_Left);
        QVERIFY(about(run.loss().seen_steps().first, first, 1e-6));
        QTest::keyClick(&run.loss(), Qt::Key_0);
        QVERIFY(!run.loss().zoomed());
        for (int i = 0; i < 60; ++i) QTest::keyClick(&run.loss(), Qt::Key_Plus);
        QVERIFY(run.loss().seen_steps().last - run.loss().seen_steps().first > 3.9);  // a few points at least
        for (int i = 0; i < 60; ++i) QTest::keyClick(&run.loss(), Qt::Key_Minus);
        QVERIFY(!run.loss().zoomed());
    }

    void a_log_axis_has_equal_factors_equally_far_apart() {
        Viewed run;
        run.open(run_of(200));
        run.view->loss()->menu()->log()->setChecked(true);
        run.settle();
        QCOMPARE(run.loss().yAxis->scaleType(), QCPAxis::stLogarithmic);
        const auto y = [&](double value) { return run.loss().yAxis->coordToPixel(value); };
        QVERIFY(about(y(2) - y(4), y(4) - y(8), 0.01));
        QVERIFY(run.loss().yAxis->range().lower > 0 && run.loss().yAxis->range().contains(10));
        run.view->loss()->menu()->log()->setChecked(false);
        QCOMPARE(run.loss().yAxis->scaleType(), QCPAxis::stLinear);
        // Zeros and less have no place on it, and take none.
        RunDetail odd = run_of(200, "odd");
        odd.metrics[3].loss = 0;
        odd.metrics[4].loss = -2;
        run.view->loss()->menu()->log()->setChecked(true);
        run.open(odd);
        QVERIFY(run.loss().yAxis->range().lower > 0.1);
    }

    void outliers_are_left_out_unless_they_are_wanted() {
        RunDetail spiked = run_of(1000);
        spiked.metrics[500].loss = 70;
        Viewed run;
        run.open(spiked);
        QVERIFY(run.loss().yAxis->range().upper < 40);
        run.view->loss()->menu()->clip()->setChecked(false);
        QVERIFY(run.loss().yAxis->range().upper >= 70);
    }

    void smoothing_is_tensorboards_unless_it_is_changed() {
        Viewed run;
        run.open(run_of(200));
        QCOMPARE(run.loss().smoothing(), 0.6);
        auto* slider = run.view->loss()->bar()->findChild<QSlider*>();
        QCOMPARE(slider->value(), 60);
        QCOMPARE(slider->maximum(), 99);
        slider->setValue(90);
        QCOMPARE(run.loss().smoothing(), 0.9);
        double mean = 0, weight = 0;
        for (const MetricPoint& point : run_of(200).metrics) {
            mean = 0.9 * mean + 0.1 * point.loss;
            weight = 0.9 * weight + 0.1;
        }
        QVERIFY(about(run.loss().last_smoothed(), mean / weight, 1e-12));
        QVERIFY(press(*run.view, "auto"));
        QCOMPARE(run.loss().smoothing(), smoothing_for(200));
    }

    void curves_stand_against_steps_tokens_or_time() {
        Viewed run;
        const RunDetail record = run_of(200);
        run.open(record);
        QVERIFY(press(*run.view, "tokens"));
        QCOMPARE(run.loss().axis(), RunAxis::tokens);
        QCOMPARE(run.loss().step_at(199), 512.0 * 200);
        QCOMPARE(run.view->memory()->plot().axis(), RunAxis::tokens);
        QVERIFY(press(*run.view, "time"));
        QCOMPARE(run.loss().step_at(199), 200.0);
        QCOMPARE(run.loss().step_at(0), 0.5);
        QCOMPARE(run.loss().validation_at(run.loss().step_at(19)), *record.metrics[19].eval_loss);
        // A run whose record has neither is shown by its steps, and says so.
        RunDetail old = run_of(50, "old");
        for (MetricPoint& point : old.metrics) point.tokens = 0, point.elapsed_s = 0;
        run.open(old);
        QCOMPARE(run.loss().axis(), RunAxis::step);
        run.open(record);
        QCOMPARE(run.loss().axis(), RunAxis::time);
    }

    void what_was_chosen_is_there_after_a_restart() {
        Viewed run;
        const RunDetail record = run_of(200);
        run.open(record);
        run.view->loss()->bar()->findChild<QSlider*>()->setValue(35);
        QVERIFY(press(*run.view, "tokens"));
        run.view->loss()->menu()->log()->setChecked(true);
        run.view->loss()->menu()->clip()->setChecked(false);
        run.drag(run.at(20'000, 4), run.at(60'000, 2));
        const StepPlot::StepRange seen = run.loss().seen_steps();
        const auto values = run.loss().zoomed_values();
        QVERIFY(run.loss().zoomed() && values);
        run.restart(record);
        QCOMPARE(run.loss().smoothing(), 0.35);
        QCOMPARE(run.loss().axis(), RunAxis::tokens);
        QVERIFY(run.loss().log() && !run.loss().clip());
        QCOMPARE(run.loss().seen_steps().first, seen.first);
        QCOMPARE(run.loss().seen_steps().last, seen.last);
        QCOMPARE(run.loss().zoomed_values()->upper, values->upper);
        run.open(run_of(100, "another"));
        QVERIFY(!run.loss().zoomed());
    }

    void a_mark_says_what_it_is_and_what_can_be_done() {
        RunDetail record = run_of(200);
        record.events = {{5, 0, "started", "", 1}, {60, 0, "micro_batch_halved", "", 2}};
        record.summary.checkpoints = {{.step = 100, .path = "p", .bytes = 12'000'000, .eval_loss = 1.5, .best = true},
                                      {.step = 200, .path = "q"}};
        record.samples = {{.run = "r", .step = 80, .prompt = "And", .text = "the first"},
                          {.run = "r", .step = 160, .prompt = "And", .text = "the second"}};
        record.metrics[129].loss = record.metrics[130].loss = kNaN;
        Viewed run;
        run.open(record);
        QSignalSpy wanted(run.view.get(), &RunView::model_wanted);
        const auto click = [&](const QPoint& place) {
            QTest::mouseClick(&run.loss(), Qt::LeftButton, {}, place);
            return run.panel_words().join(QLatin1Char('|'));
        };
        const QRect area = run.loss().axisRect()->rect();
        const QString checkpoint = click({run.at(100, 1).x() + 3, area.center().y()});
        QVERIFY2(checkpoint.contains(QStringLiteral("Checkpoint · step 100")), qPrintable(checkpoint));
        QVERIFY(checkpoint.contains(QStringLiteral("validation 1.500")) && checkpoint.contains(QStringLiteral("12")));
        QVERIFY(press(*run.view->loss()->panel(), "Export…"));
        QCOMPARE(wanted.last()[0].toString(), QStringLiteral("export"));
        QCOMPARE(wanted.last()[1].value<ModelSource>().checkpoint, std::string("100"));
        QVERIFY(run.view->loss()->panel()->isHidden());

        QVERIFY(click({run.at(60, 1).x(), area.center().y()}).contains(QStringLiteral("step 60")));
        QVERIFY(press(*run.view->loss()->panel(), "Show in the events"));
        const auto* events = run.view->findChild<EventList*>();
        QCOMPARE(events->currentRow(), 0);  // the newest is first

        QVERIFY(click({run.at(80, 1).x(), area.bottom() - 4}).contains(QStringLiteral("the first")));
        QVERIFY(press(*run.view->loss()->panel(), "Show the sample"));
        QCOMPARE(run.view->samples()->shown(), 0);

        const QString validation = click(run.at(140, *record.metrics[139].eval_loss));
        QVERIFY2(validation.contains(QStringLiteral("Validation · step 140")), qPrintable(validation));
        const QString gap = click({run.at(130, 1).x(), area.center().y()});
        QVERIFY2(gap.contains(QStringLiteral("Not finite · step 130")), qPrintable(gap));
        click({run.at(115, 1).x(), area.top() + 3});  // nothing is there
        QVERIFY(run.view->loss()->panel()->isHidden());
    }

    void marks_are_reached_with_the_keyboard() {
        RunDetail record = run_of(200);
        record.events = {{60, 0, "resumed", "", 1}};
        record.samples = {{.run = "r", .step = 90, .prompt = "And", .text = "a text"}};
        Viewed run;
        run.open(record);
        run.loss().setFocus();
        QTest::keyClick(&run.loss(), Qt::Key_Right, Qt::ControlModifier);
        MarkPanel* panel = run.view->loss()->panel();
        QVERIFY(!panel->isHidden());
        QVERIFY(panel->accessibleName().contains(QStringLiteral("step 20")));  // a validation
        QStringList seen;
        for (int i = 0; i < 20; ++i) {
            seen << panel->accessibleName();
            QTest::keyClick(panel, Qt::Key_Right);
        }
        seen.removeDuplicates();
        QCOMPARE(seen.size(), 12);  // ten validations, an event, a sample
        QVERIFY(nameless(*panel).isEmpty());
        QTest::keyClick(panel, Qt::Key_Escape);
        QVERIFY(panel->isHidden());
        // One that is not seen is brought into view.
        run.loss().zoom_within({30, 50}, {});
        run.loss().fit();
        QTest::keyClick(&run.loss(), Qt::Key_Right, Qt::ControlModifier);
        QTest::keyClick(panel, Qt::Key_Right);
        QVERIFY(panel->accessibleName().contains(QStringLiteral("step 60")));
        QVERIFY(run.loss().xAxis->range().contains(60));
    }

    void the_cross_hair_goes_through_all_plots() {
        Viewed run;
        run.open(run_of(200));
        const auto pictures = [&] {
            QList<QImage> drawn;
            for (const StepPlot* plot : run.view->findChildren<StepPlot*>())
                drawn << const_cast<StepPlot*>(plot)->grab().toImage();
            return drawn;
        };
        const QList<QImage> before = pictures();
        const QPoint place = run.at(120, 2);
        QMouseEvent move(QEvent::MouseMove, place, run.loss().mapToGlobal(place), Qt::NoButton, Qt::NoButton, {});
        QApplication::sendEvent(&run.loss(), &move);
        const QList<QImage> over = pictures();
        QCOMPARE(over.size(), 5);
        for (qsizetype i = 0; i < over.size(); ++i) QVERIFY(over[i] != before[i]);
        QEvent leave(QEvent::Leave);
        QApplication::sendEvent(&run.loss(), &leave);
        QCOMPARE(pictures(), before);
    }

    void samples_are_gone_back_through() {
        RunDetail record = run_of(200);
        for (const int64_t step : {50, 100, 150})
            record.samples.push_back({.run = "r", .step = step, .prompt = "And", .text = "at " + std::to_string(step)});
        Viewed run;
        run.open(record);
        SampleCard* card = run.view->samples();
        QCOMPARE(card->shown(), 2);
        auto* slider = card->findChild<QSlider*>();
        QCOMPARE(slider->maximum(), 2);
        slider->setValue(0);
        QCOMPARE(card->shown(), 0);
        QVERIFY(card->accessibleName().contains(QStringLiteral("step 50")));
        QTest::keyClick(slider, Qt::Key_Right);
        QCOMPARE(card->shown(), 1);
        // A new one does not take away what is being looked at.
        record.samples.push_back({.run = "r", .step = 200, .prompt = "And", .text = "at the end"});
        run.open(record);
        QCOMPARE(card->shown(), 1);
        slider->setValue(3);
        QCOMPARE(card->shown(), 3);
    }

    void memory_reads_out_beside_its_estimate() {
        Viewed run;
        RunDetail record = run_of(50);
        record.config_json = to_json(RunConfig{});
        run.open(record);
        const EventBody estimate =
            EstimateDone{.bytes = {{"weights", 9'000'000}, {"activations", 60'000'000}}, .memory_bytes = 1};
        run.fixture.engine.answer<EstimateRun>(estimate);
        const MemoryPlot& plot = run.view->memory()->plot();
        QCOMPARE(plot.estimate_of("weights"), int64_t{9'000'000});
        QVERIFY(plot.yAxis->range().upper >= 69'000'000);
        const auto kinds = plot.kinds_at(plot.nearest(20));
        QCOMPARE(kinds.size(), size_t{2});
        QCOMPARE(kinds[1].bytes, int64_t{20'000'000});
        const QString table = QString::fromStdString(plot.table());
        QVERIFY(table.startsWith(QStringLiteral("step,bytes_weights,bytes_activations,estimate\n1,8000000,1000000,")));
    }

    void a_plot_becomes_a_file() {
        Viewed run;
        RunDetail record = run_of(100);
        record.metrics[1].loss = kNaN;
        run.open(record);
        run.loss().set_smoothing(0);
        run.loss().zoom(StepPlot::StepRange{1, 3});
        QCOMPARE(QString::fromStdString(run.loss().table()),
                 QStringLiteral("step,loss,smoothed,validation\n1,10,10,\n2,nan,nan,\n3,4,4,\n"));
        run.loss().zoom({});
        QCOMPARE(QString::fromStdString(run.loss().table()).count(QLatin1Char('\n')), 101);
        QVERIFY(QString::fromStdString(run.loss().table()).contains(QStringLiteral("\n20,1.45,1.45,1.95\n")));
        const std::string png = plot_png(run.loss(), QStringLiteral("Loss"));
        QVERIFY(!QImage::fromData(QByteArray::fromStdString(png), "PNG").isNull());
        const QByteArray svg = QByteArray::fromStdString(plot_svg(run.loss(), QStringLiteral("Loss · 나노")));
        QXmlStreamReader drawing(svg);
        while (!drawing.atEnd()) drawing.readNext();
        QVERIFY2(!drawing.hasError(), qPrintable(drawing.errorString()));
        QVERIFY(svg.contains("<polyline") || svg.contains("<path"));
        // A file that cannot be written is named.
        const QString nowhere = run.fixture.folder.filePath(QStringLiteral("no/such/folder/loss.csv"));
        const auto error = save_file(nowhere, [&] { return run.loss().table(); });
        QVERIFY(error && error->file == nowhere.toStdString());
        const QString file = run.fixture.folder.filePath(QStringLiteral("loss.csv"));
        QVERIFY(!save_file(file, [&] { return run.loss().table(); }));
        QCOMPARE(read_file(file.toStdString(), 1 << 20), run.loss().table());
    }

    // The window stays awake while a long run comes in, a slice at a time.
    void a_long_run_comes_in_slices() {
        Viewed run;
        const RunDetail record = run_of(70'000);
        run.open(run_of(10, "short"));
        run.fixture.run.look_at(record.summary.run);
        run.fixture.engine.answer<ShowRun>(record);
        QVERIFY(run.view->points() > 0 && run.view->points() < 70'000);
        QTRY_COMPARE(run.view->points(), int64_t{70'000});
        QCOMPARE(run.view->totals().steps(), int64_t{70'000});
        run.loss().replot();
        QVERIFY(run.loss().graph(0)->dataCount() < 5000);
    }

    void controls_have_names_in_both_languages() {
        Viewed run;
        run.open(run_of(100));
        QStringList found = nameless(*run.view);
        QVERIFY2(found.isEmpty(), qPrintable(found.join(QStringLiteral("; "))));
        for (const PlotCard* card : run.view->findChildren<PlotCard*>())
            for (const QAction* action : card->menu()->menu()->actions())
                QVERIFY(action->isSeparator() || !action->text().isEmpty());
    }
};

LATHE_PAGE_TEST(CurvesTest)
#include "curves_test.moc"

// The curves of a run as a user works them: zoom and pan with mouse and keys, log axis, clipping, what they stand
// against, a long run that comes in; and that all of it is there after a restart.
#include <cmath>

#include "engine/base/files.h"
#include "tests/ui/file_dialog.h"
#include "tests/ui/viewed_run.h"

using namespace lathe;

namespace {

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

    void curves_stand_against_passes_where_the_record_knows_them() {
        Viewed run;
        RunDetail record = run_of(200);
        RunConfig config;
        config.train.max_steps = 0;
        config.train.num_train_epochs = 3;
        record.config_json = to_json(config);
        run.open(record);
        QVERIFY(press(*run.view, "passes"));
        QCOMPARE(run.loss().axis(), RunAxis::epoch);
        QVERIFY(about(run.loss().step_at(199), 3, 1e-9) && about(run.loss().step_at(99), 1.5, 1e-9));
        run.view->loss()->cursor()->show_at(1.5);
        QCOMPARE(run.view->loss()->cursor()->lines().front().text, QStringLiteral("1.50 passes · step 100"));
        run.restart(record);
        QCOMPARE(run.loss().axis(), RunAxis::epoch);
        // A run set by steps does not say how many of them are a pass.
        RunDetail by_steps = run_of(50, "by-steps");
        config.train.max_steps = 50;
        by_steps.config_json = to_json(config);
        run.open(by_steps);
        QCOMPARE(run.loss().axis(), RunAxis::step);
        QCOMPARE(run.loss().step_at(49), 50.0);
        // But for one whose record has the rows of a pass.
        config.train.per_device_train_batch_size = 4;
        config.train.gradient_accumulation_steps = 2;
        by_steps.config_json = to_json(config);
        by_steps.provenance_json = R"({"rows_per_epoch": 32})";
        run.open(by_steps);
        QCOMPARE(run.loss().axis(), RunAxis::epoch);
        QVERIFY(about(run.loss().step_at(49), 50 * 8 / 32.0, 1e-9));
    }

    void memory_zooms_and_tells_every_step() {
        Viewed run;
        run.open(run_of(2000));
        const MemoryPlot& memory = run.view->memory()->plot();
        const auto rows = [&] { return QString::fromStdString(memory.table()).count(QLatin1Char('\n')) - 1; };
        QCOMPARE(rows(), 2000);
        PlotZoom* zoom = run.view->memory()->cursor()->zoom();
        zoom->zoom_by(0.01, 1000);
        QVERIFY(memory.zoomed() && !run.loss().zoomed());
        QVERIFY(about(memory.xAxis->range().lower, 990, 1) && about(memory.xAxis->range().upper, 1010, 1));
        QVERIFY(rows() > 18 && rows() < 24);
        QVERIFY(memory.graph(0)->dataCount() < 30);
        zoom->show_all();
        QCOMPARE(rows(), 2000);
    }

    void every_curve_marks_what_is_not_finite() {
        Viewed run;
        RunDetail record = run_of(200);
        record.metrics[99].grad_norm = std::nan("");
        run.open(record);
        const auto marks = [&](const char* plot) -> const PlotMarks& {
            return static_cast<CurvePlot*>(run.view->findChild<QCustomPlot*>(QLatin1String(plot)))->marks();
        };
        const auto gap = marks("grad_norm").next({}, 1);
        QVERIFY(gap && gap->kind == PlotMark::Kind::gap);
        QCOMPARE(gap->step, 100.0);
        QCOMPARE(gap->word, QStringLiteral("not finite"));
        QVERIFY(!marks("learning_rate").next({}, 1));
    }

    void the_cross_hair_says_what_is_there() {
        Viewed run;
        run.open(run_of(200));
        const auto lines = [](const PlotCard* card) {
            card->cursor()->show_at(20);
            QStringList words;
            for (const PlotCursor::Line& line : card->cursor()->lines()) words << line.text;
            return words;
        };
        const QStringList loss = lines(run.view->loss());
        QCOMPARE(loss.size(), 4);
        QCOMPARE(loss[0], QStringLiteral("step 20"));
        QVERIFY(loss[1].startsWith(QStringLiteral("train 1.")));
        QCOMPARE(loss[2], QStringLiteral("this step 1.450"));
        QCOMPARE(loss[3], QStringLiteral("validation 1.950"));
        const QStringList memory = lines(run.view->memory());
        QCOMPARE(memory.size(), 4);  // the step, all, two kinds
        QVERIFY2(memory[1].contains(QStringLiteral("28")), qPrintable(memory[1]));
        run.view->loss()->cursor()->show_at(std::nan(""));
        QVERIFY(run.view->loss()->cursor()->lines().empty());
    }

    void the_menu_of_a_plot_writes_files() {
        Viewed run;
        run.open(run_of(200));
        const auto file = [&](const char* name) { return run.fixture.folder.filePath(QString::fromLatin1(name)); };
        const QMenu& menu = *run.view->loss()->menu()->menu();
        QVERIFY(save_as(menu, "Save as PNG…", file("loss.png")));
        QCOMPARE(QImage(file("loss.png")).width(), 1920);
        QVERIFY(save_as(menu, "Save as SVG…", file("loss.svg")));
        QVERIFY(read_file(file("loss.svg").toStdString(), 1 << 26).find("</svg>") != std::string::npos);
        QVERIFY(save_as(menu, "Save what is seen as CSV…", file("loss.csv")));
        QCOMPARE(read_file(file("loss.csv").toStdString(), 1 << 20), run.loss().table());
        QVERIFY(save_as(menu, "Save every step as CSV…", file("run.csv")));
        QVERIFY(read_file(file("run.csv").toStdString(), 1 << 20).find(",tokens,elapsed_s,") != std::string::npos);
        QVERIFY(save_as(*run.view->memory()->menu()->menu(), "Save what is seen as CSV…", file("memory.csv")));
        QCOMPARE(read_file(file("memory.csv").toStdString(), 1 << 20), run.view->memory()->plot().table());
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
        QTest::keyClick(&run.loss(), Qt::Key_Plus);
        QVERIFY(run.loss().zoomed());
        run.open(record);  // the zoom of the other has not taken its place
        QCOMPARE(run.loss().seen_steps().first, seen.first);
        QCOMPARE(run.loss().zoomed_values()->upper, values->upper);
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

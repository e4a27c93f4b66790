// What lies over and beside the curves of a run: marks that are clicked or reached with the keyboard, the cross-hair of
// all plots, samples gone back through, memory beside its estimate, plots as files.
#include <QXmlStreamReader>
#include <limits>

#include "engine/base/files.h"
#include "tests/ui/viewed_run.h"
#include "ui/mark_words.h"
#include "ui/plot_picture.h"
#include "ui/run_marks.h"
#include "ui/save_file.h"

using namespace lathe;

namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

}  // namespace

class CurveMarksTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English)); }

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
            return words_of(*run.view->loss()->panel());
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

    void a_failure_is_marked_where_it_was() {
        RunDetail record = run_of(50);
        record.events = {{60, 0, "failed", "step 60: not a finite number", 1}, {40, 0, "resumed", "", 2}};
        const std::vector<PlotMark> marks = run_marks(record);
        QCOMPARE(marks.size(), size_t{2});
        QCOMPARE(marks[0].word, QStringLiteral("failed"));
        QCOMPARE(marks[0].run_step, int64_t{60});
        QVERIFY(marks[0].tone == Tone::bad && marks[1].tone == Tone::muted);
    }

    void a_step_that_was_skipped_is_a_gap_and_says_why() {
        RunDetail record = run_of(50);
        record.metrics[29].loss = std::nan("");
        record.events = {{30, 0, "skipped", "skipped the batch of step 30: epoch 0, rows 8 to 11", 1}};
        const std::vector<PlotMark> marks = run_marks(record);
        QCOMPARE(marks.size(), size_t{1});
        QCOMPARE(marks[0].word, QStringLiteral("batch skipped"));
        QCOMPARE(mark_text(marks[0], record), QStringLiteral("step 30 · its batch was skipped"));
        const PlotMark gap = gap_mark(30, 29);
        QVERIFY(mark_text(gap, record).contains(QStringLiteral("was skipped")));
        record.events.clear();
        QVERIFY(mark_text(gap, record).contains(QStringLiteral("not a finite number")));
    }

    void a_checkpoint_that_is_removed_has_no_mark() {
        Viewed run;
        RunDetail record = run_of(200);
        for (MetricPoint& point : record.metrics) point.eval_loss.reset();
        record.summary.state = "running";
        record.summary.checkpoints = {{.step = 100, .path = "p"}, {.step = 150, .path = "q"}};
        run.view = std::make_unique<RunView>(run.fixture.context);
        run.view->resize(1200, 900);
        run.view->retranslate();
        run.view->show();
        run.fixture.run.start({.config = {}, .config_file = {}, .resume = record.summary.run});
        const RequestId request = run.fixture.engine.last_request<StartTraining>();
        run.fixture.engine.say(request, TrainStarted{.run = record.summary.run, .step = 200, .max_steps = 300});
        run.fixture.engine.answer<ShowRun>(record);
        run.settle();
        const QPoint place{run.at(100, 1).x() + 3, run.loss().axisRect()->rect().center().y()};
        QTest::mouseClick(&run.loss(), Qt::LeftButton, {}, place);
        const QString words = words_of(*run.view->loss()->panel());
        QVERIFY2(words.contains(QStringLiteral("step 100")), qPrintable(words));
        run.fixture.engine.say(request,
                               CheckpointSaved{.run = record.summary.run, .step = 200, .path = "s", .removed = {100}});
        QTRY_VERIFY(run.view->loss()->panel()->isHidden());
        QTest::mouseClick(&run.loss(), Qt::LeftButton, {}, place);
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
};

LATHE_PAGE_TEST(CurveMarksTest)
#include "curve_marks_test.moc"

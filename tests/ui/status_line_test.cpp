// The line at the window's foot: it names what the engine does, of every kind of long work.
#include "ui/status_line.h"

#include "tests/ui/page_fixture.h"

using namespace lathe;

Q_DECLARE_METATYPE(lathe::Command)
Q_DECLARE_METATYPE(lathe::EventBody)

class StatusLineTest : public QObject {
    Q_OBJECT

    struct Line {
        PageFixture f;
        StatusLine line{f.engine, f.run};
        // Without the memory, which stands last.
        QString text() const {
            return line.findChild<ElidedLabel*>()->full_text().section(QStringLiteral(" · "), 0, -2);
        }
    };

private Q_SLOTS:
    void nothing_goes_on() {
        Line l;
        QCOMPARE(l.text(), QStringLiteral("Ready"));
        l.f.engine.post(ListRuns{});  // answered at once
        QCOMPARE(l.text(), QStringLiteral("Ready"));
    }

    void a_run_has_its_name_and_step() {
        Line l;
        l.f.run.start({.config = RunConfig{}, .config_file = "nano.json", .resume = {}});
        QVERIFY(l.text().startsWith(QStringLiteral("Preparing")));
        const RequestId training = l.f.engine.last_request<StartTraining>();
        l.f.engine.say(training, TrainStarted{.run = "nano-7", .step = 0, .max_steps = 100});
        l.f.engine.say(training, StateChanged{EngineState::training});
        QVERIFY2(l.text().startsWith(QStringLiteral("Training · nano-7 · step 0 of 100")), qPrintable(l.text()));
        const RequestId download = l.f.engine.post(FetchModel{});
        QVERIFY2(l.text().endsWith(QStringLiteral(" · Downloading")), qPrintable(l.text()));
        l.f.engine.say(download, FetchDone{});
        l.f.engine.say(training, TrainDone{.run = "nano-7", .state = "finished"});
        QCOMPARE(l.text(), QStringLiteral("Ready"));
    }

    void long_work_is_named_until_it_is_answered_data() {
        QTest::addColumn<Command>("command");
        QTest::addColumn<EventBody>("answer");
        QTest::addColumn<QString>("name");
        QTest::addColumn<bool>("makes");
        const auto row = [](const char* name, const Command& command, const EventBody& answer, bool makes) {
            QTest::newRow(name) << command << answer << QString::fromLatin1(name) << makes;
        };
        row("Training a tokenizer", TrainTokenizer{}, TokenizerDone{}, true);
        row("Saving a version of the data", SaveDataset{}, DatasetChanged{}, true);
        row("Exporting", ExportModel{}, ExportDone{}, true);
        row("Proving the export", ProveExport{}, ProofDone{}, true);
        row("Downloading", FetchModel{}, FetchDone{}, true);
        row("Importing runs", ImportRuns{}, RunsImported{}, true);
        row("Writing for TensorBoard", WriteTensorBoard{}, FileWritten{}, true);
        row("Looking through the data", SurveyData{}, DataSurveyed{}, false);
        row("Looking through the examples", InspectData{}, DataInspected{}, false);
        row("Comparing tokenizers", MeasureTokenizers{}, TokenizersMeasured{}, false);
        row("Comparing with the base model", CompareWithBase{}, TunedCompared{}, false);
    }
    void long_work_is_named_until_it_is_answered() {
        QFETCH(const Command, command);
        QFETCH(const EventBody, answer);
        QFETCH(const QString, name);
        QFETCH(const bool, makes);
        Line l;
        FakeEngine& engine = l.f.engine;
        RequestId request = engine.post(command);
        QCOMPARE(l.text(), name);
        QCOMPARE(engine.is_making(), makes);
        engine.say(request, StateChanged{EngineState::working});
        engine.say(request, Progress{.what = "load", .unit = "share", .done = 0.45, .total = 1});
        engine.say(request, Notice{.kind = "base_differs", .text = "x"});
        engine.say(request + 1, answer);  // of another's question
        QCOMPARE(l.text(), name + QStringLiteral(", 45 %"));
        engine.say(request, answer);
        QCOMPARE(l.text(), QStringLiteral("Ready"));
        QVERIFY(!engine.is_making());
        request = engine.post(command);
        engine.say(request, Failed{{.kind = ErrorKind::cancelled}});
        QCOMPARE(l.text(), QStringLiteral("Ready"));
    }

    void several_stand_side_by_side() {
        Line l;
        const RequestId first = l.f.engine.post(FetchModel{});
        l.f.engine.post(TrainTokenizer{});
        QCOMPARE(l.text(), QStringLiteral("Downloading · Training a tokenizer"));
        l.f.engine.say(l.f.engine.last_request<TrainTokenizer>(), TokenizerMerged{.merges = 10, .total = 100});
        l.f.engine.say(first, Failed{{.kind = ErrorKind::io}});
        QCOMPARE(l.text(), QStringLiteral("Training a tokenizer"));
    }
};

LATHE_PAGE_TEST(StatusLineTest)
#include "status_line_test.moc"

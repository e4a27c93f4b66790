// A run that trains on while the database is recovered: its record goes on, too.
#include "engine/train/run_recorder.h"

#include <QTemporaryDir>
#include <QtTest>

#include "engine/base/error.h"
#include "tests/engine/store/broken_rows.h"

using namespace lathe;

class RunRecorderTest : public QObject {
    Q_OBJECT

    // A run that has begun.
    struct Recorded {
        QTemporaryDir folder;
        std::string database = folder.filePath(QStringLiteral("lathe.db")).toStdString();
        Store store{database, Store::Mode::read_write};
        RunRecorder recorder{store, [](const EventBody&) {}};
        RunSnapshot snapshot;

        Recorded() {
            snapshot.run = "a-run";
            snapshot.config_json = "its plan";
            TrainStarted started;
            started.run = snapshot.run;
            started.max_steps = 9;
            recorder.begin(snapshot, {}, started);
        }
        void step(int64_t step, const std::map<std::string, int64_t>& bytes = {}) {
            HistoryRow row;
            row.step = step;
            row.loss = 3;
            recorder.step(row, 9, 64, bytes);
        }
        std::optional<Error> flush() {
            return error_of([this] { recorder.flush(); });
        }
    };

private Q_SLOTS:
    // Its first checkpoint is still to come: no folder tells of it.
    void a_run_that_trains_outlives_its_row() {
        Recorded r;
        r.step(1);
        r.recorder.validated({.run = r.snapshot.run, .step = 1, .loss = 2.5});
        r.recorder.state(RunState::paused);
        QVERIFY(break_rows(r.database, r.snapshot.config_json));
        QVERIFY(error_of([&] { r.store.list_runs(); }));
        r.step(2);
        const auto error = r.flush();
        QVERIFY2(!error, error ? error->sentence().c_str() : "");
        QCOMPARE(r.store.recovery()->runs, int64_t{0});
        const auto kept = r.store.find_run(r.snapshot.run);
        QVERIFY(kept);
        QCOMPARE(kept->state, RunState::paused);
        QCOMPARE(kept->config_json, r.snapshot.config_json);
        QCOMPARE(kept->max_steps, int64_t{9});
        QCOMPARE(kept->steps, int64_t{2});
        QCOMPARE(kept->eval_loss.value_or(0), 2.5);
    }

    void a_validation_outlives_the_row_of_its_step() {
        Recorded r;
        r.step(1, {{"on its page", 1}});
        QVERIFY(!r.flush());
        QVERIFY(break_rows(r.database, "on its page", kIndexLeaf));
        QVERIFY(error_of([&] { r.store.read_metrics(r.snapshot.run); }));
        r.recorder.validated({.run = r.snapshot.run, .step = 1, .loss = 2.5});
        const auto error = r.flush();
        QVERIFY2(!error, error ? error->sentence().c_str() : "");
        const std::vector<MetricRow> rows = r.store.read_metrics(r.snapshot.run);
        QCOMPARE(rows.size(), size_t{1});
        QCOMPARE(rows[0].loss, 3.0);
        QCOMPARE(rows[0].eval_loss.value_or(0), 2.5);
    }
};

QTEST_APPLESS_MAIN(RunRecorderTest)
#include "run_recorder_test.moc"

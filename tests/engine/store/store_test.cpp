// The store's rows: what goes in comes out, order, rewind, restoration, errors at flush().
#include "engine/store/store.h"

#include <QtTest>
#include <cmath>

#include "tests/engine/base/caught.h"
#include "tests/engine/store/store_rows.h"

using namespace lathe;

class StoreTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() {
        folder_ = std::make_unique<QTemporaryDir>();
        path_ = folder_->filePath("lathe.db").toStdString();
    }

    void rows_come_back() {
        {
            Store store(path_, Store::Mode::read_write);
            RunRecord record = run_record("r1");
            record.max_steps = 12001;
            store.create_run(record);
            for (int64_t step = 1; step <= 12000; ++step) store.add_metrics("r1", metric_row(step));
            MetricRow odd = metric_row(12001);
            odd.loss = std::nan("");
            odd.grad_norm = INFINITY;
            odd.bytes.clear();
            store.add_metrics("r1", odd);
            store.set_eval_loss("r1", 5, 2.5);
            store.add_event("r1", {.time_ms = 7, .step = 3, .kind = "warning", .text = "한글 \"x\"\n"});
            store.add_sample("r1", {3, "Once", " upon", {5, 6, 70000}, {0.5, 0.25, std::nan("")}, {" u", "p", "on"}});
            store.set_state("r1", RunState::failed, "disk full");
        }
        Store store(path_, Store::Mode::read_only);
        const auto metrics = store.read_metrics("r1");
        QCOMPARE(metrics.size(), size_t{12001});
        for (size_t i = 0; i < 12000; ++i) {
            const MetricRow wanted = metric_row(static_cast<int64_t>(i) + 1);
            QCOMPARE(metrics[i].step, wanted.step);
            QCOMPARE(metrics[i].loss, wanted.loss);
            QVERIFY(metrics[i].grad_norm == wanted.grad_norm);
            QCOMPARE(metrics[i].tokens, wanted.tokens);
            QVERIFY(metrics[i].elapsed_s == wanted.elapsed_s && metrics[i].tokens_per_s == wanted.tokens_per_s);
            QVERIFY(metrics[i].bytes == wanted.bytes);
            QCOMPARE(metrics[i].eval_loss.value_or(0), wanted.step == 5 ? 2.5 : 0.0);
        }
        QVERIFY(std::isnan(metrics.back().loss) && std::isinf(metrics.back().grad_norm) &&
                metrics.back().bytes.empty());
        QCOMPARE(store.read_metrics("r1", 11990).size(), size_t{12});

        const auto events = store.read_events("r1");
        QCOMPARE(events.size(), size_t{1});
        QCOMPARE(events[0].text, std::string("한글 \"x\"\n"));
        QVERIFY(store.read_events("r1", events[0].id).empty());
        const auto samples = store.read_samples("r1");
        QCOMPARE(samples[0].token_ids, (std::vector<int64_t>{5, 6, 70000}));
        QCOMPARE(samples[0].probabilities[1], 0.25);
        QVERIFY(std::isnan(samples[0].probabilities[2]));
        QCOMPARE(samples[0].token_texts, (std::vector<std::string>{" u", "p", "on"}));

        const auto run = store.find_run("r1");
        QVERIFY(run.has_value());
        QCOMPARE(run->state, RunState::failed);
        QCOMPARE(run->error, std::string("disk full"));
        QCOMPARE(run->steps, int64_t{12001});
        QVERIFY(run->loss && std::isnan(*run->loss));
        QCOMPARE(run->eval_loss.value_or(0), 2.5);
        QCOMPARE(run->max_steps, int64_t{12001});
        QCOMPARE(run->provenance.simd_target, std::string("AVX2"));
        QCOMPARE(run->provenance.seed, int64_t{42});
        QCOMPARE(run->provenance.rows_per_epoch, int64_t{36});
        QVERIFY(!store.find_run("none"));
    }

    void newest_first_whatever_the_clock() {
        Store store(path_, Store::Mode::read_write);
        for (const char* id : {"a", "b", "c"}) {
            RunRecord run = run_record(id);
            run.created_at_ms = id[0] == 'c' ? 1 : 5;
            store.create_run(run);
        }
        store.add_checkpoint("a", {10, "a/10", 2.0, true, 100});
        store.add_checkpoint("b", {10, "b/10", {}, false, 100});
        const auto runs = store.list_runs();
        QCOMPARE(runs.size(), size_t{3});
        QCOMPARE(runs[0].id, std::string("c"));
        QCOMPARE(store.latest_run_with_checkpoint()->id, std::string("b"));
        store.remove_checkpoint("b", 10);
        QCOMPARE(store.latest_run_with_checkpoint()->id, std::string("a"));
    }

    void without_metrics_there_is_no_loss() {
        Store store(path_, Store::Mode::read_write);
        store.create_run(run_record("r"));
        QVERIFY(!store.find_run("r")->loss && !store.find_run("r")->eval_loss);
        store.add_metrics("r", metric_row(1));
        QCOMPARE(*store.find_run("r")->loss, metric_row(1).loss);
        QVERIFY(!store.find_run("r")->eval_loss);
        store.set_plan("r", R"({"version":1,"x":2})", 77);
        QCOMPARE(store.find_run("r")->max_steps, int64_t{77});
        QCOMPARE(store.find_run("r")->config_json, std::string(R"({"version":1,"x":2})"));
    }

    void one_best_checkpoint() {
        Store store(path_, Store::Mode::read_write);
        store.create_run(run_record("r"));
        store.add_checkpoint("r", {10, "p10", 2.0, true, 100});
        store.add_checkpoint("r", {20, "p20", 1.5, true, 100});
        store.add_checkpoint("r", {30, "p30", {}, false, 100});
        const auto rows = store.read_checkpoints("r");
        QCOMPARE(rows.size(), size_t{3});
        QVERIFY(!rows[0].best && rows[1].best && !rows[2].best);
        QCOMPARE(*rows[1].eval_loss, 1.5);
        QVERIFY(!rows[2].eval_loss);
    }

    void rewind() {
        Store store(path_, Store::Mode::read_write);
        for (const char* id : {"r", "other"}) {
            store.create_run(run_record(id));
            for (int64_t step = 1; step <= 20; ++step) {
                store.add_metrics(id, metric_row(step));
                store.add_event(id, {.time_ms = 0, .step = step, .kind = "k", .text = ""});
                store.add_sample(id, {step, "p", "t", {}, {}});
            }
        }
        store.add_event("r", {.time_ms = 0, .step = 21, .kind = "failed", .text = "t"});
        const int64_t last_id = store.read_events("r").back().id;
        store.rewind("r", 12);
        QCOMPARE(store.read_metrics("r").size(), size_t{12});
        QCOMPARE(store.read_metrics("r").back().step, int64_t{12});
        QCOMPARE(store.read_events("r").size(), size_t{13});  // with why it went back
        QCOMPARE(store.read_events("r").back().kind, std::string("failed"));
        QCOMPARE(store.read_samples("r").size(), size_t{12});
        QCOMPARE(store.read_metrics("other").size(), size_t{20});
        store.add_event("r", {.time_ms = 0, .step = 13, .kind = "k", .text = ""});
        QVERIFY(store.read_events("r").back().id > last_id);
        store.flush();
    }

    void restore() {
        Store store(path_, Store::Mode::read_write);
        RunRecord run = run_record("r");
        store.restore_run(run, {metric_row(1), metric_row(2)}, {{2, "p", {}, true, 5}});
        MetricRow changed = metric_row(2);
        changed.loss = 99;
        run.name = "changed";
        store.restore_run(run, {changed, metric_row(3)}, {{2, "other", {}, false, 5}});
        store.flush();
        QCOMPARE(store.find_run("r")->name, std::string("nano"));
        const auto rows = store.read_metrics("r");
        QCOMPARE(rows.size(), size_t{3});
        QCOMPARE(rows[1].loss, metric_row(2).loss);
        QCOMPARE(store.read_checkpoints("r")[0].path, std::string("p"));
    }

    void interrupted_runs() {
        Store store(path_, Store::Mode::read_write);
        store.create_run(run_record("a"));
        store.create_run(run_record("b"));
        store.set_state("b", RunState::finished);
        store.mark_interrupted();
        QCOMPARE(store.find_run("a")->state, RunState::interrupted);
        QCOMPARE(store.find_run("b")->state, RunState::finished);
    }

    // A refused row takes no other one with it, and is told once.
    void errors_come_at_flush() {
        Store store(path_, Store::Mode::read_write);
        store.create_run(run_record("r"));
        store.add_metrics("r", metric_row(1));
        store.add_metrics("none", metric_row(1));
        store.add_metrics("r", metric_row(2));
        const Error error = caught([&] { store.flush(); });
        QCOMPARE(error.kind, ErrorKind::not_found);
        QCOMPARE(error.key, std::string("run none"));
        QCOMPARE(error.file, path_);
        store.flush();
        QCOMPARE(store.read_metrics("r").size(), size_t{2});
        store.create_run(run_record("r"));
        QCOMPARE(caught([&] { store.flush(); }).kind, ErrorKind::mismatch);
        store.set_eval_loss("r", 7, 1.0);
        QCOMPARE(caught([&] { store.flush(); }).kind, ErrorKind::not_found);
        QCOMPARE(caught([&] { store.read_metrics("none"); }).kind, ErrorKind::not_found);
    }

    void commits_by_itself() {
        Store store(path_, Store::Mode::read_write);
        store.create_run(run_record("r"));
        store.add_metrics("r", metric_row(1));
        Store reader(path_, Store::Mode::read_only);
        QTRY_VERIFY_WITH_TIMEOUT(reader.find_run("r").has_value(), 20000);
        QCOMPARE(reader.read_metrics("r").size(), size_t{1});
    }

    void read_only_writes_nothing() {
        { Store store(path_, Store::Mode::read_write); }
        Store reader(path_, Store::Mode::read_only);
        reader.create_run(run_record("r"));
        QCOMPARE(caught([&] { reader.flush(); }).kind, ErrorKind::unwritable);
        QVERIFY(!reader.find_run("r"));
        QCOMPARE(caught([&] { Store none(path_ + "x", Store::Mode::read_only); }).kind, ErrorKind::not_found);
    }

private:
    std::unique_ptr<QTemporaryDir> folder_;
    std::string path_;
};

QTEST_APPLESS_MAIN(StoreTest)
#include "store_test.moc"

// How runs are kept: names, notes, tags, the trash, the queue, thinned curves; and that a list takes no longer because
// the runs are long.
#include <sqlite3.h>

#include <QtTest>
#include <cmath>

#include "engine/store/store.h"
#include "tests/engine/base/caught.h"
#include "tests/engine/store/store_rows.h"

using namespace lathe;

class StoreRunsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() {
        folder_ = std::make_unique<QTemporaryDir>();
        path_ = folder_->filePath("lathe.db").toStdString();
    }

    void what_is_edited_stays_and_the_rest_too() {
        {
            Store store(path_, Store::Mode::read_write);
            store.create_run(run_record("a"));
            store.create_run(run_record("b"));
            store.edit_run("a", "첫 실행", {}, {});
            store.edit_run("a", {}, "two\nlines", std::vector<std::string>{"한글", "x, \"y\""});
            store.flush();
        }
        Store store(path_, Store::Mode::read_only);
        const auto run = store.find_run("a");
        QCOMPARE(run->name, std::string("첫 실행"));
        QCOMPARE(run->note, std::string("two\nlines"));
        QCOMPARE(run->tags, (std::vector<std::string>{"한글", "x, \"y\""}));
        QCOMPARE(run->config_json, run_record("a").config_json);
        QCOMPARE(store.find_run("b")->name, std::string("nano"));
    }

    void a_run_in_the_trash_is_listed_there_alone() {
        Store store(path_, Store::Mode::read_write);
        for (const char* id : {"a", "b"}) store.create_run(run_record(id));
        store.set_trashed("b", true);
        QCOMPARE(store.list_runs().size(), size_t{1});
        QCOMPARE(store.list_runs(true).at(0).id, std::string("b"));
        QVERIFY(store.list_runs(true).at(0).trashed);
        QCOMPARE(store.latest_run()->id, std::string("a"));
        store.set_trashed("b", false);
        QCOMPARE(store.list_runs().size(), size_t{2});
        store.set_trashed("gone", true);
        QVERIFY(caught([&] { store.flush(); }).kind == ErrorKind::not_found);
    }

    void a_deleted_run_leaves_no_row() {
        Store store(path_, Store::Mode::read_write);
        for (const char* id : {"a", "b"}) {
            store.create_run(run_record(id));
            store.add_metrics(id, metric_row(1));
            store.add_event(id, {.time_ms = 1, .step = 1, .kind = "started", .text = ""});
            store.add_sample(id, {1, "Once", " upon", {}, {}});
            store.add_checkpoint(id, {.step = 1, .path = "p", .bytes = 1});
        }
        store.delete_run("a");
        store.flush();
        QVERIFY(!store.find_run("a"));
        for (const char* table : {"runs", "metrics", "events", "samples", "checkpoints"})
            QCOMPARE(by_sqlite(std::string("SELECT count(*) FROM ") + table), int64_t{1});
        QCOMPARE(store.read_metrics("b").size(), size_t{1});
    }

    void the_queue_keeps_its_order() {
        const Error error{.kind = ErrorKind::not_found, .file = "gone.txt"};
        {
            Store store(path_, Store::Mode::read_write);
            store.save_queue({{"1", "first", "{\"a\":1}", {}}, {"2", "second", "{}", error}, {"3", "third", "{}", {}}});
            store.save_queue({{"3", "third", "{}", {}}, {"2", "second", "{}", error}});
            store.flush();
        }
        Store store(path_, Store::Mode::read_only);
        const auto queue = store.read_queue();
        QCOMPARE(queue.size(), size_t{2});
        QCOMPARE(queue[0].id, std::string("3"));
        QVERIFY(!queue[0].error);
        QCOMPARE(queue[1].error->sentence(), error.sentence());
    }

    void a_curve_is_thinned_evenly_and_ends_with_the_last_step() {
        Store store(path_, Store::Mode::read_write);
        store.create_run(run_record("a"));
        QVERIFY(store.read_curve("a", 48).empty());
        for (int64_t step = 1; step <= 10'000; ++step) {
            MetricRow row = metric_row(step);
            row.loss = step == 10'000 ? std::nan("") : static_cast<double>(step);
            store.add_metrics("a", row);
        }
        const auto curve = store.read_curve("a", 48);
        QCOMPARE(curve.size(), size_t{48});
        QCOMPARE(curve[0], 1.0);
        for (size_t i = 1; i < 47; ++i) QVERIFY(std::abs(curve[i] - curve[i - 1] - 9999.0 / 47) <= 1);
        QVERIFY(std::isnan(curve[47]));
        store.create_run(run_record("few"));
        for (const int64_t step : {3, 90, 91}) store.add_metrics("few", metric_row(step));
        QCOMPARE(store.read_curve("few", 48),
                 (std::vector<double>{metric_row(3).loss, metric_row(90).loss, metric_row(91).loss}));
        QCOMPARE(store.read_curve("few", 1), std::vector<double>{metric_row(91).loss});
    }

    // Each row of a list is found by index: a hundred times the rows may not take much longer.
    void a_list_takes_no_longer_because_runs_are_long() {
        const double few = time_to_list(200, "few.db"), many = time_to_list(20'000, "many.db");
        QVERIFY2(many < 8 * few + 20, qPrintable(QStringLiteral("%1 ms, then %2 ms").arg(few).arg(many)));
    }

private:
    int64_t by_sqlite(const std::string& sql, const std::string& path = "") const {
        sqlite3* handle = nullptr;
        sqlite3_open((path.empty() ? path_ : path).c_str(), &handle);
        sqlite3_stmt* statement = nullptr;
        sqlite3_prepare_v2(handle, sql.c_str(), -1, &statement, nullptr);
        const int64_t value = sqlite3_step(statement) == SQLITE_ROW ? sqlite3_column_int64(statement, 0) : 0;
        sqlite3_finalize(statement);
        sqlite3_close(handle);
        return value;
    }

    double time_to_list(int64_t steps, const char* name) const {
        const std::string path = folder_->filePath(QLatin1String(name)).toStdString();
        Store store(path, Store::Mode::read_write);
        for (int i = 0; i < 10; ++i) store.create_run(run_record("run" + std::to_string(i)));
        store.flush();
        by_sqlite("INSERT INTO metrics SELECT 1 + value / " + std::to_string(steps) + ", 1 + value % " +
                      std::to_string(steps) +
                      ", 2.5, CASE WHEN value % 50 = 0 THEN 3.0 - value * 1e-9 END, 1e-3, 1.0, 100.0, value, value, "
                      "'{\"weights\":123456789,\"activations\":123456789,\"optimizer\":123456789}' FROM "
                      "(WITH RECURSIVE n(value) AS (SELECT 0 UNION ALL SELECT value + 1 FROM n WHERE value < " +
                      std::to_string(10 * steps - 1) + ") SELECT value FROM n)",
                  path);
        double best = INFINITY;
        for (int i = 0; i < 5; ++i) {
            QElapsedTimer clock;
            clock.start();
            const auto runs = store.list_runs();
            for (const RunRecord& run : runs) {
                if (store.read_curve(run.id, 48).size() != 48 || run.steps != steps || !run.best_eval_loss)
                    return INFINITY;
            }
            best = std::min(best, static_cast<double>(clock.nsecsElapsed()) / 1e6);
        }
        return best;
    }

    std::unique_ptr<QTemporaryDir> folder_;
    std::string path_;
};

QTEST_APPLESS_MAIN(StoreRunsTest)
#include "store_runs_test.moc"

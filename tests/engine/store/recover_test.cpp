// A damaged database put aside and read as far as it can be. What is kept is held to what was written before.
#include "engine/store/recover.h"

#include <sqlite3.h>

#include <QTemporaryDir>
#include <QtTest>
#include <filesystem>

#include "engine/base/error.h"
#include "engine/base/files.h"
#include "tests/engine/store/broken_rows.h"
#include "tests/engine/store/store_rows.h"

using namespace lathe;
namespace fs = std::filesystem;

class RecoverTest : public QObject {
    Q_OBJECT

    QTemporaryDir folder_;
    std::string path_;

    void make(int64_t rows) {
        Store store(path_, Store::Mode::read_write);
        for (const char* id : {"a", "b"}) {
            store.create_run(run_record(id));
            for (int64_t step = 1; step <= rows; ++step) store.add_metrics(id, metric_row(step));
        }
        store.save_conversation({.id = "c", .title = "t", .turns = {{.from_model = false, .text = "hello"}}});
        store.flush();
    }

    void make_large_and_broken() {
        make(3000);
        break_large(path_);
    }

    // A page of rows for each run.
    void make_three() {
        Store store(path_, Store::Mode::read_write);
        for (const std::string id : {"a", "b", "c"}) {
            RunRecord run = run_record(id);
            run.config_json = "plan of " + id + std::string(3000, ' ');
            store.create_run(run);
        }
        store.flush();
    }
    static void put_b_back(Store& store) { store.restore_run(run_record("b"), {metric_row(1)}); }

private Q_SLOTS:
    void init() {
        for (const auto& entry : fs::directory_iterator(folder_.path().toStdString())) fs::remove(entry.path());
        path_ = folder_.filePath(QStringLiteral("lathe.db")).toStdString();
    }

    void a_broken_page_costs_its_rows_alone() {
        make(3000);
        std::string bytes = read_file(path_, 1 << 26);
        const size_t page = 4096, broken = bytes.size() / 2 / page * page;
        std::fill_n(bytes.begin() + static_cast<std::ptrdiff_t>(broken), page, '\x5a');
        fs::remove(path_);
        write_file_durably(path_, bytes);
        const Recovery recovery = recover_database(path_);
        QCOMPARE(recovery.runs, int64_t{2});
        QCOMPARE(read_file(recovery.damaged, 1 << 26), bytes);  // kept as it was
        Store store(path_, Store::Mode::read_write);
        size_t rows = 0;
        for (const char* id : {"a", "b"}) {
            for (const MetricRow& row : store.read_metrics(id)) {
                QCOMPARE(row.loss, metric_row(row.step).loss);
                QCOMPARE(row.bytes, metric_row(row.step).bytes);
                ++rows;
            }
        }
        QVERIFY2(rows < 6000 && rows > 4000, std::to_string(rows).c_str());  // both ends of what is broken
        QCOMPARE(store.list_conversations().size(), size_t{1});
        store.add_metrics("a", metric_row(9999));
        store.flush();
    }

    void a_page_found_broken_in_use() {
        make_large_and_broken();
        const std::string bytes = read_file(path_, 1 << 26);
        Store store(path_, Store::Mode::read_write);
        QVERIFY(!store.is_damaged());
        const auto read = [&] {
            size_t rows = 0;
            for (const char* id : {"a", "b"}) rows += store.read_metrics(id).size();
            return rows;
        };
        const std::optional<Error> error = error_of(read);
        QVERIFY(error);
        QCOMPARE(error->kind, ErrorKind::malformed);
        QCOMPARE(error->file, path_);
        QVERIFY(store.is_damaged() && !store.recovery());
        store.add_metrics("a", metric_row(9999));
        store.flush();
        QVERIFY(!store.is_damaged());
        QCOMPARE(store.recovery()->runs, int64_t{2});
        QCOMPARE(read_file(store.recovery()->damaged, 1 << 26), bytes);
        const size_t rows = read();
        QVERIFY2(rows < 6000 && rows > 4000, std::to_string(rows).c_str());
        QCOMPARE(store.read_metrics("a").back().step, int64_t{9999});  // written meanwhile
        QCOMPARE(store.list_conversations().size(), size_t{2});
        store.add_metrics("b", metric_row(9999));
        const std::string kept = store.recovery()->damaged;
        store.flush();
        QCOMPARE(store.recovery()->damaged, kept);  // once
    }

    void what_waits_goes_to_a_run_that_is_put_back() {
        make_three();
        Store store(path_, Store::Mode::read_write);
        const auto held = store.when_recovered([&] { put_b_back(store); });
        QVERIFY(break_rows(path_, "plan of b"));
        QVERIFY(error_of([&] { store.list_runs(); }));
        store.add_metrics("b", metric_row(9999));
        const std::optional<Error> error = error_of([&] { store.flush(); });
        QVERIFY2(!error, error ? error->sentence().c_str() : "");
        QCOMPARE(store.recovery()->runs, int64_t{2});
        QCOMPARE(store.list_runs().size(), size_t{3});
        QCOMPARE(store.read_metrics("b").back().step, int64_t{9999});
    }

    // They stand under its number, which its row had.
    void a_run_that_is_put_back_has_its_own_rows() {
        make_three();
        Store store(path_, Store::Mode::read_write);
        const auto held = store.when_recovered([&] {
            for (const char* id : {"c", "b"}) store.restore_run(run_record(id), {metric_row(1)});
        });
        MetricRow validated = metric_row(7);
        validated.eval_loss = 2.5;
        store.add_metrics("b", validated);
        store.add_metrics("c", metric_row(8));
        store.add_event("c", {.time_ms = 1, .step = 8, .kind = "of c", .text = {}});
        store.flush();
        QVERIFY(break_rows(path_, "plan of b") && break_rows(path_, "plan of c"));
        QVERIFY(error_of([&] { store.list_runs(); }));
        store.set_eval_loss("c", 8, 3.5);
        const std::optional<Error> error = error_of([&] { store.flush(); });
        QVERIFY2(!error, error ? error->sentence().c_str() : "");
        QCOMPARE(store.recovery()->runs, int64_t{1});
        const std::vector<MetricRow> b = store.read_metrics("b"), c = store.read_metrics("c");
        QCOMPARE(b.size(), size_t{2});
        QCOMPARE(b.back().step, int64_t{7});
        QCOMPARE(b.back().eval_loss.value_or(0), 2.5);
        QCOMPARE(c.size(), size_t{2});
        QCOMPARE(c.back().eval_loss.value_or(0), 3.5);
        QVERIFY(store.read_events("b").empty());
        QCOMPARE(store.read_events("c").size(), size_t{1});
        QCOMPARE(store.find_run("b")->config_json, run_record("b").config_json);
    }

    void a_run_that_nobody_puts_back_keeps_its_curve() {
        make_three();
        {
            Store store(path_, Store::Mode::read_write);
            store.add_metrics("b", metric_row(7));
            store.add_event("b", {.time_ms = 5, .step = 0, .kind = "started", .text = {}});
            store.flush();
        }
        QVERIFY(break_rows(path_, "plan of b"));
        QCOMPARE(recover_database(path_).runs, int64_t{2});
        Store store(path_, Store::Mode::read_write);
        const auto lost = store.find_run("b");
        QVERIFY(lost && is_lost(*lost) && !is_lost(*store.find_run("a")));
        QCOMPARE(lost->created_at_ms, int64_t{5});
        QCOMPARE(lost->state, RunState::failed);  // there are no settings to start it again with
        QVERIFY(lost->error.find(path_ + ".damaged") != std::string::npos);
        QCOMPARE(lost->steps, int64_t{7});
        store.restore_run(run_record("a"), {});  // is there, and stays
        store.flush();
        QVERIFY(store.find_run("a")->config_json.starts_with("plan of a"));
    }

    void rows_of_no_run_do_not_become_another_runs() {
        {
            Store store(path_, Store::Mode::read_write);
            store.create_run(run_record("the-lost-run"));
            store.add_metrics("the-lost-run", metric_row(7));
            store.flush();
        }
        for (const char kind : {kTableLeaf, kIndexLeaf}) QVERIFY(break_rows(path_, "the-lost-run", kind));
        QCOMPARE(recover_database(path_).runs, int64_t{0});
        Store store(path_, Store::Mode::read_write);
        QVERIFY(store.list_runs().empty());
        store.create_run(run_record("the-next-run"));
        store.flush();
        QVERIFY(store.read_metrics("the-next-run").empty());
    }

    void and_so_it_does_at_the_end() {
        make_three();
        std::shared_ptr<void> held;
        {
            Store store(path_, Store::Mode::read_write);
            held = store.when_recovered([&] { put_b_back(store); });
            QVERIFY(break_rows(path_, "plan of b"));
            QVERIFY(error_of([&] { store.list_runs(); }));
            store.add_metrics("b", metric_row(9999));
        }
        Store store(path_, Store::Mode::read_only);
        QCOMPARE(store.list_runs().size(), size_t{3});
        QCOMPARE(store.read_metrics("b").back().step, int64_t{9999});
    }

    // Written to it, the row would be lost or not as the pages are.
    void nothing_more_is_written_to_the_damaged_file() {
        make_three();
        Store store(path_, Store::Mode::read_write);
        QVERIFY(break_rows(path_, "plan of b"));
        QVERIFY(error_of([&] { store.list_runs(); }));
        const std::string bytes = read_file(path_, 1 << 26);
        store.add_metrics("a", metric_row(9999));
        QTest::qSleep(1200);                                 // twice the time between commits
        QCOMPARE(store.read_events("a").size(), size_t{0});  // all before is done
        QVERIFY(read_file(path_, 1 << 26) == bytes);
        store.flush();
        QCOMPARE(store.read_metrics("a").back().step, int64_t{9999});
    }

    void each_damaged_file_is_kept() {
        std::vector<std::string> kept;
        for (const char letter : {'x', 'y', 'z'}) {  // within a second or so
            fs::remove(path_);
            write_file_durably(path_, std::string(5000, letter));
            kept.push_back(recover_database(path_).damaged);
        }
        for (size_t i = 0; i < kept.size(); ++i) QCOMPARE(read_file(kept[i], 1 << 20), std::string(5000, "xyz"[i]));
    }

    void one_that_another_program_writes_to_stays() {
        make(10);
        const std::string bytes = read_file(path_, 1 << 26);
        sqlite3* other = nullptr;
        QCOMPARE(sqlite3_open(path_.c_str(), &other), SQLITE_OK);
        QCOMPARE(sqlite3_exec(other, "BEGIN EXCLUSIVE", nullptr, nullptr, nullptr), SQLITE_OK);
        const std::optional<Error> error = error_of([&] { recover_database(path_); });
        sqlite3_close(other);
        QVERIFY(error);
        QCOMPARE(error->kind, ErrorKind::locked);
        QCOMPARE(read_file(path_, 1 << 26), bytes);
        for (const auto& entry : fs::directory_iterator(folder_.path().toStdString()))
            QVERIFY2(entry.path().string().starts_with(path_) && entry.path().string().size() <= path_.size() + 8,
                     entry.path().c_str());
    }

    // Deleting a run goes over its pages; it is done in the new database, and what was queued around it, too.
    void what_meets_a_broken_page_in_writing_is_not_lost() {
        make_large_and_broken();
        Store store(path_, Store::Mode::read_write);
        store.add_event("a", {.time_ms = 1, .step = 1, .kind = "before", .text = {}});
        for (const char* id : {"a", "b"}) store.rewind(id, 10);
        store.add_event("b", {.time_ms = 2, .step = 2, .kind = "behind", .text = {}});
        store.flush();
        QVERIFY(store.recovery());
        for (const char* id : {"a", "b"}) {
            QVERIFY(!store.read_metrics(id).empty());
            QVERIFY(store.read_metrics(id).back().step <= 10);
            QCOMPARE(store.read_events(id).size(), size_t{1});
        }
    }

    void what_waits_is_written_at_the_end() {
        make_large_and_broken();
        {
            Store store(path_, Store::Mode::read_write);
            for (const char* id : {"a", "b"}) store.delete_run(id);
        }
        QVERIFY(Store(path_, Store::Mode::read_only).list_runs().empty());
    }

    void one_that_was_cut_off_keeps_its_beginning() {
        make(2000);
        std::string bytes = read_file(path_, 1 << 26);
        bytes.resize(bytes.size() * 3 / 4);
        fs::remove(path_);
        write_file_durably(path_, bytes);
        QCOMPARE(recover_database(path_).runs, int64_t{2});
        QVERIFY(!Store(path_, Store::Mode::read_only).read_metrics("a").empty());
    }

    void no_database_at_all_becomes_an_empty_one() {
        write_file_durably(path_, std::string(5000, 'x'));
        const Recovery recovery = recover_database(path_);
        QCOMPARE(recovery.runs, int64_t{0});
        QCOMPARE(read_file(recovery.damaged, 1 << 20), std::string(5000, 'x'));
        QVERIFY(Store(path_, Store::Mode::read_write).list_runs().empty());
    }

    void another_programs_database_stays() {
        sqlite3* handle = nullptr;
        QCOMPARE(sqlite3_open(path_.c_str(), &handle), SQLITE_OK);
        sqlite3_exec(handle, "CREATE TABLE bookmarks (url TEXT); INSERT INTO bookmarks VALUES ('x')", nullptr, nullptr,
                     nullptr);
        sqlite3_close(handle);
        const std::string bytes = read_file(path_, 1 << 20);
        std::optional<Error> error = error_of([&] { recover_database(path_); });
        QVERIFY(error);
        QCOMPARE(error->kind, ErrorKind::malformed);
        QCOMPARE(read_file(path_, 1 << 20), bytes);
    }
};

QTEST_APPLESS_MAIN(RecoverTest)
#include "recover_test.moc"

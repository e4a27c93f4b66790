// Databases of schema 1 and 2, as earlier versions made them: read as they are, brought up to date by a writer, nothing
// lost.
#include <sqlite3.h>

#include <QtTest>

#include "engine/base/files.h"
#include "engine/store/store.h"
#include "tests/engine/base/caught.h"
#include "tests/engine/store/store_rows.h"

using namespace lathe;

namespace {

constexpr const char* kSchema1 = R"(
CREATE TABLE runs (run INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, name TEXT NOT NULL,
    state TEXT NOT NULL, created_at_ms INTEGER NOT NULL, config TEXT NOT NULL, provenance TEXT NOT NULL,
    error TEXT NOT NULL) STRICT;
CREATE TABLE metrics (run INTEGER NOT NULL, step INTEGER NOT NULL, loss REAL, eval_loss REAL, learning_rate REAL,
    grad_norm REAL, tokens_per_s REAL, tokens INTEGER NOT NULL, elapsed_s REAL, bytes TEXT,
    PRIMARY KEY (run, step)) STRICT, WITHOUT ROWID;
CREATE TABLE events (id INTEGER PRIMARY KEY AUTOINCREMENT, run INTEGER NOT NULL, time_ms INTEGER NOT NULL,
    step INTEGER NOT NULL, kind TEXT NOT NULL, text TEXT NOT NULL) STRICT;
CREATE INDEX events_of_run ON events (run, id);
CREATE TABLE samples (run INTEGER NOT NULL, step INTEGER NOT NULL, prompt TEXT NOT NULL, text TEXT NOT NULL,
    token_ids TEXT NOT NULL, probabilities TEXT NOT NULL, PRIMARY KEY (run, step, prompt)) STRICT, WITHOUT ROWID;
CREATE TABLE checkpoints (run INTEGER NOT NULL, step INTEGER NOT NULL, path TEXT NOT NULL, eval_loss REAL,
    best INTEGER NOT NULL, bytes INTEGER NOT NULL, PRIMARY KEY (run, step)) STRICT, WITHOUT ROWID;
PRAGMA application_id = 0x4C617468;
PRAGMA user_version = 1;
INSERT INTO runs VALUES (1, 'r', 'nano', 'finished', 7, '{"version":1}', '{"seed":42}', '');
INSERT INTO metrics VALUES (1, 1, 3.5, NULL, 0.1, 1.0, 100.0, 64, 0.5, NULL);
INSERT INTO metrics VALUES (1, 2, 3.25, 3.375, 0.1, 1.0, 100.0, 128, 1.0, '{"weights":5}');
INSERT INTO metrics VALUES (1, 3, 3.0, NULL, 0.1, 1.0, 100.0, 192, 1.5, NULL);
INSERT INTO events VALUES (4, 1, 9, 0, 'started', '');
INSERT INTO samples VALUES (1, 2, 'Once', ' upon', '[]', '[0.5]');
INSERT INTO checkpoints VALUES (1, 2, 'p', 3.375, 1, 99);
)";

// What schema 2 added, and rows of it.
constexpr const char* kSchema2 = R"(
ALTER TABLE runs ADD COLUMN max_steps INTEGER NOT NULL DEFAULT 0;
ALTER TABLE samples ADD COLUMN token_texts TEXT NOT NULL DEFAULT '[]';
CREATE INDEX validations ON metrics (run, step) WHERE eval_loss IS NOT NULL;
CREATE TABLE conversations (id TEXT NOT NULL PRIMARY KEY, title TEXT NOT NULL, folder TEXT NOT NULL, run TEXT NOT NULL,
    checkpoint TEXT NOT NULL, sample TEXT NOT NULL, draft TEXT NOT NULL, updated_at_ms INTEGER NOT NULL)
    STRICT, WITHOUT ROWID;
CREATE TABLE turns (conversation TEXT NOT NULL, turn INTEGER NOT NULL, from_model INTEGER NOT NULL, text TEXT NOT NULL,
    finish_reason TEXT NOT NULL, tokens INTEGER NOT NULL, tokens_per_s REAL, PRIMARY KEY (conversation, turn))
    STRICT, WITHOUT ROWID;
PRAGMA user_version = 2;
INSERT INTO conversations VALUES ('c', 'A talk', '', 'r', 'last', '{}', 'half a', 5);
INSERT INTO turns VALUES ('c', 0, 0, 'Hello', '', 0, NULL);
INSERT INTO metrics VALUES (1, 4, 2.875, 3.125, 0.1, 1.0, 100.0, 256, 2.0, NULL);
INSERT INTO metrics VALUES (1, 5, 2.75, 3.5, 0.1, 1.0, 100.0, 320, 2.5, NULL);
)";

void by_sqlite(const std::string& path, const char* sql) {
    sqlite3* handle = nullptr;
    sqlite3_open(path.c_str(), &handle);
    sqlite3_exec(handle, sql, nullptr, nullptr, nullptr);
    sqlite3_close(handle);
}

}  // namespace

class StoreSchemaTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() {
        folder_ = std::make_unique<QTemporaryDir>();
        path_ = folder_->filePath("lathe.db").toStdString();
        by_sqlite(path_, kSchema1);
    }

    void a_reader_leaves_it_as_it_is() {
        const std::string before = sha256_of_file(path_);
        {
            Store store(path_, Store::Mode::read_only);
            check_rows(store);
            QVERIFY(store.list_conversations().empty());
        }
        QCOMPARE(sha256_of_file(path_), before);
    }

    void a_writer_brings_it_up_to_date() {
        {
            Store store(path_, Store::Mode::read_write);
            check_rows(store);
            QVERIFY(store.list_conversations().empty());
            store.save_conversation({.id = "c"});
            store.set_plan("r", R"({"version":1,"train":{"max_steps":9}})", 9);
            SampleRow sample{4, "Twice", " told", {5, 6}, {0.25, 0.5}, {" to", "ld"}};
            store.add_sample("r", sample);
            store.flush();
        }
        Store store(path_, Store::Mode::read_only);
        QCOMPARE(store.list_conversations().size(), size_t{1});
        QCOMPARE(store.find_run("r")->max_steps, int64_t{9});
        QVERIFY(store.find_run("r")->config_json.find("max_steps") != std::string::npos);
        QCOMPARE(store.read_samples("r")[1].token_texts, (std::vector<std::string>{" to", "ld"}));
    }

    void a_file_of_schema_2_keeps_everything() {
        by_sqlite(path_, kSchema2);
        const std::string before = sha256_of_file(path_);
        const auto check = [](Store& store) {
            const auto run = store.find_run("r");
            QVERIFY(run);
            QCOMPARE(run->steps, int64_t{5});
            QCOMPARE(run->eval_loss.value_or(0), 3.5);
            QCOMPARE(run->best_eval_loss.value_or(0), 3.125);
            QCOMPARE(run->elapsed_s, 2.5);
            QVERIFY(run->note.empty() && run->tags.empty() && !run->trashed && run->workspace_from.empty());
            QCOMPARE(store.list_runs().size(), size_t{1});
            QVERIFY(store.list_runs(/*trashed=*/true).empty());
            QCOMPARE(store.latest_run()->id, std::string("r"));
            QCOMPARE(store.read_curve("r", 48), (std::vector<double>{3.5, 3.25, 3.0, 2.875, 2.75}));
            QVERIFY(store.read_queue().empty());
            QCOMPARE(store.list_conversations().at(0).turns.at(0).text, std::string("Hello"));
            QCOMPARE(store.list_conversations().at(0).draft, std::string("half a"));
        };
        {
            Store store(path_, Store::Mode::read_only);
            check(store);
        }
        QCOMPARE(sha256_of_file(path_), before);
        {
            Store store(path_, Store::Mode::read_write);
            check(store);
            store.edit_run("r", {}, "a note", std::vector<std::string>{"best"});
            store.save_queue({{.id = "q", .name = "next", .config_json = "{}"}});
            store.flush();
        }
        Store store(path_, Store::Mode::read_only);
        QCOMPARE(store.find_run("r")->note, std::string("a note"));
        QCOMPARE(store.read_queue().at(0).name, std::string("next"));
    }

    // A reader that is open while another program brings the file up to date.
    void a_reader_sees_the_new_one() {
        Store reader(path_, Store::Mode::read_only);
        QVERIFY(reader.list_conversations().empty());
        Store writer(path_, Store::Mode::read_write);
        writer.save_conversation({.id = "c"});
        writer.set_plan("r", "{}", 9);
        writer.flush();
        QCOMPARE(reader.list_conversations().size(), size_t{1});
        QCOMPARE(reader.list_runs()[0].max_steps, int64_t{9});
    }

    void a_failed_migration_changes_nothing() {
        by_sqlite(path_, "CREATE TABLE turns (x)");
        QVERIFY(caught([&] { Store store(path_, Store::Mode::read_write); }).kind != ErrorKind::internal);
        Store store(path_, Store::Mode::read_only);
        check_rows(store);
        QVERIFY(store.list_conversations().empty());
    }

private:
    static void check_rows(Store& store) {
        const auto runs = store.list_runs();
        QCOMPARE(runs.size(), size_t{1});
        QCOMPARE(runs[0].id, std::string("r"));
        QCOMPARE(runs[0].steps, int64_t{3});
        QCOMPARE(runs[0].max_steps, int64_t{0});
        QCOMPARE(runs[0].loss.value_or(0), 3.0);
        QCOMPARE(runs[0].eval_loss.value_or(0), 3.375);
        QCOMPARE(runs[0].provenance.seed, int64_t{42});
        QCOMPARE(store.read_metrics("r").size(), size_t{3});
        QCOMPARE(store.read_metrics("r")[1].bytes.at("weights"), int64_t{5});
        QCOMPARE(store.read_events("r")[0].id, int64_t{4});
        const auto samples = store.read_samples("r");
        QCOMPARE(samples[0].probabilities, std::vector<double>{0.5});
        QVERIFY(samples[0].token_texts.empty());
        QCOMPARE(store.read_checkpoints("r")[0].bytes, int64_t{99});
    }

    std::unique_ptr<QTemporaryDir> folder_;
    std::string path_;
};

QTEST_APPLESS_MAIN(StoreSchemaTest)
#include "store_schema_test.moc"

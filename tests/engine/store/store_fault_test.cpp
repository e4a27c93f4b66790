// The store against kills, a full disk, a reader in another process, and files that are no database of ours.
#include <sqlite3.h>

#include <QtTest>
#include <filesystem>
#include <fstream>
#include <random>

#include <signal.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

#include "engine/base/files.h"
#include "engine/store/store.h"
#include "tests/engine/base/caught.h"
#include "tests/engine/store/store_rows.h"

using namespace lathe;
namespace fs = std::filesystem;

namespace {

// The first value of the last row, by SQLite without the store.
std::string by_sqlite(const std::string& path, const char* sql) {
    sqlite3* handle = nullptr;
    std::string value;
    sqlite3_open(path.c_str(), &handle);
    char* message = nullptr;
    const int code = sqlite3_exec(
        handle, sql,
        [](void* out, int, char** values, char**) {
            *static_cast<std::string*>(out) = values[0] ? values[0] : "";
            return 0;
        },
        &value, &message);
    if (code != SQLITE_OK) value = message;
    sqlite3_free(message);
    sqlite3_close(handle);
    return value;
}

void make_database(const std::string& path, int64_t steps) {
    Store store(path, Store::Mode::read_write);
    store.create_run(run_record("r"));
    for (int64_t step = 1; step <= steps; ++step) store.add_metrics("r", metric_row(step));
    store.flush();
}

}  // namespace

class StoreFaultTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() {
        folder_ = std::make_unique<QTemporaryDir>();
        root_ = folder_->path().toStdString();
        path_ = root_ + "/lathe.db";
    }

    // What flush() returned from is there after any kill; what is there is a beginning without holes.
    void kills() {
        std::mt19937 random(2);
        for (int trial = 0; trial < 20; ++trial) {
            int acknowledged[2];
            QCOMPARE(::pipe(acknowledged), 0);
            const std::string run = "r" + std::to_string(trial);
            const pid_t child = ::fork();
            if (child == 0) {
                Store store(path_, Store::Mode::read_write);
                store.create_run(run_record(run));
                for (int64_t step = 1;; ++step) {
                    store.add_metrics(run, metric_row(step));
                    if (step % 7 != 0) continue;
                    store.flush();
                    if (::write(acknowledged[1], &step, sizeof step) != sizeof step) ::_exit(1);
                }
            }
            ::close(acknowledged[1]);
            ::usleep(20000 + random() % 100000);
            ::kill(child, SIGKILL);
            ::waitpid(child, nullptr, 0);
            int64_t safe = 0;
            for (int64_t step = 0; ::read(acknowledged[0], &step, sizeof step) == sizeof step;) safe = step;
            ::close(acknowledged[0]);
            if (safe == 0) continue;  // killed before the first flush
            // A reader alone comes first every other time: it, too, must cope with what the killed one left.
            Store store(path_, trial % 2 == 0 ? Store::Mode::read_only : Store::Mode::read_write);
            const auto rows = store.read_metrics(run);
            QVERIFY2(static_cast<int64_t>(rows.size()) >= safe, std::to_string(safe).c_str());
            QCOMPARE(rows.back().step, static_cast<int64_t>(rows.size()));
            survived_ += safe;
        }
        QVERIFY(survived_ > 0);
        QCOMPARE(by_sqlite(path_, "PRAGMA integrity_check"), std::string("ok"));
    }

    void another_process_reads_while_one_writes() {
        make_database(path_, 1);
        const pid_t child = ::fork();
        if (child == 0) {
            Store store(path_, Store::Mode::read_write);
            for (int64_t step = 2; step <= 600; ++step) {
                store.add_metrics("r", metric_row(step));
                if (step % 20 == 0) store.flush();
            }
            store.flush();
            ::_exit(0);
        }
        Store reader(path_, Store::Mode::read_only);
        size_t seen = 0;
        int status = -1;
        while (::waitpid(child, &status, WNOHANG) == 0) {
            const auto rows = reader.read_metrics("r");
            QVERIFY(rows.size() >= seen);
            seen = rows.size();
            QCOMPARE(rows.back().step, static_cast<int64_t>(seen));
        }
        QCOMPARE(status, 0);
        QCOMPARE(reader.read_metrics("r").size(), size_t{600});
    }

    // The rows wait in memory until there is space again.
    void full_disk_loses_no_row() {
        const std::string disk = root_ + "/disk";
        fs::create_directories(disk);
        if (::mount("tmpfs", disk.c_str(), "tmpfs", 0, "size=512k") != 0) QSKIP("no right to mount a small disk");
        {
            Store store(disk + "/lathe.db", Store::Mode::read_write);
            store.create_run(run_record("r"));
            store.flush();
            { std::ofstream(disk + "/filler", std::ios::binary) << std::string(1 << 20, 'x'); }
            int64_t step = 0;
            Error error;
            do {
                for (int i = 0; i < 100; ++i) store.add_metrics("r", metric_row(++step));
                error = caught([&] { store.flush(); });
            } while (error.kind == ErrorKind::internal && step < 100000);
            QCOMPARE(error.kind, ErrorKind::disk_full);
            store.add_metrics("r", metric_row(++step));
            QCOMPARE(caught([&] { store.flush(); }).kind, ErrorKind::disk_full);
            fs::remove(disk + "/filler");
            store.flush();
            QCOMPARE(static_cast<int64_t>(store.read_metrics("r").size()), step);
        }
        QCOMPARE(by_sqlite(disk + "/lathe.db", "PRAGMA integrity_check"), std::string("ok"));
        ::umount(disk.c_str());
    }

    void newer_schema_is_read_and_never_written() {
        make_database(path_, 3);
        by_sqlite(path_, "PRAGMA user_version = 4");
        const std::string before = sha256_of_file(path_);
        const Error error = caught([&] { Store store(path_, Store::Mode::read_write); });
        QCOMPARE(error.kind, ErrorKind::unsupported);
        QVERIFY2(error.found.rfind("4", 0) == 0 && error.expected.find("3") != std::string::npos,
                 error.sentence().c_str());
        QCOMPARE(Store(path_, Store::Mode::read_only).read_metrics("r").size(), size_t{3});
        QCOMPARE(sha256_of_file(path_), before);
    }

    void what_is_no_database_of_ours() {
        const auto refused = [&](const std::string& bytes) {
            fs::remove(path_);
            write_file_durably(path_, bytes);
            for (const auto mode : {Store::Mode::read_write, Store::Mode::read_only}) {
                const Error error = caught([&] { Store store(path_, mode); });
                if (error.kind != ErrorKind::malformed || error.file != path_ || read_file(path_, 1 << 20) != bytes)
                    return false;
            }
            return true;
        };
        QVERIFY(refused("not a database"));
        QVERIFY(refused(std::string(100000, '\x5a')));
        QVERIFY(refused("SQLite format 3" + std::string(1000, '\0')));
        fs::remove(path_);
        by_sqlite(path_, "CREATE TABLE runs (id TEXT)");
        QVERIFY(refused(read_file(path_, 1 << 20)));
        fs::remove(path_);
        write_file_durably(path_, "");
        QCOMPARE(caught([&] { Store store(path_, Store::Mode::read_only); }).kind, ErrorKind::empty);
        make_database(path_, 1);
        QCOMPARE(caught([&] { Store store(root_, Store::Mode::read_write); }).kind, ErrorKind::unreadable);
    }

    // Each byte of the header turned over: refused, or all rows read as they were.
    void header_flips() {
        make_database(path_, 50);
        const std::string good = read_file(path_, 1 << 20);
        int refused = 0;
        for (size_t at = 0; at < 100; ++at) {
            std::string bytes = good;
            bytes[at] = static_cast<char>(~bytes[at]);
            fs::remove(path_);
            fs::remove(path_ + "-wal");
            fs::remove(path_ + "-shm");
            write_file_durably(path_, bytes);
            size_t rows = 0;
            const Error error = caught([&] { rows = Store(path_, Store::Mode::read_only).read_metrics("r").size(); });
            refused += error.kind != ErrorKind::internal;
            QVERIFY2(rows == 50 || error.kind == ErrorKind::malformed || error.kind == ErrorKind::unwritable,
                     error.sentence().c_str());
        }
        QVERIFY2(refused >= 16, std::to_string(refused).c_str());
    }

    void page_flips_and_cuts() {
        make_database(path_, 200);
        const std::string good = read_file(path_, 1 << 20);
        std::mt19937 random(3);
        int refused = 0;
        for (int trial = 0; trial < 300; ++trial) {
            std::string bytes = good;
            if (trial % 10 == 0) {
                bytes.resize(100 + random() % (bytes.size() - 100));
            } else {
                bytes[100 + random() % (bytes.size() - 100)] ^= static_cast<char>(1 << random() % 8);
            }
            fs::remove(path_);
            write_file_durably(path_, bytes);
            const Error error = caught([&] {
                Store store(path_, Store::Mode::read_only);
                for (const RunRecord& run : store.list_runs()) static_cast<void>(store.read_metrics(run.id));
            });
            refused += error.kind != ErrorKind::internal;
            if (trial % 10 == 0) QCOMPARE(error.kind, ErrorKind::malformed);
        }
        QVERIFY(refused > 30);
    }

    void smuggled_trigger_does_not_run() {
        make_database(path_, 1);
        by_sqlite(path_, "CREATE TRIGGER t AFTER INSERT ON metrics BEGIN DELETE FROM runs; END");
        Store store(path_, Store::Mode::read_write);
        store.add_metrics("r", metric_row(2));
        store.flush();
        QCOMPARE(store.list_runs().size(), size_t{1});
    }

    void journal_and_sync() {
        make_database(path_, 1);
        QCOMPARE(by_sqlite(path_, "PRAGMA journal_mode"), std::string("delete"));
        QCOMPARE(by_sqlite(path_, "PRAGMA user_version"), std::string("3"));
        QVERIFY(!fs::exists(path_ + "-wal") && !fs::exists(path_ + "-journal"));
    }

private:
    std::unique_ptr<QTemporaryDir> folder_;
    std::string root_;
    std::string path_;
    int64_t survived_ = 0;
};

QTEST_APPLESS_MAIN(StoreFaultTest)
#include "store_fault_test.moc"

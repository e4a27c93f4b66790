// Folders that appear whole: manifest, replacement, damage, kills at random moments, leftovers; and the workspace lock
// between processes.
#include <QtTest>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <random>

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "engine/base/files.h"
#include "engine/base/json.h"
#include "tests/engine/base/caught.h"

using namespace lathe;
namespace fs = std::filesystem;

namespace {

void write_version(const std::string& target, int version, bool replace) {
    DurableFolder folder(target, replace);
    make_folders(folder.path() + "/lathe");
    for (const char* name : {"/weights", "/lathe/state"}) {
        OutputFile file(folder.path() + name);
        const std::string bytes(50000, static_cast<char>('a' + version % 26));
        file.write(bytes.data(), static_cast<int64_t>(bytes.size()));
        file.finish();
    }
    folder.commit();
}

int64_t entries(const std::string& folder) {
    return std::distance(fs::directory_iterator(folder), fs::directory_iterator());
}

}  // namespace

class DurableFolderTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() {
        folder_ = std::make_unique<QTemporaryDir>();
        root_ = folder_->path().toStdString();
        target_ = root_ + "/step-1";
    }

    void appears_whole() {
        {
            DurableFolder folder(target_ + "/");
            write_file_durably(folder.path() + "/a", "abc");
            make_folders(folder.path() + "/lathe");
            write_file_durably(folder.path() + "/lathe/b", "");
            QVERIFY(!fs::exists(target_));
            folder.commit();
        }
        QCOMPARE(entries(root_), int64_t{1});
        const Json manifest = read_json(target_ + "/manifest.json");
        QCOMPARE(
            dump_json(manifest),
            std::string(
                R"({"version":1,"files":{"a":{"bytes":3,"sha256":"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},)"
                R"("lathe/b":{"bytes":0,"sha256":"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"}}})"));
        QVERIFY(verify_folder(target_));
        QCOMPARE(caught([&] { DurableFolder again(target_); }).kind, ErrorKind::unwritable);
    }

    void uncommitted_leaves_nothing() {
        {
            DurableFolder folder(target_);
            write_file_durably(folder.path() + "/a", "abc");
        }
        QCOMPARE(entries(root_), int64_t{0});
    }

    void without_manifest() {
        DurableFolder folder(target_);
        write_file_durably(folder.path() + "/a", "abc");
        folder.commit(false);
        QVERIFY(!fs::exists(target_ + "/manifest.json"));
        QVERIFY(!verify_folder(target_));
    }

    void replaces() {
        write_version(target_, 0, false);
        write_version(target_, 1, true);
        QVERIFY(verify_folder(target_));
        QCOMPARE(read_file(target_ + "/weights", 1 << 20)[0], 'b');
        QCOMPARE(entries(root_), int64_t{1});
    }

    void told_hash_is_taken() {
        DurableFolder folder(target_);
        OutputFile file(folder.path() + "/a");
        file.write("abc", 3);
        folder.set_sha256("a", file.finish());
        folder.commit();
        QVERIFY(verify_folder(target_));
    }

    void refuses_links() {
        DurableFolder folder(target_);
        fs::create_symlink("/etc/passwd", folder.path() + "/a");
        QCOMPARE(caught([&] { folder.commit(); }).kind, ErrorKind::unsupported);
        QVERIFY(!fs::exists(target_));
    }

    void damage_is_seen() {
        const auto damaged = [&](auto&& harm) {
            fs::remove_all(target_);
            write_version(target_, 0, false);
            harm();
            return !verify_folder(target_);
        };
        const std::string weights = target_ + "/weights";
        const std::string manifest = target_ + "/manifest.json";
        QVERIFY(damaged([&] { fs::resize_file(weights, 49999); }));
        QVERIFY(!verify_folder(target_, false));
        QVERIFY(damaged([&] { write_file_durably(weights, std::string(49999, 'a') + "b"); }));
        QVERIFY(verify_folder(target_, false));
        QVERIFY(damaged([&] { fs::remove(target_ + "/lathe/state"); }));
        QVERIFY(damaged([&] { fs::remove(manifest); }));
        QVERIFY(damaged([&] { fs::resize_file(manifest, 20); }));
        QVERIFY(damaged([&] {
            fs::rename(weights, root_ + "/w");
            fs::create_symlink(root_ + "/w", weights);
        }));
        fs::remove(root_ + "/w");
        for (const char* name : {"../x", "/etc/passwd", "", "a//b", "./weights", "lathe/../weights"}) {
            QVERIFY(damaged([&] {
                write_file_durably(root_ + "/x", "");
                const Json files = {{name, {{"bytes", 0}, {"sha256", sha256("")}}}};
                write_file_durably(manifest, dump_json({{"version", 1}, {"files", files}}));
            }));
        }
    }

    // Old or new and no third, at every moment; the leftovers of the dead are swept, and nothing else is.
    void kills() {
        using Clock = std::chrono::steady_clock;
        const auto began = Clock::now();
        write_version(target_, 0, false);
        const auto span = 3 * (Clock::now() - began);  // most kills find a folder replaced, and the next one under way
        make_folders(root_ + "/.a");
        make_folders(root_ + "/.b");
        const bool exchanges =
            ::renameat2(AT_FDCWD, (root_ + "/.a").c_str(), AT_FDCWD, (root_ + "/.b").c_str(), RENAME_EXCHANGE) == 0;
        fs::remove(root_ + "/.a");
        fs::remove(root_ + "/.b");
        write_file_durably(root_ + "/.notes.tmp-x-1", "mine");
        write_file_durably(temporary_name(root_ + "/alive"), "");
        std::mt19937 random(1);
        for (int trial = 0; trial < 20; ++trial) {
            const pid_t child = ::fork();
            if (child == 0) {
                for (int version = 0;; ++version) write_version(target_, version, true);
            }
            bool there = true;
            for (const auto end = Clock::now() + span * (random() % 1000) / 1000; Clock::now() < end;)
                there = fs::exists(target_) && there;
            ::kill(child, SIGKILL);
            ::waitpid(child, nullptr, 0);
            QVERIFY(there || !exchanges);
            sweep_temporaries(root_);
            QVERIFY(verify_folder(target_));
            QCOMPARE(read_file(target_ + "/weights", 1 << 20), read_file(target_ + "/lathe/state", 1 << 20));
            QCOMPARE(entries(root_), int64_t{3});
        }
    }

    // What a crash between the two renames leaves where folders cannot be exchanged.
    void a_folder_left_aside_comes_back() {
        const pid_t dead = ::fork();
        if (dead == 0) ::_exit(0);
        ::waitpid(dead, nullptr, 0);
        write_version(target_, 0, false);
        const std::string aside = root_ + "/.step-1.old-" + std::to_string(dead) + "-0";
        fs::rename(target_, aside);
        fs::create_directory(root_ + "/.step-1.tmp-" + std::to_string(dead) + "-0");
        sweep_temporaries(root_);
        QVERIFY(verify_folder(target_));
        QCOMPARE(entries(root_), int64_t{1});
        fs::create_directory(aside);
        sweep_temporaries(root_);
        QCOMPARE(entries(root_), int64_t{1});
    }

    void lock_between_processes() {
        int ready[2];
        QCOMPARE(::pipe(ready), 0);
        const pid_t child = ::fork();
        if (child == 0) {
            const WorkspaceLock lock(root_);
            if (::write(ready[1], "x", 1) != 1) ::_exit(1);
            ::pause();
        }
        char byte = 0;
        QCOMPARE(::read(ready[0], &byte, 1), ssize_t{1});
        const Error error = caught([&] { WorkspaceLock second(root_); });
        QCOMPARE(error.kind, ErrorKind::locked);
        QVERIFY2(error.found.rfind("pid " + std::to_string(child) + " since 20", 0) == 0, error.found.c_str());
        ::kill(child, SIGKILL);
        ::waitpid(child, nullptr, 0);
        ::close(ready[0]);
        ::close(ready[1]);
        const WorkspaceLock after(root_);
        QCOMPARE(caught([&] { WorkspaceLock second(root_); }).kind, ErrorKind::locked);
    }

    void lock_follows_no_link() {
        write_file_durably(root_ + "/precious", "text");
        fs::create_symlink(root_ + "/precious", root_ + "/lathe.lock");
        QCOMPARE(caught([&] { WorkspaceLock lock(root_); }).kind, ErrorKind::unwritable);
        QCOMPARE(read_file(root_ + "/precious", 10), std::string("text"));
    }

private:
    std::unique_ptr<QTemporaryDir> folder_;
    std::string root_;
    std::string target_;
};

QTEST_APPLESS_MAIN(DurableFolderTest)
#include "durable_folder_test.moc"

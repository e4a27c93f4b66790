// Files: contents, modes, every refusal, a full disk, limits of the process. SHA-256 against the vectors of FIPS 180-4.
#include "engine/base/files.h"

#include <QtTest>
#include <filesystem>

#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/engine/base/caught.h"

using namespace lathe;
namespace fs = std::filesystem;

namespace {

std::vector<std::string> names_in(const std::string& folder) {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(folder)) names.push_back(entry.path().filename().string());
    std::sort(names.begin(), names.end());
    return names;
}

// A tmpfs of 1 MiB; unmounted at the end. Needs root.
struct SmallDisk {
    explicit SmallDisk(const std::string& folder) : path(folder) {
        fs::create_directories(path);
        mounted = ::mount("tmpfs", path.c_str(), "tmpfs", 0, "size=1m") == 0;
    }
    ~SmallDisk() {
        if (mounted) ::umount(path.c_str());
    }
    std::string path;
    bool mounted = false;
};

}  // namespace

class FilesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() {
        folder_ = std::make_unique<QTemporaryDir>();
        root_ = folder_->path().toStdString();
    }

    void reads_and_writes() {
        const std::string path = root_ + "/a.bin";
        const std::string bytes = std::string("a\0b", 3) + std::string(3 << 20, 'x');
        write_file_durably(path, bytes);
        QCOMPARE(read_file(path, 4 << 20), bytes);
        QCOMPARE(names_in(root_), std::vector<std::string>{"a.bin"});
        const Error error = caught([&] { read_file(path, 100); });
        QCOMPARE(error.kind, ErrorKind::too_large);
        QCOMPARE(error.file, path);
        write_file_durably(path, "");
        QCOMPARE(read_file(path, 100), std::string());
    }

    void mode_is_kept() {
        const std::string path = root_ + "/key";
        write_file_durably(path, "1");
        ::chmod(path.c_str(), 0640);
        write_file_durably(path, "2");
        struct stat status {};
        QCOMPARE(::stat(path.c_str(), &status), 0);
        QCOMPARE(status.st_mode & 07777, mode_t{0640});
    }

    void a_link_is_replaced_not_followed() {
        write_file_durably(root_ + "/target", "old");
        fs::create_symlink(root_ + "/target", root_ + "/link");
        write_file_durably(root_ + "/link", "new");
        QCOMPARE(read_file(root_ + "/target", 10), std::string("old"));
        QCOMPARE(read_file(root_ + "/link", 10), std::string("new"));
        QVERIFY(!fs::is_symlink(root_ + "/link"));
    }

    void refuses_what_is_no_file() {
        const std::string fifo = root_ + "/fifo";
        QCOMPARE(::mkfifo(fifo.c_str(), 0600), 0);
        fs::create_symlink("loop", root_ + "/loop");
        for (const std::string& path : {fifo, root_, std::string("/dev/zero"), root_ + "/loop"}) {
            QCOMPARE(caught([&] { read_file(path, 100); }).kind, ErrorKind::unreadable);
            QCOMPARE(caught([&] { sha256_of_file(path); }).kind, ErrorKind::unreadable);
        }
        QCOMPARE(caught([&] { write_file_durably(fifo, "x"); }).kind, ErrorKind::unwritable);
        QCOMPARE(caught([&] { write_file_durably(root_, "x"); }).kind, ErrorKind::unwritable);
        QCOMPARE(caught([&] { read_file(root_ + "/none", 100); }).kind, ErrorKind::not_found);
        QCOMPARE(caught([&] { write_file_durably(root_ + "/none/x", "x"); }).kind, ErrorKind::not_found);
        QCOMPARE(names_in(root_), (std::vector<std::string>{"fifo", "loop"}));
    }

    void output_file() {
        const std::string path = root_ + "/out";
        {
            OutputFile file(path);
            std::string expected;
            for (int i = 0; i < 5000; ++i) {
                const std::string piece(static_cast<size_t>(i), static_cast<char>('a' + i % 26));
                file.write(piece.data(), i);
                expected += piece;
            }
            QCOMPARE(file.size(), static_cast<int64_t>(expected.size()));
            QCOMPARE(file.finish(), sha256(expected));
            QCOMPARE(read_file(path, 1 << 30), expected);
            QCOMPARE(sha256_of_file(path), sha256(expected));
        }
        QCOMPARE(caught([&] { OutputFile again(path); }).kind, ErrorKind::unwritable);
        {
            OutputFile unfinished(root_ + "/half");
            unfinished.write("x", 1);
        }
        QCOMPARE(names_in(root_), std::vector<std::string>{"out"});
    }

    void hashes() {
        QCOMPARE(sha256("abc"), std::string("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
        QCOMPARE(sha256(""), std::string("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));
        QCOMPARE(sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
                 std::string("248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"));
    }

    void folders() {
        make_folders(root_ + "/a/b/c");
        make_folders(root_ + "/a/b/c");
        QVERIFY(fs::is_directory(root_ + "/a/b/c"));
        write_file_durably(root_ + "/file", "");
        QCOMPARE(caught([&] { make_folders(root_ + "/file"); }).kind, ErrorKind::unwritable);
        QCOMPARE(caught([&] { make_folders(root_ + "/file/x"); }).kind, ErrorKind::unwritable);
    }

    void space() {
        QVERIFY(free_bytes(root_) > 0);
        require_free_bytes(root_, 1);
        QCOMPARE(caught([&] { require_free_bytes(root_, int64_t{1} << 62); }).kind, ErrorKind::disk_full);
        QCOMPARE(caught([&] { free_bytes(root_ + "/none"); }).kind, ErrorKind::not_found);
    }

    void full_disk() {
        const SmallDisk disk(root_ + "/disk");
        if (!disk.mounted) QSKIP("no right to mount a small disk");
        const std::string path = disk.path + "/state";
        write_file_durably(path, "old");
        const std::string large(2 << 20, 'x');
        const Error error = caught([&] { write_file_durably(path, large); });
        QCOMPARE(error.kind, ErrorKind::disk_full);
        QVERIFY2(error.found.find("bytes free") != std::string::npos, error.found.c_str());
        QCOMPARE(read_file(path, 100), std::string("old"));
        const Error folder_error = caught([&] {
            DurableFolder folder(disk.path + "/checkpoint");
            OutputFile file(folder.path() + "/weights");
            file.write(large.data(), static_cast<int64_t>(large.size()));
            file.finish();
            folder.commit();
        });
        QCOMPARE(folder_error.kind, ErrorKind::disk_full);
        QCOMPARE(names_in(disk.path), std::vector<std::string>{"state"});
    }

    void read_only_disk() {
        const SmallDisk disk(root_ + "/disk");
        if (!disk.mounted) QSKIP("no right to mount a small disk");
        write_file_durably(disk.path + "/state", "old");
        QCOMPARE(::mount("tmpfs", disk.path.c_str(), "tmpfs", MS_REMOUNT | MS_RDONLY, ""), 0);
        QCOMPARE(caught([&] { write_file_durably(disk.path + "/state", "new"); }).kind, ErrorKind::unwritable);
        QCOMPARE(caught([&] { DurableFolder folder(disk.path + "/f"); }).kind, ErrorKind::unwritable);
        QCOMPARE(caught([&] { WorkspaceLock lock(disk.path); }).kind, ErrorKind::unwritable);
        QCOMPARE(read_file(disk.path + "/state", 10), std::string("old"));
    }

    // As another user, since root may write anywhere.
    void folder_without_permission() {
        if (::geteuid() != 0) QSKIP("needs root to become another user");
        ::chmod(root_.c_str(), 0755);
        write_file_durably(root_ + "/state", "old");
        ::chmod((root_ + "/state").c_str(), 0600);
        const pid_t child = ::fork();
        if (child == 0) {
            const bool became = ::setuid(65534) == 0;
            const bool write =
                caught([&] { write_file_durably(root_ + "/state", "new"); }).kind == ErrorKind::unwritable;
            const bool read = caught([&] { read_file(root_ + "/state", 10); }).kind == ErrorKind::unreadable;
            ::_exit(became && write && read ? 0 : 1);
        }
        int status = -1;
        ::waitpid(child, &status, 0);
        QCOMPARE(status, 0);
    }

    void size_limit_of_the_process_is_no_signal() {
        const pid_t child = ::fork();
        if (child == 0) {
            const rlimit limit{1000, 1000};
            ::setrlimit(RLIMIT_FSIZE, &limit);
            const Error error = caught([&] { write_file_durably(root_ + "/large", std::string(2000, 'x')); });
            ::_exit(error.kind == ErrorKind::io && error.expected.find("1000") != std::string::npos ? 0 : 1);
        }
        int status = -1;
        ::waitpid(child, &status, 0);
        QCOMPARE(status, 0);
        QVERIFY(names_in(root_).empty());
    }

private:
    std::unique_ptr<QTemporaryDir> folder_;
    std::string root_;
};

QTEST_APPLESS_MAIN(FilesTest)
#include "files_test.moc"

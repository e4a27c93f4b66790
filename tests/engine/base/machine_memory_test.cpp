// Memory for this program on a made-up /proc and /sys: the machine's, and the limits of both kinds of control groups.
#include "engine/base/machine_memory.h"

#include <QTemporaryDir>
#include <QtTest>
#include <filesystem>
#include <fstream>

using namespace lathe;

class MachineMemoryTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() {
        folder_ = std::make_unique<QTemporaryDir>();
        write("/proc/meminfo", "MemTotal: 9000 kB\nMemFree: 10 kB\nMemAvailable:    1000 kB\n");
        write("/proc/self/status", "Name: x\nVmHWM: 70 kB\nVmRSS:\t  24 kB\n");
    }

    void what_the_machine_has() {
        QCOMPARE(available_memory(root()), int64_t{1024} * 1024);
        QVERIFY(available_memory() > (64 << 20));
    }
    void nothing_to_be_found() { QCOMPARE(available_memory("/nowhere"), int64_t{0}); }

    void a_limit_of_version_2_or_a_parents() {
        write("/proc/self/cgroup", "0::/a/b\n");
        write("/sys/fs/cgroup/a/b/memory.max", "max\n");
        QCOMPARE(available_memory(root()), int64_t{1024} * 1024);
        write("/sys/fs/cgroup/a/memory.max", "600000\n");
        QCOMPARE(available_memory(root()), int64_t{600000});
        write("/sys/fs/cgroup/a/b/memory.max", "500000\n");
        QCOMPARE(available_memory(root()), int64_t{500000});
    }
    void a_limit_of_version_1() {
        write("/proc/self/cgroup", "9:name=systemd:/\n4:memory:/x\n0::/\n");
        write("/sys/fs/cgroup/memory/x/memory.limit_in_bytes", "9223372036854771712\n");
        QCOMPARE(available_memory(root()), int64_t{1024} * 1024);
        write("/sys/fs/cgroup/memory/memory.limit_in_bytes", "400000\n");
        QCOMPARE(available_memory(root()), int64_t{400000});
    }

private:
    std::string root() const { return folder_->path().toStdString(); }
    void write(const std::string& path, const std::string& text) const {
        std::filesystem::create_directories(std::filesystem::path(root() + path).parent_path());
        std::ofstream(root() + path) << text;
    }

    std::unique_ptr<QTemporaryDir> folder_;
};

QTEST_APPLESS_MAIN(MachineMemoryTest)
#include "machine_memory_test.moc"

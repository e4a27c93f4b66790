// The real window on a workspace that has runs and is not as it should be: read-only, of a newer Lathe, on a full disk,
// damaged. It says so, shows what can be read, and loses nothing.
#include <sys/mount.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "engine/store/store.h"
#include "tests/engine/store/broken_rows.h"
#include "tests/ui/real_window.h"

using namespace lathe;
using Window = RealWindow;

namespace {

// Nothing in the folder can be written while it lives: by its permissions, or for root by a mount.
class ReadOnly {
public:
    explicit ReadOnly(const std::string& folder) : folder_(folder) {
        if (::geteuid() != 0)
            allow(false);
        else if (::mount(folder.c_str(), folder.c_str(), nullptr, MS_BIND, nullptr) == 0)
            mounted_ = true;
        remounted_ =
            mounted_ && ::mount(nullptr, folder.c_str(), nullptr, MS_BIND | MS_REMOUNT | MS_RDONLY, nullptr) == 0;
    }
    ~ReadOnly() {
        if (::geteuid() != 0) allow(true);
        if (mounted_) ::umount2(folder_.c_str(), MNT_DETACH);
    }
    ReadOnly(const ReadOnly&) = delete;
    ReadOnly& operator=(const ReadOnly&) = delete;
    bool works() const { return ::geteuid() != 0 || remounted_; }

private:
    void allow(bool writing) const {
        using std::filesystem::perms;
        const perms write = perms::owner_write | perms::group_write | perms::others_write;
        const auto set = [&](const std::filesystem::path& path) {
            std::filesystem::permissions(
                path, writing ? perms::owner_write : write,
                writing ? std::filesystem::perm_options::add : std::filesystem::perm_options::remove);
        };
        set(folder_);
        for (const auto& entry : std::filesystem::recursive_directory_iterator(folder_)) set(entry.path());
    }

    std::string folder_;
    bool mounted_ = false, remounted_ = false;
};

// A workspace with a run of that state and three steps.
std::string workspace_with_a_run(const QTemporaryDir& folder, RunState state) {
    const std::string workspace = folder.filePath(QStringLiteral("Lathe")).toStdString();
    make_folders(workspace + "/runs");
    Store store(workspace + "/lathe.db", Store::Mode::read_write);
    store.create_run({.id = "20260101-000000-nano-0001",
                      .name = "nano",
                      .state = state,
                      .created_at_ms = 1,
                      .config_json = to_json(RunConfig{}),
                      .provenance = {},
                      .error = {}});
    for (int64_t step = 1; step <= 3; ++step)
        store.add_metrics("20260101-000000-nano-0001", {.step = step, .loss = 2, .eval_loss = {}, .bytes = {}});
    store.flush();
    return workspace;
}

}  // namespace

class WindowWorkspaceTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // Its runs are there, and are shown; what cannot be done says why.
    void a_read_only_workspace_with_runs() {
        const QTemporaryDir folder;
        const std::string workspace = workspace_with_a_run(folder, RunState::stopped);
        const ReadOnly disk(workspace);
        if (!disk.works()) QSKIP("no right to mount a read-only folder");
        Window w(QString::fromStdString(workspace));
        const auto& said = w.window->findChild<WindowNotices*>()->workspace();
        QTRY_VERIFY_WITH_TIMEOUT(said.isVisible(), kPatience_ms);
        QVERIFY2(said.text().contains(QStringLiteral("only be read")), qPrintable(said.text()));
        QTRY_VERIFY_WITH_TIMEOUT(w.window->runs().known(), kPatience_ms);
        QCOMPARE(w.window->runs().runs().size(), size_t{1});
        QVERIFY(w.start(3).contains(QStringLiteral("cannot be written to")));
        QVERIFY(!w.run().is_live());
        w.run().look_at(w.window->runs().runs().front().run);
        QTRY_COMPARE_WITH_TIMEOUT(w.run().detail().metrics.size(), size_t{3}, kPatience_ms);
    }

    void a_workspace_of_a_newer_lathe() {
        const QTemporaryDir folder;
        const std::string workspace = workspace_with_a_run(folder, RunState::stopped);
        {
            // user_version stands at byte 60 (sqlite.org/fileformat2.html, 1.3), the last byte of it at 63.
            std::fstream file(workspace + "/lathe.db", std::ios::binary | std::ios::in | std::ios::out);
            file.seekp(63);
            file.put(99);
        }
        const std::string before = sha256_of_file(workspace + "/lathe.db");
        {
            Window w(QString::fromStdString(workspace));
            const auto& said = w.window->findChild<WindowNotices*>()->workspace();
            QTRY_VERIFY_WITH_TIMEOUT(said.isVisible(), kPatience_ms);
            QVERIFY2(said.text().contains(QStringLiteral("only be read")), qPrintable(said.text()));
            QVERIFY2(said.text().contains(QStringLiteral("newer Lathe")), qPrintable(said.text()));
            QTRY_VERIFY_WITH_TIMEOUT(w.window->runs().known(), kPatience_ms);
            QCOMPARE(w.window->runs().runs().size(), size_t{1});
            QVERIFY(w.start(3).contains(QStringLiteral("newer Lathe")));
        }
        QCOMPARE(sha256_of_file(workspace + "/lathe.db"), before);
    }

    // A crash left its run at work, which cannot be noted now; it is read, and written once there is room.
    void a_full_disk_under_a_workspace_with_runs() {
        const QTemporaryDir folder;
        const std::string workspace = workspace_with_a_run(folder, RunState::running);
        auto full = std::make_unique<FullDisk>(1000);
        Window w(QString::fromStdString(workspace));
        const auto& said = w.window->findChild<WindowNotices*>()->workspace();
        QTRY_VERIFY_WITH_TIMEOUT(said.isVisible(), kPatience_ms);
        QVERIFY2(said.text().contains(QStringLiteral("only be read")), qPrintable(said.text()));
        QTRY_COMPARE_WITH_TIMEOUT(w.window->runs().runs().size(), size_t{1}, kPatience_ms);
        full.reset();
        QVERIFY(QTest::qWaitFor([&] { return press(*w.window, "Try again"); }, kPatience_ms));
        QTRY_VERIFY_WITH_TIMEOUT(!said.isVisible(), kPatience_ms);
        QTRY_COMPARE_WITH_TIMEOUT(w.window->runs().runs().front().state, std::string("interrupted"), kPatience_ms);
        QTRY_VERIFY_WITH_TIMEOUT(!w.run().is_busy() && w.run().state() != RunWatch::State::followed, kPatience_ms);
        QCOMPARE(w.start(3), QString());
        QTRY_VERIFY_WITH_TIMEOUT(w.ended() && w.run().detail().summary.state == "finished", kPatience_ms);
    }

    // Over 8 MiB and closed cleanly, it opens unchecked; the run that lies on the broken page brings it to light.
    void a_database_damaged_in_its_middle() {
        const QTemporaryDir folder;
        const std::string workspace = workspace_with_a_run(folder, RunState::stopped);
        const std::string database = workspace + "/lathe.db", run = "20260101-000000-nano-0001";
        {
            Store store(database, Store::Mode::read_write);
            for (int64_t step = 4; step <= 4000; ++step)
                store.add_metrics(run, {.step = step, .loss = 2, .eval_loss = {}, .bytes = {{"weights", 1000}}});
            store.flush();
        }
        break_large(database);
        Window w(QString::fromStdString(workspace));
        QTRY_VERIFY_WITH_TIMEOUT(w.window->runs().known(), kPatience_ms);
        w.run().look_at(run);
        const auto& said = w.window->findChild<WindowNotices*>()->workspace();
        QTRY_VERIFY_WITH_TIMEOUT(said.isVisible() && said.text().contains(QStringLiteral("lathe.db.damaged-")),
                                 kPatience_ms);
        QTRY_VERIFY_WITH_TIMEOUT(!w.window->runs().error() && w.window->runs().runs().size() == 1, kPatience_ms);
        QTRY_VERIFY_WITH_TIMEOUT(w.run().detail().metrics.size() > 2000, kPatience_ms);
        QCOMPARE(w.start(3), QString());
        QTRY_VERIFY_WITH_TIMEOUT(w.ended() && w.run().detail().summary.state == "finished", kPatience_ms);
    }
};

LATHE_PAGE_TEST(WindowWorkspaceTest)
#include "window_workspace_test.moc"

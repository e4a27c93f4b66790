// A workspace that cannot be written: held by another Lathe, of a newer one, damaged. It opens as far as it can, says
// why not further, and loses nothing.
#include <sched.h>
#include <sys/resource.h>

#include <QtTest>
#include <algorithm>
#include <sstream>
#include <thread>

#include "engine/base/error.h"
#include "engine/base/files.h"
#include "engine/store/store.h"
#include "tests/engine/store/broken_rows.h"
#include "tests/engine/train/session_fixture.h"

using namespace lathe;
using namespace lathe_test;

namespace {

// A thread of this process, as the kernel schedules it.
struct Task {
    int nice = 0, policy = 0;
};
std::vector<Task> tasks() {
    std::vector<Task> found;
    std::error_code gone;
    for (const auto& entry : std::filesystem::directory_iterator("/proc/self/task", gone)) {
        const std::string stat = contents(entry.path().string() + "/stat");
        if (stat.empty()) continue;  // it has just ended
        std::istringstream fields(stat.substr(stat.rfind(')') + 2));
        const std::vector<std::string> words{std::istream_iterator<std::string>(fields), {}};
        found.push_back({.nice = std::stoi(words.at(19 - 3)), .policy = std::stoi(words.at(41 - 3))});  // proc(5)
    }
    return found;
}
size_t batch(const std::vector<Task>& tasks) {
    return static_cast<size_t>(
        std::count_if(tasks.begin(), tasks.end(), [](const Task& task) { return task.policy == SCHED_BATCH; }));
}

}  // namespace

class WorkspaceTest : public QObject {
    Q_OBJECT

    static std::string trained(const Place& place) {
        Watched session(place.workspace());
        const auto done = session.wait<TrainDone>(session.train(place.config()));
        return done ? done->run : "";
    }
    static std::optional<WorkspaceOpened> opened(Watched& session) {
        return session.wait<WorkspaceOpened>(session.post(OpenWorkspace{.read_only_too = true}));
    }

private Q_SLOTS:
    void one_that_another_holds_is_read() {
        const Place place;
        const std::string run = trained(place);
        Watched first(place.workspace());
        QVERIFY(first.wait<WorkspaceOpened>(first.post(OpenWorkspace{})));
        Watched second(place.workspace());
        const auto refused = second.failure(second.post(OpenWorkspace{}));
        QVERIFY(refused && refused->kind == ErrorKind::locked);
        const auto read_only = opened(second);
        QVERIFY(read_only && read_only->read_only);
        QCOMPARE(read_only->read_only->kind, ErrorKind::locked);
        QVERIFY2(read_only->read_only->found.find("pid ") != std::string::npos, read_only->read_only->found.c_str());
        const auto detail = second.wait<RunDetail>(second.post(ShowRun{.run = run}));
        QVERIFY(detail);
        QCOMPARE(detail->metrics.size(), size_t{12});
        const auto training = second.failure(second.train(place.config()));
        QVERIFY(training && training->kind == ErrorKind::locked);
    }

    void once_the_other_is_gone_it_is_written() {
        const Place place;
        Watched second(place.workspace());
        {
            Watched first(place.workspace());
            QVERIFY(first.wait<WorkspaceOpened>(first.post(OpenWorkspace{})));
            QVERIFY(opened(second)->read_only);
        }
        QVERIFY(!opened(second)->read_only);
    }

    void one_of_a_newer_lathe_is_read() {
        const Place place;
        const std::string run = trained(place);
        {
            // user_version stands at byte 60 (sqlite.org/fileformat2.html, 1.3), the last byte of it at 63.
            std::fstream file(place.workspace() + "/lathe.db", std::ios::binary | std::ios::in | std::ios::out);
            file.seekp(63);
            file.put(99);
        }
        Watched session(place.workspace());
        const auto workspace = opened(session);
        QVERIFY(workspace && workspace->read_only);
        QCOMPARE(workspace->read_only->kind, ErrorKind::unsupported);
        const auto list = session.wait<RunsListed>(session.post(ListRuns{}));
        QVERIFY(list && list->runs.size() == 1);
        QCOMPARE(list->runs[0].run, run);
    }

    void a_damaged_database_is_kept_and_its_runs_come_back() {
        const Place place;
        const std::string run = trained(place);
        const std::string database = place.workspace() + "/lathe.db";
        std::filesystem::remove(database);
        write_file_durably(database, std::string(20000, '\x7f'));
        Watched session(place.workspace());
        const auto workspace = opened(session);
        QVERIFY(workspace && !workspace->read_only);
        QVERIFY(workspace->damaged_database.starts_with(database + ".damaged-"));
        QCOMPARE(contents(workspace->damaged_database), std::string(20000, '\x7f'));
        const auto list = session.wait<RunsListed>(session.post(ListRuns{}));
        QVERIFY(list && list->runs.size() == 1);  // from its checkpoints
        QCOMPARE(list->runs[0].run, run);
    }

    // Half of the threads, those behind what other programs do; and back.
    void room_is_left_by_every_thread() {
        const std::vector<Task> before = tasks();
        Session session({.workspace = "", .threads = 4}, [](const Event&) {});
        const auto are = [&](size_t threads, size_t behind) {
            for (int i = 0; i < 1000; ++i) {
                if (tasks().size() == before.size() + threads && batch(tasks()) == batch(before) + behind) return true;
                std::this_thread::sleep_for(std::chrono::milliseconds(10));
            }
            return false;
        };
        constexpr size_t kOthers = 3;  // of jobs, downloads and studies
        QVERIFY(are(4 + kOthers, 0));
        session.post(LeaveRoom{.on = true});
        QVERIFY(are(2 + kOthers, 2));
        for (const Task& task : tasks())
            if (task.policy == SCHED_BATCH && ::getpriority(PRIO_PROCESS, 0) <= 5) QCOMPARE(task.nice, 5);
        const EncodeText any{.tokenizer = "/nowhere", .text = "a"};
        session.post(any);  // its thread takes the wish up with its next command
        QVERIFY(are(2 + kOthers, 3));
        session.post(LeaveRoom{.on = false});
        session.post(any);
        QVERIFY(are(4 + kOthers, 0));
    }

    // Too large to be checked as a whole when it is opened: what reads it comes upon the damage.
    void a_large_database_damaged_inside_is_recovered() {
        const Place place;
        const std::string run = trained(place), database = place.workspace() + "/lathe.db";
        {
            Store store(database, Store::Mode::read_write);
            for (int64_t step = 13; step <= 4000; ++step)
                store.add_metrics(run, {.step = step, .loss = 1, .bytes = {{"weights", 1000}, {"activations", 77}}});
            store.flush();
        }
        break_large(database);
        Watched session(place.workspace());
        const auto again = opened(session);
        QVERIFY(again && !again->read_only);
        QVERIFY(again->damaged_database.starts_with(database + ".damaged-"));
        QCOMPARE(again->recovered_runs, int64_t{1});
        const auto detail = session.wait<RunDetail>(session.post(ShowRun{.run = run}));
        QVERIFY(detail);
        QVERIFY2(detail->metrics.size() > 2000 && detail->metrics.size() < 4000,
                 std::to_string(detail->metrics.size()).c_str());
        const auto list = session.wait<RunsListed>(session.post(ListRuns{}));
        QVERIFY(list && list->runs.size() == 1);
        QCOMPARE(list->damaged_database, again->damaged_database);
        QVERIFY(session.wait<TrainDone>(session.train(place.config())));
    }

    void room_is_left_and_results_stay() {
        const Place place, other;
        Watched session(place.workspace());
        session.post(LeaveRoom{.on = true});
        QVERIFY(session.wait<TrainDone>(session.train(place.config())));
        const auto gentle = session.losses();
        Watched plain(other.workspace());
        QVERIFY(plain.wait<TrainDone>(plain.train(other.config())));
        QCOMPARE(gentle, plain.losses());
    }
};

QTEST_APPLESS_MAIN(WorkspaceTest)
#include "workspace_test.moc"

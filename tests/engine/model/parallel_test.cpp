// Parallel loops: two threads do run at once, every task runs once, exceptions travel.
#include <QtTest>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <numeric>
#include <thread>

#include "engine/base/error.h"
#include "engine/model/parallel.h"
#include "tests/engine/base/caught.h"

using namespace lathe;

class ParallelTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void two_threads_run();
    void every_task_runs_once_data();
    void every_task_runs_once();
    void exceptions_travel();
    void counts_cores();
};

// Each task waits for the other: on one thread the first one waits in vain.
void ParallelTest::two_threads_run() {
    set_threads(2);
    QCOMPARE(threads(), 2);
    std::mutex mutex;
    std::condition_variable arrived;
    int there = 0;
    std::atomic<int> met{0};
    parallel_for(2, 1, [&](Range range) {
        if (range.end - range.begin != 1) return;  // the loop ran on one thread
        std::unique_lock lock(mutex);
        ++there;
        arrived.notify_all();
        met += arrived.wait_for(lock, std::chrono::seconds(10), [&] { return there == 2; });
    });
    QCOMPARE(met.load(), 2);
}

void ParallelTest::every_task_runs_once_data() {
    QTest::addColumn<int>("workers");
    QTest::addColumn<int>("tasks");
    QTest::addColumn<int>("grain");
    for (const int workers : {1, 2, 3})
        for (const int tasks : {0, 1, 7, 1000})
            for (const int grain : {0, 1, 16, 5000})
                QTest::addRow("%d threads, %d by %d", workers, tasks, grain) << workers << tasks << grain;
}

void ParallelTest::every_task_runs_once() {
    QFETCH(int, workers);
    QFETCH(int, tasks);
    QFETCH(int, grain);
    set_threads(workers);
    std::vector<std::atomic<int>> runs(static_cast<size_t>(tasks));
    parallel_for(tasks, grain, [&](Range range) {
        for (int64_t i = range.begin; i < range.end; ++i) ++runs[static_cast<size_t>(i)];
    });
    for (const auto& count : runs) QCOMPARE(count.load(), 1);
}

void ParallelTest::exceptions_travel() {
    for (const int workers : {1, 2}) {
        set_threads(workers);
        for (const int64_t bad : {0, 7}) {
            const Error error = caught([&] {
                parallel_for(8, 1, [&](Range range) {
                    if (range.begin <= bad && bad < range.end) fail({.kind = ErrorKind::empty, .key = "task"});
                });
            });
            QCOMPARE(error.kind, ErrorKind::empty);
            QCOMPARE(error.key, std::string("task"));
        }
    }
    std::atomic<int64_t> sum{0};
    parallel_for(8, 1, [&](Range range) { sum += range.end - range.begin; });
    QCOMPARE(sum.load(), int64_t{8});
}

void ParallelTest::counts_cores() {
    QVERIFY(physical_cores() >= 1);
    QVERIFY(physical_cores() <= static_cast<int>(std::thread::hardware_concurrency()));
}

QTEST_APPLESS_MAIN(ParallelTest)
#include "parallel_test.moc"

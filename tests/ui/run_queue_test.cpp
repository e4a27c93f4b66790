// The queue over a fake engine: what is kept, when the next run starts, and when it does not.
#include <QtTest>

#include "tests/ui/page_fixture.h"

using namespace lathe;

class RunQueueTest : public QObject {
    Q_OBJECT

    static RunConfig config(int64_t steps) {
        RunConfig config;
        config.train.max_steps = steps;
        return config;
    }

    struct Queue {
        PageFixture f;
        RunQueue& queue = f.queue;

        explicit Queue(const QStringList& names) {
            for (const QString& name : names) queue.add(config(names.indexOf(name) + 1), name.toStdString());
        }
        QStringList names() const {
            QStringList names;
            for (const QueuedRun& run : queue.runs())
                names << QString::fromStdString(run.name) + (run.error ? QStringLiteral("!") : QString());
            return names;
        }
        QStringList saved() const {
            QStringList names;
            for (const QueuedRun& run : f.engine.last<SaveQueue>()->runs) names << QString::fromStdString(run.name);
            return names;
        }
        int starts() const { return f.engine.count<StartTraining>(); }
        std::string started() const { return f.engine.last<StartTraining>()->config_file; }
        std::string id(int place) const { return queue.runs()[static_cast<size_t>(place)].id; }
        // What the engine says of the newest start.
        void begins(const std::string& run) {
            f.engine.answer<StartTraining>(TrainStarted{.run = run, .step = 0, .max_steps = 5});
            f.engine.answer<StartTraining>(StateChanged{EngineState::training});
        }
        void ends(const std::string& run, const std::string& state = "finished", const std::string& reason = "") {
            if (state == "stopped")
                f.engine.answer<StartTraining>(Notice{.kind = "stopped", .text = reason, .run = run, .step = 3});
            f.engine.answer<StartTraining>(TrainDone{.run = run, .state = state, .reason = reason, .steps = 3});
            QCoreApplication::processEvents();
        }
        void fails(const Error& error) {
            f.engine.answer<StartTraining>(Failed{error});
            QCoreApplication::processEvents();
        }
    };

private Q_SLOTS:
    void what_is_added_is_kept_and_waits() {
        Queue q({QStringLiteral("a"), QStringLiteral("b")});
        QCOMPARE(q.saved(), QStringList({QStringLiteral("a"), QStringLiteral("b")}));
        QCOMPARE(q.starts(), 0);
        QCOMPARE(parse_run_config(q.f.engine.last<SaveQueue>()->runs[1].config_json, "").train.max_steps, int64_t{2});
        QVERIFY(q.id(0) != q.id(1));
    }

    void it_runs_one_after_the_other() {
        Queue q({QStringLiteral("a"), QStringLiteral("b")});
        q.queue.go_on();
        QCOMPARE(q.started(), std::string("a.json"));
        QCOMPARE(q.names().size(), 2);  // until it trains the record of runs has not got it
        q.begins("run-a");
        QCOMPARE(q.names(), QStringList{QStringLiteral("b")});
        QCOMPARE(q.saved(), QStringList{QStringLiteral("b")});
        q.ends("run-a");
        QCOMPARE(q.starts(), 2);
        QCOMPARE(q.started(), std::string("b.json"));
        q.begins("run-b");
        q.ends("run-b");
        QCOMPARE(q.starts(), 2);
        QVERIFY(q.names().isEmpty());
    }

    void it_follows_a_run_that_was_started_by_hand() {
        Queue q({QStringLiteral("a")});
        q.f.run.start({.config = config(9), .config_file = "mine.json", .resume = {}});
        q.begins("mine");
        q.queue.go_on();  // never beside a run
        q.queue.start_now(q.id(0));
        QCOMPARE(q.starts(), 1);
        q.ends("mine", "stopped", "loss");  // by a rule, not by the user
        QCOMPARE(q.starts(), 2);
        QCOMPARE(q.started(), std::string("a.json"));
    }

    void a_stop_of_the_user_holds_it() {
        Queue q({QStringLiteral("a"), QStringLiteral("b")});
        q.queue.go_on();
        q.begins("run-a");
        q.ends("run-a", "stopped", "user");
        QCOMPARE(q.starts(), 1);
        QVERIFY(q.queue.held());
        q.queue.go_on();
        QCOMPARE(q.started(), std::string("b.json"));
        QVERIFY(!q.queue.held());
    }

    void a_cancel_of_the_preparation_holds_it_and_loses_nothing() {
        Queue q({QStringLiteral("a"), QStringLiteral("b")});
        q.queue.go_on();
        q.f.run.stop();
        q.fails({.kind = ErrorKind::cancelled});
        QVERIFY(q.queue.held());
        QCOMPARE(q.names(), QStringList({QStringLiteral("a"), QStringLiteral("b")}));
        QCOMPARE(q.starts(), 1);
    }

    void one_that_fails_stays_with_its_error_and_the_next_begins() {
        Queue q({QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c")});
        q.queue.go_on();
        q.fails({.kind = ErrorKind::not_found, .file = "gone.txt"});  // before its first step
        QCOMPARE(q.started(), std::string("b.json"));
        QCOMPARE(q.names(), QStringList({QStringLiteral("a!"), QStringLiteral("b"), QStringLiteral("c")}));
        QCOMPARE(q.f.engine.last<SaveQueue>()->runs[0].error->file, std::string("gone.txt"));
        q.begins("run-b");
        q.fails({.kind = ErrorKind::non_finite, .key = "step 2"});  // while it trains
        QCOMPARE(q.started(), std::string("c.json"));
        QCOMPARE(q.names(), QStringList({QStringLiteral("b!"), QStringLiteral("a!"), QStringLiteral("c")}));
        q.begins("run-c");
        q.ends("run-c");
        QCOMPARE(q.starts(), 3);  // what has failed is not tried again by itself
        q.queue.start_now(q.id(1));
        QCOMPARE(q.started(), std::string("a.json"));
    }

    void settings_of_another_version_are_passed_over() {
        Queue q({});
        q.queue.load();
        q.f.engine.answer<ListQueue>(QueueListed{{{.id = "1", .name = "old", .config_json = "{\"version\": 99}"},
                                                  {.id = "2", .name = "good", .config_json = to_json(config(3))}}});
        QVERIFY(q.queue.held());  // a window that opens starts nothing
        QCOMPARE(q.starts(), 0);
        q.queue.go_on();
        QCOMPARE(q.started(), std::string("good.json"));
        QCOMPARE(q.names().first(), QStringLiteral("old!"));
    }

    void order_changes_and_is_taken_back() {
        Queue q({QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c")});
        q.queue.move(q.id(2), 0);
        QCOMPARE(q.saved(), QStringList({QStringLiteral("c"), QStringLiteral("a"), QStringLiteral("b")}));
        q.queue.move(q.id(0), 99);
        QCOMPARE(q.names(), QStringList({QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c")}));
        q.queue.remove(q.id(1));
        q.queue.remove("no such id");
        QCOMPARE(q.names(), QStringList({QStringLiteral("a"), QStringLiteral("c")}));
        q.queue.undo();
        QCOMPARE(q.saved(), QStringList({QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c")}));
        q.queue.start_now(q.id(1));
        QCOMPARE(q.started(), std::string("b.json"));
        QVERIFY(!q.queue.can_undo());
    }

    void what_is_added_together_goes_together() {
        Queue q({QStringLiteral("a")});
        q.queue.add(std::vector<SweepRun>{{"s 1", config(1)}, {"s 2", config(2)}});
        QCOMPARE(q.saved(), QStringList({QStringLiteral("a"), QStringLiteral("s 1"), QStringLiteral("s 2")}));
        QVERIFY(q.id(1) != q.id(2));
        q.queue.undo();
        QCOMPARE(q.saved(), QStringList{QStringLiteral("a")});
    }

    void a_run_of_the_record_starts_nothing() {
        Queue q({QStringLiteral("a")});
        q.f.run.look_at("old");
        RunDetail detail;
        detail.summary = {.run = "old", .name = "old", .state = "finished"};
        q.f.engine.answer<ShowRun>(detail);
        QCoreApplication::processEvents();
        QCOMPARE(q.starts(), 0);
    }

    void a_queue_that_cannot_be_kept_says_so() {
        Queue q({});
        QSignalSpy failed(&q.queue, &RunQueue::failed);
        q.queue.add(config(1), "a");
        q.f.engine.answer<SaveQueue>(Failed{{.kind = ErrorKind::disk_full}});
        QCOMPARE(failed.count(), 1);
        QCOMPARE(q.names().size(), 1);
    }
};

LATHE_PAGE_TEST(RunQueueTest)
#include "run_queue_test.moc"

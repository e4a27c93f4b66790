// Events reach the thread of the bridge, all and in order, in few deliveries; a session answers through it.
#include <QTemporaryDir>
#include <QtTest>
#include <thread>

#include "ui/engine_bridge.h"

using namespace lathe;

class EngineBridgeTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void events_arrive_in_order_on_the_gui_thread() {
        constexpr RequestId kCount = 20000;
        EngineBridge bridge;
        std::vector<RequestId> seen;
        bool elsewhere = false;
        QObject::connect(&bridge, &EngineBridge::event_arrived, this, [&](const Event& event) {
            elsewhere = elsewhere || QThread::currentThread() != thread();
            seen.push_back(event.request);
        });
        std::thread engine([sink = bridge.sink()] {
            for (RequestId id = 1; id <= kCount; ++id)
                sink({.request = id, .body = StateChanged{EngineState::working}});
        });
        QTRY_COMPARE(seen.size(), size_t{kCount});
        engine.join();
        QVERIFY(!elsewhere);
        for (RequestId id = 1; id <= kCount; ++id) QCOMPARE(seen[id - 1], id);
    }

    // What has gathered comes in one turn of the event loop.
    void events_are_delivered_together() {
        EngineBridge bridge;
        int count = 0;
        QObject::connect(&bridge, &EngineBridge::event_arrived, this, [&] { ++count; });
        const EventSink sink = bridge.sink();
        for (int i = 0; i < 100; ++i) sink({.request = 1, .body = StateChanged{EngineState::idle}});
        QCOMPARE(count, 0);
        QCoreApplication::sendPostedEvents(&bridge, QEvent::MetaCall);
        QCOMPARE(count, 100);
        sink({.request = 1, .body = StateChanged{EngineState::idle}});  // one alone, after a delivery
        QCoreApplication::sendPostedEvents(&bridge, QEvent::MetaCall);
        QCOMPARE(count, 101);
    }

    void a_long_run_is_handed_over_without_a_copy() {
        EngineBridge bridge;
        const MetricPoint* told = nullptr;
        RunDetail taken;
        bool empty_for_others = false;
        connect(&bridge, &EngineLink::event_arrived, this, [&](const Event& event) {
            const auto& detail = std::get<RunDetail>(event.body);
            told = detail.metrics.data();
            taken = bridge.take(detail);
            empty_for_others = detail.metrics.empty();
        });
        RunDetail detail;
        detail.metrics.resize(1000);
        bridge.sink()({.request = 1, .body = detail});
        QTRY_COMPARE(taken.metrics.size(), size_t{1000});
        QVERIFY(taken.metrics.data() == told && empty_for_others);
        QCOMPARE(bridge.take(detail).metrics.size(), size_t{1000});  // not told now: a copy
        QCOMPARE(detail.metrics.size(), size_t{1000});
    }

    void a_missing_run_is_an_error_that_arrives() {
        const QTemporaryDir workspace;
        EngineBridge bridge;
        std::optional<Error> error;
        QObject::connect(&bridge, &EngineBridge::event_arrived, this, [&](const Event& event) {
            if (const auto* failed = std::get_if<Failed>(&event.body)) error = failed->error;
        });
        bridge.open({.workspace = workspace.path().toStdString(), .threads = 1});
        QVERIFY(bridge.post(ShowRun{.run = "nope"}) > 0);
        QTRY_VERIFY(error.has_value());
        QCOMPARE(error->exit_status(), 2);
    }
};

QTEST_GUILESS_MAIN(EngineBridgeTest)
#include "engine_bridge_test.moc"

// Who gets how much of one thread, on a clock that the test turns.
#include <QtTest>

#include "engine/time_share.h"

using lathe::TimeShare;
using namespace std::chrono_literals;

class TimeShareTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void gives_half_data();
    void gives_half();
    void saves_up_no_more_than_a_while();
    void stops_where_nobody_waits();
    void what_ran_over_is_paid_back();

private:
    TimeShare::Clock::time_point now_;
    TimeShare share() {
        return TimeShare([this] { return now_; });
    }
};

void TimeShareTest::gives_half_data() {
    QTest::addColumn<int>("work_ms");
    QTest::addColumn<int>("step_ms");
    for (const int work : {1, 20, 400})
        for (const int step : {1, 20, 400}) QTest::addRow("%d beside %d", work, step) << work << step;
}

void TimeShareTest::gives_half() {
    QFETCH(int, work_ms);
    QFETCH(int, step_ms);
    TimeShare share = this->share();
    share.work_begins();
    int worked = 0, given = 0;
    while (worked < 20'000) {
        now_ += std::chrono::milliseconds(work_ms);
        worked += work_ms;
        share.give([&] {
            now_ += std::chrono::milliseconds(step_ms);
            given += step_ms;
            return true;
        });
    }
    QVERIFY2(std::abs(given - worked) <= 400, qPrintable(QString::number(given)));
}

void TimeShareTest::saves_up_no_more_than_a_while() {
    TimeShare share = this->share();
    for (int i = 0; i < 1000; ++i) {
        now_ += 10ms;
        share.give([] { return false; });
    }
    int given = 0;
    share.give([&] {
        now_ += 1ms;
        ++given;
        return true;
    });
    QCOMPARE(given, 100);
    now_ += 1h;  // idle: not work
    share.work_begins();
    now_ += 5ms;
    given = 0;
    share.give([&] {
        now_ += 1ms;
        ++given;
        return true;
    });
    QCOMPARE(given, 5);
}

void TimeShareTest::stops_where_nobody_waits() {
    TimeShare share = this->share();
    now_ += 50ms;
    int asked = 0;
    share.give([&] { return ++asked < 3; });
    QCOMPARE(asked, 3);
}

void TimeShareTest::what_ran_over_is_paid_back() {
    TimeShare share = this->share();
    now_ += 10ms;
    int given = 0;
    const auto step = [&] {
        now_ += 35ms;
        ++given;
        return true;
    };
    for (int i = 0; i < 3; ++i) {
        share.give(step);
        QCOMPARE(given, 1);
        now_ += 10ms;
    }
    share.give(step);
    QCOMPARE(given, 2);
}

QTEST_APPLESS_MAIN(TimeShareTest)
#include "time_share_test.moc"

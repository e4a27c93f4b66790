// Learning rates, held to transformers' schedulers (tests/data/make_schedules.py).
#include <QtTest>
#include <cmath>

#include "engine/base/json.h"
#include "engine/train/schedule.h"

using namespace lathe;

class ScheduleTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void rates_equal_those_of_transformers();
    void linear_ends_at_its_share();
};

void ScheduleTest::rates_equal_those_of_transformers() {
    const Json document = read_json(LATHE_SOURCE_DIR "/tests/data/schedules.json");
    for (const Json& wanted : document["cases"]) {
        const auto type = wanted["type"].get<std::string>();
        const Schedule schedule{.type = type,
                                .peak = document["learning_rate"],
                                .warmup_steps = wanted["warmup_steps"],
                                .total_steps = document["total_steps"],
                                .min_ratio = wanted["min_lr_ratio"]};
        for (size_t step = 0; step < wanted["rates"].size(); ++step) {
            const auto rate = wanted["rates"][step].get<double>();
            const double ours = schedule.at(static_cast<int64_t>(step));
            // Past the last step, where no run goes, a cosine of transformers rises again, and a warm-up as long as the
            // run falls to nothing.
            if (static_cast<int64_t>(step) > schedule.total_steps) continue;
            if (static_cast<int64_t>(step) == schedule.total_steps && schedule.warmup_steps == schedule.total_steps)
                continue;
            QVERIFY2(std::abs(ours - rate) <= 1e-15, qPrintable(QString("%1, warm-up %2, step %3: %4 for %5")
                                                                    .arg(QString::fromStdString(type))
                                                                    .arg(schedule.warmup_steps)
                                                                    .arg(step)
                                                                    .arg(ours)
                                                                    .arg(rate)));
        }
    }
}

void ScheduleTest::linear_ends_at_its_share() {
    const Schedule schedule{.type = "linear", .peak = 1, .warmup_steps = 2, .total_steps = 12, .min_ratio = 0.2};
    QCOMPARE(schedule.at(2), 1.0);
    QCOMPARE(schedule.at(7), 0.6);
    QCOMPARE(schedule.at(12), 0.2);
    QCOMPARE(schedule.at(1000), 0.2);
}

QTEST_APPLESS_MAIN(ScheduleTest)
#include "schedule_test.moc"

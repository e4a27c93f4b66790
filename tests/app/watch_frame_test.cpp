// A run as it is drawn in a terminal: lines that fit, the curve where it belongs, validations over it, figures.
#include "app/watch_frame.h"

#include <QtTest>
#include <cmath>

using namespace lathe;

namespace {

RunDetail run_of(int64_t steps) {
    RunDetail run;
    run.summary = {.run = "20260101-000000-nano-0001", .name = "nano", .state = "running"};
    run.summary.max_steps = 200;
    for (int64_t step = 1; step <= steps; ++step) {
        MetricPoint point{.step = step, .loss = 5.0 - 0.03 * static_cast<double>(step), .tokens_per_s = 1000};
        point.elapsed_s = 0.5 * static_cast<double>(step);
        if (step % 50 == 0) point.eval_loss = point.loss + 0.5;
        run.metrics.push_back(point);
    }
    run.summary.step = steps;
    if (steps > 0) run.summary.loss = run.metrics.back().loss;
    return run;
}

int cells(const std::string& line) {
    int count = 0;
    for (const char c : line) count += (c & 0xc0) != 0x80 ? 1 : 0;
    return count;
}

bool has_dots(const std::string& line) {
    return line.find("\xe2\xa0") != std::string::npos || line.find("\xe2\xa1") != std::string::npos ||
           line.find("\xe2\xa2") != std::string::npos || line.find("\xe2\xa3") != std::string::npos;
}

}  // namespace

class WatchFrameTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void lines_fit_any_terminal() {
        for (const int columns : {10, 24, 40, 80, 200})
            for (const int rows : {1, 4, 10, 24}) {
                for (const int64_t steps : {0, 1, 2, 100}) {
                    const auto frame = watch_frame(run_of(steps), columns, rows, false);
                    QVERIFY(!frame.empty() && frame.size() <= static_cast<size_t>(rows));
                    for (const std::string& line : frame) QVERIFY2(cells(line) <= columns, line.c_str());
                }
            }
    }

    void wide_letters_count_as_two_and_no_name_acts_on_the_terminal() {
        RunDetail run = run_of(0);
        run.summary.name = "\033[2J한국어로 된 아주 긴 실행 이름입니다";
        for (const int columns : {24, 25, 30}) {
            const std::string title = watch_frame(run, columns, 8, false).front();
            QVERIFY(title.find('\033') == std::string::npos);
            const QString words = QString::fromStdString(title);
            int taken = 0;
            for (const QChar c : words) taken += c.unicode() >= 0xac00 ? 2 : 1;
            QVERIFY2(taken <= columns && taken >= columns - 1, title.c_str());
        }
    }

    // A loss that falls evenly: from the top left to the bottom right.
    void the_curve_falls_as_the_loss_does() {
        const auto frame = watch_frame(run_of(100), 60, 13, false);
        QCOMPARE(frame.size(), size_t{13});
        const auto first_dot = [&](size_t line) {
            const size_t at = frame[line].find("\xe2\xa0");
            const size_t other = frame[line].find("\xe2\xa1");
            return std::min(at, other);
        };
        QVERIFY(has_dots(frame[1]) && has_dots(frame[10]));
        QVERIFY(first_dot(1) < first_dot(9));
        QVERIFY2(frame[1].find("4.97") != std::string::npos || frame[1].find("4.955") != std::string::npos,
                 frame[1].c_str());
        QVERIFY(frame[0].find("nano") != std::string::npos && frame[0].find("step 100 of 200") != std::string::npos);
        QVERIFY(frame[0].find("50 %") != std::string::npos);
        QVERIFY(frame[0].find("50s left") != std::string::npos);
        QVERIFY(frame[12].find("1000 tok/s") != std::string::npos);
        int points = 0;
        for (const std::string& line : frame)
            for (size_t at = line.find("●"); at != std::string::npos; at = line.find("●", at + 1)) ++points;
        QCOMPARE(points, 2);
    }

    void what_is_not_finite_leaves_a_gap() {
        RunDetail run = run_of(100);
        for (size_t i = 0; i < 100; ++i) run.metrics[i].loss = NAN;
        for (MetricPoint& point : run.metrics) point.eval_loss.reset();
        for (const std::string& line : watch_frame(run, 60, 13, false)) QVERIFY(!has_dots(line));
    }

    void colours_end_with_their_line() {
        for (const std::string& line : watch_frame(run_of(100), 60, 13, true))
            if (line.find("\033[3") != std::string::npos) QVERIFY(line.ends_with("\033[0m"));
        for (const std::string& line : watch_frame(run_of(100), 60, 13, false))
            QVERIFY(line.find('\033') == std::string::npos);
    }

    void a_line_says_it_all() {
        RunDetail run = run_of(100);
        run.summary.eval_loss = 2.5;
        QCOMPARE(watch_line(run), std::string("20260101-000000-nano-0001: running, step 100 of 200, loss 2.0000, "
                                              "validation 2.5000, 1000 tok/s, 50s left"));
        QCOMPARE(watch_duration(8.9), std::string("8s"));
        QCOMPARE(watch_duration(200), std::string("3m20s"));
        QCOMPARE(watch_duration(7500), std::string("2h05m"));
        run.summary.state = "failed";
        run.error = Error{.kind = ErrorKind::non_finite, .key = "step 7"};
        QVERIFY(watch_line(run).find("step 7") != std::string::npos);
        QCOMPARE(watched_seconds_left(run), 0.0);
    }
};

QTEST_APPLESS_MAIN(WatchFrameTest)
#include "watch_frame_test.moc"

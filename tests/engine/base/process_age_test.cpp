// The age that a process gives itself, beside a clock that its parent reads.
#include "engine/base/process_age.h"

#include <QElapsedTimer>
#include <QProcess>
#include <QtTest>
#include <cstdio>
#include <string_view>

class ProcessAgeTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void within_what_its_parent_waited() {
        QElapsedTimer clock;
        clock.start();
        QProcess process;
        process.start(QCoreApplication::applicationFilePath(), {QStringLiteral("--age")});
        QVERIFY(process.waitForFinished());
        const double age_ms = process.readAllStandardOutput().toDouble();
        QVERIFY(age_ms >= kSleep_ms);
        QVERIFY(age_ms <= static_cast<double>(clock.elapsed()) + kTick_ms);
    }

public:
    static constexpr int kSleep_ms = 200, kTick_ms = 10;
};

int main(int argc, char** argv) {
    if (argc == 2 && std::string_view(argv[1]) == "--age") {
        QTest::qSleep(ProcessAgeTest::kSleep_ms);
        return std::printf("%.3f", lathe::process_age_ms()) < 0;
    }
    const QCoreApplication app(argc, argv);
    ProcessAgeTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "process_age_test.moc"

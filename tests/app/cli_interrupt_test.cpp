// Ctrl-C saves and ends with 130, a kill costs no more than the steps since the last checkpoint, a second Lathe waits
// outside.
#include <signal.h>

#include <QtTest>
#include <memory>

#include "tests/app/cli_process.h"

using namespace lathe_test;

class CliInterruptTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void an_interrupt_saves_and_ends_with_130();
    void a_killed_run_goes_on_from_its_checkpoint();
    void a_second_lathe_is_refused();

private:
    // A long run, started, once this text stands on its stderr.
    static std::unique_ptr<QProcess> started(const Desk& desk, const std::string& until) {
        Json config = Desk::config();
        config["train"]["max_steps"] = 100'000;
        const std::string file = desk.write("long.json", config.dump());
        auto process = std::make_unique<QProcess>();
        process->start(LATHE_CLI, words(desk.with_common({"train", "--config", file, "--json"})));
        process->setReadChannel(QProcess::StandardError);
        QByteArray err;
        while (!err.contains(until.c_str()) && process->waitForReadyRead(60'000))
            err += process->readAllStandardError();
        return process;
    }
    static Finished resumed(const Desk& desk, int64_t max_steps) {
        Json config = Desk::config();
        config["train"]["max_steps"] = max_steps;
        return desk.run({"train", "--config", desk.write("long.json", config.dump()), "--resume", "latest", "--json"});
    }
};

void CliInterruptTest::an_interrupt_saves_and_ends_with_130() {
    const Desk desk;
    const auto process = started(desk, "step 4/");
    ::kill(static_cast<pid_t>(process->processId()), SIGINT);
    QVERIFY(process->waitForFinished(60'000));
    const Finished run = Desk::result(*process);
    QCOMPARE(run.status, 130);
    const Json json = run.json();
    QCOMPARE(json["state"], "stopped");
    const auto steps = json["steps"].get<int64_t>();
    QVERIFY(steps >= 4);
    QVERIFY(json["checkpoint"].get<std::string>().ends_with("checkpoint-" + std::to_string(steps)));
    const Finished rest = resumed(desk, steps + 2);
    QVERIFY2(rest.status == 0, rest.err.c_str());
    QCOMPARE(rest.json()["resumed_from_step"].get<int64_t>(), steps);
    QCOMPARE(rest.json()["steps"].get<int64_t>(), steps + 2);
    QCOMPARE(rest.json()["run"], json["run"]);
}

void CliInterruptTest::a_killed_run_goes_on_from_its_checkpoint() {
    const Desk desk;
    const auto process = started(desk, "step 8/");
    ::kill(static_cast<pid_t>(process->processId()), SIGKILL);
    QVERIFY(process->waitForFinished(60'000));
    QCOMPARE(process->exitStatus(), QProcess::CrashExit);
    // The same steps without a kill, in another workspace, have the same losses.
    const auto exported = [](const Desk& of) { return of.run({"runs", "export", "latest"}).json(); };
    const auto killed_at = exported(desk)["metrics"].back()["step"].get<int64_t>();
    const int64_t last = killed_at + 4;
    const Finished rest = resumed(desk, last);
    QVERIFY2(rest.status == 0, rest.err.c_str());
    const auto from = rest.json()["resumed_from_step"].get<int64_t>();
    QVERIFY(from >= 6 && from % 3 == 0);
    QCOMPARE(rest.json()["steps"].get<int64_t>(), last);
    const Json metrics = exported(desk)["metrics"];
    QCOMPARE(metrics.size(), static_cast<size_t>(last));
    const Desk other;
    const Finished whole =
        other.run({"train", "--config", other.path("config.json"), "--set", "train.max_steps=" + std::to_string(last)});
    QVERIFY2(whole.status == 0, whole.err.c_str());
    const Json undisturbed = exported(other)["metrics"];
    for (size_t i = 0; i < metrics.size(); ++i)
        QCOMPARE(metrics[i]["loss"].get<double>(), undisturbed[i]["loss"].get<double>());
    QVERIFY(desk.left_overs().empty());
}

void CliInterruptTest::a_second_lathe_is_refused() {
    const Desk desk;
    const auto process = started(desk, "step 1/");
    const Finished second = desk.run({"train", "--config", desk.path("config.json")});
    QCOMPARE(second.status, 2);
    QVERIFY2(second.err.find("in use by another Lathe") != std::string::npos, second.err.c_str());
    QCOMPARE(std::count(second.err.begin(), second.err.end(), '\n'), 1);
    QVERIFY(second.err.find("workspace") != std::string::npos);
    QCOMPARE(desk.runs().size(), size_t{1});
    const Finished list = desk.run({"runs", "list", "--json"});  // reading is free
    QVERIFY2(list.status == 0, list.err.c_str());
    QCOMPARE(list.json()[0]["state"], "running");
    QProcess watch;  // shows the run until it ends
    watch.start(LATHE_CLI, words(desk.with_common({"runs", "watch", "latest"})));
    QVERIFY(watch.waitForReadyRead(60'000));
    ::kill(static_cast<pid_t>(process->processId()), SIGTERM);
    QVERIFY(process->waitForFinished(60'000));
    QCOMPARE(Desk::result(*process).status, 130);
    QVERIFY(watch.waitForFinished(60'000));
    const Finished watched = Desk::result(watch);
    QCOMPARE(watched.status, 0);
    QVERIFY2(watched.out.find(": running, ") < watched.out.find(": stopped, "), watched.out.c_str());
    QVERIFY2(watched.out.find(": stopped, ") != std::string::npos, watched.out.c_str());
}

QTEST_GUILESS_MAIN(CliInterruptTest)
#include "cli_interrupt_test.moc"

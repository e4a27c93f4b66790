// runs watch and runs export on a run that another process trains: lines, objects, a drawing on a terminal, event
// files.
#include <QtTest>
#include <filesystem>

#include "tests/app/cli_process.h"

using namespace lathe_test;

class CliWatchTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        const Finished run = desk_.run({"train", "--config", desk_.path("config.json"), "--json"});
        QVERIFY2(run.status == 0, run.err.c_str());
        run_ = run.json()["run"].get<std::string>();
    }

    void an_ended_run_is_told_once() {
        const Finished watched = desk_.run({"runs", "watch", "latest"});
        QVERIFY2(watched.status == 0, watched.err.c_str());
        QCOMPARE(std::count(watched.out.begin(), watched.out.end(), '\n'), 1);
        QVERIFY2(watched.out.starts_with(run_ + ": finished, step 6 of 6, loss "), watched.out.c_str());
        const Finished json = desk_.run({"runs", "watch", run_, "--json"});
        QCOMPARE(json.json()["state"], "finished");
        QCOMPARE(json.json()["step"], 6);
        QVERIFY(json.json()["best_eval_loss"].is_number());
        QVERIFY(desk_.run({"runs", "watch", "20200101-000000-gone-0000"}).status != 0);
    }

    // As another process trains it: each change is one object, up to the end.
    void a_live_run_is_followed_to_its_end() {
        const Desk desk;
        Json config = Desk::config();
        config["train"]["max_steps"] = 400;
        const std::string file = desk.write("long.json", config.dump());
        QProcess train;
        train.start(LATHE_CLI, words(desk.with_common({"train", "--config", file})));
        QTRY_VERIFY_WITH_TIMEOUT(
            !desk.runs().empty() && desk.run({"runs", "list"}).out.find("running") != std::string::npos, 60'000);
        const Finished watched = desk.run({"runs", "watch", "latest", "--json"});
        QVERIFY2(watched.status == 0, watched.err.c_str());
        QVERIFY(train.waitForFinished(60'000));
        std::vector<Json> changes;
        for (size_t at = 0; at < watched.out.size();) {
            const size_t end = watched.out.find('\n', at);
            changes.push_back(lathe::parse_json(watched.out.substr(at, end - at), "a change"));
            at = end + 1;
        }
        QVERIFY(changes.size() >= 2);
        QCOMPARE(changes.front()["state"], "running");
        QCOMPARE(changes.back()["state"], "finished");
        QCOMPARE(changes.back()["step"], 400);
        for (size_t i = 1; i < changes.size(); ++i)
            QVERIFY(changes[i]["step"].get<int64_t>() >= changes[i - 1]["step"].get<int64_t>());
    }

    // script(1) gives it a terminal.
    void a_terminal_gets_a_drawing() {
        if (QStandardPaths::findExecutable(QStringLiteral("script")).isEmpty()) QSKIP("script(1) is not installed");
        QProcess process;
        const QString command = QStringLiteral("stty cols 70 rows 20; %1 runs watch latest --workspace %2")
                                    .arg(QStringLiteral(LATHE_CLI), QString::fromStdString(desk_.workspace()));
        process.start(QStringLiteral("script"), {QStringLiteral("-qec"), command, QStringLiteral("/dev/null")});
        QVERIFY(process.waitForFinished(60'000));
        QCOMPARE(process.exitCode(), 0);
        const QByteArray out = process.readAllStandardOutput();
        QVERIFY2(out.contains("\xe2\xa0") || out.contains("\xe2\xa1") || out.contains("\xe2\xa3"), out.constData());
        QVERIFY(out.contains("finished"));
        QVERIFY(out.contains("\033[?25l") && out.contains("\033[?25h"));  // the cursor comes back
    }

    void curves_are_exported_for_tensorboard() {
        const std::string out = desk_.path("events");
        const Finished written = desk_.run({"runs", "export", "latest", "--format", "tensorboard", "--out", out});
        QVERIFY2(written.status == 0, written.err.c_str());
        QCOMPARE(written.out, out + "\n");
        int files = 0;
        for (const auto& entry : std::filesystem::directory_iterator(out)) {
            QVERIFY(entry.path().filename().string().starts_with("events.out.tfevents."));
            ++files;
        }
        QCOMPARE(files, 1);
        QCOMPARE(desk_.run({"runs", "export", "latest", "--format", "tensorboard", "--out", out}).status, 2);  // there
        QCOMPARE(desk_.run({"runs", "export", "latest", "--format", "tensorboard"}).status, 2);
        QCOMPARE(desk_.run({"runs", "export", "latest", "--out", out}).status, 2);
        QCOMPARE(desk_.run({"runs", "export", "latest", "--format", "csv"}).status, 2);
        QCOMPARE(desk_.run({"runs", "export", "latest"}).json()["metrics"].size(), size_t{6});
    }

private:
    const Desk desk_;
    std::string run_;
};

QTEST_GUILESS_MAIN(CliWatchTest)
#include "cli_watch_test.moc"

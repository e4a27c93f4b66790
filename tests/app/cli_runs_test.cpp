// Runs on the command line: what the record of one prints, two compared, one gone on with, steps left out.
#include <QtTest>

#include "tests/app/cli_process.h"

using namespace lathe_test;

class CliRunsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void runs_are_listed_shown_exported();
    void runs_are_compared_and_watched();
    void resuming_a_finished_run_prints_its_result();
    void batches_of_steps_are_skipped();

private:
    Desk desk_;
    Json trained_;
};

void CliRunsTest::initTestCase() {
    const Finished run = desk_.run({"train", "--config", desk_.path("config.json"), "--json"});
    QVERIFY2(run.status == 0, run.err.c_str());
    trained_ = run.json();
}

void CliRunsTest::runs_are_listed_shown_exported() {
    const Json list = desk_.run({"runs", "list", "--json"}).json();
    QCOMPARE(list.size(), size_t{1});
    const auto run = trained_["run"].get<std::string>();
    QCOMPARE(list[0]["run"].get<std::string>(), run);
    QCOMPARE(list[0]["state"].get<std::string>(), std::string("finished"));
    const Json exported = desk_.run({"runs", "export", run}).json();
    for (const char* key : {"run", "config", "metrics", "events", "samples"}) QVERIFY2(exported.contains(key), key);
    QCOMPARE(exported["metrics"].size(), size_t{6});
    QCOMPARE(keys(exported["metrics"][0]),
             (std::vector<std::string>{"step", "loss", "eval_loss", "learning_rate", "grad_norm", "tokens_per_s",
                                       "tokens", "elapsed_s", "bytes"}));
    QVERIFY(exported["metrics"][5]["tokens"].get<int64_t>() > exported["metrics"][0]["tokens"].get<int64_t>());
    QVERIFY(exported["metrics"][5]["elapsed_s"].get<double>() > 0);
    QCOMPARE(exported["metrics"][5]["loss"], trained_["train_loss"]);
    QCOMPARE(desk_.run({"runs", "show", "latest"}).status, 0);
    QCOMPARE(desk_.run({"runs", "show", "20200101-000000-none-0000"}).status, 2);
    QCOMPARE(desk_.run({"runs", "show", "../.."}).status, 2);
}

void CliRunsTest::runs_are_compared_and_watched() {
    const Desk desk;
    std::vector<std::string> runs;
    for (const char* steps : {"1", "2"}) {
        const Finished run = desk.run({"train", "--config", desk.path("config.json"), "--set",
                                       std::string("train.max_steps=") + steps, "--json"});
        QVERIFY2(run.status == 0, run.err.c_str());
        runs.push_back(run.json()["run"].get<std::string>());
    }
    const Json compared = desk.run({"runs", "compare", runs[0], runs[1], "--json"}).json();
    QCOMPARE(compared["runs"][0]["run"], runs[0]);
    QCOMPARE(compared["runs"][1]["run"], runs[1]);
    QCOMPARE(compared["differing"], Json({{"train.max_steps", {1, 2}}}));
    const Finished text = desk.run({"runs", "compare", runs[0], runs[1]});
    for (const std::string& word : {runs[0], runs[1], std::string("train.max_steps")})
        QVERIFY2(text.out.find(word) != std::string::npos, text.out.c_str());
    const Finished watched = desk.run({"runs", "watch", runs[1]});  // it has ended: shown once
    QCOMPARE(watched.status, 0);
    QVERIFY2(watched.out.starts_with(runs[1] + ": finished, step 2 of 2"), watched.out.c_str());
}

void CliRunsTest::resuming_a_finished_run_prints_its_result() {
    const Finished run = desk_.run({"train", "--resume", "latest", "--json"});
    QVERIFY2(run.status == 0, run.err.c_str());
    for (const char* key : {"run", "checkpoint", "steps", "train_loss", "eval_loss"})
        QVERIFY2(run.json()[key] == trained_[key], key);
    QCOMPARE(run.json()["resumed_from_step"], 6);
}

void CliRunsTest::batches_of_steps_are_skipped() {
    const Desk desk;
    VERIFY_REFUSED(desk, desk.run({"train", "--config", desk.path("config.json"), "--skip-step", "7"}), 2, "7",
                   "skip_steps");
    const Finished run =
        desk.run({"train", "--config", desk.path("config.json"), "--skip-step", "4", "--skip-step", "2", "--json"});
    QVERIFY2(run.status == 0, run.err.c_str());
    const Json metrics = desk.run({"runs", "export", "latest"}).json()["metrics"];
    QCOMPARE(metrics.size(), size_t{6});
    for (size_t i = 0; i < metrics.size(); ++i) QCOMPARE(metrics[i]["loss"].is_null(), i == 1 || i == 3);
}

QTEST_GUILESS_MAIN(CliRunsTest)
#include "cli_runs_test.moc"

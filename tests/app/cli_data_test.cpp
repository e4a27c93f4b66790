// data inspect, and a run on conversations.
#include <QtTest>

#include "engine/base/files.h"
#include "tests/app/cli_process.h"

using namespace lathe_test;

class CliDataTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void figures_and_chips();
    void rows_without_a_model();
    void bad_words();
    void a_run_learns_the_answers();
    void a_recipe_is_shown_then_saved();
    void a_split_is_trained_on();

private:
    Desk desk_;
    std::string model_, rows_;
};

void CliDataTest::initTestCase() {
    model_ = desk_.path("model");
    std::filesystem::create_directory(model_);
    std::filesystem::copy_file(golden("examples/tokenizer.json"), model_ + "/tokenizer.json");
    std::filesystem::copy_file(golden("chat_templates/qwen3.jinja"), model_ + "/chat_template.jinja");
    desk_.write("model/tokenizer_config.json", R"({"eos_token":"<|im_end|>"})");
    std::string rows;
    for (int i = 0; i < 40; ++i)
        rows += R"({"messages":[{"role":"user","content":"q)" + std::to_string(i) +
                R"("},{"role":"assistant","content":"yes"}]})" + "\n";
    rows_ = desk_.write("rows.jsonl", rows);
}

void CliDataTest::figures_and_chips() {
    const Finished seen = desk_.run({"data", "inspect", rows_, "--model", model_, "--example", "3", "--row", "0",
                                     "--set", "data.chat_template_kwargs=enable_thinking=false", "--json"});
    QVERIFY2(seen.status == 0, seen.err.c_str());
    const Json json = seen.json();
    QCOMPARE(json["files"][0]["format"], "messages");
    QCOMPARE(json["examples"], 40);
    QCOMPARE(json["rows"], 40);
    QCOMPARE(json["nothing_to_learn"], 0);
    QVERIFY(json["trained_tokens"].get<int>() > 0);
    QCOMPARE(json["example"]["line"], 4);
    std::string learnt;
    for (const Json& token : json["example"]["tokens"])
        if (token["kind"] == "trained") learnt += token["text"].get<std::string>();
    QCOMPARE(learnt, std::string("yes<|im_end|>"));
    QVERIFY(json["row"]["document_begin"].size() > 1);
    const Finished text = desk_.run({"data", "inspect", rows_, "--model", model_, "--example", "3"});
    QVERIFY(text.out.find("trained  \"<|im_end|>\"") != std::string::npos);
    QVERIFY(!std::filesystem::exists(desk_.workspace()));
}

void CliDataTest::rows_without_a_model() {
    desk_.write("table.csv", "frage,antwort\nq,a\n");
    const Finished mapped = desk_.run({"data", "inspect", desk_.path("table.csv"), "--set", "data.prompt_column=frage",
                                       "--set", "data.completion_column=antwort", "--json"});
    QCOMPARE(mapped.json()["files"][0]["columns"], "prompt frage, completion antwort");
    const Finished unknown = desk_.run({"data", "inspect", desk_.path("table.csv"), "--json"});
    QCOMPARE(unknown.status, 2);
    QVERIFY(unknown.json()["obstacle"].get<std::string>().find("frage, antwort") != std::string::npos);
}

void CliDataTest::bad_words() {
    for (const std::vector<std::string>& more : {std::vector<std::string>{"--format", "chatml"},
                                                 {"--set", "data.max_length=1"},
                                                 {"--example", "0"},

                                                 {"--model", model_, "--example", "40"}}) {
        std::vector<std::string> words = {"data", "inspect", rows_};
        words.insert(words.end(), more.begin(), more.end());
        const Finished refused = desk_.run(words);
        QVERIFY2(refused.status == 2 && refused.out.empty(), (more[0] + " " + more[1] + refused.out).c_str());
    }
}

void CliDataTest::a_run_learns_the_answers() {
    Json config = Desk::config();
    config["tokenizer"] = {{"path", model_}};
    config["data"] = {{"files", {rows_}}, {"max_length", 64}, {"validation_fraction", 0.1}};
    config["train"]["max_steps"] = 30;
    const std::string file = desk_.write("tune.json", config.dump());
    const Finished run = desk_.run({"train", "--config", file, "--json"});
    QVERIFY2(run.status == 0, run.err.c_str());
    QVERIFY(run.err.find("40 examples") != std::string::npos);
    // Each answer is the same: what is learnt is soon known, which the questions would not be.
    QVERIFY2(run.json()["train_loss"].get<double>() < 0.5, run.out.c_str());
    const Finished resumed =
        desk_.run({"train", "--resume", "latest", "--config", file, "--set", "train.max_steps=32", "--json"});
    QVERIFY2(resumed.status == 0, resumed.err.c_str());
    config["data"]["train_on_prompt"] = true;
    const std::string other = desk_.write("other.json", config.dump());
    const Finished refused = desk_.run({"train", "--resume", "latest", "--config", other});
    QVERIFY(refused.status == 2 && refused.err.find("data.train_on_prompt") != std::string::npos);
}

void CliDataTest::a_recipe_is_shown_then_saved() {
    const std::string file = desk_.write("notes.jsonl", "{\"text\":\"a \"}\n{\"text\":\"a\"}\n{\"text\":\"longer\"}\n");
    const std::vector<std::string> words = {
        "data", "clean", file, "--set", "drop_duplicates=true", "--set", "collapse_whitespace=true", "--json"};
    const Finished seen = desk_.run(words);
    QVERIFY2(seen.status == 0, seen.err.c_str());
    QCOMPARE(seen.json()["documents"], 3);
    QCOMPARE(seen.json()["kept_documents"], 2);
    QCOMPARE(seen.json()["effects"][0]["changed"], 1);
    QCOMPARE(seen.json()["effects"][1]["dropped"], 1);
    std::vector<std::string> saving = words;
    saving.insert(saving.end(), {"--save", "notes"});
    const Finished saved = desk_.run(saving);
    QVERIFY2(saved.status == 0, saved.err.c_str());
    QCOMPARE(saved.json()["version"], "v1");
    QCOMPARE(saved.json()["documents"], 2);
    for (const std::vector<std::string>& more :
         {std::vector<std::string>{"--set", "min_charakters=3"}, {"--set", "x"}, {"--set", "drop_pattern=("}}) {
        std::vector<std::string> wrong = {"data", "clean", file};
        wrong.insert(wrong.end(), more.begin(), more.end());
        const Finished refused = desk_.run(wrong);
        QVERIFY2(refused.status == 2 && refused.out.empty(), (more[1] + refused.err).c_str());
    }
}

void CliDataTest::a_split_is_trained_on() {
    const Finished split =
        desk_.run({"data", "split", rows_, "--fraction", "0.25", "--seed", "3", "--save", "pairs", "--json"});
    QVERIFY2(split.status == 0, split.err.c_str());
    const Json made = split.json();
    QCOMPARE(made["documents"].get<int>() + made["validation_documents"].get<int>(), 40);
    QVERIFY(made["validation_documents"].get<int>() > 0);
    // Named beside the settings' file.
    Json config = Desk::config();
    config["tokenizer"] = {{"path", model_}};
    std::filesystem::copy_file(made["files"][0].get<std::string>(), desk_.path("t.jsonl"));
    std::filesystem::copy_file(made["validation_files"][0].get<std::string>(), desk_.path("v.jsonl"));
    config["data"] = {{"files", {"t.jsonl"}}, {"validation_files", {"v.jsonl"}}, {"max_length", 64}};
    config["train"]["max_steps"] = 2;
    config["train"]["eval_steps"] = 2;
    const Finished run = desk_.run({"train", "--config", desk_.write("split.json", config.dump()), "--json"});
    QVERIFY2(run.status == 0, run.err.c_str());
    QVERIFY(run.json()["eval_loss"].is_number());
}

QTEST_GUILESS_MAIN(CliDataTest)
#include "cli_data_test.moc"

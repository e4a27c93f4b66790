// Bad input: each case is one line on stderr that names file and key, exit status 2 (3 for a full disk), and leaves
// nothing half-written.
#include <sys/mount.h>
#include <unistd.h>

#include <QtTest>

#include "tests/app/cli_process.h"

using namespace lathe_test;

class CliInputTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void bad_settings_data();
    void bad_settings();
    void bad_assignments_data();
    void bad_assignments();
    void bad_texts_data();
    void bad_texts();
    void a_text_that_may_not_be_read();
    void a_folder_without_text();
    void a_vocabulary_that_the_text_does_not_support();
    void a_file_that_is_not_there();
    void bad_tokens();
    void bad_prompts();
    void no_model();
    void resume_with_nothing_to_resume();
    void a_read_only_workspace();
    void a_workspace_that_is_a_file();
    void a_full_disk();
};

void CliInputTest::bad_settings_data() {
    QTest::addColumn<QString>("pointer");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("key");
    const auto row = [](const char* name, const char* pointer, const char* value, const char* key) {
        QTest::newRow(name) << pointer << value << key;
    };
    row("unknown key", "/train/learning_rat", "1", "train.learning_rat");
    row("unknown section", "/trian", "{}", "trian");
    row("wrong type", "/train/max_steps", "\"many\"", "train.max_steps");
    row("out of range", "/train/learning_rate", "-1", "train.learning_rate");
    row("heads that do not divide the width", "/model/num_attention_heads", "5", "model.num_attention_heads");
    row("key/value heads that do not divide", "/model/num_key_value_heads", "3", "model.num_key_value_heads");
    row("odd head", "/model/head_dim", "7", "model.head_dim");
    row("sequence longer than the context", "/data/max_length", "65", "data.max_length");
    row("no files", "/data/files", "[]", "data.files");
    row("other version", "/version", "2", "version");
    row("no model", "/model", "null", "model");
    row("unknown schedule", "/train/lr_scheduler_type", "\"cosin\"", "train.lr_scheduler_type");
}

void CliInputTest::bad_settings() {
    QFETCH(QString, pointer);
    QFETCH(QString, value);
    QFETCH(QString, key);
    const Desk desk;
    Json config = Desk::config();
    config[Json::json_pointer(pointer.toStdString())] = Json::parse(value.toStdString());
    const std::string file = desk.write("bad.json", config.dump());
    const char* command = key.startsWith("train") ? "estimate" : "train";
    VERIFY_REFUSED(desk, desk.run({command, "--config", file}), 2, "bad.json", key.toStdString());
    QVERIFY(!std::filesystem::exists(desk.workspace()));
}

void CliInputTest::bad_assignments_data() {
    QTest::addColumn<QString>("assignment");
    QTest::addColumn<QString>("key");
    QTest::newRow("unknown") << "train.learning_rat=1"
                             << "train.learning_rat";
    QTest::newRow("no value") << "train.learning_rate"
                              << "train.learning_rate";
    QTest::newRow("wrong type") << "train.max_steps=many"
                                << "train.max_steps";
    QTest::newRow("do not fit") << "model.num_attention_heads=5"
                                << "model.num_attention_heads";
}

void CliInputTest::bad_assignments() {
    QFETCH(QString, assignment);
    QFETCH(QString, key);
    const Desk desk;
    VERIFY_REFUSED(desk, desk.run({"train", "--config", desk.path("config.json"), "--set", assignment.toStdString()}),
                   2, "", key.toStdString());
}

void CliInputTest::bad_texts_data() {
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("key");
    const auto row = [](const char* title, const char* name, const QByteArray& bytes, const char* key) {
        QTest::newRow(title) << name << bytes << key;
    };
    row("empty", "bad.txt", "", "0 bytes");
    row("only blank lines", "bad.txt", "\n\n \n", "nothing usable");
    row("invalid UTF-8", "bad.txt", "good text\nbad \xFF text\n", "byte 14");
    row("UTF-16", "bad.txt", QByteArray("\xFF\xFE\x68\x00\x69\x00", 6), "byte 0");
    row("a NUL byte", "bad.txt", QByteArray("text\0more", 9), "byte 4");
    row("a line over 16 MiB", "bad.txt", QByteArray((16 << 20) + 1, 'a'), "line 1");
    row("no JSON", "bad.jsonl", "this is no JSON\n", "line 1");
    row("no text column", "bad.jsonl", "{\"body\": \"a\"}\n", "line 1");
    row("another kind of file", "bad.odt", "PK", "data.format");
    row("a damaged PDF", "bad.pdf", "%PDF-1.4", "expected a PDF");
    row("a damaged Word document", "bad.docx", "PK", "which is a zip");
}

void CliInputTest::bad_texts() {
    QFETCH(QString, name);
    QFETCH(QByteArray, bytes);
    QFETCH(QString, key);
    const Desk desk;
    desk.write(name.toStdString(), bytes.toStdString());
    Json config = Desk::config();
    config["data"]["files"] = {name.toStdString()};
    const std::string file = desk.write("config.json", config.dump());
    VERIFY_REFUSED(desk, desk.run({"train", "--config", file}), 2, name.toStdString(), key.toStdString());
}

void CliInputTest::a_text_that_may_not_be_read() {
    if (geteuid() == 0) QSKIP("root may read everything");
    const Desk desk;
    std::filesystem::permissions(desk.path("text.txt"), std::filesystem::perms::none);
    VERIFY_REFUSED(desk, desk.run({"train", "--config", desk.path("config.json")}), 2, "text.txt", "cannot be read");
}

void CliInputTest::a_folder_without_text() {
    const Desk desk;
    std::filesystem::create_directory(desk.path("empty"));
    Json config = Desk::config();
    config["data"]["files"] = {"empty"};
    const std::string file = desk.write("config.json", config.dump());
    VERIFY_REFUSED(desk, desk.run({"train", "--config", file}), 2, "empty", ".txt, .md");
}

void CliInputTest::a_vocabulary_that_the_text_does_not_support() {
    const Desk desk;
    VERIFY_REFUSED(desk,
                   desk.run({"train", "--config", desk.path("config.json"), "--set", "tokenizer.vocab_size=20000"}), 2,
                   "text.txt", "tokenizer.vocab_size");
    VERIFY_REFUSED(desk,
                   desk.run({"tokenizer", "train", "--input", desk.path("text.txt"), "--vocab-size", "20000", "--out",
                             desk.path("out")}),
                   2, "text.txt", "vocab");
    QVERIFY(!std::filesystem::exists(desk.path("out")));
}

void CliInputTest::a_file_that_is_not_there() {
    const Desk desk;
    VERIFY_REFUSED(desk, desk.run({"train", "--config", desk.path("none.json")}), 2, "none.json", "not found");
    VERIFY_REFUSED(
        desk, desk.run({"train", "--config", desk.path("config.json"), "--set", "data.files=[\"/none/none.txt\"]"}), 2,
        "/none/none.txt", "not found");
    desk.write("broken.json", "{\"version\": 1,");
    VERIFY_REFUSED(desk, desk.run({"train", "--config", desk.path("broken.json")}), 2, "broken.json", "byte");
}

void CliInputTest::bad_tokens() {
    const Desk desk;
    const auto logits = [&](const std::string& option, const std::string& value) {
        return desk.run({"logits", "--model", golden("hf_qwen3"), option, value});
    };
    VERIFY_REFUSED(desk, logits("--tokens", "1,two"), 2, "", "--tokens");
    VERIFY_REFUSED(desk, logits("--tokens", "1,128"), 2, "", "token 1");
    std::string many = "1";
    for (int i = 0; i < 64; ++i) many += ",1";
    VERIFY_REFUSED(desk, logits("--tokens", many), 2, "", "64");
    desk.write("tokens.json", "[1, 4294967297]");  // not token 1
    VERIFY_REFUSED(desk, logits("--tokens-file", desk.path("tokens.json")), 2, "tokens.json", "4294967297");
    desk.write("tokens.json", "[1, \"a\"]");
    VERIFY_REFUSED(desk, logits("--tokens-file", desk.path("tokens.json")), 2, "tokens.json", "token ids");
    desk.write("tokens.json", "[]");
    VERIFY_REFUSED(desk, logits("--tokens-file", desk.path("tokens.json")), 2, "", "tokens");
}

void CliInputTest::bad_prompts() {
    const Desk desk;
    const auto generate = [&] {
        return desk.run({"generate", "--model", golden("hf_qwen3"), "--prompts", desk.path("prompts.jsonl")});
    };
    desk.write("prompts.jsonl", "{\"prompt\": \"a\"}\n{\"promt\": \"a\"}\n");
    VERIFY_REFUSED(desk, generate(), 2, "prompts.jsonl", "line 2");
    desk.write("prompts.jsonl", "{\"prompt\": \"a\", \"max_tokens\": 0}\n");
    VERIFY_REFUSED(desk, generate(), 2, "prompts.jsonl", "max_tokens");
    desk.write("prompts.jsonl", "");
    VERIFY_REFUSED(desk, generate(), 2, "prompts.jsonl", "nothing usable");
    VERIFY_REFUSED(desk, desk.run({"generate", "--model", golden("hf_qwen3"), "--prompt", "a"}), 2, "hf_qwen3",
                   "tokenizer.json");
    VERIFY_REFUSED(desk, desk.run({"generate", "--model", golden("hf_qwen3"), "--prompt", "a", "--top-p", "2"}), 2, "",
                   "top_p");
}

void CliInputTest::no_model() {
    const Desk desk;
    VERIFY_REFUSED(desk, desk.run({"logits", "--model", desk.path("none"), "--tokens", "1"}), 2, "none", "not found");
    std::filesystem::copy(golden("hf_qwen3"), desk.path("cut"));
    std::filesystem::resize_file(desk.path("cut/model.safetensors"), 50'000);
    VERIFY_REFUSED(desk, desk.run({"logits", "--model", desk.path("cut"), "--tokens", "1"}), 2, "model.safetensors",
                   "");
}

void CliInputTest::resume_with_nothing_to_resume() {
    const Desk desk;
    VERIFY_REFUSED(desk, desk.run({"train", "--resume", "latest"}), 2, "workspace", "latest");
    VERIFY_REFUSED(desk,
                   desk.run({"train", "--config", desk.path("config.json"), "--resume", "20200101-000000-none-0000"}),
                   2, "workspace", "20200101-000000-none-0000");
    VERIFY_REFUSED(desk, desk.run({"train", "--resume", "latest", "--set", "train.seed=1"}), 2, "", "--set");
}

void CliInputTest::a_read_only_workspace() {
    const Desk desk;
    std::filesystem::create_directory(desk.workspace());
    if (geteuid() != 0) {
        std::filesystem::permissions(desk.workspace(),
                                     std::filesystem::perms::owner_read | std::filesystem::perms::owner_exec);
        VERIFY_REFUSED(desk, desk.run({"train", "--config", desk.path("config.json")}), 2, "workspace",
                       "cannot be written");
        return;
    }
    if (::mount("tmpfs", desk.workspace().c_str(), "tmpfs", MS_RDONLY, "size=1m") != 0)
        QSKIP("no file system can be mounted here");
    const Finished run = desk.run({"train", "--config", desk.path("config.json")});
    ::umount(desk.workspace().c_str());
    VERIFY_REFUSED(desk, run, 2, "workspace", "cannot be written");
}

void CliInputTest::a_workspace_that_is_a_file() {
    const Desk desk;
    desk.write("workspace", "a file");
    VERIFY_REFUSED(desk, desk.run({"train", "--config", desk.path("config.json")}), 2, "workspace",
                   "cannot be written");
}

void CliInputTest::a_full_disk() {
    if (geteuid() != 0) QSKIP("needs root to mount a small file system");
    const Desk desk;
    std::filesystem::create_directory(desk.workspace());
    // Room for the tokenizer and the tokens, not for the checkpoints.
    if (::mount("tmpfs", desk.workspace().c_str(), "tmpfs", 0, "size=700k") != 0)
        QSKIP("no file system can be mounted here");
    const Finished run = desk.run({"train", "--config", desk.path("config.json")});
    const auto runs = desk.runs(), left = desk.left_overs();
    ::umount(desk.workspace().c_str());
    VERIFY_REFUSED(desk, run, 3, "workspace", "not enough disk space");
    QVERIFY(runs.empty());
    QVERIFY(left.empty());
}

QTEST_GUILESS_MAIN(CliInputTest)
#include "cli_input_test.moc"

// Settings: round trips, every kind of wrong value with its key, assignments, and what fields say together.
#include "engine/base/config.h"

#include <QtTest>
#include <filesystem>

#include "engine/base/config_fields.h"
#include "engine/base/files.h"
#include "engine/base/json.h"
#include "tests/engine/base/caught.h"

using namespace lathe;

namespace {

RunConfig good_config() {
    RunConfig config;
    config.model.emplace();
    config.data.files = {"a.txt"};
    return config;
}

}  // namespace

class ConfigTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void round_trip() {
        RunConfig config = good_config();
        config.model->rope_parameters.rope_type = "yarn";
        config.model->rope_parameters.factor = 4;
        config.train.learning_rate = 0.1 + 0.2;
        config.train.seed = 9000000000000000;
        config.train.sample_prompt = "한 \"글\"\n";
        config.data.packing = false;
        const RunConfig again = parse_run_config(to_json(config), "f");
        QVERIFY(differing_keys(config, again).empty());
        QCOMPARE(to_json(again), to_json(config));
        QVERIFY(!again.base_model);
        validate(again, "f");
    }

    // Each leaf is read back and told apart: none is forgotten by reader, writer or comparison.
    void every_leaf() {
        RunConfig config = good_config();
        config.base_model.emplace();
        config.lora.emplace();
        int leaves = 0;
        for_each_leaf(config, [&](const std::string& key, auto& value, const Field& field) {
            ++leaves;
            if (key == "version" || field.choices.size() == 1) return;
            RunConfig before = good_config();
            before.base_model.emplace();
            before.lora.emplace();
            const auto old = value;
            if constexpr (std::is_same_v<decltype(value), bool&>) {
                value = !value;
            } else if constexpr (std::is_same_v<decltype(value), std::string&>) {
                value = !field.choices.empty() ? (value == field.choices[0] ? field.choices[1] : field.choices[0])
                                               : value + "x";
            } else if constexpr (std::is_same_v<decltype(value), std::vector<std::string>&>) {
                value.push_back("x");
            } else {
                value = value == static_cast<std::remove_cvref_t<decltype(value)>>(field.min)
                            ? value + 1
                            : static_cast<std::remove_cvref_t<decltype(value)>>(field.min);
            }
            const RunConfig again = parse_run_config(to_json(config), "f");
            QCOMPARE(differing_keys(again, before), std::vector<std::string>{key});
            QVERIFY(differing_keys(again, config).empty());
            value = old;
        });
        QVERIFY2(leaves > 50, std::to_string(leaves).c_str());
    }

    void defaults_and_null() {
        const RunConfig config = parse_run_config(R"({"model":{},"base_model":null})", "f");
        QVERIFY(config.model.has_value());
        QVERIFY(!config.base_model);
        QCOMPARE(config.train.learning_rate, 1e-3);
        QVERIFY(differing_keys(config, parse_run_config(R"({"model":{"hidden_size":256}})", "f")).empty());
    }

    void wrong_values_data() {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("key");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* json, ErrorKind kind, const char* key, const char* expected) {
            QTest::newRow(json) << QByteArray(json) << static_cast<int>(kind) << key << expected;
        };
        row(R"({"train":{"learnig_rate":1}})", ErrorKind::unknown_key, "train.learnig_rate", "train.learning_rate");
        row(R"({"learning_rate":1})", ErrorKind::unknown_key, "learning_rate", "train.learning_rate");
        row(R"({"modle":{}})", ErrorKind::unknown_key, "modle", "model");
        row(R"({"model":{"rope_parameters":{"facter":2}}})", ErrorKind::unknown_key, "model.rope_parameters.facter",
            "model.rope_parameters.factor");
        row(R"({"train":{"seed":"42"}})", ErrorKind::wrong_type, "train.seed", "an integer");
        row(R"({"train":{"seed":3.5}})", ErrorKind::wrong_type, "train.seed", "an integer");
        row(R"({"train":{"seed":true}})", ErrorKind::wrong_type, "train.seed", "an integer");
        row(R"({"train":{"seed":null}})", ErrorKind::wrong_type, "train.seed", "an integer");
        row(R"({"train":{"learning_rate":"1e-3"}})", ErrorKind::wrong_type, "train.learning_rate", "a number");
        row(R"({"train":{"gradient_checkpointing":1}})", ErrorKind::wrong_type, "train.gradient_checkpointing",
            "true or false");
        row(R"({"train":{"sample_prompt":[]}})", ErrorKind::wrong_type, "train.sample_prompt", "a text");
        row(R"({"data":{"files":"a.txt"}})", ErrorKind::wrong_type, "data.files", "a list of texts");
        row(R"({"data":{"files":["a",1]}})", ErrorKind::wrong_type, "data.files", "a text");
        row(R"({"train":[]})", ErrorKind::wrong_type, "train", "an object");
        row(R"({"train":null})", ErrorKind::wrong_type, "train", "an object");
        row(R"([1])", ErrorKind::wrong_type, "", "an object");
        row(R"({"model":{"hidden_size":0}})", ErrorKind::out_of_range, "model.hidden_size", "8 to 65536");
        row(R"({"model":{"hidden_size":-1}})", ErrorKind::out_of_range, "model.hidden_size", "8 to 65536");
        row(R"({"model":{"hidden_size":1e18}})", ErrorKind::out_of_range, "model.hidden_size", "8 to 65536");
        row(R"({"model":{"hidden_size":1e300}})", ErrorKind::out_of_range, "model.hidden_size", "8 to 65536");
        row(R"({"model":{"hidden_size":18446744073709551615}})", ErrorKind::out_of_range, "model.hidden_size",
            "8 to 65536");
        row(R"({"train":{"learning_rate":11}})", ErrorKind::out_of_range, "train.learning_rate", "0 to 10");
        row(R"({"version":2})", ErrorKind::out_of_range, "version", "1");
        row(R"({"train":{"lr_scheduler_type":"cosin"}})", ErrorKind::out_of_range, "train.lr_scheduler_type",
            "one of constant, linear, cosine");
        row(R"({"tokenizer":{"path":"a\u0000b"}})", ErrorKind::out_of_range, "tokenizer.path", "text without NUL");
        row(R"({"train":{"seed":1,"seed":1}})", ErrorKind::malformed, "byte 25", "each key once");
    }
    void wrong_values() {
        QFETCH(QByteArray, json);
        const Error error = caught([&] { parse_run_config(json.toStdString(), "run.json"); });
        QTEST(static_cast<int>(error.kind), "kind");
        QTEST(QString::fromStdString(error.key), "key");
        QTEST(QString::fromStdString(error.expected), "expected");
        QCOMPARE(error.file, std::string("run.json"));
    }

    void integers_in_other_clothes() {
        const RunConfig config = parse_run_config(R"({"train":{"max_steps":1e3,"seed":3.0}})", "f");
        QCOMPARE(config.train.max_steps, int64_t{1000});
        QCOMPARE(config.train.seed, int64_t{3});
    }

    void assignments() {
        RunConfig config = good_config();
        set_field(config, "train.learning_rate=3e-4");
        set_field(config, "train.sample_prompt=a=b, c");
        set_field(config, "train.lr_scheduler_type=\"linear\"");
        set_field(config, "data.files=[\"x.txt\",\"y\"]");
        set_field(config, "data.packing=false");
        set_field(config, "model.rope_parameters.rope_theta=1e6");
        QCOMPARE(config.train.learning_rate, 3e-4);
        QCOMPARE(config.train.sample_prompt, std::string("a=b, c"));
        QCOMPARE(config.train.lr_scheduler_type, std::string("linear"));
        QCOMPARE(config.data.files, (std::vector<std::string>{"x.txt", "y"}));
        QVERIFY(!config.data.packing);
        QCOMPARE(config.model->rope_parameters.rope_theta, 1e6);
        set_field(config, "model=null");
        set_field(config, "base_model={\"path\":\"m\"}");
        QVERIFY(!config.model);
        QCOMPARE(config.base_model->path, std::string("m"));
    }

    void wrong_assignments_data() {
        QTest::addColumn<QString>("assignment");
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("key");
        const auto row = [](const char* assignment, ErrorKind kind, const char* key) {
            QTest::newRow(assignment) << assignment << static_cast<int>(kind) << key;
        };
        row("train.seed", ErrorKind::usage, "");
        row("=1", ErrorKind::usage, "");
        row("train.sead=1", ErrorKind::unknown_key, "train.sead");
        row("train.seed.x=1", ErrorKind::unknown_key, "train.seed.x");
        row("train..seed=1", ErrorKind::unknown_key, "train..seed");
        row("train.seed=abc", ErrorKind::wrong_type, "train.seed");
        row("train.seed=", ErrorKind::wrong_type, "train.seed");
        row("train.seed=-1", ErrorKind::out_of_range, "train.seed");
        row("train.learning_rate=NaN", ErrorKind::wrong_type, "train.learning_rate");
        row("data.packing=yes", ErrorKind::wrong_type, "data.packing");
        row("data.files=a.txt", ErrorKind::wrong_type, "data.files");
        row("model.hidden_size=64", ErrorKind::missing_key, "model");
        row("train={\"seed\":1,\"sead\":2}", ErrorKind::unknown_key, "train.sead");
    }
    void wrong_assignments() {
        QFETCH(QString, assignment);
        RunConfig config;
        const Error error = caught([&] { set_field(config, assignment.toStdString()); });
        QTEST(static_cast<int>(error.kind), "kind");
        QTEST(QString::fromStdString(error.key), "key");
        QVERIFY(differing_keys(config, RunConfig{}).empty());
    }

    void together_data() {
        QTest::addColumn<QStringList>("assignments");
        QTest::addColumn<QString>("key");  // empty: legal
        QTest::newRow("as it is") << QStringList{} << "";
        QTest::newRow("no data") << QStringList{"data.files=[]"} << "data.files";
        QTest::newRow("neither") << QStringList{"model=null"} << "model";
        QTest::newRow("both") << QStringList{"base_model={\"path\":\"m\"}"} << "base_model";
        QTest::newRow("base alone") << QStringList{"model=null", "base_model={\"path\":\"m\"}"} << "";
        QTest::newRow("base without path") << QStringList{"model=null", "base_model={}"} << "base_model.path";
        QTest::newRow("heads") << QStringList{"model.num_attention_heads=6"} << "model.num_attention_heads";
        QTest::newRow("kv heads") << QStringList{"model.num_key_value_heads=3"} << "model.num_key_value_heads";
        QTest::newRow("odd head") << QStringList{"model.head_dim=33"} << "model.head_dim";
        QTest::newRow("odd derived head") << QStringList{"model.hidden_size=264"} << "model.head_dim";
        QTest::newRow("wide derived head") << QStringList{"model.hidden_size=4096"} << "model.head_dim";
        QTest::newRow("head of its own") << QStringList{"model.hidden_size=4096", "model.head_dim=128"} << "";
        QTest::newRow("sequence") << QStringList{"data.max_length=513"} << "data.max_length";
        QTest::newRow("shorter than its warm-up") << QStringList{"train.max_steps=10", "train.warmup_steps=11"} << "";
        QTest::newRow("no end") << QStringList{"train.num_train_epochs=0"} << "train.max_steps";
        QTest::newRow("vocabulary") << QStringList{"model.vocab_size=300"} << "model.vocab_size";
        QTest::newRow("yarn, no factor") << QStringList{"model.rope_parameters.rope_type=yarn"}
                                         << "model.rope_parameters.factor";
        QTest::newRow("yarn") << QStringList{"model.rope_parameters.rope_type=yarn", "model.rope_parameters.factor=4"}
                              << "";
        QTest::newRow("llama3 bands") << QStringList{"model.rope_parameters.rope_type=llama3",
                                                     "model.rope_parameters.factor=8",
                                                     "model.rope_parameters.low_freq_factor=4"}
                                      << "model.rope_parameters.high_freq_factor";
    }
    void together() {
        QFETCH(QStringList, assignments);
        QFETCH(QString, key);
        RunConfig config = good_config();
        for (const QString& assignment : assignments) set_field(config, assignment.toStdString());
        const Error error = caught([&] { validate(config, "run.json"); });
        if (key.isEmpty()) {
            QCOMPARE(error.found, std::string("nothing thrown"));
        } else {
            QCOMPARE(QString::fromStdString(error.key), key);
            QCOMPARE(error.file, std::string("run.json"));
        }
    }

    void ranges_set_in_code() {
        SampleConfig sample;
        validate(sample);
        sample.temperature = std::numeric_limits<double>::quiet_NaN();
        QCOMPARE(caught([&] { validate(sample); }).key, std::string("temperature"));
        ModelConfig model;
        model.num_key_value_heads = 0;
        QCOMPARE(caught([&] { validate(model, "config.json"); }).key, std::string("num_key_value_heads"));
    }

    void relative_paths() {
        QTemporaryDir folder;
        const std::string root = std::filesystem::canonical(folder.path().toStdString()).string();
        const std::string file = root + "/run.json";
        write_file_durably(
            file, R"({"base_model":{"path":"../m"},"tokenizer":{"path":"tok"},"data":{"files":["d/a.txt","/b.txt"]}})");
        const RunConfig config = read_run_config(file);
        QCOMPARE(config.data.files, (std::vector<std::string>{root + "/d/a.txt", "/b.txt"}));
        QCOMPARE(config.tokenizer.path, root + "/tok");
        QCOMPARE(config.base_model->path, (std::filesystem::path(root).parent_path() / "m").string());
        QCOMPARE(caught([&] { read_run_config(root + "/none.json"); }).kind, ErrorKind::not_found);
    }
};

QTEST_APPLESS_MAIN(ConfigTest)
#include "config_test.moc"

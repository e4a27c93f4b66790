// Tokenizers as the metadata of a GGUF: opened from there, they give the ids of the reference.
#include <QTemporaryDir>
#include <QtTest>
#include <algorithm>
#include <filesystem>

#include "engine/base/files.h"
#include "engine/base/json.h"
#include "engine/data/gguf_tokenizer.h"
#include "engine/data/gguf_tokenizer_keys.h"
#include "engine/data/tokenizer.h"
#include "tests/engine/base/caught.h"

using namespace lathe;

namespace {

const std::string kFolder = LATHE_SOURCE_DIR "/tests/data/tokenizers/";

HfConfig config_of(int64_t vocab_size) {
    HfConfig config;
    config.model.vocab_size = vocab_size;
    return config;
}

// Two letters, a merge, a special and a plain added token, and one that looks special.
Json small() {
    return parse_json(R"({
        "added_tokens": [{"id": 3, "content": "<end>", "special": true, "normalized": false},
                         {"id": 4, "content": "<x>", "special": false, "normalized": false},
                         {"id": 6, "content": "<|call|>", "special": false, "normalized": false}],
        "normalizer": null,
        "pre_tokenizer": {"type": "ByteLevel", "add_prefix_space": false, "use_regex": true},
        "post_processor": null,
        "decoder": {"type": "ByteLevel"},
        "model": {"type": "BPE", "vocab": {"Ġ": 0, "b": 1, "Ġb": 2}, "merges": [["Ġ", "b"]]}
    })",
                      "small");
}

}  // namespace

class GgufTokenizerKeysTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void gives_the_ids_of_the_reference_data();
    void gives_the_ids_of_the_reference();
    void qwen2_without_nfc();
    void smollm_cuts_single_digits();
    void kinds_of_tokens();
    void ids_are_the_configs_first();
    void what_stands_before_and_after();
    void keeps_the_chat_template();
    void those_of_a_gguf_are_its_own();
    void refuses_data();
    void refuses();

private:
    std::string folder(const Json& tokenizer, const std::string& config = "") const {
        const std::string path = folder_.path().toStdString() + "/model";
        std::filesystem::remove_all(path);
        make_folders(path);
        write_file_durably(path + "/tokenizer.json", dump_json(tokenizer));
        if (!config.empty()) write_file_durably(path + "/tokenizer_config.json", config);
        return path;
    }
    std::string gguf(const GgufKeys& keys) const {
        const std::string path = folder_.path().toStdString() + "/x.gguf";
        std::filesystem::remove(path);
        write_gguf_file(path, keys, {}, 1);
        return path;
    }
    QTemporaryDir folder_;
};

void GgufTokenizerKeysTest::gives_the_ids_of_the_reference_data() {
    QTest::addColumn<QString>("pre");
    QTest::newRow("qwen2") << "qwen2";
    QTest::newRow("llama3") << "llama-bpe";
    QTest::newRow("gpt2") << "gpt-2";
}

void GgufTokenizerKeysTest::gives_the_ids_of_the_reference() {
    QFETCH(const QString, pre);
    const std::string name = QTest::currentDataTag(), source = folder(read_json(kFolder + name + ".json"));
    const Tokenizer original = Tokenizer::open(source);
    const std::string path = gguf(gguf_tokenizer_keys(source, config_of(original.vocab_size() + 3)));
    const GgufFile file(path);
    QCOMPARE(file.text("tokenizer.ggml.pre").value(), pre.toStdString());
    QCOMPARE(file.length("tokenizer.ggml.tokens").value(), static_cast<uint64_t>(original.vocab_size() + 3));
    const Tokenizer tokenizer = Tokenizer::open(path);
    QCOMPARE(tokenizer.vocab_size(), original.vocab_size());
    QCOMPARE(tokenizer.prefix_ids(), original.prefix_ids());
    const Json golden = read_json(kFolder + "ids.json");
    for (const Json& sample : golden[name]) {
        const auto text = sample[0].get<std::string>();
        QVERIFY2(tokenizer.encode(text) == sample[1].get<std::vector<int32_t>>(), text.c_str());
    }
}

// As transformers writes the tokenizer.json of a GGUF.
void GgufTokenizerKeysTest::qwen2_without_nfc() {
    Json tokenizer = read_json(kFolder + "qwen2.json");
    tokenizer["normalizer"] = nullptr;
    const std::string path = gguf(gguf_tokenizer_keys(folder(tokenizer), config_of(4096)));
    QCOMPARE(GgufFile(path).text("tokenizer.ggml.pre").value(), std::string("qwen2"));
}

void GgufTokenizerKeysTest::smollm_cuts_single_digits() {
    Json digits = read_json(kFolder + "digits.json");
    for (Json& step : digits["pre_tokenizer"]["pretokenizers"])
        if (step["type"] == "ByteLevel") step["add_prefix_space"] = false;
    const std::string path = gguf(gguf_tokenizer_keys(folder(digits), config_of(4096)));
    QCOMPARE(GgufFile(path).text("tokenizer.ggml.pre").value(), std::string("smollm"));
}

void GgufTokenizerKeysTest::kinds_of_tokens() {
    const GgufFile file(gguf(gguf_tokenizer_keys(folder(small()), config_of(8))));
    QCOMPARE(file.texts("tokenizer.ggml.tokens").value(),
             (std::vector<std::string_view>{"Ġ", "b", "Ġb", "<end>", "<x>", "[PAD5]", "<|call|>", "[PAD7]"}));
    QCOMPARE(file.integers("tokenizer.ggml.token_type").value(), (std::vector<int64_t>{1, 1, 1, 3, 4, 5, 3, 5}));
    QCOMPARE(file.texts("tokenizer.ggml.merges").value(), (std::vector<std::string_view>{"Ġ b"}));
    QCOMPARE(file.text("tokenizer.ggml.model").value(), std::string("gpt2"));
    QVERIFY(!file.has("tokenizer.ggml.eos_token_id") && !file.has("tokenizer.chat_template"));
    QCOMPARE(file.boolean("tokenizer.ggml.add_bos_token").value(), false);
}

void GgufTokenizerKeysTest::ids_are_the_configs_first() {
    const std::string named = R"({"bos_token": "<x>", "eos_token": {"content": "<end>"}, "pad_token": "<x>",
                                  "unk_token": "<|call|>"})";
    const std::string source = folder(small(), named);
    const auto ids_of = [&](const HfConfig& config) {
        const GgufFile file(gguf(gguf_tokenizer_keys(source, config)));
        std::vector<int64_t> ids;
        for (const char* name : {"bos", "eos", "eot", "eom", "padding", "unknown"})
            ids.push_back(file.integer(std::string("tokenizer.ggml.") + name + "_token_id").value_or(-1));
        return ids;
    };
    HfConfig config = config_of(7);
    QCOMPARE(ids_of(config), (std::vector<int64_t>{4, 3, -1, -1, 4, 6}));
    config.bos_token_id = 1;
    config.pad_token_id = 2;
    config.eos_token_ids = {6, 3, 4};  // the tokenizer's own goes first
    QCOMPARE(ids_of(config), (std::vector<int64_t>{1, 3, 6, 4, 2, 6}));
}

void GgufTokenizerKeysTest::what_stands_before_and_after() {
    Json tokenizer = small();
    tokenizer["post_processor"] = parse_json(R"({"type": "TemplateProcessing",
        "single": [{"SpecialToken": {"id": "<x>", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}},
                   {"SpecialToken": {"id": "<end>", "type_id": 0}}],
        "pair": [], "special_tokens": {"<x>": {"id": "<x>", "ids": [4], "tokens": ["<x>"]},
                                       "<end>": {"id": "<end>", "ids": [3], "tokens": ["<end>"]}}})",
                                             "post_processor");
    const std::string source = folder(tokenizer);
    const Tokenizer made = Tokenizer::open(gguf(gguf_tokenizer_keys(source, config_of(7))));
    QCOMPARE(made.prefix_ids(), std::vector<int32_t>{4});
    QCOMPARE(made.suffix_ids(), std::vector<int32_t>{3});
    HfConfig other = config_of(7);
    other.bos_token_id = 1;
    const Error error = caught([&] { gguf_tokenizer_keys(source, other); });
    QVERIFY2(error.kind == ErrorKind::unsupported && error.key == "post_processor", error.sentence().c_str());
}

void GgufTokenizerKeysTest::keeps_the_chat_template() {
    const std::string source = folder(small(), R"({"chat_template": "{{ '한' }}"})");
    const auto kept = [&] { return read_gguf_tokenizer(GgufFile(gguf(gguf_tokenizer_keys(source, config_of(7))))); };
    QCOMPARE(kept().chat_template, std::string("{{ '한' }}"));
    write_file_durably(source + "/chat_template.jinja", "{{ 'own file' }}\n");
    QCOMPARE(kept().chat_template, std::string("{{ 'own file' }}\n"));
}

void GgufTokenizerKeysTest::those_of_a_gguf_are_its_own() {
    GgufKeys keys = gguf_tokenizer_keys(folder(small()), config_of(8));
    keys.emplace_back("general.name", gguf_text("left out"));
    keys.emplace_back("tokenizer.ggml.of_another_tool", gguf_f32(0.5F));
    const std::string path = gguf(keys);
    const GgufKeys again = gguf_tokenizer_keys(path, config_of(99));
    QCOMPARE(again.size(), keys.size() - 1);
    const GgufFile file(path);
    for (const auto& [key, value] : again) QCOMPARE(value.bytes, file.values().at(key).bytes);
}

void GgufTokenizerKeysTest::refuses_data() {
    QTest::addColumn<QByteArray>("tokenizer");
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("part");
    const auto row = [](const char* name, const Json& tokenizer, ErrorKind kind, const char* part) {
        QTest::newRow(name) << QByteArray::fromStdString(dump_json(tokenizer)) << static_cast<int>(kind) << part;
    };
    row("a pattern of its own", read_json(kFolder + "regex.json"), ErrorKind::unsupported, "pre_tokenizer");
    Json spaces = small();
    spaces["added_tokens"][0]["lstrip"] = true;
    row("takes spaces", spaces, ErrorKind::unsupported, "<end>");
    Json normal = small();
    normal["normalizer"] = {{"type", "NFC"}};
    row("NFC before GPT-2's pattern", normal, ErrorKind::unsupported, "pre_tokenizer");
    Json many = small();
    many["model"]["vocab"]["c"] = 7;
    row("more tokens than the model", many, ErrorKind::mismatch, "vocab_size");
}

void GgufTokenizerKeysTest::refuses() {
    QFETCH(const QByteArray, tokenizer);
    QFETCH(const int, kind);
    QFETCH(const QString, part);
    const std::string source = folder(parse_json(tokenizer.toStdString(), ""));
    const int64_t size = kind == static_cast<int>(ErrorKind::mismatch) ? 7 : 4096;
    const Error error = caught([&] { gguf_tokenizer_keys(source, config_of(size)); });
    QVERIFY2(static_cast<int>(error.kind) == kind, error.sentence().c_str());
    QVERIFY2(error.sentence().find(part.toStdString()) != std::string::npos, error.sentence().c_str());
    HfConfig beyond = config_of(4096);
    beyond.pad_token_id = 4096;
    const Error id = caught([&] { gguf_tokenizer_keys(folder(small()), beyond); });
    QVERIFY2(id.kind == ErrorKind::out_of_range && id.key == "padding_token_id", id.sentence().c_str());
}

QTEST_APPLESS_MAIN(GgufTokenizerKeysTest)
#include "gguf_tokenizer_keys_test.moc"

// Tokenizers out of a GGUF's metadata: the same ids as the tokenizer.json that the metadata was written from.
#include <QTemporaryDir>
#include <QtTest>
#include <algorithm>

#include "engine/base/files.h"
#include "engine/base/json.h"
#include "engine/data/gguf_tokenizer.h"
#include "engine/data/tokenizer.h"
#include "tests/engine/base/caught.h"
#include "tests/engine/formats/gguf_builder.h"

using namespace lathe;
using lathe_test::GgufBuilder;

namespace {

const std::string kFolder = LATHE_SOURCE_DIR "/tests/data/tokenizers/";

// As convert_hf_to_gguf.py writes it.
GgufBuilder gguf_of(const Json& tokenizer, const std::string& pre) {
    std::vector<std::string> tokens, merges;
    std::vector<int32_t> types;
    const auto put = [&](size_t id, const std::string& text, int32_t type) {
        if (tokens.size() <= id) {
            tokens.resize(id + 1, "[PAD]");
            types.resize(id + 1, 5);
        }
        tokens[id] = text;
        types[id] = type;
    };
    for (const auto& [text, id] : tokenizer["model"]["vocab"].items()) put(id.get<size_t>(), text, 1);
    for (const Json& token : tokenizer["added_tokens"])
        put(token["id"].get<size_t>(), token["content"], token["special"].get<bool>() ? 3 : 4);
    for (const Json& merge : tokenizer["model"]["merges"])
        merges.push_back(merge.is_string() ? merge.get<std::string>()
                                           : merge[0].get<std::string>() + " " + merge[1].get<std::string>());
    GgufBuilder file;
    file.text("tokenizer.ggml.model", "gpt2").text("tokenizer.ggml.pre", pre);
    file.texts("tokenizer.ggml.tokens", tokens).i32s("tokenizer.ggml.token_type", types);
    return file.texts("tokenizer.ggml.merges", merges);
}

GgufBuilder small(const std::string& pre = "gpt-2") {
    GgufBuilder file;
    file.text("tokenizer.ggml.model", "gpt2").text("tokenizer.ggml.pre", pre);
    file.texts("tokenizer.ggml.tokens", {"a", "b", "ab", "<|end|>", "<x>", "[PAD]"});
    file.i32s("tokenizer.ggml.token_type", {1, 1, 1, 3, 4, 5});
    return file.texts("tokenizer.ggml.merges", {"a b"});
}

}  // namespace

class GgufTokenizerTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void gives_the_ids_of_the_reference_data();
    void gives_the_ids_of_the_reference();
    void smollm_cuts_single_digits();
    void kinds_of_tokens();
    void what_stands_before_and_after();
    void keeps_the_chat_template();
    void takes_bytes_that_are_no_utf8();
    void is_saved_as_a_folder();
    void refuses_data();
    void refuses();

private:
    std::string put(const GgufBuilder& file) const {
        const std::string path = folder_.path().toStdString() + "/x.gguf";
        write_file_durably(path, file.bytes());
        return path;
    }
    QTemporaryDir folder_;
};

void GgufTokenizerTest::gives_the_ids_of_the_reference_data() {
    QTest::addColumn<QString>("pre");
    QTest::newRow("qwen2") << "qwen2";
    QTest::newRow("llama3") << "llama-bpe";
    QTest::newRow("gpt2") << "gpt-2";
}

void GgufTokenizerTest::gives_the_ids_of_the_reference() {
    QFETCH(const QString, pre);
    const std::string name = QTest::currentDataTag();
    const std::string path = put(gguf_of(read_json(kFolder + name + ".json"), pre.toStdString()));
    const Tokenizer tokenizer = Tokenizer::open(path), original = Tokenizer::open(kFolder + name + ".json");
    QCOMPARE(tokenizer.folder(), path);
    QCOMPARE(tokenizer.vocab_size(), original.vocab_size());
    const Json golden = read_json(kFolder + "ids.json");
    for (const Json& sample : golden[name]) {
        const auto text = sample[0].get<std::string>();
        QVERIFY2(tokenizer.encode(text) == sample[1].get<std::vector<int32_t>>(), text.c_str());
    }
}

void GgufTokenizerTest::smollm_cuts_single_digits() {
    Json digits = read_json(kFolder + "digits.json");
    for (Json& step : digits["pre_tokenizer"]["pretokenizers"])
        if (step["type"] == "ByteLevel") step["add_prefix_space"] = false;
    const Tokenizer original = Tokenizer::from_json(dump_json(digits), "", "digits.json");
    const Tokenizer tokenizer = Tokenizer::open(put(gguf_of(digits, "smollm")));
    const Json golden = read_json(kFolder + "ids.json");
    for (const Json& sample : golden["digits"]) {
        const auto text = sample[0].get<std::string>();
        QVERIFY2(tokenizer.encode(text) == original.encode(text), text.c_str());
    }
}

void GgufTokenizerTest::kinds_of_tokens() {
    const Tokenizer tokenizer = Tokenizer::open(put(small().u32("tokenizer.ggml.eos_token_id", 3)));
    QCOMPARE(tokenizer.encode("ab<x>b<|end|>"), (std::vector<int32_t>{2, 4, 1, 3}));
    QVERIFY(tokenizer.is_special(3) && !tokenizer.is_special(4) && !tokenizer.is_special(0));
    QVERIFY(!tokenizer.id_of("[PAD]"));
    QCOMPARE(tokenizer.vocab_size(), int64_t{5});
    QCOMPARE(tokenizer.eos_id(), 3);
}

void GgufTokenizerTest::what_stands_before_and_after() {
    const auto around = [&](GgufBuilder file) {
        const Tokenizer tokenizer = Tokenizer::open(put(file.u32("tokenizer.ggml.bos_token_id", 3)));
        return std::pair(tokenizer.prefix_ids(), tokenizer.suffix_ids());
    };
    const std::vector<int32_t> none, end{3};
    QCOMPARE(around(small()), std::pair(none, none));
    QCOMPARE(around(small("llama-bpe")), std::pair(end, none));
    QCOMPARE(around(small("llama-bpe").boolean("tokenizer.ggml.add_bos_token", false)), std::pair(none, none));
    GgufBuilder both = small();
    both.boolean("tokenizer.ggml.add_bos_token", true).boolean("tokenizer.ggml.add_eos_token", true);
    QCOMPARE(around(both.u32("tokenizer.ggml.eos_token_id", 3)), std::pair(end, end));
}

void GgufTokenizerTest::keeps_the_chat_template() {
    const std::string chat_template = "{%- for m in messages -%}\n\"{{ m['content'] }}\"한{%- endfor -%}";
    QCOMPARE(read_gguf_tokenizer(GgufFile(put(small()))).chat_template, std::string());
    const GgufTokenizer made =
        read_gguf_tokenizer(GgufFile(put(small().text("tokenizer.chat_template", chat_template))));
    QCOMPARE(made.chat_template, chat_template);
    QCOMPARE(parse_json(made.tokenizer_config_json, "")["chat_template"].get<std::string>(), chat_template);
}

void GgufTokenizerTest::takes_bytes_that_are_no_utf8() {
    GgufBuilder file;
    file.text("tokenizer.ggml.model", "gpt2").text("tokenizer.ggml.pre", "gpt-2");
    file.texts("tokenizer.ggml.tokens", {"a", "\xff\xfe", "\"\\\n"}).texts("tokenizer.ggml.merges", {});
    const Tokenizer tokenizer = Tokenizer::open(put(file));
    QCOMPARE(tokenizer.token_bytes(1), std::string("\xff\xfe"));
    QCOMPARE(tokenizer.token_bytes(2), std::string("\"\\\n"));
}

void GgufTokenizerTest::is_saved_as_a_folder() {
    const Tokenizer tokenizer = Tokenizer::open(put(gguf_of(read_json(kFolder + "qwen2.json"), "qwen2")));
    const std::string folder = folder_.path().toStdString() + "/saved";
    tokenizer.save(folder);
    const Tokenizer again = Tokenizer::open(folder);
    QCOMPARE(again.sha256(), tokenizer.sha256());
    QCOMPARE(again.encode("Hello 한글"), tokenizer.encode("Hello 한글"));
}

void GgufTokenizerTest::refuses_data() {
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("kind");
    QTest::addColumn<QByteArray>("key");
    const auto row = [](const char* name, const GgufBuilder& file, ErrorKind kind, const char* key) {
        QTest::newRow(name) << QByteArray::fromStdString(file.bytes()) << static_cast<int>(kind) << QByteArray(key);
    };
    // A good one with one entry written anew.
    const auto with = [](const char* key, const std::string& type_and_value) {
        GgufBuilder file = small();
        file.keys.insert(0, lathe_test::gguf_string(key) + type_and_value);
        const std::string spelled = lathe_test::gguf_string(key);
        const size_t old = file.keys.find(spelled, spelled.size());
        if (old != std::string::npos) file.keys[old + 8] = 'T';
        ++file.key_count;
        return file;
    };
    const auto texts = [](const std::vector<std::string>& list) {
        return GgufBuilder().texts("", list).keys.substr(8);
    };
    const auto i32s = [](const std::vector<int32_t>& list) { return GgufBuilder().i32s("", list).keys.substr(8); };
    const auto text = [](const std::string& value) { return lathe_test::le4(8) + lathe_test::gguf_string(value); };
    const auto number = [](uint32_t type, uint64_t value) { return lathe_test::le4(type) + lathe_test::le4(value); };
    using enum ErrorKind;
    row("nothing", GgufBuilder(), missing_key, "tokenizer.ggml.model");
    row("sentencepiece", with("tokenizer.ggml.model", text("llama")), unsupported, "tokenizer.ggml.model");
    row("another pre", with("tokenizer.ggml.pre", text("deepseek-llm")), unsupported, "tokenizer.ggml.pre");
    row("pre is no text", with("tokenizer.ggml.pre", number(4, 1)), wrong_type, "tokenizer.ggml.pre");
    row("G14 tokens are numbers", with("tokenizer.ggml.tokens", i32s({1})), wrong_type, "tokenizer.ggml.tokens");
    row("G14 no tokens", with("tokenizer.ggml.tokens", texts({})), empty, "tokenizer.ggml.tokens");
    row("G14 types are texts", with("tokenizer.ggml.token_type", texts({"1"})), wrong_type,
        "tokenizer.ggml.token_type");
    row("G14 too few types", with("tokenizer.ggml.token_type", i32s({1, 1})), mismatch, "tokenizer.ggml.token_type");
    row("G14 too few scores", with("tokenizer.ggml.scores", i32s({0})), mismatch, "tokenizer.ggml.scores");
    row("G14 type 7", with("tokenizer.ggml.token_type", i32s({1, 1, 7, 3, 4, 5})), out_of_range,
        "tokenizer.ggml.token_type[2]");
    row("G14 merges are numbers", with("tokenizer.ggml.merges", i32s({1})), wrong_type, "tokenizer.ggml.merges");
    row("G14 bos beyond", with("tokenizer.ggml.bos_token_id", number(4, 6)), out_of_range,
        "tokenizer.ggml.bos_token_id");
    row("G14 bos -2", with("tokenizer.ggml.bos_token_id", number(5, ~1U)), out_of_range, "tokenizer.ggml.bos_token_id");
    row("G15 byte token", with("tokenizer.ggml.token_type", i32s({1, 1, 6, 3, 4, 5})), unsupported,
        "tokenizer.ggml.token_type[2]");
    row("token twice", with("tokenizer.ggml.tokens", texts({"a", "b", "ab", "a", "<x>", "[PAD]"})), malformed,
        "model.vocab.a");
    row("merge of one", with("tokenizer.ggml.merges", texts({"ab"})), malformed, "model.merges[0]");
    row("merge of what is not there", with("tokenizer.ggml.merges", texts({"b a"})), mismatch, "model.merges[0]");
    row("template is no text", with("tokenizer.chat_template", number(4, 1)), wrong_type, "tokenizer.chat_template");
}

void GgufTokenizerTest::refuses() {
    QFETCH(const QByteArray, bytes);
    QFETCH(const int, kind);
    QFETCH(const QByteArray, key);
    const std::string path = folder_.path().toStdString() + "/x.gguf";
    write_file_durably(path, bytes.toStdString());
    const Error error = caught([&] { Tokenizer::open(path); });
    QVERIFY2(static_cast<int>(error.kind) == kind, error.sentence().c_str());
    QVERIFY2(error.key == key.toStdString(), error.sentence().c_str());
    QCOMPARE(error.file, path);
}

QTEST_APPLESS_MAIN(GgufTokenizerTest)
#include "gguf_tokenizer_test.moc"

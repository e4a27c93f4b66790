// The tokenizer against ids made by Hugging Face tokenizers 0.23.3 (tests/data/make_tokenizers.py), round trips,
// hostile texts and files.
#include <QtTest>
#include <filesystem>
#include <random>

#include "engine/base/error.h"
#include "engine/base/files.h"
#include "engine/base/json.h"
#include "engine/data/tokenizer.h"

using lathe::ErrorKind;
using lathe::Json;
using lathe::Tokenizer;

namespace {

const std::string kFolder = std::string(LATHE_SOURCE_DIR) + "/tests/data/tokenizers/";

Tokenizer open(const std::string& name) {
    return Tokenizer::open(kFolder + name + ".json");
}

std::string decoded(const Tokenizer& tokenizer, const std::vector<int32_t>& ids, bool skip_special = false) {
    return tokenizer.decode(ids.data(), ids.size(), skip_special);
}

// A tokenizer.json of the 256 bytes (qwen2.json's) with one change.
Json base_json(const std::string& name = "gpt2") {
    return lathe::read_json(kFolder + name + ".json");
}

void expect_refused(const Json& json, ErrorKind kind, const std::string& key) {
    try {
        Tokenizer::from_json(lathe::dump_json(json), "", "x/tokenizer.json");
    } catch (const lathe::Exception& e) {
        QVERIFY2(e.error().kind == kind, e.what());
        QCOMPARE(QString::fromStdString(e.error().key), QString::fromStdString(key));
        QCOMPARE(QString::fromStdString(e.error().file), QStringLiteral("x/tokenizer.json"));
        return;
    }
    QFAIL(("accepted: " + key).c_str());
}

}  // namespace

class TokenizerTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void ids_equal_hugging_face_data() {
        QTest::addColumn<QString>("name");
        for (const char* name : {"gpt2", "qwen2", "llama3", "digits", "regex", "added"}) QTest::newRow(name) << name;
    }
    void ids_equal_hugging_face() {
        QFETCH(QString, name);
        const Tokenizer tokenizer = open(name.toStdString());
        const Json golden = lathe::read_json(kFolder + "ids.json");
        for (const Json& row : golden.at(name.toStdString())) {
            const auto text = row.at(0).get<std::string>();
            const auto expected = row.at(1).get<std::vector<int32_t>>();
            QVERIFY2(tokenizer.encode(text) == expected, lathe::dump_json(Json(text.substr(0, 80))).c_str());
        }
    }

    void many_threads_give_the_same() {
        const Tokenizer tokenizer = open("qwen2");
        const std::string corpus = lathe::read_file(kFolder + "corpus.txt", 1 << 20);
        std::vector<std::string_view> pieces;
        for (size_t i = 0; i < corpus.size(); i += 1000) pieces.push_back(std::string_view(corpus).substr(i, 1000));
        const auto one = tokenizer.encode_all(pieces, 1);
        QVERIFY(tokenizer.encode_all(pieces, 4) == one);
        QVERIFY(one[3] == tokenizer.encode(pieces[3]));
    }

    void any_bytes_round_trip() {
        const Tokenizer tokenizer = open("gpt2");
        std::mt19937 random(1);
        for (int i = 0; i < 300; ++i) {
            std::string bytes(random() % 400, '\0');
            for (char& b : bytes)
                b = static_cast<char>(i % 3 ? random() : "a \n'\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98"[random() % 12]);
            QCOMPARE(decoded(tokenizer, tokenizer.encode(bytes)), bytes);
        }
        const std::string broken = "a\xC3(\xED\xA0\x80 \xF4\x90\x80\x80\xC0\x80";
        const auto ids = tokenizer.encode("\xE2\x82");
        QCOMPARE(ids.size(), size_t{2});
        QCOMPARE(decoded(tokenizer, tokenizer.encode(broken)), broken);
    }

    void normalizes_around_invalid_bytes() {
        const Tokenizer tokenizer = open("qwen2");
        QCOMPARE(decoded(tokenizer, tokenizer.encode("e\xCC\x81\xFF"
                                                     "e\xCC\x81")),
                 std::string("\xC3\xA9\xFF\xC3\xA9"));
    }

    void special_text_can_be_plain() {
        const Tokenizer tokenizer = open("qwen2");
        QCOMPARE(tokenizer.encode("a<|endoftext|>").back(), tokenizer.eos_id());
        const auto plain = tokenizer.encode("a<|endoftext|>", false);
        QVERIFY(std::find(plain.begin(), plain.end(), tokenizer.eos_id()) == plain.end());
        QCOMPARE(decoded(tokenizer, plain), std::string("a<|endoftext|>"));
        QCOMPARE(decoded(tokenizer, tokenizer.encode("a<|endoftext|>b"), true), std::string("ab"));
        QVERIFY(tokenizer.is_special(tokenizer.eos_id()));
        QVERIFY(!tokenizer.is_special(-1) && !tokenizer.is_special(1 << 30));
        QVERIFY(tokenizer.token_bytes(1 << 30).empty());
        QCOMPARE(tokenizer.id_of("<|endoftext|>"), std::optional<int32_t>(0));
        QCOMPARE(tokenizer.token_bytes(*tokenizer.id_of("\xC4\xA0")), std::string(" "));
        QVERIFY(!tokenizer.id_of("no such token"));
    }

    void long_runs() {
        const Tokenizer tokenizer = open("gpt2");
        for (const char* unit : {"a", " ", "\n", "中", "e\xCC\x81", "👩\xE2\x80\x8D", "ab"}) {
            std::string text;
            while (text.size() < 200'000) text += unit;
            QCOMPARE(decoded(tokenizer, tokenizer.encode(text)), text);
        }
        std::string marks = "a";  // sorted by combining class, not in quadratic time
        for (int i = 0; i < 100'000; ++i) marks += i % 2 ? "\xCC\x96" : "\xCC\x81";
        QCOMPARE(decoded(open("qwen2"), open("qwen2").encode(marks)).size(), marks.size() - 1);  // á joins once
    }

    void template_is_kept_apart() {
        Json json = base_json("qwen2");
        json["post_processor"] =
            Json::parse(R"({"type":"TemplateProcessing","single":[{"SpecialToken":{"id":"<|endoftext|>","type_id":0}},
            {"Sequence":{"id":"A","type_id":0}}],"pair":[],"special_tokens":{"<|endoftext|>":{"id":"<|endoftext|>","ids":[0],"tokens":["<|endoftext|>"]}}})");
        const Tokenizer tokenizer = Tokenizer::from_json(lathe::dump_json(json), "", "t.json");
        QVERIFY(tokenizer.prefix_ids() == std::vector<int32_t>{0});
        QVERIFY(tokenizer.suffix_ids().empty());
        json["post_processor"]["special_tokens"]["<|endoftext|>"]["ids"][0] = 100000;
        expect_refused(json, ErrorKind::out_of_range, "post_processor.special_tokens.<|endoftext|>.ids[0]");
    }

    void saves_verbatim() {
        const QTemporaryDir folder;
        const std::string path = folder.path().toStdString() + "/new";
        const Tokenizer tokenizer = open("added");
        tokenizer.save(path);
        QVERIFY(lathe::read_file(path + "/tokenizer.json", 1 << 20) ==
                lathe::read_file(kFolder + "added.json", 1 << 20));
        const Tokenizer again = Tokenizer::open(path);
        QCOMPARE(again.sha256(), tokenizer.sha256());
        QCOMPARE(again.sha256(), lathe::sha256_of_file(kFolder + "added.json"));
        QCOMPARE(again.folder(), path);
        QCOMPARE(again.eos_id(), *again.id_of("<|endoftext|>"));
    }

    void stream_ends_on_code_points() {
        const std::string text = "a\xC3\xA9\xED\x95\x9C\xF0\x9F\xA4\x96";
        const size_t complete[] = {0, 1, 1, 3, 3, 3, 6, 6, 6, 6, 10};
        for (size_t n = 0; n <= text.size(); ++n)
            QCOMPARE(lathe::complete_utf8_prefix(std::string_view(text).substr(0, n)), complete[n]);
        for (const std::string_view broken : {"a\xFF", "a\x80", "\xED\xA0", "\xE0\x80", "\xF4\x90", "\xC0"}) {
            QCOMPARE(lathe::complete_utf8_prefix(broken), broken.size());
        }
    }

    void broken_files_are_refused() {
        const auto changed = [](auto&& change, const char* name = "gpt2") {
            Json json = base_json(name);
            change(json);
            return json;
        };
        using K = ErrorKind;
        expect_refused(changed([](Json& j) {
                           j["model"]["merges"][0] = Json::array({"a", "zzz"});
                       }),
                       K::mismatch, "model.merges[0]");
        expect_refused(changed([](Json& j) {
                           j["model"]["merges"][1] = Json::array({"!", "\""});
                       }),
                       K::mismatch, "model.merges[1]");
        expect_refused(changed([](Json& j) { j["model"]["merges"][0] = "abc"; }), K::malformed, "model.merges[0]");
        expect_refused(changed([](Json& j) {
                           j["model"]["merges"][0] = Json::array({"a", "b", "c"});
                       }),
                       K::malformed, "model.merges[0]");
        expect_refused(changed([](Json& j) {
                           j["model"]["merges"][0] = Json::array({1, 2});
                       }),
                       K::malformed, "model.merges[0]");
        expect_refused(changed([](Json& j) { j["model"]["vocab"]["a"] = 1; }), K::mismatch, "model.vocab.a");
        expect_refused(changed([](Json& j) { j["model"]["vocab"]["a"] = -1; }), K::out_of_range, "model.vocab.a");
        expect_refused(changed([](Json& j) { j["model"]["vocab"]["a"] = 2147483647; }), K::out_of_range,
                       "model.vocab.a");
        expect_refused(changed([](Json& j) { j["model"]["vocab"]["a"] = 1.5; }), K::wrong_type, "model.vocab.a");
        expect_refused(changed([](Json& j) { j["model"]["type"] = "Unigram"; }), K::unsupported, "model.type");
        expect_refused(changed([](Json& j) { j["model"]["byte_fallback"] = true; }), K::unsupported,
                       "model.byte_fallback");
        expect_refused(changed([](Json& j) { j["model"]["end_of_word_suffix"] = "</w>"; }), K::unsupported,
                       "model.end_of_word_suffix");
        expect_refused(changed([](Json& j) { j["model"].erase("vocab"); }), K::missing_key, "model.vocab");
        expect_refused(changed([](Json& j) {
                           j["normalizer"] = {{"type", "Lowercase"}};
                       }),
                       K::unsupported, "normalizer");
        expect_refused(changed([](Json& j) {
                           j["pre_tokenizer"] = {{"type", "Metaspace"}};
                       }),
                       K::unsupported, "pre_tokenizer");
        expect_refused(changed([](Json& j) { j["pre_tokenizer"] = nullptr; }), K::unsupported, "pre_tokenizer");
        expect_refused(changed([](Json& j) { j["decoder"] = {{"type", "WordPiece"}}; }), K::unsupported, "decoder");
        expect_refused(changed([](Json& j) {
                           j["post_processor"] = {{"type", "BertProcessing"}};
                       }),
                       K::unsupported, "post_processor");
        expect_refused(changed([](Json& j) { j["added_tokens"][0]["id"] = 5; }, "qwen2"), K::mismatch,
                       "added_tokens[0].id");
        expect_refused(changed([](Json& j) { j["added_tokens"][0]["content"] = ""; }, "qwen2"), K::out_of_range,
                       "added_tokens[0].content");
        expect_refused(
            changed([](Json& j) { j["pre_tokenizer"]["pretokenizers"][0]["behavior"] = "Removed"; }, "qwen2"),
            K::unsupported, "pre_tokenizer.pretokenizers[0].behavior");
        expect_refused(
            changed([](Json& j) { j["pre_tokenizer"]["pretokenizers"][0]["pattern"]["Regex"] = "(a"; }, "qwen2"),
            K::malformed, "pre_tokenizer.pretokenizers[0].pattern.Regex");
        expect_refused(
            changed(
                [](Json& j) { j["pre_tokenizer"]["pretokenizers"][0]["pattern"]["Regex"] = std::string(1 << 20, 'a'); },
                "qwen2"),
            K::too_large, "pre_tokenizer.pretokenizers[0].pattern.Regex");
        for (const std::string text : {"", "{", "[]", "{\"model\": \"\\ud800\"}", "null"}) {
            QVERIFY_EXCEPTION_THROWN(Tokenizer::from_json(text, "", "t.json"), lathe::Exception);
        }
        QVERIFY_EXCEPTION_THROWN(Tokenizer::from_json(std::string(100'000, '['), "", "t.json"), lathe::Exception);
        QVERIFY_EXCEPTION_THROWN(Tokenizer::open("/dev/null"), lathe::Exception);
        QVERIFY_EXCEPTION_THROWN(Tokenizer::open("/no/such/folder"), lathe::Exception);
    }

    void patterns_cannot_hang() {
        Json json = base_json("qwen2");
        json["pre_tokenizer"]["pretokenizers"][0]["pattern"]["Regex"] = "(a+)+$";
        const Tokenizer tokenizer = Tokenizer::from_json(lathe::dump_json(json), "", "t.json");
        QCOMPARE(decoded(tokenizer, tokenizer.encode("aaa")), std::string("aaa"));
        QVERIFY_EXCEPTION_THROWN(tokenizer.encode(std::string(100'000, 'a') + "b"), lathe::Exception);
    }

    void many_added_tokens() {
        Json json = base_json("qwen2");
        const auto first = static_cast<int64_t>(json["model"]["vocab"].size());
        for (int64_t i = 0; i < 20'000; ++i) {
            json["added_tokens"].push_back(
                {{"id", first + i}, {"content", "<t" + std::to_string(i) + ">"}, {"special", true}});
        }
        const Tokenizer tokenizer = Tokenizer::from_json(lathe::dump_json(json), "", "t.json");
        QVERIFY((tokenizer.encode("<t7><t19999>") ==
                 std::vector<int32_t>{static_cast<int32_t>(first + 7), static_cast<int32_t>(first + 19999)}));
    }
};

QTEST_APPLESS_MAIN(TokenizerTest)
#include "tokenizer_test.moc"

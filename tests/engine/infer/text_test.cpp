// From tokens to text: nothing is shown before it is whole UTF-8, stop texts cut, and every answer ends for a reason.
#include <QtTest>

#include "engine/infer/text_generation.h"
#include "tests/engine/base/caught.h"
#include "tests/engine/infer/scripted_model.h"

using namespace lathe;
using namespace lathe_test;

namespace {

struct Told {
    std::string text;
    std::vector<std::string> pieces;  // those with text
    std::vector<int32_t> tokens;
    std::string reason;
    int endings = 0;
};

class Speaker {
public:
    // After the prompt "x" the model says these bytes, each of them different, then the end token where `ends`.
    explicit Speaker(const std::string& script, bool ends = false) : tokenizer_(byte_tokenizer()) {
        std::map<int32_t, int32_t> successors;
        int32_t last = id('x');
        for (const char c : script) {
            successors[last] = id(c);
            last = id(c);
        }
        successors[last] = ends ? tokenizer_.eos_id() : id('~');
        successors[id('~')] = id('~');
        if (!ends) successors[tokenizer_.eos_id()] = id(script.front());
        model_ = scripted_model(successors, tokenizer_.vocab_size());
    }
    int32_t id(char c) const { return tokenizer_.encode(std::string(1, c)).front(); }
    const Tokenizer& tokenizer() const { return tokenizer_; }
    Model& model() const { return *model_; }

    Told tell(const SampleConfig& config, const std::string& prompt = "x") {
        TextGenerator generator(*model_, tokenizer_, {tokenizer_.eos_id()}, 4);
        generator.add(7, prompt, config);
        Told told;
        while (!generator.idle()) {
            generator.step([&](const TextPiece& piece) {
                told.tokens.push_back(piece.token);
                told.text += piece.text;
                if (!piece.text.empty()) told.pieces.push_back(piece.text);
                if (piece.finish_reason.empty()) return;
                told.reason = piece.finish_reason;
                ++told.endings;
            });
        }
        return told;
    }

private:
    Tokenizer tokenizer_;
    std::unique_ptr<Model> model_;
};

SampleConfig up_to(int64_t tokens, std::vector<std::string> stop = {}) {
    return {.max_tokens = tokens, .stop = std::move(stop)};
}

}  // namespace

class TextTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void says_it_token_by_token();
    void hangul_waits_until_it_is_whole();
    void a_broken_end_is_replaced();
    void broken_bytes_inside_are_replaced();
    void stop_text_over_several_tokens_cuts();
    void the_first_of_several_stop_texts_cuts();
    void what_only_began_like_a_stop_text_is_told();
    void a_stop_text_may_be_hangul();
    void the_end_token_has_no_text();
    void answers_side_by_side();
    void an_empty_prompt_starts_a_document();
    void logprobs_have_the_bytes();
    void begun_tokens_are_told_with_the_first_piece();
    void repairs_utf8_data();
    void repairs_utf8();
};

void TextTest::says_it_token_by_token() {
    const Told told = Speaker("abc").tell(up_to(3));
    QCOMPARE(told.text, std::string("abc"));
    QCOMPARE(told.pieces.size(), size_t{3});
    QCOMPARE(told.reason, std::string("length"));
    QCOMPARE(told.endings, 1);
}

void TextTest::hangul_waits_until_it_is_whole() {
    // U+AC00 is EA B0 80, U+B098 is EB 82 98: six tokens, two pieces.
    const Told told = Speaker("\xEA\xB0\x80\xEB\x82\x98!").tell(up_to(7));
    QCOMPARE(told.pieces, (std::vector<std::string>{"\xEA\xB0\x80", "\xEB\x82\x98", "!"}));
    QCOMPARE(told.tokens.size(), size_t{7});
    const Told emoji = Speaker("\xF0\x9F\x98\x80.").tell(up_to(5));
    QCOMPARE(emoji.pieces, (std::vector<std::string>{"\xF0\x9F\x98\x80", "."}));
}

void TextTest::a_broken_end_is_replaced() {
    const Told told = Speaker("a\xEA\xB0\x80").tell(up_to(3));
    QCOMPARE(QString::fromStdString(told.text).at(0), QChar('a'));
    QVERIFY(told.text.starts_with("a\xEF\xBF\xBD"));
    QCOMPARE(told.text, valid_utf8(told.text));
    QCOMPARE(told.reason, std::string("length"));
}

void TextTest::broken_bytes_inside_are_replaced() {
    const Told told = Speaker("a\xFF\x62").tell(up_to(3));
    QCOMPARE(told.text, std::string("a\xEF\xBF\xBD\x62"));
}

void TextTest::stop_text_over_several_tokens_cuts() {
    const Told told = Speaker("abENDcd").tell(up_to(50, {"END"}));
    QCOMPARE(told.text, std::string("ab"));
    QCOMPARE(told.reason, std::string("stop"));
    QCOMPARE(told.tokens.size(), size_t{5});  // nothing is computed after it
    for (const std::string& piece : told.pieces) QVERIFY(piece.find('E') == std::string::npos);
}

void TextTest::the_first_of_several_stop_texts_cuts() {
    QCOMPARE(Speaker("abcdef").tell(up_to(50, {"ef", "cd", ""})).text, std::string("ab"));
    QCOMPARE(Speaker("abcdef").tell(up_to(50, {"a"})).text, std::string());
    QCOMPARE(Speaker("abcdef").tell(up_to(6, {""})).text, std::string("abcdef"));
}

void TextTest::what_only_began_like_a_stop_text_is_told() {
    const Told told = Speaker("abENcd").tell(up_to(6, {"END"}));
    QCOMPARE(told.text, std::string("abENcd"));
    QCOMPARE(Speaker("abEN").tell(up_to(4, {"END"})).text, std::string("abEN"));  // at the end
    QCOMPARE(Speaker("abEN", true).tell(up_to(40, {"END"})).text, std::string("abEN"));
}

void TextTest::a_stop_text_may_be_hangul() {
    const Told told = Speaker("a\xEA\xB0\x80\xEB\x82\x98").tell(up_to(50, {"\xEA\xB0\x80"}));
    QCOMPARE(told.text, std::string("a"));
    QCOMPARE(told.reason, std::string("stop"));
}

void TextTest::the_end_token_has_no_text() {
    Speaker speaker("abc", true);
    const Told told = speaker.tell(up_to(50));
    QCOMPARE(told.text, std::string("abc"));
    QCOMPARE(told.reason, std::string("stop"));
    QCOMPARE(told.tokens.back(), speaker.tokenizer().eos_id());
    QCOMPARE(told.endings, 1);
}

void TextTest::answers_side_by_side() {
    const Tokenizer tokenizer = byte_tokenizer();
    std::map<int32_t, int32_t> successors;
    const std::string alphabet = "abcdefghijklmnop";
    const auto id = [&](char c) { return tokenizer.encode(std::string(1, c)).front(); };
    for (size_t i = 0; i + 1 < alphabet.size(); ++i) successors[id(alphabet[i])] = id(alphabet[i + 1]);
    const auto model = scripted_model(successors, tokenizer.vocab_size());
    TextGenerator generator(*model, tokenizer, {}, 2);
    generator.add(1, "a", up_to(4, {"de"}));
    generator.add(2, "c", up_to(3));
    generator.add(3, "h", up_to(5));
    generator.add(4, "b", up_to(9));
    generator.cancel(4);
    std::map<uint64_t, std::string> texts, reasons;
    while (!generator.idle()) {
        generator.step([&](const TextPiece& piece) {
            texts[piece.id] += piece.text;
            reasons[piece.id] += piece.finish_reason;
        });
    }
    QCOMPARE(texts, (std::map<uint64_t, std::string>{{1, "bc"}, {2, "def"}, {3, "ijklm"}}));
    QCOMPARE(reasons, (std::map<uint64_t, std::string>{{1, "stop"}, {2, "length"}, {3, "length"}}));
}

void TextTest::an_empty_prompt_starts_a_document() {
    Speaker speaker("abc");
    const Told told = speaker.tell(up_to(2), "");
    QCOMPARE(told.text, std::string("ab"));
}

// A syllable of three tokens: each has its byte, the text comes with the last.
void TextTest::logprobs_have_the_bytes() {
    const Speaker speaker("\xED\x95\x9C");
    TextGenerator generator(speaker.model(), speaker.tokenizer(), {}, 1);
    generator.add(7, "x", up_to(3), 2);
    std::string bytes;
    std::vector<std::string> texts;
    while (!generator.idle()) {
        generator.step([&](const TextPiece& piece) {
            QVERIFY(piece.logprobs && piece.logprobs->chosen.token == piece.token);
            QCOMPARE(piece.logprobs->top.size(), size_t{2});
            QCOMPARE(piece.logprobs->top[0].bytes, piece.logprobs->chosen.bytes);
            QVERIFY(!piece.logprobs->top[1].bytes.empty());
            bytes += piece.logprobs->chosen.bytes;
            texts.push_back(piece.text);
        });
    }
    QCOMPARE(bytes, std::string("\xED\x95\x9C"));
    QCOMPARE(texts, (std::vector<std::string>{"", "", "\xED\x95\x9C"}));
}

// Also where they end inside a character.
void TextTest::begun_tokens_are_told_with_the_first_piece() {
    const Speaker speaker("ab\xED\x95\x9C!");
    TextGenerator generator(speaker.model(), speaker.tokenizer(), {}, 1);
    const std::vector<int32_t> begun = speaker.tokenizer().encode("ab\xED\x95");
    QCOMPARE(begun.size(), size_t{4});
    generator.add(7, speaker.tokenizer().encode("x"), up_to(2), 0, begun);
    std::vector<std::string> texts;
    while (!generator.idle()) {
        generator.step([&](const TextPiece& piece) {
            QVERIFY(!piece.logprobs);
            texts.push_back(piece.text);
        });
    }
    QCOMPARE(texts, (std::vector<std::string>{"ab\xED\x95\x9C", "!"}));
}

void TextTest::repairs_utf8_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("is_valid");
    const auto row = [](const char* name, const QByteArray& text, bool valid) { QTest::newRow(name) << text << valid; };
    row("ASCII", "plain", true);
    row("Hangul", "\xED\x95\x9C\xEA\xB8\x80", true);
    row("emoji", "\xF0\x9F\x98\x80", true);
    row("last code point", "\xF4\x8F\xBF\xBF", true);
    row("lone continuation", "\x80", false);
    row("overlong", "\xC0\xAF", false);
    row("overlong of three", "\xE0\x80\xAF", false);
    row("surrogate", "\xED\xA0\x80", false);
    row("past the last", "\xF4\x90\x80\x80", false);
    row("cut short", "a\xED\x95", false);
    row("five bytes", "\xF8\x88\x80\x80\x80", false);
}

void TextTest::repairs_utf8() {
    QFETCH(QByteArray, text);
    QFETCH(bool, is_valid);
    const std::string repaired = valid_utf8(text.toStdString());
    QCOMPARE(repaired == text.toStdString(), is_valid);
    QCOMPARE(QString::fromUtf8(repaired.data(), static_cast<qsizetype>(repaired.size())).toUtf8().toStdString(),
             repaired);
    if (!is_valid) QVERIFY(repaired.find("\xEF\xBF\xBD") != std::string::npos);
}

QTEST_APPLESS_MAIN(TextTest)
#include "text_test.moc"

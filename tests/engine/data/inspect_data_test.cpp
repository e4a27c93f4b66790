// What is told of a data set before a run: its figures, its chips, and why a run would not start.
#include <QTest>
#include <algorithm>
#include <string>
#include <vector>

#include "engine/base/files.h"
#include "engine/data/inspect_data.h"
#include "tests/engine/data/data_folder.h"

using namespace lathe;
using lathe_test::DataFolder;
using lathe_test::error_of;

namespace {

const std::string kData = std::string(LATHE_SOURCE_DIR) + "/tests/data";

std::string row(const std::string& question, const std::string& answer) {
    return dump_json({{"question", question}, {"answer", answer}}) + "\n";
}

struct Bench {
    DataFolder folder;
    Tokenizer tokenizer = open();
    Tokenizer open() const {
        folder.write("model/tokenizer.json", read_file(kData + "/examples/tokenizer.json", 1 << 20));
        folder.write("model/tokenizer_config.json", R"({"eos_token":"<|im_end|>"})");
        folder.write("model/chat_template.jinja", read_file(kData + "/chat_templates/smollm2.jinja", 1 << 20));
        return Tokenizer::open(folder.path("model"));
    }
    TokenInspection wish(const std::string& rows, int64_t max_length = 512) const {
        return {.source = {.files = {folder.write("a.jsonl", rows)}},
                .examples = {},
                .dataset = {.max_length = max_length, .validation_fraction = 0.1},
                .cache_folder = folder.path("cache"),
                .example = {},
                .row = {}};
    }
};

std::string learnt(const InspectedTokens& shown) {
    std::string text;
    for (const InspectedToken& token : shown.tokens) text += token.trained ? token.text : "";
    return text;
}

}  // namespace

class InspectDataTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void figures_are_those_of_the_run() {
        const Bench bench;
        std::string rows;
        for (int i = 0; i < 60; ++i) rows += row("What is " + std::to_string(i) + "?", "A number.");
        rows += row("What is 3?", "A number.") + row("Empty", " ") + "no JSON\n" + row("Long", std::string(3000, 'x'));
        const TokenInspection wish = bench.wish(rows);
        const DataInspection seen = inspect_tokens(wish, bench.tokenizer);
        QCOMPARE(seen.obstacle.has_value(), false);
        QCOMPARE(seen.files[0].format, std::string("prompt_completion"));
        QCOMPARE(seen.files[0].columns, std::string("prompt question, completion answer"));
        QCOMPARE(seen.rows, int64_t{64});
        QCOMPARE(seen.bad_rows, int64_t{1});
        QCOMPARE(seen.empty_rows, int64_t{1});
        QCOMPARE(seen.duplicate_rows, int64_t{1});
        QCOMPARE(seen.examples, int64_t{62});
        QCOMPARE(seen.truncated, int64_t{1});
        QCOMPARE(seen.nothing_to_learn, int64_t{0});
        QVERIFY(seen.chat_template);
        QCOMPARE(seen.training_documents + seen.validation_documents, int64_t{62});
        QCOMPARE(seen.files[0].documents, int64_t{62});
        QCOMPARE(seen.files[0].tokens, seen.tokens);
        QCOMPARE(seen.files[0].trained_tokens, seen.trained_tokens);
        QVERIFY(seen.trained_tokens > 0 && seen.trained_tokens < seen.tokens);
        std::vector<std::string> notes;
        for (const InspectedRow& note : seen.notes) notes.push_back(note.kind + " " + std::to_string(note.line));
        std::sort(notes.begin(), notes.end());
        QCOMPARE(notes, (std::vector<std::string>{"bad 63", "duplicate 61", "empty_answer 62", "truncated 64"}));
        // Again, out of the cache.
        const DataInspection again = inspect_tokens(wish, bench.tokenizer);
        QCOMPARE(again.notes.size(), seen.notes.size());
        QCOMPARE(again.duplicate_rows, seen.duplicate_rows);
        // And rows alone.
        const DataInspection plain = inspect_rows(wish.source);
        QCOMPARE(plain.examples, int64_t{62});
        QCOMPARE(plain.bad_rows, int64_t{1});
        QVERIFY(!plain.tokenised);
    }

    void chips_of_an_example_and_of_a_row() {
        const Bench bench;
        TokenInspection wish = bench.wish(row("One?", "Yes: 하나.") + row("Two?", "No."));
        wish.dataset.validation_fraction = 0;
        wish.example = 1;
        wish.row = 0;
        const DataInspection seen = inspect_tokens(wish, bench.tokenizer);
        const InspectedTokens& example = *seen.example;
        QCOMPARE(example.line, int64_t{2});
        QVERIFY(example.file.ends_with("a.jsonl"));
        QVERIFY(example.text.ends_with("<|im_start|>user\nTwo?<|im_end|>\n<|im_start|>assistant\nNo.<|im_end|>\n"));
        QCOMPARE(learnt(example), std::string("No.<|im_end|>"));
        QCOMPARE(example.kept, static_cast<int64_t>(example.tokens.size()));
        const InspectedTokens& packed = *seen.row;
        QCOMPARE(packed.document_begin.size(), size_t{2});
        QCOMPARE(packed.document_begin[0], int64_t{0});
        QCOMPARE(packed.padding, wish.dataset.max_length - static_cast<int64_t>(packed.tokens.size()));
        QVERIFY(packed.text.find("Yes: 하나.") != std::string::npos);
        const std::string both = learnt(packed);
        QVERIFY(both.find("No.<|im_end|>") != std::string::npos && both.ends_with("<|im_end|>"));
        wish.example = 2;
        QCOMPARE(error_of([&] { inspect_tokens(wish, bench.tokenizer); })->key, std::string("example"));
        // Cut off where a row ends.
        TokenInspection tight = bench.wish(row("One?", std::string(200, 'y') + "."), 160);
        tight.example = 0;
        const DataInspection cut = inspect_tokens(tight, bench.tokenizer);
        QVERIFY(cut.example->kept == 160 && cut.example->tokens.size() > 160);
    }

    void obstacles_are_told_with_what_is_known() {
        const Bench bench;
        const DataInspection nothing = inspect_tokens(bench.wish(row("One?", "Yes."), 8), bench.tokenizer);
        QCOMPARE(nothing.obstacle->kind, ErrorKind::empty);
        QCOMPARE(nothing.obstacle->key, std::string("data.max_length"));
        QCOMPARE(nothing.files[0].trained_tokens, int64_t{0});
        QVERIFY(nothing.tokenised && nothing.tokens > 8);
        const DataInspection bad = inspect_tokens(bench.wish(row("One?", "Yes.") + "{}\n{}\n"), bench.tokenizer);
        QCOMPARE(bad.obstacle->kind, ErrorKind::malformed);
        QCOMPARE(bad.bad_rows, int64_t{2});
        QCOMPARE(bad.notes.size(), size_t{2});
        QVERIFY(!bad.tokenised);
        QCOMPARE(inspect_rows({.files = {bench.folder.path("none.jsonl")}}).obstacle->kind, ErrorKind::not_found);
        const auto cancelled = error_of([&] {
            inspect_tokens(bench.wish(row("a", "b")), bench.tokenizer, [](int64_t, int64_t) { return false; });
        });
        QCOMPARE(cancelled->kind, ErrorKind::cancelled);
    }
};

QTEST_APPLESS_MAIN(InspectDataTest)
#include "inspect_data_test.moc"

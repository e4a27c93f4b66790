// The steps of a recipe on texts whose outcome is written by hand, and on rows of conversations.
#include <QtTest>

#include "engine/base/json.h"
#include "engine/data/clean.h"
#include "tests/engine/data/data_folder.h"

using namespace lathe;
using lathe_test::DataFolder;

namespace {

std::string after(CleanStep step, std::string text) {
    apply_step(step, text);
    return text;
}

std::vector<CleanedDocument> clean_all(const std::string& file, const CleanRecipe& recipe) {
    std::vector<CleanedDocument> all;
    Cleaner cleaner(recipe);
    DocumentIndex({.files = {file}}).read(0, [&](const SourceDocument& document) {
        all.push_back(cleaner.take(document));
        return true;
    });
    return all;
}

std::vector<std::string> drops(const std::vector<CleanedDocument>& all) {
    std::vector<std::string> steps;
    for (const CleanedDocument& one : all) steps.emplace_back(name_of(one.dropped_by));
    return steps;
}

using Words = std::vector<std::string>;

}  // namespace

class CleanTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void steps_change_texts() {
        using enum CleanStep;
        // Hangul in pieces, as file names of a Mac have it.
        QCOMPARE(after(normalise_unicode, "\u1112\u1161\u11ab\u1100\u1173\u11af"), std::string("한글"));
        QCOMPARE(after(normalise_unicode, "plain"), std::string("plain"));
        QCOMPARE(after(strip_controls, "\uFEFFa\u200Bb\r\nc\x07\rd\te\u0085"), std::string("ab\nc\nd\te"));
        QCOMPARE(after(strip_controls, "👩\u200D💻"), std::string("👩\u200D💻"));  // a joiner is part of it
        QCOMPARE(after(collapse_whitespace, "a  \n\n \n\nb\n  c\t\n"), std::string("a\n\nb\n  c\n"));
        std::string same = "a\n\n    b";
        QVERIFY(!apply_step(collapse_whitespace, same));
        QCOMPARE(same, std::string("a\n\n    b"));
    }

    void characters_and_symbols() {
        QCOMPARE(character_count("한글 ok"), int64_t{5});
        QCOMPARE(symbol_share("ab!?"), 0.5);
        QCOMPARE(symbol_share("नमस्ते 12"), 0.0);  // vowel signs are marks of letters
        QCOMPARE(symbol_share(""), 0.0);
    }

    void each_filter_drops_what_it_should() {
        const DataFolder folder;
        const std::string file = folder.write("rows.jsonl",
                                              "{\"text\":\"hello world\"}\n"
                                              "{\"text\":\"hi\"}\n"
                                              "{\"text\":\"hello world \"}\n"
                                              "{\"text\":\"#!#!#!#!....\"}\n"
                                              "{\"text\":\"a very long line of many words\"}\n"
                                              "{\"text\":\"draft: hello\"}\n"
                                              "{\"text\":\"\\u200b\"}\n"
                                              "{\"text\":\"goodbye all\"}\n");
        CleanRecipe recipe;
        recipe.strip_controls = recipe.collapse_whitespace = recipe.drop_duplicates = true;
        recipe.min_characters = 5;
        recipe.max_characters = 20;
        recipe.max_symbol_share = 0.5;
        recipe.drop_pattern = "^draft:";
        recipe.keep_pattern = "hello";
        const auto all = clean_all(file, recipe);
        QCOMPARE(drops(all), (Words{"", "min_characters", "drop_duplicates", "max_symbol_share", "max_characters",
                                    "drop_pattern", "strip_controls", "keep_pattern"}));
        QCOMPARE(all[2].text, std::string("hello world"));
        QCOMPARE(all[2].row["text"], Json("hello world"));
        QVERIFY(all[0].row.is_null());  // it is as it was
    }

    void a_conversation_is_cleaned_text_by_text() {
        const DataFolder folder;
        const std::string file = folder.write(
            "chat.jsonl",
            R"({"id":7,"messages":[{"role":"user","content":"q "},{"role":"assistant","content":"a\u0007"}]})"
            "\n"
            R"({"id":8,"messages":[{"role":"user","content":"q"},{"role":"assistant","content":"\u0007"}]})"
            "\n"
            R"({"id":9,"messages":[{"role":"user","content":"q"},{"role":"assistant","content":"a"}]})"
            "\n");
        CleanRecipe recipe;
        recipe.strip_controls = recipe.collapse_whitespace = recipe.drop_duplicates = true;
        const auto all = clean_all(file, recipe);
        // Nothing is left of the second answer; the third row says what the first one says once that is clean.
        QCOMPARE(drops(all), (Words{"", "strip_controls", "drop_duplicates"}));
        const Json row = parse_json(R"({"id":7,"messages":[{"role":"user","content":"q"},)"
                                    R"({"role":"assistant","content":"a"}]})",
                                    "");
        QCOMPARE(all[0].row, row);
    }

    void wrong_recipes_name_their_step() {
        CleanRecipe recipe;
        recipe.keep_pattern = "(";
        const auto bad = lathe_test::error_of([&] { Cleaner cleaner(recipe); });
        QVERIFY(bad && bad->kind == ErrorKind::malformed && bad->key == "keep_pattern");
        recipe = {};
        recipe.min_characters = 9;
        recipe.max_characters = 3;
        const auto crossed = lathe_test::error_of([&] { Cleaner cleaner(recipe); });
        QVERIFY(crossed && crossed->kind == ErrorKind::mismatch && crossed->key == "max_characters");
        for (const char* json : {R"({"min_charactres": 3})", R"({"seed": -1})", R"({"drop_duplicates": 1})"}) {
            const auto wrong = lathe_test::error_of([&] { parse_clean_recipe(json, "r.json"); });
            QVERIFY2(wrong && wrong->file == "r.json" && !wrong->key.empty(), json);
        }
        recipe.min_characters = 2;
        recipe.drop_pattern = "\"\\";
        QCOMPARE(to_json(parse_clean_recipe(to_json(recipe), "")), to_json(recipe));
    }

    void patterns_may_match_nothing_but_a_place() {
        const DataFolder folder;
        const std::string file = folder.write("a.jsonl", "{\"text\":\"with x in it\"}\n{\"text\":\"without\"}\n");
        CleanRecipe recipe;
        recipe.drop_pattern = "^(?!.*x)";
        QCOMPARE(drops(clean_all(file, recipe)), (Words{"", "drop_pattern"}));
        recipe = {};
        recipe.keep_pattern = "^(?=.*x)";
        QCOMPARE(drops(clean_all(file, recipe)), (Words{"", "keep_pattern"}));
    }

    void a_pattern_that_never_ends_is_given_up() {
        const DataFolder folder;
        const std::string file = folder.write("a.jsonl", "{\"text\":\"" + std::string(40, 'a') + "!\"}\n");
        CleanRecipe recipe;
        recipe.drop_pattern = "^(a|aa|a*)*$";
        const auto error = lathe_test::error_of([&] { clean_all(file, recipe); });
        QVERIFY(!error || error->key == "drop_pattern");  // PCRE2 may find a way round it
    }
};

QTEST_GUILESS_MAIN(CleanTest)
#include "clean_test.moc"

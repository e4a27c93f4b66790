// Figures of data held to counts by hand, files that cannot be read, pages near any document, cancelling.
#include <sys/resource.h>

#include <QtTest>
#include <algorithm>
#include <fstream>

#include "engine/data/survey.h"
#include "tests/engine/data/byte_encoder.h"
#include "tests/engine/data/data_folder.h"

using namespace lathe;
using lathe_test::DataFolder;
using lathe_test::error_of;
using lathe_test::join_documents;

namespace {

DatasetSurvey survey_of(const std::vector<std::string>& files, const CleanRecipe& recipe = {}) {
    SurveyMemory memory;
    return survey({.files = files}, recipe, nullptr, memory, {});
}

int64_t odd(const DatasetSurvey& survey, const std::string& kind) {
    for (const auto& [name, count] : survey.odd_counts)
        if (name == kind) return count;
    return 0;
}

std::string row_text(int i) {
    return "row " + std::to_string(i) + ": " + std::string(static_cast<size_t>(300 + i * 37 % 900), 'x');
}

int64_t resident_kb() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss;
}

}  // namespace

class SurveyTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void figures_by_hand() {
        const DataFolder folder;
        // 4 documents of 5, 5, 2 and 3 characters; the second says what the first says.
        const std::string text = folder.write("a.txt", join_documents({"hello", "hello", "한글", "a\u0007b"}));
        const std::string rows = folder.write(
            "b.jsonl",
            "{\"text\":\"hello\"}\n"
            "{\"text\":\"\"}\n"
            "{\"text\":1}\n"
            "\n"
            "{\"text\":\"lost \uFFFD\"}\n" +
                [] {
                    std::string more;  // so that one bad row is no reason to refuse
                    for (int i = 0; i < 40; ++i) more += "{\"text\":\"number " + std::to_string(i) + "\"}\n";
                    return more;
                }());
        const DatasetSurvey seen = survey_of({text, rows});
        QCOMPARE(seen.documents, int64_t{4 + 2 + 40});
        QCOMPARE(seen.files[0].documents, int64_t{4});
        QCOMPARE(seen.files[1].format, std::string("text"));
        QCOMPARE(seen.duplicates, int64_t{2});
        // number 0 … number 9: 8 characters, the others 9.
        QCOMPARE(seen.characters, int64_t{5 + 5 + 2 + 3 + 5 + 6 + 10 * 8 + 30 * 9});
        QCOMPARE(seen.bytes, int64_t{5 + 5 + 6 + 3 + 5 + 8 + 10 * 8 + 30 * 9});
        QCOMPARE(seen.lengths, (std::vector<int64_t>{0, 2, 4, 40}));  // 2-3, 4-7, 8-15
        QCOMPARE(odd(seen, "bad"), int64_t{1});
        QCOMPARE(odd(seen, "empty"), int64_t{1});
        QCOMPARE(odd(seen, "control"), int64_t{1});
        QCOMPARE(odd(seen, "replaced"), int64_t{1});
        QCOMPARE(odd(seen, "duplicate"), int64_t{2});
        for (const OddLine& line : seen.odd) {
            if (line.kind == "bad") QCOMPARE(line.line, int64_t{3});
            if (line.kind == "empty") QCOMPARE(line.line, int64_t{2});
            if (line.kind == "replaced") QCOMPARE(line.line, int64_t{5});
            if (line.kind == "control") QCOMPARE(line.line, int64_t{7});
        }
        QCOMPARE(seen.kept_documents, seen.documents);
        QCOMPARE(seen.kept_bytes, seen.bytes);
        QVERIFY(seen.effects.empty());
    }

    void what_cannot_be_read_is_named_and_the_rest_goes_on() {
        const DataFolder folder;
        const std::string good = folder.write("good.txt", "some text\n");
        const std::string binary = folder.write("binary.txt", std::string("\x7f"
                                                                          "ELF\0\0\n\0",
                                                                          8));
        const std::string latin = folder.write("latin.txt", "fine\nna\xefve\nfine\n");
        const std::string empty = folder.write("empty.txt", "");
        const std::string unknown = folder.write("model.bin", "x");
        const DatasetSurvey seen =
            survey_of({binary, good, latin, empty, unknown, folder.path("gone.txt"), folder.path("nowhere")});
        QCOMPARE(seen.documents, int64_t{1});
        QCOMPARE(seen.bytes, int64_t{9});
        std::map<std::string, ErrorKind> problems;
        for (const SurveyedFile& file : seen.files)
            if (file.problem) problems[file.path] = file.problem->kind;
        QCOMPARE(problems.size(), size_t{6});
        QCOMPARE(problems[binary], ErrorKind::malformed);
        QCOMPARE(problems[latin], ErrorKind::malformed);
        QCOMPARE(problems[empty], ErrorKind::empty);
        QCOMPARE(problems[unknown], ErrorKind::unsupported);
        QCOMPARE(problems[folder.path("gone.txt")], ErrorKind::not_found);
        QCOMPARE(odd(seen, "invalid_utf8"), int64_t{1});
        QCOMPARE(seen.odd[0].line, int64_t{2});
        QCOMPARE(seen.odd[0].text, std::string("na\uFFFDve"));
        // Nothing at all can be read: still an answer.
        QCOMPARE(survey_of({binary}).documents, int64_t{0});
        QVERIFY(error_of([] { survey_of({}); }));
    }

    void a_recipe_is_seen_before_it_is_applied() {
        const DataFolder folder;
        const std::string file = folder.write("a.txt", join_documents({"one  \ntwo", "x", "one\ntwo", "three", "x"}));
        CleanRecipe recipe;
        recipe.collapse_whitespace = recipe.drop_duplicates = true;
        recipe.min_characters = 2;
        recipe.validation_fraction = 0.5;
        const DatasetSurvey seen = survey_of({file}, recipe);
        QCOMPARE(seen.effects.size(), size_t{3});
        QCOMPARE(seen.effects[0].step, std::string("collapse_whitespace"));
        QCOMPARE(seen.effects[0].changed, int64_t{1});
        QCOMPARE(seen.effects[1].dropped, int64_t{2});  // the third, and the second x
        QCOMPARE(seen.effects[1].bytes, int64_t{7 + 1});
        QCOMPARE(seen.effects[1].first_texts, (std::vector<std::string>{"one\ntwo", "x"}));
        QCOMPARE(seen.effects[2].dropped, int64_t{1});
        QCOMPARE(seen.kept_documents, int64_t{2});
        QCOMPARE(seen.kept_bytes, int64_t{7 + 5});
        QCOMPARE(seen.validation_documents, int64_t{1});  // both sides have one
    }

    void tokens_beyond_a_limit_are_reckoned_from_a_sample() {
        const DataFolder folder;
        const Tokenizer tokenizer = Tokenizer::open(LATHE_SOURCE_DIR "/resources/starter");
        std::vector<std::string> texts;
        int64_t tokens = 0, bytes = 0;
        for (int i = 0; i < 3000; ++i) {
            std::string& text = texts.emplace_back("row " + std::to_string(i) + ":");
            for (int k = 0; k < 5 + i * 37 % 20; ++k) text += " The old river runs past the mill.";
            tokens += static_cast<int64_t>(tokenizer.encode(text, false).size());
            bytes += static_cast<int64_t>(text.size());
        }
        const DocumentSource source{.files = {folder.write("a.txt", join_documents(texts))}};
        SurveyMemory memory;
        int64_t read = 0;
        const auto counted = [&](int64_t limit) {
            read = 0;
            return survey(
                source, {}, &tokenizer, memory, [&](int64_t, int64_t) { return ++read > 0; }, limit);
        };
        QVERIFY(!survey(source, {}, nullptr, memory, {}).tokens);
        const DatasetSurvey about = counted(bytes / 10);
        QVERIFY(about.tokens_sampled);
        QVERIFY(*about.tokens != tokens);  // it is a sample
        QVERIFY2(std::abs(static_cast<double>(*about.tokens) / static_cast<double>(tokens) - 1) < 0.02,
                 std::to_string(*about.tokens).c_str());
        QCOMPARE(about.bytes, bytes);
        QVERIFY(counted(bytes / 10).tokens_sampled);
        QCOMPARE(read, int64_t{0});
        QCOMPARE(*counted(bytes).tokens, tokens);
        QVERIFY(read > 0);
        // Counted whole, no limit asks for another reading.
        for (const int64_t limit : {bytes, 2 * bytes, bytes / 10}) {
            const DatasetSurvey whole = counted(limit);
            QCOMPARE(*whole.tokens, tokens);
            QVERIFY(!whole.tokens_sampled);
            QCOMPARE(read, int64_t{0});
        }
    }

    void equal_documents_are_held_back_together() {
        const DataFolder folder;
        std::vector<std::string> texts;
        for (int i = 0; i < 2000; ++i) texts.push_back("text " + std::to_string(i % 1000));
        const DocumentSource source{.files = {folder.write("a.txt", join_documents(texts))}};
        SurveyMemory memory;
        CleanRecipe recipe;
        recipe.validation_fraction = 0.2;
        const auto index = index_documents(source, memory, {});
        const auto outcome = try_recipe(*index, recipe, memory, {});
        int64_t held = 0;
        for (int64_t i = 0; i < 1000; ++i) {
            QCOMPARE(outcome->is_validation(i), outcome->is_validation(i + 1000));
            held += outcome->is_validation(i);
        }
        QVERIFY2(held > 150 && held < 250, std::to_string(held).c_str());
        recipe.seed = 43;
        const auto other = try_recipe(*index, recipe, memory, {});
        int64_t both = 0;
        for (int64_t i = 0; i < 1000; ++i) both += outcome->is_validation(i) && other->is_validation(i);
        QVERIFY(both < held / 2);
    }

    void a_page_near_any_document_data() {
        QTest::addColumn<QString>("kind");
        for (const char* kind : {"jsonl", "json", "csv", "txt", "md"}) QTest::newRow(kind) << QString::fromLatin1(kind);
    }
    void a_page_near_any_document() {
        QFETCH(QString, kind);
        const DataFolder folder;
        constexpr int kRows = 6000;
        std::string bytes = kind == QStringLiteral("json") ? "[\n" : kind == QStringLiteral("csv") ? "id,text\n" : "";
        for (int i = 0; i < kRows; ++i) {
            const std::string text = row_text(i);
            if (kind == QStringLiteral("jsonl")) bytes += "{\"text\":\"" + text + "\"}\n";
            if (kind == QStringLiteral("json"))
                bytes += " {\"text\": \"" + text + "\"}" + (i + 1 < kRows ? ",\n" : "\n]\n");
            if (kind == QStringLiteral("csv")) bytes += std::to_string(i) + ",\"" + text + "\n\"\"line\"\" two\"\n";
            if (kind == QStringLiteral("txt")) bytes += text + "\n<|endoftext|>\n";
            if (kind == QStringLiteral("md")) bytes += "# " + std::to_string(i) + "\n" + text + "\n";
        }
        const DocumentSource source{.files = {folder.write("first.txt", "before\n"),
                                              folder.write("big." + kind.toStdString(), bytes),
                                              folder.write("last.txt", "behind\n")}};
        std::vector<std::string> texts;
        std::vector<int64_t> lines;
        for_each_document(source, [&](std::string_view text, const DocumentPlace& place) {
            texts.emplace_back(text);
            lines.push_back(place.line);
            return true;
        });
        QCOMPARE(texts.size(), size_t{kRows + 2});
        SurveyMemory memory;
        const auto index = index_documents(source, memory, {});
        QCOMPARE(index->documents(), int64_t{kRows + 2});
        const auto go_on = [] { return true; };
        for (const int64_t first : {0, 1, 777, 2900, 4321, kRows - 3, kRows + 1, kRows + 2}) {
            const PreviewPage page = preview(source, {}, first, 20, memory, go_on);
            QCOMPARE(*page.total, int64_t{kRows + 2});
            QCOMPARE(page.documents.size(), static_cast<size_t>(std::min<int64_t>(20, kRows + 2 - first)));
            for (size_t i = 0; i < page.documents.size(); ++i) {
                const size_t at = static_cast<size_t>(first) + i;
                QCOMPARE(page.documents[i].index, static_cast<int64_t>(at));
                QCOMPARE(page.documents[i].text, texts[at]);
                QCOMPARE(page.documents[i].line, lines[at]);
            }
        }
    }

    void a_page_before_anything_is_known() {
        const DataFolder folder;
        const DocumentSource source{
            .files = {folder.write("a.jsonl", "{\"text\":\"a \"}\n{\"text\":\"a\"}\n{\"text\":\"bb\"}\n")}};
        SurveyMemory memory;
        CleanRecipe recipe;
        recipe.collapse_whitespace = recipe.drop_duplicates = true;
        const auto go_on = [] { return true; };
        PreviewPage page = preview(source, recipe, 1, 10, memory, go_on);
        QVERIFY(!page.total);
        QCOMPARE(page.documents.size(), size_t{2});
        QCOMPARE(page.documents[0].text, std::string("a"));
        QVERIFY(page.documents[0].dropped_by.empty());  // duplicates need those before
        static_cast<void>(survey(source, recipe, nullptr, memory, {}));
        page = preview(source, recipe, 0, 10, memory, go_on);
        QCOMPARE(*page.total, int64_t{3});
        QVERIFY(page.documents[0].changed);
        QCOMPARE(page.documents[1].dropped_by, std::string("drop_duplicates"));
        QVERIFY(error_of([&] { preview(source, recipe, 0, 10, memory, [] { return false; }); }));
        // Another file under that name is another source.
        folder.write("a.jsonl", "{\"text\":\"longer than before, by far\"}\n");
        QVERIFY(!preview(source, recipe, 0, 10, memory, go_on).total);
    }

    void going_through_can_be_cancelled() {
        const DataFolder folder;
        std::string bytes;
        for (int i = 0; i < 6000; ++i) bytes += "{\"text\":\"" + row_text(i) + "\"}\n";
        const std::string file = folder.write("a.jsonl", bytes);
        SurveyMemory memory;
        int calls = 0;
        bool within = true;
        const auto error = error_of([&] {
            survey({.files = {file}}, {}, nullptr, memory, [&](int64_t done, int64_t total) {
                within = within && done <= total;
                return ++calls < 3;
            });
        });
        QVERIFY(error && error->kind == ErrorKind::cancelled);
        QCOMPARE(calls, 3);
        QVERIFY(within);
        // What was not finished is not known.
        QVERIFY(!preview({.files = {file}}, {}, 0, 1, memory, [] { return true; }).total);
    }

    // 64 MB, or as many as LATHE_LARGE_TEXT_MB says: documents of 1000 lines, each told by its first line.
    void a_large_text_is_counted_in_little_memory() {
        std::string document = "document 00000000\n";
        for (int line = 1; line < 1000; ++line)
            document += "line " + std::to_string(line) + ": 선반은 공작물을 돌리고 the tool cuts.\n";
        const std::string end = "<|endoftext|>\n";
        const auto size = static_cast<int64_t>(document.size() + end.size());
        const int64_t megabytes = std::max(64, qEnvironmentVariableIntValue("LATHE_LARGE_TEXT_MB"));
        const int64_t count = (megabytes << 20) / size;
        const DataFolder folder;
        const std::string path = folder.path("large.txt");
        {
            std::ofstream file(path, std::ios::binary);
            for (int64_t i = 0; i < count; ++i) {
                const std::string number =
                    std::to_string(100'000'000 + i % (count - 1)).substr(1);  // the last is a copy
                document.replace(document.find('\n') - number.size(), number.size(), number);
                file << document << end;
            }
            QVERIFY(file.flush().good());
        }
        const int64_t before = resident_kb();
        const DatasetSurvey seen = survey_of({path});
        QVERIFY(!seen.files[0].problem);
        QCOMPARE(seen.documents, count);
        QCOMPARE(seen.bytes, count * static_cast<int64_t>(document.size() - 1));  // without the last line's end
        QCOMPARE(seen.duplicates, int64_t{1});
        QVERIFY2(resident_kb() - before < 200 << 10, std::to_string(resident_kb() - before).c_str());
    }

    void a_large_file_takes_no_memory() {
        const DataFolder folder;
        const std::string file = folder.write("holes.txt", "text\n");
        std::filesystem::resize_file(file, 600LL << 20);  // zeros, which take no disk
        const int64_t before = resident_kb();
        const DatasetSurvey seen = survey_of({file, folder.write("good.txt", "fine\n")});
        QCOMPARE(seen.documents, int64_t{1});
        QVERIFY(seen.files[0].problem.has_value() != seen.files[1].problem.has_value());
        QVERIFY2(resident_kb() - before < 200 << 10, std::to_string(resident_kb() - before).c_str());
    }
};

QTEST_GUILESS_MAIN(SurveyTest)
#include "survey_test.moc"

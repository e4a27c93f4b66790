// Versions of a data set as files: what is written of rows of each kind, the trash, and what never stays half-written.
#include <sys/resource.h>

#include <QtTest>
#include <csignal>
#include <fstream>
#include <iterator>

#include "engine/base/files.h"
#include "engine/base/json.h"
#include "engine/data/dataset_shelf.h"
#include "engine/data/dataset_version.h"
#include "tests/engine/data/byte_encoder.h"
#include "tests/engine/data/data_folder.h"

using namespace lathe;
using lathe_test::DataFolder;
using lathe_test::join_documents;

namespace {

std::string contents(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

// A workspace with a data set's next version made of these files.
struct Desk {
    DataFolder folder;
    std::string workspace = folder.path("workspace");
    DatasetShelf shelf{workspace};

    DatasetVersion save(const DocumentSource& source, const CleanRecipe& recipe = {}, const std::string& name = "set") {
        SurveyMemory memory;
        const auto index = index_documents(source, memory, {});
        const auto outcome = try_recipe(*index, recipe, memory, {});
        return write_dataset_version(shelf.next_version(name), name, *index, *outcome, recipe, {});
    }
};

}  // namespace

class DatasetVersionTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void rows_stay_as_they_were_written() {
        Desk desk;
        const std::string first = R"({ "id": 1.50, "text": "keep \u00e9" })", third = R"({"text":"also","tags":["x"]})";
        const std::string file = desk.folder.write(
            "rows.jsonl",
            first + "\n{\"text\":\"gone\"}\n{\"n\":2,\"text\":\"change  \\n\\n\\n\\nme\"}\n" + third + "\n");
        CleanRecipe recipe;
        recipe.collapse_whitespace = true;
        recipe.drop_pattern = "^gone$";
        const DatasetVersion made = desk.save({.files = {file}}, recipe);
        QCOMPARE(made.version, std::string("v1"));
        QVERIFY(!made.problem);
        QCOMPARE(made.documents, int64_t{3});
        QCOMPARE(made.files, std::vector<std::string>{desk.workspace + "/datasets/set/v1/train.jsonl"});
        QVERIFY(made.validation_files.empty());
        QCOMPARE(contents(made.files[0]), first + "\n{\"n\":2,\"text\":\"change\\n\\nme\"}\n" + third + "\n");
        const Json about = read_json(made.folder + "/dataset.json");
        QCOMPARE(about["sources"][0]["sha256"], Json(sha256_of_file(file)));
        QCOMPARE(about["recipe"]["drop_pattern"], Json("^gone$"));
        QCOMPARE(about["bytes"], Json(7 + 10 + 4));  // "keep é", "change\n\nme", "also"
        QVERIFY(verify_folder(made.folder));
        QCOMPARE(to_json(made.recipe), to_json(recipe));
    }

    void texts_tables_and_arrays_become_rows() {
        Desk desk;
        const std::string text = desk.folder.write("a.txt", join_documents({"one\ntwo", "three"}));
        const std::string table = desk.folder.write("b.csv", "n,text\n1,\"four, five\"\n");
        const std::string array = desk.folder.write("c.json", "[{\n \"text\": \"six\"\n}]\n");
        const DatasetVersion made = desk.save({.files = {text, table, array}});
        QCOMPARE(contents(made.files[0]),
                 std::string("{\"text\":\"one\\ntwo\"}\n{\"text\":\"three\"}\n{\"n\":\"1\",\"text\":\"four, five\"}\n"
                             "{\"text\":\"six\"}\n"));
        // Read under a column of another name: it is recognised without.
        const std::string named = desk.folder.write("d.jsonl", "{\"body\":\"seven\",\"n\":3}\n");
        QCOMPARE(contents(desk.save({.files = {named}, .text_column = "body"}).files[0]),
                 std::string("{\"n\":3,\"text\":\"seven\"}\n"));
    }

    void conversations_stay_conversations() {
        Desk desk;
        const std::string row = R"({"instruction":"q","output":"a","source":"me"})";
        const std::string alpaca = desk.folder.write("a.jsonl", row + "\n");
        QCOMPARE(contents(desk.save({.files = {alpaca}}).files[0]), row + "\n");
        const std::string chat = desk.folder.write(
            "b.jsonl", R"({"messages":[{"role":"user","content":"x"},{"role":"assistant","content":"y"}]})"
                       "\n");
        // Two formats in one file would not be recognised: messages, all of them.
        const DatasetVersion both = desk.save({.files = {alpaca, chat}});
        std::vector<std::string> texts;
        for (const std::string& text : lathe_test::read_texts(both.files[0])) texts.push_back(text);
        QCOMPARE(texts, (std::vector<std::string>{"q\na", "x\ny"}));
        const auto error = lathe_test::error_of([&] {
            desk.save({.files = {alpaca, desk.folder.write("c.txt", "plain\n")}});
        });
        QVERIFY(error && error->kind == ErrorKind::mismatch);
        QVERIFY(error->file.ends_with("c.txt"));
    }

    // With one memory: what is known of a file is also whether it is for validation.
    void a_file_that_becomes_validation_is_another_source() {
        const DataFolder folder;
        const std::string a = folder.write("a.jsonl", "{\"text\":\"one\"}\n"),
                          b = folder.write("b.jsonl", "{\"text\":\"two\"}\n");
        SurveyMemory memory;
        const auto held_back = [&](const DocumentSource& source) {
            return try_recipe(*index_documents(source, memory, {}), {}, memory, {})->validation_documents();
        };
        QCOMPARE(held_back({.files = {a, b}}), int64_t{0});
        QCOMPARE(held_back({.files = {a}, .validation_files = {b}}), int64_t{1});
    }

    void a_file_that_grows_is_not_written_beyond_what_is_known() {
        Desk desk;
        const std::string file = desk.folder.write("a.jsonl", "{\"text\":\"one\"}\n");
        SurveyMemory memory;
        const auto index = index_documents({.files = {file}}, memory, {});
        const auto outcome = try_recipe(*index, {}, memory, {});
        std::ofstream(file, std::ios::app) << "{\"text\":\"two\"}\n";
        const auto error = lathe_test::error_of(
            [&] { write_dataset_version(desk.shelf.next_version("set"), "set", *index, *outcome, {}, {}); });
        QVERIFY(error && error->kind == ErrorKind::mismatch);
        QCOMPARE(error->file, file);
    }

    void a_split_is_whole_documents_of_files_of_their_own() {
        Desk desk;
        std::vector<std::string> texts;
        for (int i = 0; i < 200; ++i) texts.push_back("document " + std::to_string(i));
        CleanRecipe recipe;
        recipe.validation_fraction = 0.25;
        const DocumentSource source{.files = {desk.folder.write("a.txt", join_documents(texts))}};
        const DatasetVersion made = desk.save(source, recipe);
        QVERIFY(made.validation_documents > 25 && made.validation_documents < 75);
        QCOMPARE(made.documents + made.validation_documents, int64_t{200});
        std::vector<std::string> all = lathe_test::read_texts(made.files[0]);
        QCOMPARE(static_cast<int64_t>(all.size()), made.documents);
        for (const std::string& text : lathe_test::read_texts(made.validation_files[0])) all.push_back(text);
        std::sort(all.begin(), all.end());
        std::sort(texts.begin(), texts.end());
        QCOMPARE(all, texts);
        // The same again is the same; and a version made of it keeps what it holds back.
        const DatasetVersion again = desk.save(source, recipe);
        QCOMPARE(again.version, std::string("v2"));
        QCOMPARE(contents(again.files[0]), contents(made.files[0]));
        const DatasetVersion copy = desk.save({.files = made.files, .validation_files = made.validation_files});
        QCOMPARE(contents(copy.validation_files.at(0)), contents(made.validation_files[0]));
    }

    void nothing_half_written_stays() {
        Desk desk;
        const DocumentSource source{.files = {desk.folder.write("a.txt", join_documents({"one", "two"}))}};
        for (const char* name : {"", ".x", "a/b", "..", "x.jsonl", " x", "tab\t"}) {
            const auto error = lathe_test::error_of([&] { desk.save(source, {}, name); });
            QVERIFY2(error && error->kind == ErrorKind::usage && error->key == "name", name);
        }
        CleanRecipe all;
        all.min_characters = 100;
        const auto none = lathe_test::error_of([&] { desk.save(source, all); });
        QVERIFY(none && none->kind == ErrorKind::empty);
        // A disk that takes no more, in the middle of the file.
        std::string large;
        for (int i = 0; i < 4000; ++i) large += "{\"text\":\"" + std::string(1000, 'x') + std::to_string(i) + "\"}\n";
        const std::string file = desk.folder.write("large.jsonl", large);
        std::signal(SIGXFSZ, SIG_IGN);
        rlimit before{};
        getrlimit(RLIMIT_FSIZE, &before);
        const rlimit small{2 << 20, before.rlim_max};
        setrlimit(RLIMIT_FSIZE, &small);
        const auto full = lathe_test::error_of([&] { desk.save({.files = {file}}); });
        setrlimit(RLIMIT_FSIZE, &before);
        QVERIFY(full && full->file.find("train.jsonl") != std::string::npos);
        QVERIFY(desk.shelf.list(false).empty());
        const std::string set = desk.workspace + "/datasets/set";
        QVERIFY(!std::filesystem::exists(set) || std::filesystem::is_empty(set));
        SurveyMemory memory;
        const auto index = index_documents({.files = {file}}, memory, {});
        const auto outcome = try_recipe(*index, {}, memory, {});
        const auto cancelled = lathe_test::error_of([&] {
            write_dataset_version(desk.shelf.next_version("set"), "set", *index, *outcome, {},
                                  [](int64_t done, int64_t) { return done < 2 << 20; });
        });
        QVERIFY(cancelled && cancelled->kind == ErrorKind::cancelled);
        QVERIFY(!std::filesystem::exists(set) || std::filesystem::is_empty(set));
    }

    void the_trash_gives_back() {
        Desk desk;
        const DocumentSource source{.files = {desk.folder.write("a.txt", "text\n")}};
        desk.save(source);
        desk.save(source);
        desk.folder.write("workspace/datasets/table.jsonl", "{}\n");
        desk.folder.write("workspace/datasets/abc.tokens", "not a data set");
        auto all = desk.shelf.list(false);
        QCOMPARE(all.size(), size_t{2});
        QCOMPARE(all[0].versions.size(), size_t{2});
        QCOMPARE(all[0].versions[0].version, std::string("v2"));
        QVERIFY(all[1].file.ends_with("table.jsonl"));
        desk.shelf.move("set", "v2", false);
        QCOMPARE(desk.shelf.find("set", false).versions.size(), size_t{1});
        QVERIFY(desk.shelf.next_version("set").ends_with("/v3"));  // v2 may come back
        desk.shelf.move("set", "", false);
        desk.shelf.move("table", "", false);
        QVERIFY(desk.shelf.list(false).empty());
        QCOMPARE(desk.shelf.list(true).size(), size_t{2});
        QCOMPARE(desk.shelf.move("set", "", true).versions.size(), size_t{2});
        desk.shelf.move("table", "", true);
        QCOMPARE(desk.shelf.list(false).size(), size_t{2});
        QVERIFY(desk.shelf.list(true).empty());
        for (const auto& [name, version] : {std::pair("nobody", ""), {"set", "v9"}, {"../x", ""}, {"set", "../v1"}})
            QVERIFY2(lathe_test::error_of([&, n = name, v = version] { desk.shelf.move(n, v, false); }), name);
    }

    void a_version_that_was_changed_says_so() {
        Desk desk;
        const DatasetVersion made = desk.save({.files = {desk.folder.write("a.txt", "text\n")}});
        std::ofstream(made.files[0], std::ios::app) << "{}\n";
        const DatasetVersion changed = desk.shelf.find("set", false).versions[0];
        QVERIFY(changed.problem && changed.problem->kind == ErrorKind::mismatch);
        QCOMPARE(changed.documents, int64_t{1});  // what it was is still told
        std::filesystem::remove(made.folder + "/dataset.json");
        QVERIFY(desk.shelf.find("set", false).versions[0].problem->kind == ErrorKind::not_found);
    }
};

QTEST_GUILESS_MAIN(DatasetVersionTest)
#include "dataset_version_test.moc"

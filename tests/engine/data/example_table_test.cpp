// Files of conversations as the rows of a table: every format there and back, and what a table cannot hold.
#include <QTest>
#include <string>

#include "engine/data/example_table.h"
#include "tests/engine/data/data_folder.h"

using namespace lathe;
using lathe_test::DataFolder;
using lathe_test::error_of;

namespace {

Error refusal(const std::string& file) {
    const auto error = error_of([&] { read_example_table({.files = {file}}); });
    return error ? *error : Error{.kind = ErrorKind::internal, .found = "was accepted"};
}

std::string message(const char* role, const char* content) {
    return std::string(R"({"role":")") + role + R"(","content":")" + content + "\"}";
}
std::string line(const std::string& messages) {
    return R"({"messages":[)" + messages + "]}\n";
}

}  // namespace

class ExampleTableTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void formats_become_rows_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("bytes");
        QTest::newRow("messages") << "a.jsonl"
                                  << QString::fromStdString(line(message("system", "s") + "," +
                                                                 message("user", "q\\n2") + "," +
                                                                 message("assistant", "a")));
        QTest::newRow("sharegpt")
            << "a.json"
            << R"([{"conversations":[{"from":"system","value":"s"},{"from":"human","value":"q\n2"},)"
               R"({"from":"gpt","value":"a"}]}])";
        QTest::newRow("alpaca") << "a.jsonl"
                                << R"({"instruction":"q","input":"2","output":"a","system":"s","id":7})";
        QTest::newRow("prompt_completion") << "a.json"
                                           << R"([{"question":"q\n2","answer":"a","system_prompt":"s"}])";
        QTest::newRow("csv") << "a.csv"
                             << "question,answer,system\r\n\"q\n2\",a,s\r\n";
        QTest::newRow("tsv") << "a.tsv"
                             << "prompt\tcompletion\tsystem\n\"q\n2\"\ta\ts\n";
    }
    void formats_become_rows() {
        QFETCH(QString, name);
        QFETCH(QString, bytes);
        const DataFolder folder;
        const std::string file = folder.write(name.toStdString(), bytes.toStdString());
        const std::vector<ExampleRow> rows = read_example_table({.files = {file}});
        QCOMPARE(rows.size(), size_t{1});
        QCOMPARE(rows[0].system, std::string("s"));
        QCOMPARE(rows[0].turns, (std::vector<std::string>{"q\n2", "a"}));
        // What is written reads as the same, for a table and for a run.
        const std::string back = folder.write("back.jsonl", example_table_jsonl(rows));
        QCOMPARE(read_example_table({.files = {back}})[0].turns, rows[0].turns);
        int64_t examples = 0;
        examples = for_each_document({.files = {back}}, [&](std::string_view text, const DocumentPlace&) {
                       return text == "s\nq\n2\na";
                   }).examples;
        QCOMPARE(examples, int64_t{1});
    }

    // A table is saved while it is written; a run passes over what has no answer yet.
    void unfinished_rows_are_kept() {
        const DataFolder folder;
        const std::vector<ExampleRow> rows = {
            {"", {"q", ""}}, {"", {"", "a"}}, {"", {"1", "2", "3", ""}}, {"", {"한\t\"\\", "답\n"}}};
        const std::string file = folder.write("a.jsonl", example_table_jsonl(rows));
        const std::vector<ExampleRow> again = read_example_table({.files = {file}});
        QCOMPARE(again.size(), rows.size());
        for (size_t i = 0; i < rows.size(); ++i) QCOMPARE(again[i].turns, rows[i].turns);
        QCOMPARE(example_table_jsonl(again), example_table_jsonl(rows));
        // A question at the end waits for its answer.
        const std::string open = folder.write(
            "b.jsonl", line(message("user", "q") + "," + message("assistant", "a") + "," + message("user", "and?")));
        QCOMPARE(read_example_table({.files = {open}})[0].turns, (std::vector<std::string>{"q", "a", "and?", ""}));
    }

    void the_mapping_of_the_settings_holds() {
        const DataFolder folder;
        const std::string file = folder.write("a.csv", "x,y\none,two\n");
        QCOMPARE(refusal(file).kind, ErrorKind::missing_key);
        const auto rows = read_example_table({.files = {file}, .columns = {.prompt = "y", .completion = "x"}});
        QCOMPARE(rows[0].turns, (std::vector<std::string>{"two", "one"}));
    }

    void what_a_table_cannot_hold_names_its_line() {
        const DataFolder folder;
        const std::string good = line(message("user", "q") + "," + message("assistant", "a"));
        const auto bad = [&](const std::string& second) { return refusal(folder.write("a.jsonl", good + second)); };
        for (const std::string& second :
             {line(message("assistant", "a")), line(message("user", "q") + "," + message("user", "q")),
              line(message("user", "q") + R"(,{"role":"assistant","content":"","tool_calls":[{"a":1}]})"),
              line(R"({"role":"user","content":[{"type":"text","text":"q"}]})"),
              R"({"messages":[{"role":"user","content":"q"}],"tools":[{"name":"f"}]})" + std::string("\n"),
              line(message("system", "s"))}) {
            const Error error = bad(second);
            QCOMPARE(error.kind, ErrorKind::unsupported);
            QCOMPARE(error.key, std::string("line 2"));
            QCOMPARE(error.file, folder.path("a.jsonl"));
        }
        QCOMPARE(bad("{\"messages\":").kind, ErrorKind::malformed);
        QCOMPARE(bad(line(message("wizard", "x"))).key, std::string("line 2"));
        QCOMPARE(refusal(folder.write("t.jsonl", "{\"text\":\"t\"}\n")).kind, ErrorKind::unsupported);
        QCOMPARE(refusal(folder.write("t.txt", "text")).kind, ErrorKind::unsupported);
        QCOMPARE(refusal(folder.path("gone.jsonl")).kind, ErrorKind::not_found);
    }

    void tables_are_bounded() {
        const DataFolder folder;
        std::string lines;
        const std::string one = line(message("user", "q") + "," + message("assistant", "a"));
        for (int64_t i = 0; i <= kMostTableRows; ++i) lines += one;
        QCOMPARE(refusal(folder.write("many.jsonl", lines)).kind, ErrorKind::too_large);
        const std::string wide(static_cast<size_t>(kMostTableBytes / 8), 'x');
        const std::vector<ExampleRow> rows(9, ExampleRow{"", {"q", wide}});
        QCOMPARE(error_of([&] { example_table_jsonl(rows); })->kind, ErrorKind::too_large);
        using Rows = std::vector<ExampleRow>;
        QCOMPARE(error_of([] { example_table_jsonl(Rows{{"", {"q"}}}); })->key, std::string("row 1"));
        QCOMPARE(error_of([] { example_table_jsonl(Rows{{"", {"q", "\xFF"}}}); })->kind, ErrorKind::malformed);
        QCOMPARE(error_of([] {
                     example_table_jsonl(Rows{{"", {"q", std::string("a\0b", 3)}}});
                 })->kind,
                 ErrorKind::malformed);
    }
};

QTEST_APPLESS_MAIN(ExampleTableTest)
#include "example_table_test.moc"

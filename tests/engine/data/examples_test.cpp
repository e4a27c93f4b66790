// Rows of conversations: every format from every file that holds rows, columns recognised and named, and what is bad.
#include <QTest>
#include <string>
#include <vector>

#include "engine/data/documents.h"
#include "tests/engine/data/data_folder.h"

using namespace lathe;
using lathe_test::DataFolder;
using lathe_test::error_of;

namespace {

struct Read {
    std::vector<Example> examples;
    std::vector<std::string> texts;
    std::vector<DocumentPlace> places;
    std::vector<DataFile> files;
    ImportReport report;
};

Read read_all(const DocumentSource& source) {
    Read read;
    read.files = list_data_files(source);
    recognise_rows(read.files, source);
    read_documents(
        read.files, source.system_prompt,
        [&](std::string_view text, const DocumentPlace&) { return read.texts.emplace_back(text), true; },
        [&](Example example, const DocumentPlace& place) {
            read.examples.push_back(std::move(example));
            read.places.push_back(place);
            return true;
        },
        read.report);
    return read;
}

Read read_all(const std::string& path) {
    return read_all(DocumentSource{.files = {path}});
}

Error refusal(const DocumentSource& source) {
    const auto error = error_of([&] { read_all(source); });
    return error ? *error : Error{.kind = ErrorKind::internal, .found = "was accepted"};
}

Json turns(const std::vector<std::pair<std::string, std::string>>& said) {
    Json messages = Json::array();
    for (const auto& [role, content] : said) messages.push_back({{"role", role}, {"content", content}});
    return messages;
}

const Json kOne = turns({{"user", "q"}, {"assistant", "a"}});

std::string good_rows(int count) {
    std::string rows;
    for (int i = 0; i < count; ++i)
        rows += R"({"messages":[{"role":"user","content":"q)" + std::to_string(i) +
                R"("},{"role":"assistant","content":"a"}]})" + "\n";
    return rows;
}

}  // namespace

class ExamplesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void formats_are_recognised_data();
    void formats_are_recognised();
    void rows_of_text_stay_text();
    void a_mapping_names_columns();
    void what_a_row_has_besides_is_kept();
    void bad_rows_are_counted_with_their_lines();
    void duplicates_and_empty_answers_are_told();
    void json_arrays_of_any_shape();
    void tables_follow_the_rfc();
    void folders_give_the_files_of_their_format();
};

void ExamplesTest::formats_are_recognised_data() {
    QTest::addColumn<std::string>("name");
    QTest::addColumn<std::string>("bytes");
    QTest::addColumn<std::string>("format");
    QTest::addColumn<std::string>("columns");
    const auto row = [](const char* tag, std::string name, std::string bytes, std::string format, std::string columns) {
        QTest::newRow(tag) << name << bytes << format << columns;
    };
    const std::string pair = R"([{"role":"user","content":"q"},{"role":"assistant","content":"a"}])";
    row("messages", "a.jsonl", R"({"id":1,"messages":)" + pair + "}\n", "messages", "messages messages");
    row("a conversation of roles", "a.jsonl", R"({"conversations":)" + pair + "}", "messages",
        "messages conversations");
    row("sharegpt", "a.jsonl", R"({"conversations":[{"from":"human","value":"q"},{"from":"gpt","value":"a"}]})",
        "sharegpt", "messages conversations");
    row("alpaca", "a.json", R"([{"instruction":"q","input":"","output":"a","text":"all of it"}])", "alpaca",
        "prompt instruction, input input, completion output");
    row("dolly", "a.jsonl", R"({"instruction":"q","context":"","response":"a","category":"c"})", "alpaca",
        "prompt instruction, input context, completion response");
    row("completion", "a.jsonl", R"({"prompt":"q","completion":"a"})", "prompt_completion",
        "prompt prompt, completion completion");
    row("a table", "a.csv", "\xEF\xBB\xBFid,Question,Answer\r\n1,q,a\r\n", "prompt_completion",
        "prompt Question, completion Answer");
    row("semicolons", "a.csv", "question;answer\nq;a\n", "prompt_completion", "prompt question, completion answer");
    row("tabs", "a.tsv", "question\tanswer\nq\ta\n", "prompt_completion", "prompt question, completion answer");
    row("lines in .json", "a.json",
        R"({"prompt":"q","completion":"a"})"
        "\n",
        "prompt_completion", "prompt prompt, completion completion");
}

void ExamplesTest::formats_are_recognised() {
    QFETCH(std::string, name);
    QFETCH(std::string, bytes);
    QFETCH(std::string, format);
    QFETCH(std::string, columns);
    const DataFolder folder;
    const Read read = read_all(folder.write(name, bytes));
    QCOMPARE(std::string(name_of(read.files[0].layout.format)), format);
    QCOMPARE(described(read.files[0].layout), columns);
    QCOMPARE(read.examples.size(), size_t{1});
    QVERIFY(read.examples[0].messages == kOne);
    QCOMPARE(read.report.examples, int64_t{1});
}

void ExamplesTest::rows_of_text_stay_text() {
    const DataFolder folder;
    QCOMPARE(read_all(folder.write("a.jsonl", R"({"title":"t","answer":"a","text":"x"})")).texts,
             (std::vector<std::string>{"x"}));
    QCOMPARE(read_all(folder.write("b.csv", "id,text\n1,\"a, \"\"b\"\"\nc\"\n2,  \n3,d\n")).texts,
             (std::vector<std::string>{"a, \"b\"\nc", "d"}));
    QCOMPARE(read_all(folder.write("c.json", R"([ {"text":"a"} , {"text":"[b]}"} ])")).texts,
             (std::vector<std::string>{"a", "[b]}"}));
    // jsonl says text, whatever else stands in a row.
    QCOMPARE(read_all({.files = {folder.write("d.jsonl", R"({"text":"x","prompt":"q","completion":"a"})")},
                       .format = "jsonl"})
                 .texts,
             (std::vector<std::string>{"x"}));
}

void ExamplesTest::a_mapping_names_columns() {
    const DataFolder folder;
    const std::string table = folder.write("a.csv", "frage,antwort,thema\nq,a,t\n");
    const Error error = refusal({.files = {table}});
    QCOMPARE(error.kind, ErrorKind::missing_key);
    QVERIFY(error.found.find("frage, antwort, thema") != std::string::npos);
    const Read read = read_all({.files = {table}, .columns = {.prompt = "frage", .completion = "antwort"}});
    QVERIFY(read.examples[0].messages == kOne);
    const Read with_input =
        read_all({.files = {table}, .columns = {.prompt = "frage", .input = "thema", .completion = "antwort"}});
    QVERIFY(with_input.examples[0].messages == (turns({{"user", "q\nt"}, {"assistant", "a"}})));
    QCOMPARE(refusal({.files = {table}, .columns = {.prompt = "frage", .completion = "x"}}).key,
             std::string("data.completion_column"));
    const std::string chats =
        folder.write("b.jsonl", R"({"chat":[{"from":"human","value":"q"},{"from":"gpt","value":"a"}],"messages":1})");
    QVERIFY(read_all({.files = {chats}, .columns = {.messages = "chat"}}).examples[0].messages == kOne);
    QCOMPARE(refusal({.files = {chats}, .format = "alpaca"}).key, std::string("data.prompt_column"));
    QCOMPARE(refusal({.files = {chats}, .format = "chatml"}).key, std::string("data.format"));
}

void ExamplesTest::what_a_row_has_besides_is_kept() {
    const DataFolder folder;
    const Read tools = read_all(folder.write(
        "a.jsonl",
        R"({"tools":[{"name":"f"}],"messages":[{"role":"user","content":"q"},{"role":"assistant","content":"","tool_calls":[{"function":{"name":"f","arguments":{}}}]},{"role":"tool","content":"1"},{"role":"assistant","content":"a"},{"role":"user","content":"left out"}]})"));
    QCOMPARE(tools.examples[0].messages.size(), size_t{4});
    QVERIFY(tools.examples[0].messages[1]["tool_calls"][0]["function"]["name"] == Json("f"));
    QVERIFY(tools.examples[0].tools == (Json::array({{{"name", "f"}}})));
    const Read calls = read_all(folder.write(
        "b.jsonl",
        R"({"system":"s","conversations":[{"from":"human","value":"q"},{"from":"function_call","value":"{\"name\":\"f\",\"arguments\":{}}"},{"from":"observation","value":"1"},{"from":"gpt","value":"a"}]})"));
    QVERIFY(calls.examples[0].messages[0] == (Json({{"role", "system"}, {"content", "s"}})));
    QVERIFY(calls.examples[0].messages[2]["tool_calls"][0]["function"]["name"] == Json("f"));
    QVERIFY(calls.examples[0].messages[3]["role"] == Json("tool"));
    const Read history =
        read_all(folder.write("c.json", R"([{"instruction":"q","output":"a","history":[["p","b"]],"system":""}])"));
    QVERIFY(history.examples[0].messages ==
            (turns({{"user", "p"}, {"assistant", "b"}, {"user", "q"}, {"assistant", "a"}})));
    const Read prompted = read_all({.files = {folder.write("d.jsonl", good_rows(1))}, .system_prompt = "Be brief."});
    QVERIFY(prompted.examples[0].messages[0] == (Json({{"role", "system"}, {"content", "Be brief."}})));
}

void ExamplesTest::bad_rows_are_counted_with_their_lines() {
    const DataFolder folder;
    const std::vector<std::pair<std::string, std::string>> bad = {
        {R"({"messages":[{"role":"user","content":"q"}]})", "no assistant turn"},
        {R"({"messages":[{"role":"wizard","content":"q"}]})", "unknown role \"wizard\""},
        {R"({"messages":[{"role":"user"},{"content":"a"}]})", "no key \"role\""},
        {R"({"messages":[{"role":"assistant","content":7}]})", "content is not a string"},
        {R"({"messages":["q"]})", "not an object"},
        {R"({"messages":{"role":"user"}})", "not an array"},
        {R"({"messages":[]})", "no assistant turn"},
        {R"({"text":"x"})", "no key \"messages\""},
        {R"({"messages":[{"role":"assistant","content":"a\u0000b"}]})", "NUL"},
        {R"({"messages":[1],"messages":[2]})", "twice"},
        {R"(["messages"])", "not an object"},
        {R"({"messages":[{"role":"user")", ""},
        {std::string(70, '[') + std::string(70, ']'), ""},
        {"{\"messages\":\"\xFF\"}", ""}};
    std::string rows = good_rows(300);
    for (const auto& [row, reason] : bad) rows += row + "\n";
    const Read read = read_all(folder.write("a.jsonl", rows));
    QCOMPARE(read.report.examples, int64_t{300});
    QCOMPARE(read.report.bad_rows, static_cast<int64_t>(bad.size()));
    QCOMPARE(read.report.notes.size(), bad.size());
    for (size_t i = 0; i < bad.size(); ++i) {
        const RowNote& note = read.report.notes[i];
        QCOMPARE(note.kind, std::string("bad"));
        QCOMPARE(note.place.line, static_cast<int64_t>(301 + i));
        QVERIFY2(note.reason.find(bad[i].second) != std::string::npos, note.reason.c_str());
    }
    const Error error = refusal({.files = {folder.write("b.jsonl", good_rows(10) + bad[0].first + "\n")}});
    QCOMPARE(error.kind, ErrorKind::malformed);
    QVERIFY2(error.key.starts_with("line 11,") && error.found.starts_with("1 of 11"), error.key.c_str());
}

void ExamplesTest::duplicates_and_empty_answers_are_told() {
    const DataFolder folder;
    const std::string empty = R"({"messages":[{"role":"user","content":"q"},{"role":"assistant","content":" \n"}]})";
    const std::string first = folder.write("a.jsonl", good_rows(2) + good_rows(1) + empty + "\n");
    const Read read = read_all({.files = {first, folder.write("b.jsonl", good_rows(2))}});
    QCOMPARE(read.report.examples, int64_t{5});
    QCOMPARE(read.report.duplicate_rows, int64_t{3});
    QCOMPARE(read.report.empty_rows, int64_t{1});
    QCOMPARE(read.report.bad_rows, int64_t{0});
    QCOMPARE(read.report.notes[0].kind, std::string("duplicate"));
    QCOMPARE(read.report.notes[0].place.line, int64_t{3});
    QCOMPARE(read.report.notes[0].reason, std::string("as line 1"));
    QCOMPARE(read.report.notes[1].kind, std::string("empty_answer"));
    QCOMPARE(read.report.notes[2].reason, "as line 1 of " + first);
    const Error error = refusal({.files = {folder.write("c.jsonl", empty + "\n" + empty)}});
    QCOMPARE(error.kind, ErrorKind::empty);
    QCOMPARE(error.expected, std::string("rows with an answer"));
}

void ExamplesTest::json_arrays_of_any_shape() {
    const DataFolder folder;
    const std::string row = R"({"prompt":"q \"[{,","completion":"a"})";
    const Read pretty = read_all(folder.write("a.json", "\xEF\xBB\xBF[\n  " + row + ",\n\n  " + row + "\n]\n"));
    QCOMPARE(pretty.examples.size(), size_t{2});
    QCOMPARE(pretty.places[0].line, int64_t{2});
    QCOMPARE(pretty.places[1].line, int64_t{4});
    QCOMPARE(refusal({.files = {folder.write("none.json", "[ ]")}}).kind, ErrorKind::empty);
    for (const std::string& broken : {"[" + row, "[" + row + ",", "[" + row + ",]", "[" + row + "] x", "[" + row + "}]",
                                      std::string("[,]"), std::string("\"text\""), "[\"" + row, std::string("[\"\\")}) {
        const Error error = refusal({.files = {folder.write("broken.json", broken)}});
        QVERIFY2(error.kind == ErrorKind::malformed && error.key.starts_with("line 1"), broken.c_str());
    }
    const std::string most(17 << 20, 'x');
    const std::string large = "[" + row + ",{\"prompt\":\"" + most + "\"}";
    std::string rows = large;
    for (int i = 0; i < 30; ++i) rows += "," + row;
    const Read read = read_all(folder.write("large.json", rows + "]"));
    QCOMPARE(read.report.bad_rows, int64_t{1});
    QCOMPARE(read.examples.size(), size_t{31});
}

void ExamplesTest::tables_follow_the_rfc() {
    const DataFolder folder;
    const auto read = read_all(folder.write(
        "a.csv", "question,answer\r\n\"two\r\nlines, \"\"quoted\"\"\",\"a\"\r\n\r\nplain,b \"c\"\r\nlast,\"d\""));
    QCOMPARE(read.examples.size(), size_t{3});
    QVERIFY(read.examples[0].messages[0]["content"] == (Json("two\r\nlines, \"quoted\"")));
    QVERIFY(read.examples[1].messages[1]["content"] == Json("b \"c\""));
    QCOMPARE(read.places[1].line, int64_t{5});
    const auto refused = [&](const std::string& bytes) { return refusal({.files = {folder.write("b.csv", bytes)}}); };
    QCOMPARE(refused("question,answer\nq,\"never closed\nr,s\n").key, std::string("line 2"));
    QCOMPARE(refused("question,answer\nGr\xFC\xDF,a\n").found, std::string("another encoding"));
    QCOMPARE(refused("question,answer,answer\nq,a,b\n").kind, ErrorKind::malformed);
    QCOMPARE(refused("question,answer\n").kind, ErrorKind::empty);
    QCOMPARE(refused("\n\n").kind, ErrorKind::malformed);
    QVERIFY(refused("question,answer\nq,a,b\n").found.find("3 fields, where the header has 2") != std::string::npos);
    QVERIFY(refused("question,answer\n\"q\"x,a\n").found.find("behind a closing quote") != std::string::npos);
    QVERIFY(refused(std::string(2000, ',') + "\n").kind == ErrorKind::malformed);
}

void ExamplesTest::folders_give_the_files_of_their_format() {
    const DataFolder folder;
    folder.write("data/a.jsonl", good_rows(1));
    folder.write("data/b.csv", "question,answer\nq,a\n");
    folder.write("data/c.json", R"([{"prompt":"q","completion":"a"}])");
    folder.write("data/d.md", "# Title\nText\n");
    const Read all = read_all(folder.path("data"));
    QCOMPARE(all.examples.size(), size_t{2});
    QCOMPARE(all.texts, (std::vector<std::string>{"# Title\nText"}));
    folder.write("pairs/c.json", R"([{"prompt":"q","completion":"a"}])");
    folder.write("pairs/d.md", "no");
    QCOMPARE(refusal({.files = {folder.path("pairs")}, .format = "messages"}).key, std::string("data.messages_column"));
    QCOMPARE(read_all({.files = {folder.path("pairs")}, .format = "prompt_completion"}).examples.size(), size_t{1});
}

QTEST_APPLESS_MAIN(ExamplesTest)
#include "examples_test.moc"

// Tables of examples through a session: where they are written, what is never replaced, and what a run reads of them.
#include <QtTest>

#include "engine/base/files.h"
#include "tests/engine/train/session_fixture.h"

using namespace lathe;
using namespace lathe_test;

namespace {

using Rows = std::vector<ExampleRow>;
const Rows kRows = {{"Be brief.", {"q", "a"}}, {"", {"1", "2", "3", ""}}};

bool same(const Rows& a, const Rows& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const ExampleRow& x, const ExampleRow& y) {
        return x.system == y.system && x.turns == y.turns;
    });
}

}  // namespace

class ExamplesSessionTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void a_table_is_written_and_read_again() {
        const Place place;
        Watched session(place.workspace());
        const auto written = session.wait<ExamplesWritten>(session.post(WriteExamples{.file = "mine", .rows = kRows}));
        QVERIFY(written);
        QCOMPARE(written->file, place.workspace() + "/datasets/mine.jsonl");
        QCOMPARE(written->rows, int64_t{2});
        QCOMPARE(written->sha256, sha256(contents(written->file)));
        const auto read = session.wait<ExamplesRead>(session.post(ReadExamples{.file = written->file}));
        QVERIFY(read && read->own && same(read->rows, kRows));
        QCOMPARE(read->sha256, written->sha256);
        DataConfig data;
        data.files = {written->file};
        const auto seen = session.wait<DataInspected>(session.post(InspectData{.data = data}));
        QVERIFY(seen && !seen->inspection.obstacle);
        QCOMPARE(seen->inspection.examples, int64_t{1});
        QCOMPARE(seen->inspection.empty_rows, int64_t{1});
        QCOMPARE(seen->inspection.files[0].column_names, std::vector<std::string>{"messages"});
        // All rows deleted: a file without any, which is read again.
        QVERIFY(session.wait<ExamplesWritten>(
            session.post(WriteExamples{.file = written->file, .replaces = written->sha256})));
        const auto none = session.wait<ExamplesRead>(session.post(ReadExamples{.file = written->file}));
        QVERIFY(none && none->own && none->rows.empty());
    }

    void no_other_file_is_replaced() {
        const Place place;
        Watched session(place.workspace());
        const auto written = session.wait<ExamplesWritten>(session.post(WriteExamples{.file = "mine", .rows = kRows}));
        QVERIFY(written);
        std::ofstream(written->file, std::ios::app) << "{}\n";
        const std::string changed = contents(written->file);
        for (const std::string& replaces : {std::string(), written->sha256}) {
            const auto error = session.failure(
                session.post(WriteExamples{.file = written->file, .replaces = replaces, .rows = kRows}));
            QVERIFY(error && error->kind == ErrorKind::mismatch && error->file == written->file);
        }
        QCOMPARE(contents(written->file), changed);
        QVERIFY(session.wait<ExamplesWritten>(
            session.post(WriteExamples{.file = "mine.jsonl", .replaces = sha256(changed), .rows = kRows})));
        // A file with more in it than a table shows is none of its own.
        const std::string rich = place.workspace() + "/datasets/rich.jsonl";
        std::ofstream(rich) << R"({"prompt":"q","completion":"a","id":1})"
                            << "\n";
        const auto read = session.wait<ExamplesRead>(session.post(ReadExamples{.file = rich}));
        QVERIFY(read && !read->own && same(read->rows, {{"", {"q", "a"}}}));
    }

    void nothing_is_written_elsewhere_data() {
        QTest::addColumn<QString>("name");
        for (const char* name : {"../out", "/tmp/lathe-out.jsonl", "sub/out", ".hidden", "", "..", "."})
            QTest::newRow(name) << QString::fromLatin1(name);
        QTest::newRow("long") << QString(300, u'a');
    }
    void nothing_is_written_elsewhere() {
        QFETCH(QString, name);
        const Place place;
        Watched session(place.workspace());
        const auto error = session.failure(session.post(WriteExamples{.file = name.toStdString(), .rows = kRows}));
        QVERIFY(error && error->kind == ErrorKind::usage);
        QVERIFY(!std::filesystem::exists("/tmp/lathe-out.jsonl"));
        QVERIFY(!std::filesystem::exists(place.workspace() + "/out.jsonl"));
    }

    // The last edits are posted while the first are being written, and the session ends.
    void what_was_posted_last_is_kept() {
        const Place place;
        {
            Watched session(place.workspace());
            for (const char* answer : {"1", "2", "3"})
                session.post(WriteExamples{.file = "mine", .rows = {{"", {"q", answer}}}});
            session.close();
        }
        Watched later(place.workspace());
        const auto read =
            later.wait<ExamplesRead>(later.post(ReadExamples{.file = place.workspace() + "/datasets/mine.jsonl"}));
        QVERIFY(read && same(read->rows, {{"", {"q", "3"}}}));
    }

    void columns_are_told_also_where_none_is_recognised() {
        const Place place;
        std::ofstream(place.path("a.csv")) << "frage,antwort\none,two\n";
        Watched session(place.workspace());
        DataConfig data;
        data.files = {place.path("a.csv"), place.path("text.txt")};
        const auto seen = session.wait<DataInspected>(session.post(InspectData{.data = data}));
        QVERIFY(seen && seen->inspection.obstacle);
        QCOMPARE(seen->inspection.obstacle->key, std::string("data.prompt_column"));
        QCOMPARE(seen->inspection.files.size(), size_t{2});
        QCOMPARE(seen->inspection.files[0].column_names, (std::vector<std::string>{"frage", "antwort"}));
        QVERIFY(seen->inspection.files[0].format.empty() && seen->inspection.files[0].columns.empty());
        data.prompt_column = "frage";
        data.completion_column = "antwort";
        const auto named = session.wait<DataInspected>(session.post(InspectData{.data = data}));
        QVERIFY(named && !named->inspection.obstacle);
        const auto rows =
            session.wait<ExamplesRead>(session.post(ReadExamples{.file = place.path("a.csv"), .data = data}));
        QVERIFY(rows && !rows->own && same(rows->rows, {{"", {"one", "two"}}}));
    }
};

QTEST_GUILESS_MAIN(ExamplesSessionTest)
#include "examples_session_test.moc"

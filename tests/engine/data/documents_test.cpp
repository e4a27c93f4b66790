// Import of text files and JSON lines: how documents are cut, and every input that is refused or passed over.
#include <sys/stat.h>
#include <unistd.h>

#include <QTest>
#include <string>
#include <vector>

#include "engine/base/files.h"
#include "engine/data/documents.h"
#include "engine/data/line_reader.h"
#include "tests/engine/data/data_folder.h"

using namespace lathe;
using lathe_test::DataFolder;
using lathe_test::error_of;

namespace {

struct Read {
    std::vector<std::string> texts;
    std::vector<DocumentPlace> places;
    ImportReport report;
};

Read read_all(const DocumentSource& source) {
    Read read;
    read.report = for_each_document(source, [&](std::string_view text, const DocumentPlace& place) {
        read.texts.emplace_back(text);
        read.places.push_back(place);
        return true;
    });
    return read;
}

Read read_all(const std::string& path) {
    return read_all(DocumentSource{.files = {path}});
}

Error refusal(const std::string& path) {
    const auto error = error_of([&] { read_all(path); });
    return error ? *error : Error{.kind = ErrorKind::internal, .found = "was accepted"};
}

std::string good_rows(int count) {
    std::string rows;
    for (int i = 0; i < count; ++i) rows += "{\"text\":\"row " + std::to_string(i) + "\"}\n";
    return rows;
}

}  // namespace

class DocumentsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void text_is_cut_at_end_of_text_lines() {
        const DataFolder folder;
        const std::string text =
            "\nOne\n\ntwo\n<|endoftext|>\n<|endoftext|>\r\n  Three <|endoftext|> in a line\n<|endoftext|>\nfour";
        const auto read = read_all(folder.write("a.txt", text));
        QCOMPARE(read.texts, (std::vector<std::string>{"One\n\ntwo", "  Three <|endoftext|> in a line", "four"}));
        QCOMPARE(read.places[0].line, int64_t{2});
        QCOMPARE(read.places[1].line, int64_t{7});
        QCOMPARE(read.places[2].line, int64_t{9});
        QCOMPARE(read.report.documents, int64_t{3});
        QCOMPARE(read.report.bytes, int64_t(8 + 31 + 4));
    }

    void bom_crlf_and_a_missing_last_newline_change_nothing() {
        const DataFolder folder;
        const std::string unix_text = "Grüße\n\nzwei Zeilen\n日本\n";
        QCOMPARE(read_all(folder.write("unix.txt", unix_text)).texts,
                 (std::vector<std::string>{"Grüße\n\nzwei Zeilen\n日本"}));
        const auto windows = read_all(folder.write("windows.txt", "\xEF\xBB\xBFGrüße\r\n\r\nzwei Zeilen\r\n日本"));
        QCOMPARE(windows.texts, (std::vector<std::string>{"Grüße\n\nzwei Zeilen\n日本"}));
        QCOMPARE(windows.places[0].byte, int64_t{3});
        QCOMPARE(read_all(folder.write("cr.txt", "a\rb\r")).texts, (std::vector<std::string>{"a\rb\r"}));
        const auto rows =
            read_all(folder.write("rows.jsonl", "\xEF\xBB\xBF{\"text\":\"a\"}\r\n\r\n{\"text\":\"b\\r\\nc\"}"));
        QCOMPARE(rows.texts, (std::vector<std::string>{"a", "b\r\nc"}));
    }

    void long_text_is_cut_at_blank_lines_and_loses_nothing() {
        const DataFolder folder;
        std::string text;
        for (int i = 0; i < 2000; ++i) text += "Line " + std::to_string(i) + " of a play.\n" + (i % 7 == 6 ? "\n" : "");
        const auto read = read_all(folder.write("play.txt", text));
        QVERIFY(read.texts.size() > 5);
        std::string joined;
        for (const std::string& piece : read.texts) {
            QVERIFY(piece.size() < 4096 + 400);
            QVERIFY(&piece == &read.texts.back() || piece.size() >= 4096 - 2);
            joined += piece + "\n\n";
        }
        while (joined.ends_with("\n\n")) joined.pop_back();
        while (text.ends_with("\n\n")) text.pop_back();
        QCOMPARE(joined, text);

        std::string unbroken;
        for (int i = 0; i < 20000; ++i) unbroken += "no blank line " + std::to_string(i) + "\n";
        const auto pieces = read_all(folder.write("unbroken.txt", unbroken));
        joined.clear();
        for (const std::string& piece : pieces.texts) {
            QVERIFY(piece.size() <= (64 << 10) + 32);
            joined += piece + "\n";
        }
        QCOMPARE(joined, unbroken);
    }

    void buffers_are_crossed_anywhere() {
        const DataFolder folder;
        std::string text;
        std::vector<std::string> expected;
        for (int i = 0; i < 300; ++i) {
            expected.push_back(std::string(static_cast<size_t>(i * 97 % 9000 + 1), static_cast<char>('a' + i % 26)) +
                               "é");
            text += expected.back() + "\r\n<|endoftext|>\r\n";
        }
        expected.push_back(std::string(3 << 20, 'x'));  // a line of three buffers
        text += expected.back();
        QVERIFY(read_all(folder.write("big.txt", text)).texts == expected);
    }

    void lines_over_the_limit() {
        const DataFolder folder;
        const std::string most(static_cast<size_t>(kMaxLineBytes), 'a');
        QCOMPARE(read_all(folder.write("most.txt", most + "\n")).texts[0].size(), most.size());
        const Error error = refusal(folder.write("more.txt", "short\n" + most + "b\nend"));
        QCOMPARE(error.kind, ErrorKind::too_large);
        QCOMPARE(error.key, std::string("line 2"));
        QVERIFY(error.file.ends_with("more.txt"));

        const auto read = read_all(
            folder.write("more.jsonl", good_rows(30) + "{\"text\":\"" + most + most + "\"}\n{\"text\":\"after\"}"));
        QCOMPARE(read.report.bad_rows, int64_t{1});
        QCOMPARE(read.report.first_bad->place.line, int64_t{31});
        QCOMPARE(read.texts.back(), std::string("after"));
        QCOMPARE(read.places.back().line, int64_t{32});
    }

    void what_is_no_utf8_text_is_refused_by_name() {
        const DataFolder folder;
        const auto check = [&](const std::string& name, const std::string& bytes, const std::string& key,
                               const std::string& found) {
            const Error error = refusal(folder.write(name, bytes));
            QCOMPARE(error.kind, ErrorKind::malformed);
            QVERIFY(error.file.ends_with(name));
            QCOMPARE(error.key, key);
            QVERIFY2(error.found.find(found) != std::string::npos, error.found.c_str());
        };
        using namespace std::string_literals;
        check("utf16.txt", "\xFF\xFEh\0i\0"s, "byte 0", "UTF-16");
        check("utf16be.jsonl", "\xFE\xFF\0h\0i"s, "byte 0", "UTF-16");
        check("bare16.txt", "ok\nh\0i\0"s, "byte 4", "NUL");
        check("packed.txt", "\x1F\x8B\x08\0abc"s, "byte 0", "gzip");
        check("packed.jsonl", "\x1F\x8B\x08\0abc"s, "byte 0", "gzip");
        check("latin1.txt", "\xEF\xBB\xBFgut\r\nGr\xFC\xDF"s, "byte 10", "another encoding");
        for (const char* bad : {"\xC0\xAF", "\xE0\x80\xAF", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xF8\x88\x80\x80",
                                "\x80", "\xE2\x82", "\xF0\x9F\x98"})
            check("bad.txt", "four" + std::string(bad), "byte 4", "encoding");
        QCOMPARE(first_invalid_utf8("aé日😀\xF4\x8F\xBF\xBF"), size_t{14});
    }

    void empty_and_missing_inputs() {
        const DataFolder folder;
        QCOMPARE(refusal(folder.write("zero.txt", "")).kind, ErrorKind::empty);
        for (const char* name : {"blank.txt", "blank.jsonl"}) {
            const Error error = refusal(folder.write(name, "\n\r\n \t\n\n"));
            QCOMPARE(error.kind, ErrorKind::empty);
            QVERIFY(error.file.ends_with(name));
        }
        QCOMPARE(refusal(folder.write("separators.txt", "<|endoftext|>\n<|endoftext|>\n")).kind, ErrorKind::empty);
        QCOMPARE(refusal(folder.path("missing.txt")).kind, ErrorKind::not_found);
        folder.write("other/notes.odt", "x");
        folder.write("other/.hidden.txt", "x");
        folder.write("other/.git/a.txt", "x");
        QCOMPARE(refusal(folder.path("other")).kind, ErrorKind::empty);
        QCOMPARE(refusal(folder.path("other/notes.odt")).kind, ErrorKind::unsupported);
        QCOMPARE(error_of([] { read_all(DocumentSource{}); })->kind, ErrorKind::empty);
        QCOMPARE(error_of([] { read_all(DocumentSource{.files = {"x"}, .format = "csv"}); })->key,
                 std::string("data.format"));
        QCOMPARE(read_all(DocumentSource{.files = {folder.path("other/notes.odt")}, .format = "txt"}).texts.size(),
                 size_t{1});
    }

    void fifos_devices_and_folders_are_not_read() {
        const DataFolder folder;
        QCOMPARE(::mkfifo(folder.path("pipe.txt").c_str(), 0600), 0);
        QCOMPARE(refusal(folder.path("pipe.txt")).kind, ErrorKind::unreadable);
        QCOMPARE(error_of([] { read_all(DocumentSource{.files = {"/dev/zero"}, .format = "txt"}); })->kind,
                 ErrorKind::unreadable);
        QCOMPARE(error_of([&] { LineReader(folder.path("")); })->kind, ErrorKind::unreadable);
        QCOMPARE(error_of([&] { LineReader(folder.path("pipe.txt")); })->kind, ErrorKind::unreadable);
    }

    void folders_are_read_by_path_bytes_without_links() {
        const DataFolder folder;
        const std::string outside = folder.write("outside.txt", "outside");
        folder.write("data/b.txt", "b");
        folder.write("data/a/z.TXT", "az");
        folder.write("data/a.jsonl", "{\"text\":\"aj\"}");
        folder.write("data/B.txt", "B");
        folder.write("data/skip.odt", "no");
        QCOMPARE(::symlink(outside.c_str(), folder.path("data/link.txt").c_str()), 0);
        QCOMPARE(::symlink("..", folder.path("data/a/loop").c_str()), 0);
        QCOMPARE(read_all(folder.path("data")).texts, (std::vector<std::string>{"B", "aj", "az", "b"}));
        QCOMPARE(read_all(DocumentSource{.files = {folder.path("data")}, .format = "jsonl"}).texts,
                 (std::vector<std::string>{"aj"}));
        // A file named twice counts once; a link that is named is followed.
        const auto twice = read_all(
            DocumentSource{.files = {folder.path("data/b.txt"), folder.path("data"), folder.path("data/link.txt")}});
        QCOMPARE(twice.texts, (std::vector<std::string>{"b", "B", "aj", "az", "outside"}));
    }

    void bad_rows_are_counted_and_passed_over() {
        const DataFolder folder;
        const std::vector<std::string> bad = {"{\"text\":\"cut",
                                              "{\"text\":1}",
                                              "{\"text\":null}",
                                              "{\"other\":\"x\"}",
                                              "[\"text\"]",
                                              "\"text\"",
                                              "{\"text\":\"\\ud800\"}",
                                              "{\"text\":\"a\\u0000b\"}",
                                              "{\"text\":\"gr\xFC\"}",
                                              "{\"text\":\"a\",\"text\":\"b\"}",
                                              "{\"text\":\"a\",\"n\":1e400}",
                                              "{\"text\":\"a\",\"n\":123456789012345678901234567890}",
                                              "{\"text\":\"a\"} x",
                                              "{\"text\":\"a\",}",
                                              "{\"text\":\"a\",\"deep\":" + std::string(100000, '[')};
        for (const std::string& row : bad) {
            const std::string rows = good_rows(25);
            const auto read = read_all(folder.write("rows.jsonl", rows + row + "\n" + good_rows(25)));
            QCOMPARE(read.texts.size(), size_t{50});
            QCOMPARE(read.report.rows, int64_t{51});
            QCOMPARE(read.report.bad_rows, int64_t{1});
            QCOMPARE(read.report.first_bad->place.line, int64_t{26});
            QCOMPARE(read.report.first_bad->place.byte, static_cast<int64_t>(rows.size()));
            QVERIFY(!read.report.first_bad->reason.empty());
            QVERIFY(read.report.first_bad->reason.size() < 200);
        }
        const auto rows = read_all(folder.write(
            "fine.jsonl", "{\"text\":\"\\u00e9\\ud83d\\ude00\",\"n\":[1,{\"a\":-0.5}]}\n{\"text\":\" \\n\"}\n"));
        QCOMPARE(rows.texts, (std::vector<std::string>{"é😀"}));
        QCOMPARE(rows.report.empty_rows, int64_t{1});
        QCOMPARE(rows.report.bad_rows, int64_t{0});
        QCOMPARE(read_all(DocumentSource{.files = {folder.write("c.jsonl", "{\"a b\":\"x\"}")}, .text_column = "a b"})
                     .texts[0],
                 std::string("x"));
    }

    void more_than_five_percent_bad_rows_stop_the_import() {
        const DataFolder folder;
        QCOMPARE(read_all(folder.write("19.jsonl", good_rows(19) + "{}\n")).report.bad_rows, int64_t{1});
        const Error error = refusal(folder.write("18.jsonl", good_rows(18) + "{}\n"));
        QCOMPARE(error.kind, ErrorKind::malformed);
        QCOMPARE(error.key, std::string("line 19, byte ") + std::to_string(good_rows(18).size()));
        QVERIFY(error.found.find("1 of 19") != std::string::npos);
        QVERIFY(error.found.find("text") != std::string::npos);
        QCOMPARE(refusal(folder.write("prose.jsonl", "This is no JSON.\n")).kind, ErrorKind::malformed);
    }

    void the_reader_stops_when_told() {
        const DataFolder folder;
        const std::string text = folder.write("a.txt", "one\n<|endoftext|>\ntwo\n<|endoftext|>\nthree");
        const std::string rows = folder.write("b.jsonl", good_rows(3) + "broken\n");
        for (const auto& files : {std::vector{text, rows}, std::vector{rows, text}}) {
            int calls = 0;
            const auto report = for_each_document(DocumentSource{.files = files},
                                                  [&](std::string_view, const DocumentPlace&) { return ++calls < 2; });
            QCOMPARE(calls, 2);
            QCOMPARE(report.documents, int64_t{2});
        }
    }

    void the_hash_is_of_contents_and_format() {
        const DataFolder folder;
        const std::string a = folder.write("a.txt", "text"), b = folder.write("b.txt", "more");
        const auto hash = [](std::vector<std::string> files, const std::string& format) {
            return data_sha256(list_data_files(DocumentSource{.files = std::move(files), .format = format}));
        };
        // printf 'SHA256 4 txt\n…' | sha256sum
        QCOMPARE(hash({a}, "auto"), sha256("982d9e3eb996f559e633f4d194def3761d909f5a3b647d1a851fead67c32c9d1 4 txt\n"));
        QVERIFY(hash({a, b}, "auto") != hash({b, a}, "auto"));
        QVERIFY(hash({a}, "jsonl") != hash({a}, "txt"));
        QCOMPARE(hash({folder.write("renamed.txt", "text")}, "auto"), hash({a}, "auto"));
    }
};

QTEST_APPLESS_MAIN(DocumentsTest)
#include "documents_test.moc"

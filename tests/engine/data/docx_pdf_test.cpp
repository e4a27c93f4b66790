// Word documents and PDF that other programs wrote (tests/data/make_documents.py), as plain text cut at their headings;
// and what is damaged, locked or too large.
#include <zip.h>

#include <QTest>
#include <string>
#include <vector>

#include "engine/base/files.h"
#include "engine/data/documents.h"
#include "engine/data/docx_text.h"
#include "engine/data/pdf_sections.h"
#include "tests/engine/data/data_folder.h"

using namespace lathe;
using lathe_test::DataFolder;
using lathe_test::error_of;
using lathe_test::read_texts;

namespace {

using Texts = std::vector<std::string>;

const std::string kFolder = LATHE_SOURCE_DIR "/tests/data/documents/";

Error refusal(const std::string& path) {
    const auto error = error_of([&] { read_texts(path); });
    return error ? *error : Error{.kind = ErrorKind::internal, .found = "was accepted"};
}

// A .docx of these parts.
std::string packed(const std::vector<std::pair<std::string, std::string>>& parts) {
    const DataFolder folder;
    const std::string path = folder.path("made.docx");
    int error = 0;
    zip_t* zip = zip_open(path.c_str(), ZIP_CREATE, &error);
    for (const auto& [name, text] : parts)
        zip_file_add(zip, name.c_str(), zip_source_buffer(zip, text.data(), text.size(), 0), ZIP_FL_ENC_UTF_8);
    if (zip_close(zip) != 0) return {};
    return read_file(path, 1 << 30);
}

std::string document(const std::string& body) {
    return R"(<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="http://schemas.openxmlformats.org/)"
           R"(wordprocessingml/2006/main"><w:body>)" +
           body + "</w:body></w:document>";
}
std::string paragraph(const std::string& text, const std::string& properties = "") {
    return "<w:p><w:pPr>" + properties + "</w:pPr><w:r><w:t xml:space=\"preserve\">" + text + "</w:t></w:r></w:p>";
}
Texts sections_of(const std::string& body) {
    return docx_sections(packed({{"word/document.xml", document(body)}}), "made.docx");
}

Texts sections_of(const Texts& outline, const Texts& pages) {
    Texts found;
    PdfSections sections(outline, [&](std::string section) { found.push_back(std::move(section)); });
    for (const std::string& page : pages) sections.add_page(page);
    sections.finish();
    return found;
}

}  // namespace

class DocxPdfTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void a_word_document_is_cut_at_its_headings() {
        const Texts texts = read_texts(kFolder + "lathe.docx");
        QCOMPARE(texts.size(), size_t{2});
        QCOMPARE(texts[0], std::string("The lathe\n\nWhat it does\n\n"
                                       "The work turns,\tthe tool does not.\nA second line & more.\n\n"
                                       "It is often driven by a belt.\n\nChuck\n\nHeadstock\nTailstock\n"
                                       "part\tholds\tturns\nchuck\tthe work\tyes"));
        QCOMPARE(texts[1], std::string("선반의 역사\n\n처음에는 활로 돌렸다."));
    }

    void what_word_marks_as_headings() {
        const std::string one = R"(<w:pStyle w:val="Heading1"/>)", level = R"(<w:outlineLvl w:val="2"/>)",
                          body = R"(<w:pStyle w:val="Heading1"/><w:outlineLvl w:val="9"/>)";
        QCOMPARE(sections_of(paragraph("a") + paragraph("B", one) + paragraph("c", body) + paragraph("D", level) +
                             paragraph("e")),
                 (Texts{"a", "B\n\nc", "D\n\ne"}));
        QCOMPARE(sections_of(paragraph("kept, ", "<w:rPr><w:del/></w:rPr>") + paragraph("joined") +
                             "<w:p><w:moveFrom><w:r><w:t>gone</w:t></w:r></w:moveFrom></w:p>"
                             "<w:sdt><w:sdtContent>" +
                             paragraph("inside") + "</w:sdtContent></w:sdt>"),
                 Texts{"kept, joined\n\ninside"});
        QCOMPARE(sections_of("<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc>" + paragraph("gone") +
                             "</w:tc></w:tr><w:tr><w:tc>" + paragraph("a") + "</w:tc><w:tc><w:tbl><w:tr><w:tc>" +
                             paragraph("b") + paragraph("c") + "</w:tc></w:tr></w:tbl></w:tc></w:tr></w:tbl>"),
                 Texts{"a\tb c"});
    }

    void hostile_word_documents_are_refused() {
        const DataFolder folder;
        std::string deep;
        for (int i = 0; i < 100'000; ++i) deep += "<w:sdt>";
        for (int i = 0; i < 100'000; ++i) deep += "</w:sdt>";
        const std::string deep_file = folder.write("deep.docx", packed({{"word/document.xml", document(deep)}}));
        QCOMPARE(refusal(deep_file).kind, ErrorKind::malformed);
        const std::string bomb =
            folder.write("bomb.docx", packed({{"word/document.xml", document(std::string(100 << 20, ' '))}}));
        QVERIFY(std::filesystem::file_size(bomb) < 1 << 20);
        QCOMPARE(refusal(bomb).kind, ErrorKind::too_large);
        QCOMPARE(refusal(bomb).key, std::string("word/document.xml"));
        QCOMPARE(refusal(folder.write("none.docx", packed({{"../../etc/passwd", "x"}}))).kind, ErrorKind::malformed);
        const std::string away = R"(<R><Relationship Type="x/officeDocument" Target="../../../etc/passwd"/></R>)";
        QCOMPARE(refusal(folder.write("away.docx", packed({{"_rels/.rels", away}}))).kind, ErrorKind::malformed);
        QCOMPARE(refusal(folder.write("xml.docx", packed({{"word/document.xml", "<w:document><w:p>"}}))).kind,
                 ErrorKind::malformed);
        QCOMPARE(
            refusal(folder.write("latin.docx", packed({{"word/document.xml", document(paragraph("gr\xFC"))}}))).kind,
            ErrorKind::malformed);
        QCOMPARE(refusal(folder.write("old.docx", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 of Word 97")).kind,
                 ErrorKind::unsupported);
        QCOMPARE(refusal(folder.write("text.docx", "no zip at all")).kind, ErrorKind::malformed);
        QCOMPARE(refusal(folder.write("blank.docx", packed({{"word/document.xml", document("")}}))).kind,
                 ErrorKind::empty);
    }

    void a_pdf_is_cut_at_its_bookmarks() {
        const Texts texts = read_texts(kFolder + "chapters.pdf");
        QCOMPARE(texts.size(), size_t{5});
        QVERIFY2(texts[0].starts_with("A short book") && texts[0].ends_with("Filing . . . . . . 4"), texts[0].c_str());
        QCOMPARE(texts[1], std::string("1 Turning\nThe work is held in a chuck and turns with the spindle, while the "
                                       "tool moves along its wellknown path.\n"
                                       "What was said of turning holds on this page too."));
        QCOMPARE(texts[2], std::string("2 Milling\nHere the tool turns."));
        QCOMPARE(texts[3], std::string("3 Boring\nA hole is made wider."));
        QCOMPARE(texts[4], std::string("4 Filing\nBy hand."));
    }

    void without_bookmarks_pages_go_together() {
        const Texts texts = read_texts(kFolder + "plain.pdf");
        QCOMPARE(texts.size(), size_t{2});  // 3 + 2 pages of 2 KB
        QVERIFY(texts[0].starts_with("Page 1, line 0") && texts[1].starts_with("Page 4, line 0"));
        QVERIFY(texts[1].ends_with("Page 5, line 33: the quick brown fox jumps over it."));  // and not its number
        const Texts columns = read_texts(kFolder + "columns.pdf");
        QCOMPARE(columns.size(), size_t{1});
        QVERIFY2(columns[0].find("left column, line 12") < columns[0].find("right column, line 1"), columns[0].c_str());
    }

    void headings_are_found_as_they_are_set() {
        QCOMPARE(sections_of({"A  Long Title", "Not set so", "End"},
                             {"1.2 a long\ntitle\ntext\n7\n", "12\nmore\n\n\n\nEnd\nof it\n- 13 -"}),
                 (Texts{"1.2 a long\ntitle\ntext\nmore", "End\nof it"}));
        QCOMPARE(sections_of({}, {"über-\nall, Baden-\nBaden 3-\n4 soft\u00AD\nly"}),
                 Texts{"überall, Baden-\nBaden 3-\n4 softly"});
    }

    void locked_and_damaged_pdf_are_refused() {
        const DataFolder folder;
        QCOMPARE(refusal(kFolder + "secret.pdf").kind, ErrorKind::unsupported);
        const Error damaged = refusal(folder.write("not.pdf", "%PDF-1.4 and nothing"));
        QCOMPARE(damaged.kind, ErrorKind::malformed);
        QCOMPARE(damaged.file, folder.path("not.pdf"));
    }

    // Read or refused, never a crash.
    void broken_bytes_end_well() {
        const DataFolder folder;
        for (const char* name : {"lathe.docx", "chapters.pdf", "secret.pdf"}) {
            const std::string good = read_file(kFolder + name, 1 << 20);
            for (size_t i = 0; i < 150; ++i) {
                std::string bad = good;
                const size_t at = i * 2654435761U % bad.size();
                if (i % 3 == 0)
                    bad.resize(at);
                else
                    for (size_t k = at; k < std::min(at + 4, bad.size()); ++k) bad[k] = static_cast<char>(i * 37 + k);
                if (bad.empty()) continue;
                const auto error = error_of([&] { read_texts(folder.write(name, bad)); });
                QVERIFY2(!error || error->exit_status() == 2, error ? error->sentence().c_str() : "");
            }
        }
    }

    void folders_give_them_too() {
        const DataFolder folder;
        folder.write("a.docx", read_file(kFolder + "lathe.docx", 1 << 20));
        folder.write("b.PDF", read_file(kFolder + "columns.pdf", 1 << 20));
        const auto files = list_data_files({.files = {folder.path("")}});
        QCOMPARE(files.size(), size_t{2});
        QVERIFY(files[0].kind == FileKind::docx && files[1].kind == FileKind::pdf);
        QVERIFY(!has_rows(files[0].kind) && !has_rows(files[1].kind));
    }
};

QTEST_APPLESS_MAIN(DocxPdfTest)
#include "docx_pdf_test.moc"

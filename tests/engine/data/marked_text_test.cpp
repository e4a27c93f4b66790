// Markdown and HTML as plain text, cut at headings.
#include <QTest>
#include <string>
#include <vector>

#include "engine/data/documents.h"
#include "engine/data/marked_text.h"
#include "tests/engine/data/data_folder.h"

using namespace lathe;
using lathe_test::DataFolder;
using lathe_test::error_of;
using lathe_test::read_texts;

namespace {

using Texts = std::vector<std::string>;

}  // namespace

class MarkedTextTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void markdown_is_cut_at_headings() {
        const DataFolder folder;
        QCOMPARE(
            read_texts(folder.write(
                "a.md", "Before\n\n# One\n\n## Two\ntext\n```sh\n# no heading\n```\n#hash\r\n### Three ###\nend\n")),
            (Texts{"Before", "# One\n\n## Two\ntext\n```sh\n# no heading\n```\n#hash", "### Three ###\nend"}));
        QVERIFY(is_markdown_heading("#") && is_markdown_heading("###### six"));
        QVERIFY(!is_markdown_heading("####### seven") && !is_markdown_heading("") && !is_markdown_heading("#tag"));
        QCOMPARE(error_of([&] { read_texts(folder.write("b.md", "gr\xFC")); })->kind, ErrorKind::malformed);
        QCOMPARE(error_of([&] { read_texts(folder.write("c.md", "\n \n")); })->kind, ErrorKind::empty);
    }

    void html_is_what_a_reader_sees() {
        QCOMPARE(
            html_sections(
                "<!DOCTYPE html><html><head><title>T</title><style>p{}</style><script>if (a<b) x()</script></head>"
                "<body>\n<p>One   two<br>three &amp; four</p><!-- <p>no</p> -->"
                "<H1 id=\"a>b\">Head</H1><p>a &lt;b&gt; &#x2014; &#8364; &nbsp;&uuml; &unknown; &</p>"
                "<ul><li>x</li><li>y</li></ul><pre>  a\n    b</pre><h2>Next</h2>end</body></html>"),
            (Texts{"One two\nthree & four", "Head\n\na <b> — € ü &unknown; &\n\nx\ny\n  a\n    b", "Next\n\nend"}));
        QCOMPARE(html_sections(""), Texts{});
        QCOMPARE(html_sections("<p><script>never closed"), Texts{});
        QCOMPARE(html_sections("a < b &#0; &#xD800; &#99999999999; <"),
                 (Texts{"a < b &#0; &#xD800; &#99999999999; <"}));
        QCOMPARE(html_sections("<a href='x"), Texts{});
        QCOMPARE(html_sections("a <ö b> c"), Texts{"a <ö b> c"});
        std::string deep;
        for (int i = 0; i < 200'000; ++i) deep += "<div><!--";
        QVERIFY(html_sections(deep).empty());
        std::string scripts;
        for (int i = 0; i < 100'000; ++i) scripts += "<script></";
        QVERIFY(html_sections(scripts).empty());
    }

    void pages_are_documents() {
        const DataFolder folder;
        QCOMPARE(read_texts(folder.write("a.HTML", "<h1>A</h1>one<h1>B</h1>two")), (Texts{"A\n\none", "B\n\ntwo"}));
        QCOMPARE(error_of([&] { read_texts(folder.write("b.htm", "<p></p>")); })->kind, ErrorKind::empty);
    }
};

QTEST_APPLESS_MAIN(MarkedTextTest)
#include "marked_text_test.moc"

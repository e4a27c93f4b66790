// The clipboard of spreadsheets: cells with tabs, line ends and quotes, there and back; and text that is no table.
#include <QtTest>

#include "ui/spreadsheet_text.h"

using namespace lathe;

class SpreadsheetTextTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void cells_are_read_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QList<QStringList>>("cells");
        using Cells = QList<QStringList>;
        const auto row = [](const char* name, const char* text, const Cells& cells) {
            QTest::newRow(name) << QString::fromUtf8(text) << cells;
        };
        // As Excel and LibreOffice Calc put them there.
        row("excel", "q\ta\r\n\"two\nlines\"\t\"he said \"\"yes\"\"\nand\ttab\"\r\n",
            {{"q", "a"}, {"two\nlines", "he said \"yes\"\nand\ttab"}});
        row("empty cells", "\ta\n\t\nq\t\n", {{"", "a"}, {"", ""}, {"q", ""}});
        row("a quote that is text", "\"Yes\" he said\tso\n\"open\tx", {{"\"Yes\" he said", "so"}, {"\"open", "x"}});
        row("one cell", "한 줄", {{"한 줄"}});
        row("lines", "a\rb\r\nc", {{"a"}, {"b"}, {"c"}});
        row("prose", "Hello, world\nYes, sir", {{"Hello, world"}, {"Yes, sir"}});
        row("csv", "\"Hello, world\",ok\nYes,\"no \"\"x\"\"\"\n", {{"Hello, world", "ok"}, {"Yes", "no \"x\""}});
        row("csv with semicolons", "\"a\n;b\";c\nd;e", {{"a\n;b", "c"}, {"d", "e"}});
        row("nothing", "", {});
    }
    void cells_are_read() {
        QFETCH(QString, text);
        QFETCH(QList<QStringList>, cells);
        const CellRows found = cells_of(text);
        QCOMPARE(QList<QStringList>(found.begin(), found.end()), cells);
        QVERIFY(cells_of(cells_text(found)) == found);
    }
    void a_nul_is_left_out() { QVERIFY((cells_of(QString::fromUtf8("a\0b\tc", 5)) == CellRows{{"ab", "c"}})); }
    void many_quotes_take_no_time() {
        QString text;
        for (int i = 0; i < 200'000; ++i) text += QStringLiteral("\"x\t");
        QVERIFY(!cells_of(text).empty());
    }
};

QTEST_APPLESS_MAIN(SpreadsheetTextTest)
#include "spreadsheet_text_test.moc"

// Writing examples in the window, by keys as in a spreadsheet: paste, undo, rows, turns; when the file is written, what
// becomes of an error, and how it gets among the files of a run. Then the choice of format and columns.
#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QLineEdit>
#include <QPlainTextEdit>

#include "tests/ui/page_fixture.h"
#include "ui/train_page.h"

using namespace lathe;

namespace {

using Rows = std::vector<std::vector<std::string>>;  // turns

struct Bench : PageFixture {
    TrainPage page{context};

    Bench() {
        page.resize(1200, 800);
        page.show();
        QApplication::setActiveWindow(&page);
    }
    TrainSetup& setup() { return *page.setup(); }
    ExampleFile& file() { return setup().examples(); }
    ExampleView& view() { return *page.findChild<ExampleView*>(); }
    void open_empty() { setup().write_examples({}); }
    QPushButton* button(const char* name) { return page.findChild<QPushButton*>(QLatin1String(name)); }
    Rows rows() {
        Rows all;
        for (const ExampleRow& row : file().model().rows()) all.push_back(row.turns);
        return all;
    }
    // To what has the keyboard: the table, or the editor of a cell.
    void key(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
        QTest::keyClick(focus(), key, modifiers);
    }
    void type(const char* words) {
        for (const QChar letter : QString::fromUtf8(words)) QTest::keyClicks(focus(), letter);
    }
    QWidget* focus() {
        for (auto* edit : view().findChildren<QPlainTextEdit*>())
            if (edit->isVisible()) return edit;
        return &view();
    }
    void paste(const QString& text) {
        QApplication::clipboard()->setText(text);
        key(Qt::Key_V, Qt::ControlModifier);
    }
    const WriteExamples* written() { return engine.last<WriteExamples>(); }
    void answer_write(const char* path = "/w/datasets/examples.jsonl") {
        engine.answer<WriteExamples>(ExamplesWritten{.file = path, .sha256 = "abc", .rows = 1});
    }
    bool says(const QString& words) {
        for (const QLabel* label : page.findChildren<QLabel*>())
            if (label->isVisibleTo(&page) && label->text().contains(words)) return true;
        return false;
    }
};

}  // namespace

class ExamplesPanelTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void it_opens_from_the_list_of_files() {
        Bench bench;
        bench.button("write_examples")->click();
        QVERIFY(bench.setup().face() == TrainSetup::Face::examples);
        QVERIFY(bench.says(QStringLiteral("paste rows from a spreadsheet")));
        QCOMPARE(bench.engine.count<ReadExamples>(), 0);
        QVERIFY2(nameless(bench.page).isEmpty(), qPrintable(nameless(bench.page).join(u'\n')));
        bench.button("add_example")->click();
        QVERIFY2(nameless(bench.page).isEmpty(), qPrintable(nameless(bench.page).join(u'\n')));
        QTest::keyClick(&bench.view(), Qt::Key_Escape);
        QVERIFY(bench.setup().face() == TrainSetup::Face::settings);
        bench.button("write_examples")->click();
        QCOMPARE(bench.rows().size(), size_t{1});  // kept
    }

    void keys_move_and_type_as_in_a_spreadsheet() {
        Bench bench;
        bench.open_empty();
        bench.button("add_example")->click();
        bench.type("What?");
        QCOMPARE(bench.rows(), (Rows{{"What?", ""}}));  // at every key
        bench.key(Qt::Key_Tab);
        bench.type("This");
        bench.key(Qt::Key_Return, Qt::ShiftModifier);
        bench.type("and that");
        bench.key(Qt::Key_Return);  // below where Tab set out, in a new row
        QCOMPARE(bench.rows(), (Rows{{"What?", "This\nand that"}, {"", ""}}));
        QCOMPARE(bench.view().currentIndex(), bench.file().model().index(1, ExampleModel::kQuestion));
        bench.type("Who?");
        bench.key(Qt::Key_Tab);
        bench.key(Qt::Key_Tab);  // past the last cell: one more row
        QCOMPARE(bench.rows().size(), size_t{3});
        bench.key(Qt::Key_Backtab, Qt::ShiftModifier);
        QCOMPARE(bench.view().selectionModel()->selectedIndexes().size(), 1);
        QCOMPARE(bench.view().currentIndex(), bench.file().model().index(1, ExampleModel::kAnswer));
        bench.view().go_to(1, ExampleModel::kQuestion);
        bench.type("W");  // replaces the cell
        QCOMPARE(bench.rows()[1][0], std::string("W"));
        bench.key(Qt::Key_Escape);
        QCOMPARE(bench.rows()[1][0], std::string("Who?"));
        bench.key(Qt::Key_F2);
        bench.type("!");
        bench.key(Qt::Key_Return);
        QCOMPARE(bench.rows()[1][0], std::string("Who?!"));
    }

    void cells_are_pasted_cut_and_undone() {
        Bench bench;
        bench.open_empty();
        bench.file().model().add_rows(0, 1);
        bench.view().go_to(0);
        bench.paste(QStringLiteral("one\tuno\r\n\"two\nlines\"\t\"du\"\"e\"\r\nthree\ttre\tBe brief.\r\n"));
        QCOMPARE(bench.rows(), (Rows{{"one", "uno"}, {"two\nlines", "du\"e"}, {"three", "tre"}}));
        QCOMPARE(bench.file().model().rows()[2].system, std::string("Be brief."));
        QVERIFY(!bench.view().isColumnHidden(ExampleModel::kSystem));
        bench.key(Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(bench.rows(), (Rows{{"", ""}}));
        bench.key(Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(bench.rows().size(), size_t{3});
        bench.view().selectionModel()->select(bench.file().model().index(1, 0),
                                              QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
        bench.key(Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QApplication::clipboard()->text(), QStringLiteral("\"two\nlines\"\tdu\"e\t\n"));
        bench.view().go_to(0, ExampleModel::kAnswer);
        bench.key(Qt::Key_X, Qt::ControlModifier);
        QCOMPARE(QApplication::clipboard()->text(), QStringLiteral("uno\n"));
        QCOMPARE(bench.rows()[0], (std::vector<std::string>{"one", ""}));
        bench.button("delete_examples")->click();
        QCOMPARE(bench.rows()[0], (std::vector<std::string>{"two\nlines", "du\"e"}));
        for (int step = 0; step < 2; ++step) bench.key(Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(bench.rows()[0], (std::vector<std::string>{"one", "uno"}));
        // Names of columns say where what goes.
        bench.view().go_to(2);
        bench.paste(QStringLiteral("Answer\tQuestion\nA\tQ\n"));
        QCOMPARE(bench.rows()[2], (std::vector<std::string>{"Q", "A"}));
    }

    void its_keys_come_before_those_of_the_window() {
        Bench bench;
        QAction smaller;  // as the window's
        smaller.setShortcut(QKeySequence(Qt::CTRL | Qt::Key_Minus));
        bench.page.addAction(&smaller);
        QSignalSpy heard(&smaller, &QAction::triggered);
        bench.open_empty();
        bench.file().model().add_rows(0, 1);
        bench.view().go_to(0);
        bench.paste(QStringLiteral("one\tuno\r\ntwo\tdue\r\n"));
        bench.view().go_to(0);
        bench.key(Qt::Key_Minus, Qt::ControlModifier);
        QCOMPARE(bench.rows(), (Rows{{"two", "due"}}));
        QCOMPARE(heard.size(), 0);
        bench.page.setFocus();
        QTest::keyClick(&bench.page, Qt::Key_Minus, Qt::ControlModifier);
        QCOMPARE(heard.size(), 1);
    }

    // What was typed in a cell is one step; the settings keep their own history.
    void typing_is_one_step() {
        Bench bench;
        bench.open_empty();
        bench.button("add_example")->click();
        bench.type("abc");
        bench.key(Qt::Key_Tab);
        bench.type("def");
        bench.key(Qt::Key_Tab);
        bench.key(Qt::Key_Z, Qt::ControlModifier);  // the row that Tab made
        bench.key(Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(bench.rows(), (Rows{{"abc", ""}}));
        bench.key(Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(bench.rows(), (Rows{{"", ""}}));
        const std::string settings = to_json(bench.setup().config());
        bench.key(Qt::Key_Z, Qt::ControlModifier);
        bench.key(Qt::Key_Z, Qt::ControlModifier);
        QVERIFY(bench.rows().empty());
        QCOMPARE(to_json(bench.setup().config()), settings);
    }

    void a_change_is_written_a_moment_later() {
        Bench bench;
        bench.open_empty();
        bench.button("add_example")->click();
        QTest::qWait(1000);
        QCOMPARE(bench.engine.count<WriteExamples>(), 0);  // nothing is in it yet
        bench.type("q");
        QTRY_COMPARE(bench.engine.count<WriteExamples>(), 1);
        QCOMPARE(bench.written()->file, std::string("examples"));
        QVERIFY(bench.written()->replaces.empty());
        bench.answer_write();
        bench.type("r");
        bench.key(Qt::Key_Escape);
        bench.key(Qt::Key_Delete);
        bench.type("s");
        QTRY_COMPARE(bench.engine.count<WriteExamples>(), 2);
        QCOMPARE(bench.written()->file, std::string("/w/datasets/examples.jsonl"));
        QCOMPARE(bench.written()->replaces, std::string("abc"));
        // More while it is being written, then the end of the program.
        bench.type("t");
        bench.file().save();
        QCOMPARE(bench.written()->rows[0].turns[0], std::string("st"));
    }

    void what_is_refused_is_said_and_kept() {
        Bench bench;
        bench.open_empty();
        bench.button("add_example")->click();
        bench.type("q");
        bench.file().save();
        bench.engine.answer<WriteExamples>(Failed{{.kind = ErrorKind::disk_full, .file = "/w/datasets"}});
        QVERIFY(bench.says(QStringLiteral("not enough disk space")) && bench.says(QStringLiteral("not saved")));
        bench.setup().write_examples(QStringLiteral("/data/b.csv"));  // waits for the save
        QCOMPARE(bench.engine.count<ReadExamples>(), 0);
        bench.answer_write();
        QCOMPARE(bench.engine.last<ReadExamples>()->file, std::string("/data/b.csv"));
        bench.engine.answer<ReadExamples>(
            Failed{{.kind = ErrorKind::malformed, .file = "/data/b.csv", .key = "line 3"}});
        QVERIFY(bench.says(QStringLiteral("/data/b.csv")));
        QCOMPARE(bench.rows(), (Rows{{"q", ""}}));  // still
        QCOMPARE(bench.file().path(), QStringLiteral("/w/datasets/examples.jsonl"));
    }

    void another_file_is_opened_as_a_copy() {
        Bench bench;
        bench.setup().write_examples(QStringLiteral("/data/b.csv"));
        QVERIFY(bench.says(QStringLiteral("being read")));
        bench.engine.answer<ReadExamples>(
            ExamplesRead{.file = "/data/b.csv", .sha256 = "1", .own = false, .rows = {{"", {"q", "a"}}}});
        QVERIFY(bench.file().path().isEmpty());
        bench.button("use_examples")->click();
        QCOMPARE(bench.written()->file, std::string("b"));
        QVERIFY(bench.written()->replaces.empty());
        bench.answer_write("/w/datasets/b.jsonl");
        QCOMPARE(bench.setup().config().data.files.back(), std::string("/w/datasets/b.jsonl"));
        QVERIFY(bench.says(QStringLiteral("trained on")));
        // Its own file is what the engine says it is.
        bench.setup().write_examples(QStringLiteral("/w/datasets/c.jsonl"));
        bench.engine.answer<ReadExamples>(
            ExamplesRead{.file = "/w/datasets/c.jsonl", .sha256 = "2", .own = true, .rows = {{"", {"q", "a"}}}});
        bench.type("x");
        bench.file().save();
        QCOMPARE(bench.written()->file, std::string("/w/datasets/c.jsonl"));
        QCOMPARE(bench.written()->replaces, std::string("2"));
    }

    void what_was_open_last_comes_back() {
        Bench bench;
        bench.settings.setValue(QStringLiteral("train/examples"), QStringLiteral("/w/datasets/c.jsonl"));
        bench.open_empty();
        QCOMPARE(bench.engine.last<ReadExamples>()->file, std::string("/w/datasets/c.jsonl"));
        bench.engine.answer<ReadExamples>(Failed{{.kind = ErrorKind::not_found, .file = "/w/datasets/c.jsonl"}});
        QVERIFY(!bench.file().error() && bench.file().name() == QStringLiteral("examples"));
    }

    void a_start_waits_for_the_file() {
        Bench bench;
        RunConfig config = bench.setup().config();
        config.data.files = {"/w/datasets/c.jsonl"};
        bench.setup().set_config(config, {});
        bench.setup().write_examples(QStringLiteral("/w/datasets/c.jsonl"));
        bench.engine.answer<ReadExamples>(
            ExamplesRead{.file = "/w/datasets/c.jsonl", .sha256 = "2", .own = true, .rows = {{"", {"q", "a"}}}});
        QVERIFY(bench.setup().obstacle().isEmpty());
        bench.type("x");
        QVERIFY(bench.setup().obstacle().contains(QStringLiteral("being saved")));
        bench.file().save();
        bench.answer_write("/w/datasets/c.jsonl");
        QVERIFY(bench.setup().obstacle().isEmpty());
    }

    void conversations_keep_their_turns() {
        Bench bench;
        bench.setup().write_examples(QStringLiteral("/w/datasets/c.jsonl"));
        bench.engine.answer<ReadExamples>(ExamplesRead{.file = "/w/datasets/c.jsonl",
                                                       .sha256 = "2",
                                                       .own = true,
                                                       .rows = {{"", {"1", "2", "3", "4"}}, {"", {"q", "a"}}}});
        QVERIFY(!bench.view().isColumnHidden(ExampleModel::kTurns));
        const ExampleModel& model = bench.file().model();
        QCOMPARE(model.index(0, ExampleModel::kAnswer).data().toString(), QStringLiteral("4"));
        QCOMPARE(model.index(0, ExampleModel::kTurns).data().toInt(), 4);
        auto* turns = bench.page.findChild<QComboBox*>(QStringLiteral("turns"));
        auto* text = bench.page.findChild<QPlainTextEdit*>(QStringLiteral("turn_text"));
        QCOMPARE(turns->count(), 4);
        turns->setCurrentIndex(2);
        QCOMPARE(text->toPlainText(), QStringLiteral("3"));
        text->setPlainText(QStringLiteral("three"));
        QCOMPARE(bench.rows()[0], (std::vector<std::string>{"1", "2", "three", "4"}));
        bench.view().go_to(0, ExampleModel::kAnswer);
        bench.type("last");
        QCOMPARE(bench.rows()[0], (std::vector<std::string>{"1", "2", "three", "last"}));
    }

    void counts_stand_at_the_foot() {
        Bench bench;
        bench.open_empty();
        bench.file().model().put_cells(0, 0, {{"q", "a"}, {"q", "a"}, {"r", " "}, {"", ""}});
        auto* counts = bench.page.findChild<QLabel*>(QStringLiteral("example_counts"));
        QTRY_COMPARE(counts->text(), QStringLiteral("examples: 3  ·  ! empty answers: 1  ·  ! duplicates: 1"));
        QVERIFY(!bench.file().model().add_rows(0, ExampleModel::kMostRows));
    }

    void of_the_largest_table_only_the_rows_in_view_are_laid_out() {
        Bench bench;
        bench.setup().write_examples(QStringLiteral("/w/datasets/c.jsonl"));
        std::vector<ExampleRow> rows;
        for (int i = 0; i < ExampleModel::kMostRows; ++i)
            rows.push_back({"", {"question " + std::to_string(i), "an answer\nof\nfive\nshort\nlines"}});
        bench.engine.answer<ReadExamples>(
            ExamplesRead{.file = "/w/datasets/c.jsonl", .sha256 = "2", .own = true, .rows = rows});
        const ExampleView& view = bench.view();
        bench.view().go_to(99'000);
        QCOMPARE(view.currentIndex().row(), 99'000);
        QTRY_VERIFY(view.rowHeight(view.rowAt(0)) > view.rowHeight(50'000));
    }

    void format_and_columns_are_chosen_where_they_are_shown() {
        Bench bench;
        RunConfig config = bench.setup().config();
        config.data.files = {"/data/a.csv"};
        bench.setup().set_config(config, {});
        QTRY_VERIFY(bench.engine.count<EstimateRun>() > 0);
        bench.engine.answer<EstimateRun>(EstimateDone{.parameters = 5, .bytes = {}, .memory_bytes = 1000});
        DataInspection seen;
        seen.files = {{.path = "/data/a.csv", .format = "", .columns = "", .column_names = {"frage", "antwort"}}};
        seen.obstacle = Error{.kind = ErrorKind::missing_key, .file = "/data/a.csv", .key = "data.prompt_column"};
        bench.engine.answer<InspectData>(DataInspected{seen});
        auto* prompt = bench.page.findChild<QComboBox*>(QStringLiteral("data.prompt_column"));
        auto* messages = bench.page.findChild<QComboBox*>(QStringLiteral("data.messages_column"));
        QVERIFY(prompt->isVisibleTo(&bench.page) && !messages->isVisibleTo(&bench.page));  // open by itself
        QCOMPARE(prompt->count(), 3);
        prompt->setCurrentIndex(prompt->findText(QStringLiteral("frage")));
        Q_EMIT prompt->activated(prompt->currentIndex());
        QCOMPARE(bench.setup().config().data.prompt_column, std::string("frage"));
        auto* format = bench.page.findChild<QComboBox*>(QStringLiteral("data.format"));
        format->setCurrentIndex(format->findText(QStringLiteral("text")));
        Q_EMIT format->activated(format->currentIndex());
        QCOMPARE(bench.setup().config().data.format, std::string("text"));
        bench.setup().undo();
        bench.setup().undo();
        QCOMPARE(bench.setup().config().data.prompt_column, std::string());
    }
};

LATHE_PAGE_TEST(ExamplesPanelTest)
#include "examples_panel_test.moc"

// A cell of the table of examples while an input method composes a syllable in it: whichever way the cell is left,
// nothing of it is lost and nothing is in it twice. Then fields whose text is looked at while it is typed.
#include <QInputMethodEvent>
#include <QLineEdit>
#include <QtTest>

#include "ui/cell_delegate.h"
#include "ui/config_form.h"
#include "ui/example_view.h"

using namespace lathe;

namespace {

void compose(QObject* object, const QString& preedit) {
    QInputMethodEvent event(preedit, {});
    QCoreApplication::sendEvent(object, &event);
}

void commit(QObject* object, const QString& text, const QString& next = {}) {
    QInputMethodEvent event(next, {});
    event.setCommitString(text);
    QCoreApplication::sendEvent(object, &event);
}

}  // namespace

class CellEditTest : public QObject {
    Q_OBJECT

    struct Table {
        ExampleModel model;
        QWidget window;
        ExampleView view{model, &window};
        QLineEdit other{&window};

        Table() {
            model.add_rows(0, 3);
            window.resize(800, 600);
            view.resize(800, 500);
            other.move(0, 550);
            window.show();
            window.activateWindow();
            static_cast<void>(QTest::qWaitForWindowActive(&window));
            view.go_to(0);
        }
        // Of the cell that has the keyboard, opened as by F2.
        CellEdit* open() {
            QTest::keyClick(&view, Qt::Key_F2);
            return editor();
        }
        CellEdit* editor() const {
            for (auto* edit : view.findChildren<CellEdit*>())
                if (edit->isVisible()) return edit;
            return nullptr;
        }
        QString text(int row, int column = ExampleModel::kQuestion) const {
            return model.index(row, column).data(Qt::EditRole).toString();
        }
        QPoint place() const { return {view.currentIndex().column(), view.currentIndex().row()}; }
    };

private Q_SLOTS:
    void initTestCase() { QVERIFY(load_fonts()); }

    // The input method takes its syllable in, then hands the key on.
    void commit_before_enter() {
        Table t;
        CellEdit* edit = t.open();
        QVERIFY(edit != nullptr);
        commit(edit, "안", "녀");
        compose(edit, "녕");
        commit(edit, "녕");
        QTest::keyClick(edit, Qt::Key_Return);
        QCOMPARE(t.text(0), QString("안녕"));
        QCOMPARE(t.place(), QPoint(ExampleModel::kQuestion, 1));
        QVERIFY(t.editor() == nullptr);
    }

    // The key comes first; the syllable follows, at once or after the composed text was taken away.
    void key_before_commit_data() {
        QTest::addColumn<int>("key");
        QTest::addColumn<bool>("in_two_events");
        QTest::addColumn<QPoint>("place");
        for (const bool two : {false, true}) {
            QTest::addRow("Enter, %d", two) << int(Qt::Key_Return) << two << QPoint(ExampleModel::kQuestion, 2);
            QTest::addRow("Tab, %d", two) << int(Qt::Key_Tab) << two << QPoint(ExampleModel::kAnswer, 1);
            QTest::addRow("Shift+Tab, %d", two) << int(Qt::Key_Backtab) << two << QPoint(ExampleModel::kSystem, 0);
        }
    }
    void key_before_commit() {
        QFETCH(int, key);
        QFETCH(bool, in_two_events);
        QFETCH(QPoint, place);
        Table t;
        t.view.go_to(1);
        CellEdit* edit = t.open();
        commit(edit, "안");
        compose(edit, "녕");
        QTest::keyClick(edit, Qt::Key(key));
        QCOMPARE(t.place(), QPoint(ExampleModel::kQuestion, 1));  // not yet
        if (in_two_events) compose(edit, "");
        commit(edit, "녕");
        QCOMPARE(t.text(1), QString("안녕"));
        QCOMPARE(t.place(), place);
        QTest::qWait(150);  // nor once more, later
        QCOMPARE(t.text(1), QString("안녕"));
        QCOMPARE(t.place(), place);
    }

    void an_input_method_that_never_commits() {
        Table t;
        CellEdit* edit = t.open();
        compose(edit, "한");
        QTest::keyClick(edit, Qt::Key_Tab);
        QTRY_COMPARE(t.place(), QPoint(ExampleModel::kAnswer, 0));
        QCOMPARE(t.text(0), QString("한"));
    }

    void a_click_elsewhere() {
        Table t;
        CellEdit* edit = t.open();
        commit(edit, "안");
        compose(edit, "녕");
        t.other.setFocus(Qt::MouseFocusReason);
        QCOMPARE(t.text(0), QString("안녕"));
        QVERIFY(t.editor() == nullptr);
        t.view.go_to(0);
        edit = t.open();
        compose(edit, "하");
        QTest::mouseClick(t.view.viewport(), Qt::LeftButton, {},
                          t.view.visualRect(t.model.index(2, ExampleModel::kAnswer)).center());
        QCOMPARE(t.text(0), QString("안녕하"));
        QCOMPARE(t.place(), QPoint(ExampleModel::kAnswer, 2));
    }

    void escape_gives_the_syllable_up_too() {
        Table t;
        CellEdit* edit = t.open();
        commit(edit, "안");
        compose(edit, "녕");
        QTest::keyClick(edit, Qt::Key_Escape);
        QTest::qWait(150);
        QCOMPARE(t.text(0), QString());
    }

    // Typing over a cell: the table still has the keyboard while the first syllable is composed.
    void a_syllable_that_opens_the_cell() {
        Table t;
        t.model.put_cells(0, 0, {{"old"}, {"old"}});
        t.view.go_to(0);
        compose(&t.view, "하");
        compose(&t.view, "한");
        QVERIFY(t.editor() != nullptr);
        commit(&t.view, "한");
        QCOMPARE(t.text(0), QString("한"));
        QTest::keyClick(t.editor(), Qt::Key_Return);
        QCOMPARE(t.place(), QPoint(ExampleModel::kQuestion, 1));
        compose(&t.view, "글");
        QTest::mouseClick(t.view.viewport(), Qt::LeftButton, {},
                          t.view.visualRect(t.model.index(2, ExampleModel::kAnswer)).center());
        QCOMPARE(t.text(1), QString("글"));
    }

    void one_undo_takes_a_composed_text_back() {
        Table t;
        CellEdit* edit = t.open();
        commit(edit, "안", "녀");
        commit(edit, "녕");
        QTest::keyClick(edit, Qt::Key_Return);
        t.model.history()->undo();
        QCOMPARE(t.text(0), QString());
    }

    // A number's field says what is wrong, with a way out, and is none the worse for it.
    void a_number_field_composes() {
        ConfigForm form;
        form.retranslate();
        form.set_config(read_run_config(LATHE_SOURCE_DIR "/resources/presets/nano.json"));
        FormField* field = form.field("train.max_steps");
        auto* edit = field->findChild<QLineEdit*>();
        edit->clear();
        commit(edit, "700");
        const int64_t steps = form.config().train.max_steps;
        QCOMPARE(steps, int64_t{700});
        compose(edit, "ㅎ");
        compose(edit, "하");
        QCOMPARE(form.config().train.max_steps, steps);  // nothing is typed yet
        QVERIFY(form.is_legal());
        commit(edit, "하");
        QCOMPARE(edit->text(), QString("700하"));
        QVERIFY(!form.is_legal() && !field->problem().isEmpty());
        QCOMPARE(form.config().train.max_steps, steps);
        edit->setText("900");
        Q_EMIT edit->textEdited("900");
        QVERIFY(form.is_legal() && field->problem().isEmpty());
        QCOMPARE(form.config().train.max_steps, int64_t{900});
    }
};

QTEST_MAIN(CellEditTest)
#include "cell_edit_test.moc"

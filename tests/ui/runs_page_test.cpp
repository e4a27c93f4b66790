// The Runs page over a fake engine: empty, a few runs, two hundred, failed ones, long Korean names; by keyboard alone;
// what is ticked, sought and sorted survives a restart; trash with undo, overlay, differences, import, queue.
#include <QHeaderView>
#include <QInputMethodEvent>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QTableView>
#include <cmath>

#include "tests/ui/runs_page_fixture.h"
#include "ui/number_text.h"

using namespace lathe;

class RunsPageTest : public QObject {
    Q_OBJECT

    using Shown = ShownRuns;

private Q_SLOTS:
    void an_empty_record_leads_to_training() {
        Shown s;
        s.list({});
        QSignalSpy wanted(&s.page, &Page::page_wanted);
        QVERIFY(press(s.page, "Train a first run"));
        QCOMPARE(wanted.at(0).at(0).toString(), QStringLiteral("train"));
        QCOMPARE(nameless(s.page), QStringList());
    }

    void runs_are_shown_with_their_figures() {
        Shown s;
        s.list(three());
        QCOMPARE(s.names(), QStringList({QStringLiteral("third"), QStringLiteral("second"), QStringLiteral("first")}));
        QCOMPARE(s.cell(0, RunsModel::kBest), QStringLiteral("2.700"));
        QVERIFY(s.cell(0, RunsModel::kSteps).startsWith(QStringLiteral("103 / 200")));
        QCOMPARE(s.cell(1, RunsModel::kState), QStringLiteral("failed"));
        QVERIFY(s.page.model().index(1, RunsModel::kState).data(Qt::ToolTipRole).toString().contains("7"));
        QCOMPARE(s.cell(2, RunsModel::kTags), QStringLiteral("기준"));
        QCOMPARE(nameless(s.page), QStringList());
    }

    void words_that_are_composed_are_sought_once_they_stand() {
        Shown s;
        s.list({summary(2, "한국어 실험"), summary(1, "first")});
        QInputMethodEvent composing(QStringLiteral("한구"), {});
        QCoreApplication::sendEvent(s.search(), &composing);
        QCOMPARE(s.names().size(), 2);
        QInputMethodEvent committing;
        committing.setCommitString(QStringLiteral("한국어"));
        QCoreApplication::sendEvent(s.search(), &committing);
        QCOMPARE(s.search()->text(), QStringLiteral("한국어"));
        QTRY_COMPARE(s.names(), QStringList{QStringLiteral("한국어 실험")});
    }

    void columns_sort_by_value() {
        Shown s;
        auto runs = three();
        runs[0].best_eval_loss.reset();
        s.list(runs);
        s.page.table().sortByColumn(RunsModel::kBest, Qt::AscendingOrder);
        QCOMPARE(s.names(), QStringList({QStringLiteral("second"), QStringLiteral("first"), QStringLiteral("third")}));
        s.page.table().sortByColumn(RunsModel::kSize, Qt::AscendingOrder);
        QCOMPARE(s.names(), QStringList({QStringLiteral("first"), QStringLiteral("second"), QStringLiteral("third")}));
    }

    void search_looks_at_names_tags_notes_ids_and_states() {
        Shown s;
        s.list(three());
        for (const auto& [words, name] : {std::pair("기준", "first"), std::pair("milk FIRST", "first"),
                                          std::pair("failed", "second"), std::pair("000013", "third")}) {
            s.search()->setText(QString::fromUtf8(words));
            QCOMPARE(s.names(), QStringList{QString::fromUtf8(name)});
        }
        s.search()->setText(QStringLiteral("nothing like it"));
        QVERIFY(s.words().contains(QStringLiteral("No run has these words.")));
    }

    void a_trip_by_keyboard() {
        Shown s;
        s.list(three());
        QTest::keyClick(&s.page, Qt::Key_F, Qt::ControlModifier);
        QCOMPARE(QApplication::focusWidget(), s.search());
        s.page.table().setFocus();
        QCOMPARE(s.page.table().current(), three()[0].run);
        s.key(Qt::Key_Down);
        QCOMPARE(s.page.table().current(), three()[1].run);
        s.key(Qt::Key_Space);
        QCOMPARE(s.page.model().ticked(), std::set<std::string>{three()[1].run});
        s.key(Qt::Key_Space);
        QVERIFY(s.page.model().ticked().empty());
        QSignalSpy wanted(&s.page, &Page::page_wanted);
        s.key(Qt::Key_Return);
        QCOMPARE(wanted.at(0).at(0).toString(), QStringLiteral("train"));
        QCOMPARE(s.f.engine.last<ShowRun>()->run, three()[1].run);
        s.key(Qt::Key_F2);
        auto* editor = s.page.table().findChild<QLineEdit*>();
        QVERIFY(editor != nullptr);
        editor->setText(QStringLiteral("둘째 실행"));
        QTest::keyClick(editor, Qt::Key_Return);
        QTRY_VERIFY(s.f.engine.last<EditRun>() != nullptr);  // an editor commits in the next turn
        QCOMPARE(s.f.engine.last<EditRun>()->name.value_or(""), std::string("둘째 실행"));
        QCOMPARE(s.f.engine.last<EditRun>()->run, three()[1].run);
        s.key(Qt::Key_Delete);
        QCOMPARE(s.f.engine.last<TrashRun>()->run, three()[1].run);
    }

    void a_name_that_is_refused_is_the_old_one_again() {
        Shown s;
        s.list(three());
        QVERIFY(s.page.model().setData(s.page.model().index(0, RunsModel::kName), QStringLiteral("x"), Qt::EditRole));
        s.f.engine.answer<EditRun>(Failed{{.kind = ErrorKind::unwritable, .file = "lathe.db"}});
        QCOMPARE(s.names().first(), QStringLiteral("third"));
        QVERIFY(s.words().contains(QStringLiteral("lathe.db")));
    }

    void the_trash_has_a_way_back() {
        Shown s;
        s.list(three());
        s.key(Qt::Key_Delete);
        RunSummary gone = three()[0];
        gone.trashed = true;
        s.f.engine.answer<TrashRun>(RunChanged{gone});
        QCOMPARE(s.names().size(), 2);
        QVERIFY(s.words().contains(QStringLiteral("“third” is in the trash.")));
        QVERIFY(press(s.page, "Undo"));
        QVERIFY(s.f.engine.last<TrashRun>()->restore);
        s.f.engine.answer<TrashRun>(RunChanged{three()[0]});
        QCOMPARE(s.names(), QStringList({QStringLiteral("third"), QStringLiteral("second"), QStringLiteral("first")}));

        s.page.show_trash(true);
        QVERIFY(s.f.engine.last<ListRuns>()->trashed);
        s.list({gone});
        QCOMPARE(s.names(), QStringList{QStringLiteral("third")});
        QVERIFY(press(s.page, "Restore"));
        QVERIFY(s.f.engine.last<TrashRun>()->restore);
        QVERIFY(press(s.page, "Empty the trash"));
        QCOMPARE(s.f.engine.count<EmptyTrash>(), 1);
        s.f.engine.answer<EmptyTrash>(RunsListed{});
        QVERIFY(s.names().isEmpty());
        QCOMPARE(nameless(s.page), QStringList());
    }

    void a_run_that_trains_is_not_removed() {
        Shown s;
        auto runs = three();
        runs[0].state = "running";
        s.list(runs);
        s.key(Qt::Key_Delete);
        QCOMPARE(s.f.engine.count<TrashRun>(), 0);
        QVERIFY(s.words().contains(QStringLiteral("stays where it is")));
    }

    void ticked_runs_are_drawn_over_each_other() {
        Shown s;
        s.list(three());
        const std::vector<RunDetail> details{detail(three()[0], 1e-3, 2), detail(three()[2], 2e-3, 1)};
        s.page.model().set_ticked({three()[0].run, three()[2].run});
        s.answer_details(details);
        const OverlayPlot& plot = s.page.overlay().plot();
        QCOMPARE(plot.series().size(), size_t{2});
        QVERIFY(plot.isVisible());

        s.page.show_part(RunsPage::Part::settings);
        auto* differences = s.page.findChild<QTableView*>();
        QCOMPARE(differences->model()->rowCount(), 1);
        QCOMPARE(differences->model()->headerData(0, Qt::Vertical).toString(), QStringLiteral("train.learning_rate"));
        QCOMPARE(differences->model()->index(0, 0).data().toString(), QStringLiteral("0.002"));  // the oldest first
        QCOMPARE(differences->model()->index(0, 1).data().toString(), QStringLiteral("0.001"));
    }

    void what_was_ticked_sought_and_sorted_survives() {
        PageFixture f;
        {
            Shown s(&f);
            s.list(three());
            s.page.model().toggle(1);
            s.page.table().sortByColumn(RunsModel::kBest, Qt::AscendingOrder);
            s.search()->setText(QStringLiteral("000"));
            s.page.show_part(RunsPage::Part::queue);
        }
        Shown s(&f);
        s.list(three());
        QCOMPARE(s.page.model().ticked(), std::set<std::string>{three()[1].run});
        QCOMPARE(s.search()->text(), QStringLiteral("000"));
        QCOMPARE(s.names().first(), QStringLiteral("third"));
        QVERIFY(s.words().contains(QStringLiteral("Queue")));
    }

    void two_hundred_runs_of_long_names_have_room() {
        Shown s;
        std::vector<RunSummary> runs;
        const std::string name = "한국어로 된 아주 긴 실행 이름이 표의 칸보다 길어서 끝이 잘려야 합니다";
        for (int i = 0; i < 200; ++i) runs.push_back(summary(i, name + " " + std::to_string(i)));
        s.list(runs);
        QCOMPARE(s.page.model().rowCount(), 200);
        s.page.resize(912, 600);  // in a window of 1024 x 700
        s.page.grab();
        QVERIFY(s.page.table().columnWidth(RunsModel::kName) >= 100);
        QVERIFY(!s.page.table().isColumnHidden(RunsModel::kState));
    }
};

LATHE_PAGE_TEST(RunsPageTest)
#include "runs_page_test.moc"

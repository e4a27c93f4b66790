// The Runs page over a fake engine: empty, a few runs, two hundred, failed ones, long Korean names; by keyboard alone;
// what is ticked, sought and sorted survives a restart; trash with undo, overlay, differences, import, queue.
#include "ui/runs_page.h"

#include <QHeaderView>
#include <QInputMethodEvent>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QTableView>
#include <cmath>

#include "tests/ui/page_fixture.h"
#include "ui/number_text.h"

using namespace lathe;

namespace {

RunSummary summary(int number, const std::string& name, const std::string& state = "finished") {
    RunSummary run{.run = "20260101-0000" + std::to_string(10 + number) + "-x-0001",
                   .name = name,
                   .state = state,
                   .created_at_ms = 1'795'000'000'000 + number * 60'000};
    run.step = 100 + number;
    run.max_steps = 200;
    run.loss = 2.0 + number;
    run.best_eval_loss = 3.0 - 0.1 * number;
    run.elapsed_s = 60 * number;
    run.bytes = 1'000'000 * number;
    run.curve = {4, 3, NAN, 2.5, 2};
    run.checkpoints = {{.step = 100, .path = "p", .bytes = 1'000'000, .best = true}};
    return run;
}

std::vector<RunSummary> three() {
    RunSummary failed = summary(2, "second", "failed");
    failed.error = Error{.kind = ErrorKind::non_finite, .key = "step 7"};
    RunSummary tagged = summary(1, "first", "stopped");
    tagged.tags = {"기준"};
    tagged.note = "remember the milk";
    tagged.tuned = true;
    return {summary(3, "third"), failed, tagged};
}

RunDetail detail(const RunSummary& run, double rate, double loss = 2) {
    RunConfig config;
    config.train.learning_rate = rate;
    RunDetail detail;
    detail.summary = run;
    detail.config_json = to_json(config);
    for (int64_t step = 1; step <= 20; ++step)
        detail.metrics.push_back({.step = step,
                                  .loss = step == 5 ? NAN : loss + 1.0 / static_cast<double>(step),
                                  .eval_loss = step % 10 == 0 ? std::optional(loss + 0.5) : std::nullopt,
                                  .tokens = step * 100,
                                  .elapsed_s = static_cast<double>(step)});
    return detail;
}

}  // namespace

class RunsPageTest : public QObject {
    Q_OBJECT

    struct Shown {
        std::unique_ptr<PageFixture> own;
        PageFixture& f;
        RunsPage page;

        explicit Shown(PageFixture* shared = nullptr)
            : own(shared == nullptr ? std::make_unique<PageFixture>() : nullptr),
              f(shared == nullptr ? *own : *shared),
              page(f.context) {
            page.resize(1200, 800);
            page.show();
            page.activateWindow();  // the keyboard is the active window's
            static_cast<void>(QTest::qWaitForWindowActive(&page));
            page.entered();
        }
        void list(const std::vector<RunSummary>& runs) { f.engine.answer<ListRuns>(RunsListed{runs}); }
        QString cell(int row, int column) const { return page.model().index(row, column).data().toString(); }
        QStringList names() const {
            QStringList names;
            for (int row = 0; row < page.model().rowCount(); ++row) names << cell(row, RunsModel::kName);
            return names;
        }
        void key(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
            QTest::keyClick(&page.table(), key, modifiers);
        }
        QLineEdit* search() const { return page.findChild<QLineEdit*>(); }
        // Answers for the ticked runs as they are asked for.
        void answer_details(const std::vector<RunDetail>& details) {
            for (size_t asked = 0; asked < details.size(); ++asked)
                for (const RunDetail& one : details)
                    if (f.engine.last<ShowRun>()->run == one.summary.run) {
                        f.engine.answer<ShowRun>(one);
                        break;
                    }
            QCoreApplication::processEvents();
        }
        QString words() const {
            QCoreApplication::processEvents();
            QStringList words;
            for (const QLabel* label : page.findChildren<QLabel*>())
                if (label->isVisible()) words << label->text();
            return words.join(QLatin1Char('\n'));
        }
    };

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

    void note_and_tags_are_kept_as_they_are_written() {
        Shown s;
        s.list(three());
        auto* note = s.page.findChild<QPlainTextEdit*>();
        note->setFocus();
        note->setPlainText(QStringLiteral("너무 뜨겁다"));
        s.page.table().setFocus();
        QCOMPARE(s.f.engine.last<EditRun>()->note.value_or(""), std::string("너무 뜨겁다"));
        QVERIFY(!s.f.engine.last<EditRun>()->tags);
        QCOMPARE(tags_of(QStringLiteral(" a, b ,, a,c d")), (std::vector<std::string>{"a", "b", "c d"}));
        s.key(Qt::Key_Down);  // another run: another note
        QVERIFY(note->toPlainText().isEmpty());
    }

    void a_run_leads_to_the_other_pages() {
        Shown s;
        s.list(three());
        s.page.table().choose(three()[2].run);
        QSignalSpy models(&s.page, &Page::model_wanted), configs(&s.page, &Page::config_wanted),
            comparisons(&s.page, &RunsPage::comparison_wanted);
        QVERIFY(press(s.page, "Chat"));
        QVERIFY(press(s.page, "Export…"));
        QCOMPARE(models.count(), 2);
        QCOMPARE(models.at(1).at(1).value<ModelSource>().run, three()[2].run);
        QVERIFY(press(s.page, "Against base"));
        QCOMPARE(comparisons.count(), 1);
        QVERIFY(press(s.page, "Copy settings"));
        s.f.engine.answer<ShowRun>(detail(three()[2], 5e-4));
        QCOMPARE(configs.count(), 1);
        QCOMPARE(configs.at(0).at(1).value<RunConfig>().train.learning_rate, 5e-4);
        QVERIFY(press(s.page, "Run again later"));
        s.f.engine.answer<ShowRun>(detail(three()[2], 5e-4));
        QCOMPARE(s.f.queue.runs().size(), size_t{1});
        QVERIFY(press(s.page, "Resume"));
        QCOMPARE(s.f.engine.last<StartTraining>()->resume, three()[2].run);
    }

    void every_deed_is_an_action() {
        Shown s;
        s.list(three());
        s.page.table().choose(three()[2].run);
        const auto action = [&](const char* text) -> QAction* {
            for (QAction* one : s.page.actions())
                if (one->text() == QString::fromUtf8(text)) return one;
            return nullptr;
        };
        for (const QAction* one : s.page.actions()) QVERIFY(!one->text().isEmpty());
        for (const char* text :
             {"Show the chosen run", "Rename the chosen run", "Resume the chosen run", "Chat with the chosen run",
              "Export the chosen run…", "Compare the chosen run with its base", "Copy the settings of the chosen run",
              "Run the chosen run again later", "Open the folder of the chosen run",
              "Write TensorBoard files of the chosen run…", "Move the chosen runs to the trash"}) {
            QVERIFY2(action(text) != nullptr && action(text)->isEnabled(), text);
            QVERIFY2(s.page.table().actions().contains(action(text)), text);  // the menu of its row
        }
        QVERIFY(!action("Take the chosen runs out of the trash")->isEnabled());
        action("Rename the chosen run")->trigger();
        auto* editor = s.page.table().findChild<QLineEdit*>();
        QVERIFY(editor != nullptr);
        // What is being written is not cut off when the record comes anew, in another order.
        editor->setText(QStringLiteral("half a na"));
        s.f.runs.refresh();
        s.list({three()[2], three()[0], three()[1], summary(9, "ninth", "running")});
        QVERIFY(s.page.table().is_renaming());
        QCOMPARE(editor->text(), QStringLiteral("half a na"));
        QTest::keyClick(editor, Qt::Key_Escape);

        s.page.show_trash(true);
        QVERIFY(!action("Rename the chosen run")->isEnabled() && !action("Rename the chosen run")->isVisible());
        s.list({three()[0]});
        QVERIFY(action("Take the chosen runs out of the trash")->isEnabled());
        action("Take the chosen runs out of the trash")->trigger();
        QVERIFY(s.f.engine.last<TrashRun>()->restore);
        s.page.show_trash(false);

        QVERIFY(!action("Queue: Start the queue")->isEnabled());
        s.f.queue.add({}, "a");
        QVERIFY(action("Queue: Start the queue")->isEnabled());
        action("Queue: Start the queue")->trigger();
        QCOMPARE(s.f.engine.last<StartTraining>()->config_file, std::string("a.json"));
        QVERIFY(s.page.findChild<QueuePanel*>()->isVisible());
    }

    void the_side_tells_the_size_on_disk() {
        Shown s;
        s.list(three());
        QVERIFY(s.words().contains(QStringLiteral("On disk\n") + bytes_text(3'000'000)));
    }

    void the_queue_is_ordered_by_keys() {
        Shown s;
        s.list(three());
        for (const char* name : {"a", "b", "c"}) s.f.queue.add({}, name);
        s.page.show_part(RunsPage::Part::queue);
        auto* list = s.page.findChild<QueuePanel*>()->findChild<QListWidget*>();
        list->setCurrentRow(2);
        list->setFocus();
        QTest::keyClick(list, Qt::Key_Up, Qt::AltModifier);
        QCOMPARE(s.f.queue.runs()[1].name, std::string("c"));
        QCOMPARE(list->currentRow(), 1);
        QTest::keyClick(list, Qt::Key_Delete);
        QCOMPARE(s.f.queue.runs().size(), size_t{2});
        QVERIFY(s.words().contains(QStringLiteral("“c” is out of the queue.")));
        QVERIFY(press(s.page, "Undo"));
        QCOMPARE(s.f.queue.runs()[1].name, std::string("c"));
        QVERIFY(press(s.page, "Start the queue"));
        QCOMPARE(s.f.engine.last<StartTraining>()->config_file, std::string("a.json"));
        QCOMPARE(nameless(s.page), QStringList());
    }

    void an_import_tells_what_was_left_out() {
        Shown s;
        s.list(three());
        s.f.runs.import("/elsewhere");
        QCOMPARE(s.f.engine.last<ImportRuns>()->folder, std::string("/elsewhere"));
        s.f.engine.answer<ImportRuns>(Progress{.what = "import", .unit = "bytes", .done = 1, .total = 4});
        QVERIFY(button_of(s.page, "Import…") == nullptr);
        s.f.engine.answer<ImportRuns>(
            RunsImported{.runs = {"a", "b"}, .left_out = {{.kind = ErrorKind::malformed, .file = "checkpoint-7"}}});
        QVERIFY(s.words().contains(QStringLiteral("2 runs were imported.")));
        QVERIFY(s.words().contains(QStringLiteral("checkpoint-7")));
        QVERIFY(button_of(s.page, "Import…") != nullptr);
    }

    void two_hundred_runs_and_long_names_take_no_time() {
        Shown s;
        std::vector<RunSummary> runs;
        const std::string name = "한국어로 된 아주 긴 실행 이름이 표의 칸보다 길어서 끝이 잘려야 합니다";
        for (int i = 0; i < 200; ++i) runs.push_back(summary(i, name + " " + std::to_string(i)));
        QElapsedTimer clock;
        clock.start();
        s.list(runs);
        s.page.grab();
        QVERIFY2(clock.elapsed() < 2000, qPrintable(QString::number(clock.elapsed())));
        QCOMPARE(s.page.model().rowCount(), 200);
        s.page.resize(912, 600);  // in a window of 1024 x 700
        s.page.grab();
        QVERIFY(s.page.table().columnWidth(RunsModel::kName) >= 100);
        QVERIFY(!s.page.table().isColumnHidden(RunsModel::kState));
    }
};

LATHE_PAGE_TEST(RunsPageTest)
#include "runs_page_test.moc"

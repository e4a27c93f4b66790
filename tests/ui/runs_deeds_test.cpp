// What is done with runs on their page: notes and tags, the other pages, the palette, the queue, an import.
#include <QListWidget>
#include <QPlainTextEdit>

#include "tests/ui/runs_page_fixture.h"
#include "ui/number_text.h"

using namespace lathe;

class RunsDeedsTest : public QObject {
    Q_OBJECT

    using Shown = ShownRuns;

private Q_SLOTS:
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

    void what_is_shown_is_ticked_in_one_step() {
        Shown s;
        std::vector<RunSummary> runs = three();
        for (int number = 4; number < 24; ++number)
            runs.push_back(summary(number, "sweep · seed " + std::to_string(number)));
        s.list(runs);
        s.page.model().set_ticked({three()[0].run});
        s.page.table().sortByColumn(RunsModel::kBest, Qt::AscendingOrder);
        s.search()->setText(QStringLiteral("sweep"));
        QVERIFY(press(s.page, "Tick what is shown"));
        QCOMPARE(s.page.model().ticked().size(), RunOverlay::kMostRuns);
        for (int row = 0; row < 12; ++row)  // the best of them
            QVERIFY(s.page.model().ticked().count(s.page.model().run(row).run) > 0);
        QVERIFY(s.words().contains(QStringLiteral("Ticked: 12 of the 20 that are shown.")));
        QVERIFY(press(s.page, "Undo"));
        QCOMPARE(s.page.model().ticked(), std::set<std::string>{three()[0].run});
        s.search()->setText(QStringLiteral("no such run"));
        QVERIFY(!press(s.page, "Tick what is shown"));
    }

    void the_best_of_the_ticked_is_exported() {
        Shown s;
        std::vector<RunSummary> runs = three();  // the higher its number, the less its loss
        runs[0].checkpoints.clear();
        s.list(runs);
        const auto actions = s.page.actions();
        const auto action = std::find_if(actions.begin(), actions.end(), [](const QAction* one) {
            return one->text() == QStringLiteral("Export the best of the ticked runs…");
        });
        QVERIFY(action != actions.end() && !(*action)->isEnabled());
        s.page.model().set_ticked({runs[0].run});
        QVERIFY(!(*action)->isEnabled());  // nothing of it is kept
        s.page.model().set_ticked({runs[0].run, runs[1].run, runs[2].run});
        QSignalSpy models(&s.page, &Page::model_wanted);
        (*action)->trigger();
        QCOMPARE(models.count(), 1);
        QCOMPARE(models.at(0).at(0).toString(), QStringLiteral("export"));
        QCOMPARE(models.at(0).at(1).value<ModelSource>().run, runs[1].run);
        QCOMPARE(models.at(0).at(1).value<ModelSource>().checkpoint, std::string("best"));
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
};

LATHE_PAGE_TEST(RunsDeedsTest)
#include "runs_deeds_test.moc"

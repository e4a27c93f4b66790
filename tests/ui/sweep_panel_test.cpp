// The sweep on the Train page: put together by keys, refused where a value is wrong or there are too many runs, queued
// as one change, kept as it is typed.
#include <QAction>
#include <QTranslator>
#include <algorithm>
#include <set>

#include "tests/ui/train_page_fixture.h"
#include "ui/number_text.h"

using namespace lathe;

class SweepPanelTest : public QObject {
    Q_OBJECT

    struct Sweep {
        Window w;
        SweepPanel& panel = *w.page.sweep();

        Sweep() {
            w.page.activateWindow();  // the keyboard is the active window's
            static_cast<void>(QTest::qWaitForWindowActive(&w.page));
        }
        QPushButton* opener() const {
            for (QPushButton* button : w.page.findChildren<QPushButton*>())
                if (button->accessibleName().startsWith(QStringLiteral("Queue a sweep:"))) return button;
            return nullptr;
        }
        DropDown* setting(int row) const { return panel.findChildren<DropDown*>()[row]; }
        QLineEdit* values(int row) const {
            QList<QLineEdit*> edits = panel.findChildren<QLineEdit*>();
            edits.removeOne(panel.findChild<QLineEdit*>(QStringLiteral("sweep_count")));
            return edits[row];
        }
        // As a user would.
        void choose(int row, const char* key, const char* typed) const {
            const int index = setting(row)->findData(QString::fromUtf8(key));
            QVERIFY2(index > 0, key);
            setting(row)->setCurrentIndex(index);
            Q_EMIT setting(row)->activated(index);
            type(values(row), QString::fromUtf8(typed));
        }
        static void type(QLineEdit* edit, const QString& text) {
            edit->setText(text);
            Q_EMIT edit->textEdited(text);
        }
        bool can_queue() const { return button_of(panel, "Queue the sweep")->isEnabled(); }
        QString words() const { return words_of(panel); }
        std::vector<std::string> queued() const {
            std::vector<std::string> names;
            for (const QueuedRun& run : w.queue.runs()) names.push_back(run.name);
            return names;
        }
    };

private Q_SLOTS:
    void a_trip_by_keyboard() {
        Sweep s;
        s.w.queue.add({}, "before");
        QVERIFY(!s.panel.isVisible());
        s.opener()->setFocus();
        QTest::keyClick(s.opener(), Qt::Key_Space);
        QVERIFY(s.panel.isVisible());
        QVERIFY(!s.can_queue());
        QCOMPARE(QApplication::focusWidget(), s.setting(0));
        QVERIFY(!s.setting(1)->isVisible());
        QTest::keyClick(s.setting(0), Qt::Key_Down);  // what is swept most
        QCOMPARE(s.setting(0)->currentText(), QStringLiteral("train.learning_rate"));
        QVERIFY(s.setting(1)->isVisible());
        QTest::keyClick(s.setting(0), Qt::Key_Tab);
        QCOMPARE(QApplication::focusWidget(), s.values(0));
        QTest::keyClicks(s.values(0), QStringLiteral("1e-4, 2e-4, 5e-4"));
        QVERIFY(s.words().contains(QStringLiteral("Runs: 3.\nnano · learning_rate 1e-4\n")));
        QCOMPARE(nameless(s.w.page), QStringList());
        QTest::keyClick(s.values(0), Qt::Key_Return);
        QVERIFY(!s.panel.isVisible());
        const std::vector<std::string> names = {"before", "nano · learning_rate 1e-4", "nano · learning_rate 2e-4",
                                                "nano · learning_rate 5e-4"};
        QCOMPARE(s.queued(), names);
        RunConfig expected = s.w.page.setup()->config();
        expected.train.learning_rate = 5e-4;
        QCOMPARE(s.w.engine.last<SaveQueue>()->runs.back().config_json, to_json(expected));
        QVERIFY(s.w.banner().contains(QStringLiteral("Runs: 3.")));
        QVERIFY(press(s.w.page, "Undo"));  // the whole of it, and nothing else
        QCOMPARE(s.queued(), std::vector<std::string>{"before"});
        QCOMPARE(s.w.engine.last<SaveQueue>()->runs.size(), size_t{1});
        QCOMPARE(s.w.engine.count<StartTraining>(), 0);
    }

    void undo_is_of_the_sweep_alone() {
        Sweep s;
        s.opener()->click();
        s.choose(0, "train.seed", "1, 2");
        QVERIFY(press(s.panel, "Queue the sweep"));
        QVERIFY(button_of(s.w.page, "Undo") != nullptr);
        s.w.queue.add({}, "later");
        QVERIFY(button_of(s.w.page, "Undo") == nullptr);
    }

    void escape_leaves_it_and_what_is_typed_stays() {
        Sweep s;
        const auto actions = s.w.page.actions();
        const auto action = std::find_if(actions.begin(), actions.end(), [](const QAction* one) {
            return one->text() == QStringLiteral("Queue a sweep");
        });
        QVERIFY(action != actions.end() && (*action)->isEnabled());
        (*action)->trigger();
        QVERIFY(s.panel.isVisible());
        s.choose(0, "train.seed", "1, 2");
        QTest::keyClick(s.values(0), Qt::Key_Escape);
        QVERIFY(!s.panel.isVisible());
        QVERIFY(s.queued().empty());
        (*action)->trigger();
        QCOMPARE(s.values(0)->text(), QStringLiteral("1, 2"));
        QVERIFY(s.can_queue());
    }

    void a_wrong_value_is_named_in_place() {
        Sweep s;
        s.opener()->click();
        s.choose(0, "train.learning_rate", "1e-4, 11, 12");
        QVERIFY(s.words().contains(QStringLiteral("“11” must be 0 to 10")));
        QVERIFY(s.values(0)->property("wrong").toBool());
        QVERIFY(!s.can_queue());
        QTest::keyClick(s.values(0), Qt::Key_Return);
        QVERIFY(s.queued().empty() && s.panel.isVisible());
        QVERIFY(press(s.panel, "use 10"));
        QCOMPARE(s.values(0)->text(), QStringLiteral("1e-4, 10, 12"));
        QVERIFY(s.words().contains(QStringLiteral("“12” must be 0 to 10")));
        Sweep::type(s.values(0), QStringLiteral("1e-4, fast"));
        QVERIFY(s.words().contains(QStringLiteral("“fast”")));
        Sweep::type(s.values(0), QStringLiteral("1e-4"));
        QVERIFY(s.can_queue());
        QVERIFY(!s.values(0)->property("wrong").toBool());
        s.choose(1, "train.learning_rate", "2e-4");
        QVERIFY(s.words().contains(QStringLiteral("It is chosen above already.")));
        QVERIFY(!s.can_queue());
    }

    void values_that_do_not_go_together_are_told() {
        Sweep s;
        s.opener()->click();
        s.choose(0, "model.num_attention_heads", "4, 2");
        s.choose(1, "model.num_key_value_heads", "2, 4");
        QVERIFY(!s.can_queue());
        QVERIFY(s.words().contains(QStringLiteral("“nano · num_attention_heads 2 · num_key_value_heads 4” is not")));
        Sweep::type(s.values(1), QStringLiteral("1, 2"));
        QVERIFY(s.can_queue());
    }

    void too_many_are_refused_and_some_can_be_drawn() {
        Sweep s;
        s.opener()->click();
        s.choose(0, "train.learning_rate", "1e-4, 2e-4, 3e-4, 4e-4, 5e-4");
        s.choose(1, "train.seed", "1, 2, 3, 4, 5");
        s.choose(2, "train.weight_decay", "0, .1, .2");
        QVERIFY(!s.can_queue());
        QVERIFY(s.words().contains(QStringLiteral("These are 75 runs")));
        QVERIFY(press(s.panel, "Some at random"));
        auto* count = s.panel.findChild<QLineEdit*>(QStringLiteral("sweep_count"));
        QVERIFY(count->isVisible());
        for (const char* wrong : {"65", "0", "", "many"}) {
            Sweep::type(count, QString::fromUtf8(wrong));
            QVERIFY2(!s.can_queue(), wrong);
        }
        Sweep::type(count, QStringLiteral("12"));
        QVERIFY(press(s.panel, "Queue the sweep"));
        const std::vector<std::string> first = s.queued();
        QCOMPARE(std::set<std::string>(first.begin(), first.end()).size(), size_t{12});
        s.w.queue.undo();
        QVERIFY(s.queued().empty());
        s.opener()->click();
        QVERIFY(press(s.panel, "Queue the sweep"));
        QCOMPARE(s.queued(), first);  // the same draw
    }

    void it_says_how_long_all_would_take() {
        Sweep s;
        QTRY_VERIFY(s.w.engine.count<EstimateRun>() > 0);
        EstimateDone done;
        done.bytes = {{"weights", 100}};
        done.memory_bytes = 1000;
        done.tokens_per_step = 1000;
        done.tokens_per_s = 100;
        s.w.engine.say(s.w.engine.last_request<EstimateRun>(), done);
        s.opener()->click();
        s.choose(0, "train.seed", "1, 2, 3");
        QCOMPARE(s.w.page.setup()->config().train.max_steps, int64_t{1000});
        QVERIFY(s.words().contains(duration_text(3 * 1000 * 1000 / 100)));
    }

    void it_waits_while_the_form_is_wrong() {
        Sweep s;
        s.opener()->click();
        s.choose(0, "train.learning_rate", "1e-4, 2e-4");
        s.w.type("train.max_steps", QStringLiteral("12x"));
        QVERIFY(!s.can_queue());
        QVERIFY(s.words().contains(QStringLiteral("max_steps")));
        s.w.type("train.max_steps", QStringLiteral("12"));
        QVERIFY(press(s.panel, "Queue the sweep"));
        QCOMPARE(parse_run_config(s.w.queue.runs().back().config_json, "").train.max_steps, int64_t{12});
    }

    void a_setting_that_is_gone_is_told() {
        Sweep s;
        s.opener()->click();
        s.choose(0, "model.num_hidden_layers", "2, 3");
        QVERIFY(s.can_queue());
        s.w.page.setup()->set_base("/models/base");
        s.w.page.entered();
        QVERIFY(s.words().contains(QStringLiteral("This run has no such setting.")));
        QCOMPARE(s.values(0)->text(), QStringLiteral("2, 3"));
        QVERIFY(!s.can_queue());
        s.choose(0, "lora.r", "8, 16");
        QVERIFY(!s.words().contains(QStringLiteral("This run has no such setting.")));
    }

    void what_is_half_typed_outlives_the_window() {
        Sweep s;
        s.opener()->click();
        s.choose(0, "train.learning_rate", "1e-4, 2e-");
        QVERIFY(press(s.panel, "Some at random"));
        Sweep::type(s.panel.findChild<QLineEdit*>(QStringLiteral("sweep_count")), QStringLiteral("5"));
        s.w.settings.sync();
        QSettings settings(s.w.settings.fileName(), QSettings::IniFormat);
        TrainPage again(PageContext{s.w.engine, s.w.run, s.w.runs, s.w.paths, settings, s.w.queue, settings});
        again.resize(1200, 800);
        again.show();
        SweepPanel& panel = *again.sweep();
        QVERIFY(panel.isVisible());
        QCOMPARE(panel.findChildren<DropDown*>()[0]->currentText(), QStringLiteral("train.learning_rate"));
        QCOMPARE(panel.findChildren<QLineEdit*>()[0]->text(), QStringLiteral("1e-4, 2e-"));
        QCOMPARE(panel.findChild<QLineEdit*>(QStringLiteral("sweep_count"))->text(), QStringLiteral("5"));
        QVERIFY(words_of(panel).contains(QStringLiteral("“2e-”")));
    }

    void it_is_said_in_korean() {
        Sweep s;
        QTranslator korean;
        QVERIFY(korean.load(QStringLiteral(":/translations/lathe_ko.qm")));
        QCoreApplication::installTranslator(&korean);
        QCoreApplication::processEvents();
        s.w.page.take_config(s.w.page.setup()->config(), QStringLiteral("한국어 말뭉치"));
        s.w.page.sweep()->set_open(true);
        s.w.page.entered();
        s.choose(0, "train.learning_rate", "1e-4, 2e-4");
        QPushButton* queue = button_of(s.panel, "대기열에 넣기");
        QVERIFY(queue != nullptr && queue->isEnabled());
        QVERIFY(s.words().contains(QStringLiteral("실행 2개")));
        queue->click();
        QCOMPARE(s.queued().front(), std::string("한국어 말뭉치 · learning_rate 1e-4"));
        QCoreApplication::removeTranslator(&korean);
    }
};

LATHE_PAGE_TEST(SweepPanelTest)
#include "sweep_panel_test.moc"

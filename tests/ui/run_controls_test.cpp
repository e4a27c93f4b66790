// The card of controls: what is typed or drawn is asked for once, what is refused says why, and only a run that trains
// can be changed.
#include <QSlider>
#include <QtTest>

#include "engine/base/train_controls.h"
#include "tests/ui/fake_engine.h"
#include "ui/run_controls.h"

using namespace lathe;

class RunControlsTest : public QObject {
    Q_OBJECT

    struct Live {
        FakeEngine engine;
        RunWatch run{engine};
        RunControls card{run};
        RequestId id = 0;

        Live() { card.show(); }
        void begin() {
            run.start({.config = RunConfig{}, .config_file = "nano.json", .resume = {}});
            id = engine.last_request<StartTraining>();
            engine.say(id, TrainStarted{.run = "r", .step = 0, .max_steps = 100});
            step(1);
        }
        void step(int64_t step) { engine.say(id, TrainProgress{.run = "r", .step = step, .max_steps = 100}); }
        QLineEdit* field(const char* key) const { return card.findChild<QLineEdit*>(QLatin1String(key)); }
        void type(const char* key, const QString& text) const {
            QLineEdit* edit = field(key);
            edit->setText(text);
            Q_EMIT edit->editingFinished();
        }
        TrainControls asked() const { return engine.last<ControlTraining>()->controls; }
        void grant() { engine.say(id, ControlsChanged{.run = "r", .step = 1, .controls = asked()}); }
        QPushButton* button(const QString& text) const {
            for (QPushButton* one : card.findChildren<QPushButton*>())
                if (one->text() == text) return one;
            return nullptr;
        }
        QStringList problems() const {
            QStringList found;
            for (const QLineEdit* edit : card.findChildren<QLineEdit*>())
                if (edit->property("wrong").toBool()) found << edit->objectName();
            return found;
        }
        bool says(const QString& text) const {
            for (const QLabel* label : card.findChildren<QLabel*>())
                if (!label->isHidden() && label->text().contains(text)) return true;
            return false;
        }
    };

private Q_SLOTS:
    void initTestCase() { QVERIFY(load_fonts()); }

    void only_a_run_that_trains_is_changed() {
        Live live;
        QVERIFY(!live.field("stop_at_step")->isEnabled());
        QVERIFY(!live.button(QStringLiteral("Sample now"))->isEnabled());
        live.begin();
        QVERIFY(live.field("stop_at_step")->isEnabled());
        QVERIFY(live.card.findChild<QSlider*>()->isEnabled());
        live.engine.say(live.id, StateChanged{EngineState::paused});
        QVERIFY(live.field("stop_at_step")->isEnabled());
        live.engine.say(live.id, StateChanged{EngineState::working});  // it closes
        QVERIFY(!live.field("stop_at_step")->isEnabled());
        live.engine.say(live.id, TrainDone{.run = "r", .state = "stopped", .reason = "user", .steps = 1});
        QVERIFY(!live.field("max_grad_norm")->isEnabled());
    }

    void what_is_typed_is_asked_for_once() {
        Live live;
        live.begin();
        live.type("learning_rate_multiplier", QStringLiteral("0.25"));
        QCOMPARE(live.asked().learning_rate_multiplier, 0.25);
        live.type("stop_after_s", QStringLiteral("1.5"));  // minutes; before the first is answered
        QVERIFY(control_changes({.learning_rate_multiplier = 0.25, .stop_after_s = 90}, live.asked()).empty());
        live.type("early_stopping_patience", QStringLiteral("3"));
        live.type("stop_at_loss", QStringLiteral("2.5"));
        live.type("stop_at_loss", QStringLiteral("2.5"));
        QCOMPARE(live.engine.count<ControlTraining>(), 4);
        live.type("stop_after_s", QString());
        QVERIFY(!live.asked().stop_after_s);
        QCOMPARE(*live.asked().early_stopping_patience, int64_t{3});
        QCOMPARE(*live.asked().stop_at_loss, 2.5);
        QVERIFY(live.problems().isEmpty());
    }

    void the_slider_asks_when_it_rests() {
        Live live;
        live.begin();
        auto* slider = live.card.findChild<QSlider*>();
        for (int value = 0; value >= -20; --value) slider->setValue(value);
        QCOMPARE(live.engine.count<ControlTraining>(), 0);
        QCOMPARE(live.field("learning_rate_multiplier")->text(), QStringLiteral("0.1"));
        QTRY_COMPARE(live.engine.count<ControlTraining>(), 1);
        QCOMPARE(live.asked().learning_rate_multiplier, 0.1);
        live.grant();
        live.type("learning_rate_multiplier", QStringLiteral("10"));
        live.grant();
        QCOMPARE(slider->value(), 20);
        QTest::qWait(400);
        QCOMPARE(live.engine.count<ControlTraining>(), 2);  // the slider that follows asks for nothing
    }

    void a_wrong_value_says_so_and_asks_nothing() {
        Live live;
        live.begin();
        for (const char* wrong : {"fast", "-1", "101", "nan"}) {
            live.type("learning_rate_multiplier", QLatin1String(wrong));
            QCOMPARE(live.problems(), QStringList{QStringLiteral("learning_rate_multiplier")});
            QVERIFY(live.says(QStringLiteral("0 to 100")));
        }
        live.type("stop_at_step", QStringLiteral("2.5"));
        QCOMPARE(live.engine.count<ControlTraining>(), 0);
        live.type("stop_at_step", QStringLiteral("50"));
        QVERIFY(live.engine.count<ControlTraining>() == 1 && live.problems().isEmpty());
    }

    void a_refusal_says_why_and_the_values_in_force_come_back() {
        Live live;
        live.begin();
        live.type("stop_at_step", QStringLiteral("1"));
        live.engine.answer<ControlTraining>(Failed{
            {.kind = ErrorKind::out_of_range, .key = "stop_at_step", .expected = "what the run has not reached yet"}});
        QCOMPARE(live.problems(), QStringList{QStringLiteral("stop_at_step")});
        QVERIFY(live.says(QStringLiteral("what the run has not reached yet")));
        QVERIFY(live.field("stop_at_step")->text().isEmpty());
    }

    void the_engines_values_are_shown() {
        Live live;
        live.begin();
        live.engine.say(live.id, ControlsChanged{.run = "r",
                                                 .step = 1,
                                                 .controls = {.learning_rate_multiplier = 0.5,
                                                              .max_grad_norm = 0.3,
                                                              .stop_at_step = 90,
                                                              .stop_after_s = 3600}});
        QCOMPARE(live.field("learning_rate_multiplier")->text(), QStringLiteral("0.5"));
        QCOMPARE(live.card.findChild<QSlider*>()->value(), -6);
        QCOMPARE(live.field("max_grad_norm")->text(), QStringLiteral("0.3"));
        QCOMPARE(live.field("stop_at_step")->text(), QStringLiteral("90"));
        QCOMPARE(live.field("stop_after_s")->text(), QStringLiteral("60"));
        QVERIFY(live.field("stop_at_loss")->text().isEmpty());
    }

    void evaluates_and_samples() {
        Live live;
        live.begin();
        live.button(QStringLiteral("Evaluate now"))->click();
        live.button(QStringLiteral("Sample now"))->click();
        QCOMPARE(live.engine.count<EvaluateTraining>(), 1);
        QCOMPARE(live.engine.count<SampleTraining>(), 1);
        // A step that has been measured is not measured again.
        live.engine.say(live.id, StateChanged{EngineState::paused});
        live.engine.say(live.id, Validated{.run = "r", .step = 1, .loss = 2});
        QVERIFY(!live.button(QStringLiteral("Evaluate now"))->isEnabled());
        QVERIFY(live.button(QStringLiteral("Sample now"))->isEnabled());
    }
};

QTEST_MAIN(RunControlsTest)
#include "run_controls_test.moc"

// What ends a run before its last step, when a validation loss rises, and how controls are checked, kept and told.
#include <QtTest>
#include <cmath>

#include "engine/base/train_controls.h"
#include "engine/train/stop_rules.h"

using namespace lathe;
using namespace std::string_literals;

namespace {

ValidationTrend trend_of(const std::vector<double>& losses) {
    ValidationTrend trend;
    int64_t step = 0;
    for (const double loss : losses) trend.add(step += 10, loss);
    return trend;
}

std::string reason(const TrainControls& controls, const RunPosition& at) {
    const StopRule* rule = met_rule(controls, at);
    return rule != nullptr ? rule->reason : "";
}

std::string refused_key(const TrainControls& controls) {
    const auto error = error_of([&] { check_controls(controls); });
    return error && error->kind == ErrorKind::out_of_range ? error->key : "";
}

}  // namespace

class StopRulesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void each_rule_is_met_at_its_edge() {
        QCOMPARE(reason({}, {.step = 1'000'000, .elapsed_s = 1e9, .validations = trend_of({1, 2, 3, 4})}), ""s);
        QCOMPARE(reason({.stop_at_step = 50}, {.step = 49}), ""s);
        QCOMPARE(reason({.stop_at_step = 50}, {.step = 50}), "step"s);
        QCOMPARE(reason({.stop_after_s = 60}, {.step = 5, .elapsed_s = 59.9}), ""s);
        QCOMPARE(reason({.stop_after_s = 60}, {.step = 5, .elapsed_s = 60}), "time"s);
        QCOMPARE(reason({.stop_at_loss = 2}, {.step = 5}), ""s);
        QCOMPARE(reason({.stop_at_loss = 2}, {.step = 5, .validations = trend_of({1.5, 2.1})}),
                 ""s);  // the last counts
        QCOMPARE(reason({.stop_at_loss = 2}, {.step = 5, .validations = trend_of({2.5, 2.0})}), "loss"s);
        QCOMPARE(reason({.early_stopping_patience = 2}, {.validations = trend_of({3, 2, 2.5})}), ""s);
        QCOMPARE(reason({.early_stopping_patience = 2}, {.validations = trend_of({3, 2, 2.5, 2})}), "patience"s);
        QCOMPARE(reason({.early_stopping_patience = 2}, {.validations = trend_of({3, 2, 2.5, 1.9, 2.5})}), ""s);
        QCOMPARE(reason({.early_stopping_patience = 2}, {.validations = trend_of({2, NAN, NAN})}), "patience"s);
    }

    void a_resume_goes_on_without_what_is_met() {
        const TrainControls controls{.learning_rate_multiplier = 0.5,
                                     .stop_at_step = 20,
                                     .stop_at_loss = 1,
                                     .stop_after_s = 5,
                                     .early_stopping_patience = 1};
        const TrainControls left =
            without_met_rules(controls, {.step = 20, .elapsed_s = 5, .validations = trend_of({2, 3})});
        QCOMPARE(control_changes(controls, left),
                 (std::vector<std::string>{"stop_at_step none", "stop_after_s none", "early_stopping_patience none"}));
        QCOMPARE(left.learning_rate_multiplier, 0.5);
    }

    void a_rise_is_two_validations_above_the_best() {
        std::vector<int64_t> said;
        ValidationTrend trend;
        int64_t step = 0;
        for (const double loss : {3.0, 2.0, 2.1, 2.2, 2.3, 2.0, 2.4, 2.5, 1.0, 1.5, 1.0, 1.5, 1.6}) {
            trend.add(step += 10, loss);
            if (trend.begins_to_rise()) said.push_back(step);
        }
        QCOMPARE(said, (std::vector<int64_t>{40, 80, 130}));
        QCOMPARE(trend.best->step, int64_t{90});
        QCOMPARE(trend.best->loss, 1.0);
    }

    void wrong_values_are_refused_by_key() {
        QCOMPARE(refused_key({}), ""s);
        QCOMPARE(refused_key({.learning_rate_multiplier = 100,
                              .max_grad_norm = 0,
                              .stop_at_step = 1,
                              .stop_at_loss = 0,
                              .stop_after_s = 1,
                              .early_stopping_patience = 1}),
                 ""s);
        for (const double wrong : {-0.1, 100.5, double{NAN}, double{INFINITY}})
            QCOMPARE(refused_key({.learning_rate_multiplier = wrong}), "learning_rate_multiplier"s);
        for (const double wrong : {-1.0, double{NAN}, double{INFINITY}}) {
            QCOMPARE(refused_key({.max_grad_norm = wrong}), "max_grad_norm"s);
            QCOMPARE(refused_key({.stop_at_loss = wrong}), "stop_at_loss"s);
            QCOMPARE(refused_key({.stop_after_s = wrong}), "stop_after_s"s);
        }
        QCOMPARE(refused_key({.stop_at_step = 0}), "stop_at_step"s);
        QCOMPARE(refused_key({.early_stopping_patience = -1}), "early_stopping_patience"s);
    }

    void json_keeps_them() {
        const TrainControls controls{.learning_rate_multiplier = 0.1, .max_grad_norm = 0.3, .stop_at_step = 7};
        const Json json = parse_json(dump_json(controls_json(controls)), "");
        QVERIFY(json["stop_at_loss"].is_null());
        QVERIFY(control_changes(controls, read_controls(json, "")).empty());
        QCOMPARE(control_changes({}, controls),
                 (std::vector<std::string>{"learning_rate_multiplier 0.1", "max_grad_norm 0.3", "stop_at_step 7"}));
        QVERIFY(control_changes({}, read_controls(Json::object(), "")).empty());  // of an older Lathe
        const auto error = error_of([] { read_controls(Json{{"stop_at_step", 1.5}}, "run.json"); });
        QVERIFY(error && error->kind == ErrorKind::wrong_type && error->key == "stop_at_step");
        QVERIFY(error_of([] { read_controls(Json{{"learning_rate_multiplier", -1}}, ""); }));
    }
};

QTEST_GUILESS_MAIN(StopRulesTest)
#include "stop_rules_test.moc"

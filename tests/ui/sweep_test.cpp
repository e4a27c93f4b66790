// Sweeps as pure functions: which settings, which values, which runs, and what they are called.
#include <QtTest>
#include <algorithm>
#include <map>
#include <set>

#include "ui/sweep.h"

using namespace lathe;

using Values = std::vector<std::string>;

class SweepTest : public QObject {
    Q_OBJECT

    static RunConfig fresh() {
        RunConfig config;
        config.model.emplace();
        config.data.files = {"a.txt"};
        return config;
    }
    static Values names(const std::vector<SweepRun>& runs) {
        Values names;
        for (const SweepRun& run : runs) names.push_back(run.name);
        return names;
    }

private Q_SLOTS:
    void what_is_swept_most_comes_first() {
        RunConfig config = fresh();
        const auto has = [&](const std::string& key) {
            const Values keys = sweepable_keys(config);
            return std::find(keys.begin(), keys.end(), key) != keys.end();
        };
        QCOMPARE(sweepable_keys(config)[0], std::string("train.learning_rate"));
        QCOMPARE(sweepable_keys(config)[1], std::string("train.per_device_train_batch_size"));
        for (const char* key : {"train.lr_scheduler_type", "train.gradient_checkpointing", "model.hidden_size"})
            QVERIFY2(has(key), key);
        for (const char* key : {"version", "data.files", "train.sample_prompt", "lora.r"}) QVERIFY2(!has(key), key);
        config.model.reset();
        config.base_model = BaseModelConfig{.path = "/m"};
        config.lora.emplace();
        QCOMPARE(sweepable_keys(config)[1], std::string("lora.r"));
        QVERIFY(!has("model.hidden_size"));
    }

    void values_are_taken_apart() {
        const RunConfig config = fresh();
        const std::string rate = "train.learning_rate";
        QCOMPARE(swept_values(config, rate, "1e-4, 2e-4,5e-4"), (Values{"1e-4", "2e-4", "5e-4"}));
        QCOMPARE(swept_values(config, rate, " ;1e-4 .5;, "), (Values{"1e-4", "0.5"}));
        QCOMPARE(swept_values(config, rate, "1e-4, 0.0001, 1E-4"), (Values{"1e-4"}));  // one value
        QCOMPARE(swept_values(config, rate, "fast, 1e-4, fast"), (Values{"fast", "1e-4"}));
        QCOMPARE(swept_values(config, rate, " , "), Values{});
        QCOMPARE(swept_values(config, "train.lr_scheduler_type", "cosine, linear"), (Values{"cosine", "linear"}));
    }

    void the_first_wrong_value_is_named() {
        RunConfig config = fresh();
        QVERIFY(!refused(config, {"train.learning_rate", {"1e-4", "10"}}));
        for (const char* wrong : {"11", "fast", "-1"}) {
            const auto error = refused(config, {"train.learning_rate", {"1e-4", wrong, "12"}});
            QVERIFY2(error, wrong);
            QCOMPARE(error->found, std::string(wrong));
            QCOMPARE(error->key, std::string("train.learning_rate"));
        }
        QCOMPARE(refused(config, {"train.lr_scheduler_type", {"cosine", "square"}})->found, std::string("square"));
        QCOMPARE(refused(config, {"train.seed", {"1.5"}})->found, std::string("1.5"));
        QVERIFY(refused(config, {"lora.r", {"16"}}));  // a fresh model has no adapter
        // With the other settings it does not go.
        QCOMPARE(refused(config, {"model.num_attention_heads", {"8", "7"}})->found, std::string("7"));
        // What is wrong elsewhere is not the value's fault.
        config.data.files.clear();
        QVERIFY(!refused(config, {"train.learning_rate", {"1e-4"}}));
        QVERIFY(refused(config, {"train.learning_rate", {"11"}}));
    }

    void every_value_meets_every_other() {
        const std::vector<SweptSetting> settings = {{"train.learning_rate", {"1e-4", "2e-4"}},
                                                    {"train.seed", {"1", "2", "3"}}};
        QCOMPARE(combinations(settings), int64_t{6});
        const std::vector<SweepRun> runs = sweep_runs(fresh(), "nano", settings);
        QCOMPARE(names(runs), (Values{"nano · learning_rate 1e-4 · seed 1", "nano · learning_rate 1e-4 · seed 2",
                                      "nano · learning_rate 1e-4 · seed 3", "nano · learning_rate 2e-4 · seed 1",
                                      "nano · learning_rate 2e-4 · seed 2", "nano · learning_rate 2e-4 · seed 3"}));
        for (size_t i = 0; i < runs.size(); ++i) {
            RunConfig expected = fresh();
            expected.train.learning_rate = i < 3 ? 1e-4 : 2e-4;
            expected.train.seed = static_cast<int64_t>(i % 3) + 1;
            QCOMPARE(to_json(runs[i].config), to_json(expected));
        }
        QCOMPARE(sweep_runs(fresh(), "한국어", {{"train.lr_scheduler_type", {"linear"}}})[0].name,
                 std::string("한국어 · lr_scheduler_type linear"));
    }

    void nothing_to_vary_is_no_run() {
        QCOMPARE(combinations({}), int64_t{0});
        QCOMPARE(combinations({{"train.seed", {"1"}}, {"train.learning_rate", {}}}), int64_t{0});
        QVERIFY(sweep_runs(fresh(), "nano", {}).empty());
        QVERIFY(sweep_runs(fresh(), "nano", {{"train.seed", {"1"}}, {"train.learning_rate", {}}}, 4).empty());
    }

    void some_are_drawn_the_same_way_each_time() {
        SweptSetting seeds{"train.seed", {}};
        for (int seed = 0; seed < 40; ++seed) seeds.values.push_back(std::to_string(seed));
        const std::vector<SweptSetting> settings = {{"train.weight_decay", {"0", "0.1", "0.2"}}, seeds};
        const Values all = names(sweep_runs(fresh(), "nano", settings));
        const Values some = names(sweep_runs(fresh(), "nano", settings, 10));
        QCOMPARE(some.size(), size_t{10});
        QCOMPARE(std::set<std::string>(some.begin(), some.end()).size(), size_t{10});
        QVERIFY(std::search(all.begin(), all.end(), some.begin(), some.end()) == all.end());  // not merely a stretch
        size_t place = 0;                                                                     // in the order of all
        for (const std::string& name : some) {
            const auto found = std::find(all.begin() + static_cast<std::ptrdiff_t>(place), all.end(), name);
            QVERIFY2(found != all.end(), name.c_str());
            place = static_cast<size_t>(found - all.begin()) + 1;
        }
        QCOMPARE(names(sweep_runs(fresh(), "nano", settings, 10)), some);
        RunConfig other = fresh();
        other.train.seed = 43;
        QVERIFY(names(sweep_runs(other, "nano", settings, 10)) != some);
        QCOMPARE(names(sweep_runs(fresh(), "nano", settings, 1000)), all);
    }

    // Over many seeds each combination has its share.
    void a_draw_prefers_none() {
        const std::vector<SweptSetting> settings = {{"train.warmup_steps", {"1", "2", "3", "4", "5"}}};
        std::map<std::string, int> times;
        for (int64_t seed = 0; seed < 1000; ++seed) {
            RunConfig config = fresh();
            config.train.seed = seed;
            for (const SweepRun& run : sweep_runs(config, "", settings, 2)) ++times[run.name];
        }
        QCOMPARE(times.size(), size_t{5});
        for (const auto& [name, count] : times) QVERIFY2(count > 320 && count < 480, name.c_str());
    }
};

QTEST_APPLESS_MAIN(SweepTest)
#include "sweep_test.moc"

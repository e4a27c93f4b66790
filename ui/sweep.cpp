#include "ui/sweep.h"

#include <algorithm>
#include <random>
#include <set>

#include "engine/base/config_fields.h"

namespace lathe {

namespace {

constexpr const char* kSweptMost[] = {"train.learning_rate",
                                      "lora.r",
                                      "train.per_device_train_batch_size",
                                      "train.warmup_steps",
                                      "train.weight_decay",
                                      "train.seed",
                                      "lora.lora_alpha"};

std::string last_part(const std::string& key) {
    return key.substr(key.rfind('.') + 1);
}

void set_value(RunConfig& config, const std::string& key, const std::string& value) {
    set_field(config, key + "=" + value);
}

// `some` numbers below `all`, each set of them as likely as another (Floyd).
std::set<int64_t> drawn(int64_t all, int64_t some, int64_t seed) {
    std::mt19937_64 random(static_cast<uint64_t>(seed));
    std::set<int64_t> numbers;
    for (int64_t last = all - some; last < all; ++last) {
        const auto number = static_cast<int64_t>(random() % static_cast<uint64_t>(last + 1));
        if (!numbers.insert(number).second) numbers.insert(last);
    }
    return numbers;
}

}  // namespace

std::vector<std::string> sweepable_keys(const RunConfig& config) {
    std::vector<std::string> keys;
    for_each_leaf(config, [&](const std::string& key, const auto& value, const Field& field) {
        const bool is_number = std::is_arithmetic_v<std::remove_cvref_t<decltype(value)>>;
        if (key != "version" && (is_number || field.choices.size() > 1)) keys.push_back(key);
    });
    const auto place = [](const std::string& key) {
        return std::find(std::begin(kSweptMost), std::end(kSweptMost), key) - std::begin(kSweptMost);
    };
    std::stable_sort(keys.begin(), keys.end(),
                     [&](const std::string& a, const std::string& b) { return place(a) < place(b); });
    return keys;
}

std::vector<std::string> swept_values(const RunConfig& config, const std::string& key, const std::string& text) {
    constexpr const char* between = ",; \t";
    std::vector<std::string> values;
    std::set<std::string> seen;
    for (size_t begin = text.find_first_not_of(between); begin != std::string::npos;) {
        const size_t end = text.find_first_of(between, begin);
        std::string value = text.substr(begin, end - begin);
        if (value.front() == '.') value.insert(0, "0");
        RunConfig changed = config;
        const bool taken = !error_of([&] { set_value(changed, key, value); });
        if (seen.insert(taken ? to_json(changed) : value).second) values.push_back(value);
        begin = text.find_first_not_of(between, end);
    }
    return values;
}

std::optional<Error> refused(const RunConfig& config, const SweptSetting& setting) {
    const bool others_are_legal = !error_of([&] { validate(config, ""); });
    for (const std::string& value : setting.values) {
        RunConfig changed = config;
        std::optional<Error> error = error_of([&] {
            set_value(changed, setting.key, value);
            validate(changed, "");
        });
        if (!error || (error->key != setting.key && !others_are_legal)) continue;
        error->found = value;
        return error;
    }
    return std::nullopt;
}

int64_t combinations(const std::vector<SweptSetting>& settings) {
    int64_t product = settings.empty() ? 0 : 1;
    for (const SweptSetting& setting : settings) product *= static_cast<int64_t>(setting.values.size());
    return product;
}

std::vector<SweepRun> sweep_runs(const RunConfig& config, const std::string& name,
                                 const std::vector<SweptSetting>& settings, int64_t some) {
    const int64_t all = combinations(settings);
    std::vector<SweepRun> runs;
    for (const int64_t number : drawn(all, some > 0 ? std::min(some, all) : all, config.train.seed)) {
        SweepRun run{name, config};
        int64_t rest = all;  // combinations of the settings that are left
        for (const auto& [key, values] : settings) {
            const auto count = static_cast<int64_t>(values.size());
            rest /= count;
            const std::string& value = values[static_cast<size_t>(number / rest % count)];
            set_value(run.config, key, value);
            run.name += " · " + last_part(key) + " " + value;
        }
        runs.push_back(std::move(run));
    }
    return runs;
}

}  // namespace lathe

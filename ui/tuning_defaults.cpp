#include "ui/tuning_defaults.h"

#include <QCoreApplication>
#include <algorithm>

namespace lathe {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(TuningDefaults)
};

constexpr int64_t kQuickWarmup = 5;

QString suffix() {
    return QStringLiteral("-quick-try");
}

}  // namespace

TrainConfig tuning_defaults(bool adapter) {
    TrainConfig train;
    train.per_device_train_batch_size = 4;
    train.gradient_accumulation_steps = 4;
    train.max_steps = 0;
    train.num_train_epochs = 3;
    train.learning_rate = adapter ? 2e-4 : 2e-5;
    train.lr_scheduler_type = "linear";
    train.warmup_steps = 10;
    train.min_lr_ratio = 0;
    train.weight_decay = 0;
    train.adam_beta2 = 0.999;
    train.eval_steps = 20;  // a tuning is short
    return train;
}

void move_defaults(TrainConfig& train, const TrainConfig& from, const TrainConfig& to) {
    const auto move = [&](auto TrainConfig::*setting) {
        if (train.*setting == from.*setting) train.*setting = to.*setting;
    };
    move(&TrainConfig::per_device_train_batch_size);
    move(&TrainConfig::gradient_accumulation_steps);
    move(&TrainConfig::max_steps);
    move(&TrainConfig::num_train_epochs);
    move(&TrainConfig::learning_rate);
    move(&TrainConfig::lr_scheduler_type);
    move(&TrainConfig::warmup_steps);
    move(&TrainConfig::min_lr_ratio);
    move(&TrainConfig::weight_decay);
    move(&TrainConfig::adam_beta2);
    move(&TrainConfig::eval_steps);
    move(&TrainConfig::sample_steps);
    move(&TrainConfig::sample_prompt);
    move(&TrainConfig::save_interval_s);
}

QString tuning_reason(const RunConfig& config, const std::string& key) {
    if (!config.base_model) return {};
    if (key == "lora.r") return Words::tr("for tuning 16: enough for form and manner; a new field may want 32 or 64");
    if (key == "lora.lora_alpha") return Words::tr("for tuning 32: twice r, so that a learning rate keeps its meaning");
    if (key == "lora.lora_dropout") return Words::tr("for tuning 0.05: few examples are not so soon known by heart");
    if (key == "lora.target_modules")
        return Words::tr("for tuning all-linear: with all of them an adapter comes up to the whole model (QLoRA)");
    if (key == "train.learning_rate")
        return config.lora ? Words::tr(
                                 "for tuning 2e-4: an adapter begins at nothing and bears ten times the whole "
                                 "model's rate")
                           : Words::tr("for tuning 2e-5: a higher rate undoes what the model knows");
    if (key == "train.lr_scheduler_type")
        return Words::tr("for tuning linear: it falls to zero, so that the last examples do not weigh most");
    if (key == "train.warmup_steps")
        return Words::tr("for tuning 10: AdamW's averages are known before it takes full steps");
    if (key == "train.per_device_train_batch_size")
        return Words::tr(
            "for tuning 4, times 4 batches an update: 16 examples agree on a direction, and little data "
            "still gives many updates");
    if (key == "train.gradient_accumulation_steps")
        return Words::tr("for tuning 4: an update of 16 examples in the memory of 4");
    if (key == "train.num_train_epochs")
        return Words::tr("for tuning 3: one pass leaves the manner half learnt, many are learning by heart");
    if (key == "train.max_steps") return Words::tr("for tuning 0: by num_train_epochs");
    return {};
}

RunConfig quick_try(RunConfig config) {
    config.train.max_steps = kQuickSteps;
    config.train.warmup_steps = std::min(config.train.warmup_steps, kQuickWarmup);
    return config;
}

QString quick_name(const QString& name) {
    return is_quick_name(name) ? name : name + suffix();
}

bool is_quick_name(const QString& name) {
    return name.endsWith(suffix());
}

QString long_name(const QString& name) {
    return is_quick_name(name) ? name.chopped(suffix().size()) : name;
}

}  // namespace lathe

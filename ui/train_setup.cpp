#include "ui/train_setup.h"

#include <QDateTime>

#include "ui/field_words.h"

namespace lathe {

namespace {

constexpr int kPlanWidth = 316, kNarrowPlan = 284, kNarrow = 960;

QString config_key() {
    return QStringLiteral("train/config");
}
QString preset_key() {
    return QStringLiteral("train/preset");
}
QString first_preset() {
    return QStringLiteral("nano");
}

// What suits an adapter on a model that is there; a fresh model's rates would undo what it knows.
void set_tuning(RunConfig& config) {
    config.lora = LoraConfig{};
    config.train.learning_rate = 2e-4;
    config.train.lr_scheduler_type = "linear";
    config.train.warmup_steps = 10;
    config.train.weight_decay = 0;
    config.train.per_device_train_batch_size = 4;
    config.train.gradient_accumulation_steps = 4;
    config.train.max_steps = 0;
    config.train.num_train_epochs = 3;
    config.train.adam_beta2 = 0.999;
}

}  // namespace

TrainSetup::TrainSetup(const PageContext& context, QWidget* parent)
    : QWidget(parent),
      context_(context),
      bar_(new PresetBar(context.paths)),
      form_(new ConfigForm),
      plan_(context.engine),
      card_(new PlanCard(plan_)) {
    auto* left = new QVBoxLayout;
    left->setSpacing(space::kGrid);
    left->addWidget(bar_);
    left->addWidget(make_scroll_area(form_), 1);
    auto* holder = new QWidget;
    auto* column = new QVBoxLayout(holder);
    column->setContentsMargins(0, 0, 0, space::kCard);
    column->addWidget(card_);
    column->addStretch(1);
    side_ = make_scroll_area(holder);
    side_->setFixedWidth(kPlanWidth);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(space::kGrid);
    row->addLayout(left, 1);
    row->addWidget(side_);

    connect(bar_, &PresetBar::chosen, this, [this](const Preset& preset) { set_config(*preset.config, preset.name); });
    connect(bar_, &PresetBar::broken, this, [this](const Preset& preset) { Q_EMIT broken_preset(*preset.error); });
    connect(bar_->undo_button(), &QPushButton::clicked, this, &TrainSetup::undo);
    connect(bar_->redo_button(), &QPushButton::clicked, this, &TrainSetup::redo);
    connect(bar_->filter(), &QLineEdit::textChanged, form_, &ConfigForm::set_filter);
    connect(form_, &ConfigForm::changed, this, &TrainSetup::on_changed);
    connect(&plan_, &RunPlan::changed, this, &TrainSetup::on_plan);
    connect(card_, &PlanCard::remedy_wanted, this,
            [this](const Remedy& remedy) { set_config(applied(config(), remedy), preset()); });
    connect(card_, &PlanCard::obstacle_wanted, this, [this] {
        if (!form_->is_legal()) form_->reveal(form_->problems().begin()->first);
    });
    restore();
}

// What was in the form last; on the first start the smallest preset.
void TrainSetup::restore() {
    const QString stored = context_.settings.value(config_key()).toString();
    const Preset* first = bar_->find(first_preset());
    try {
        if (!stored.isEmpty()) {
            form_->set_config(parse_run_config(stored.toStdString(), ""));
            bar_->set_current(context_.settings.value(preset_key()).toString());
        } else if (first != nullptr && first->config) {
            form_->set_config(*first->config);
            bar_->set_current(first->name);
        }
    } catch (const Exception&) {
        // Of another version of Lathe.
    }
    history_.reset(config());
    settle();
}

void TrainSetup::set_config(const RunConfig& config, const QString& preset) {
    form_->set_config(config);
    bar_->set_current(preset);
    history_.record(config, "", QDateTime::currentMSecsSinceEpoch());
    settle();
}

void TrainSetup::set_base(const std::string& path) {
    RunConfig next = config();
    if (!next.base_model) set_tuning(next);
    next.model.reset();
    next.base_model = BaseModelConfig{.path = path, .load_in_4bit = next.base_model && next.base_model->load_in_4bit};
    next.tokenizer.path.clear();
    set_config(next, preset());
}

void TrainSetup::on_changed(const std::string& key) {
    history_.record(config(), key, QDateTime::currentMSecsSinceEpoch());
    settle();
}

// What follows from a change: it is kept, the plan is asked for.
void TrainSetup::settle() {
    context_.settings.setValue(config_key(), QString::fromStdString(to_json(config())));
    context_.settings.setValue(preset_key(), bar_->current());
    const Preset* preset = bar_->find(bar_->current());
    bar_->set_changed(preset != nullptr && preset->config && !differing_keys(*preset->config, config()).empty());
    bar_->undo_button()->setEnabled(can_undo());
    bar_->redo_button()->setEnabled(can_redo());
    if (form_->is_legal()) {
        plan_.ask(config());
    } else {
        plan_.drop();
    }
}

// The engine may know better than the form: a folder that holds no model.
void TrainSetup::on_plan() {
    if (plan_.is_current() && plan_.answer() && !plan_.error()) form_->set_costs(plan_.answer()->costs);
    if (plan_.error() && form_->is_legal()) form_->blame(*plan_.error());
    card_->set_obstacle(obstacle());
    Q_EMIT changed();
}

QString TrainSetup::obstacle() const {
    if (!form_->is_legal()) return form_->first_problem();
    return {};
}

void TrainSetup::save_as(const QString& name) {
    save_preset(context_.paths, name, config());
    bar_->refresh();
    bar_->set_current(name.trimmed());
    settle();
}

void TrainSetup::undo() {
    if (can_undo()) show_state(history_.undo());
}

void TrainSetup::redo() {
    if (can_redo()) show_state(history_.redo());
}

void TrainSetup::show_state(const ConfigHistory::State& state) {
    form_->set_config(state.config);
    settle();
    if (!state.key.empty()) form_->reveal(state.key);
}

void TrainSetup::entered() {
    bar_->refresh();
    settle();
}

void TrainSetup::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    side_->setFixedWidth(width() < kNarrow ? kNarrowPlan : kPlanWidth);
}

void TrainSetup::retranslate() {
    bar_->retranslate();
    form_->retranslate();
    card_->retranslate();
    card_->set_obstacle(obstacle());
    settle();
}

}  // namespace lathe

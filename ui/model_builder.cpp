#include "ui/model_builder.h"

#include <QDateTime>
#include <QFileInfo>
#include <algorithm>

#include "engine/base/switches.h"

namespace lathe {

namespace {

constexpr int kSideWidth = 380, kNarrowSide = 320, kNarrow = 1000;

QString config_key() {
    return QStringLiteral("model/config");
}
QString preset_key() {
    return QStringLiteral("model/preset");
}
QString typed_key() {
    return QStringLiteral("model/typed");
}
QString first_preset() {
    return QStringLiteral("guide");
}

}  // namespace

ModelBuilder::ModelBuilder(const PageContext& context, QWidget* parent)
    : QWidget(parent),
      context_(context),
      plan_(context.engine),
      bar_(new PresetBar(context.paths)),
      name_(new PresetName(context.paths)),
      switches_(new SwitchCard(plan_)),
      dial_(new SizeDial(plan_)),
      form_(new ConfigForm(model_form())),
      diagram_(new ModelDiagram),
      picture_(new Card),
      costs_(new ModelCosts(plan_)) {
    auto* parts = new QWidget;
    auto* column = new QVBoxLayout(parts);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::kGrid);
    for (QWidget* part : std::initializer_list<QWidget*>{switches_, dial_, form_}) column->addWidget(part);
    auto* left = new QVBoxLayout;
    left->setSpacing(space::kGrid);
    left->addWidget(bar_);
    left->addWidget(name_);
    left->addWidget(make_scroll_area(parts), 1);
    picture_->content()->addWidget(diagram_);
    auto* holder = new QWidget;
    auto* right = new QVBoxLayout(holder);
    right->setContentsMargins(0, 0, 0, space::kCard);
    right->setSpacing(space::kGrid);
    right->addWidget(costs_);
    right->addWidget(picture_);
    right->addStretch(1);
    side_ = make_scroll_area(holder);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(space::kGrid);
    row->addLayout(left, 1);
    row->addWidget(side_);

    connect(bar_, &PresetBar::chosen, this, [this](const Preset& preset) { set_config(*preset.config, preset.name); });
    connect(bar_, &PresetBar::broken, this, [this](const Preset& preset) { Q_EMIT failed(*preset.error); });
    connect(bar_->undo_button(), &QPushButton::clicked, this, &ModelBuilder::undo);
    connect(bar_->redo_button(), &QPushButton::clicked, this, &ModelBuilder::redo);
    connect(bar_->filter(), &QLineEdit::textChanged, form_, &ConfigForm::set_filter);
    connect(name_, &PresetName::given, this, &ModelBuilder::save);
    connect(switches_, &SwitchCard::turned, this, &ModelBuilder::turn);
    connect(switches_, &SwitchCard::rank_chosen, this, [this](qint64 rank) {
        RunConfig next = config();
        if (!next.lora) return;
        next.lora->r = rank;
        change(next, "lora.r");
    });
    connect(dial_, &SizeDial::turned, this, [this](int position) {
        RunConfig next = config();
        if (!next.model) return;
        next.model = dialled(*next.model, position);
        change(next, "model");
    });
    connect(form_, &ConfigForm::changed, this, [this](const std::string& key) {
        history_.record(config(), key, QDateTime::currentMSecsSinceEpoch());
        settle();
    });
    connect(&plan_, &RunPlan::changed, this, &ModelBuilder::on_plan);
    connect(&context.engine, &EngineLink::event_arrived, this, &ModelBuilder::on_event);
    restore();
}

ModelBuilder::~ModelBuilder() {
    blockSignals(true);  // its parts have something to say at their end, and the page is half gone
}

// What was built last; on the first start the preset of the guide.
void ModelBuilder::restore() {
    const QString stored = context_.settings.value(config_key()).toString();
    const Preset* first = bar_->find(first_preset());
    try {
        if (!stored.isEmpty()) {
            form_->set_config(parse_run_config(stored.toStdString(), ""));
            form_->type(context_.settings.value(typed_key()).toMap());
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

void ModelBuilder::set_config(const RunConfig& config, const QString& preset) {
    bar_->set_current(preset);
    change(config, "");
}

void ModelBuilder::change(RunConfig config, const std::string& key) {
    form_->set_config(config);
    history_.record(config, key, QDateTime::currentMSecsSinceEpoch());
    settle();
}

void ModelBuilder::turn(const std::string& name) {
    const SwitchedOver other = switched_over(config(), config().model.value_or(ModelConfig{}), name);
    if (!other.refused) change(other.config, name);
}

void ModelBuilder::save(const QString& name) {
    std::optional<RunConfig> before;
    if (const auto error = error_of([&] { before = bar_->save(name, config()); })) return Q_EMIT failed(*error);
    settle();
    Q_EMIT saved(name, before);
}

void ModelBuilder::show_state(const ConfigHistory::State& state) {
    form_->set_config(state.config);
    settle();
    if (form_->field(state.key) != nullptr) form_->reveal(state.key);
}

// What follows from a change: it is kept, and drawn, and its costs are asked for.
void ModelBuilder::settle() {
    context_.settings.setValue(config_key(), QString::fromStdString(to_json(config())));
    context_.settings.setValue(preset_key(), bar_->current());
    context_.settings.setValue(typed_key(), form_->typed());
    const Preset* preset = bar_->find(bar_->current());
    bar_->set_changed(preset != nullptr && preset->config && !differing_keys(*preset->config, config()).empty());
    bar_->undo_button()->setEnabled(history_.can_undo());
    bar_->redo_button()->setEnabled(history_.can_redo());
    switches_->set_config(config());
    dial_->set_model(config().model ? &*config().model : nullptr);
    look_at_base();
    draw();
    if (!form_->is_legal())
        plan_.drop();
    else if (isVisible())
        plan_.ask(config());
    Q_EMIT changed();
}

void ModelBuilder::look_at_base() {
    const std::string path = config().base_model ? config().base_model->path : std::string();
    if (path == base_path_) return;
    base_path_ = path;
    base_.reset();
    base_request_ = path.empty() ? 0 : context_.engine.post(ReadModelConfig{.path = path});
}

// Of an unfinished form the last legal model stays in the picture.
void ModelBuilder::draw() {
    if (!form_->is_legal() && config().model) return;
    std::optional<ModelConfig> shape = config().model ? config().model : base_;
    if (shape && shape->vocab_size == 0 && config().tokenizer.path.empty())
        shape->vocab_size = config().tokenizer.vocab_size;
    diagram_->set_model(shape, config().lora, config().train.use_flash_attention);
}

void ModelBuilder::on_plan() {
    if (plan_.is_current() && plan_.answer() && !plan_.error()) form_->set_costs(plan_.answer()->costs);
    if (plan_.error() && form_->is_legal() && !form_->blame(*plan_.error())) Q_EMIT failed(*plan_.error());
    Q_EMIT changed();
}

void ModelBuilder::import_shape(const QString& path) {
    import_name_ = QFileInfo(path).fileName() == QLatin1String("config.json")
                       ? QFileInfo(QFileInfo(path).path()).fileName()
                       : QFileInfo(path).completeBaseName();
    import_request_ = context_.engine.post(ReadModelConfig{.path = path.toStdString()});
}

void ModelBuilder::on_event(const Event& event) {
    if (event.request == 0 || (event.request != import_request_ && event.request != base_request_)) return;
    const bool imported = event.request == import_request_;
    const auto* read = std::get_if<ModelConfigRead>(&event.body);
    const auto* wrong = std::get_if<Failed>(&event.body);
    if (read == nullptr && wrong == nullptr) return;
    (imported ? import_request_ : base_request_) = 0;
    if (read != nullptr && imported) return take_shape(read->model);
    if (read != nullptr) {
        base_ = read->model;
        draw();
    } else if (imported) {
        Q_EMIT failed(wrong->error);  // of a base model the plan says it
    }
}

// With the training that is there, cut to what the shape allows.
void ModelBuilder::take_shape(const ModelConfig& shape) {
    RunConfig next = config();
    next.base_model.reset();
    next.lora.reset();
    next.model = shape;
    next.data.max_length = std::min(next.data.max_length, shape.max_position_embeddings);
    if (next.tokenizer.path.empty() && shape.vocab_size > 0)
        next.tokenizer.vocab_size = std::min(next.tokenizer.vocab_size, shape.vocab_size);
    set_config(next, import_name_);
}

void ModelBuilder::find_setting() {
    bar_->filter()->setFocus(Qt::ShortcutFocusReason);
    bar_->filter()->selectAll();
}

void ModelBuilder::entered() {
    bar_->refresh();
    settle();
}

void ModelBuilder::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    side_->setFixedWidth(width() < kNarrow ? kNarrowSide : kSideWidth);
}

// Nothing is asked for what nobody sees.
void ModelBuilder::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    settle();
}

void ModelBuilder::retranslate() {
    bar_->retranslate();
    name_->retranslate();
    switches_->retranslate();
    dial_->retranslate();
    form_->retranslate();
    costs_->retranslate();
    picture_->set_title(tr("The model"));
    settle();
}

}  // namespace lathe

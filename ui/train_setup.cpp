#include "ui/train_setup.h"

#include <QDateTime>
#include <algorithm>
#include <cmath>
#include <utility>

#include "ui/field_words.h"
#include "ui/tuning_defaults.h"

namespace lathe {

namespace {

constexpr int kPlanWidth = 316, kNarrowPlan = 284, kNarrow = 960, kScrollBar = 10;

QString config_key() {
    return QStringLiteral("train/config");
}
QString preset_key() {
    return QStringLiteral("train/preset");
}
QString typed_key() {
    return QStringLiteral("train/typed");
}
QString first_preset() {
    return QStringLiteral("nano");
}

}  // namespace

TrainSetup::TrainSetup(const PageContext& context, QWidget* parent)
    : QWidget(parent),
      context_(context),
      bar_(new PresetBar(context.paths)),
      name_(new PresetName(context.paths)),
      form_(new ConfigForm),
      plan_(context.engine),
      card_(new PlanCard(plan_)),
      advice_(new AdviceCard),
      inspector_(context.engine),
      data_card_(new InspectionCard(inspector_)),
      panel_(new InspectionPanel(inspector_)),
      examples_(context),
      examples_panel_(new ExamplesPanel(examples_)),
      faces_(new QStackedWidget),
      settings_(new QWidget) {
    auto* left = new QVBoxLayout(settings_);
    left->setContentsMargins(0, 0, 0, 0);
    left->setSpacing(space::kGrid);
    left->addWidget(bar_);
    left->addWidget(name_);
    left->addWidget(make_scroll_area(form_), 1);
    faces_->addWidget(settings_);
    faces_->addWidget(make_scroll_area(panel_));
    faces_->addWidget(examples_panel_);
    auto* holder = new QWidget;
    auto* column = new QVBoxLayout(holder);
    column->setContentsMargins(0, 0, 0, space::kCard);
    column->setSpacing(space::kGrid);
    column->addWidget(card_);
    column->addWidget(advice_);
    column->addWidget(data_card_);
    column->addStretch(1);
    side_ = make_scroll_area(holder);
    for (QWidget* watched : std::initializer_list<QWidget*>{this, holder}) watched->installEventFilter(this);
    side_->setFixedWidth(kPlanWidth);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(space::kGrid);
    row->addWidget(faces_, 1);
    row->addWidget(side_);

    connect(bar_, &PresetBar::chosen, this, &TrainSetup::take_preset);
    connect(bar_, &PresetBar::broken, this, [this](const Preset& preset) { Q_EMIT failed(*preset.error); });
    connect(name_, &PresetName::given, this, &TrainSetup::save_as);
    connect(bar_->undo_button(), &QPushButton::clicked, this, &TrainSetup::undo);
    connect(bar_->redo_button(), &QPushButton::clicked, this, &TrainSetup::redo);
    connect(bar_->filter(), &QLineEdit::textChanged, form_, &ConfigForm::set_filter);
    connect(form_, &ConfigForm::changed, this, &TrainSetup::on_changed);
    connect(&plan_, &RunPlan::changed, this, &TrainSetup::on_plan);
    connect(card_, &PlanCard::remedy_wanted, this,
            [this](const Remedy& remedy) { set_config(applied(config(), remedy), preset()); });
    connect(card_, &PlanCard::obstacle_wanted, this, &TrainSetup::show_obstacle);
    connect(&inspector_, &DataInspector::changed, this, [this] {
        card_->set_obstacle(obstacle());
        show_advice();
        Q_EMIT changed();
    });
    connect(data_card_, &InspectionCard::files_wanted, this, [this] {
        show_batch(false);
        form_->reveal("data.files");
    });
    connect(data_card_, &InspectionCard::batch_wanted, this, [this] { show_batch(true); });
    connect(panel_, &InspectionPanel::closed, this, [this] { show_batch(false); });
    connect(data_card_, &InspectionCard::column_chosen, this, &TrainSetup::choose_column);
    connect(form_->field("data.files")->file_list(), &FileList::table_wanted, this, &TrainSetup::write_examples);
    connect(examples_panel_, &ExamplesPanel::closed, this, [this] { show_face(Face::settings); });
    connect(examples_panel_, &ExamplesPanel::use_wanted, this, &TrainSetup::use_examples);
    connect(&examples_, &ExampleFile::saved, this, &TrainSetup::on_examples_saved);
    connect(&examples_, &ExampleFile::changed, this, [this] {
        examples_panel_->set_used(uses_examples());
        card_->set_obstacle(obstacle());
        Q_EMIT changed();
    });
    connect(examples_.model().history(), &QUndoStack::indexChanged, this, &TrainSetup::changed);
    restore();
}

TrainSetup::~TrainSetup() {
    blockSignals(true);  // its parts have something to say at their end, and the page is half gone
}

// What was in the form last; on the first start the smallest preset.
void TrainSetup::restore() {
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
    if (config().model) fresh_ = config();
    settle();
}

void TrainSetup::set_config(const RunConfig& config, const QString& preset) {
    form_->set_config(config);
    bar_->set_current(preset);
    history_.record(config, "", QDateTime::currentMSecsSinceEpoch());
    if (config.model) fresh_ = config;
    settle();
}

// One for tuning leaves the model and the data to the user: those that are there stay.
void TrainSetup::take_preset(const Preset& preset) {
    RunConfig next = *preset.config;
    if (next.base_model && config().base_model) {
        if (next.base_model->path.empty()) next.base_model->path = config().base_model->path;
        if (next.data.files.empty()) next.data.files = config().data.files;
    }
    set_config(next, preset.name);
}

TrainConfig TrainSetup::defaults_of(const RunConfig& config) const {
    return config.base_model ? tuning_defaults(config.lora.has_value()) : fresh_.train;
}

// Of another origin or method. The sample texts of a preset are nothing to tune a model on.
void TrainSetup::suit(RunConfig& next, const RunConfig& before) const {
    move_defaults(next.train, defaults_of(before), defaults_of(next));
    const auto data_of = [&](const RunConfig& config) {
        return config.base_model ? DataConfig{.files = {}, .max_length = kTuningLength} : fresh_.data;
    };
    const DataConfig from = data_of(before), to = data_of(next);
    if (next.data.files == from.files) next.data.files = to.files;
    if (next.data.max_length == from.max_length) next.data.max_length = to.max_length;
}

void TrainSetup::set_base(const std::string& path) {
    RunConfig next = config();
    if (!next.base_model) {
        next.model.reset();
        next.base_model.emplace();
        next.lora.emplace();
        suit(next, config());
    }
    next.base_model->path = path;
    next.tokenizer.path.clear();
    set_config(next, preset());
}

void TrainSetup::on_changed(const std::string& key) {
    if (key == "base_model" || key == "model" || key == "lora") {  // another origin or method
        RunConfig next = config();
        suit(next, settled_);
        form_->set_config(next);
    }
    history_.record(config(), key, QDateTime::currentMSecsSinceEpoch());
    settle();
}

int64_t TrainSetup::planned_steps() const {
    const TrainConfig& train = config().train;
    if (train.max_steps > 0) return train.max_steps;
    if (!inspector_.is_current()) return 0;
    const int64_t rows = train.per_device_train_batch_size * train.gradient_accumulation_steps;
    return static_cast<int64_t>(std::ceil(static_cast<double>(inspector_.answer()->training_rows) *
                                          train.num_train_epochs / static_cast<double>(rows)));
}

double TrainSetup::seconds_of(int64_t steps) const {
    return plan_.is_current() ? plan_.seconds_of(steps) : 0;
}

void TrainSetup::show_advice() {
    advice_->show_advice(config(), inspector_.is_current() ? &*inspector_.answer() : nullptr,
                         plan_.is_current() && plan_.answer() ? &*plan_.answer() : nullptr);
}

// What follows from a change: it is kept, the plan is asked for.
void TrainSetup::settle() {
    settled_ = config();
    show_advice();
    context_.settings.setValue(config_key(), QString::fromStdString(to_json(config())));
    context_.settings.setValue(preset_key(), bar_->current());
    context_.settings.setValue(typed_key(), form_->typed());
    const Preset* preset = bar_->find(bar_->current());
    bar_->set_changed(preset != nullptr && preset->config && !differing_keys(*preset->config, config()).empty());
    bar_->undo_button()->setEnabled(history_.can_undo());
    bar_->redo_button()->setEnabled(history_.can_redo());
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
    show_advice();
    inspect();
    Q_EMIT changed();
}

// After the plan, which is quick; and only while it is looked at.
void TrainSetup::inspect() {
    if (!isVisible()) return;
    if (!form_->is_legal()) {
        if (!inspector_.is_about(config())) inspector_.drop();  // what is known is of other data
    } else if (plan_.is_current()) {
        inspector_.ask(config());
    }
}

void TrainSetup::show_obstacle() {
    const bool illegal = !form_->is_legal();
    const std::optional<Error> wrong = inspector_.obstacle();
    if (illegal || (wrong && form_->field(wrong->key) != nullptr)) {
        show_batch(false);
        return form_->reveal(illegal ? form_->problems().begin()->first : wrong->key);
    }
    show_batch(true);
    side_->ensureWidgetVisible(data_card_);
}

void TrainSetup::show_face(Face shown) {
    if (shown == face()) return;
    if (face() == Face::examples) examples_.flush();
    faces_->setCurrentIndex(static_cast<int>(shown));
    switch (shown) {
        case Face::settings:
            setFocus();
            break;
        case Face::batch:
            panel_->enter();
            break;
        case Face::examples:
            examples_panel_->enter();
    }
    Q_EMIT changed();  // what can be undone
}

void TrainSetup::write_examples(const QString& file) {
    if (file.isEmpty())
        examples_.restore();
    else
        examples_.open(file, config().data);
    show_face(Face::examples);
}

bool TrainSetup::uses_examples() const {
    const std::vector<std::string>& files = config().data.files;
    return !examples_.path().isEmpty() &&
           std::find(files.begin(), files.end(), examples_.path().toStdString()) != files.end();
}

void TrainSetup::use_examples() {
    use_when_saved_ = true;
    examples_.save();
    if (examples_.is_saved() && !examples_.path().isEmpty()) on_examples_saved();
}

// The file among those of the form; what it teaches is looked at again.
void TrainSetup::on_examples_saved() {
    const bool use = std::exchange(use_when_saved_, false);
    if (uses_examples() && isVisible()) inspector_.look_again();
    if (use && !uses_examples()) form_->field("data.files")->file_list()->add({examples_.path()});  // as a user would
}

void TrainSetup::choose_column(const std::string& key, const std::string& value) {
    RunConfig next = config();
    set_field(next, key + "=" + json_of(QString::fromStdString(value)));
    set_config(next, preset());
}

void TrainSetup::find_setting() {
    show_batch(false);
    bar_->filter()->setFocus(Qt::ShortcutFocusReason);
}

QString TrainSetup::obstacle() const {
    if (!form_->is_legal()) return form_->first_problem();
    if (uses_examples() && !examples_.is_saved())
        return examples_.error() ? tr("The table of examples is not saved.")
                                 : tr("The table of examples is being saved.");
    return hold_text(inspector_);
}

void TrainSetup::ask_preset_name() {
    show_face(Face::settings);
    name_->ask(preset());
}

void TrainSetup::save_as(const QString& name) {
    std::optional<RunConfig> before;
    if (const auto error = error_of([&] { before = bar_->save(name, config()); })) return Q_EMIT failed(*error);
    settle();
    Q_EMIT saved(name, before);
}

bool TrainSetup::can_undo() const {
    return face() == Face::examples ? examples_.model().history()->canUndo() : history_.can_undo();
}

bool TrainSetup::can_redo() const {
    return face() == Face::examples ? examples_.model().history()->canRedo() : history_.can_redo();
}

void TrainSetup::undo() {
    if (!can_undo()) return;
    face() == Face::examples ? examples_.model().history()->undo() : show_state(history_.undo());
}

void TrainSetup::redo() {
    if (!can_redo()) return;
    face() == Face::examples ? examples_.model().history()->redo() : show_state(history_.redo());
}

void TrainSetup::show_state(const ConfigHistory::State& state) {
    form_->set_config(state.config);
    settle();
    if (state.key.empty()) return;
    show_batch(false);
    form_->reveal(state.key);
}

void TrainSetup::entered() {
    bar_->refresh();
    settle();
    if (inspector_.is_current()) inspector_.look_again();  // the files may be others by now
}

void TrainSetup::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    inspect();
}

bool TrainSetup::eventFilter(QObject* watched, QEvent* event) {
    // Of the page, or of the plan's words.
    if (event->type() == (watched == this ? QEvent::Resize : QEvent::LayoutRequest)) fit_side();
    return QWidget::eventFilter(watched, event);
}

void TrainSetup::fit_side() {
    const int usual = width() < kNarrow ? kNarrowPlan : kPlanWidth;
    side_->setFixedWidth(std::max(usual, side_->widget()->minimumSizeHint().width() + kScrollBar));
}

void TrainSetup::retranslate() {
    bar_->retranslate();
    name_->retranslate();
    form_->retranslate();
    card_->retranslate();
    advice_->retranslate();
    data_card_->retranslate();
    panel_->retranslate();
    examples_panel_->retranslate();
    card_->set_obstacle(obstacle());
    settle();
}

}  // namespace lathe

#include "ui/run_controls.h"

#include <QSignalBlocker>
#include <algorithm>
#include <chrono>
#include <cmath>

#include "engine/base/train_controls.h"
#include "ui/error_text.h"
#include "ui/sample_field.h"

namespace lathe {

namespace {

using namespace std::chrono_literals;

constexpr int kFieldWidth = 76, kSliderWidth = 116;
constexpr int kDecade = 20;  // slider steps of a factor of ten
constexpr double kMinute_s = 60;

// Two significant digits, so that the numbers are those that people name.
double multiplier_at(int slider) {
    const double exact = std::pow(10.0, static_cast<double>(slider) / kDecade);
    const double unit = std::pow(10.0, std::floor(std::log10(exact)) - 1);
    return QString::number(std::round(exact / unit) * unit, 'g', 2).toDouble();
}

double unit_of(const char* key) {
    return std::string_view(key) == "stop_after_s" ? kMinute_s : 1;
}

template <class T>
QString text_of(const T& value, double unit) {
    if constexpr (std::is_same_v<T, double>)
        return field_text(value / unit);
    else
        return field_text(value);
}
template <class T>
QString text_of(const std::optional<T>& value, double unit) {
    return value ? text_of(*value, unit) : QString();
}

template <class T>
FieldReading read(const QString& text, const Field& field, T& value, double unit) {
    Field scaled{.min = field.min / unit, .max = field.max / unit};
    const FieldReading reading = read_field(text, scaled, value);
    if constexpr (std::is_same_v<T, double>)
        if (reading.right) value *= unit;
    return reading;
}
template <class T>
FieldReading read(const QString& text, const Field& field, std::optional<T>& value, double unit) {
    if (text.trimmed().isEmpty()) {
        value.reset();
        return {};
    }
    return read(text, field, value.emplace(), unit);
}

bool validates(const std::string& config_json) {
    try {
        return config_json.empty() || parse_run_config(config_json, "").data.validation_fraction > 0;
    } catch (const Exception&) {  // of another version
        return true;
    }
}

}  // namespace

RunControls::RunControls(RunWatch& run, QWidget* parent)
    : Card(parent),
      run_(run),
      slider_(new Slider(Qt::Horizontal)),
      stop_word_(make_label(TextRole::label)),
      evaluate_(make_button(ButtonKind::plain)),
      sample_(make_button(ButtonKind::plain)),
      problem_(make_label(TextRole::caption, Tone::bad)) {
    slider_->setRange(-kDecade, kDecade);
    slider_->setPageStep(kDecade / 4);
    slider_->setFixedWidth(kSliderWidth);
    QLineEdit* multiplier = add_row(header(), "learning_rate_multiplier", slider_);
    add_row(header(), "max_grad_norm");
    header()->addSpacing(space::kGrid);
    header()->addWidget(evaluate_);
    header()->addWidget(sample_);
    auto* stop = new QHBoxLayout;
    stop->setSpacing(space::kTiny);
    stop->addWidget(stop_word_);
    for (const char* key : {"stop_at_step", "stop_at_loss", "stop_after_s", "early_stopping_patience"})
        add_row(stop, key);
    stop->addStretch(1);
    problem_->setWordWrap(true);
    problem_->hide();
    content()->addLayout(stop);
    content()->addWidget(problem_);

    slider_rests_.setSingleShot(true);
    slider_rests_.setInterval(300ms);
    connect(&slider_rests_, &QTimer::timeout, this, [this] { take("learning_rate_multiplier"); });
    connect(slider_, &QSlider::valueChanged, this, [this, multiplier](int value) {
        multiplier->setText(field_text(multiplier_at(value)));
        slider_rests_.start();
    });
    connect(evaluate_, &QPushButton::clicked, &run_, &RunWatch::evaluate);
    connect(sample_, &QPushButton::clicked, &run_, &RunWatch::sample);
    connect(&run_, &RunWatch::reset, this, &RunControls::show_run);
    connect(&run_, &RunWatch::state_changed, this, &RunControls::show_state);
    connect(&run_, &RunWatch::stepped, this, &RunControls::show_state);
    connect(&run_, &RunWatch::validated, this, &RunControls::show_state);
    connect(&run_, &RunWatch::controls_changed, this, &RunControls::show_values);
    connect(&run_, &RunWatch::control_refused, this, &RunControls::show_problem);
    show_run();
    retranslate();
}

void RunControls::show_run() {
    can_validate_ = validates(run_.detail().config_json);
    show_values();
    show_state();
}

QLineEdit* RunControls::add_row(QHBoxLayout* line, const char* key, QWidget* before) {
    const Row row{.key = key, .label = make_label(TextRole::caption, Tone::muted), .edit = new QLineEdit};
    row.label->setBuddy(row.edit);
    row.edit->setObjectName(QLatin1String(key));
    row.edit->setFixedWidth(kFieldWidth);
    row.edit->setFont(text_font(TextRole::body));
    if (line->count() > 1) line->addSpacing(space::kGrid);
    line->addWidget(row.label);
    if (before != nullptr) line->addWidget(before);
    line->addWidget(row.edit);
    rows_.push_back(row);
    // Not while it is typed: the 1 of 1000 would end the run.
    connect(row.edit, &QLineEdit::editingFinished, this, [this, key] { take(key); });
    return row.edit;
}

const RunControls::Row& RunControls::row(const std::string& key) const {
    return *std::find_if(rows_.begin(), rows_.end(), [&](const Row& one) { return one.key == key; });
}

void RunControls::take(const char* key) {
    slider_rests_.stop();
    const QString text = row(key).edit->text();
    TrainControls wanted = run_.controls();
    FieldReading reading;
    visit_controls(wanted, [&](const char* name, auto& value, const Field& field) {
        if (std::string_view(name) == key) reading = read(text, field, value, unit_of(key));
    });
    if (!reading.right) {
        return show_problem({.kind = ErrorKind::out_of_range,
                             .key = key,
                             .expected = reading.why.toStdString(),
                             .found = text.toStdString()});
    }
    if (control_changes(run_.controls(), wanted).empty()) return show_values();
    run_.control(wanted);
}

void RunControls::show_values() {
    problem_->hide();
    const bool sliding = slider_->isSliderDown() || slider_rests_.isActive();
    visit_controls(run_.controls(), [this, sliding](const char* name, const auto& value, const Field&) {
        QLineEdit* edit = row(name).edit;
        const QString text = text_of(value, unit_of(name));
        set_look(edit, "wrong", false);
        const bool being_typed = edit->hasFocus() && edit->isModified();
        const bool follows_slider = sliding && std::string_view(name) == "learning_rate_multiplier";
        if (edit->text() != text && !being_typed && !follows_slider) edit->setText(text);
    });
    if (sliding) return;
    const QSignalBlocker quiet(slider_);
    const double multiplier = std::max(1e-9, run_.controls().learning_rate_multiplier);
    slider_->setValue(static_cast<int>(std::lround(kDecade * std::log10(multiplier))));
}

void RunControls::show_problem(const Error& error) {
    Error named = error;
    for (const Row& one : rows_) {
        if (error.key != one.key) continue;
        set_look(one.edit, "wrong", true);
        named.key = one.edit->accessibleName().toStdString();
    }
    problem_->setText(error_text(named));
    problem_->show();
}

void RunControls::show_state() {
    const bool usable = run_.is_live() && !run_.is_closing();
    for (const Row& one : rows_) one.edit->setEnabled(usable);
    slider_->setEnabled(usable);
    sample_->setEnabled(usable);
    const std::vector<MetricPoint>& metrics = run_.detail().metrics;
    const bool measured =
        metrics.empty() || (run_.state() == RunWatch::State::paused && metrics.back().eval_loss.has_value());
    evaluate_->setEnabled(usable && !measured && can_validate_);
}

void RunControls::name_row(const char* key, const QString& name, const QString& tooltip, const QString& empty) {
    const Row& one = row(key);
    name_field(one.label, one.edit, name, tooltip);
    one.edit->setPlaceholderText(empty);
}

void RunControls::retranslate() {
    set_title(tr("Controls"));
    set_words(evaluate_, tr("Evaluate now"),
              tr("Measures the validation loss after this step; takes as long as one of the run's validations"));
    set_words(sample_, tr("Sample now"), tr("Lets the model write a text after this step; takes a moment"));
    name_row("learning_rate_multiplier", tr("Learning rate ×"),
             tr("The schedule's learning rate times this, from the next step on: 0 to 100. Costs nothing."));
    slider_->setAccessibleName(tr("Learning rate multiplier"));
    slider_->setToolTip(row("learning_rate_multiplier").edit->toolTip());
    name_row("max_grad_norm", tr("Clip"),
             tr("Gradients longer than this are scaled down; 0: never; empty: as in the settings. Costs nothing."),
             tr("as set"));
    stop_word_->setText(tr("Stop"));
    name_row("stop_at_step", tr("at step"), tr("Saves and ends the run after this step; empty: at its last"),
             tr("never"));
    name_row("stop_at_loss", tr("at validation loss"),
             tr("Saves and ends the run when a validation loss is this low; empty: never"), tr("never"));
    name_row(
        "stop_after_s", tr("after minutes"),
        tr("Saves and ends the run when it has trained this long since its beginning, pauses left out; empty: never"),
        tr("never"));
    name_row("early_stopping_patience", tr("patience"),
             tr("Saves and ends the run after this many validations without a better loss; empty: never"), tr("never"));
    show_values();
}

}  // namespace lathe

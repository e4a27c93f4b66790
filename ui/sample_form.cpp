#include "ui/sample_form.h"

#include <QCoreApplication>
#include <QEvent>
#include <QSignalBlocker>
#include <array>

#include "ui/sample_field.h"

namespace lathe {

namespace {

constexpr int kFieldWidth = 104;

struct Preset {
    double temperature, top_p, min_p;
};
constexpr std::array<Preset, 3> kPresets = {{{0.3, 0.9, 0.0}, {0.8, 0.95, 0.0}, {1.2, 1.0, 0.05}}};

bool is_preset(const SampleConfig& sample, const Preset& preset) {
    return sample.temperature == preset.temperature && sample.top_p == preset.top_p && sample.min_p == preset.min_p &&
           sample.top_k == 0 && sample.repetition_penalty == 1.0;
}

// Calls `act(value, field)` for the field of that name.
template <class Act>
struct OneField {
    const std::string& name;
    Act act;
    template <class T>
    void operator()(const char* field_name, T& value, const Field& field) const {
        if (name == field_name) act(value, field);
    }
};

template <class Act>
void with_field(SampleConfig& sample, const std::string& name, Act act) {
    SampleConfig::visit(sample, OneField<Act>{name, act});
}

QString text_of_field(SampleConfig sample, const std::string& name) {
    QString text;
    with_field(sample, name, [&](const auto& value, const Field& /*field*/) { text = field_text(value); });
    return text;
}

}  // namespace

SampleForm::SampleForm(QWidget* parent)
    : QWidget(parent), presets_(new Segments(static_cast<int>(kPresets.size()))), grid_(new QGridLayout) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::kSmall);
    column->addWidget(presets_);
    grid_->setHorizontalSpacing(space::kSmall);
    grid_->setVerticalSpacing(space::kTiny);
    grid_->setColumnStretch(0, 1);
    column->addLayout(grid_);
    SampleConfig::visit(
        sample_, [this](const char* name, const auto& /*value*/, const Field& field) { add_row(name, field.help); });
    connect(presets_, &Segments::chosen, this, &SampleForm::choose_preset);
    set_sample(sample_);
    retranslate();
}

void SampleForm::add_row(const std::string& name, std::string_view help) {
    const Row row{.name = name,
                  .help = std::string(help),
                  .label = make_label(TextRole::caption, Tone::muted),
                  .edit = new QLineEdit,
                  .mend = make_button(ButtonKind::link)};
    row.label->setText(QString::fromStdString(name));
    row.label->setBuddy(row.edit);
    row.edit->setObjectName(QString::fromStdString(name));
    row.edit->setFixedWidth(kFieldWidth);
    row.edit->setFont(text_font(TextRole::body));
    row.mend->hide();
    const int line = grid_->rowCount();
    grid_->addWidget(row.label, line, 0);
    grid_->addWidget(row.edit, line, 1);
    grid_->addWidget(row.mend, line + 1, 0, 1, 2, Qt::AlignRight);
    const size_t index = rows_.size();
    rows_.push_back(row);
    connect(row.edit, &QLineEdit::textEdited, this, [this, index] { take(rows_[index]); });
    connect(row.mend, &QPushButton::clicked, this, [this, index] {
        rows_[index].edit->setText(rows_[index].mend->property("legal").toString());
        take(rows_[index]);
        rows_[index].edit->setFocus();
    });
}

void SampleForm::set_sample(const SampleConfig& sample) {
    sample_ = sample;
    for (const Row& row : rows_) {
        const QString text = text_of_field(sample, row.name);
        if (row.edit->text() != text) row.edit->setText(text);
        set_look(row.edit, "wrong", false);
        row.mend->hide();
    }
    show_preset();
}

void SampleForm::take(const Row& row) {
    const QString before = text_of_field(sample_, row.name);
    FieldReading reading;
    with_field(sample_, row.name,
               [&](auto& value, const Field& field) { reading = read_field(row.edit->text(), field, value); });
    set_look(row.edit, "wrong", !reading.right);
    row.mend->setVisible(!reading.right);
    row.mend->setProperty("legal", reading.legal);
    if (!reading.right)
        set_words(row.mend, tr("%1: use %2").arg(reading.why, reading.legal), tr("Sets a value that is allowed"));
    if (text_of_field(sample_, row.name) == before) return;
    show_preset();
    Q_EMIT edited();
}

void SampleForm::choose_preset(int index) {
    const Preset& preset = kPresets[static_cast<size_t>(index)];
    SampleConfig sample = sample_;
    sample.temperature = preset.temperature;
    sample.top_p = preset.top_p;
    sample.min_p = preset.min_p;
    sample.top_k = 0;
    sample.repetition_penalty = 1.0;
    set_sample(sample);
    Q_EMIT edited();
}

void SampleForm::show_preset() {
    int shown = -1;
    for (size_t i = 0; i < kPresets.size(); ++i)
        if (is_preset(sample_, kPresets[i])) shown = static_cast<int>(i);
    presets_->set_current(shown);
}

void SampleForm::retranslate() {
    presets_->set_words({tr("Precise"), tr("Balanced"), tr("Wild")});
    presets_->setToolTip(tr("Sets temperature, top_p, top_k, min_p and repetition_penalty"));
    for (const Row& row : rows_) {
        QString help = QCoreApplication::translate("EngineWords", row.help.c_str());
        if (row.name == "stop") help += QLatin1Char('\n') + tr("Several are separated by commas; \\n is a new line.");
        if (row.name == "max_tokens") help += QLatin1Char('\n') + tr("The time of an answer grows with it.");
        row.edit->setToolTip(help);
        row.edit->setAccessibleName(QString::fromStdString(row.name));
        row.edit->setAccessibleDescription(help);
        row.label->setToolTip(help);
        if (row.mend->isVisibleTo(this)) take(row);
    }
    if (const auto& stop = rows_.back(); stop.name == "stop") stop.edit->setPlaceholderText(tr("none"));
}

void SampleForm::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) retranslate();
}

}  // namespace lathe

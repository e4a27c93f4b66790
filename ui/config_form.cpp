#include "ui/config_form.h"

#include <QScrollArea>
#include <QSignalBlocker>
#include <algorithm>
#include <array>

#include "engine/base/config_fields.h"
#include "ui/field_words.h"
#include "ui/legal_value.h"
#include "ui/tuning_defaults.h"

namespace lathe {

namespace {

constexpr int kFresh = 0, kBase = 1;
constexpr int kWhole = 0, kLora = 1, kQlora = 2;
constexpr int kRevealMargin = 96;

// Every section there can be.
RunConfig whole_config() {
    RunConfig config;
    config.model.emplace();
    config.base_model.emplace();
    config.lora.emplace();
    return config;
}

template <class Sections>
auto& section_named(Sections& sections, const std::string& name) {
    return *std::find_if(sections.begin(), sections.end(), [&](const auto& section) { return section.name == name; });
}

}  // namespace

ConfigForm::ConfigForm(const FormPlan& plan, QWidget* parent)
    : QWidget(parent),
      plan_(plan),
      origin_(new Segments(2)),
      method_(new Segments(3)),
      method_says_(make_label(TextRole::body, Tone::muted)),
      nothing_(make_label(TextRole::body, Tone::muted)) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, space::kCard);
    column->setSpacing(space::kGrid);
    build_sections();
    build_fields();
    column->addWidget(nothing_, 0, Qt::AlignHCenter);
    column->addStretch(1);
    for (Section& section : sections_) {
        auto* foot = new QHBoxLayout;
        foot->addSpacing(FormField::control_left() - space::kSmall);  // the text of the button under the controls
        foot->addWidget(section.more);
        foot->addStretch(1);
        section.card->content()->addLayout(foot);
    }
    connect(origin_, &Segments::chosen, this, [this](int index) { choose_base(index == kBase); });
    connect(method_, &Segments::chosen, this, &ConfigForm::choose_method);
    config_.model.emplace();
    show_values();
}

void ConfigForm::build_sections() {
    for (const std::string& name : plan_.sections) {
        sections_.push_back({name, new Card, make_button(ButtonKind::quiet)});
        const size_t index = sections_.size() - 1;
        sections_.back().card->content()->setSpacing(space::kGrid);
        layout()->addWidget(sections_.back().card);
        connect(sections_.back().more, &QPushButton::clicked, this, [this, index] {
            sections_[index].open = !sections_[index].open;
            arrange();
        });
    }
    section_named(sections_, "model").card->header()->addWidget(origin_);
    section_named(sections_, "lora").card->header()->addWidget(method_);
    method_says_->setWordWrap(true);
    section_named(sections_, "lora").card->content()->addWidget(method_says_);
}

void ConfigForm::build_fields() {
    const RunConfig usual = whole_config();
    for_each_leaf(usual, [this](const std::string& key, const auto& value, const Field& field) {
        if (plan_.section_of(key).empty()) return;
        auto* row = new FormField(key, field, FieldValue(value));
        section_of(key).card->content()->addWidget(row);
        fields_.push_back(row);
        connect(row, &FormField::edited, this, [this, key](const std::string& json) { on_edited(key, json); });
    });
}

ConfigForm::Section& ConfigForm::section_of(const std::string& key) {
    return section_named(sections_, plan_.section_of(key));
}

FormField* ConfigForm::field(const std::string& key) const {
    const auto found =
        std::find_if(fields_.begin(), fields_.end(), [&](const FormField* field) { return field->key() == key; });
    return found == fields_.end() ? nullptr : *found;
}

void ConfigForm::set_config(const RunConfig& config) {
    keep();
    config_ = config;
    typed_wrong_.clear();
    show_values();
}

void ConfigForm::keep() {
    if (config_.model) kept_model_ = config_.model;
    if (config_.base_model) {
        kept_base_ = config_.base_model;
        kept_method_ = method();
    }
    if (config_.lora) kept_lora_ = config_.lora;
}

void ConfigForm::on_edited(const std::string& key, const std::string& json) {
    try {
        set_field(config_, key + "=" + json);
        typed_wrong_.erase(key);
    } catch (const Exception& exception) {
        typed_wrong_[key] = exception.error();
    }
    check();
    Q_EMIT changed(key);
}

QVariantMap ConfigForm::typed() const {
    QVariantMap texts;
    for (const auto& [key, error] : typed_wrong_) texts[QString::fromStdString(key)] = field(key)->text();
    return texts;
}

void ConfigForm::type(const QVariantMap& typed) {
    const QSignalBlocker quiet(this);
    for (auto at = typed.begin(); at != typed.end(); ++at)
        if (FormField* row = field(at.key().toStdString()); row != nullptr) row->type(at.value().toString());
}

void ConfigForm::choose_base(bool base) {
    if (base == config_.base_model.has_value()) return;
    keep();
    if (base) {
        config_.model.reset();
        config_.base_model = kept_base_.value_or(BaseModelConfig{});
        if (kept_method_ != kWhole) config_.lora = kept_lora_.value_or(LoraConfig{});
    } else {
        config_.base_model.reset();
        config_.lora.reset();
        config_.model = kept_model_.value_or(ModelConfig{});
    }
    show_values();
    Q_EMIT changed(base ? "base_model" : "model");
}

int ConfigForm::method() const {
    if (!config_.lora) return kWhole;
    return config_.base_model && config_.base_model->load_in_4bit ? kQlora : kLora;
}

void ConfigForm::choose_method(int chosen) {
    if (!config_.base_model || chosen == method()) return;
    keep();
    config_.lora.reset();
    if (chosen != kWhole) config_.lora = kept_lora_.value_or(LoraConfig{});
    config_.base_model->load_in_4bit = chosen == kQlora;
    show_values();
    Q_EMIT changed("lora");
}

void ConfigForm::show_values() {
    for_each_leaf(config_, [this](const std::string& key, const auto& value, const Field&) {
        FormField* row = field(key);
        if (row != nullptr && typed_wrong_.count(key) == 0) row->set_value(FieldValue(value));
    });
    origin_->set_current(config_.base_model ? kBase : kFresh);
    method_->set_current(method());
    check();
}

void ConfigForm::check() {
    std::erase_if(typed_wrong_, [this](const auto& wrong) { return !applies(wrong.first); });
    problems_ = typed_wrong_;
    const RunConfig whole = checked();
    try {
        validate(whole, "");
    } catch (const Exception& exception) {
        problems_.emplace(exception.error().key, exception.error());
    }
    for (FormField* row : fields_) {
        row->set_reason(tuning_reason(config_, row->key()));
        const auto wrong = problems_.find(row->key());
        if (wrong == problems_.end()) {
            row->set_problem({}, {});
        } else {
            row->set_problem(field_error(wrong->second),
                             legal_value(whole, wrong->second, row->typed()).value_or(std::string()));
        }
    }
    arrange();
}

RunConfig ConfigForm::checked() const {
    RunConfig config = config_;
    if (config.data.files.empty() && field("data.files") == nullptr) config.data.files = {"any"};
    return config;
}

QString ConfigForm::first_problem() const {
    if (problems_.empty()) return {};
    const auto& [key, error] = *problems_.begin();
    return tr("%1 %2").arg(QString::fromStdString(key), field_error(error));
}

bool ConfigForm::blame(const Error& error) {
    std::string key = error.key;
    const auto names = [&](const std::string& path) { return !path.empty() && error.file.rfind(path, 0) == 0; };
    if (field(key) == nullptr) {
        key.clear();
        if (config_.base_model && names(config_.base_model->path)) key = "base_model.path";
        if (names(config_.tokenizer.path)) key = "tokenizer.path";
        for (const std::string& file : config_.data.files)
            if (names(file)) key = "data.files";
    }
    FormField* row = field(key);
    if (row == nullptr || !applies(key)) return false;
    problems_.emplace(key, error);
    row->set_problem(field_error(error), {});
    arrange();
    return true;
}

void ConfigForm::set_costs(const std::vector<FieldCost>& costs) {
    std::map<std::string, QStringList> texts;
    for (const FieldCost& cost : costs) texts[cost.key] << cost_text(cost);
    for (FormField* row : fields_) {
        QStringList& lines = texts[row->key()];
        lines.removeAll(QString());
        row->set_cost(lines.join(QLatin1Char('\n')));
    }
}

void ConfigForm::set_filter(const QString& words) {
    filter_ = words.simplified();
    arrange();
}

bool ConfigForm::applies(const std::string& key) const {
    if (key.rfind("lora.", 0) == 0) return config_.lora.has_value();
    if (key == "base_model.load_in_4bit" || key == "base_model.bnb_4bit_quant_type")
        return false;  // the method says it
    if (key == "base_model.bnb_4bit_use_double_quant") return method() == kQlora;
    if (key.rfind("base_model.", 0) == 0) return config_.base_model.has_value();
    if (key.rfind("model.", 0) == 0) return config_.model.has_value();
    // Nothing to train: the model or the folder has one.
    if (key == "tokenizer.vocab_size") return !config_.base_model && config_.tokenizer.path.empty();
    return true;
}

void ConfigForm::arrange() {
    bool any = false;
    for (Section& section : sections_) {
        int shown = 0, behind = 0;
        for (FormField* row : fields_) {
            if (plan_.section_of(row->key()) != section.name) continue;
            const bool first = plan_.is_first(row->key()) || problems_.count(row->key()) > 0;
            const bool seen =
                applies(row->key()) && (filter_.isEmpty() ? first || section.open : row->matches(filter_));
            row->setVisible(seen);
            shown += seen ? 1 : 0;
            behind += applies(row->key()) && !first ? 1 : 0;
        }
        const bool method_card = section.name == "lora" && config_.base_model && filter_.isEmpty();
        section.card->setVisible(shown > 0 || method_card);
        section.more->setVisible(filter_.isEmpty() && behind > 0);
        set_words(section.more, section.open ? tr("Fewer settings") : tr("All settings (%1 more)").arg(behind),
                  section.open ? tr("Shows what matters most alone") : tr("Shows every setting of this section"));
        any = any || shown > 0;
    }
    nothing_->setVisible(!any);
    const std::array says = {
        tr("Every weight is trained: can learn the most, takes the most memory, and forgets the most easily."),
        tr("A small adapter is trained on the model, which stays as it is: a tenth of the memory for training, and a "
           "file of a few megabytes."),
        tr("The adapter is trained on the model in 4 bits: least memory, nearly the same result. Merge it into the "
           "original model afterwards.")};
    method_says_->setText(says[static_cast<size_t>(method())]);
}

void ConfigForm::reveal(const std::string& key) {
    FormField* row = field(key);
    if (row == nullptr) return;
    if (row->isHidden()) {
        section_of(key).open = true;
        arrange();
    }
    for (QWidget* above = parentWidget(); above != nullptr; above = above->parentWidget()) {
        auto* area = qobject_cast<QScrollArea*>(above);
        if (area == nullptr) continue;
        layout()->activate();
        area->ensureWidgetVisible(row, 0, kRevealMargin);
        break;
    }
    row->focus();
}

void ConfigForm::retranslate() {
    for (Section& section : sections_) section.card->set_title(plan_.title(section.name));
    origin_->set_words({tr("Fresh model"), tr("Go on from a folder")});
    origin_->setToolTip(
        tr("A fresh model begins with random weights, in the size given here; a folder's model goes on "
           "from its own weights, in its own size."));
    method_->set_words({tr("Whole model"), tr("LoRA"), tr("QLoRA")});
    method_->setToolTip(tr("What is trained: all weights, or an adapter of low rank on an exact or a 4-bit base"));
    nothing_->setText(tr("No setting is called like this."));
    for (FormField* row : fields_) row->retranslate();
    check();
}

}  // namespace lathe

#include "ui/recipe_form.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalBlocker>
#include <algorithm>

#include "engine/base/config_fields.h"
#include "ui/data_words.h"
#include "ui/field_words.h"
#include "ui/number_text.h"

namespace lathe {

namespace {

constexpr int kEffectWidth = 112;
const std::string kSection = "recipe.";

// With one field set to this JSON. Throws what is wrong with it.
CleanRecipe with_field(const CleanRecipe& recipe, const std::string& key, const std::string& json) {
    // Alone first: its own error, before those of the whole.
    CleanRecipe one = parse_clean_recipe("{\"" + key + "\": " + json + "}", "");
    QJsonObject all = QJsonDocument::fromJson(QByteArray::fromStdString(to_json(recipe))).object();
    const QJsonObject field = QJsonDocument::fromJson(QByteArray::fromStdString(to_json(one))).object();
    const QString name = QString::fromStdString(key);
    all[name] = field[name];
    return parse_clean_recipe(QJsonDocument(all).toJson().toStdString(), "");
}

}  // namespace

RecipeForm::RecipeForm(QWidget* parent) : QWidget(parent) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::kSmall);
    for_each_leaf(recipe_, [&](const std::string& key, const auto& value, const Field& field) {
        auto* row = new FormField(kSection + key, field, FieldValue(value));
        QLabel* effect = make_label(TextRole::caption, Tone::muted);
        effect->setFixedWidth(kEffectWidth);
        effect->setAlignment(Qt::AlignRight | Qt::AlignTop);
        effect->setWordWrap(true);
        effect->setContentsMargins(0, space::kSmall, 0, 0);
        auto* line = new QHBoxLayout;
        line->setSpacing(space::kSmall);
        line->addWidget(row, 1);
        line->addWidget(effect, 0, Qt::AlignTop);
        column->addLayout(line);
        steps_.push_back({row, effect});
        connect(row, &FormField::edited, this, [this, key](const std::string& json) { on_edited(key, json); });
    });
    show_values();
}

void RecipeForm::set_recipe(const CleanRecipe& recipe) {
    recipe_ = recipe;
    wrong_.clear();
    show_values();
}

void RecipeForm::show_values() {
    size_t at = 0;
    for_each_leaf(recipe_, [&](const std::string&, const auto& value, const Field&) {
        steps_[at].field->set_value(FieldValue(value));
        steps_[at].field->set_problem({}, {});
        ++at;
    });
}

FormField* RecipeForm::field(const std::string& key) const {
    const auto step =
        std::find_if(steps_.begin(), steps_.end(), [&](const Step& one) { return one.field->key() == kSection + key; });
    return step == steps_.end() ? nullptr : step->field;
}

QVariantMap RecipeForm::typed() const {
    QVariantMap texts;
    for (const std::string& key : wrong_) texts[QString::fromStdString(key)] = field(key)->text();
    return texts;
}

void RecipeForm::type(const QVariantMap& typed) {
    const QSignalBlocker quiet(this);
    for (auto at = typed.begin(); at != typed.end(); ++at)
        if (FormField* row = field(at.key().toStdString()); row != nullptr) row->type(at.value().toString());
}

void RecipeForm::on_edited(const std::string& key, const std::string& json) {
    wrong_.erase(std::remove(wrong_.begin(), wrong_.end(), key), wrong_.end());
    CleanRecipe next = recipe_;
    const auto error = error_of([&] {
        next = with_field(recipe_, key, json);
        validate(next, "");
    });
    field(key)->set_problem(error ? field_error(*error) : QString(), {});
    if (error)
        wrong_.push_back(key);
    else
        recipe_ = next;
    Q_EMIT changed();
}

bool RecipeForm::blame(const Error& error) {
    FormField* row = field(error.key);
    if (row != nullptr) row->set_problem(field_error(error), {});
    return row != nullptr;
}

void RecipeForm::set_survey(const std::optional<DatasetSurvey>& survey) {
    survey_ = survey;
    show_effects();
}

void RecipeForm::show_effects() {
    for (const Step& step : steps_) {
        const std::string name = step.field->key().substr(kSection.size());
        QString text, tip;
        if (survey_) {
            for (const RecipeEffect& effect : survey_->effects) {
                if (effect.step != name) continue;
                text = effect_text(effect);
                QStringList lines;
                for (const std::string& first : effect.first_texts) lines << QString::fromStdString(first).simplified();
                tip = lines.join(QStringLiteral("\n"));
            }
            if (name == "validation_fraction" && survey_->validation_documents > 0)
                text = tr("holds back %1").arg(count_text(survey_->validation_documents));
        }
        step.effect->setText(text);
        step.effect->setToolTip(tip.toHtmlEscaped());
        step.effect->setAccessibleName(QString::fromStdString(name) + QStringLiteral(": ") + text);
    }
}

void RecipeForm::retranslate() {
    for (const Step& step : steps_) step.field->retranslate();
    show_effects();
}

}  // namespace lathe

// The steps of a CleanRecipe as a form, made from its visit(), with what each does to the data on screen beside it.
// Thread: GUI.
#pragma once

#include <QVariantMap>

#include "engine/base/dataset.h"
#include "ui/form_field.h"

namespace lathe {

class RecipeForm : public QWidget {
    Q_OBJECT

public:
    explicit RecipeForm(QWidget* parent = nullptr);
    const CleanRecipe& recipe() const { return recipe_; }
    void set_recipe(const CleanRecipe& recipe);  // emits nothing
    // Of this recipe; without one they are being counted.
    void set_survey(const std::optional<DatasetSurvey>& survey);
    // What the engine found wrong with a field; false: with none.
    bool blame(const Error& error);
    bool is_legal() const { return wrong_.empty(); }
    // As of ConfigForm: what was typed and is no value, by key.
    QVariantMap typed() const;
    void type(const QVariantMap& typed);  // emits nothing
    void retranslate();

Q_SIGNALS:
    void changed();  // by the user; the recipe is the last legal one

private:
    struct Step {
        FormField* field;
        QLabel* effect;
    };
    FormField* field(const std::string& key) const;
    void on_edited(const std::string& key, const std::string& json);
    void show_values();
    void show_effects();

    CleanRecipe recipe_;
    std::vector<Step> steps_;
    std::vector<std::string> wrong_;  // keys of what is typed and not legal
    std::optional<DatasetSurvey> survey_;
};

}  // namespace lathe

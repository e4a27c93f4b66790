// The settings of a run as a form, made from their visit(): a card a section, the few settings that matter first, the
// rest behind a button, a filter over all. What is typed is checked at once; config() holds the last legal value of
// each setting, and is the run's as soon as is_legal(). Thread: GUI.
#pragma once

#include <QVariantMap>
#include <map>

#include "engine/base/events.h"
#include "ui/cards.h"
#include "ui/form_field.h"
#include "ui/form_plan.h"

namespace lathe {

class ConfigForm : public QWidget {
    Q_OBJECT

public:
    explicit ConfigForm(const FormPlan& plan = run_form(), QWidget* parent = nullptr);

    const RunConfig& config() const { return config_; }
    // Emits nothing.
    void set_config(const RunConfig& config);
    bool is_legal() const { return problems_.empty(); }
    // By dotted key.
    const std::map<std::string, Error>& problems() const { return problems_; }
    // What was typed and is no value, which config() has no place for, as text by key; to be kept beside it.
    QVariantMap typed() const;
    // Typed once more after set_config(); emits nothing.
    void type(const QVariantMap& typed);
    // One in a sentence, where there is any.
    QString first_problem() const;
    // What the engine found wrong, until the next change; false: no setting of the form is to blame.
    bool blame(const Error& error);
    void set_costs(const std::vector<FieldCost>& costs);
    void set_filter(const QString& words);
    // Opens its section, scrolls to it, gives it the keyboard.
    void reveal(const std::string& key);
    void retranslate();
    FormField* field(const std::string& key) const;

Q_SIGNALS:
    // By the user: the config, or what is wrong with it.
    void changed(const std::string& key);

private:
    struct Section {
        std::string name;  // "train"
        Card* card;
        QPushButton* more;
        bool open = false;
    };

    Section& section_of(const std::string& key);
    void build_sections();
    void build_fields();
    void on_edited(const std::string& key, const std::string& json);
    // For when the choice that is in force is again.
    void keep();
    void choose_base(bool base);
    void choose_method(int method);
    int method() const;
    void show_values();
    void check();
    bool applies(const std::string& key) const;
    void arrange();

    // What is checked: data that the form does not ask for are there.
    RunConfig checked() const;

    const FormPlan& plan_;
    RunConfig config_;
    std::optional<ModelConfig> kept_model_;  // of the choice that is not in force
    std::optional<BaseModelConfig> kept_base_;
    std::optional<LoraConfig> kept_lora_;
    int kept_method_ = 1;                       // of kept_base_; LoRA
    std::map<std::string, Error> typed_wrong_;  // has no place in config_
    std::map<std::string, Error> problems_;
    std::vector<Section> sections_;
    std::vector<FormField*> fields_;
    Segments* origin_;
    Segments* method_;
    QLabel* method_says_;
    QLabel* nothing_;  // that the filter finds
    QString filter_;
};

}  // namespace lathe

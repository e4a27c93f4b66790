// The settings of a new run: preset, form, plan, and what the data would teach. What is in the form outlives the
// program, as JSON under train/config; text that is no value yet, under train/typed. Thread: GUI.
#pragma once

#include <QStackedWidget>

#include "ui/advice_card.h"
#include "ui/config_form.h"
#include "ui/config_history.h"
#include "ui/examples_panel.h"
#include "ui/inspection_card.h"
#include "ui/inspection_panel.h"
#include "ui/page.h"
#include "ui/plan_card.h"
#include "ui/preset_bar.h"
#include "ui/preset_name.h"
#include "ui/run_plan.h"

namespace lathe {

class TrainSetup : public QWidget {
    Q_OBJECT

public:
    explicit TrainSetup(const PageContext& context, QWidget* parent = nullptr);
    ~TrainSetup() override;

    const RunConfig& config() const { return form_->config(); }
    ConfigForm* form() const { return form_; }
    QString preset() const { return bar_->current(); }
    // Why the run cannot start; empty: it can.
    QString obstacle() const;
    // Another run's settings, or a preset's; can be undone.
    void set_config(const RunConfig& config, const QString& preset);
    // A folder or file of a model to go on from, with its own tokenizer. A first one brings LoRA and what suits tuning
    // (tuning_defaults.h), in the place of what the form began with; the rest stays, and what the user changed.
    void set_base(const std::string& path);
    // Updates that the run would make; 0: not known yet.
    int64_t planned_steps() const;
    // That so many take here; 0: not known yet.
    double seconds_of(int64_t steps) const;
    // What a start was refused for, shown at its setting; false: at none.
    bool blame(const Error& error) { return form_->blame(error); }
    void ask_preset_name();
    // Of what is looked at: the settings, or the table of examples.
    bool can_undo() const;
    bool can_redo() const;
    void undo();
    void redo();
    // The page comes into view: presets may have changed, and so may the machine.
    void entered();
    void find_setting();
    // What stands in the place of the form.
    enum class Face { settings, batch, examples };
    void show_face(Face face);
    Face face() const { return static_cast<Face>(faces_->currentIndex()); }
    void show_batch(bool shown) { show_face(shown ? Face::batch : Face::settings); }
    bool shows_batch() const { return face() == Face::batch; }
    // The table of this file's examples; "": the one that was open last.
    void write_examples(const QString& file);
    // Of every face, which the page's actions press, too.
    std::vector<QPushButton*> undo_buttons() const { return {bar_->undo_button(), examples_panel_->undo_button()}; }
    std::vector<QPushButton*> redo_buttons() const { return {bar_->redo_button(), examples_panel_->redo_button()}; }
    QPushButton* batch_button() const { return data_card_->batch_button(); }
    // A run begins.
    void left() { inspector_.drop(); }
    DataInspector& inspector() { return inspector_; }
    ExampleFile& examples() { return examples_; }
    void retranslate();

Q_SIGNALS:
    void changed();  // the settings, or what is wrong with them
    void saved(const QString& name, const std::optional<lathe::RunConfig>& before);  // before: the preset it replaced
    void failed(const lathe::Error& error);  // a preset that is broken, or cannot be written

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    void restore();
    void fit_side();
    void on_changed(const std::string& key);
    void take_preset(const Preset& preset);
    void save_as(const QString& name);
    TrainConfig defaults_of(const RunConfig& config) const;
    void suit(RunConfig& next, const RunConfig& before) const;
    void show_advice();
    void show_state(const ConfigHistory::State& state);
    void settle();
    void on_plan();
    void inspect();
    void show_obstacle();
    bool uses_examples() const;
    void use_examples();
    void on_examples_saved();
    void choose_column(const std::string& key, const std::string& value);

    const PageContext context_;
    ConfigHistory history_;
    RunConfig fresh_;    // the last fresh run that the form was filled with: what differs from it is the user's
    RunConfig settled_;  // before the change at hand
    PresetBar* bar_;
    PresetName* name_;
    ConfigForm* form_;
    RunPlan plan_;
    PlanCard* card_;
    AdviceCard* advice_;
    DataInspector inspector_;
    InspectionCard* data_card_;
    InspectionPanel* panel_;
    ExampleFile examples_;
    ExamplesPanel* examples_panel_;
    bool use_when_saved_ = false;
    QStackedWidget* faces_;
    QWidget* settings_;
    QScrollArea* side_;
};

}  // namespace lathe

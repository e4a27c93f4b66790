// A model built from its parts: the switches, one dial for its size, every setting with what it costs; at the right the
// model as a picture and what it takes. What is half-built outlives the program, as JSON under model/config; text that
// is no value yet, under model/typed. Thread: GUI.
#pragma once

#include "ui/config_form.h"
#include "ui/config_history.h"
#include "ui/model_costs.h"
#include "ui/model_diagram.h"
#include "ui/page.h"
#include "ui/preset_bar.h"
#include "ui/preset_name.h"
#include "ui/run_plan.h"
#include "ui/size_dial.h"
#include "ui/switch_card.h"

namespace lathe {

class ModelBuilder : public QWidget {
    Q_OBJECT

public:
    explicit ModelBuilder(const PageContext& context, QWidget* parent = nullptr);
    ~ModelBuilder() override;

    const RunConfig& config() const { return form_->config(); }
    QString preset() const { return bar_->current(); }
    // Why it cannot be trained; empty: it can.
    QString obstacle() const { return form_->first_problem(); }
    // Can be undone.
    void set_config(const RunConfig& config, const QString& preset);
    // The shape of a config.json, a folder that has one, or a GGUF file, in the place of this model's.
    void import_shape(const QString& path);
    void ask_preset_name() { name_->ask(preset()); }
    bool can_undo() const { return history_.can_undo(); }
    bool can_redo() const { return history_.can_redo(); }
    void undo() { show_state(history_.undo()); }
    void redo() { show_state(history_.redo()); }
    void find_setting();
    // The page comes into view.
    void entered();
    void retranslate();
    ConfigForm* form() const { return form_; }
    const PresetBar& bar() const { return *bar_; }
    SwitchCard* switches() const { return switches_; }
    SizeDial* dial() const { return dial_; }
    ModelDiagram* diagram() const { return diagram_; }

Q_SIGNALS:
    void changed();
    void failed(const lathe::Error& error);
    // `before`: what stood under that name.
    void saved(const QString& name, const std::optional<lathe::RunConfig>& before);

protected:
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    void restore();
    void change(RunConfig config, const std::string& key);
    void turn(const std::string& name);
    void save(const QString& name);
    void show_state(const ConfigHistory::State& state);
    void settle();
    void look_at_base();
    void draw();
    void on_plan();
    void on_event(const Event& event);
    void take_shape(const ModelConfig& shape);

    const PageContext context_;
    ConfigHistory history_;
    RunPlan plan_;
    PresetBar* bar_;
    PresetName* name_;
    SwitchCard* switches_;
    SizeDial* dial_;
    ConfigForm* form_;
    ModelDiagram* diagram_;
    Card* picture_;
    ModelCosts* costs_;
    QScrollArea* side_;
    RequestId import_request_ = 0, base_request_ = 0;
    QString import_name_;
    std::string base_path_;  // that base_ is of
    std::optional<ModelConfig> base_;
};

}  // namespace lathe

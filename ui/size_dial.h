// One dial for the size of a model: depth, and with it width, heads and feed-forward in the proportions that are usual
// (64 of width for each block, heads of 64, four or more query heads to a key/value head, three times the width in
// between). Every position is legal. Thread: GUI.
#pragma once

#include <QSlider>

#include "engine/base/config.h"
#include "ui/cards.h"
#include "ui/run_plan.h"

namespace lathe {

constexpr int kDialPositions = 16;
// The model in that size, 0 to kDialPositions - 1; what is no size of a part stays.
ModelConfig dialled(ModelConfig model, int position);
// Where a model stands; -1: its parts are in other proportions.
int dial_position(const ModelConfig& model);

class SizeDial : public Card {
    Q_OBJECT

public:
    explicit SizeDial(const RunPlan& plan, QWidget* parent = nullptr);
    // nullptr: a base model has its size.
    void set_model(const ModelConfig* model);
    QSlider* slider() const { return slider_; }
    void retranslate();

Q_SIGNALS:
    void turned(int position);  // by the user

private:
    void show_figures();

    const RunPlan& plan_;
    QSlider* slider_;
    QLabel* figures_;
    std::optional<ModelConfig> model_;
};

}  // namespace lathe

// A model drawn as it is configured, from token ids to logits: what each part is, the shapes between them, how query
// heads share those of key and value, which layers have an adapter. In words for screen readers. Thread: GUI.
#pragma once

#include <QWidget>
#include <optional>

#include "engine/base/config.h"

namespace lathe {

class ModelDiagram : public QWidget {
    Q_OBJECT

public:
    explicit ModelDiagram(QWidget* parent = nullptr);
    // std::nullopt: the shape is not known yet.
    void set_model(const std::optional<ModelConfig>& model, const std::optional<LoraConfig>& lora, bool flash);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void describe();

    std::optional<ModelConfig> model_;
    std::optional<LoraConfig> lora_;
    bool flash_ = true;
};

}  // namespace lathe

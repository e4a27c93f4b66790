// What a model of the library is: name, where it lies, licence, shape, of an adapter its base; and what can be done
// with it. Thread: GUI.
#pragma once

#include "engine/base/model_entry.h"
#include "ui/cards.h"
#include "ui/fact_list.h"

namespace lathe {

class ModelCard : public Card {
    Q_OBJECT

public:
    explicit ModelCard(QWidget* parent = nullptr);
    // obstacle: why it cannot be trained now, in words; "" if it can.
    void set_model(const ModelEntry& model, const QString& obstacle);
    bool can_chat() const { return chat_->isVisibleTo(this) && chat_->isEnabled(); }

Q_SIGNALS:
    void chat_wanted();
    void train_wanted();
    void export_wanted();
    void fetch_wanted(const QString& name);  // of an adapter's base

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();
    void show_facts();
    QString obstacle_of_all() const;
    void open_folder() const;

    ModelEntry model_;
    QString obstacle_;
    QPushButton *chat_, *train_, *export_, *fetch_, *folder_, *copy_;
    ElidedLabel* path_;
    QLabel* problem_;
    FactList* facts_;
};

}  // namespace lathe

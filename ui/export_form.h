// The choice of an export: which weights, an adapter over them, the format, its numbers, how it is cut, where to. It is
// kept in the settings; the weights only beside an adapter or a folder that was typed: else the newest are as good.
// Thread: GUI.
#pragma once

#include <QLineEdit>
#include <QTimer>

#include "ui/model_picker.h"

namespace lathe {

class ExportForm : public Card {
    Q_OBJECT

public:
    explicit ExportForm(const PageContext& context, QWidget* parent = nullptr);

    ExportModel choice() const;
    // The user has chosen something; until then the page offers what was trained last.
    bool touched() const { return touched_; }
    ModelSource source() const { return picker_->source(); }
    void set_source(const ModelSource& source);
    void take_model(const ModelSource& source);  // counts as the user's
    void suggest_folder();                       // a free name for what is chosen
    void choose_ollama();                        // a GGUF of 4 bits with a Modelfile

Q_SIGNALS:
    void changed();

protected:
    void changeEvent(QEvent* event) override;

private:
    enum Format { kHf, kAdapter, kNf4, kGguf };
    Format format() const { return static_cast<Format>(format_->current()); }
    const std::vector<std::string>& numbers() const;
    QLabel* add_row(int row, QWidget* field, QWidget* button = nullptr);
    void touch();
    void touch_soon();  // as soon as the typing rests
    void keep();
    void restore();
    void on_format();
    void show_format();
    void browse_folder();
    void browse_adapter();
    void retranslate();

    const PageContext context_;
    QTimer soon_;  // typing asks once
    bool folder_typed_ = false, touched_ = false;
    QGridLayout* grid_;
    ModelPicker* picker_;
    QLineEdit* adapter_;
    QPushButton* browse_adapter_;
    Segments* format_;
    DropDown* numbers_;
    DropDown* shards_;
    Switch* ollama_;
    QLineEdit* system_;
    QLineEdit* folder_;
    QPushButton* browse_folder_;
    QLabel *model_label_, *adapter_label_, *format_label_, *format_note_, *numbers_label_, *shards_label_,
        *ollama_label_, *system_label_, *folder_label_;
};

}  // namespace lathe

// How an answer is drawn: presets and a field for each setting of SampleConfig, made from its one visit(). A wrong
// value is said under its field with a legal one to click, and the last legal one stands meanwhile. Thread: GUI.
#pragma once

#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QWidget>
#include <string>
#include <vector>

#include "engine/base/config.h"
#include "ui/controls.h"

namespace lathe {

class SampleForm : public QWidget {
    Q_OBJECT

public:
    explicit SampleForm(QWidget* parent = nullptr);
    const SampleConfig& sample() const { return sample_; }
    void set_sample(const SampleConfig& sample);

Q_SIGNALS:
    void edited();  // by the user, to another legal value

protected:
    void changeEvent(QEvent* event) override;

private:
    struct Row {
        std::string name, help;
        QLabel* label;
        QLineEdit* edit;
        QPushButton* mend;  // says what is right, and sets it
    };

    void add_row(const std::string& name, std::string_view help);
    void take(const Row& row);
    void choose_preset(int index);
    void show_preset();
    void retranslate();

    SampleConfig sample_;
    Segments* presets_;
    QGridLayout* grid_;
    std::vector<Row> rows_;
};

}  // namespace lathe

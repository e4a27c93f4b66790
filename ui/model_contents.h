// What is inside a model of the library, one of three at a time: its tensors, its configuration, its chat template.
// Thread: GUI.
#pragma once

#include <QPlainTextEdit>
#include <QStackedWidget>

#include "ui/cards.h"
#include "ui/library.h"
#include "ui/tensor_table.h"

namespace lathe {

class ModelContents : public Card {
    Q_OBJECT

public:
    explicit ModelContents(Library& library, QWidget* parent = nullptr);

protected:
    void changeEvent(QEvent* event) override;

private:
    enum Part { kTensors, kConfig, kTemplate };
    void show_detail();
    void show_part();
    void retranslate();
    QString text() const;  // of the part that is one

    Library& library_;
    Segments* parts_;
    QPushButton* copy_;
    QStackedWidget* faces_;
    TensorTable* tensors_;
    QPlainTextEdit* text_;
    EmptyState* empty_;
};

}  // namespace lathe

// The batch before a run, in the place of the form: any example, or row of a batch, as its tokens or its template text,
// with the way to the next and to any number; below it the files and the rows that are worth a look. Thread: GUI.
#pragma once

#include <QLineEdit>
#include <QPlainTextEdit>

#include "ui/cards.h"
#include "ui/data_inspector.h"
#include "ui/inspection_tables.h"
#include "ui/supervision_flow.h"

namespace lathe {

class InspectionPanel : public QWidget {
    Q_OBJECT

public:
    explicit InspectionPanel(DataInspector& inspector, QWidget* parent = nullptr);
    // Gives the keyboard to what is looked at most.
    void enter();
    void retranslate();
    SupervisionFlow* flow() const { return flow_; }

Q_SIGNALS:
    void closed();

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    QWidget* make_way();
    QWidget* make_legend();
    void show_state();
    void show_place();
    void show_tokens();
    void show_current();
    void step(int64_t by);
    QString empty_text() const;

    DataInspector& inspector_;
    Card* batch_;
    QPushButton* back_;
    Segments* part_;
    Segments* face_;
    QWidget* way_;
    QPushButton *previous_, *next_;
    QLineEdit* number_;
    QLabel* of_;
    ElidedLabel* place_;
    SupervisionFlow* flow_;
    QWidget* chips_;
    QPlainTextEdit* text_;
    ElidedLabel* current_;
    QWidget* legend_;
    std::vector<QLabel*> legend_words_;
    EmptyState* empty_;
    Card *files_card_, *notes_card_;
    InspectionTable *files_, *notes_;
};

}  // namespace lathe

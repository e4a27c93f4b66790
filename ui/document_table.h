// The documents of a data set by page, with what the recipe makes of each; the chosen one is read below. Thread: GUI.
#pragma once

#include <QPlainTextEdit>
#include <QTableView>

#include "ui/cards.h"
#include "ui/document_model.h"

namespace lathe {

class DocumentTable : public Card {
    Q_OBJECT

public:
    explicit DocumentTable(EngineLink& engine, QWidget* parent = nullptr);
    // total: as DocumentModel has it
    void set_source(const DataConfig& data, const CleanRecipe& recipe, std::optional<int64_t> total);
    DocumentModel* model() const { return model_; }
    void retranslate();

private:
    void show_chosen();

    DocumentModel* model_;
    QTableView* table_;
    QPlainTextEdit* text_;
    QLabel* note_;
};

}  // namespace lathe

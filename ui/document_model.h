// The documents of a data set as a table: number, place, text, what the recipe makes of it. Pages are asked from the
// engine when a view shows a row of them, and those far from what is looked at are forgotten, so that a million rows
// take no memory. Thread: GUI.
#pragma once

#include <QAbstractTableModel>
#include <map>

#include "ui/engine_link.h"

namespace lathe {

class DocumentModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { kNumber, kPlace, kText, kVerdict, kColumns };
    static constexpr int kPageRows = 50;

    explicit DocumentModel(EngineLink& engine, QObject* parent = nullptr);

    // total: of documents, where it is known; else those that have come are shown.
    void set_source(const DataConfig& data, const CleanRecipe& recipe, std::optional<int64_t> total);
    // Null: on its way.
    const PreviewedDocument* document(int row) const;
    const std::optional<Error>& error() const { return error_; }
    void retranslate();

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

Q_SIGNALS:
    void failed();

private:
    void on_event(const Event& event);
    void want(int page) const;
    void ask(int page);
    void take(int page, const DataPreviewed& answer);

    EngineLink& engine_;
    DataConfig data_;
    CleanRecipe recipe_;
    int rows_ = 0;
    bool counted_ = false;
    std::map<int, std::vector<PreviewedDocument>> pages_;
    std::map<int, RequestId> requests_;
    std::optional<Error> error_;
};

}  // namespace lathe

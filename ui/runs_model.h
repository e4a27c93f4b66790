// The runs of the record as a table for a view: filtered, sorted and ticked here. Thread: GUI.
#pragma once

#include <QAbstractTableModel>
#include <set>
#include <vector>

#include "engine/base/events.h"

namespace lathe {

class RunsModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { kTick, kName, kCurve, kState, kBest, kLast, kSteps, kDuration, kSize, kTags, kStarted, kColumns };
    static constexpr int kToneRole = Qt::UserRole;  // of the state
    using QAbstractTableModel::QAbstractTableModel;

    void set_runs(std::vector<RunSummary> runs);
    // The one that trains: its steps and losses as they come.
    void set_live(const RunSummary& run);
    // Words that must all be in the name, a tag, the note, the id or the state.
    void set_search(const QString& words);
    const RunSummary& run(int row) const { return runs_[shown_[static_cast<size_t>(row)]]; }
    int row_of(const std::string& run) const;  // -1: not shown
    int all() const { return static_cast<int>(runs_.size()); }

    const std::set<std::string>& ticked() const { return ticked_; }
    void set_ticked(std::set<std::string> runs);
    void toggle(int row);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;
    void sort(int column, Qt::SortOrder order) override;

Q_SIGNALS:
    void ticks_changed();
    void renamed(const std::string& run, const std::string& name);

private:
    void show();
    bool matches(const RunSummary& run) const;
    QString text(const RunSummary& run, int column) const;
    void runs_changed(int row);

    std::vector<RunSummary> runs_;
    std::vector<size_t> shown_;
    std::vector<std::string> shown_ids_;  // the same
    std::set<std::string> ticked_;
    QString search_;
    int column_ = kStarted;
    Qt::SortOrder order_ = Qt::DescendingOrder;
};

}  // namespace lathe

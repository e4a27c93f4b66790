#include "ui/runs_model.h"

#include <algorithm>
#include <cmath>

#include "ui/error_text.h"
#include "ui/filter_list.h"
#include "ui/number_text.h"
#include "ui/run_list.h"
#include "ui/run_summary.h"

namespace lathe {

namespace {

QString losses(const std::optional<double>& loss) {
    return loss ? loss_text(*loss) : QStringLiteral("–");
}

QString steps_of(const RunSummary& run) {
    return run.max_steps > 0 ? QStringLiteral("%1 / %2").arg(count_text(run.step), count_text(run.max_steps))
                             : count_text(run.step);
}

// Numbers compare as numbers; what is not known comes last when the order rises.
double number_of(const RunSummary& run, int column) {
    const auto known = [](const std::optional<double>& value) {
        return value && !std::isnan(*value) ? *value : INFINITY;
    };
    switch (column) {
        case RunsModel::kBest:
            return known(run.best_eval_loss);
        case RunsModel::kLast:
            return known(run.loss);
        case RunsModel::kSteps:
            return static_cast<double>(run.step);
        case RunsModel::kDuration:
            return run.elapsed_s;
        case RunsModel::kSize:
            return static_cast<double>(run.bytes);
        default:
            return static_cast<double>(run.created_at_ms);
    }
}

}  // namespace

void RunsModel::set_runs(std::vector<RunSummary> runs) {
    runs_ = std::move(runs);
    show();
}

void RunsModel::set_live(const RunSummary& live) {
    const auto run = std::find_if(runs_.begin(), runs_.end(), [&](const RunSummary& r) { return r.run == live.run; });
    if (run == runs_.end()) return;
    run->state = live.state;
    run->step = live.step;
    run->max_steps = live.max_steps;
    run->loss = live.loss;
    if (live.eval_loss && (!run->best_eval_loss || *live.eval_loss < *run->best_eval_loss))
        run->best_eval_loss = live.eval_loss;
    if (const int row = row_of(live.run); row >= 0) runs_changed(row);
}

void RunsModel::runs_changed(int row) {
    Q_EMIT dataChanged(index(row, 0), index(row, kColumns - 1));
}

void RunsModel::set_search(const QString& words) {
    search_ = words;
    show();
}

bool RunsModel::matches(const RunSummary& run) const {
    if (search_.isEmpty()) return true;
    QStringList all{name_of(run), QString::fromStdString(run.run), QString::fromStdString(run.note),
                    QString::fromStdString(run.state), state_word(run.state).word};
    for (const std::string& tag : run.tags) all << QString::fromStdString(tag);
    return has_words(all.join(QLatin1Char('\n')), search_);
}

void RunsModel::sort(int column, Qt::SortOrder order) {
    column_ = column;
    order_ = order;
    show();
}

void RunsModel::show() {
    std::vector<size_t> shown;
    for (size_t i = 0; i < runs_.size(); ++i)
        if (matches(runs_[i])) shown.push_back(i);
    const bool falling = order_ == Qt::DescendingOrder;
    const auto less = [&](const RunSummary& a, const RunSummary& b) {
        if (column_ == kTick) return ticked_.count(a.run) > ticked_.count(b.run);
        if (column_ == kName || column_ == kState || column_ == kTags)
            return QString::localeAwareCompare(text(a, column_), text(b, column_)) < 0;
        return number_of(a, column_) < number_of(b, column_);
    };
    std::stable_sort(shown.begin(), shown.end(), [&](size_t left, size_t right) {
        return falling ? less(runs_[right], runs_[left]) : less(runs_[left], runs_[right]);
    });
    std::vector<std::string> ids;
    for (const size_t i : shown) ids.push_back(runs_[i].run);
    if (ids == shown_ids_) {  // what is chosen stays chosen, and a name that is being written is not cut off
        shown_ = std::move(shown);
        if (!shown_.empty()) Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, kColumns - 1));
        return;
    }
    beginResetModel();
    shown_ = std::move(shown);
    shown_ids_ = std::move(ids);
    endResetModel();
}

int RunsModel::row_of(const std::string& run) const {
    for (size_t row = 0; row < shown_.size(); ++row)
        if (runs_[shown_[row]].run == run) return static_cast<int>(row);
    return -1;
}

void RunsModel::set_ticked(std::set<std::string> runs) {
    if (runs == ticked_) return;
    ticked_ = std::move(runs);
    if (!shown_.empty()) Q_EMIT dataChanged(index(0, kTick), index(rowCount() - 1, kTick));
    Q_EMIT ticks_changed();
}

void RunsModel::toggle(int row) {
    std::set<std::string> runs = ticked_;
    if (runs.erase(run(row).run) == 0) runs.insert(run(row).run);
    set_ticked(std::move(runs));
}

int RunsModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(shown_.size());
}

int RunsModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(kColumns);
}

QString RunsModel::text(const RunSummary& run, int column) const {
    QStringList tags;
    switch (column) {
        case kName:
            return name_of(run);
        case kState:
            return state_word(run.state).word;
        case kBest:
            return losses(run.best_eval_loss);
        case kLast:
            return losses(run.loss);
        case kSteps:
            return steps_of(run);
        case kDuration:
            return run.elapsed_s > 0 ? duration_text(run.elapsed_s) : QStringLiteral("–");
        case kSize:
            return run.bytes > 0 ? bytes_text(static_cast<double>(run.bytes)) : QStringLiteral("–");
        case kTags:
            for (const std::string& tag : run.tags) tags << QString::fromStdString(tag);
            return tags.join(QStringLiteral(", "));
        case kStarted:
            return time_text(run.created_at_ms);
        default:
            return {};
    }
}

QVariant RunsModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid()) return {};
    const RunSummary& run = this->run(index.row());
    const int column = index.column();
    switch (role) {
        case Qt::DisplayRole:
            return text(run, column);
        case Qt::EditRole:
            return column == kName ? QVariant(name_of(run)) : QVariant();
        case Qt::CheckStateRole:
            return column == kTick ? QVariant(ticked_.count(run.run) > 0 ? Qt::Checked : Qt::Unchecked) : QVariant();
        case Qt::AccessibleTextRole:
            if (column == kTick) return ticked_.count(run.run) > 0 ? tr("ticked") : tr("not ticked");
            if (column == kCurve) return run.curve.empty() ? tr("no curve") : tr("curve of the training loss");
            return text(run, column);
        case Qt::ToolTipRole:
            if (column == kTick) return tr("Draws its curve with those of the other ticked runs (Space)");
            if (column == kName)
                return QString::fromStdString(run.run) +
                       (run.note.empty() ? QString() : QLatin1Char('\n') + QString::fromStdString(run.note));
            if (column == kState && run.error) return error_text(*run.error);
            return text(run, column);
        case kToneRole:
            return static_cast<int>(state_word(run.state).tone);
        default:
            return {};
    }
}

QVariant RunsModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) return {};
    const bool number = section >= kBest && section <= kSize;
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue((number ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role == Qt::AccessibleTextRole && section == kTick) return tr("Ticked");
    const QString words[kColumns] = {{},          tr("Name"), tr("Loss curve"), tr("State"), tr("Best"),   tr("Last"),
                                     tr("Steps"), tr("Time"), tr("Size"),       tr("Tags"),  tr("Started")};
    const QString tips[kColumns] = {tr("Ticked runs first"),
                                    {},
                                    tr("Training loss over the steps of the run"),
                                    {},
                                    tr("Least validation loss"),
                                    tr("Training loss of the last step"),
                                    tr("Steps that are done, of those planned"),
                                    tr("Time in training, without pauses"),
                                    tr("Disk space of its checkpoints"),
                                    {},
                                    {}};
    if (role == Qt::DisplayRole) return words[section];
    if (role == Qt::ToolTipRole) return tips[section].isEmpty() ? words[section] : tips[section];
    return {};
}

Qt::ItemFlags RunsModel::flags(const QModelIndex& index) const {
    Qt::ItemFlags flags = Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren;
    if (index.column() == kName) flags |= Qt::ItemIsEditable;
    return flags;
}

bool RunsModel::setData(const QModelIndex& index, const QVariant& value, int role) {
    if (!index.isValid()) return false;
    if (index.column() == kTick && role == Qt::CheckStateRole) {
        toggle(index.row());
        return true;
    }
    const QString name = value.toString().trimmed();
    RunSummary& run = runs_[shown_[static_cast<size_t>(index.row())]];
    if (index.column() != kName || role != Qt::EditRole || name.isEmpty() || name == name_of(run)) return false;
    run.name = name.toStdString();  // at once; the record follows
    Q_EMIT dataChanged(index, index);
    Q_EMIT renamed(run.run, run.name);
    return true;
}

}  // namespace lathe

#include "ui/document_model.h"

#include <QFileInfo>
#include <QFont>
#include <QTimer>
#include <algorithm>
#include <limits>

#include "ui/data_words.h"
#include "ui/number_text.h"
#include "ui/theme.h"

namespace lathe {

namespace {

constexpr size_t kMostPages = 40, kMostRequests = 4;
constexpr qsizetype kCellCharacters = 400;  // more is not seen on one line

}  // namespace

DocumentModel::DocumentModel(EngineLink& engine, QObject* parent) : QAbstractTableModel(parent), engine_(engine) {
    connect(&engine, &EngineLink::event_arrived, this, &DocumentModel::on_event);
}

void DocumentModel::set_source(const DataConfig& data, const CleanRecipe& recipe, std::optional<int64_t> total) {
    for (const auto& [page, request] : requests_) engine_.cancel(request);
    beginResetModel();
    data_ = data;
    recipe_ = recipe;
    requests_.clear();
    pages_.clear();
    error_.reset();
    counted_ = total.has_value();
    rows_ = static_cast<int>(std::min<int64_t>(total.value_or(0), std::numeric_limits<int>::max()));
    endResetModel();
    if (!counted_ && !data_.files.empty()) ask(0);
}

const PreviewedDocument* DocumentModel::document(int row) const {
    const auto page = pages_.find(row / kPageRows);
    const auto at = static_cast<size_t>(row % kPageRows);
    return page == pages_.end() || at >= page->second.size() ? nullptr : &page->second[at];
}

void DocumentModel::want(int page) const {
    if (pages_.count(page) != 0 || requests_.count(page) != 0 || error_) return;
    // A view asks for data while it paints.
    auto* self = const_cast<DocumentModel*>(this);
    QMetaObject::invokeMethod(
        self, [self, page] { self->ask(page); }, Qt::QueuedConnection);
}

void DocumentModel::ask(int page) {
    if (pages_.count(page) != 0 || requests_.count(page) != 0) return;
    // Who scrolls on has no use for what he has passed.
    while (requests_.size() >= kMostRequests) {
        const auto oldest = std::min_element(requests_.begin(), requests_.end(),
                                             [](const auto& a, const auto& b) { return a.second < b.second; });
        engine_.cancel(oldest->second);
        requests_.erase(oldest);
    }
    requests_[page] = engine_.post(
        PreviewData{.data = data_, .recipe = recipe_, .first = int64_t{page} * kPageRows, .count = kPageRows});
}

void DocumentModel::take(int page, const DataPreviewed& answer) {
    while (pages_.size() >= kMostPages) {
        const auto farthest = std::max_element(pages_.begin(), pages_.end(), [&](const auto& a, const auto& b) {
            return std::abs(a.first - page) < std::abs(b.first - page);
        });
        pages_.erase(farthest);
    }
    const int first = page * kPageRows;
    if (!counted_) {
        const int rows = first + static_cast<int>(answer.documents.size());
        if (rows > rows_) {
            beginInsertRows({}, rows_, rows - 1);
            rows_ = rows;
            pages_[page] = answer.documents;
            endInsertRows();
            return;
        }
    }
    pages_[page] = answer.documents;
    const int last = std::min(first + kPageRows, rows_) - 1;
    if (last >= first) Q_EMIT dataChanged(index(first, 0), index(last, kColumns - 1));
}

void DocumentModel::on_event(const Event& event) {
    const auto asked =
        std::find_if(requests_.begin(), requests_.end(), [&](const auto& one) { return one.second == event.request; });
    if (asked == requests_.end()) return;
    const int page = asked->first;
    if (const auto* answer = std::get_if<DataPreviewed>(&event.body)) {
        requests_.erase(asked);
        take(page, *answer);
    } else if (const auto* wrong = std::get_if<Failed>(&event.body)) {
        requests_.erase(asked);
        if (wrong->error.kind == ErrorKind::cancelled) return;
        error_ = wrong->error;
        Q_EMIT failed();
    }
}

void DocumentModel::retranslate() {
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, kColumns - 1);
    if (rows_ > 0) Q_EMIT dataChanged(index(0, 0), index(rows_ - 1, kColumns - 1));
}

int DocumentModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : rows_;
}

int DocumentModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : kColumns;
}

QVariant DocumentModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid()) return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant(Qt::AlignVCenter | (index.column() == kNumber ? Qt::AlignRight : Qt::AlignLeft));
    const bool shown = role == Qt::DisplayRole || role == Qt::ToolTipRole || role == Qt::ForegroundRole ||
                       role == Qt::AccessibleTextRole;
    if (!shown) return {};
    if (role != Qt::ToolTipRole && index.column() == kNumber)
        return role == Qt::ForegroundRole ? QVariant(current_theme().muted) : count_text(int64_t{index.row()} + 1);
    const PreviewedDocument* const one = document(index.row());
    if (one == nullptr) {
        want(index.row() / kPageRows);
        return role == Qt::DisplayRole && index.column() == kText ? QVariant(QStringLiteral("…")) : QVariant();
    }
    if (role == Qt::ForegroundRole) {
        const Theme& theme = current_theme();
        if (!one->dropped_by.empty()) return index.column() == kVerdict ? theme.warn : theme.muted;
        if (index.column() == kVerdict) return one->changed ? theme.accent : theme.muted;
        return index.column() == kPlace ? theme.muted : theme.text;
    }
    switch (index.column()) {
        case kPlace:
            return role == Qt::ToolTipRole ? QString::fromStdString(one->file)
                                           : tr("%1 : %2").arg(QFileInfo(QString::fromStdString(one->file)).fileName(),
                                                               count_text(one->line));
        case kText: {
            QString text = QString::fromStdString(one->text).left(kCellCharacters);
            return role == Qt::ToolTipRole ? QVariant() : text.replace(QLatin1Char('\n'), QStringLiteral(" ⏎ "));
        }
        case kVerdict:
            return verdict_text(*one);
        default:
            return {};
    }
}

QVariant DocumentModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
    const QString words[kColumns] = {tr("No."), tr("File : line"), tr("Text after the recipe"), tr("Recipe")};
    return words[section];
}

}  // namespace lathe

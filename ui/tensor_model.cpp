#include "ui/tensor_model.h"

#include <algorithm>

#include "ui/number_text.h"
#include "ui/theme.h"

namespace lathe {

namespace {

constexpr auto kDigits = "0123456789";

size_t digits_of(std::string_view name) {
    return std::min(name.find_first_not_of(kDigits), name.size());
}

// "layers.9" before "layers.10": where the names first differ, from the beginning of a number that it is in.
bool natural_less(std::string_view a, std::string_view b) {
    auto same = static_cast<size_t>(std::mismatch(a.begin(), a.end(), b.begin(), b.end()).first - a.begin());
    while (same > 0 && digits_of(a.substr(same - 1, 1)) > 0) --same;
    a.remove_prefix(same);
    b.remove_prefix(same);
    const size_t a_digits = digits_of(a), b_digits = digits_of(b);
    return a_digits > 0 && b_digits > 0 && a_digits != b_digits ? a_digits < b_digits : a < b;
}

QString shape_of(const TensorRow& tensor) {
    QStringList sizes;
    for (const int64_t size : tensor.shape) sizes << count_text(size);
    return sizes.join(QStringLiteral(" × "));
}

}  // namespace

void TensorModel::set_tensors(std::vector<TensorRow> tensors) {
    tensors_ = std::move(tensors);
    show();
}

void TensorModel::set_filter(const QString& words) {
    filter_ = words;
    show();
}

void TensorModel::sort(int column, Qt::SortOrder order) {
    column_ = column;
    order_ = order;
    show();
}

void TensorModel::show() {
    beginResetModel();
    shown_.clear();
    for (size_t i = 0; i < tensors_.size(); ++i)
        if (filter_.isEmpty() || QString::fromStdString(tensors_[i].name).contains(filter_, Qt::CaseInsensitive) ||
            QString::fromStdString(tensors_[i].dtype).compare(filter_, Qt::CaseInsensitive) == 0)
            shown_.push_back(i);
    const bool falling = order_ == Qt::DescendingOrder;
    std::stable_sort(shown_.begin(), shown_.end(), [&](size_t left, size_t right) {
        const TensorRow& a = tensors_[falling ? right : left];
        const TensorRow& b = tensors_[falling ? left : right];
        return column_ == kSize ? a.bytes < b.bytes : natural_less(a.name, b.name);
    });
    endResetModel();
}

int TensorModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(shown_.size());
}

int TensorModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(kColumns);
}

QVariant TensorModel::data(const QModelIndex& index, int role) const {
    const TensorRow& row = tensor(index.row());
    const int column = index.column();
    if (role == Qt::DisplayRole || (role == Qt::ToolTipRole && column == kName)) {
        switch (column) {
            case kName:
                return QString::fromStdString(row.name);
            case kShape:
                return shape_of(row);
            case kNumbers:
                return QString::fromStdString(row.dtype);
            default:
                return bytes_text(static_cast<double>(row.bytes));
        }
    }
    if (role == Qt::FontRole) return text_font(column == kName ? TextRole::mono : TextRole::caption);
    if (role == Qt::ForegroundRole && column != kName) return current_theme().muted;
    if (role == Qt::TextAlignmentRole && column == kSize) return QVariant::fromValue(Qt::AlignRight | Qt::AlignVCenter);
    return {};
}

QVariant TensorModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue((section == kSize ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole) return {};
    const QString words[kColumns] = {tr("Name"), tr("Shape"), tr("Numbers"), tr("Size")};
    return words[section];
}

}  // namespace lathe

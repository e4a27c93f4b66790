#include "ui/alternative_table.h"

#include <QHeaderView>
#include <QPainter>
#include <QStyledItemDelegate>
#include <cmath>

#include "ui/answer_flow.h"
#include "ui/number_text.h"
#include "ui/token_flow.h"

namespace lathe {

namespace {

enum Column { kRank, kToken, kBefore, kAfter, kColumns };
constexpr int kRowHeight = 28, kLeastRows = 2, kBarHeight = 3, kBarInset = 8;
constexpr int kShare = Qt::UserRole, kIndex = Qt::UserRole + 1;  // of a cell; of the row among the likeliest, or -1

// A cell with a bar at its foot as long as its share.
class ShareDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
        QStyledItemDelegate::paint(painter, option, index);
        const Theme& theme = current_theme();
        const QRect foot(option.rect.left() + kBarInset, option.rect.bottom() - kBarHeight,
                         option.rect.width() - 2 * kBarInset, kBarHeight);
        const double length = foot.width() * index.data(kShare).toDouble();
        painter->fillRect(QRectF(foot.left(), foot.top(), length, foot.height()),
                          theme.data[index.column() == kBefore ? 0 : 1]);
    }
};

}  // namespace

AlternativeTable::AlternativeTable(QWidget* parent) : QTreeWidget(parent) {
    setRootIsDecorated(false);
    setUniformRowHeights(true);
    setAllColumnsShowFocus(true);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setColumnCount(kColumns);
    setFont(text_font(TextRole::caption));
    auto* shares = new ShareDelegate(this);
    for (const int column : {kBefore, kAfter}) setItemDelegateForColumn(column, shares);
    header()->setFont(text_font(TextRole::caption));
    header()->setSectionsClickable(false);
    header()->setStretchLastSection(false);
    header()->setSectionResizeMode(QHeaderView::ResizeToContents);
    header()->setSectionResizeMode(kToken, QHeaderView::Stretch);
    header()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    retranslate();
}

void AlternativeTable::show_token(const TokenLogprobs& token, const std::string& begun) {
    show_nothing();
    token_ = token;
    for (size_t i = 0; i < token.top.size(); ++i) add_row(token.top[i], static_cast<int64_t>(i) + 1, begun);
    if (token.rank > static_cast<int64_t>(token.top.size())) add_row(token.chosen, token.rank, begun);
}

void AlternativeTable::show_nothing() {
    clear();
    token_ = {};
}

void AlternativeTable::add_row(const TokenLogprob& token, int64_t rank, const std::string& begun) {
    const bool stands = token.token == token_.chosen.token;
    std::string open = begun;
    const double before = std::exp(token.logprob);
    auto* item = new QTreeWidgetItem(
        this, {count_text(rank) + (stands ? QStringLiteral(" ✓") : QString()), chip_text(open, token),
               probability_text(before), token.sampled > 0 ? probability_text(token.sampled) : tr("cut off")});
    item->setData(kBefore, kShare, before);
    item->setData(kAfter, kShare, token.sampled);
    item->setData(kRank, kIndex, rank <= static_cast<int64_t>(token_.top.size()) ? static_cast<int>(rank) - 1 : -1);
    item->setSizeHint(kToken, {0, kRowHeight});
    const QString words = tr("id %1 · logprob %2").arg(QString::number(token.token), fixed_text(token.logprob, 3));
    for (int column = 0; column < kColumns; ++column) item->setToolTip(column, words);
    if (stands) item->setToolTip(kRank, tr("This one stands here"));
}

std::optional<TokenLogprob> AlternativeTable::alternative() const {
    const QTreeWidgetItem* row = currentItem();
    const int index = row == nullptr ? -1 : row->data(kRank, kIndex).toInt();
    if (index < 0 || token_.top[static_cast<size_t>(index)].token == token_.chosen.token) return std::nullopt;
    return token_.top[static_cast<size_t>(index)];
}

void AlternativeTable::retranslate() {
    setHeaderLabels({tr("Rank"), tr("Token"), tr("Model"), tr("Drawn with")});
    setAccessibleName(tr("Alternatives to the chosen token"));
    headerItem()->setToolTip(kBefore, tr("Probability that the model gives the token, before any sampling setting"));
    headerItem()->setToolTip(
        kAfter, tr("Probability that it is drawn with: after repetition penalty, temperature, top-k, top-p and min-p. "
                   "At temperature 0 one token has all of it"));
}

QSize AlternativeTable::sizeHint() const {
    return {320, header()->sizeHint().height() + std::max(kLeastRows, topLevelItemCount()) * kRowHeight + 2};
}

QSize AlternativeTable::minimumSizeHint() const {
    return {160, header()->sizeHint().height() + kLeastRows * kRowHeight + 2};
}

}  // namespace lathe

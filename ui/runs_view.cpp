#include "ui/runs_view.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPainter>
#include <QPainterPath>
#include <QStyledItemDelegate>
#include <algorithm>
#include <cmath>

#include "ui/controls.h"
#include "ui/paint_parts.h"

namespace lathe {

namespace {

constexpr int kRow = 36, kBox = 16, kLeastName = 140, kDot = 8;
constexpr int kWidths[RunsModel::kColumns] = {36, 0, 92, 100, 64, 72, 116, 84, 76, 96, 128};  // the name has the rest
// Given up where there is no room, in this order.
constexpr int kGivenUp[] = {RunsModel::kStarted, RunsModel::kLast,     RunsModel::kTags,
                            RunsModel::kSize,    RunsModel::kDuration, RunsModel::kSteps};

class Delegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem& /*option*/, const QModelIndex& index) const override {
        return {kWidths[index.column()], kRow};
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
        const Theme& theme = current_theme();
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        const bool selected = (option.state & QStyle::State_Selected) != 0;
        const bool hovered = (option.state & QStyle::State_MouseOver) != 0;
        if (selected) painter->fillRect(option.rect, blend(theme.accent, theme.surface, 0.14));
        if (!selected && hovered) painter->fillRect(option.rect, theme.raised);
        const QRectF cell = QRectF(option.rect).adjusted(space::kSmall, 0, -space::kSmall, 0);
        const int column = index.column();
        if (column == RunsModel::kTick) {
            paint_box(*painter, theme, QRectF(option.rect), index.data(Qt::CheckStateRole).toInt() == Qt::Checked);
        } else if (column == RunsModel::kCurve) {
            const auto* model = static_cast<const RunsModel*>(index.model());
            paint_sparkline(*painter, theme, cell.adjusted(0, 7, 0, -7), model->run(index.row()).curve);
        } else if (column == RunsModel::kState) {
            const auto tone = static_cast<Tone>(index.data(RunsModel::kToneRole).toInt());
            painter->setPen(Qt::NoPen);
            painter->setBrush(tone == Tone::muted ? theme.faint : tone_color(theme, tone));
            painter->drawEllipse(QPointF(cell.left() + kDot / 2.0, cell.center().y()), kDot / 2.0, kDot / 2.0);
            paint_text(*painter, cell.adjusted(kDot + space::kTiny + 2, 0, 0, 0), index.data().toString(),
                       TextRole::caption, theme.text);
        } else {
            const bool name = column == RunsModel::kName,
                       number = column >= RunsModel::kBest && column <= RunsModel::kSize;
            paint_text(*painter, cell, index.data().toString(), name ? TextRole::body : TextRole::caption,
                       name || column == RunsModel::kBest ? theme.text : theme.muted,
                       number ? Qt::AlignRight : Qt::AlignLeft);
        }
        painter->restore();
    }

    QWidget* createEditor(QWidget* parent, const QStyleOptionViewItem& option,
                          const QModelIndex& index) const override {
        QWidget* editor = QStyledItemDelegate::createEditor(parent, option, index);
        editor->setAccessibleName(index.model()->headerData(RunsModel::kName, Qt::Horizontal).toString());
        return editor;
    }

private:
    static void paint_box(QPainter& painter, const Theme& theme, const QRectF& place, bool ticked) {
        const QRectF box(place.center().x() - kBox / 2.0, place.center().y() - kBox / 2.0, kBox, kBox);
        painter.setPen(QPen(ticked ? theme.accent : theme.faint, 1.5));
        painter.setBrush(ticked ? QBrush(theme.accent) : QBrush(Qt::NoBrush));
        painter.drawRoundedRect(box, radius::kChip, radius::kChip);
        if (!ticked) return;
        QPainterPath mark(QPointF(box.left() + 4, box.center().y()));
        mark.lineTo(box.left() + 7, box.bottom() - 4.5);
        mark.lineTo(box.right() - 3.5, box.top() + 4.5);
        painter.setPen(QPen(on_accent(theme), 1.8, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter.setBrush(Qt::NoBrush);
        painter.drawPath(mark);
    }

    // What is not finite leaves a gap.
    static void paint_sparkline(QPainter& painter, const Theme& theme, const QRectF& place,
                                const std::vector<double>& curve) {
        double low = INFINITY, high = -INFINITY;
        for (const double value : curve) {
            if (!std::isfinite(value)) continue;
            low = std::min(low, value);
            high = std::max(high, value);
        }
        if (low > high) return;
        QPainterPath path;
        bool drawing = false;
        for (size_t i = 0; i < curve.size(); ++i) {
            const bool finite = std::isfinite(curve[i]);
            const double x =
                place.left() +
                place.width() *
                    (curve.size() > 1 ? static_cast<double>(i) / static_cast<double>(curve.size() - 1) : 0.5);
            const double y = place.bottom() - place.height() * (high > low ? (curve[i] - low) / (high - low) : 0.5);
            if (finite && drawing) path.lineTo(x, y);
            if (finite && !drawing) path.moveTo(x, y);
            drawing = finite;
        }
        painter.setPen(QPen(theme.data[0], 1.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter.setBrush(Qt::NoBrush);
        painter.drawPath(path);
    }
};

}  // namespace

RunsView::RunsView(RunsModel* model, QWidget* parent) : QTreeView(parent), model_(model) {
    setModel(model);
    setItemDelegate(new Delegate(this));
    setRootIsDecorated(false);
    setUniformRowHeights(true);
    setAllColumnsShowFocus(true);
    setSelectionMode(QAbstractItemView::ExtendedSelection);
    setEditTriggers(QAbstractItemView::EditKeyPressed);
    setSortingEnabled(true);
    setTabKeyNavigation(false);
    setMouseTracking(true);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    header()->setFont(text_font(TextRole::caption));
    header()->setStretchLastSection(false);
    header()->setMinimumSectionSize(kWidths[RunsModel::kTick]);
    header()->setSectionResizeMode(QHeaderView::Fixed);
    header()->setSectionResizeMode(RunsModel::kName, QHeaderView::Stretch);
    for (int column = 0; column < RunsModel::kColumns; ++column)
        if (column != RunsModel::kName) header()->resizeSection(column, kWidths[column]);
    connect(model, &QAbstractItemModel::modelAboutToBeReset, this, [this] { resetting_ = true; });
    connect(model, &QAbstractItemModel::modelReset, this, &RunsView::choose_again);
    connect(selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex& row) {
        if (resetting_) return;
        current_ = row.isValid() ? model_->run(row.row()).run : std::string();
        Q_EMIT current_changed();
    });
    connect(this, &QAbstractItemView::doubleClicked, this, [this](const QModelIndex& index) {
        if (index.column() != RunsModel::kTick) Q_EMIT opened();
    });
    connect(this, &QAbstractItemView::clicked, this, [this](const QModelIndex& index) {
        if (index.column() == RunsModel::kTick) model_->toggle(index.row());
    });
}

std::string RunsView::current() const {
    const QModelIndex row = currentIndex();
    return row.isValid() ? model_->run(row.row()).run : std::string();
}

std::vector<std::string> RunsView::chosen() const {
    std::vector<std::string> runs;
    for (const QModelIndex& row : selectionModel()->selectedRows()) runs.push_back(model_->run(row.row()).run);
    return runs;
}

void RunsView::choose(const std::string& run) {
    current_ = run;
    choose_again();
}

// The rows have moved: the chosen one stays so, or the first is where there was none.
void RunsView::choose_again() {
    resetting_ = true;
    const int row = std::max(0, model_->row_of(current_));
    if (model_->rowCount() > 0) {
        setCurrentIndex(model_->index(row, RunsModel::kName));
        current_ = model_->run(row).run;
    }
    resetting_ = false;
    Q_EMIT current_changed();
}

void RunsView::rename_current() {
    const QModelIndex row = currentIndex();
    if (row.isValid()) edit(row.siblingAtColumn(RunsModel::kName));
}

void RunsView::keyPressEvent(QKeyEvent* event) {
    const bool plain = event->modifiers() == Qt::NoModifier || event->modifiers() == Qt::KeypadModifier;
    if (!plain || !currentIndex().isValid()) return QTreeView::keyPressEvent(event);
    switch (event->key()) {
        case Qt::Key_Space:
            return model_->toggle(currentIndex().row());
        case Qt::Key_Return:
        case Qt::Key_Enter:
            return Q_EMIT opened();
        case Qt::Key_Delete:
            return Q_EMIT removal_wanted();
        case Qt::Key_F2:
            return rename_current();
        default:
            QTreeView::keyPressEvent(event);
    }
}

void RunsView::resizeEvent(QResizeEvent* event) {
    QTreeView::resizeEvent(event);
    int left = viewport()->width() - kLeastName;
    for (const int width : kWidths) left -= width;
    for (const int column : kGivenUp) {
        setColumnHidden(column, left < 0);
        if (left < 0) left += kWidths[column];
    }
}

void RunsView::retranslate() {
    setAccessibleName(tr("Runs"));
    setToolTip(tr("Space ticks, F2 renames, Delete moves to the trash, Enter opens"));
    Q_EMIT model_->headerDataChanged(Qt::Horizontal, 0, RunsModel::kColumns - 1);
    viewport()->update();
}

}  // namespace lathe

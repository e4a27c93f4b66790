#include "ui/library_list.h"

#include <QPainter>
#include <QScrollBar>
#include <QSignalBlocker>
#include <QStyledItemDelegate>
#include <algorithm>

#include "ui/model_words.h"
#include "ui/number_text.h"
#include "ui/paint_parts.h"

namespace lathe {

namespace {

constexpr int kPathRole = Qt::UserRole, kLineRole = Qt::UserRole + 1, kProblemRole = Qt::UserRole + 2,
              kCountRole = Qt::UserRole + 3;
constexpr int kHeader = 34, kNameLine = 20, kLine = 16, kAround = 2 * (space::kTiny + 2);

class Delegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem& /*option*/, const QModelIndex& index) const override {
        if (!index.data(kCountRole).isNull()) return {space::kWide, kHeader};
        const int lines = !index.data(kLineRole).toString().isEmpty() + !index.data(kProblemRole).toString().isEmpty();
        return {space::kWide, kAround + kNameLine + lines * kLine};
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        if (index.data(kCountRole).isNull())
            paint_model(*painter, option, index);
        else
            paint_header(*painter, option, index);
        painter->restore();
    }

private:
    static void paint_header(QPainter& painter, const QStyleOptionViewItem& option, const QModelIndex& index) {
        const Theme& theme = current_theme();
        const QRectF line = QRectF(option.rect).adjusted(space::kSmall, space::kSmall, -space::kSmall, 0);
        paint_text(painter, line, index.data().toString(), TextRole::label, theme.muted);
        paint_text(painter, line, index.data(kCountRole).toString(), TextRole::caption, theme.muted, Qt::AlignRight);
    }

    static void paint_model(QPainter& painter, const QStyleOptionViewItem& option, const QModelIndex& index) {
        const Theme& theme = current_theme();
        const bool selected = (option.state & QStyle::State_Selected) != 0;
        const bool hovered = (option.state & QStyle::State_MouseOver) != 0;
        const bool focused = selected && (option.state & QStyle::State_HasFocus) != 0;
        const QRectF row = QRectF(option.rect).adjusted(1, 1, -1, -1);
        if (selected || hovered) {
            painter.setPen(focused ? QPen(theme.accent, 2) : QPen(Qt::NoPen));
            painter.setBrush(selected ? blend(theme.text, theme.raised, 0.06) : theme.raised);
            painter.drawRoundedRect(row, radius::kControl, radius::kControl);
        }
        QRectF line(row.left() + space::kSmall, row.top() + space::kTiny + 1, row.width() - 2 * space::kSmall,
                    kNameLine);
        paint_text(painter, line, index.data().toString(), TextRole::body, theme.text);
        line.translate(0, kNameLine);
        line.setHeight(kLine);
        for (const auto& [role, color] : {std::pair(kLineRole, theme.muted), std::pair(kProblemRole, theme.warn)}) {
            const QString text = index.data(role).toString();
            if (text.isEmpty()) continue;
            paint_text(painter, line, text, TextRole::caption, color);
            line.translate(0, kLine);
        }
    }
};

bool matches(const ModelEntry& model, const QString& filter) {
    const std::string words = model.name + '\n' + model.path + '\n' + model.model_type + '\n' + model.licence + '\n' +
                              model.base + (model.dtypes.empty() ? "" : '\n' + model.dtypes.front());
    return QString::fromStdString(words).contains(filter, Qt::CaseInsensitive);
}

}  // namespace

LibraryList::LibraryList(const Library& library, QWidget* parent) : FilterList(kPathRole, parent), library_(library) {
    list_->setItemDelegate(new Delegate(list_));
    setFocusProxy(list_);
    connect(&library, &Library::list_changed, this, &LibraryList::fill);
    connect(list_, &QListWidget::itemActivated, this, &LibraryList::activated);
    const auto choose = [this](const QListWidgetItem* item) {
        if (item != nullptr) Q_EMIT chosen(id_of(item));
    };
    connect(list_, &QListWidget::currentItemChanged, this, choose);
    connect(list_, &QListWidget::itemClicked, this, choose);
    retranslate();
}

void LibraryList::add_header(const QString& title, qsizetype count) {
    auto* item = new QListWidgetItem(title, list_);
    item->setFlags(Qt::NoItemFlags);  // the arrows pass over it
    item->setData(kCountRole, count_text(count));
}

void LibraryList::add_row(const ModelEntry& model) {
    const QString name = QString::fromStdString(model.name), line = model_line(model), problem = problem_line(model);
    auto* item = new QListWidgetItem(name, list_);
    item->setData(kPathRole, QString::fromStdString(model.path));
    item->setData(kLineRole, line);
    item->setData(kProblemRole, problem);
    item->setToolTip(QString::fromStdString(model.path) +
                     (problem.isEmpty() ? QString() : QLatin1Char('\n') + problem_text(model)));
    QStringList words{name, line, problem};
    words.removeAll(QString());
    item->setData(Qt::AccessibleTextRole, words.join(QStringLiteral(", ")));
}

void LibraryList::fill() {
    const QSignalBlocker quiet(list_);
    const int scrolled = list_->verticalScrollBar()->value();
    list_->clear();
    for (const std::string& source : model_sources()) {
        std::vector<const ModelEntry*> group;
        for (const ModelEntry& model : library_.models())
            if (model.source == source && matches(model, filter_->text())) group.push_back(&model);
        if (group.empty()) continue;
        add_header(source_title(source), static_cast<qsizetype>(group.size()));
        for (const ModelEntry* model : group) add_row(*model);
    }
    set_current(library_.path());
    list_->verticalScrollBar()->setValue(scrolled);
    nothing_->setVisible(list_->count() == 0);
    nothing_->setText(!library_.known()           ? tr("Looking through the disk…")
                      : library_.models().empty() ? tr("No model yet.")
                                                  : tr("No model has these words."));
}

void LibraryList::retranslate() {
    filter_->setPlaceholderText(tr("Filter"));
    filter_->setAccessibleName(tr("Filter the models"));
    filter_->setToolTip(tr("Shows the models with these words in name, path, architecture, numbers or licence"));
    list_->setAccessibleName(tr("Models"));
    list_->setToolTip(tr("Enter opens the chat with the chosen one"));
    fill();
}

}  // namespace lathe

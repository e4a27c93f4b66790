#include "ui/command_palette.h"

#include <QApplication>
#include <QKeyEvent>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/filter_list.h"
#include "ui/theme.h"

namespace lathe {

namespace {

constexpr int kWidth = 560, kHeight = 380, kTop = 72, kRow = 34;
constexpr int kActionRole = Qt::UserRole;

}  // namespace

CommandPalette::CommandPalette(QWidget* window) : QFrame(window), filter_(new QLineEdit), list_(new QListWidget) {
    setProperty("role", QStringLiteral("card"));
    setAutoFillBackground(false);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(space::kGrid, space::kGrid, space::kGrid, space::kGrid);
    column->setSpacing(space::kSmall);
    filter_->setFont(text_font(TextRole::body));
    filter_->setClearButtonEnabled(true);
    list_->setFont(text_font(TextRole::body));
    list_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    list_->setFocusPolicy(Qt::NoFocus);
    column->addWidget(filter_);
    column->addWidget(list_, 1);
    connect(filter_, &QLineEdit::textChanged, this, &CommandPalette::fill);
    connect(list_, &QListWidget::itemClicked, this, &CommandPalette::choose);
    filter_->installEventFilter(this);
    window->installEventFilter(this);
    retranslate();
    hide();
}

void CommandPalette::offer(QWidget* source, const std::function<QString()>& place) {
    sources_.push_back({source, place});
}

QString CommandPalette::Offer::name() const {
    return place.isEmpty() ? action->text() : place + QStringLiteral(" · ") + action->text();
}

std::vector<CommandPalette::Offer> CommandPalette::offers() const {
    std::vector<Offer> offers;
    for (const Source& source : sources_)
        for (QAction* action : source.widget->actions())
            offers.push_back(
                {source.widget->objectName() + QLatin1Char('/') + action->objectName(), source.place(), action});
    return offers;
}

void CommandPalette::open() {
    if (isVisible()) return hide();
    came_from_ = QApplication::focusWidget();
    const int width = std::min(kWidth, parentWidget()->width() - 2 * space::kPage);
    setGeometry((parentWidget()->width() - width) / 2, kTop, width,
                std::min(kHeight, parentWidget()->height() - 2 * kTop));
    filter_->clear();
    fill({});
    show();
    raise();
    filter_->setFocus();
}

void CommandPalette::fill(const QString& filter) {
    list_->clear();
    for (const auto& [id, place, action] : offers()) {
        if (!action->isEnabled() || action->text().isEmpty()) continue;
        QString text = place.isEmpty() ? action->text() : place + QStringLiteral("  ›  ") + action->text();
        if (!has_words(text, filter)) continue;
        const QString keys = action->shortcut().toString(QKeySequence::NativeText);
        if (!keys.isEmpty()) text += QStringLiteral("   ") + keys;
        auto* item = new QListWidgetItem(text, list_);
        item->setSizeHint({0, kRow});
        item->setToolTip(action->toolTip());
        item->setData(kActionRole, QVariant::fromValue<QObject*>(action));
    }
    list_->setCurrentRow(0);
}

void CommandPalette::choose(QListWidgetItem* item) {
    if (item == nullptr) return;
    auto* action = qobject_cast<QAction*>(item->data(kActionRole).value<QObject*>());
    hide();
    if (came_from_ != nullptr) came_from_->setFocus();
    if (action != nullptr) action->trigger();
}

bool CommandPalette::eventFilter(QObject* watched, QEvent* event) {
    if (!isVisible()) return false;
    if (watched != filter_) {  // a click elsewhere in the window closes it
        if (event->type() == QEvent::MouseButtonPress || event->type() == QEvent::Resize) hide();
        return false;
    }
    if (event->type() == QEvent::FocusOut) hide();
    if (event->type() != QEvent::KeyPress) return false;
    const int rows = list_->count();
    switch (static_cast<QKeyEvent*>(event)->key()) {
        case Qt::Key_Escape:
            hide();
            if (came_from_ != nullptr) came_from_->setFocus();
            return true;
        case Qt::Key_Return:
        case Qt::Key_Enter:
            choose(list_->currentItem());
            return true;
        case Qt::Key_Down:
            if (rows > 0) list_->setCurrentRow((list_->currentRow() + 1) % rows);
            return true;
        case Qt::Key_Up:
            if (rows > 0) list_->setCurrentRow((list_->currentRow() + rows - 1) % rows);
            return true;
        default:
            return false;
    }
}

void CommandPalette::changeEvent(QEvent* event) {
    QFrame::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) retranslate();
}

void CommandPalette::retranslate() {
    filter_->setPlaceholderText(tr("What do you want to do?"));
    filter_->setAccessibleName(tr("Search every action"));
    list_->setAccessibleName(tr("Actions"));
    setAccessibleName(tr("Every action"));
}

}  // namespace lathe

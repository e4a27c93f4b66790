#include "ui/mark_panel.h"

#include <QApplication>
#include <QKeyEvent>
#include <algorithm>

namespace lathe {

namespace {

constexpr int kWidth = 280, kButton = 24;

}  // namespace

MarkPanel::MarkPanel(QWidget* parent)
    : QFrame(parent),
      title_(make_label(TextRole::label)),
      text_(make_label(TextRole::caption, Tone::muted)),
      left_(make_icon_button(QStringLiteral("chevron_left"))),
      right_(make_icon_button(QStringLiteral("chevron"))),
      close_(make_icon_button(QStringLiteral("close"))),
      deeds_(new QHBoxLayout) {
    setProperty("role", QStringLiteral("banner"));
    auto* head = new QHBoxLayout;
    head->setSpacing(0);
    head->addWidget(title_, 1);
    for (QPushButton* button : {left_, right_, close_}) {
        button->setFixedSize(kButton, kButton);
        head->addWidget(button);
    }
    text_->setWordWrap(true);
    text_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    deeds_->setSpacing(space::kTiny);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(space::kGrid, space::kSmall, space::kSmall, space::kSmall);
    column->setSpacing(space::kTiny);
    column->addLayout(head);
    column->addWidget(text_);
    column->addLayout(deeds_);
    connect(left_, &QPushButton::clicked, this, [this] { Q_EMIT wanted(-1); });
    connect(right_, &QPushButton::clicked, this, [this] { Q_EMIT wanted(1); });
    connect(close_, &QPushButton::clicked, this, &MarkPanel::close_panel);
    hide();
    retranslate();
}

void MarkPanel::show_mark(const QString& title, const QString& text, const std::vector<Deed>& deeds,
                          const QPoint& beside) {
    QWidget* focus = QApplication::focusWidget();
    const bool focus_inside = focus != nullptr && isAncestorOf(focus);
    if (!focus_inside) came_from_ = focus;
    title_->setText(title);
    text_->setText(text);
    text_->setVisible(!text.isEmpty());
    setAccessibleName(title);
    setAccessibleDescription(text);
    while (QLayoutItem* item = deeds_->takeAt(0)) {
        if (item->widget() != nullptr) item->widget()->deleteLater();
        delete item;
    }
    for (const Deed& deed : deeds) {
        QPushButton* button = make_button(ButtonKind::link, this);
        set_words(button, deed.text, deed.tooltip);
        connect(button, &QPushButton::clicked, this, [this, act = deed.act] {
            close_panel();
            act();
        });
        deeds_->addWidget(button);
        button->show();
    }
    deeds_->addStretch(1);
    setFixedWidth(std::min(kWidth, parentWidget()->width()));
    layout()->activate();
    const int height = layout()->hasHeightForWidth() ? layout()->totalHeightForWidth(width()) : sizeHint().height();
    resize(width(), height);
    const QRect room = parentWidget()->rect().adjusted(space::kTiny, space::kTiny, -space::kTiny, -space::kTiny);
    const bool at_right = beside.x() + space::kGrid + width() <= room.right();
    const int x = at_right ? beside.x() + space::kGrid : beside.x() - space::kGrid - width();
    move(std::max(room.left(), x), std::clamp(beside.y(), room.top(), std::max(room.top(), room.bottom() - height)));
    show();
    raise();
    if (focus_inside) {
        if (!focus->isEnabled() || focus->isHidden()) close_->setFocus();
    } else {
        (right_->isEnabled() ? right_ : close_)->setFocus();
    }
}

void MarkPanel::set_neighbours(bool left, bool right) {
    left_->setEnabled(left);
    right_->setEnabled(right);
}

void MarkPanel::close_panel() {
    hide();
    if (came_from_ != nullptr) came_from_->setFocus();
}

void MarkPanel::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape) return close_panel();
    if (event->key() == Qt::Key_Left && left_->isEnabled()) return left_->click();
    if (event->key() == Qt::Key_Right && right_->isEnabled()) return right_->click();
    QFrame::keyPressEvent(event);
}

void MarkPanel::retranslate() {
    set_words(left_, {}, tr("The mark to the left"));
    set_words(right_, {}, tr("The mark to the right"));
    set_words(close_, {}, tr("Close"));
}

}  // namespace lathe

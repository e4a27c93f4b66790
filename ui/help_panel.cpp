#include "ui/help_panel.h"

#include "ui/page_help.h"

namespace lathe {

namespace {

constexpr int kWidth = 296;

}  // namespace

HelpPanel::HelpPanel(QWidget* parent)
    : QFrame(parent),
      title_(make_label(TextRole::heading)),
      text_(make_label(TextRole::body, Tone::muted)),
      close_(make_icon_button(QStringLiteral("close"))) {
    setFixedWidth(kWidth);
    setProperty("role", QStringLiteral("card"));
    text_->setWordWrap(true);
    text_->setTextFormat(Qt::RichText);
    text_->setAlignment(Qt::AlignTop);
    text_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto* head = new QHBoxLayout;
    head->addWidget(title_, 1);
    head->addWidget(close_);
    auto* content = new QWidget;
    auto* inner = new QVBoxLayout(content);
    inner->setContentsMargins(0, 0, space::kTiny, 0);
    inner->addWidget(text_);
    inner->addStretch(1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(space::kCard, space::kGrid, space::kGrid, space::kCard);
    column->addLayout(head);
    column->addWidget(make_scroll_area(content), 1);
    connect(close_, &QPushButton::clicked, this, &HelpPanel::closed);
}

void HelpPanel::show_page(const QString& page, const QString& name) {
    title_->setText(name);
    const QString help = page_help(page);
    text_->setText(help);
    set_words(close_, {}, tr("Close"));
    setAccessibleName(tr("About the page %1").arg(name));
}

}  // namespace lathe

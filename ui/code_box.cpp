#include "ui/code_box.h"

#include <QClipboard>
#include <QGuiApplication>

namespace lathe {

CodeBox::CodeBox(QWidget* parent)
    : QWidget(parent),
      caption_(make_label(TextRole::caption, Tone::muted)),
      copy_(make_icon_button(QStringLiteral("copy"))),
      code_(new QPlainTextEdit) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::kTiny);
    auto* row = new QHBoxLayout;
    row->addWidget(caption_, 1);
    row->addWidget(copy_);
    column->addLayout(row);
    code_->setReadOnly(true);
    code_->setFont(text_font(TextRole::mono));
    code_->setLineWrapMode(QPlainTextEdit::NoWrap);
    code_->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    code_->setTabChangesFocus(true);
    column->addWidget(code_);
    connect(copy_, &QPushButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(code()); });
}

void CodeBox::set_words(const QString& caption) {
    caption_->setText(caption);
    code_->setAccessibleName(caption);
    lathe::set_words(copy_, {}, tr("Copy: %1").arg(caption));
}

void CodeBox::set_code(const QString& code) {
    code_->setPlainText(code);
    const int lines = static_cast<int>(code.count(QLatin1Char('\n'))) + 1;
    // Beside the text: the document's margin, and the frame and padding that the style sheet gives.
    const int around = static_cast<int>(2 * code_->document()->documentMargin()) + 2 * space::kSmall + 2;
    code_->setFixedHeight(lines * code_->fontMetrics().lineSpacing() + around);
}

QString CodeBox::code() const {
    return code_->toPlainText();
}

}  // namespace lathe

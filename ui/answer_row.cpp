#include "ui/answer_row.h"

#include <QClipboard>
#include <QGridLayout>
#include <QGuiApplication>

namespace lathe {

AnswerRow::AnswerRow(const TunedCompared::Answer& answer, QWidget* parent)
    : QFrame(parent), copy_(make_icon_button(QStringLiteral("copy"))) {
    setProperty("role", QStringLiteral("card"));
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(space::kCard, space::kSmall, space::kSmall, space::kCard);
    grid->setHorizontalSpacing(space::kCard);
    grid->setVerticalSpacing(space::kTiny);
    const std::array<const std::string*, kCells> cells = {&answer.prompt, &answer.expected, &answer.before,
                                                          &answer.after};
    for (size_t i = 0; i < kCells; ++i) {
        const auto column = static_cast<int>(i);
        names_[i] = make_label(TextRole::label, Tone::muted);
        names_[i]->setContentsMargins(space::kGrid, 0, 0, 0);  // over its text
        texts_[i] = new PassageText;
        const ChatTurn turn{.from_model = i > 0, .text = cells[i]->empty() ? "–" : *cells[i]};
        texts_[i]->set_turns({&turn, 1}, /*templated=*/false);
        grid->addWidget(names_[i], 0, column);
        grid->addWidget(texts_[i], 1, column, Qt::AlignTop);
        grid->setColumnStretch(column, 1);
    }
    grid->addWidget(copy_, 0, static_cast<int>(kCells), Qt::AlignTop);
    connect(copy_, &QPushButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(text()); });
    retranslate();
}

QString AnswerRow::text() const {
    QStringList parts;
    for (size_t i = 0; i < kCells; ++i)
        parts << names_[i]->text() + QStringLiteral(":\n") + texts_[i]->toPlainText().trimmed();
    return parts.join(QStringLiteral("\n\n")) + QLatin1Char('\n');
}

void AnswerRow::retranslate() {
    const std::array names = {tr("Question"), tr("Expected"), tr("Before: the base"), tr("After: the tuned model")};
    for (size_t i = 0; i < kCells; ++i) {
        names_[i]->setText(names[i]);
        texts_[i]->setAccessibleName(names[i]);
    }
    set_words(copy_, {}, tr("Copy the question and the answers"));
}

}  // namespace lathe

#include "ui/cards.h"

#include <QClipboard>
#include <QCoreApplication>
#include <QEvent>
#include <QGuiApplication>
#include <QPainter>
#include <cmath>

#include "ui/error_text.h"
#include "ui/paint_parts.h"

namespace lathe {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Controls)
};

constexpr int kTileHeight = 78, kTileWidth = 132, kNarrowTile = 160, kHeaderHeight = 28;

}  // namespace

Card::Card(QWidget* parent)
    : QFrame(parent),
      header_(new QHBoxLayout),
      title_(new ElidedLabel(TextRole::heading)),
      aside_(new ElidedLabel(TextRole::caption, Tone::muted)),
      content_(new QVBoxLayout) {
    setProperty("role", QStringLiteral("card"));
    setAccessibleName(QString());
    auto* column = new QVBoxLayout(this);
    // As high with controls in it as without.
    title_->setFixedHeight(kHeaderHeight);
    column->setContentsMargins(space::kCard, space::kSmall, space::kCard, space::kCard);
    column->setSpacing(space::kTiny);
    header_->setSpacing(space::kSmall);
    header_->addWidget(title_, 1);
    header_->addWidget(aside_);
    content_->setSpacing(space::kSmall);
    column->addLayout(header_);
    column->addLayout(content_, 1);
    title_->hide();
    aside_->hide();
}

void Card::set_title(const QString& title) {
    title_->setVisible(!title.isEmpty());
    title_->set_text(title);
    setAccessibleName(title);
}

void Card::set_aside(const QString& text) {
    aside_->set_text(text);
    aside_->setVisible(!text.isEmpty());
}

TileStrip::TileStrip(QWidget* parent) : QWidget(parent) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void TileStrip::set_tiles(const std::vector<Tile>& tiles) {
    const bool other_count = tiles.size() != tiles_.size();
    tiles_ = tiles;
    QStringList words;
    for (const Tile& tile : tiles_) words << tile.label + QLatin1Char(' ') + tile.value + QLatin1Char(' ') + tile.note;
    setAccessibleName(words.join(QStringLiteral(", ")));
    if (other_count) updateGeometry();
    update();
}

QSize TileStrip::sizeHint() const {
    return {static_cast<int>(tiles_.size()) * (kTileWidth + space::kGrid),
            rows() * (kTileHeight + space::kGrid) - space::kGrid};
}

QSize TileStrip::minimumSizeHint() const {
    return {kTileWidth, sizeHint().height()};
}

// Two where one would be too narrow to read.
int TileStrip::rows() const {
    const auto count = static_cast<int>(tiles_.size());
    return count > 1 && width() + space::kGrid < count * (kNarrowTile + space::kGrid) ? 2 : 1;
}

void TileStrip::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    updateGeometry();
}

void TileStrip::paintEvent(QPaintEvent* /*event*/) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const size_t columns = (tiles_.size() + static_cast<size_t>(rows()) - 1) / static_cast<size_t>(rows());
    const double each = (width() + space::kGrid) / std::max(1.0, static_cast<double>(columns));
    for (size_t i = 0; i < tiles_.size(); ++i) {
        const double left = std::round(static_cast<double>(i % columns) * each);
        const double right = std::round(static_cast<double>(i % columns + 1) * each) - space::kGrid;
        const size_t row = i / columns;
        const double top = static_cast<double>(row) * (kTileHeight + space::kGrid);
        paint_tile(painter, current_theme(), {left, top, right - left, kTileHeight}, tiles_[i]);
    }
}

Banner::Banner(QWidget* parent)
    : QFrame(parent),
      text_(make_label(TextRole::body)),
      actions_(new QHBoxLayout),
      copy_(make_button(ButtonKind::quiet)),
      dismiss_(make_icon_button(QStringLiteral("close"))) {
    setProperty("role", QStringLiteral("banner"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(space::kCard, space::kSmall, space::kSmall, space::kSmall);
    row->setSpacing(space::kSmall);
    text_->setWordWrap(true);
    text_->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    row->addWidget(text_, 1);
    row->addLayout(actions_);
    row->addWidget(copy_);
    row->addWidget(dismiss_);
    connect(copy_, &QPushButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(details_); });
    connect(dismiss_, &QPushButton::clicked, this, &Banner::clear);
    hide();
}

void Banner::show_error(const Error& error) {
    show_message(Tone::bad, error_text(error), QString::fromStdString(error.sentence()));
    error_ = error;
}

void Banner::show_message(Tone tone, const QString& text, const QString& details) {
    clear();
    error_.reset();
    details_ = details;
    text_->setText(text);
    text_->setAccessibleName(text);
    set_tone(this, tone);
    set_words(copy_, Words::tr("Copy details"));
    lathe::set_words(dismiss_, {}, Words::tr("Dismiss"));
    copy_->setVisible(!details.isEmpty());
    show();
}

QPushButton* Banner::add_action(const QString& text, const std::function<void()>& act) {
    QPushButton* button = make_button(ButtonKind::plain);
    lathe::set_words(button, text);
    connect(button, &QPushButton::clicked, this, act);
    actions_->addWidget(button);
    return button;
}

void Banner::clear() {
    while (QLayoutItem* item = actions_->takeAt(0)) {
        item->widget()->deleteLater();
        delete item;
    }
    hide();
}

QString Banner::text() const {
    return text_->text();
}

void Banner::changeEvent(QEvent* event) {
    QFrame::changeEvent(event);
    if (event->type() != QEvent::LanguageChange) return;
    if (error_) {
        text_->setText(error_text(*error_));
        text_->setAccessibleName(text_->text());
    }
    lathe::set_words(copy_, Words::tr("Copy details"));
    lathe::set_words(dismiss_, {}, Words::tr("Dismiss"));
}

EmptyState::EmptyState(QWidget* parent)
    : QWidget(parent), sentence_(make_label(TextRole::body, Tone::muted)), button_(make_button(ButtonKind::plain)) {
    auto* column = new QVBoxLayout(this);
    column->setSpacing(space::kCard);
    sentence_->setAlignment(Qt::AlignCenter);
    sentence_->setWordWrap(true);
    column->addStretch(1);
    column->addWidget(sentence_);
    column->addWidget(button_, 0, Qt::AlignHCenter);
    column->addStretch(1);
    button_->hide();
}

void EmptyState::set_words(const QString& sentence, const QString& button) {
    sentence_->setText(sentence);
    lathe::set_words(button_, button);
    button_->setVisible(!button.isEmpty());
}

}  // namespace lathe

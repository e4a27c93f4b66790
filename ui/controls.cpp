#include "ui/controls.h"

#include <QClipboard>
#include <QCoreApplication>
#include <QEvent>
#include <QGuiApplication>
#include <QPainter>
#include <QPainterPath>
#include <QStyle>
#include <QStyleOptionComboBox>
#include <QStylePainter>
#include <QWheelEvent>

#include "ui/icons.h"
#include "ui/paint_parts.h"

namespace lathe {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Controls)
};

constexpr int kIconButton = 30, kTileHeight = 78, kTileWidth = 132, kNarrowTile = 160, kHeaderHeight = 28,
              kArrowRoom = 40;

const char* kind_name(ButtonKind kind) {
    switch (kind) {
        case ButtonKind::plain:
            return "plain";
        case ButtonKind::primary:
            return "primary";
        case ButtonKind::danger:
            return "danger";
        case ButtonKind::quiet:
            return "quiet";
        case ButtonKind::link:
            return "link";
    }
    return "plain";
}

const char* tone_name(Tone tone) {
    switch (tone) {
        case Tone::text:
            return "text";
        case Tone::muted:
            return "muted";
        case Tone::ok:
            return "ok";
        case Tone::warn:
            return "warn";
        case Tone::bad:
            return "bad";
    }
    return "text";
}

}  // namespace

void set_look(QWidget* widget, const char* name, const QVariant& value) {
    if (widget->property(name) == value) return;
    widget->setProperty(name, value);
    widget->style()->unpolish(widget);
    widget->style()->polish(widget);
}

void set_kind(QPushButton* button, ButtonKind kind) {
    button->setFont(text_font(kind == ButtonKind::quiet  ? TextRole::caption
                              : kind == ButtonKind::link ? TextRole::label
                                                         : TextRole::button));
    set_look(button, "kind", QLatin1String(kind_name(kind)));
}

QPushButton* make_button(ButtonKind kind, QWidget* parent) {
    auto* button = new QPushButton(parent);
    button->setCursor(Qt::PointingHandCursor);
    button->setAutoDefault(false);
    set_kind(button, kind);
    return button;
}

QPushButton* make_icon_button(const QString& icon, QWidget* parent) {
    auto* button = new IconButton(icon, parent);
    button->setCursor(Qt::PointingHandCursor);
    button->setAutoDefault(false);
    button->setFixedSize(kIconButton, kIconButton);
    button->setProperty("kind", QStringLiteral("icon"));
    return button;
}

void set_words(QAbstractButton* button, const QString& text, const QString& tooltip) {
    button->setText(text);
    button->setToolTip(tooltip);
    button->setAccessibleName(text.isEmpty() ? tooltip : text);
    if (!text.isEmpty()) button->setAccessibleDescription(tooltip);
}

QLabel* make_label(TextRole role, Tone tone, QWidget* parent) {
    auto* label = new QLabel(parent);
    label->setFont(text_font(role));
    label->setTextFormat(Qt::PlainText);
    set_tone(label, tone);
    return label;
}

void set_tone(QWidget* widget, Tone tone) {
    set_look(widget, "tone", QLatin1String(tone_name(tone)));
}

QFrame* make_rule(QWidget* parent) {
    auto* rule = new QFrame(parent);
    rule->setFixedHeight(1);
    rule->setProperty("role", QStringLiteral("rule"));
    return rule;
}

QScrollArea* make_scroll_area(QWidget* content) {
    auto* area = new QScrollArea;
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setFocusPolicy(Qt::NoFocus);
    content->setProperty("role", QStringLiteral("page"));
    area->setWidget(content);
    return area;
}

ElidedLabel::ElidedLabel(TextRole role, Tone tone, QWidget* parent) : QLabel(parent) {
    setFont(text_font(role));
    setTextFormat(Qt::PlainText);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    set_tone(this, tone);
}

void ElidedLabel::set_text(const QString& text) {
    if (text == full_) return;
    full_ = text;
    setAccessibleName(text);
    updateGeometry();
    elide();
}

QSize ElidedLabel::sizeHint() const {
    return {fontMetrics().horizontalAdvance(full_) + 1, QLabel::sizeHint().height()};
}

QSize ElidedLabel::minimumSizeHint() const {
    return {std::min(sizeHint().width(), fontMetrics().averageCharWidth() * 6), QLabel::minimumSizeHint().height()};
}

void ElidedLabel::resizeEvent(QResizeEvent* event) {
    QLabel::resizeEvent(event);
    elide();
}

void ElidedLabel::elide() {
    const QString shown = fontMetrics().elidedText(full_, Qt::ElideRight, std::max(0, width()));
    setText(shown);
    setToolTip(shown == full_ ? QString() : full_);
}

Card::Card(QWidget* parent)
    : QFrame(parent),
      header_(new QHBoxLayout),
      title_(new ElidedLabel(TextRole::heading)),
      aside_(make_label(TextRole::caption, Tone::muted)),
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
    aside_->hide();
}

void Card::set_title(const QString& title) {
    title_->set_text(title);
    setAccessibleName(title);
}

void Card::set_aside(const QString& text) {
    aside_->setText(text);
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
        const double top = static_cast<double>(i / columns) * (kTileHeight + space::kGrid);
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

void Banner::show_message(Tone tone, const QString& text, const QString& details) {
    clear();
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

DropDown::DropDown(QWidget* parent) : QComboBox(parent) {
    setFont(text_font(TextRole::body));
    setFocusPolicy(Qt::StrongFocus);
    setSizeAdjustPolicy(QComboBox::AdjustToContents);
}

void DropDown::paintEvent(QPaintEvent* /*event*/) {
    QStylePainter painter(this);
    QStyleOptionComboBox option;
    initStyleOption(&option);
    if (currentIndex() < 0) option.currentText = placeholderText();
    const int room = width() - kArrowRoom;
    option.currentText = fontMetrics().elidedText(option.currentText, Qt::ElideRight, room);
    painter.drawComplexControl(QStyle::CC_ComboBox, option);
    painter.drawControl(QStyle::CE_ComboBoxLabel, option);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(isEnabled() ? current_theme().muted : current_theme().faint, 1.6, Qt::SolidLine, Qt::RoundCap,
                        Qt::RoundJoin));
    const QPointF tip(width() - 15.0, height() / 2.0 + 2);
    painter.drawPolyline(QPolygonF({tip + QPointF(-4, -4), tip, tip + QPointF(4, -4)}));
}

void DropDown::wheelEvent(QWheelEvent* event) {
    event->ignore();
}

Switch::Switch(QWidget* parent) : QAbstractButton(parent) {
    setCheckable(true);
    setCursor(Qt::PointingHandCursor);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

QSize Switch::sizeHint() const {
    return {40, 24};
}

void Switch::paintEvent(QPaintEvent* /*event*/) {
    const Theme& theme = current_theme();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF track = QRectF(rect()).adjusted(2, 3, -2, -3);
    const double round = track.height() / 2;
    painter.setPen(QPen(hasFocus() ? theme.accent : isChecked() ? theme.ok : theme.faint, hasFocus() ? 2 : 1));
    painter.setBrush(!isEnabled() ? theme.surface : isChecked() ? theme.ok : theme.raised);
    painter.drawRoundedRect(track, round, round);
    painter.setPen(Qt::NoPen);
    painter.setBrush(isChecked() ? theme.surface : theme.muted);
    const double x = isChecked() ? track.right() - round : track.left() + round;
    painter.drawEllipse(QPointF(x, track.center().y()), round - 3, round - 3);
}

Segments::Segments(int count, QWidget* parent) : QWidget(parent), group_(new QButtonGroup(this)) {
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(2);
    for (int i = 0; i < count; ++i) {
        QPushButton* button = make_button(ButtonKind::quiet);
        button->setCheckable(true);
        group_->addButton(button, i);
        row->addWidget(button);
        buttons_.push_back(button);
    }
    buttons_.front()->setChecked(true);
    connect(group_, &QButtonGroup::idClicked, this, &Segments::chosen);
}

void Segments::set_words(const QStringList& words) {
    for (size_t i = 0; i < buttons_.size(); ++i) lathe::set_words(buttons_[i], words.value(static_cast<qsizetype>(i)));
}

int Segments::current() const {
    for (size_t i = 0; i < buttons_.size(); ++i)
        if (buttons_[i]->isChecked()) return static_cast<int>(i);
    return -1;
}

void Segments::set_current(int index) {
    group_->setExclusive(false);  // else none could be let up
    for (size_t i = 0; i < buttons_.size(); ++i) buttons_[i]->setChecked(static_cast<int>(i) == index);
    group_->setExclusive(true);
}

}  // namespace lathe

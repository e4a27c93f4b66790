#include "ui/controls.h"

#include <QPainter>
#include <QStyle>
#include <QStyleOptionComboBox>
#include <QStylePainter>
#include <QWheelEvent>

#include "ui/icons.h"
#include "ui/paint_parts.h"

namespace lathe {

namespace {

constexpr int kIconButton = 30;

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
    button->setAccessibleName(text.isEmpty() ? tooltip : text);
    if (!text.isEmpty()) button->setAccessibleDescription(tooltip);
    button->setToolTip(tooltip);  // last: see key_tip.h
}

void name_field(QLabel* label, QWidget* field, const QString& text, const QString& tooltip) {
    label->setText(text);
    field->setAccessibleName(text);
    field->setToolTip(tooltip);
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
    // A line of Hangul is taller than one of Latin: what stands below must not move with the language.
    const QRect line = fontMetrics().boundingRect(QRect(0, 0, 1000, 1000), 0, QStringLiteral("가g"));
    return {fontMetrics().horizontalAdvance(full_) + 1, line.height()};
}

QSize ElidedLabel::minimumSizeHint() const {
    return {std::min(sizeHint().width(), fontMetrics().averageCharWidth() * 6), sizeHint().height()};
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
    const int room = style()->subControlRect(QStyle::CC_ComboBox, &option, QStyle::SC_ComboBoxEditField, this).width() -
                     space::kTiny;
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

void Slider::wheelEvent(QWheelEvent* event) {
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
    painter.setBrush(!isEnabled() ? theme.faint : isChecked() ? theme.surface : theme.muted);
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

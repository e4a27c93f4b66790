// One place for each kind of control, so that a page cannot look foreign: buttons, labels, drop-downs, switches,
// segmented choices; cards.h has what holds them. Their look is style_sheet.h's; what it cannot draw is painted here.
// Thread: GUI.
#pragma once

#include <QAbstractButton>
#include <QButtonGroup>
#include <QComboBox>
#include <QFrame>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QSlider>
#include <QVBoxLayout>
#include <vector>

#include "ui/theme.h"

namespace lathe {

enum class ButtonKind { plain, primary, danger, quiet, link };
// The text is set, and set again after a change of language, by the page (Page::retranslate).
QPushButton* make_button(ButtonKind kind, QWidget* parent = nullptr);
void set_kind(QPushButton* button, ButtonKind kind);
// An icon alone, of resources/icons, in the theme's muted colour; needs a tooltip, which names it for screen readers.
QPushButton* make_icon_button(const QString& icon, QWidget* parent = nullptr);
// Text, tooltip and the name for screen readers in one.
void set_words(QAbstractButton* button, const QString& text, const QString& tooltip = {});

// The label's text, which is the field's name for screen readers, and the tooltip.
void name_field(QLabel* label, QWidget* field, const QString& text, const QString& tooltip = {});

QLabel* make_label(TextRole role, Tone tone = Tone::text, QWidget* parent = nullptr);
void set_tone(QWidget* widget, Tone tone);
// A dynamic property that the style sheet knows: wrong, focused. It changes the look only after the style has looked
// again.
void set_look(QWidget* widget, const char* name, const QVariant& value);
QFrame* make_rule(QWidget* parent = nullptr);  // a horizontal hair line
// Scrolls `content` up and down alone, without a frame; takes no focus by itself.
QScrollArea* make_scroll_area(QWidget* content);

// One line that is cut with an ellipsis where there is no room; the whole text is its tooltip then.
class ElidedLabel : public QLabel {
    Q_OBJECT

public:
    explicit ElidedLabel(TextRole role, Tone tone = Tone::text, QWidget* parent = nullptr);
    void set_text(const QString& text);
    const QString& full_text() const { return full_; }
    QSize minimumSizeHint() const override;
    QSize sizeHint() const override;

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void elide();
    QString full_;
};

class DropDown : public QComboBox {
    Q_OBJECT

public:
    explicit DropDown(QWidget* parent = nullptr);

protected:
    void paintEvent(QPaintEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;  // a page scrolls on, a value does not change unseen
};

class Slider : public QSlider {
    Q_OBJECT

public:
    using QSlider::QSlider;

protected:
    void wheelEvent(QWheelEvent* event) override;  // as a drop-down's
};

class Switch : public QAbstractButton {
    Q_OBJECT

public:
    explicit Switch(QWidget* parent = nullptr);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
};

// A choice of a few, all seen: one button each, one down, or none where the value is none of them.
class Segments : public QWidget {
    Q_OBJECT

public:
    explicit Segments(int count, QWidget* parent = nullptr);
    void set_words(const QStringList& words);
    int current() const;  // -1: none
    void set_current(int index);

Q_SIGNALS:
    void chosen(int index);  // by the user

private:
    QButtonGroup* group_;
    std::vector<QPushButton*> buttons_;
};

}  // namespace lathe

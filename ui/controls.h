// One place for each kind of control, so that a page cannot look foreign: buttons, labels, cards, banners, empty
// states, drop-downs, switches, segmented choices. Their look is style_sheet.h's; what it cannot draw is painted here.
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
#include <QVBoxLayout>
#include <functional>
#include <vector>

#include "ui/run_summary.h"
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

// A title with at most a few quiet controls on its line, and what it is about below.
class Card : public QFrame {
    Q_OBJECT

public:
    explicit Card(QWidget* parent = nullptr);
    void set_title(const QString& title);
    void set_aside(const QString& text);             // a quiet word at the right of the title
    QHBoxLayout* header() const { return header_; }  // controls go in from the right
    QVBoxLayout* content() const { return content_; }

private:
    QHBoxLayout* header_;
    ElidedLabel* title_;
    QLabel* aside_;
    QVBoxLayout* content_;
};

// The few numbers that matter, in equal cards side by side; in two rows where there is little room.
class TileStrip : public QWidget {
    Q_OBJECT

public:
    explicit TileStrip(QWidget* parent = nullptr);
    void set_tiles(const std::vector<Tile>& tiles);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    int rows() const;
    std::vector<Tile> tiles_;
};

// What happened, why, what to do: stays until dismissed or cleared. The text can be selected; `copy` adds a button that
// copies the details.
class Banner : public QFrame {
    Q_OBJECT

public:
    explicit Banner(QWidget* parent = nullptr);
    void show_message(Tone tone, const QString& text, const QString& details = {});
    QPushButton* add_action(const QString& text, const std::function<void()>& act);
    void clear();  // hides it and takes its actions away
    QString text() const;

protected:
    void changeEvent(QEvent* event) override;

private:
    QLabel* text_;
    QHBoxLayout* actions_;
    QPushButton* copy_;
    QPushButton* dismiss_;
    QString details_;
};

// One sentence of what will be here, and the button that starts it.
class EmptyState : public QWidget {
    Q_OBJECT

public:
    explicit EmptyState(QWidget* parent = nullptr);
    void set_words(const QString& sentence, const QString& button = {});
    QPushButton* button() const { return button_; }

private:
    QLabel* sentence_;
    QPushButton* button_;
};

class DropDown : public QComboBox {
    Q_OBJECT

public:
    explicit DropDown(QWidget* parent = nullptr);

protected:
    void paintEvent(QPaintEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;  // a page scrolls on, a value does not change unseen
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

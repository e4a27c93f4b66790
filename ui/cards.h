// What holds a page's content: cards, the tiles of the few numbers that matter, banners, empty states. Thread: GUI.
#pragma once

#include <QFrame>
#include <QHBoxLayout>
#include <QVBoxLayout>
#include <functional>
#include <optional>
#include <vector>

#include "engine/base/error.h"
#include "ui/controls.h"
#include "ui/run_summary.h"

namespace lathe {

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
    ElidedLabel* aside_;
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
    void show_error(const Error& error);  // in the language in force, also when that changes
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
    std::optional<Error> error_;
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

}  // namespace lathe

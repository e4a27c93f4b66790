#include "ui/style_sheet.h"

#include <array>
#include <utility>

namespace lathe {

namespace {

// Names in @…@ are tokens of the theme. A focused control trades a pixel of padding for a border of two.
constexpr auto kSheet = R"(
QToolTip { background: @raised@; color: @text@; border: 1px solid @line@; padding: 6px 8px; }
QMainWindow, QDialog { background: @background@; }

QFrame[role="card"] { background: @surface@; border: 1px solid @line@; border-radius: 12px; }
QFrame[role="banner"] { background: @raised@; border: 1px solid @line@; border-radius: 8px; }
QFrame[role="banner"][tone="bad"] { border-color: @bad@; }
QFrame[role="banner"][tone="warn"] { border-color: @warn@; }
QFrame[role="banner"][tone="ok"] { border-color: @ok@; }
QFrame[role="field"] { background: @surface@; border: 1px solid @line@; border-radius: 12px; }
QFrame[role="field"][focused="true"] { border-color: @accent@; }
QFrame[role="rule"] { background: @line@; border: none; }
QLabel[tone="muted"] { color: @muted@; }
QLabel[tone="ok"] { color: @ok@; }
QLabel[tone="warn"] { color: @warn@; }
QLabel[tone="bad"] { color: @bad@; }

QPushButton { background: @raised@; color: @text@; border: 1px solid @line@; border-radius: 8px; padding: 7px 15px; }
QPushButton:hover { background: @hover@; }
QPushButton:pressed, QPushButton:checked { background: @pressed@; }
QPushButton:focus { border: 2px solid @accent@; padding: 6px 14px; }
QPushButton:disabled { color: @faint@; background: @surface@; }
QPushButton[kind="primary"] { background: @accent@; color: @on_accent@; border-color: @accent@; }
QPushButton[kind="primary"]:hover { background: @accent_hover@; border-color: @accent_hover@; }
QPushButton[kind="primary"]:focus { border: 2px solid @text@; }
QPushButton[kind="primary"]:disabled { background: @raised@; color: @faint@; border-color: @line@; }
QPushButton[kind="danger"] { color: @bad@; }
QPushButton[kind="danger"]:disabled { color: @faint@; }
QPushButton[kind="quiet"] { background: transparent; color: @muted@; border-color: transparent; padding: 4px 8px; }
QPushButton[kind="quiet"]:hover { background: @raised@; color: @text@; }
QPushButton[kind="quiet"]:checked { background: @raised@; color: @text@; }
QPushButton[kind="quiet"]:focus { border: 2px solid @accent@; padding: 3px 7px; }
QPushButton[kind="quiet"]:disabled { color: @faint@; background: transparent; }
QPushButton[kind="link"] { background: transparent; color: @accent@; border: 1px solid transparent; padding: 2px 4px; }
QPushButton[kind="link"]:hover { text-decoration: underline; }
QPushButton[kind="link"]:focus { border: 2px solid @accent@; padding: 1px 3px; }
QPushButton[kind="link"]:disabled { color: @faint@; }
QPushButton[kind="icon"] { background: transparent; border: 1px solid transparent; padding: 5px; }
QPushButton[kind="icon"]:hover { background: @raised@; }
QPushButton[kind="icon"]:focus { border: 2px solid @accent@; padding: 4px; }

QLineEdit, QPlainTextEdit, QTextEdit { background: @raised@; color: @text@; border: 1px solid @line@; border-radius: 8px;
    padding: 6px 9px; selection-background-color: @selection@; selection-color: @text@; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus { border: 2px solid @accent@; padding: 5px 8px; }
QLineEdit[wrong="true"] { border-color: @bad@; }
QLineEdit[wrong="true"]:focus { border-color: @bad@; }
QLineEdit:disabled { color: @faint@; background: @surface@; }
QTextBrowser, QTextEdit[role="plain"], QPlainTextEdit[role="plain"] { background: transparent; border: none; padding: 0; }

QComboBox { background: @raised@; color: @text@; border: 1px solid @line@; border-radius: 8px; padding: 6px 28px 6px 9px;
    combobox-popup: 0; }
QComboBox:hover { background: @hover@; }
QComboBox:focus { border: 2px solid @accent@; padding: 5px 27px 5px 8px; }
QComboBox:disabled { color: @faint@; background: @surface@; }
QComboBox::drop-down { border: none; width: 24px; }
QComboBox::down-arrow { image: none; }
QComboBox QAbstractItemView { background: @raised@; color: @text@; border: 1px solid @line@; padding: 4px;
    selection-background-color: @pressed@; selection-color: @text@; outline: none; }
QComboBox QAbstractItemView::item { min-height: 28px; padding: 0 8px; border-radius: 4px; }

QListView, QTreeView, QTableView { background: transparent; color: @text@; border: none; outline: none; }
QListView[role="field"] { background: @raised@; border: 1px solid @line@; border-radius: 8px; padding: 3px; }
QListView[role="field"]:focus { border: 2px solid @accent@; padding: 2px; }
QListView::item { border-radius: 8px; }
QListView::item:hover { background: @raised@; }
QListView::item:selected { background: @pressed@; color: @text@; }
QListView::item:selected:focus { border: 2px solid @accent@; }

QTableView { gridline-color: @line@; border: 1px solid @line@; border-radius: 8px; }
QTableCornerButton::section { background: transparent; border: none; border-bottom: 1px solid @line@; }
QPlainTextEdit[role="cell"], QPlainTextEdit[role="cell"]:focus { border: 2px solid @accent@; border-radius: 0; padding: 2px 4px; }

QTreeView::item { border: none; padding: 4px 8px; }
QTreeView::item:hover { background: @raised@; }
QTreeView::item:selected { background: @pressed@; color: @text@; }
QTreeView::item:selected:focus { background: @selection@; }
QHeaderView { background: transparent; border: none; }
QHeaderView::section { background: transparent; color: @muted@; border: none; border-bottom: 1px solid @line@;
    padding: 4px 11px; }
QHeaderView::section:hover { color: @text@; }

QMenu { background: @raised@; color: @text@; border: 1px solid @line@; padding: 4px; }
QMenu::item { padding: 6px 24px 6px 12px; border-radius: 4px; }
QMenu::item:selected { background: @pressed@; }
QMenu::item:disabled { color: @faint@; }
QMenu::separator { height: 1px; background: @line@; margin: 4px 8px; }

QProgressBar { background: @raised@; border: none; border-radius: 3px; max-height: 6px; min-height: 6px; }
QProgressBar::chunk { background: @accent@; border-radius: 3px; }

QSlider::groove:horizontal { background: @line@; height: 4px; border-radius: 2px; }
QSlider::sub-page:horizontal { background: @faint@; height: 4px; border-radius: 2px; }
QSlider::handle:horizontal { background: @muted@; width: 12px; height: 12px; margin: -4px 0; border-radius: 6px; }
QSlider::handle:horizontal:hover { background: @text@; }
QSlider::handle:horizontal:focus { background: @accent@; }

QScrollArea, QScrollArea > QWidget > QWidget[role="page"] { background: transparent; border: none; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 2px; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 2px; }
QScrollBar::handle { background: @line@; border-radius: 3px; min-height: 32px; min-width: 32px; }
QScrollBar::handle:hover { background: @faint@; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QSplitter::handle { background: transparent; }
)";

}  // namespace

QString style_sheet(const Theme& theme) {
    const std::array<std::pair<const char*, QColor>, 17> tokens = {{
        {"background", theme.background},
        {"surface", theme.surface},
        {"raised", theme.raised},
        {"hover", blend(theme.text, theme.raised, 0.05)},
        {"pressed", blend(theme.text, theme.raised, 0.10)},
        {"line", theme.line},
        {"text", theme.text},
        {"muted", theme.muted},
        {"faint", theme.faint},
        {"accent", theme.accent},
        {"accent_hover", blend(theme.text, theme.accent, 0.12)},
        {"on_accent", on_accent(theme)},
        {"selection", blend(theme.accent, theme.surface, 0.35)},
        {"ok", theme.ok},
        {"warn", theme.warn},
        {"bad", theme.bad},
        {"rail", theme.rail},
    }};
    QString sheet = QString::fromLatin1(kSheet);
    for (const auto& [name, color] : tokens)
        sheet.replace(QLatin1Char('@') + QLatin1String(name) + QLatin1Char('@'), color.name());
    return sheet;
}

}  // namespace lathe

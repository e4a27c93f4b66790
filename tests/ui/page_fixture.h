// What a page needs around it: settings nobody keeps, a fake engine, the run and the record over it; and the check that
// every control has a name for screen readers. With main(): fonts and the house style, as the program has them.
#pragma once

#include <QAccessible>
#include <QApplication>
#include <QLabel>
#include <QPushButton>
#include <QTemporaryDir>
#include <QtTest>

#include "tests/ui/fake_engine.h"
#include "ui/page.h"
#include "ui/theme.h"

namespace lathe {

struct PageFixture {
    QTemporaryDir folder;
    QSettings settings{folder.filePath(QStringLiteral("settings.ini")), QSettings::IniFormat};
    FakeEngine engine;
    RunWatch run{engine};
    RunList runs{engine};
    RunQueue queue{engine, run};
    AppPaths paths{.workspace = folder.filePath(QStringLiteral("Lathe")),
                   .presets = QStringLiteral(LATHE_SOURCE_DIR "/resources/presets"),
                   .starter = QStringLiteral(LATHE_SOURCE_DIR "/resources/starter")};
    PageContext context{engine, run, runs, paths, settings, queue, settings};
};

// Those that a user can act on and that no screen reader could name.
inline QStringList nameless(QWidget& root) {
    QStringList found;
    for (QWidget* widget : root.findChildren<QWidget*>()) {
        if (widget->focusPolicy() == Qt::NoFocus || !widget->isVisibleTo(&root)) continue;
        const QAccessibleInterface* face = QAccessible::queryAccessibleInterface(widget);
        if (face == nullptr || !face->text(QAccessible::Name).isEmpty()) continue;
        found << QLatin1String(widget->metaObject()->className()) + QLatin1Char(' ') + widget->objectName();
    }
    return found;
}

// The one of these words that is to be seen; null: none.
inline QPushButton* button_of(const QWidget& root, const char* text) {
    QCoreApplication::processEvents();  // new parts come into view
    for (QPushButton* button : root.findChildren<QPushButton*>())
        if (button->text() == QString::fromUtf8(text) && button->isVisibleTo(&root)) return button;
    return nullptr;
}

// Whether it was there and enabled.
inline bool press(const QWidget& root, const char* text) {
    QPushButton* button = button_of(root, text);
    if (button == nullptr || !button->isEnabled()) return false;
    button->click();
    return true;
}

// Of the labels that are to be seen, one a line.
inline QString words_of(const QWidget& root) {
    QCoreApplication::processEvents();  // new parts come into view
    QStringList words;
    for (const QLabel* label : root.findChildren<QLabel*>())
        if (label->isVisibleTo(&root)) words << label->text();
    return words.join(QLatin1Char('\n'));
}

// A run of 100 steps trains.
inline RequestId begin_run(FakeEngine& engine, RunWatch& watch, const std::string& run = "r") {
    watch.start({.config = RunConfig{}, .config_file = "nano.json", .resume = {}});
    const RequestId training = engine.last_request<StartTraining>();
    engine.say(training, TrainStarted{.run = run, .step = 0, .max_steps = 100});
    engine.say(training, StateChanged{EngineState::training});
    return training;
}

}  // namespace lathe

// QTEST_MAIN with the program's fonts and style.
#define LATHE_PAGE_TEST(Test)                                           \
    int main(int argc, char** argv) {                                   \
        QApplication::setStyle(QStringLiteral("Fusion"));               \
        QApplication app(argc, argv);                                   \
        if (!lathe::load_fonts()) return 1;                             \
        QApplication::setFont(lathe::text_font(lathe::TextRole::body)); \
        Test test;                                                      \
        return QTest::qExec(&test, argc, argv);                         \
    }

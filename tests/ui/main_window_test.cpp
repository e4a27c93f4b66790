// The window around the pages: rail, palette, keys, theme and language at run time, what is kept between starts.
#include <QDropEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QMimeData>

#include "tests/ui/page_fixture.h"
#include "ui/chat_page.h"
#include "ui/main_window.h"

using namespace lathe;

class MainWindowTest : public QObject {
    Q_OBJECT

    struct Window {
        PageFixture f;
        Appearance appearance{f.settings};
        std::unique_ptr<MainWindow> window = std::make_unique<MainWindow>(f.engine, appearance, f.settings, f.paths);
        Window() {
            appearance.set_language(LanguageChoice::english);
            window->show();
            window->activateWindow();  // keys go to the active window
            static_cast<void>(QTest::qWaitForWindowActive(window.get()));
        }
        QString current() const { return window->findChild<QStackedWidget*>()->currentWidget()->objectName(); }
    };

private Q_SLOTS:
    void the_rail_and_the_keys_go_to_pages() {
        Window w;
        QCOMPARE(w.current(), QStringLiteral("start"));
        for (RailButton* button : w.window->findChildren<RailButton*>())
            if (button->text() == QStringLiteral("Export")) button->click();
        QCOMPARE(w.current(), QStringLiteral("export"));
        QTest::keyClick(w.window.get(), Qt::Key_2, Qt::ControlModifier);
        QCOMPARE(w.current(), QStringLiteral("train"));
    }

    void the_palette_finds_and_does() {
        Window w;
        QTest::keyClick(w.window.get(), Qt::Key_K, Qt::ControlModifier);
        auto* palette = w.window->findChild<CommandPalette*>();
        QVERIFY(palette->isVisible());
        auto* filter = palette->findChild<QLineEdit*>();
        QTest::keyClicks(filter, QStringLiteral("go exp"));
        QCOMPARE(palette->findChild<QListWidget*>()->count(), 1);
        QTest::keyClick(filter, Qt::Key_Return);
        QVERIFY(!palette->isVisible());
        QCOMPARE(w.current(), QStringLiteral("export"));
        palette->open();
        QTest::keyClicks(filter, QStringLiteral("no such action"));
        QTest::keyClick(filter, Qt::Key_Return);  // nothing chosen, nothing done
        QTest::keyClick(filter, Qt::Key_Escape);
        QVERIFY(!palette->isVisible());
    }

    void a_model_that_is_dropped_opens_in_the_chat() {
        Window w;
        const QString model = w.f.folder.filePath(QStringLiteral("tiny.gguf"));
        const auto drop = [&](const QString& path) {
            QFile file(path);
            QVERIFY(file.open(QIODevice::WriteOnly));
            QMimeData data;
            data.setUrls({QUrl::fromLocalFile(path)});
            QDragEnterEvent enter({600, 400}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
            QCoreApplication::sendEvent(w.window.get(), &enter);
            QDropEvent event({600, 400}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
            if (enter.isAccepted()) QCoreApplication::sendEvent(w.window.get(), &event);
        };
        drop(w.f.folder.filePath(QStringLiteral("notes.txt")));
        QCOMPARE(w.current(), QStringLiteral("start"));
        drop(model);
        QCOMPARE(w.current(), QStringLiteral("chat"));
        auto* chat = w.window->findChild<ChatPage*>();
        QCOMPARE(QString::fromStdString(chat->conversations().find(chat->open_conversation())->kept.model.folder),
                 model);
        QCOMPARE(w.f.settings.value(QStringLiteral("models/folders")).toStringList(), QStringList{model});
    }

    void the_language_changes_at_run_time() {
        Window w;
        const Page* page = w.window->page(QStringLiteral("export"));
        QCOMPARE(page->name(), QStringLiteral("Export"));
        w.appearance.set_language(LanguageChoice::korean);
        QCoreApplication::processEvents();
        QVERIFY(page->name() != QStringLiteral("Export"));
        bool rail = false;
        for (const RailButton* button : w.window->findChildren<RailButton*>())
            rail = rail || button->text() == page->name();
        QVERIFY(rail);
        w.appearance.set_language(LanguageChoice::english);
        QCoreApplication::processEvents();
        QCOMPARE(page->name(), QStringLiteral("Export"));
    }

    void the_theme_changes_at_run_time() {
        Window w;
        w.appearance.set_theme(ThemeChoice::dark);
        QCOMPARE(&current_theme(), &dark_theme());
        w.appearance.set_theme(ThemeChoice::light);
        QCOMPARE(&current_theme(), &light_theme());
        QCOMPARE(w.window->palette().color(QPalette::Window), light_theme().background);
    }

    void a_second_start_shows_what_the_first_did() {
        Window w;
        w.window->show_page(QStringLiteral("export"));
        w.appearance.set_theme(ThemeChoice::light);
        w.appearance.set_language(LanguageChoice::korean);
        w.window->close();
        const Appearance again(w.f.settings);
        QCOMPARE(again.theme_choice(), ThemeChoice::light);
        QCOMPARE(again.language_choice(), LanguageChoice::korean);
        const MainWindow second(w.f.engine, w.appearance, w.f.settings, w.f.paths);
        QCOMPARE(second.findChild<QStackedWidget*>()->currentWidget()->objectName(), QStringLiteral("export"));
    }

    void settings_of_another_version_do_no_harm() {
        PageFixture f;
        f.settings.setValue(QStringLiteral("appearance/theme"), QStringLiteral("sepia"));
        f.settings.setValue(QStringLiteral("window/page"), QStringLiteral("benchmarks"));
        f.settings.setValue(QStringLiteral("window/geometry"), QByteArray("nonsense"));
        Appearance appearance(f.settings);
        QCOMPARE(appearance.theme_choice(), ThemeChoice::system);
        const MainWindow window(f.engine, appearance, f.settings, f.paths);
        QCOMPARE(window.findChild<QStackedWidget*>()->currentWidget()->objectName(), QStringLiteral("start"));
    }

    void an_engine_that_fails_in_every_command_leaves_the_window_standing() {
        Window w;
        for (const char* page : {"start", "train", "chat", "library", "export"}) {
            w.window->show_page(QLatin1String(page));
            for (size_t i = 0; i < w.f.engine.posted.size(); ++i)
                w.f.engine.say(w.f.engine.posted[i].first,
                               Failed{{.kind = ErrorKind::internal, .found = "thrown on purpose"}});
            QCoreApplication::processEvents();
            QVERIFY(w.window->isVisible());
            if (w.f.engine.posted.size() > 500) break;
        }
    }

    void every_control_of_every_page_has_a_name() {
        Window w;
        for (const LanguageChoice language : {LanguageChoice::english, LanguageChoice::korean}) {
            w.appearance.set_language(language);
            for (const char* page : {"start", "train", "chat", "library", "export"}) {
                w.window->show_page(QLatin1String(page));
                QCOMPARE(nameless(*w.window).join(QStringLiteral(", ")), QString());
            }
        }
    }
};

LATHE_PAGE_TEST(MainWindowTest)
#include "main_window_test.moc"

// The Settings page: every choice takes effect at once, is kept, and follows a change made elsewhere.
#include "ui/settings_page.h"

#include "tests/ui/page_fixture.h"

using namespace lathe;

class SettingsPageTest : public QObject {
    Q_OBJECT

    struct Parts {
        PageFixture f;
        Appearance appearance{f.settings};
        Preferences preferences{f.settings};
        QWidget window;
        CommandPalette palette{&window};
        KeyBindings bindings{palette, f.settings};
        std::unique_ptr<SettingsPage> page;
        Parts() {
            appearance.set_language(LanguageChoice::english);
            page = std::make_unique<SettingsPage>(f.context, appearance, preferences, bindings);
            page->show();
        }
        Switch* switch_called(const char* name) const {
            for (Switch* found : page->findChildren<Switch*>())
                if (found->accessibleName() == QLatin1String(name)) return found;
            return nullptr;
        }
    };

private Q_SLOTS:
    void looks_change_at_once_and_are_kept() {
        Parts p;
        QVERIFY(press(*p.page, "Light"));
        QCOMPARE(&current_theme(), &light_theme());
        QVERIFY(press(*p.page, "130 %"));
        QCOMPARE(text_font(TextRole::body).pixelSize(), 17);
        QVERIFY(press(*p.page, "한국어"));
        QCoreApplication::processEvents();
        QCOMPARE(p.page->name(), QStringLiteral("설정"));
        const Appearance again(p.f.settings);
        QCOMPARE(again.theme_choice(), ThemeChoice::light);
        QCOMPARE(again.language_choice(), LanguageChoice::korean);
        QCOMPARE(again.text_size(), 130);
        p.appearance.set_text_size(100);
    }

    void wishes_are_kept() {
        Parts p;
        QVERIFY(p.switch_called("Keep the machine awake")->isChecked());
        p.switch_called("Keep the machine awake")->click();
        p.switch_called("Leave room for me")->click();
        QVERIFY(press(*p.page, "Save and stop"));
        const Preferences again(p.f.settings);
        QVERIFY(!again.keeps_awake() && again.leaves_room() && again.notifies());
        QCOMPARE(again.on_close(), OnClose::save_and_stop);
    }

    void a_change_made_elsewhere_is_shown() {
        Parts p;
        p.preferences.set_leaves_room(true);
        QVERIFY(p.switch_called("Leave room for me")->isChecked());
        p.appearance.set_theme(ThemeChoice::dark);
        QPushButton* dark = button_of(*p.page, "Dark");
        QVERIFY(dark != nullptr && dark->isChecked());
    }

    void keys_are_listed_with_what_they_do() {
        Parts p;
        QAction action(QStringLiteral("Measure twice"));
        action.setObjectName(QStringLiteral("measure"));
        action.setShortcut(QKeySequence(Qt::CTRL | Qt::Key_M));
        p.window.addAction(&action);
        p.palette.offer(&p.window, [] { return QStringLiteral("Bench"); });
        p.bindings.load();
        p.page->entered();
        const auto* rows = p.page->findChild<KeyList*>()->findChild<QListWidget*>();
        QCOMPARE(rows->count(), 1);
        QCOMPARE(rows->item(0)->text(), QStringLiteral("Bench · Measure twice"));
        QCOMPARE(rows->item(0)->data(Qt::AccessibleTextRole).toString(),
                 QStringLiteral("Bench · Measure twice, Ctrl+M"));
    }

    void settings_of_another_version_do_no_harm() {
        PageFixture f;
        f.settings.setValue(QStringLiteral("appearance/text_size"), 1000);
        f.settings.setValue(QStringLiteral("program/on_close"), QStringLiteral("explode"));
        const Appearance appearance(f.settings);
        QCOMPARE(appearance.text_size(), 100);
        QCOMPARE(Preferences(f.settings).on_close(), OnClose::ask);
    }

    void every_control_has_a_name() {
        Parts p;
        QCOMPARE(nameless(*p.page).join(QStringLiteral(", ")), QString());
    }
};

LATHE_PAGE_TEST(SettingsPageTest)
#include "settings_page_test.moc"

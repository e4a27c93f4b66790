// The keys of the actions: given, refused, taken away and put back in the list of the Settings page; kept, heard by the
// window, and named wherever its words name keys.
#include "ui/key_bindings.h"

#include <QKeySequenceEdit>
#include <set>

#include "tests/ui/main_window_fixture.h"
#include "ui/key_list.h"

using namespace lathe;

class KeyBindingsTest : public QObject {
    Q_OBJECT

    // The Settings page is in view.
    struct Settings : ShownWindow {
        Settings() { show(); }
        void show() { window->show_page(QStringLiteral("settings")); }
        // The next start of the program.
        void start_again() {
            window = std::make_unique<MainWindow>(f.engine, appearance, f.settings, f.settings, f.paths);
            window->show();
            window->activateWindow();
            static_cast<void>(QTest::qWaitForWindowActive(window.get()));
        }
        KeyBindings& bindings() const { return *window->findChild<KeyBindings*>(); }
        KeyList& list() const { return *window->findChild<KeyList*>(); }
        Page& page() const { return *window->page(QStringLiteral("settings")); }
        QAction* action(const char* id) const {
            for (const CommandPalette::Offer& offer : bindings().actions())
                if (offer.id == QLatin1String(id)) return offer.action;
            return nullptr;
        }
        QKeySequence keys(const char* id) const { return action(id)->shortcut(); }
        QVariant kept(const char* id) const { return f.settings.value(QStringLiteral("keys/") + QLatin1String(id)); }
        void search(const char* words) const { list().findChild<QLineEdit*>()->setText(QLatin1String(words)); }
        // null: it is not listed.
        QListWidgetItem* row(const char* name) const {
            const auto found = list().findChild<QListWidget*>()->findItems(QString::fromUtf8(name), Qt::MatchExactly);
            return found.isEmpty() ? nullptr : found.constFirst();
        }
        QKeySequenceEdit* editor() const {
            for (QKeySequenceEdit* edit : list().findChildren<QKeySequenceEdit*>())
                if (edit->isVisible()) return edit;
            return nullptr;
        }
        // As a user: Enter on its row.
        QKeySequenceEdit* edit(const char* name) const {
            auto* rows = list().findChild<QListWidget*>();
            rows->setFocus();
            rows->setCurrentItem(row(name));
            rows->scrollToItem(row(name));
            QTest::keyClick(rows, Qt::Key_Return);
            return editor();
        }
        void give(const char* name, Qt::Key key, Qt::KeyboardModifiers modifiers = {}) const {
            QTest::keyClick(edit(name), key, modifiers);
            if (editor() != nullptr) QTest::keyClick(editor(), Qt::Key_Return);
        }
        void press_keys(Qt::Key key, Qt::KeyboardModifiers modifiers = {}) const {
            QTest::keyClick(window.get(), key, modifiers);
        }
        QString tooltip(const char* page, const char* button) const {
            return button_of(*window->page(QLatin1String(page)), button)->toolTip();
        }
    };

private Q_SLOTS:
    void every_action_has_an_id_and_its_standard_keys_are_its_own() {
        const Settings s;
        const auto offers = s.window->findChild<CommandPalette*>()->offers();
        std::set<QString> ids;
        for (const CommandPalette::Offer& offer : offers) {
            QVERIFY2(!offer.action->objectName().isEmpty(), qPrintable(offer.name()));
            QVERIFY2(ids.insert(offer.id).second, qPrintable(offer.id));
            QCOMPARE(s.bindings().obstacle(offer.id, s.bindings().standard(offer.id)), QString());
        }
        QCOMPARE(s.bindings().actions().size(), offers.size());
    }

    void new_keys_do_what_the_old_ones_did() {
        Settings s;
        s.give("Go to Chat", Qt::Key_J, Qt::ControlModifier);
        QVERIFY(s.editor() == nullptr);
        QCOMPARE(s.kept("window/go_to_chat").toString(), QStringLiteral("Ctrl+J"));
        s.press_keys(Qt::Key_6, Qt::ControlModifier);
        QCOMPARE(s.current(), QStringLiteral("settings"));
        s.press_keys(Qt::Key_J, Qt::ControlModifier);
        QCOMPARE(s.current(), QStringLiteral("chat"));
        s.start_again();
        s.press_keys(Qt::Key_1, Qt::ControlModifier);
        QCOMPARE(s.current(), QStringLiteral("start"));
        s.press_keys(Qt::Key_J, Qt::ControlModifier);
        QCOMPARE(s.current(), QStringLiteral("chat"));
        s.appearance.set_language(LanguageChoice::korean);
        QCoreApplication::processEvents();
        QCOMPARE(s.keys("window/go_to_chat"), QKeySequence(Qt::CTRL | Qt::Key_J));
        s.press_keys(Qt::Key_1, Qt::ControlModifier);
        s.press_keys(Qt::Key_J, Qt::ControlModifier);
        QCOMPARE(s.current(), QStringLiteral("chat"));
        s.appearance.set_language(LanguageChoice::english);
    }

    void the_keys_of_a_page_are_heard_on_it() {
        Settings s;
        s.open({stopped_run()});
        s.give("Runs · Search the runs", Qt::Key_F8);
        s.press_keys(Qt::Key_F8);
        QCOMPARE(s.current(), QStringLiteral("settings"));
        s.window->show_page(QStringLiteral("runs"));
        s.press_keys(Qt::Key_F8);
        const auto* search = qobject_cast<QLineEdit*>(QApplication::focusWidget());
        QVERIFY(search != nullptr);
        QCOMPARE(search->accessibleName(), QStringLiteral("Search the runs"));
    }

    void an_action_without_keys_is_found_and_gets_some() {
        Settings s;
        s.appearance.set_theme(ThemeChoice::light);
        QVERIFY(s.row("Dark theme") == nullptr);
        s.search("dark");
        s.give("Dark theme", Qt::Key_F9);
        s.search("");
        QVERIFY(s.row("Dark theme") != nullptr);
        s.press_keys(Qt::Key_F9);
        QCOMPARE(&current_theme(), &dark_theme());
        s.search("f9");
        QCOMPARE(s.list().findChild<QListWidget*>()->count(), 1);
        s.search("no such action");
        QVERIFY(words_of(s.list()).contains(QStringLiteral("No action has these words.")));
    }

    void nothing_is_taken_from_another_action() {
        const Settings s;
        QTest::keyClick(s.edit("Go to Chat"), Qt::Key_2, Qt::ControlModifier);
        QVERIFY(words_of(s.list()).contains(QStringLiteral("“Go to Data” has Ctrl+2.")));
        QTest::keyClick(s.editor(), Qt::Key_Return);
        QVERIFY(s.editor() != nullptr);  // other keys can be pressed
        QTest::keyClick(s.editor(), Qt::Key_Escape);
        QVERIFY(s.editor() == nullptr);
        QVERIFY(!words_of(s.list()).contains(QStringLiteral("has Ctrl+2")));
        QTest::keyClick(s.edit("Go to Chat"), Qt::Key_2, Qt::ControlModifier);
        s.list().findChild<QLineEdit*>()->setFocus();  // the keyboard goes elsewhere
        QVERIFY(s.editor() == nullptr);
        QVERIFY(words_of(s.list()).contains(QStringLiteral("has Ctrl+2")));
        QCOMPARE(s.keys("window/go_to_chat"), QKeySequence(Qt::CTRL | Qt::Key_6));
        QCOMPARE(s.keys("window/go_to_data"), QKeySequence(Qt::CTRL | Qt::Key_2));
        QVERIFY(!s.kept("window/go_to_chat").isValid());
        // Two pages may have the same keys, the window's are everywhere.
        const KeyBindings& bindings = s.bindings();
        QCOMPARE(bindings.obstacle(QStringLiteral("chat/delete"), QKeySequence::Save), QString());
        QVERIFY(!bindings.obstacle(QStringLiteral("train/stop"), QKeySequence::Save).isEmpty());
        QVERIFY(!bindings.obstacle(QStringLiteral("window/tour"), QKeySequence::Save).isEmpty());
        QVERIFY(!bindings.obstacle(QStringLiteral("chat/delete"), Qt::CTRL | Qt::Key_2).isEmpty());
    }

    void what_text_fields_need_is_refused() {
        const Settings s;
        const QString chat = QStringLiteral("window/go_to_chat");
        for (const char* keys : {"A", "Shift+A", "Space", "Return", "Left", "PgDown", "Esc", "Del", "Ctrl+C", "Ctrl+V",
                                 "Ctrl+X", "Ctrl+A", "Ctrl+Z", "Shift+Ins", "Ctrl+Left", "Ctrl+Shift+End"}) {
            const QString obstacle = s.bindings().obstacle(chat, QKeySequence(QLatin1String(keys)));
            QVERIFY2(obstacle.contains(QStringLiteral("text fields")), keys);
        }
        for (const char* keys : {"F6", "Shift+F6", "Ctrl+J", "Alt+C", "Ctrl+Alt+C"})
            QCOMPARE(s.bindings().obstacle(chat, QKeySequence(QLatin1String(keys))), QString());
        QCOMPARE(s.bindings().obstacle(QStringLiteral("train/undo"), QKeySequence::Undo), QString());  // its standard
        s.give("Go to Chat", Qt::Key_C, Qt::ControlModifier);
        QVERIFY(words_of(s.list()).contains(QStringLiteral("Ctrl+C is needed in text fields")));
        QCOMPARE(s.keys("window/go_to_chat"), QKeySequence(Qt::CTRL | Qt::Key_6));
    }

    void keys_are_taken_away() {
        Settings s;
        s.edit("Go to Chat");
        QTest::keyClick(s.editor(), Qt::Key_J, Qt::ControlModifier);
        QTest::keyClick(s.editor(), Qt::Key_Escape);  // the old ones stay
        s.give("Go to Chat", Qt::Key_Control);        // alone it says nothing
        QCOMPARE(s.keys("window/go_to_chat"), QKeySequence(Qt::CTRL | Qt::Key_6));
        s.give("Go to Chat", Qt::Key_Backspace);
        QVERIFY(s.keys("window/go_to_chat").isEmpty());
        QVERIFY(s.kept("window/go_to_chat").isValid());
        s.press_keys(Qt::Key_6, Qt::ControlModifier);
        QCOMPARE(s.current(), QStringLiteral("settings"));
        s.give("Go to Data", Qt::Key_6, Qt::ControlModifier);  // they are free
        s.start_again();
        QVERIFY(s.keys("window/go_to_chat").isEmpty());
        s.press_keys(Qt::Key_6, Qt::ControlModifier);
        QCOMPARE(s.current(), QStringLiteral("data"));
    }

    void the_standard_comes_back_and_goes_again() {
        Settings s;
        QVERIFY(!press(s.page(), "Standard keys"));  // they are
        s.give("Train · Redo the change of a setting", Qt::Key_F8);
        s.give("Go to Chat", Qt::Key_Delete);
        QVERIFY(press(s.page(), "Standard keys"));
        QCOMPARE(s.action("train/redo")->shortcuts().size(), 2);
        QCOMPARE(s.keys("window/go_to_chat"), QKeySequence(Qt::CTRL | Qt::Key_6));
        QVERIFY(!s.kept("train/redo").isValid() && !s.kept("window/go_to_chat").isValid());
        QVERIFY(press(s.page(), "Undo"));
        QCOMPARE(s.keys("train/redo"), QKeySequence(Qt::Key_F8));
        QVERIFY(s.keys("window/go_to_chat").isEmpty());
        QCOMPARE(s.kept("train/redo").toString(), QStringLiteral("F8"));
        QVERIFY(button_of(s.page(), "Undo") == nullptr);
        // By hand, one alone: nothing of it is kept.
        s.give("Go to Chat", Qt::Key_6, Qt::ControlModifier);
        QVERIFY(!s.kept("window/go_to_chat").isValid());
        QVERIFY(press(s.page(), "Standard keys"));
        s.give("Go to Chat", Qt::Key_J, Qt::ControlModifier);
        QVERIFY(button_of(s.page(), "Undo") == nullptr);  // it would take these away
    }

    void the_words_of_the_window_name_the_new_keys() {
        Settings s;
        const auto close_tip = [&] { return s.window->findChild<HelpPanel*>()->close_button()->toolTip(); };
        const auto palette_word = [&] { return s.window->findChild<StatusLine*>()->palette_button()->text(); };
        QCOMPARE(close_tip(), QStringLiteral("Close (F1)"));
        QCOMPARE(palette_word(), QStringLiteral("Ctrl+K  every action"));
        s.give("Explain this page", Qt::Key_F6);
        s.give("Search every action", Qt::Key_F7);
        s.give("Chat · New conversation", Qt::Key_J, Qt::ControlModifier);
        QCOMPARE(close_tip(), QStringLiteral("Close (F6)"));
        QCOMPARE(palette_word(), QStringLiteral("F7  every action"));
        s.press_keys(Qt::Key_F7);
        auto* palette = s.window->findChild<CommandPalette*>();
        QVERIFY(palette->isVisible());
        palette->findChild<QLineEdit*>()->setText(QStringLiteral("new conversation"));
        QVERIFY(palette->findChild<QListWidget*>()->item(0)->text().endsWith(QStringLiteral("Ctrl+J")));
        palette->hide();
        s.window->show_page(QStringLiteral("chat"));
        QVERIFY(s.tooltip("chat", "New conversation").endsWith(QStringLiteral("settings (Ctrl+J)")));
        s.appearance.set_language(LanguageChoice::korean);
        s.appearance.set_language(LanguageChoice::english);
        QCoreApplication::processEvents();
        const QPushButton* button = button_of(*s.window->page(QStringLiteral("chat")), "New conversation");
        QVERIFY(button->toolTip().endsWith(QStringLiteral("settings (Ctrl+J)")));
        QCOMPARE(button->accessibleDescription(), button->toolTip());
        s.show();
        s.give("Explain this page", Qt::Key_Backspace);
        s.give("Search every action", Qt::Key_Backspace);
        QCOMPARE(close_tip(), QStringLiteral("Close"));
        QCOMPARE(palette_word(), QStringLiteral("every action"));
    }

    void what_is_not_legal_in_the_settings_is_ignored() {
        Settings s;
        for (const auto& [id, keys] : std::initializer_list<std::pair<const char*, const char*>>{
                 {"window/go_to_chat", "Ctrl+C"},       // for text
                 {"window/help", "Ctrl+1"},             // Start's
                 {"window/quit", "no such keys"},       //
                 {"window/palette", "Ctrl+J, Ctrl+K"},  // one after the other
                 {"of/another/version", "Ctrl+L"},      //
                 {"window/go_to_data", "Ctrl+3"},       // these two in each other's place
                 {"window/go_to_model", "Ctrl+2"}})
            s.f.settings.setValue(QStringLiteral("keys/") + QLatin1String(id), QLatin1String(keys));
        s.start_again();
        QCOMPARE(s.keys("window/go_to_chat"), QKeySequence(Qt::CTRL | Qt::Key_6));
        QCOMPARE(s.keys("window/help"), QKeySequence(Qt::Key_F1));
        QCOMPARE(s.keys("window/quit"), QKeySequence(Qt::CTRL | Qt::Key_Q));
        QCOMPARE(s.keys("window/palette"), QKeySequence(Qt::CTRL | Qt::Key_K));
        QCOMPARE(s.keys("window/go_to_data"), QKeySequence(Qt::CTRL | Qt::Key_3));
        QCOMPARE(s.keys("window/go_to_model"), QKeySequence(Qt::CTRL | Qt::Key_2));
    }

    void the_editor_has_a_name() {
        const Settings s;
        const QKeySequenceEdit* edit = s.edit("Go to Chat");
        QCOMPARE(edit->accessibleName(), QStringLiteral("New keys of “Go to Chat”"));
        QCOMPARE(nameless(s.page()).join(QStringLiteral(", ")), QString());
    }
};

LATHE_PAGE_TEST(KeyBindingsTest)
#include "key_bindings_test.moc"

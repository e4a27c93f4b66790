// What a screen reader finds: the whole tree of the window in empty and full pages, with what lies over them. Every
// control that takes the keyboard has a role and a name, and no other one beside it has the same.
#include <QMetaEnum>

#include "tests/ui/filled_window.h"

using namespace lathe;

namespace {

// What views make of their items: named by what is in them, which may be nothing.
bool is_item(QAccessible::Role role) {
    return role == QAccessible::Cell || role == QAccessible::ListItem || role == QAccessible::TreeItem ||
           role == QAccessible::RowHeader || role == QAccessible::ColumnHeader;
}

QString role_of(const QAccessibleInterface& face) {
    return QLatin1String(QMetaEnum::fromType<QAccessible::Role>().valueToKey(face.role()));
}

// "parent / child: what is wrong" of it and all below it.
void look(const QAccessibleInterface* face, const QString& path, QStringList& wrong) {
    QStringList seen;
    for (int i = 0; i < face->childCount(); ++i) {
        const QAccessibleInterface* child = face->child(i);
        if (child == nullptr || !child->isValid() || child->state().invisible || is_item(child->role())) continue;
        const QString name = child->text(QAccessible::Name).simplified(), role = role_of(*child);
        const QObject* object = child->object();
        const QString here = path + QStringLiteral(" / ") + role + QLatin1Char(' ') +
                             (object == nullptr ? QString() : QLatin1String(object->metaObject()->className())) +
                             QStringLiteral(" “%1”").arg(name);
        if (child->state().focusable) {
            if (name.isEmpty()) wrong << here + QStringLiteral(": no name");
            if (child->role() == QAccessible::NoRole) wrong << here + QStringLiteral(": no role");
            const QString both = role + QLatin1Char(' ') + name;
            const bool is_text = child->role() == QAccessible::StaticText;  // a figure may be there twice
            if (!is_text && seen.contains(both)) wrong << here + QStringLiteral(": twice");
            seen << both;
        }
        look(child, here, wrong);
    }
}

QStringList wrong_in(QWidget& widget) {
    QStringList wrong;
    look(QAccessible::queryAccessibleInterface(&widget), widget.objectName(), wrong);
    return wrong;
}

}  // namespace

class AccessibilityTest : public QObject {
    Q_OBJECT

    static void check(FilledWindow& w, const QString& where, QStringList& wrong) {
        w.settle();
        for (const QString& one : wrong_in(w.window))
            if (const QString line = where + QStringLiteral(": ") + one; !wrong.contains(line)) wrong << line;
    }
    static void check_pages(FilledWindow& w, const char* state, QStringList& wrong) {
        for (const QString& name : w.window.page_names()) {
            w.window.show_page(name);
            check(w, name + QLatin1Char(' ') + QLatin1String(state), wrong);
        }
    }

private Q_SLOTS:
    // The check itself: what it is to find, it finds.
    void a_control_without_a_name_is_found() {
        QWidget window;
        QVBoxLayout column(&window);
        const auto add = [&](const QString& text) {
            auto* button = new QPushButton(text);
            column.addWidget(button);
            button->show();
        };
        window.show();
        add(QStringLiteral("Save"));
        QCOMPARE(wrong_in(window), QStringList());
        add({});
        QCOMPARE(wrong_in(window).size(), 1);
        QVERIFY(wrong_in(window)[0].endsWith(QStringLiteral("no name")));
        add(QStringLiteral("Save"));
        QCOMPARE(wrong_in(window).size(), 2);
        QVERIFY(wrong_in(window)[1].endsWith(QStringLiteral("twice")));
        window.hide();
        QCOMPARE(wrong_in(window), QStringList());
    }

    void every_control_has_a_name_data() {
        QTest::addColumn<LanguageChoice>("language");
        QTest::newRow("en") << LanguageChoice::english;
        QTest::newRow("ko") << LanguageChoice::korean;
    }
    void every_control_has_a_name() {
        QFETCH(LanguageChoice, language);
        FilledWindow w;
        w.appearance.set_language(language);
        QStringList wrong;
        w.window.show();
        check_pages(w, "empty", wrong);
        w.fill();
        check_pages(w, "full", wrong);
        w.page<DataPage>()->show_face(DataPage::Face::clean);
        w.window.show_page(QStringLiteral("data"));
        check(w, QStringLiteral("data clean"), wrong);
        w.page<DataPage>()->show_face(DataPage::Face::tokenizer);
        check(w, QStringLiteral("data tokenizer"), wrong);
        SweepPanel& sweep = *w.page<TrainPage>()->sweep();
        for (int row = 0; row < 2; ++row) {
            auto* setting = sweep.findChildren<DropDown*>()[row];
            setting->setCurrentIndex(row + 1);
            Q_EMIT setting->activated(row + 1);
        }
        sweep.set_open(true);
        w.window.show_page(QStringLiteral("train"));
        QVERIFY(sweep.isVisible());
        check(w, QStringLiteral("train sweep"), wrong);
        sweep.set_open(false);
        w.window.show_page(QStringLiteral("runs"));
        for (const auto part : {RunsPage::Part::settings, RunsPage::Part::queue}) {
            w.page<RunsPage>()->show_part(part);
            check(w, QStringLiteral("runs part"), wrong);
        }
        w.page<RunsPage>()->show_trash(true);
        check(w, QStringLiteral("runs trash"), wrong);
        w.page<RunsPage>()->show_trash(false);
        w.train();
        check_pages(w, "running", wrong);
        w.window.show_page(QStringLiteral("train"));
        w.window.close();  // while it trains
        QVERIFY(w.window.findChild<ClosePanel*>()->isVisible());
        check(w, QStringLiteral("close panel"), wrong);
        QTest::keyClick(w.window.findChild<ClosePanel*>(), Qt::Key_Escape);
        w.fail_run();
        check_pages(w, "failed", wrong);
        w.show_tokens();
        QVERIFY(w.window.findChild<TokenLens*>()->isVisible());
        check(w, QStringLiteral("chat tokens"), wrong);
        QTest::keyClick(&w.window, Qt::Key_F1);
        QVERIFY(w.window.findChild<HelpPanel*>()->isVisible());
        check(w, QStringLiteral("help"), wrong);
        w.window.findChild<CommandPalette*>()->open();
        check(w, QStringLiteral("palette"), wrong);
        w.window.findChild<CommandPalette*>()->hide();
        w.window.offer_tour();
        QVERIFY(w.window.findChild<Guide*>()->isVisible());
        check(w, QStringLiteral("guide"), wrong);
        w.appearance.set_language(LanguageChoice::english);
        QVERIFY2(wrong.isEmpty(), qPrintable(QLatin1Char('\n') + wrong.join(QLatin1Char('\n'))));
    }
};

LATHE_PAGE_TEST(AccessibilityTest)
#include "accessibility_test.moc"

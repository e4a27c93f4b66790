// What is dropped on the window goes to the page that it is for, whatever part of the window it falls on.
#include <QDropEvent>
#include <QMimeData>

#include "tests/ui/main_window_fixture.h"
#include "ui/chat_page.h"
#include "ui/data_page.h"
#include "ui/file_list.h"
#include "ui/settings_page.h"

using namespace lathe;

class DropTest : public QObject {
    Q_OBJECT

    struct Window : ShownWindow {
        QString file(const char* name, const QByteArray& bytes = {}) const {
            const QString path = f.folder.filePath(QString::fromLatin1(name));
            QDir().mkpath(QFileInfo(path).path());
            QFile file(path);
            if (file.open(QIODevice::WriteOnly)) file.write(bytes);
            return path;
        }
        // As Qt hands it on: to the part of the window that takes it.
        static void drop(QWidget* target, const QMimeData& data) {
            QDragEnterEvent enter({5, 5}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
            QCoreApplication::sendEvent(target, &enter);
            QDropEvent event({5, 5}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
            if (enter.isAccepted()) QCoreApplication::sendEvent(target, &event);
        }
        static void drop(QWidget* target, const QStringList& paths) {
            QMimeData data;
            QList<QUrl> urls;
            for (const QString& path : paths) urls << QUrl::fromLocalFile(path);
            data.setUrls(urls);
            drop(target, data);
        }
    };

private Q_SLOTS:
    void what_is_dropped_goes_where_it_belongs() {
        Window w;
        w.drop(w.window.get(), {w.file("picture.png")});
        QCOMPARE(w.current(), QStringLiteral("start"));
        QVERIFY(w.notice().contains(QStringLiteral("picture.png")));
        w.drop(w.window.get(), {w.file("notes.txt")});
        QCOMPARE(w.current(), QStringLiteral("data"));
        w.drop(w.window.get(), {w.file("config.json", "{}")});
        QCOMPARE(w.current(), QStringLiteral("model"));
        QVERIFY(w.f.engine.last<ReadModelConfig>()->path.ends_with("config.json"));
        const QString model = w.file("tiny.gguf");
        w.drop(w.window.get(), {model});
        QCOMPARE(w.current(), QStringLiteral("chat"));
        auto* chat = w.window->findChild<ChatPage*>();
        QCOMPARE(QString::fromStdString(chat->conversations().find(chat->open_conversation())->kept.model.folder),
                 model);
        QCOMPARE(w.f.settings.value(QStringLiteral("models/folders")).toStringList(), QStringList{model});
    }

    // Whatever part of the window it falls on: the list of data files takes data alone.
    void what_is_dropped_on_a_part_goes_where_it_belongs() {
        Window w;
        const auto list = [&] { return w.window->page(QStringLiteral("train"))->findChild<FileList*>(); };
        const QString text = w.file("notes.txt"), image = w.file("picture.png");
        w.file("run/step-000010/lathe/run.json", "{}");
        w.window->show_page(QStringLiteral("train"));
        w.drop(list(), {text, image});
        QCOMPARE(w.current(), QStringLiteral("train"));
        QVERIFY(list()->files().contains(text) && !list()->files().contains(image));
        QStringList words;
        for (const ElidedLabel* label : list()->findChildren<ElidedLabel*>()) words << label->full_text();
        QVERIFY2(words.join(u' ').contains(QStringLiteral("picture.png")), qPrintable(words.join(u' ')));
        w.drop(list(), {w.f.folder.filePath(QStringLiteral("run"))});
        QCOMPARE(w.current(), QStringLiteral("runs"));
        QVERIFY(w.f.engine.last<ImportRuns>()->folder.ends_with("/run"));
        w.window->show_page(QStringLiteral("data"));
        QWidget* part = w.window->page(QStringLiteral("data"))->findChild<QStackedWidget*>();
        w.drop(part, {w.file("preset.json", R"({"version": 1, "train": {"max_steps": 7}})")});
        QCOMPARE(w.current(), QStringLiteral("train"));
        w.window->show_page(QStringLiteral("data"));
        w.drop(part, {w.file("tiny.gguf")});
        QCOMPARE(w.current(), QStringLiteral("chat"));
    }

    // On the Data page a drop is added; what is no data is named and keeps nothing else out.
    void a_mixed_drop_keeps_what_is_known() {
        Window w;
        const QString text = w.file("notes.txt"), more = w.file("more.jsonl", "{}"), image = w.file("picture.png");
        w.drop(w.window.get(), {image, text});
        QCOMPARE(w.current(), QStringLiteral("data"));
        QVERIFY(w.notice().contains(QStringLiteral("picture.png")) && !w.notice().contains(QStringLiteral("notes")));
        w.drop(w.window->page(QStringLiteral("data")), {more});
        const DataDraft& draft = qobject_cast<DataPage*>(w.window->page(QStringLiteral("data")))->draft();
        QCOMPARE(draft.data().files, (std::vector<std::string>{text.toStdString(), more.toStdString()}));
        w.drop(w.window.get(), {w.file("tiny.gguf"), text});
        QCOMPARE(w.current(), QStringLiteral("chat"));
        QVERIFY(w.notice().contains(QStringLiteral("notes.txt")));
    }

    void a_dropped_text_is_a_prompt_and_on_the_data_page_data() {
        Window w;
        QMimeData words;
        words.setText(QStringLiteral("In the beginning"));
        w.drop(w.window.get(), words);
        QCOMPARE(w.current(), QStringLiteral("chat"));
        auto* chat = w.window->findChild<ChatPage*>();
        const auto draft = [&] { return chat->conversations().find(chat->open_conversation())->kept.draft; };
        QCOMPARE(draft(), std::string("In the beginning"));
        w.drop(w.window.get(), words);
        QCOMPARE(draft(), std::string("In the beginning\nIn the beginning"));
        w.window->show_page(QStringLiteral("data"));
        w.drop(w.window.get(), words);
        QCOMPARE(w.current(), QStringLiteral("data"));
        const DataDraft& data = qobject_cast<DataPage*>(w.window->page(QStringLiteral("data")))->draft();
        QCOMPARE(data.data().files.size(), 1u);
        QFile file(QString::fromStdString(data.data().files[0]));
        QVERIFY(file.fileName().startsWith(w.f.paths.workspace) && file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), QByteArray("In the beginning"));
    }

    void a_dropped_workspace_is_opened_or_imported() {
        Window w;
        QSignalSpy wanted(w.window.get(), &MainWindow::workspace_wanted);
        w.file("other/lathe.db");
        const QString other = w.f.folder.filePath(QStringLiteral("other"));
        w.drop(w.window.get(), {other});
        QCOMPARE(w.current(), QStringLiteral("start"));
        QVERIFY(w.notice().contains(QStringLiteral("other")));
        QCoreApplication::processEvents();  // its buttons are shown in the next turn
        QVERIFY(press(*w.window, "Open it"));
        QCOMPARE(wanted.size(), 1);
        QCOMPARE(wanted[0][0].toString(), other);
        w.drop(w.window.get(), {other});
        QCoreApplication::processEvents();
        QVERIFY(press(*w.window, "Import its runs"));
        QCOMPARE(w.current(), QStringLiteral("runs"));
        QCOMPARE(w.f.engine.last<ImportRuns>()->folder, other.toStdString());
        QCOMPARE(wanted.size(), 1);
        Q_EMIT w.window->findChild<SettingsPage*>()->workspace_wanted(other);
        QCOMPARE(wanted.size(), 2);
    }

    void a_notice_follows_the_language() {
        Window w;
        w.drop(w.window.get(), {w.file("picture.png")});
        const QString english = w.notice();
        w.appearance.set_language(LanguageChoice::korean);
        QCoreApplication::processEvents();
        QVERIFY(w.notice() != english && w.notice().contains(QStringLiteral("picture.png")));
    }
};

LATHE_PAGE_TEST(DropTest)
#include "drop_test.moc"

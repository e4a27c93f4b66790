// The desktop around the window: logind and the portal on a bus of the test's own, power supplies as sysfs has them,
// notifications, what the tray says, what is dropped.
#include "ui/desktop.h"

#include <fcntl.h>
#include <unistd.h>

#include <QDBusContext>
#include <QDBusObjectPath>
#include <QProcess>

#include "tests/ui/page_fixture.h"
#include "ui/battery.h"
#include "ui/dropped.h"
#include "ui/window_notices.h"

using namespace lathe;

// As logind: the lock is the writing end of a pipe, released when all copies of it are closed.
class FakeLogind : public QObject {
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.login1.Manager")

public:
    QString what, who, mode;
    int reader = -1;
    bool locked() const {
        char byte = 0;
        return reader >= 0 && ::read(reader, &byte, 1) != 0;  // 0: nobody holds it any more
    }

public Q_SLOTS:
    QDBusUnixFileDescriptor Inhibit(const QString& kinds, const QString& holder, const QString&, const QString& how) {
        what = kinds, who = holder, mode = how;
        int ends[2];
        if (::pipe2(ends, O_NONBLOCK | O_CLOEXEC) != 0) return {};
        reader = ends[0];
        QDBusUnixFileDescriptor lock(ends[1]);
        ::close(ends[1]);
        return lock;
    }
};

class FakePortal : public QObject, protected QDBusContext {
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.portal.Inhibit")

public:
    uint flags = 0;
    int closed = 0;

public Q_SLOTS:
    QDBusObjectPath Inhibit(const QString&, uint wanted, const QVariantMap&) {
        flags = wanted;
        return QDBusObjectPath(QStringLiteral("/org/freedesktop/portal/desktop/request/1"));
    }
};

class FakeRequest : public QObject {
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.portal.Request")

public:
    int closed = 0;

public Q_SLOTS:
    void Close() { ++closed; }
};

class FakeNotifications : public QObject {
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.Notifications")

public:
    QString from, heading, text;

public Q_SLOTS:
    uint Notify(const QString& program, uint, const QString&, const QString& summary, const QString& body,
                const QStringList&, const QVariantMap&, int) {
        from = program, heading = summary, text = body;
        return 1;
    }
};

class DesktopTest : public QObject {
    Q_OBJECT

    QProcess daemon_;
    QString address_;

    QDBusConnection connection(const char* name) {
        return QDBusConnection::connectToBus(address_, QLatin1String(name));
    }
    static QString write(const QDir& folder, const QString& name, const QByteArray& text) {
        const QString path = folder.filePath(name);
        QDir().mkpath(QFileInfo(path).path());
        QFile file(path);
        if (file.open(QIODevice::WriteOnly)) file.write(text);
        return path;
    }

private Q_SLOTS:
    void initTestCase() {
        daemon_.start(QStringLiteral("dbus-daemon"),
                      {QStringLiteral("--session"), QStringLiteral("--nofork"), QStringLiteral("--print-address=1")});
        QVERIFY2(daemon_.waitForStarted(), "dbus-daemon is missing: scripts/deps.sh installs it");
        QVERIFY(daemon_.waitForReadyRead());
        address_ = QString::fromLatin1(daemon_.readLine()).trimmed();
        qputenv("DBUS_SESSION_BUS_ADDRESS", address_.toLatin1());  // before anything asks for it
    }
    void cleanupTestCase() {
        daemon_.terminate();
        daemon_.waitForFinished();
    }

    void logind_holds_the_machine_awake() {
        QDBusConnection service = connection("service"), client = connection("client");
        FakeLogind logind;
        QVERIFY(service.registerObject(QStringLiteral("/org/freedesktop/login1"), &logind,
                                       QDBusConnection::ExportAllSlots));
        QVERIFY(service.registerService(QStringLiteral("org.freedesktop.login1")));
        Awake awake(client, client);
        awake.hold(QStringLiteral("training"));
        QTRY_VERIFY(awake.holds());
        QCOMPARE(logind.what, QStringLiteral("sleep:idle"));
        QCOMPARE(logind.who, QStringLiteral("Lathe"));
        QCOMPARE(logind.mode, QStringLiteral("block"));
        QVERIFY(logind.locked());
        awake.hold(QStringLiteral("training"));  // no second lock
        awake.release();
        QVERIFY(!awake.holds());
        QTRY_VERIFY(!logind.locked());
        // Asked for and given back before the answer came.
        awake.hold(QStringLiteral("training"));
        awake.release();
        QTest::qWait(200);
        QVERIFY(!awake.holds());
        service.unregisterService(QStringLiteral("org.freedesktop.login1"));
    }

    void without_logind_the_portal_does() {
        QDBusConnection service = connection("portal"), client = connection("client2");
        FakePortal portal;
        FakeRequest request;
        service.registerObject(QStringLiteral("/org/freedesktop/portal/desktop"), &portal,
                               QDBusConnection::ExportAllSlots);
        service.registerObject(QStringLiteral("/org/freedesktop/portal/desktop/request/1"), &request,
                               QDBusConnection::ExportAllSlots);
        QVERIFY(service.registerService(QStringLiteral("org.freedesktop.portal.Desktop")));
        Awake awake(client, client);
        awake.hold(QStringLiteral("training"));
        QTRY_VERIFY(awake.holds());
        QCOMPARE(portal.flags, 12u);  // suspend and idle
        awake.release();
        QTRY_COMPARE(request.closed, 1);
    }

    void a_run_holds_it_and_its_end_lets_go() {
        PageFixture f;
        Preferences wishes(f.settings);
        QWidget window;
        const Desktop desktop(f.engine, f.run, wishes, window, {.power = f.folder.filePath(QStringLiteral("none"))});
        QVERIFY(!desktop.awake().wanted());
        begin_run(f.engine, f.run);
        QVERIFY(desktop.awake().wanted());
        f.engine.say(f.engine.last_request<StartTraining>(), StateChanged{EngineState::paused});
        QVERIFY(!desktop.awake().wanted());  // nothing is computed
        f.engine.say(f.engine.last_request<StartTraining>(), StateChanged{EngineState::training});
        wishes.set_keeps_awake(false);
        QVERIFY(!desktop.awake().wanted());
    }

    void room_is_left_when_it_is_wanted() {
        PageFixture f;
        Preferences wishes(f.settings);
        QWidget window;
        const Desktop desktop(f.engine, f.run, wishes, window);
        QCOMPARE(f.engine.count<LeaveRoom>(), 0);
        wishes.set_leaves_room(true);
        QVERIFY(f.engine.last<LeaveRoom>()->on);
        wishes.set_leaves_room(false);
        QVERIFY(!f.engine.last<LeaveRoom>()->on);
        wishes.set_notifies(false);  // another wish
        QCOMPARE(f.engine.count<LeaveRoom>(), 2);
    }

    void power_comes_from_where_sysfs_says() {
        const QTemporaryDir folder;
        const QDir power(folder.path());
        QVERIFY(!on_battery(power.path()));  // a desktop machine
        write(power, QStringLiteral("AC/type"), "Mains\n");
        write(power, QStringLiteral("AC/online"), "1\n");
        write(power, QStringLiteral("BAT0/type"), "Battery\n");
        write(power, QStringLiteral("BAT0/status"), "Charging\n");
        QVERIFY(!on_battery(power.path()));
        write(power, QStringLiteral("AC/online"), "0\n");
        QVERIFY(on_battery(power.path()));
        QVERIFY(QDir(power.filePath(QStringLiteral("AC"))).removeRecursively());
        QVERIFY(!on_battery(power.path()));
        write(power, QStringLiteral("BAT0/status"), "Discharging\n");
        QVERIFY(on_battery(power.path()));
        write(power, QStringLiteral("BAT0/scope"), "Device\n");  // a mouse
        QVERIFY(!on_battery(power.path()));
    }

    void a_battery_is_asked_about_once_a_run() {
        PageFixture f;
        const QDir power(f.folder.path());
        write(power, QStringLiteral("AC/type"), "Mains\n");
        write(power, QStringLiteral("AC/online"), "0\n");
        Preferences wishes(f.settings);
        QWidget window;
        const Desktop desktop(f.engine, f.run, wishes, window, {.power = power.path()});
        WindowNotices notices(f.run, f.runs, wishes);
        notices.show();
        connect(&desktop, &Desktop::battery_in_use, &notices, &WindowNotices::ask_about_battery);
        connect(&desktop, &Desktop::battery_no_more, &notices, &WindowNotices::battery_no_more);
        QSignalSpy asked(&desktop, &Desktop::battery_in_use);
        begin_run(f.engine, f.run);
        QCOMPARE(asked.size(), 1);
        QVERIFY(notices.notice().isVisible());
        const RequestId first = f.engine.last_request<StartTraining>();
        f.engine.say(first, StateChanged{EngineState::paused});
        f.engine.say(first, StateChanged{EngineState::training});
        QCOMPARE(asked.size(), 1);
        f.engine.say(first, TrainDone{.run = "r", .state = "finished"});
        QVERIFY(!notices.notice().isVisible());  // there is nothing to pause
        begin_run(f.engine, f.run);
        QCOMPARE(asked.size(), 2);
        QVERIFY(notices.notice().isVisible());
        QCoreApplication::processEvents();  // its buttons are shown in the next turn
        QVERIFY(press(notices, "Pause the run"));
        QCOMPARE(f.engine.count<PauseTraining>(), 1);
        QVERIFY(!notices.notice().isVisible());
    }

    void long_work_holds_the_machine_awake_too() {
        PageFixture f;
        Preferences wishes(f.settings);
        QWidget window;
        const Desktop desktop(f.engine, f.run, wishes, window);
        f.engine.post(ListRuns{});
        QVERIFY(!desktop.awake().wanted());
        const RequestId job = f.engine.post(ExportModel{});
        QVERIFY(desktop.awake().wanted());
        f.engine.say(job, Progress{.what = "write", .unit = "share", .done = 0.5, .total = 1});
        QVERIFY(desktop.awake().wanted());
        f.engine.say(job, ExportDone{});
        QVERIFY(!desktop.awake().wanted());
    }

    void the_end_of_a_long_run_is_notified() {
        QDBusConnection service = connection("notifications");
        FakeNotifications desk;
        QVERIFY(service.registerObject(QStringLiteral("/org/freedesktop/Notifications"), &desk,
                                       QDBusConnection::ExportAllSlots));
        QVERIFY(service.registerService(QStringLiteral("org.freedesktop.Notifications")));
        PageFixture f;
        Preferences wishes(f.settings);
        QWidget window;
        const Desktop desktop(f.engine, f.run, wishes, window, {.long_work = std::chrono::milliseconds(0)}),
            patient(f.engine, f.run, wishes, window);
        QSignalSpy notified(&desktop, &Desktop::notified), too_short(&patient, &Desktop::notified);
        const auto train_once = [&] {
            begin_run(f.engine, f.run);
            f.engine.answer<StartTraining>(TrainDone{.run = "r", .state = "finished"});
        };
        train_once();
        QTRY_COMPARE(desk.heading, QStringLiteral("r is finished"));
        QCOMPARE(desk.from, QStringLiteral("Lathe"));
        QVERIFY2(desk.text.contains(QStringLiteral("steps")), qPrintable(desk.text));
        QCOMPARE(too_short.size(), 0);
        wishes.set_notifies(false);
        train_once();
        QCOMPARE(notified.size(), 1);
    }

    void the_end_of_other_long_work_is_notified() {
        PageFixture f;
        Preferences wishes(f.settings);
        QWidget window;
        const Desktop desktop(f.engine, f.run, wishes, window, {.long_work = std::chrono::milliseconds(0)}),
            patient(f.engine, f.run, wishes, window);
        QSignalSpy notified(&desktop, &Desktop::notified), too_short(&patient, &Desktop::notified);
        const auto work = [&](const Command& what, const EventBody& end) { f.engine.say(f.engine.post(what), end); };
        work(ExportModel{}, ExportDone{});
        QCOMPARE(notified.size(), 1);
        QCOMPARE(notified[0][0].toString(), QStringLiteral("Exporting is finished"));
        QCOMPARE(notified[0][1].toString(), QStringLiteral("It took 0 s."));
        work(FetchModel{}, Failed{{.kind = ErrorKind::disk_full, .file = "/w"}});
        QCOMPARE(notified.size(), 2);
        QCOMPARE(notified[1][0].toString(), QStringLiteral("Downloading has failed"));
        QVERIFY2(notified[1][1].toString().contains(QStringLiteral("/w")), qPrintable(notified[1][1].toString()));
        work(FetchModel{}, Failed{{.kind = ErrorKind::cancelled}});
        work(ListRuns{}, RunsListed{});  // answered at once
        QCOMPARE(notified.size(), 2);
        window.show();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        work(ExportModel{}, ExportDone{});  // it is seen
        QCOMPARE(notified.size(), 2);
        QCOMPARE(too_short.size(), 0);
    }

    void in_the_tray_the_program_and_the_run_go_on() {
        PageFixture f;
        Preferences wishes(f.settings);
        QWidget window;
        Desktop desktop(f.engine, f.run, wishes, window, {.tray = true});
        window.show();
        begin_run(f.engine, f.run);
        desktop.hide_window();
        QVERIFY(window.isHidden());
        QVERIFY(!QApplication::quitOnLastWindowClosed());
        QVERIFY(f.run.is_live());
        QCOMPARE(f.engine.count<StopTraining>(), 0);
        const auto* tray = desktop.findChild<QSystemTrayIcon*>();
        QVERIFY2(tray->toolTip().contains(QStringLiteral("step 0 of 100")), qPrintable(tray->toolTip()));
        const auto choose = [tray](const char* words) {
            for (QAction* action : tray->contextMenu()->actions())
                if (action->text() == QLatin1String(words)) return action->trigger();
            QFAIL(words);
        };
        choose("Pause the run");
        QCOMPARE(f.engine.count<PauseTraining>(), 1);
        choose("Show Lathe");
        QVERIFY(window.isVisible());
        QVERIFY(QApplication::quitOnLastWindowClosed());
    }

    void without_a_tray_the_window_is_minimised() {
        PageFixture f;
        Preferences wishes(f.settings);
        QWidget window;
        Desktop desktop(f.engine, f.run, wishes, window, {.tray = false});
        window.show();
        desktop.hide_window();
        QVERIFY(window.isMinimized());
        desktop.show_window();
        QVERIFY(!window.isMinimized());
    }

    void the_end_of_a_run_in_words() {
        RunDetail run;
        run.summary = {.run = "r", .name = "nano", .state = "finished", .step = 1200, .max_steps = 1200, .loss = 1.5};
        QCOMPARE(Desktop::end_words(run).first, QStringLiteral("nano is finished"));
        QCOMPARE(Desktop::end_words(run).second, QStringLiteral("1,200 steps · loss 1.500"));
        run.error = Error{.kind = ErrorKind::disk_full, .file = "/w"};
        QVERIFY(Desktop::end_words(run).first.contains(QStringLiteral("failed")));
        QVERIFY(Desktop::end_words(run).second.contains(QStringLiteral("/w")));
    }

    void what_is_dropped_is_told_apart() {
        using Kind = Dropped::Kind;
        const QTemporaryDir folder;
        const QDir place(folder.path());
        const auto kind = [](const QStringList& paths) { return look_at_paths(paths).kind; };
        const QString text = write(place, QStringLiteral("a.txt"), "text"),
                      rows = write(place, QStringLiteral("b.JSONL"), "{}"),
                      image = write(place, QStringLiteral("c.png"), "\x89PNG"),
                      list = write(place, QStringLiteral("rows.json"), R"([{"text": "a"}])"),
                      preset =
                          write(place, QStringLiteral("p.json"), R"({"version": 1, "train": {"learning_rats": 1}})"),
                      shape = write(place, QStringLiteral("shape/config.json"), "{}"),
                      model = write(place, QStringLiteral("tiny.gguf"), "GGUF");
        write(place, QStringLiteral("run/step-000010/lathe/run.json"), "{}");
        write(place, QStringLiteral("work/lathe.db"), "");
        write(place, QStringLiteral("texts/deep/x.md"), "#");
        write(place, QStringLiteral("pictures/y.png"), "");
        QCOMPARE(kind({text}), Kind::data);
        QCOMPARE(look_at_paths({text, rows}).paths, (QStringList{text, rows}));
        QCOMPARE(kind({list}), Kind::data);
        QCOMPARE(kind({preset}), Kind::settings);
        QCOMPARE(kind({shape}), Kind::shape);
        QCOMPARE(kind({place.filePath(QStringLiteral("shape"))}), Kind::model);
        QCOMPARE(kind({model}), Kind::model);
        QCOMPARE(kind({place.filePath(QStringLiteral("run"))}), Kind::run);
        QCOMPARE(kind({place.filePath(QStringLiteral("work"))}), Kind::workspace);
        QCOMPARE(kind({place.filePath(QStringLiteral("texts"))}), Kind::data);
        QCOMPARE(kind({place.filePath(QStringLiteral("pictures"))}), Kind::unknown);
        QCOMPARE(kind({image}), Kind::unknown);
        QCOMPARE(look_at_paths({image}).left_out, QStringList{image});
        // What is known of a mixture is kept, the rest is named.
        for (const QStringList& mixed : {QStringList{text, image, rows}, QStringList{image, text, rows}}) {
            const Dropped dropped = look_at_paths(mixed);
            QCOMPARE(dropped.kind, Kind::data);
            QCOMPARE(dropped.paths, (QStringList{text, rows}));
            QCOMPARE(dropped.left_out, QStringList{image});
        }
        const Dropped first = look_at_paths({model, text, shape});
        QCOMPARE(first.kind, Kind::model);
        QCOMPARE(first.paths, QStringList{model});
        QCOMPARE(first.left_out, (QStringList{text, shape}));
        QCOMPARE(kind({place.filePath(QStringLiteral("gone"))}), Kind::unknown);
        QCOMPARE(kind({}), Kind::nothing);
    }
};

LATHE_PAGE_TEST(DesktopTest)
#include "desktop_test.moc"

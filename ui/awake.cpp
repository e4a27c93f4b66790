#include "ui/awake.h"

#include <QDBusMessage>
#include <QDBusObjectPath>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QVariantMap>

namespace lathe {

namespace {

constexpr uint kSuspend = 4, kIdle = 8;  // flatpak.github.io/xdg-desktop-portal, Inhibit
const auto kPortal = QStringLiteral("org.freedesktop.portal.Desktop");

}  // namespace

Awake::Awake(const QDBusConnection& system, const QDBusConnection& session, QObject* parent)
    : QObject(parent), system_(system), session_(session) {}

Awake::~Awake() {
    release();
}

void Awake::hold(const QString& why) {
    wanted_ = true;
    if (holds() || asking_) return;
    if (!system_.isConnected()) return ask_portal(why);
    QDBusMessage call = QDBusMessage::createMethodCall(
        QStringLiteral("org.freedesktop.login1"), QStringLiteral("/org/freedesktop/login1"),
        QStringLiteral("org.freedesktop.login1.Manager"), QStringLiteral("Inhibit"));
    call << QStringLiteral("sleep:idle") << QStringLiteral("Lathe") << why << QStringLiteral("block");
    asking_ = true;
    auto* watcher = new QDBusPendingCallWatcher(system_.asyncCall(call), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, why, watcher] {
        const QDBusPendingReply<QDBusUnixFileDescriptor> reply = *watcher;
        watcher->deleteLater();
        asking_ = false;
        if (!wanted_) return;
        if (reply.isError()) return ask_portal(why);
        lock_ = reply.value();
        Q_EMIT changed();
    });
}

void Awake::ask_portal(const QString& why) {
    if (!session_.isConnected()) return;
    QDBusMessage call =
        QDBusMessage::createMethodCall(kPortal, QStringLiteral("/org/freedesktop/portal/desktop"),
                                       QStringLiteral("org.freedesktop.portal.Inhibit"), QStringLiteral("Inhibit"));
    call << QString() << (kSuspend | kIdle) << QVariantMap{{QStringLiteral("reason"), why}};
    asking_ = true;
    auto* watcher = new QDBusPendingCallWatcher(session_.asyncCall(call), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher] {
        const QDBusPendingReply<QDBusObjectPath> reply = *watcher;
        watcher->deleteLater();
        asking_ = false;
        if (reply.isError()) return;
        portal_request_ = reply.value().path();
        if (!wanted_) return release();
        Q_EMIT changed();
    });
}

void Awake::release() {
    wanted_ = false;
    if (!holds()) return;
    lock_ = {};
    if (!portal_request_.isEmpty())
        session_.send(QDBusMessage::createMethodCall(
            kPortal, portal_request_, QStringLiteral("org.freedesktop.portal.Request"), QStringLiteral("Close")));
    portal_request_.clear();
    Q_EMIT changed();
}

}  // namespace lathe

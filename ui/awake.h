// Keeps the machine from going to sleep while there is work: an inhibitor lock of logind
// (systemd.io/INHIBITOR_LOCKS), where there is none the desktop portal's Inhibit. Without either nothing happens.
// Thread: GUI; calls over D-Bus are not waited for.
#pragma once

#include <QDBusConnection>
#include <QDBusUnixFileDescriptor>
#include <QObject>

namespace lathe {

class Awake : public QObject {
    Q_OBJECT

public:
    explicit Awake(const QDBusConnection& system = QDBusConnection::systemBus(),
                   const QDBusConnection& session = QDBusConnection::sessionBus(), QObject* parent = nullptr);
    ~Awake() override;

    // `why` is for whoever asks what keeps the machine awake.
    void hold(const QString& why);
    void release();
    bool wanted() const { return wanted_; }
    bool holds() const { return lock_.isValid() || !portal_request_.isEmpty(); }

Q_SIGNALS:
    void changed();

private:
    void ask_portal(const QString& why);

    QDBusConnection system_, session_;
    bool wanted_ = false, asking_ = false;
    QDBusUnixFileDescriptor lock_;  // the lock lives as long as it is open
    QString portal_request_;
};

}  // namespace lathe

// SIGINT, SIGTERM and SIGHUP as an end of the program like any other: what trains is saved, what was typed is kept.
// Thread: GUI; one object a process.
#pragma once

#include <QObject>
#include <QSocketNotifier>
#include <memory>

namespace lathe {

class QuitSignals : public QObject {
    Q_OBJECT

public:
    explicit QuitSignals(QObject* parent = nullptr);
    ~QuitSignals() override;

Q_SIGNALS:
    void came();

private:
    std::unique_ptr<QSocketNotifier> notifier_;
};

}  // namespace lathe

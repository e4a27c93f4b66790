#include "app/quit_signals.h"

#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <csignal>

namespace lathe {

namespace {

constexpr std::array kSignals = {SIGINT, SIGTERM, SIGHUP};
std::array<int, 2> ends = {-1, -1};  // a handler may write to a socket, and little else

void on_signal(int /*signal*/) {
    const char byte = 1;
    [[maybe_unused]] const ssize_t written = ::write(ends[1], &byte, 1);
}

}  // namespace

QuitSignals::QuitSignals(QObject* parent) : QObject(parent) {
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, ends.data()) != 0) return;
    notifier_ = std::make_unique<QSocketNotifier>(ends[0], QSocketNotifier::Read);
    connect(notifier_.get(), &QSocketNotifier::activated, this, [this] {
        char byte = 0;
        if (::read(ends[0], &byte, 1) == 1) Q_EMIT came();
    });
    for (const int number : kSignals) std::signal(number, on_signal);
}

QuitSignals::~QuitSignals() {
    for (const int number : kSignals) std::signal(number, SIG_DFL);
    notifier_.reset();
    for (int& end : ends)
        if (end >= 0) ::close(end);
    ends = {-1, -1};
}

}  // namespace lathe

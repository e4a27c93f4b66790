#include "app/start_up.h"

#include <QEvent>
#include <QTimer>
#include <cstdio>

#include "engine/base/process_age.h"

namespace lathe {

namespace {

class StartUpReport : public QObject {
public:
    explicit StartUpReport(MainWindow& window) : QObject(&window), window_(window) {
        window.installEventFilter(this);
        connect(&window.runs(), &RunList::changed, this, [this] {
            listed_ = window_.runs().known();
            window_.update();
        });
    }

    // The window is painted first, what stands in it and the screen in the same turn.
    bool eventFilter(QObject*, QEvent* event) override {
        if (event->type() == QEvent::Paint && !waiting_) {
            waiting_ = true;
            QTimer::singleShot(0, this, [this, listed = listed_] { on_frame(listed); });
        }
        return false;
    }

private:
    void on_frame(bool listed) {
        waiting_ = false;
        if (!seen_) tell("first frame");
        seen_ = true;
        if (!listed) return;
        tell("run list");
        window_.removeEventFilter(this);
        deleteLater();
    }
    static void tell(const char* what) {
        std::printf("%s: %.0f ms\n", what, process_age_ms());
        std::fflush(stdout);
    }

    MainWindow& window_;
    bool seen_ = false, listed_ = false, waiting_ = false;
};

}  // namespace

void report_start_up(MainWindow& window) {
    if (qEnvironmentVariableIsSet("LATHE_TIME_TO_WINDOW")) new StartUpReport(window);
}

}  // namespace lathe

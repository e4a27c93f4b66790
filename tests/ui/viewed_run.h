// A run's curves as the window shows them, over a record that a test makes.
#pragma once

#include <QApplication>
#include <memory>

#include "tests/ui/page_fixture.h"
#include "ui/run_view.h"

namespace lathe {

inline RunDetail run_of(int steps, const std::string& id = "20260101-nano") {
    RunDetail run;
    run.summary = {.run = id, .name = "nano", .state = "finished", .step = steps, .max_steps = steps};
    for (int64_t step = 1; step <= steps; ++step) {
        MetricPoint point{.step = step,
                          .loss = 1 + 9.0 / static_cast<double>(step),
                          .learning_rate = 1e-3,
                          .grad_norm = 1,
                          .tokens_per_s = 1000,
                          .bytes = {{"weights", 8'000'000}, {"activations", 1'000'000 * step}},
                          .tokens = 512 * step,
                          .elapsed_s = 0.5 * static_cast<double>(step) + (step > steps / 2 ? 100 : 0)};
        if (step % 20 == 0) point.eval_loss = point.loss + 0.5;
        run.metrics.push_back(point);
    }
    return run;
}

// A run view on a record.
struct Viewed {
    PageFixture fixture;
    std::unique_ptr<RunView> view;

    void open(const RunDetail& run) {
        if (!view) {
            view = std::make_unique<RunView>(fixture.context);
            view->resize(1200, 900);
            view->retranslate();
            view->show();
        }
        fixture.run.look_at(run.summary.run);
        fixture.engine.answer<ShowRun>(run);
        settle();
    }
    // As a new window over the same settings and record.
    void restart(const RunDetail& run) {
        view.reset();
        open(run);
    }
    void settle() const {
        view->grab();  // lays out
        QTest::qWait(1);
        loss().replot();
    }
    LossPlot& loss() const { return *view->findChild<LossPlot*>(); }
    QPoint at(double step, double value) const {
        return {static_cast<int>(loss().xAxis->coordToPixel(step)),
                static_cast<int>(loss().yAxis->coordToPixel(value))};
    }
    void drag(const QPoint& from, const QPoint& to, Qt::MouseButton button = Qt::LeftButton,
              Qt::KeyboardModifiers keys = {}) const {
        QTest::mousePress(&loss(), button, keys, from);
        QMouseEvent move(QEvent::MouseMove, to, loss().mapToGlobal(to), Qt::NoButton, button, keys);
        QApplication::sendEvent(&loss(), &move);
        QTest::mouseRelease(&loss(), button, keys, to);
        settle();
    }
};

}  // namespace lathe

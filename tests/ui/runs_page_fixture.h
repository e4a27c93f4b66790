// The Runs page over a fake engine, and runs for it. With the names of lathe in reach.
#pragma once

#include <cmath>

#include "tests/ui/page_fixture.h"
#include "ui/runs_page.h"

namespace lathe {

inline RunSummary summary(int number, const std::string& name, const std::string& state = "finished") {
    RunSummary run{.run = "20260101-0000" + std::to_string(10 + number) + "-x-0001",
                   .name = name,
                   .state = state,
                   .created_at_ms = 1'795'000'000'000 + number * 60'000};
    run.step = 100 + number;
    run.max_steps = 200;
    run.loss = 2.0 + number;
    run.best_eval_loss = 3.0 - 0.1 * number;
    run.elapsed_s = 60 * number;
    run.bytes = 1'000'000 * number;
    run.curve = {4, 3, NAN, 2.5, 2};
    run.checkpoints = {{.step = 100, .path = "p", .bytes = 1'000'000, .best = true}};
    return run;
}

inline std::vector<RunSummary> three() {
    RunSummary failed = summary(2, "second", "failed");
    failed.error = Error{.kind = ErrorKind::non_finite, .key = "step 7"};
    RunSummary tagged = summary(1, "first", "stopped");
    tagged.tags = {"기준"};
    tagged.note = "remember the milk";
    tagged.tuned = true;
    return {summary(3, "third"), failed, tagged};
}

inline RunDetail detail(const RunSummary& run, double rate, double loss = 2) {
    RunConfig config;
    config.train.learning_rate = rate;
    RunDetail detail;
    detail.summary = run;
    detail.config_json = to_json(config);
    for (int64_t step = 1; step <= 20; ++step)
        detail.metrics.push_back({.step = step,
                                  .loss = step == 5 ? NAN : loss + 1.0 / static_cast<double>(step),
                                  .eval_loss = step % 10 == 0 ? std::optional(loss + 0.5) : std::nullopt,
                                  .tokens = step * 100,
                                  .elapsed_s = static_cast<double>(step)});
    return detail;
}

struct ShownRuns {
    std::unique_ptr<PageFixture> own;
    PageFixture& f;
    RunsPage page;

    explicit ShownRuns(PageFixture* shared = nullptr)
        : own(shared == nullptr ? std::make_unique<PageFixture>() : nullptr),
          f(shared == nullptr ? *own : *shared),
          page(f.context) {
        page.resize(1200, 800);
        page.show();
        page.activateWindow();  // the keyboard is the active window's
        static_cast<void>(QTest::qWaitForWindowActive(&page));
        page.entered();
    }
    void list(const std::vector<RunSummary>& runs) { f.engine.answer<ListRuns>(RunsListed{runs}); }
    QString cell(int row, int column) const { return page.model().index(row, column).data().toString(); }
    QStringList names() const {
        QStringList names;
        for (int row = 0; row < page.model().rowCount(); ++row) names << cell(row, RunsModel::kName);
        return names;
    }
    void key(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
        QTest::keyClick(&page.table(), key, modifiers);
    }
    QLineEdit* search() const { return page.findChild<QLineEdit*>(); }
    // Answers for the ticked runs as they are asked for.
    void answer_details(const std::vector<RunDetail>& details) {
        for (size_t asked = 0; asked < details.size(); ++asked)
            for (const RunDetail& one : details)
                if (f.engine.last<ShowRun>()->run == one.summary.run) {
                    f.engine.answer<ShowRun>(one);
                    break;
                }
        QCoreApplication::processEvents();
    }
    QString words() const { return words_of(page); }
};

}  // namespace lathe

#include "ui/run_marks.h"

#include <QCoreApplication>
#include <cmath>

#include "ui/control_words.h"

namespace lathe {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(RunFigure)
};

QString word_of(const std::string& kind) {
    if (kind == "resumed") return Words::tr("resumed");
    if (kind == "recomputed") return Words::tr("blocks recomputed");
    if (kind == "micro_batch_halved") return Words::tr("micro-batch halved");
    if (kind == "validation_rises") return Words::tr("validation rises");
    if (kind == "failed") return Words::tr("failed");
    if (kind == "non_finite") return Words::tr("validation not finite");
    if (kind == "not_saved") return Words::tr("not saved");
    if (kind == "skipped") return Words::tr("batch skipped");
    if (kind == "simd_changed") return Words::tr("another CPU");
    return QString::fromStdString(kind).replace(QLatin1Char('_'), QLatin1Char(' '));
}

Tone tone_of(const std::string& kind) {
    if (kind == "failed" || kind == "non_finite") return Tone::bad;
    return kind == "resumed" ? Tone::muted : Tone::warn;
}

}  // namespace

std::vector<PlotMark> run_marks(const RunDetail& run, const RunScale& scale) {
    std::vector<PlotMark> marks;
    for (size_t i = 0; i < run.events.size(); ++i) {
        const RunDetail::Line& line = run.events[i];
        // A stop is where the curve ends, or where it was resumed.
        if (line.step <= 0 || line.kind == "saved" || line.kind == "stopped") continue;
        PlotMark mark{.step = scale.place_of_step(run, line.step), .run_step = line.step, .index = i};
        if (line.kind != "control") {
            mark.word = word_of(line.kind);
            mark.tone = tone_of(line.kind);
            marks.push_back(mark);
        } else if (!marks.empty() && marks.back().run_step == line.step && marks.back().tone == Tone::text) {
            marks.back().word += QStringLiteral(", ") + control_words(line.text);  // what was changed together
        } else {
            mark.word = control_words(line.text);
            mark.tone = Tone::text;
            marks.push_back(mark);
        }
    }
    const std::vector<RunCheckpoint>& kept = run.summary.checkpoints;
    for (size_t i = 0; i < kept.size(); ++i)
        if (!run.metrics.empty() && kept[i].step < run.metrics.back().step)
            marks.push_back({.step = scale.place_of_step(run, kept[i].step),
                             .word = Words::tr("checkpoint"),
                             .kind = PlotMark::Kind::checkpoint,
                             .run_step = kept[i].step,
                             .index = i});
    return marks;
}

std::vector<PlotMark> quiet_marks(const RunDetail& run, const RunScale& scale) {
    std::vector<PlotMark> marks;
    for (size_t i = 0; i < run.samples.size(); ++i)
        marks.push_back({.step = scale.place_of_step(run, run.samples[i].step),
                         .kind = PlotMark::Kind::sample,
                         .run_step = run.samples[i].step,
                         .index = i});
    const std::vector<RunCheckpoint>& kept = run.summary.checkpoints;
    if (!kept.empty() && !run.metrics.empty() && kept.back().step >= run.metrics.back().step)
        marks.push_back({.step = scale.place_of_step(run, kept.back().step),
                         .kind = PlotMark::Kind::checkpoint,
                         .run_step = kept.back().step,
                         .index = kept.size() - 1});
    return marks;
}

PlotMark validation_mark(const MetricPoint& point, size_t index, const RunScale& scale) {
    PlotMark mark{.step = scale.place_of(point),
                  .kind = PlotMark::Kind::validation,
                  .run_step = point.step,
                  .index = index,
                  .value = *point.eval_loss};
    if (std::isfinite(mark.value)) return mark;
    mark.word = Words::tr("validation not finite");
    mark.tone = Tone::bad;
    mark.kind = PlotMark::Kind::gap;
    return mark;
}

PlotMark gap_mark(double place, size_t index, const QString& run) {
    return {.step = place,
            .word = run.isEmpty() ? Words::tr("not finite") : Words::tr("%1 not finite").arg(run),
            .tone = Tone::bad,
            .kind = PlotMark::Kind::gap,
            .index = index};
}

}  // namespace lathe

#include "ui/mark_words.h"

#include <QCoreApplication>
#include <algorithm>
#include <cmath>

#include "ui/error_text.h"
#include "ui/number_text.h"

namespace lathe {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(MarkPanel)
};

constexpr qsizetype kSampleStart = 160;

QString checkpoint_text(const RunCheckpoint& checkpoint) {
    QStringList parts;
    if (checkpoint.eval_loss) parts << Words::tr("validation %1").arg(loss_text(*checkpoint.eval_loss));
    if (checkpoint.best) parts << Words::tr("the best by validation loss");
    if (checkpoint.bytes > 0) parts << bytes_text(static_cast<double>(checkpoint.bytes));
    return parts.join(QStringLiteral(" · "));
}

QString sample_text(const Sampled& sample) {
    const QString text = QString::fromStdString(sample.text).simplified();
    return text.size() <= kSampleStart ? text : text.left(kSampleStart) + QStringLiteral("…");
}

bool is_skipped(const MetricPoint& point, const RunDetail& run) {
    return std::any_of(run.events.begin(), run.events.end(),
                       [&](const RunDetail::Line& line) { return line.kind == "skipped" && line.step == point.step; });
}

}  // namespace

QString mark_title(const PlotMark& mark) {
    const QString step = Words::tr("step %1").arg(count_text(mark.run_step));
    QString what;
    switch (mark.kind) {
        case PlotMark::Kind::event:
            what = mark.word;
            break;
        case PlotMark::Kind::checkpoint:
            what = Words::tr("Checkpoint");
            break;
        case PlotMark::Kind::sample:
            what = Words::tr("Sample");
            break;
        case PlotMark::Kind::validation:
            what = Words::tr("Validation");
            break;
        case PlotMark::Kind::gap:
            what = Words::tr("Not finite");
            break;
    }
    return what + QStringLiteral(" · ") + step;
}

QString mark_text(const PlotMark& mark, const RunDetail& run) {
    switch (mark.kind) {
        case PlotMark::Kind::event:
            if (mark.index >= run.events.size()) return {};
            return notice_text(run.events[mark.index].kind, run.events[mark.index].text, run.events[mark.index].step);
        case PlotMark::Kind::checkpoint:
            return mark.index < run.summary.checkpoints.size() ? checkpoint_text(run.summary.checkpoints[mark.index])
                                                               : QString();
        case PlotMark::Kind::sample:
            return mark.index < run.samples.size() ? sample_text(run.samples[mark.index]) : QString();
        case PlotMark::Kind::validation:
            if (mark.index >= run.metrics.size()) return {};
            return Words::tr("validation %1, this step's training loss %2")
                .arg(loss_text(mark.value), loss_text(run.metrics[mark.index].loss));
        case PlotMark::Kind::gap:
            if (mark.index < run.metrics.size() && is_skipped(run.metrics[mark.index], run))
                return Words::tr("The batch of this step was skipped, so it has no loss; nothing was updated.");
            return Words::tr(
                       "From here on the loss was not a finite number (%1); the curve is not joined across it. "
                       "A smaller learning rate or clipping helps.")
                .arg(mark.index < run.metrics.size() ? loss_text(run.metrics[mark.index].loss) : QStringLiteral("NaN"));
    }
    return {};
}

}  // namespace lathe

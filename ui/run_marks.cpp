#include "ui/run_marks.h"

#include <QCoreApplication>

namespace lathe {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(RunFigure)
};

QString word_of(const std::string& kind) {
    if (kind == "resumed") return Words::tr("resumed");
    if (kind == "recomputed") return Words::tr("blocks recomputed");
    if (kind == "micro_batch_halved") return Words::tr("micro-batch halved");
    return QString::fromStdString(kind).replace(QLatin1Char('_'), QLatin1Char(' '));
}

}  // namespace

std::vector<PlotMark> run_marks(const RunDetail& run) {
    std::vector<PlotMark> marks;
    for (const RunDetail::Line& line : run.events) {
        if (line.step <= 0 || line.kind == "saved") continue;
        marks.push_back(
            {static_cast<double>(line.step), word_of(line.kind), line.kind == "resumed" ? Tone::muted : Tone::warn});
    }
    for (const RunCheckpoint& checkpoint : run.summary.checkpoints)
        if (!run.metrics.empty() && checkpoint.step < run.metrics.back().step)
            marks.push_back({static_cast<double>(checkpoint.step), Words::tr("checkpoint"), Tone::muted});
    return marks;
}

}  // namespace lathe

#include "ui/run_marks.h"

#include <QCoreApplication>

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
    return QString::fromStdString(kind).replace(QLatin1Char('_'), QLatin1Char(' '));
}

}  // namespace

std::vector<PlotMark> run_marks(const RunDetail& run) {
    std::vector<PlotMark> marks;
    for (const RunDetail::Line& line : run.events) {
        // A stop is where the curve ends, or where it was resumed.
        if (line.step <= 0 || line.kind == "saved" || line.kind == "stopped") continue;
        const auto step = static_cast<double>(line.step);
        if (line.kind != "control") {
            marks.push_back({step, word_of(line.kind), line.kind == "resumed" ? Tone::muted : Tone::warn});
        } else if (!marks.empty() && marks.back().step == step && marks.back().tone == Tone::text) {
            marks.back().word += QStringLiteral(", ") + control_words(line.text);  // what was changed together
        } else {
            marks.push_back({step, control_words(line.text), Tone::text});
        }
    }
    for (const RunCheckpoint& checkpoint : run.summary.checkpoints)
        if (!run.metrics.empty() && checkpoint.step < run.metrics.back().step)
            marks.push_back({static_cast<double>(checkpoint.step), Words::tr("checkpoint"), Tone::muted});
    return marks;
}

}  // namespace lathe

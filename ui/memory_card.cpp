#include "ui/memory_card.h"

#include <algorithm>
#include <cmath>

#include "ui/number_text.h"

namespace lathe {

namespace {

constexpr int kPlotHeight = 130;

}  // namespace

MemoryCard::MemoryCard(const CurveSettings& settings, QWidget* parent)
    : MemoryCard(new MemoryPlot(current_theme()), settings, parent) {}

MemoryCard::MemoryCard(MemoryPlot* plot, const CurveSettings& settings, QWidget* parent)
    : RunPlotCard(plot, QStringLiteral("memory"), settings, parent), plot_(plot), table_(new KindTable) {
    plot_->setMinimumHeight(kPlotHeight);
    content()->addWidget(table_);
    menu()->leave_out_look();
}

void MemoryCard::begin(const RunDetail& run) {
    RunPlotCard::begin(run);
    plot_->set_data({}, {});
    set_names(tr("Memory by kind"), tr("Memory by kind at each step"));
}

void MemoryCard::append(const RunDetail& run, int first, int end) {
    for (auto i = static_cast<size_t>(first); i < static_cast<size_t>(end); ++i)
        plot_->append(scale().place_of(run.metrics[i]), run.metrics[i].bytes, run.metrics[i].step);
}

void MemoryCard::set_estimate(const std::map<std::string, int64_t>& bytes) {
    plot_->set_estimate(bytes);
    refresh();
}

void MemoryCard::refresh() {
    plot_->set_last_step(scale().planned_end(run()));
    table_->set_kinds(plot_->kinds());
    set_aside(plot_->peak().bytes > 0 ? tr("GB · peak at step %1").arg(count_text(plot_->peak().run_step)) : QString());
    PlotCard::refresh();
}

std::vector<PlotCursor::Line> MemoryCard::readout(int64_t index) const {
    const Theme& theme = plot_->theme();
    std::vector<PlotCursor::Line> lines{place_line(index)};
    const auto line = [](const QString& title, int64_t bytes, int64_t estimate) {
        const QString taken = bytes_text(static_cast<double>(bytes));
        return estimate > 0 ? tr("%1 %2 of %3").arg(title, taken, bytes_text(static_cast<double>(estimate)))
                            : tr("%1 %2").arg(title, taken);
    };
    int64_t total = 0, estimated = 0;
    std::vector<MemoryKind> kinds = plot_->kinds_at(index);
    std::reverse(kinds.begin(), kinds.end());  // as the areas lie
    for (const MemoryKind& kind : kinds) {
        const int64_t estimate = plot_->estimate_of(kind.name);
        total += kind.bytes;
        if (kind.bytes > 0 || estimate > 0)
            lines.push_back({line(kind.title, kind.bytes, estimate), theme.text, false});
    }
    for (const auto& [kind, bytes] : plot_->estimate()) estimated += bytes;
    lines.insert(lines.begin() + 1, {line(tr("all"), total, estimated), theme.text});
    return lines;
}

void MemoryCard::retranslate() {
    set_names(tr("Memory by kind"), tr("Memory by kind at each step"));
    PlotCard::retranslate();
}

}  // namespace lathe

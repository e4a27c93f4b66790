#include "ui/memory_card.h"

#include <cmath>

#include "ui/curve_card.h"
#include "ui/number_text.h"

namespace lathe {

namespace {

constexpr int kPlotHeight = 130;

}  // namespace

MemoryCard::MemoryCard(QWidget* parent) : Card(parent), plot_(new MemoryPlot(current_theme())), table_(new KindTable) {
    plot_->setMinimumHeight(kPlotHeight);
    content()->addWidget(plot_, 1);
    content()->addWidget(table_);
}

void MemoryCard::set_run(const RunDetail& run) {
    plot_->set_data({}, {});
    plot_->set_last_step(planned_last_step(run));
    append(run, 0);
    refresh();
}

void MemoryCard::append(const RunDetail& run, int first) {
    for (size_t i = static_cast<size_t>(first); i < run.metrics.size(); ++i)
        plot_->append(static_cast<double>(run.metrics[i].step), run.metrics[i].bytes);
}

void MemoryCard::set_estimate(int64_t bytes) {
    plot_->set_estimate(bytes);
    refresh();
}

void MemoryCard::refresh() {
    plot_->fit();
    table_->set_kinds(plot_->kinds());
    const auto step = std::llround(plot_->peak().step);
    set_aside(plot_->peak().bytes > 0 ? tr("GB · peak at step %1").arg(count_text(step)) : QString());
    plot_->replot(QCustomPlot::rpQueuedReplot);
}

void MemoryCard::set_theme(const Theme& theme) {
    plot_->set_theme(theme);
    refresh();
}

void MemoryCard::retranslate() {
    set_title(tr("Memory by kind"));
    plot_->setAccessibleName(tr("Memory by kind at each step"));
    refresh();
}

}  // namespace lathe

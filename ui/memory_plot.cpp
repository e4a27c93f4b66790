#include "ui/memory_plot.h"

#include <QCoreApplication>
#include <cmath>

#include "ui/number_text.h"

namespace lathe {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(MemoryPlot)
};

constexpr double kBytesPerTick = 1e9;
constexpr int64_t kManyPoints = 400;
constexpr int64_t kFewPoints = 40;  // as CurvePlot: the axis begins at the first of them
constexpr size_t kMostRows = 512;   // more than the plot has pixels for

QString memory_tick(double value, double step) {
    return tick_text(value / kBytesPerTick, step / kBytesPerTick);
}

}  // namespace

MemoryPlot::MemoryPlot(const Theme& theme, QWidget* parent)
    : CardPlot(theme, memory_tick, parent),
      estimate_line_(new QCPItemLine(this)),
      estimate_word_(new QCPItemText(this)) {
    setAntialiasedElement(QCP::aeFills, false);  // each graph says for itself
    // Drawn in the order they are added: the highest edge first.
    const std::vector<std::string>& names = memory_kind_names();
    for (auto name = names.rbegin(); name != names.rend(); ++name) areas_.insert(areas_.begin(), {*name, addGraph()});
    for (QCPItemPosition* end : {estimate_line_->start, estimate_line_->end, estimate_word_->position}) {
        end->setTypeX(QCPItemPosition::ptAxisRectRatio);
        end->setTypeY(QCPItemPosition::ptPlotCoords);
    }
    estimate_line_->setClipToAxisRect(false);
    estimate_word_->setClipToAxisRect(false);
    estimate_word_->setPositionAlignment(Qt::AlignRight | Qt::AlignBottom);
    estimate_word_->setFont(text_font(TextRole::caption));
    MemoryPlot::set_theme(theme);
}

void MemoryPlot::set_data(const std::vector<double>& steps, const std::vector<Bytes>& bytes) {
    for (Area& area : areas_) {
        area.graph->data()->clear();
        area.used = false;
    }
    rows_.clear();
    pending_ = {};
    stride_ = 1;
    steps_ = pending_steps_ = 0;
    at_peak_.clear();
    peak_ = {};
    for (size_t i = 0; i < std::min(steps.size(), bytes.size()); ++i) append(steps[i], bytes[i]);
}

void MemoryPlot::append(double step, const Bytes& bytes) {
    Bytes grouped;
    for (const auto& [kind, count] : bytes) grouped[known_memory_kind(kind)] += std::max<int64_t>(count, 0);
    if (steps_++ == 0) first_step_ = step;
    last_step_ = step;
    Row row{.step = step, .total = 0, .edges = {}};
    for (Area& area : areas_) {
        const int64_t count = grouped[area.name];
        row.total += count;
        area.used = area.used || count > 0;
        row.edges.push_back(row.total);
    }
    if (row.total > peak_.bytes) {
        peak_ = {.bytes = row.total, .step = step};
        at_peak_ = grouped;
    }
    if (pending_steps_++ == 0 || row.total >= pending_.total) pending_ = std::move(row);
    if (pending_steps_ < stride_) return;
    pending_steps_ = 0;
    add_to_graphs(pending_);
    rows_.push_back(std::move(pending_));
    if (rows_.size() >= kMostRows) thin_out();
}

void MemoryPlot::add_to_graphs(const Row& row) {
    for (size_t i = 0; i < areas_.size(); ++i) areas_[i].graph->addData(row.step, static_cast<double>(row.edges[i]));
}

void MemoryPlot::thin_out() {
    std::vector<Row> kept;
    for (size_t i = 0; i + 1 < rows_.size(); i += 2)
        kept.push_back(std::move(rows_[i].total > rows_[i + 1].total ? rows_[i] : rows_[i + 1]));
    rows_ = std::move(kept);
    stride_ *= 2;
    for (Area& area : areas_) area.graph->data()->clear();
    for (const Row& row : rows_) add_to_graphs(row);
}

void MemoryPlot::fit() {
    show_ticks(steps_ > 0);
    set_steps(steps_ > 1 && steps_ < kFewPoints ? first_step_ : 0, std::max(last_step_, planned_last_), 5);
    const auto highest = static_cast<double>(std::max(peak_.bytes, estimate_));
    set_values(0, highest > 0 ? highest : kBytesPerTick, 4);
    const bool few = points() < kManyPoints;
    for (Area& area : areas_) {
        area.graph->setVisible(area.used);
        // A hair of the card's colour between two areas, where it would not hide thin peaks.
        area.graph->setPen(few ? series_pen(theme().surface, stroke::kHair) : QPen(Qt::NoPen));
        area.graph->setAntialiasedFill(few);
    }
    place_estimate();
}

void MemoryPlot::place_estimate() {
    estimate_line_->setVisible(estimate_ > 0);
    estimate_word_->setVisible(estimate_ > 0);
    const auto height = static_cast<double>(estimate_);
    estimate_line_->start->setCoords(0, height);
    estimate_line_->end->setCoords(1, height);
    estimate_word_->position->setCoords(1, height);
    estimate_word_->setText(Words::tr("estimate"));
}

void MemoryPlot::set_theme(const Theme& theme) {
    CardPlot::set_theme(theme);
    for (Area& area : areas_) area.graph->setBrush(memory_kind(theme, area.name, 0).color);
    QPen dashes(theme.muted, stroke::kHair);
    dashes.setDashPattern({4, 4});
    estimate_line_->setPen(dashes);
    estimate_word_->setColor(theme.muted);
    if (steps_ > 0) fit();
}

std::vector<MemoryPlot::Kind> MemoryPlot::kinds() const {
    std::vector<Kind> kinds;
    for (const Area& area : areas_) {
        const auto at_peak = at_peak_.find(area.name);
        if (area.used)
            kinds.push_back(memory_kind(theme(), area.name, at_peak == at_peak_.end() ? 0 : at_peak->second));
    }
    return kinds;
}

}  // namespace lathe

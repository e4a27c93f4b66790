#include "ui/memory_plot.h"

#include <QCoreApplication>
#include <algorithm>
#include <cmath>

#include "ui/csv_text.h"
#include "ui/number_text.h"

namespace lathe {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(MemoryPlot)
};

constexpr double kBytesPerTick = 1e9;
constexpr int kStepIntervals = 5, kValueIntervals = 4, kManyPoints = 400;
constexpr int64_t kFewPoints = 40;  // as CurvePlot: the axis begins at the first of them
constexpr int64_t kMostRows = 512;  // drawn: more than the plot has pixels for

QString memory_tick(double value, double step) {
    return tick_text(value / kBytesPerTick, step / kBytesPerTick);
}

}  // namespace

MemoryPlot::MemoryPlot(const Theme& theme, QWidget* parent)
    : StepPlot(theme, memory_tick, parent),
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
    for (Area& area : areas_) area.used = false;
    steps_.clear();
    edges_.clear();
    peak_row_ = 0;
    peak_ = {};
    for (size_t i = 0; i < std::min(steps.size(), bytes.size()); ++i) append(steps[i], bytes[i]);
}

// Areas are in the order of the names.
size_t MemoryPlot::area_of(const std::string& kind) {
    const std::vector<std::string>& names = memory_kind_names();
    auto found = std::find(names.begin(), names.end(), kind);
    if (found == names.end()) found = std::find(names.begin(), names.end(), known_memory_kind(kind));
    return static_cast<size_t>(found - names.begin());
}

int64_t MemoryPlot::bytes_of(int64_t row, size_t area) const {
    if (row >= points()) return 0;
    const size_t edge = static_cast<size_t>(row) * areas_.size() + area;
    return edges_[edge] - (area > 0 ? edges_[edge - 1] : 0);
}

void MemoryPlot::append(double step, const Bytes& bytes, int64_t run_step) {
    std::vector<int64_t> row(areas_.size());
    for (const auto& [kind, count] : bytes) row[area_of(kind)] += std::max<int64_t>(count, 0);
    int64_t total = 0;
    for (size_t i = 0; i < areas_.size(); ++i) {
        areas_[i].used = areas_[i].used || row[i] > 0;
        total += row[i];
        edges_.push_back(total);
    }
    if (total > peak_.bytes) {
        peak_ = {.bytes = total, .step = step, .run_step = run_step < 0 ? std::llround(step) : run_step};
        peak_row_ = points();
    }
    steps_.push_back(steps_.empty() ? step : std::max(step, steps_.back()));
}

void MemoryPlot::show_rows(StepRange steps) {
    for (Area& area : areas_) area.graph->data()->clear();
    // One more to each side, so that the areas leave the picture instead of ending in it.
    const int64_t begin =
        std::max<int64_t>(0, std::lower_bound(steps_.begin(), steps_.end(), steps.first) - steps_.begin() - 1);
    const int64_t end =
        std::min<int64_t>(points(), std::upper_bound(steps_.begin(), steps_.end(), steps.last) - steps_.begin() + 1);
    const int64_t stride = (end - begin + kMostRows - 1) / kMostRows;
    const auto edge = [&](int64_t row, size_t area) { return edges_[static_cast<size_t>(row) * areas_.size() + area]; };
    for (int64_t from = begin; from < end; from += stride) {
        int64_t most = from;
        for (int64_t row = from; row < std::min(end, from + stride); ++row)
            if (edge(row, areas_.size() - 1) > edge(most, areas_.size() - 1)) most = row;
        for (size_t i = 0; i < areas_.size(); ++i)
            areas_[i].graph->addData(step_at(most), static_cast<double>(edge(most, i)));
    }
}

void MemoryPlot::set_estimate(const Bytes& bytes) {
    estimate_.clear();
    estimated_ = 0;
    for (const auto& [kind, count] : bytes) {
        estimate_[known_memory_kind(kind)] += count;
        estimated_ += count;
    }
}

int64_t MemoryPlot::estimate_of(const std::string& kind) const {
    const auto found = estimate_.find(kind);
    return found == estimate_.end() ? 0 : found->second;
}

StepPlot::StepRange MemoryPlot::whole() const {
    const bool few = axis() == RunAxis::step && points() > 1 && points() < kFewPoints;
    return {few ? steps_.front() : 0, std::max(steps_.empty() ? 0 : steps_.back(), planned_last_)};
}

void MemoryPlot::fit() {
    show_ticks(points() > 0);
    const StepRange steps = seen_steps();
    set_steps(steps.first, steps.last, kStepIntervals);
    show_rows(steps);
    const auto highest = static_cast<double>(std::max(peak_.bytes, estimated_));
    if (zoomed_values())
        set_values_exactly(zoomed_values()->lower, zoomed_values()->upper, kValueIntervals);
    else
        set_values(0, highest > 0 ? highest : kBytesPerTick, kValueIntervals);
    const bool few = areas_.front().graph->dataCount() < kManyPoints;
    for (Area& area : areas_) {
        area.graph->setVisible(area.used);
        // A hair of the card's colour between two areas, where it would not hide thin peaks.
        area.graph->setPen(few ? series_pen(theme().surface, stroke::kHair) : QPen(Qt::NoPen));
        area.graph->setAntialiasedFill(few);
    }
    place_estimate();
}

void MemoryPlot::place_estimate() {
    estimate_line_->setVisible(estimated_ > 0);
    estimate_word_->setVisible(estimated_ > 0);
    const auto height = static_cast<double>(estimated_);
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
    if (points() > 0) fit();
}

std::vector<MemoryPlot::Kind> MemoryPlot::kinds() const {
    std::vector<Kind> kinds;
    for (size_t i = 0; i < areas_.size(); ++i)
        if (areas_[i].used) kinds.push_back(memory_kind(theme(), areas_[i].name, bytes_of(peak_row_, i)));
    return kinds;
}

std::vector<MemoryPlot::Kind> MemoryPlot::kinds_at(int64_t index) const {
    std::vector<Kind> kinds;
    for (size_t i = 0; i < areas_.size(); ++i)
        if (areas_[i].used) kinds.push_back(memory_kind(theme(), areas_[i].name, bytes_of(index, i)));
    return kinds;
}

std::string MemoryPlot::table() const {
    std::string lines = axis_name(axis());
    for (const Area& area : areas_)
        if (area.used) lines += ",bytes_" + area.name;
    lines += ",estimate\n";
    const StepRange seen = seen_steps();
    for (auto row = std::lower_bound(steps_.begin(), steps_.end(), seen.first) - steps_.begin();
         row < points() && step_at(row) <= seen.last; ++row) {
        add_number(lines, step_at(row));
        for (size_t i = 0; i < areas_.size(); ++i)
            if (areas_[i].used) lines += ',' + std::to_string(bytes_of(row, i));
        lines += ',' + (estimated_ > 0 ? std::to_string(estimated_) : std::string()) + '\n';
    }
    return lines;
}

}  // namespace lathe

#include "ui/memory_plot.h"

#include <QCoreApplication>
#include <algorithm>
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
    for (Area& area : areas_) {
        area.graph->data()->clear();
        area.used = false;
    }
    rows_.clear();
    pending_ = {};
    stride_ = 1;
    steps_ = pending_steps_ = 0;
    at_peak_ = {};
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

int64_t MemoryPlot::bytes_of(const Row& row, size_t area) const {
    if (row.edges.empty()) return 0;
    return row.edges[area] - (area > 0 ? row.edges[area - 1] : 0);
}

void MemoryPlot::append(double step, const Bytes& bytes, int64_t run_step) {
    Row row{.step = step,
            .run_step = run_step < 0 ? std::llround(step) : run_step,
            .total = 0,
            .edges = std::vector<int64_t>(areas_.size())};
    for (const auto& [kind, count] : bytes) row.edges[area_of(kind)] += std::max<int64_t>(count, 0);
    if (steps_++ == 0) first_step_ = step;
    last_step_ = step;
    for (size_t i = 0; i < areas_.size(); ++i) {
        areas_[i].used = areas_[i].used || row.edges[i] > 0;
        row.total += row.edges[i];
        row.edges[i] = row.total;
    }
    if (row.total > peak_.bytes) {
        peak_ = {.bytes = row.total, .step = step, .run_step = row.run_step};
        at_peak_ = row;
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
    const bool few = axis() == RunAxis::step && steps_ > 1 && steps_ < kFewPoints;
    return {few ? first_step_ : 0, std::max(last_step_, planned_last_)};
}

void MemoryPlot::fit() {
    show_ticks(steps_ > 0);
    set_steps(whole().first, whole().last, 5);
    const auto highest = static_cast<double>(std::max(peak_.bytes, estimated_));
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
    if (steps_ > 0) fit();
}

std::vector<MemoryPlot::Kind> MemoryPlot::kinds() const {
    std::vector<Kind> kinds;
    for (size_t i = 0; i < areas_.size(); ++i)
        if (areas_[i].used) kinds.push_back(memory_kind(theme(), areas_[i].name, bytes_of(at_peak_, i)));
    return kinds;
}

std::vector<MemoryPlot::Kind> MemoryPlot::kinds_at(int64_t index) const {
    std::vector<Kind> kinds;
    const Row& row = rows_[static_cast<size_t>(index)];
    for (size_t i = 0; i < areas_.size(); ++i)
        if (areas_[i].used) kinds.push_back(memory_kind(theme(), areas_[i].name, bytes_of(row, i)));
    return kinds;
}

int64_t MemoryPlot::nearest(double step) const {
    if (rows_.empty()) return -1;
    const auto next =
        std::lower_bound(rows_.begin(), rows_.end(), step, [](const Row& row, double at) { return row.step < at; });
    if (next == rows_.begin()) return 0;
    const auto index = next - rows_.begin();
    return next == rows_.end() || step - (next - 1)->step < next->step - step ? index - 1 : index;
}

std::string MemoryPlot::table() const {
    std::string lines = axis_name(axis());
    for (const Area& area : areas_)
        if (area.used) lines += ",bytes_" + area.name;
    lines += ",estimate\n";
    for (const Row& row : rows_) {
        lines += QByteArray::number(row.step, 'g', 15).toStdString();
        for (size_t i = 0; i < areas_.size(); ++i)
            if (areas_[i].used) lines += ',' + std::to_string(bytes_of(row, i));
        lines += ',' + (estimated_ > 0 ? std::to_string(estimated_) : std::string()) + '\n';
    }
    return lines;
}

}  // namespace lathe

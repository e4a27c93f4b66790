#include "ui/memory_plot.h"

#include <QCoreApplication>
#include <array>
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
constexpr std::array kOrder = {"program",     "weights",  "adapters",  "optimizer", "gradients",
                               "activations", "kv_cache", "workspace", "other",     "free"};

QString title_of(const std::string& kind) {
    if (kind == "program") return Words::tr("program");
    if (kind == "weights") return Words::tr("weights");
    if (kind == "adapters") return Words::tr("adapters");
    if (kind == "optimizer") return Words::tr("optimizer");
    if (kind == "gradients") return Words::tr("gradients");
    if (kind == "activations") return Words::tr("activations");
    if (kind == "kv_cache") return Words::tr("KV cache");
    if (kind == "workspace") return Words::tr("workspace");
    if (kind == "free") return Words::tr("kept free");
    return Words::tr("other");
}

QColor color_of(const Theme& theme, const std::string& kind) {
    if (kind == "weights") return theme.data[0];
    if (kind == "activations") return theme.data[1];
    if (kind == "optimizer") return theme.data[2];
    if (kind == "adapters" || kind == "kv_cache") return theme.data[3];
    if (kind == "gradients") return theme.data[4];
    if (kind == "workspace" || kind == "other") return theme.data[5];
    if (kind == "program") return blend(theme.data[5], theme.surface, 0.55);
    return blend(theme.data[5], theme.surface, 0.25);
}

const char* known(const std::string& kind) {
    for (const char* name : kOrder)
        if (kind == name) return name;
    return "other";
}

QString memory_tick(double value, double step) {
    return tick_text(value / kBytesPerTick, step / kBytesPerTick);
}

}  // namespace

MemoryPlot::MemoryPlot(const Theme& theme, QWidget* parent) : CardPlot(theme, memory_tick, parent) {
    // Drawn in the order they are added: the highest edge first.
    for (auto name = kOrder.rbegin(); name != kOrder.rend(); ++name) areas_.insert(areas_.begin(), {*name, addGraph()});
    MemoryPlot::set_theme(theme);
}

void MemoryPlot::set_data(const std::vector<double>& steps, const std::vector<Bytes>& bytes) {
    for (Area& area : areas_) {
        area.graph->data()->clear();
        area.used = false;
    }
    at_peak_.clear();
    peak_ = {};
    points_ = 0;
    for (size_t i = 0; i < std::min(steps.size(), bytes.size()); ++i) append(steps[i], bytes[i]);
}

void MemoryPlot::append(double step, const Bytes& bytes) {
    Bytes grouped;
    for (const auto& [kind, count] : bytes) grouped[known(kind)] += std::max<int64_t>(count, 0);
    if (points_++ == 0) first_step_ = step;
    last_step_ = step;
    int64_t total = 0;
    for (Area& area : areas_) {
        const int64_t count = grouped[area.name];
        total += count;
        area.used = area.used || count > 0;
        area.graph->addData(step, static_cast<double>(total));
    }
    if (total <= peak_.bytes) return;
    peak_ = {.bytes = total, .step = step};
    at_peak_ = grouped;
}

void MemoryPlot::fit() {
    set_steps(points_ > 1 && points_ < kFewPoints ? first_step_ : 0, std::max(last_step_, planned_last_), 5);
    set_values(0, peak_.bytes > 0 ? static_cast<double>(peak_.bytes) : kBytesPerTick, 4);
    for (Area& area : areas_) {
        area.graph->setVisible(area.used);
        // A hair of the card's colour between two areas, where it would not hide thin peaks.
        area.graph->setPen(points_ < kManyPoints ? series_pen(theme().surface, stroke::kHair) : QPen(Qt::NoPen));
    }
}

void MemoryPlot::set_theme(const Theme& theme) {
    CardPlot::set_theme(theme);
    for (Area& area : areas_) area.graph->setBrush(color_of(theme, area.name));
    if (points_ > 0) fit();
}

std::vector<MemoryPlot::Kind> MemoryPlot::kinds() const {
    std::vector<Kind> kinds;
    for (const Area& area : areas_) {
        const auto at_peak = at_peak_.find(area.name);
        if (area.used)
            kinds.push_back({area.name, title_of(area.name), color_of(theme(), area.name),
                             at_peak == at_peak_.end() ? 0 : at_peak->second});
    }
    return kinds;
}

}  // namespace lathe

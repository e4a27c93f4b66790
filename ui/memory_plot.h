// Memory by kind as areas on top of each other, against steps. Kinds in the order of what lives longest; `free` (kept
// for the next step) on top. Thread: GUI.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "ui/card_plot.h"

namespace lathe {

class MemoryPlot : public CardPlot {
public:
    using Bytes = std::map<std::string, int64_t>;  // by kind
    struct Kind {
        std::string name;  // the engine's word
        QString title;
        QColor color;
        int64_t bytes = 0;  // at the peak
    };
    struct Peak {
        int64_t bytes = 0;
        double step = 0;
    };

    explicit MemoryPlot(const Theme& theme, QWidget* parent = nullptr);

    void set_data(const std::vector<double>& steps, const std::vector<Bytes>& bytes);
    void append(double step, const Bytes& bytes);
    void set_last_step(double step) { planned_last_ = step; }
    void fit();
    void set_theme(const Theme& theme) override;

    // Those that were ever more than zero, from the bottom up.
    std::vector<Kind> kinds() const;
    const Peak& peak() const { return peak_; }

private:
    struct Area {
        std::string name;
        QCPGraph* graph;  // upper edge, filled down to zero; the areas below are drawn over it
        bool used = false;
    };

    std::vector<Area> areas_;  // from the bottom up
    Bytes at_peak_;
    Peak peak_;
    double first_step_ = 0, last_step_ = 0, planned_last_ = 0;
    int64_t points_ = 0;
};

}  // namespace lathe

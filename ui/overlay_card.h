// The curves of the ticked runs in a card, with what they stand against, how smooth they are, a baseline; zoom,
// cross-hair and files as of every plot. Thread: GUI.
#pragma once

#include <QSettings>

#include "ui/overlay_plot.h"
#include "ui/plot_card.h"
#include "ui/run_overlay.h"

namespace lathe {

class OverlayCard : public PlotCard {
    Q_OBJECT

public:
    OverlayCard(const RunOverlay& overlay, QSettings& settings, QWidget* parent = nullptr);
    void retranslate() override;
    const OverlayPlot& plot() const { return *plot_; }
    std::string baseline() const { return baseline_->currentData().toString().toStdString(); }

protected:
    std::vector<PlotCursor::Line> readout(int64_t index) const override;
    void apply_look() override;
    void showEvent(QShowEvent* event) override;

private:
    OverlayCard(OverlayPlot* plot, const RunOverlay& overlay, QSettings& settings, QWidget* parent);
    void gather();  // the runs anew
    void fill_baselines();
    // By the wanted axis, or all by steps where not every run has it; which of the two is said.
    std::vector<RunScale> scales();
    void show_hint(bool any);
    void show_smoothing();
    void keep();

    const RunOverlay& overlay_;
    QSettings& stored_;
    OverlayPlot* plot_;
    QLabel* hint_;
    QWidget* bar_;
    Segments* axis_;
    QLabel* smoothing_word_;
    Slider* smoothing_;
    DropDown* baseline_;
    Segments* kind_;                                 // the baseline as a reference, or the difference from it
    std::optional<std::pair<RunAxis, bool>> shown_;  // against what, and whether differences
};

}  // namespace lathe

// A run that prepares, trains or has ended, as the window knows it (run_watch.h): tiles, curves, memory, samples,
// events. Steps are appended as they come, many of them a slice at each turn of the event loop, and shown at most ten
// times a second, while the view is seen. Thread: GUI.
#pragma once

#include <QElapsedTimer>
#include <QTimer>

#include "ui/curve_card.h"
#include "ui/event_list.h"
#include "ui/loss_card.h"
#include "ui/memory_card.h"
#include "ui/page.h"
#include "ui/preparing_card.h"
#include "ui/run_controls.h"
#include "ui/run_outcome.h"
#include "ui/run_remedy.h"
#include "ui/sample_card.h"
#include "ui/tuned_bar.h"

namespace lathe {

class RunView : public QWidget {
    Q_OBJECT

public:
    explicit RunView(const PageContext& context, QWidget* parent = nullptr);
    void restyle();
    void retranslate();
    int64_t points() const { return loss_->plot().points(); }
    // Of an ended run, that the user chose: last or best.
    std::string checkpoint() const { return outcome_->checkpoint(); }
    // Ask where to, and save; failed() says what went wrong.
    void save_picture();
    void save_table();
    TunedBar* tuned_bar() const { return tuned_; }
    const RunTotals& totals() const { return totals_; }
    LossCard* loss() const { return loss_; }
    MemoryCard* memory() const { return memory_; }
    SampleCard* samples() const { return sample_; }

Q_SIGNALS:
    void chat_wanted();
    void model_wanted(const QString& page, const lathe::ModelSource& source);
    void failed(const lathe::Error& error);  // of saving a picture or table

protected:
    void showEvent(QShowEvent* event) override;

private:
    void on_reset();
    // The cards begin anew, and take the rows of the run from the first on.
    void show_curves();
    void feed();
    std::vector<RunPlotCard*> plots() const { return {loss_, memory_, rate_, norm_, speed_}; }
    void connect_plots();
    void on_marks();
    void reveal(QWidget* card);
    void on_event(const Event& event);
    void on_state();
    void ask_estimate();
    void refresh();
    void show_tiles();

    const PageContext context_;
    CurveSettings curve_settings_;
    TileStrip* tiles_;
    PreparingCard* preparing_;
    RunOutcome* outcome_;
    RunRemedy* remedy_;
    RunControls* controls_;
    TunedBar* tuned_;
    LossCard* loss_;
    MemoryCard* memory_;
    SampleCard* sample_;
    Card* event_card_;
    EventList* events_;
    CurveCard* rate_;
    CurveCard* norm_;
    CurveCard* speed_;
    RunTotals totals_;
    int fed_ = 0;  // rows that the cards have
    QTimer feed_;
    QTimer refresh_;
    QElapsedTimer memory_drawn_;
    RequestId estimate_request_ = 0;
    std::map<std::string, int64_t> estimated_bytes_;  // by kind
    std::string estimated_run_;
};

}  // namespace lathe

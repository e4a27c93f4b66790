// A run that prepares, trains or has ended, as the window knows it (run_watch.h): tiles, curves, memory, the latest
// sample, events. Steps are appended as they come and shown at most ten times a second, while the view is seen.
// Thread: GUI.
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
    // Ask where to, and save. An Exception says what went wrong.
    void save_picture();
    void save_table();
    TunedBar* tuned_bar() const { return tuned_; }

Q_SIGNALS:
    void chat_wanted();
    void failed(const lathe::Error& error);  // of saving a picture or table

protected:
    void showEvent(QShowEvent* event) override;

private:
    void on_reset();
    void on_stepped(int first);
    void on_event(const Event& event);
    void on_state();
    void ask_estimate();
    void refresh();
    void show_tiles();
    void save(const QString& title, const QString& suffix, const QString& filter,
              const std::function<std::string()>& bytes);

    const PageContext context_;
    TileStrip* tiles_;
    PreparingCard* preparing_;
    RunOutcome* outcome_;
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
    QTimer refresh_;
    QElapsedTimer memory_drawn_;
    RequestId estimate_request_ = 0;
    int64_t estimated_bytes_ = 0;
    std::string estimated_run_;
};

}  // namespace lathe

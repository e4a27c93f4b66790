#include "ui/plot_card.h"

#include <chrono>

#include "ui/run_list.h"

namespace lathe {

namespace {

using namespace std::chrono_literals;

const RunDetail kNoRun;

}  // namespace

PlotCard::PlotCard(StepPlot* plot, QString key, const CurveSettings& settings, QWidget* parent)
    : Card(parent),
      plot_(plot),
      key_(std::move(key)),
      settings_(settings),
      cursor_(new PlotCursor(plot, [this](int64_t index) { return readout(index); })),
      menu_(new PlotMenu(plot, this)),
      run_(&kNoRun) {
    plot_->setObjectName(key_);
    menu_->log()->setChecked(settings.log(key_));
    menu_->clip()->setChecked(settings.clip(key_));
    header()->addWidget(menu_->button());
    content()->addWidget(plot_, 1);
    connect(menu_, &PlotMenu::failed, this, &PlotCard::failed);
    connect(menu_->log(), &QAction::toggled, this, [this](bool on) {
        settings_.set_log(key_, on);
        apply_look();
        refresh();
    });
    connect(menu_->clip(), &QAction::toggled, this, [this](bool on) {
        settings_.set_clip(key_, on);
        apply_look();
        refresh();
    });
    keep_.setSingleShot(true);
    keep_.setInterval(300ms);
    connect(&keep_, &QTimer::timeout, this, &PlotCard::keep_zoom);
    if (!plot->can_zoom()) return;
    connect(cursor_, &PlotCursor::zoomed, this, [this] {
        keep_due_ = true;
        keep_.start();
        refresh();
    });
    connect(menu_, &PlotMenu::all_wanted, cursor_->zoom(), &PlotZoom::show_all);
}

PlotCard::~PlotCard() {
    keep_zoom();
}

void PlotCard::begin(const RunDetail& run) {
    keep_zoom();
    run_ = &run;
    shown_run_ = run.summary.run;
    plot_->set_axis(axis_of(run, settings_.axis()));
    settings_.restore_zoom(key_, run.summary.run, *plot_);
    apply_look();
}

void PlotCard::keep_zoom() {
    if (keep_due_) settings_.keep_zoom(key_, shown_run_, *plot_);
    keep_due_ = false;
    keep_.stop();
}

void PlotCard::refresh() {
    plot_->fit();
    plot_->replot(QCustomPlot::rpQueuedReplot);
}

void PlotCard::set_theme(const Theme& theme) {
    plot_->set_theme(theme);
    refresh();
}

void PlotCard::retranslate() {
    menu_->retranslate();
    refresh();
}

void PlotCard::set_names(const QString& title, const QString& description) {
    set_title(title);
    plot_->setAccessibleName(title);
    plot_->setAccessibleDescription(plot_->can_zoom() ? tr("%1. Drag over a part to see it alone, with Shift to move; "
                                                           "Ctrl and the wheel zoom; double-click shows "
                                                           "all. Keys: + − 0, arrows.")
                                                            .arg(description)
                                                      : description);
    const QString of_run = name_of(run_->summary);
    menu_->set_names(of_run.isEmpty() ? title : tr("%1 · %2").arg(title, of_run),
                     QString::fromStdString(run_->summary.run) + QLatin1Char('-') + key_);
}

PlotCursor::Line PlotCard::place_line(int64_t index) const {
    const auto row = static_cast<size_t>(index);
    QString text = plot_->axis() == RunAxis::step || row >= run_->metrics.size()
                       ? place_text(plot_->step_at(index), plot_->axis())
                       : tr("%1 · step %2")
                             .arg(place_text(plot_->step_at(index), plot_->axis()),
                                  QLocale().toString(qlonglong{run_->metrics[row].step}));
    return {text, plot_->theme().muted, false};
}

}  // namespace lathe

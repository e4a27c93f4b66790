#include "ui/plot_card.h"

#include <chrono>

namespace lathe {

namespace {

using namespace std::chrono_literals;

}  // namespace

PlotCard::PlotCard(StepPlot* plot, QString key, const CurveSettings& settings, QWidget* parent)
    : Card(parent),
      plot_(plot),
      key_(std::move(key)),
      settings_(settings),
      cursor_(new PlotCursor(plot, [this](int64_t index) { return readout(index); })),
      menu_(new PlotMenu(plot, this)) {
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

void PlotCard::show_zoom_of(const std::string& owner, RunAxis axis) {
    keep_zoom();
    zoom_owner_ = owner;
    plot_->set_axis(axis);
    settings_.restore_zoom(key_, owner, *plot_);
}

void PlotCard::keep_zoom() {
    if (keep_due_) settings_.keep_zoom(key_, zoom_owner_, *plot_);
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

void PlotCard::set_names(const QString& title, const QString& description, const QString& of, const QString& stem) {
    set_title(title);
    plot_->setAccessibleName(title);
    plot_->setAccessibleDescription(tr("%1. Drag over a part to see it alone, with Shift to move; "
                                       "Ctrl and the wheel zoom; double-click shows "
                                       "all. Keys: + − 0, arrows.")
                                        .arg(description));
    menu_->set_names(of.isEmpty() ? title : tr("%1 · %2").arg(title, of),
                     stem.isEmpty() ? key_ : stem + QLatin1Char('-') + key_);
}

}  // namespace lathe

#include "ui/loss_card.h"

#include <algorithm>
#include <cmath>

#include "ui/mark_words.h"
#include "ui/number_text.h"
#include "ui/run_marks.h"

namespace lathe {

namespace {

constexpr int kPlotHeight = 180;

}  // namespace

LossCard::LossCard(CurveSettings& settings, QWidget* parent)
    : LossCard(new LossPlot(current_theme()), settings, parent) {}

LossCard::LossCard(LossPlot* plot, CurveSettings& settings, QWidget* parent)
    : RunPlotCard(plot, QStringLiteral("loss"), settings, parent),
      plot_(plot),
      bar_(new CurveBar(settings)),
      panel_(new MarkPanel(this)) {
    plot_->setMinimumHeight(kPlotHeight);
    content()->insertWidget(0, bar_);
    menu()->menu()->addSeparator();
    picture_ = menu()->menu()->addAction(QString());
    table_ = menu()->menu()->addAction(QString());
    connect(picture_, &QAction::triggered, this, &LossCard::picture_wanted);
    connect(table_, &QAction::triggered, this, &LossCard::table_wanted);
    connect(cursor()->zoom(), &PlotZoom::clicked, this, [this](const QPointF& place) {
        if (const auto mark = plot_->marks().hit(place)) return show_mark(*mark);
        if (!panel_->isHidden()) panel_->close_panel();
    });
    connect(cursor()->zoom(), &PlotZoom::zoomed, panel_, &MarkPanel::hide);
    connect(cursor()->zoom(), &PlotZoom::wanted_mark, this, [this](int direction) {
        if (panel_->isHidden()) shown_.reset();
        show_next_mark(direction);
    });
    connect(panel_, &MarkPanel::wanted, this, &LossCard::show_next_mark);
}

void LossCard::begin(const RunDetail& run) {
    RunPlotCard::begin(run);
    plot_->set_data({}, {}, settings().smoothing());
    plot_->set_validation({}, {});
    validations_.clear();
    panel_->hide();
    marks_due_ = true;
    set_names(tr("Loss"), tr("Loss of each step; Ctrl and an arrow go to its marks"));
}

void LossCard::append(const RunDetail& run, int first, int end) {
    for (int i = first; i < end; ++i) {
        const MetricPoint& point = run.metrics[static_cast<size_t>(i)];
        plot_->append(scale().place_of(point), point.loss);
        if (point.eval_loss) add_validation(i);
    }
    // The checkpoint at the end of the curve gets its word when the curve goes on.
    const std::vector<RunCheckpoint>& kept = run.summary.checkpoints;
    const bool went_on =
        first > 0 && !kept.empty() && kept.back().step == run.metrics[static_cast<size_t>(first) - 1].step;
    marks_due_ = marks_due_ || went_on;
}

void LossCard::add_validation(int index) {
    const MetricPoint& point = run().metrics[static_cast<size_t>(index)];
    plot_->add_validation(plot_->step_at(index), *point.eval_loss);
    const PlotMark mark = validation_mark(point, static_cast<size_t>(index), scale());
    const auto at = std::lower_bound(validations_.begin(), validations_.end(), mark.index,
                                     [](const PlotMark& other, size_t row) { return other.index < row; });
    if (at != validations_.end() && at->index == mark.index) {
        *at = mark;
    } else {
        validations_.insert(at, mark);  // nearly always at the end
    }
    marks_due_ = true;
}

void LossCard::refresh() {
    if (marks_due_) {
        std::vector<PlotMark> marks = run_marks(run(), scale());
        for (const auto& more : {quiet_marks(run(), scale()), validations_})
            marks.insert(marks.end(), more.begin(), more.end());
        plot_->set_marks(std::move(marks));
        marks_due_ = false;
        const std::vector<RunCheckpoint>& kept = run().summary.checkpoints;
        const bool gone = shown_ && shown_->kind == PlotMark::Kind::checkpoint &&
                          std::none_of(kept.begin(), kept.end(), [this](const RunCheckpoint& checkpoint) {
                              return checkpoint.step == shown_->run_step;
                          });
        if (gone && !panel_->isHidden()) panel_->close_panel();
    }
    plot_->set_last_step(scale().planned_end(run()));
    bar_->show_run(plot_->smoothing(), plot_->axis());
    const bool any = plot_->points() > 0;
    bar_->setVisible(any);
    for (QAction* action : {picture_, table_}) action->setEnabled(any);
    PlotCard::refresh();
}

void LossCard::set_smoothing(double smoothing) {
    plot_->set_smoothing(smoothing);
    refresh();
}

void LossCard::apply_look() {
    PlotCard::apply_look();
    plot_->set_clip(settings().clip(key()));
}

std::vector<PlotCursor::Line> LossCard::readout(int64_t index) const {
    const Theme& theme = plot_->theme();
    std::vector<PlotCursor::Line> lines{place_line(index)};
    lines.push_back({tr("train %1").arg(loss_text(plot_->smoothed_at(index))), theme.data[0]});
    if (plot_->smoothing() > 0)
        lines.push_back({tr("this step %1").arg(loss_text(plot_->value_at(index))), theme.muted, false});
    const double validation = plot_->validation_at(plot_->step_at(index));
    if (std::isfinite(validation)) lines.push_back({tr("validation %1").arg(loss_text(validation)), theme.data[1]});
    return lines;
}

void LossCard::show_next_mark(int direction) {
    const auto next = plot_->marks().next(shown_, direction);
    if (!next) return;
    const QCPRange seen = plot_->xAxis->range();
    if (!seen.contains(next->step)) {  // it comes into the middle
        plot_->zoom_within({next->step - seen.size() / 2, next->step + seen.size() / 2}, plot_->zoomed_values());
        Q_EMIT cursor()->zoomed();  // kept, and fitted
        plot_->replot();            // its place is asked for at once
    }
    show_mark(*next);
}

void LossCard::show_mark(PlotMark mark) {
    if (mark.kind == PlotMark::Kind::gap && mark.index < run().metrics.size())
        mark.run_step = run().metrics[mark.index].step;
    shown_ = mark;
    panel_->set_neighbours(plot_->marks().next(mark, -1).has_value(), plot_->marks().next(mark, 1).has_value());
    panel_->show_mark(mark_title(mark), mark_text(mark, run()), deeds_of(mark),
                      plot_->mapTo(this, plot_->marks().place_of(mark).toPoint()));
}

std::vector<MarkPanel::Deed> LossCard::deeds_of(const PlotMark& mark) {
    const auto index = static_cast<int>(mark.index);
    switch (mark.kind) {
        case PlotMark::Kind::checkpoint:
            return {{tr("Chat with it"), tr("Opens the chat with the weights of this checkpoint"),
                     [this, mark] { Q_EMIT checkpoint_wanted(QStringLiteral("chat"), mark.run_step); }},
                    {tr("Export…"), tr("Writes this checkpoint in a format that other programs read"),
                     [this, mark] { Q_EMIT checkpoint_wanted(QStringLiteral("export"), mark.run_step); }}};
        case PlotMark::Kind::sample:
            return {{tr("Show the sample"), tr("All of this text, with the probabilities of its tokens"),
                     [this, index] { Q_EMIT sample_wanted(index); }}};
        case PlotMark::Kind::event:
            return {{tr("Show in the events"), tr("Goes to this line of the list of events"),
                     [this, index] { Q_EMIT event_wanted(index); }}};
        case PlotMark::Kind::validation:
        case PlotMark::Kind::gap:
            break;
    }
    return {};
}

void LossCard::retranslate() {
    set_names(tr("Loss"), tr("Loss of each step; Ctrl and an arrow go to its marks"));
    panel_->retranslate();
    panel_->hide();
    bar_->retranslate();
    picture_->setText(tr("Save all curves as PNG…"));
    table_->setText(tr("Save every step as CSV…"));
    marks_due_ = true;
    PlotCard::retranslate();
}

}  // namespace lathe

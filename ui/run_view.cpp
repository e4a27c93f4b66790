#include "ui/run_view.h"

#include <QBuffer>
#include <QGridLayout>
#include <chrono>

#include "engine/base/machine_memory.h"
#include "ui/number_text.h"
#include "ui/run_figure.h"
#include "ui/run_table.h"
#include "ui/save_file.h"

namespace lathe {

namespace {

using namespace std::chrono_literals;

// Drawing takes time from the training: memory changes little, so that its areas, which take longest, come seldom.
constexpr auto kRefreshInterval = 100ms;
constexpr int64_t kMemoryInterval_ms = 1000;
constexpr size_t kSpeedSteps = 40;  // of a run that goes on
constexpr int kFedAtOnce = 10'000;  // rows: a part of a frame

CurvePlot::Look small_look(int color, bool smooth) {
    return {.color = color, .smooth = smooth, .from_zero = true, .step_intervals = 4, .value_intervals = 3};
}

QByteArray png_of(const RunDetail& run) {
    QByteArray png;
    QBuffer buffer(&png);
    buffer.open(QIODevice::WriteOnly);
    if (!draw_run_figure(run, {.size = {1440, 900}, .theme = &current_theme()}).save(&buffer, "PNG"))
        fail({.kind = ErrorKind::internal, .found = "Qt wrote no PNG"});
    return png;
}

}  // namespace

RunView::RunView(const PageContext& context, QWidget* parent)
    : QWidget(parent),
      context_(context),
      curve_settings_(context.settings),
      tiles_(new TileStrip),
      preparing_(new PreparingCard),
      outcome_(new RunOutcome),
      remedy_(new RunRemedy(context.run)),
      controls_(new RunControls(context.run)),
      tuned_(new TunedBar),
      loss_(new LossCard(curve_settings_)),
      memory_(new MemoryCard(curve_settings_)),
      sample_(new SampleCard),
      event_card_(new Card),
      events_(new EventList),
      rate_(new CurveCard(&MetricPoint::learning_rate, QStringLiteral("learning_rate"), small_look(3, false), rate_text,
                          curve_settings_)),
      norm_(new CurveCard(&MetricPoint::grad_norm, QStringLiteral("grad_norm"), small_look(4, true), loss_text,
                          curve_settings_)),
      speed_(new CurveCard(&MetricPoint::tokens_per_s, QStringLiteral("tokens_per_s"), small_look(2, true), speed_text,
                           curve_settings_)) {
    event_card_->content()->addWidget(events_, 1);
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, space::kCard);
    grid->setSpacing(space::kGrid);
    grid->addWidget(preparing_, 0, 0, 1, 6);
    grid->addWidget(tuned_, 0, 0, 1, 6);  // one of the two, before and after the run
    grid->addWidget(tiles_, 1, 0, 1, 6);
    auto* end = new QVBoxLayout;
    end->setSpacing(space::kGrid);
    end->addWidget(remedy_);
    end->addWidget(outcome_);
    grid->addLayout(end, 2, 0, 1, 6);
    grid->addWidget(controls_, 3, 0, 1, 6);
    grid->addWidget(loss_, 4, 0, 1, 4);
    grid->addWidget(memory_, 4, 4, 1, 2);
    grid->addWidget(sample_, 5, 0, 1, 4);
    grid->addWidget(event_card_, 5, 4, 1, 2);
    grid->addWidget(rate_, 6, 0, 1, 2);
    grid->addWidget(norm_, 6, 2, 1, 2);
    grid->addWidget(speed_, 6, 4, 1, 2);
    for (int column = 0; column < 6; ++column) grid->setColumnStretch(column, 1);
    grid->setRowStretch(4, 10);
    grid->setRowStretch(5, 6);
    grid->setRowStretch(6, 5);
    for (QWidget* card : std::initializer_list<QWidget*>{loss_, memory_, sample_, event_card_, rate_, norm_, speed_})
        card->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Expanding);

    refresh_.setSingleShot(true);
    refresh_.setInterval(kRefreshInterval);
    connect(&refresh_, &QTimer::timeout, this, &RunView::refresh);
    const RunWatch& run = context.run;
    connect(&run, &RunWatch::reset, this, &RunView::on_reset);
    connect(&run, &RunWatch::state_changed, this, &RunView::on_state);
    connect(&run, &RunWatch::progressed, this, [this] { preparing_->show_progress(context_.run.progress()); });
    feed_.setSingleShot(true);
    feed_.setInterval(0);
    connect(&feed_, &QTimer::timeout, this, &RunView::feed);
    connect(&run, &RunWatch::stepped, this, [this] {
        if (!feed_.isActive()) feed();
    });
    connect(&run, &RunWatch::validated, this, [this](int index) {
        if (index >= fed_) return;  // comes with its row
        const MetricPoint& point = context_.run.detail().metrics[static_cast<size_t>(index)];
        totals_.add_validation(point.step, *point.eval_loss);
        loss_->add_validation(index);
        refresh_.start();
    });
    connect(&run, &RunWatch::sampled, this, [this] {
        sample_->show_latest(context_.run.detail());
        on_marks();
    });
    connect(&run, &RunWatch::noted, this, [this] {
        events_->add(context_.run.detail().events.back());
        on_marks();
    });
    connect(&run, &RunWatch::saved, this, [this] {
        on_marks();
        on_state();
    });
    connect(&context.engine, &EngineLink::event_arrived, this, &RunView::on_event);
    connect(sample_, &SampleCard::chat_wanted, this, &RunView::chat_wanted);
    connect_plots();
    on_reset();
}

void RunView::connect_plots() {
    for (RunPlotCard* card : plots()) {
        connect(card, &PlotCard::failed, this, &RunView::failed);
        connect(card->cursor(), &PlotCursor::moved, this, [this, card](double step) {
            for (RunPlotCard* other : plots())
                if (other != card) other->cursor()->show_at(step);
        });
    }
    connect(loss_->bar(), &CurveBar::axis_changed, this, &RunView::show_curves);
    connect(loss_->bar(), &CurveBar::smoothing_changed, this, [this](double smoothing) {
        loss_->set_smoothing(smoothing);
        for (CurveCard* card : {rate_, norm_, speed_}) {
            card->set_smoothing(smoothing);
            card->refresh();
        }
    });
    connect(loss_, &LossCard::picture_wanted, this, &RunView::save_picture);
    connect(loss_, &LossCard::table_wanted, this, &RunView::save_table);
    connect(loss_, &LossCard::checkpoint_wanted, this, [this](const QString& page, int64_t step) {
        Q_EMIT model_wanted(page, {.folder = {}, .run = context_.run.run(), .checkpoint = std::to_string(step)});
    });
    connect(loss_, &LossCard::sample_wanted, this, [this](int index) {
        sample_->show_sample(index);
        reveal(sample_);
    });
    connect(loss_, &LossCard::event_wanted, this, [this](int index) {
        events_->show_event(index);
        reveal(event_card_);
    });
}

void RunView::on_marks() {
    loss_->marks_changed();
    if (!refresh_.isActive()) refresh_.start();
}

void RunView::reveal(QWidget* card) {
    for (QWidget* above = parentWidget(); above != nullptr; above = above->parentWidget())
        if (auto* area = qobject_cast<QScrollArea*>(above)) return area->ensureWidgetVisible(card);
}

void RunView::on_reset() {
    const RunDetail& run = context_.run.detail();
    show_curves();
    sample_->show_latest(run);
    events_->set_events(run.events);
    ask_estimate();
    memory_drawn_.invalidate();
    on_state();
    show_tiles();
}

void RunView::show_curves() {
    totals_ = {};
    fed_ = 0;
    for (RunPlotCard* card : plots()) card->begin(context_.run.detail());
    feed();
    for (RunPlotCard* card : plots()) card->refresh();
}

void RunView::feed() {
    const RunDetail& run = context_.run.detail();
    const int all = static_cast<int>(run.metrics.size()), end = std::min(fed_ + kFedAtOnce, all);
    for (int i = fed_; i < end; ++i) totals_.add(run.metrics[static_cast<size_t>(i)]);
    for (RunPlotCard* card : plots()) card->append(run, fed_, end);
    fed_ = end;
    if (fed_ < all) {
        feed_.start();
    } else {
        feed_.stop();
    }
    if (!refresh_.isActive()) refresh_.start();
}

void RunView::on_state() {
    const RunWatch& run = context_.run;
    const bool preparing = run.state() == RunWatch::State::preparing;
    preparing_->setVisible(preparing);
    tiles_->setVisible(!preparing);
    const bool ended = run.state() == RunWatch::State::ended;
    controls_->setVisible(!ended && run.state() != RunWatch::State::followed);
    outcome_->show_run(run.detail(), ended);
    remedy_->show_run();
    preparing_->show_progress(run.progress());
    tuned_->show_run(run.detail(), run.state() == RunWatch::State::ended);
    memory_->refresh();  // the last steps before a pause
    sample_->set_can_chat(run.is_live() || !run.detail().summary.checkpoints.empty());
    show_tiles();
}

// What the run was planned to take; once a run.
void RunView::ask_estimate() {
    const RunDetail& run = context_.run.detail();
    if (run.summary.run == estimated_run_ && !estimated_run_.empty()) return;
    estimated_run_.clear();
    estimated_bytes_.clear();
    memory_->set_estimate({});
    if (run.config_json.empty()) return;
    try {
        const RunConfig config = parse_run_config(run.config_json, "");
        estimated_run_ = run.summary.run;
        estimate_request_ = context_.engine.post(EstimateRun{.config = config});
    } catch (const Exception&) {
        // A run of another version: it is shown without an estimate.
    }
}

void RunView::on_event(const Event& event) {
    if (event.request != estimate_request_ || estimate_request_ == 0) return;
    if (const auto* estimate = std::get_if<EstimateDone>(&event.body)) {
        auto bytes = estimate->bytes;
        // The program itself as it was when the run began, not as it is now that the run is in it.
        const std::vector<MetricPoint>& metrics = context_.run.detail().metrics;
        if (!metrics.empty() && metrics.front().bytes.count("program") > 0)
            bytes["program"] = metrics.front().bytes.at("program");
        estimated_bytes_ = std::move(bytes);
        memory_->set_estimate(estimated_bytes_);
        show_tiles();
    }
}

void RunView::refresh() {
    if (!isVisible()) return;
    loss_->refresh();
    if (!memory_drawn_.isValid() || memory_drawn_.elapsed() >= kMemoryInterval_ms) {
        memory_->refresh();
        memory_drawn_.start();
    }
    for (CurveCard* card : {rate_, norm_, speed_}) card->refresh();
    show_tiles();
}

void RunView::show_tiles() {
    const bool live = context_.run.is_live() || context_.run.state() == RunWatch::State::followed;
    tiles_->set_tiles(run_tiles(context_.run.detail(), totals_,
                                {.seconds_left = live ? context_.run.seconds_left() : 0,
                                 .estimated_bytes = total_bytes(estimated_bytes_),
                                 .speed_steps = live ? kSpeedSteps : 0,
                                 .peak_tokens_per_s = context_.run.peak_tokens_per_s()}));
}

void RunView::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    refresh();
}

void RunView::save_picture() {
    const QString name = QString::fromStdString(context_.run.run()) + QStringLiteral(".png");
    const auto error = ask_and_save(this, tr("Save the curves as a picture"), name, tr("Pictures (*.png)"),
                                    [this] { return png_of(context_.run.detail()).toStdString(); });
    if (error) Q_EMIT failed(*error);
}

void RunView::save_table() {
    const QString name = QString::fromStdString(context_.run.run()) + QStringLiteral(".csv");
    const auto error = ask_and_save(this, tr("Save every step as a table"), name, tr("Tables (*.csv)"),
                                    [this] { return run_table(context_.run.detail().metrics); });
    if (error) Q_EMIT failed(*error);
}

void RunView::restyle() {
    const Theme& theme = current_theme();
    for (RunPlotCard* card : plots()) card->set_theme(theme);
    tiles_->update();
}

void RunView::retranslate() {
    preparing_->retranslate();
    outcome_->retranslate();
    remedy_->retranslate();
    controls_->retranslate();
    tuned_->retranslate();
    sample_->retranslate();
    event_card_->set_title(tr("Events"));
    events_->setAccessibleName(tr("Events, newest first"));
    events_->set_events(context_.run.detail().events);
    rate_->set_words(tr("Learning rate"), tr("Learning rate at each step"));
    norm_->set_words(tr("Gradient norm"), tr("Length of the gradient before clipping, at each step"));
    speed_->set_words(tr("Tokens per second"), tr("Speed at each step"));
    for (RunPlotCard* card : plots()) card->retranslate();
    refresh();
    show_tiles();
}

}  // namespace lathe

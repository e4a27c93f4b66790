#include "ui/run_remedy.h"

#include "ui/number_text.h"
#include "ui/sample_field.h"

namespace lathe {

namespace {

constexpr double kSlower = 0.5, kUsualClip = 1;

bool is_broken(const RunWatch& run) {
    const RunDetail& detail = run.detail();
    return run.state() == RunWatch::State::ended && detail.summary.state == "failed" && detail.error &&
           detail.error->kind == ErrorKind::non_finite;
}

std::optional<RunConfig> config_of(const RunDetail& run) {
    std::optional<RunConfig> config;
    static_cast<void>(error_of([&] { config = parse_run_config(run.config_json, ""); }));  // of another version
    return config;
}

// What the gradients were clipped at last, as the record has it: "max_grad_norm 0.5", "none" as the settings say.
double last_clip(const RunDetail& run, double as_set) {
    const std::string key = "max_grad_norm ";
    for (auto line = run.events.rbegin(); line != run.events.rend(); ++line) {
        if (line->kind != "control" || !line->text.starts_with(key)) continue;
        bool number = false;
        const double clip = QString::fromStdString(line->text.substr(key.size())).toDouble(&number);
        return number ? clip : as_set;
    }
    return as_set;
}

}  // namespace

RunRemedy::RunRemedy(RunWatch& run, QWidget* parent)
    : Card(parent),
      run_(run),
      text_(make_label(TextRole::body)),
      slower_(make_button(ButtonKind::primary)),
      clipped_(make_button(ButtonKind::plain)),
      skipping_(make_button(ButtonKind::plain)) {
    text_->setWordWrap(true);
    content()->addWidget(text_);
    for (QPushButton* way : {slower_, clipped_, skipping_}) content()->addWidget(way, 0, Qt::AlignLeft);
    connect(slower_, &QPushButton::clicked, this, [this] { go_on(kSlower, std::nullopt); });
    connect(clipped_, &QPushButton::clicked, this, [this] { go_on(1, clip_); });
    connect(skipping_, &QPushButton::clicked, this, [this] { go_on(1, std::nullopt, {run_.detail().summary.step}); });
    hide();
}

void RunRemedy::show_run() {
    config_ = is_broken(run_) ? config_of(run_.detail()) : std::nullopt;
    setVisible(config_.has_value());
    if (!config_) return;
    const double clip = last_clip(run_.detail(), config_->train.max_grad_norm);
    clip_ = clip > 0 ? clip / 2 : kUsualClip;
    retranslate();
}

void RunRemedy::go_on(double learning_rate_factor, std::optional<double> max_grad_norm, std::set<int64_t> skip_steps) {
    const RunSummary& run = run_.detail().summary;
    if (!run.checkpoints.empty())
        return run_.start({.config = {},
                           .config_file = {},
                           .resume = run.run,
                           .learning_rate_factor = learning_rate_factor,
                           .max_grad_norm = max_grad_norm,
                           .skip_steps = std::move(skip_steps)});
    RunConfig config = *config_;
    config.train.learning_rate *= learning_rate_factor;
    if (max_grad_norm) config.train.max_grad_norm = *max_grad_norm;
    for (const RunDetail::Line& line : run_.detail().events)
        if (line.kind == "skipped") skip_steps.insert(line.step);
    run_.start(
        {.config = config, .config_file = run.name + ".json", .resume = {}, .skip_steps = std::move(skip_steps)});
}

void RunRemedy::retranslate() {
    set_title(tr("The loss was not finite"));
    if (!config_) return;
    const QString clip = field_text(clip_);
    const std::vector<RunCheckpoint>& kept = run_.detail().summary.checkpoints;
    const QString broken = count_text(run_.detail().summary.step);
    const QString skip_tip =
        tr("Step %1 draws its batch and updates nothing; its loss stays a gap in the curve. It "
           "helps where the batch is at fault, not where the weights are");
    if (kept.empty()) {
        text_->setText(
            tr("It failed before its first checkpoint. With the same settings it would fail again; smaller "
               "steps usually get past it, and so does skipping a batch that is at fault."));
        const QString tip = tr("A new run with this one change, from the first step on");
        set_words(slower_, tr("Start again at half the learning rate"), tip);
        set_words(clipped_, tr("Start again with gradients clipped at %1").arg(clip), tip);
        set_words(skipping_, tr("Start again and skip the batch of step %1").arg(broken), skip_tip.arg(broken));
        return;
    }
    const QString step = count_text(kept.back().step);
    text_->setText(tr("The checkpoint of step %1 is whole. With the same settings the run would fail again; smaller "
                      "steps usually get past it, and so does skipping a batch that is at fault.")
                       .arg(step));
    const QString tip =
        tr("Goes on from step %1 with this one change, which can be taken back while it trains").arg(step);
    set_words(slower_, tr("Resume at half the learning rate"), tip);
    set_words(clipped_, tr("Resume with gradients clipped at %1").arg(clip), tip);
    set_words(skipping_, tr("Resume and skip the batch of step %1").arg(broken), skip_tip.arg(broken));
}

}  // namespace lathe

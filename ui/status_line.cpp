#include "ui/status_line.h"

#include <QEvent>
#include <QPainter>

#include "engine/base/memory.h"
#include "ui/error_text.h"
#include "ui/number_text.h"
#include "ui/run_list.h"

namespace lathe {

namespace {

constexpr int kHeight = 30, kDot = 8;

}  // namespace

StatusLine::StatusLine(EngineLink& engine, const RunWatch& run, QWidget* parent)
    : QWidget(parent),
      engine_(engine),
      run_(run),
      text_(new ElidedLabel(TextRole::caption, Tone::muted)),
      palette_(make_button(ButtonKind::quiet)),
      language_(make_button(ButtonKind::quiet)),
      device_(make_label(TextRole::caption, Tone::muted)) {
    setFixedHeight(kHeight);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(space::kCard + kDot + space::kSmall, 0, space::kCard, 0);
    row->setSpacing(space::kSmall);
    row->addWidget(text_, 1);
    row->addWidget(palette_);
    row->addWidget(language_);
    row->addWidget(device_);
    connect(&run, &RunWatch::reset, this, &StatusLine::tell);
    connect(&run, &RunWatch::state_changed, this, &StatusLine::tell);
    connect(&run, &RunWatch::progressed, this, &StatusLine::tell);
    connect(&run, &RunWatch::stepped, this, &StatusLine::tell);
    connect(&engine, &EngineLink::long_jobs_changed, this, &StatusLine::tell);
    connect(&engine, &EngineLink::long_jobs_progressed, this, &StatusLine::tell);
    connect(&engine, &EngineLink::event_arrived, this, &StatusLine::on_event);
    retranslate();
}

void StatusLine::on_event(const Event& event) {
    if (const auto* opened = std::get_if<WorkspaceOpened>(&event.body)) {
        threads_ = opened->threads;
        return retranslate();
    }
    const size_t before = answering_.size();
    if (std::holds_alternative<ChatStarted>(event.body)) answering_.insert(event.request);
    if (std::holds_alternative<ChatDone>(event.body) || std::holds_alternative<Failed>(event.body))
        answering_.erase(event.request);
    if (answering_.size() != before) tell();
}

void StatusLine::set_palette_keys(const QString& keys) {
    palette_keys_ = keys;
    retranslate();
}

void StatusLine::retranslate() {
    set_words(palette_, palette_keys_.isEmpty() ? tr("every action") : tr("%1  every action").arg(palette_keys_),
              tr("Search every action of every page"));
    // In the other language, so that whoever cannot read this one finds the way.
    const bool korean = QLocale().language() == QLocale::Korean;
    set_words(language_, korean ? QStringLiteral("English") : QStringLiteral("한국어"), tr("Change the language"));
    device_->setText(threads_ > 0 ? tr("CPU · %1 threads").arg(threads_) : tr("CPU"));
    tell();
}

void StatusLine::tell() {
    const RunSummary& run = run_.detail().summary;
    const QString memory = bytes_text(static_cast<double>(resident_bytes()));
    const std::map<RequestId, LongJob>& jobs = engine_.long_jobs();
    QStringList parts;
    dot_ = Tone::muted;
    switch (run_.state()) {
        case RunWatch::State::preparing:
            parts << tr("Preparing");
            if (run_.progress()) parts << progress_text(*run_.progress());
            dot_ = Tone::warn;
            break;
        case RunWatch::State::training:
        case RunWatch::State::paused:
            parts << (run_.is_closing()                           ? tr("Saving")
                      : run_.state() == RunWatch::State::training ? tr("Training")
                                                                  : tr("Paused"))
                  << name_of(run) << tr("step %1 of %2").arg(count_text(run.step), count_text(run.max_steps));
            if (!run_.detail().metrics.empty()) parts << speed_text(run_.detail().metrics.back().tokens_per_s);
            dot_ = run_.state() == RunWatch::State::training ? Tone::ok : Tone::warn;
            break;
        case RunWatch::State::none:
        case RunWatch::State::followed:
        case RunWatch::State::ended:
            if (!answering_.empty())
                parts << tr("Answering");
            else if (jobs.empty())
                parts << tr("Ready");
            dot_ = answering_.empty() && jobs.empty() ? Tone::muted : Tone::ok;
            break;
    }
    for (const auto& [request, job] : jobs) parts << job_text(job);
    if (run_.is_live() && !answering_.empty()) parts << tr("chats: %1").arg(answering_.size());
    parts << memory;
    text_->set_text(parts.join(QStringLiteral(" · ")));
    update();
}

void StatusLine::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) retranslate();
}

void StatusLine::paintEvent(QPaintEvent* /*event*/) {
    const Theme& theme = current_theme();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillRect(rect(), theme.background);
    painter.fillRect(QRect(0, 0, width(), 1), theme.line);
    painter.setPen(Qt::NoPen);
    painter.setBrush(dot_ == Tone::muted ? theme.faint : tone_color(theme, dot_));
    painter.drawEllipse(QPointF(space::kCard + kDot / 2.0, height() / 2.0), kDot / 2.0, kDot / 2.0);
}

}  // namespace lathe

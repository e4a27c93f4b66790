#include "ui/run_row.h"

#include <QPainter>

#include "ui/error_text.h"
#include "ui/number_text.h"
#include "ui/paint_parts.h"
#include "ui/run_list.h"

namespace lathe {

namespace {

constexpr int kHeight = 44;
constexpr double kDot = 8;

}  // namespace

bool can_resume(const RunSummary& run) {
    const bool ended_early = run.state == "interrupted" || run.state == "stopped" || run.state == "failed";
    // The last step of a failed one is not done.
    const bool done = run.state != "failed" && run.max_steps > 0 && run.step >= run.max_steps;
    return ended_early && !done && !run.checkpoints.empty();
}

bool can_start_again(const RunSummary& run) {
    return run.state == "interrupted" && run.checkpoints.empty();
}

RunRow::RunRow(const RunSummary& run, QWidget* parent)
    : QAbstractButton(parent),
      buttons_(new QWidget),
      resume_(make_button(ButtonKind::link)),
      again_(make_button(ButtonKind::link)),
      chat_(make_icon_button(QStringLiteral("chat"))),
      export_(make_icon_button(QStringLiteral("export"))) {
    setCursor(Qt::PointingHandCursor);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, space::kSmall, 0);
    row->addStretch(1);
    row->addWidget(buttons_);
    auto* inner = new QHBoxLayout(buttons_);
    inner->setContentsMargins(0, 0, 0, 0);
    inner->setSpacing(space::kTiny);
    for (QPushButton* button : {resume_, again_, chat_, export_}) inner->addWidget(button);
    connect(resume_, &QPushButton::clicked, this, &RunRow::resume_wanted);
    connect(again_, &QPushButton::clicked, this, &RunRow::start_again_wanted);
    connect(chat_, &QPushButton::clicked, this, &RunRow::chat_wanted);
    connect(export_, &QPushButton::clicked, this, &RunRow::export_wanted);
    show_run(run);
}

void RunRow::show_run(const RunSummary& run) {
    run_ = run;
    setAccessibleName(tr("%1, %2, step %3").arg(name_of(run), state_word(run.state).word, count_text(run.step)));
    setToolTip(run.error ? error_text(*run.error) : QString::fromStdString(run.run));
    set_words(resume_, tr("Resume"), tr("Go on from the newest checkpoint"));
    set_words(again_, tr("Start again"), tr("A new run on the Train page, with the settings of this one"));
    set_words(chat_, {}, tr("Chat with it"));
    set_words(export_, {}, tr("Export it"));
    resume_->setVisible(can_resume(run));
    again_->setVisible(can_start_again(run));
    chat_->setEnabled(!run.checkpoints.empty());
    export_->setEnabled(!run.checkpoints.empty());
    update();
}

QSize RunRow::sizeHint() const {
    return {480, kHeight};
}

void RunRow::paintEvent(QPaintEvent* /*event*/) {
    const Theme& theme = current_theme();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF all = QRectF(rect()).adjusted(1, 1, -1, -1);
    if (underMouse() || hasFocus()) {
        painter.setPen(hasFocus() ? QPen(theme.accent, 2) : QPen(Qt::NoPen));
        painter.setBrush(underMouse() ? theme.raised : theme.surface);
        painter.drawRoundedRect(all, radius::kControl, radius::kControl);
    }
    const StateWord state = state_word(run_.state);
    painter.setPen(Qt::NoPen);
    painter.setBrush(state.tone == Tone::muted ? theme.faint : tone_color(theme, state.tone));
    painter.drawEllipse(QPointF(space::kGrid + kDot / 2, height() / 2.0), kDot / 2, kDot / 2);

    // Columns by share of what is left beside the buttons.
    const double left = space::kGrid + kDot + space::kGrid, width = buttons_->x() - left - space::kGrid;
    double x = left;
    const auto column = [&](double share, const QString& text, TextRole role, const QColor& color) {
        const double each = width * share;
        paint_text(painter, {x, 0, each - space::kSmall, static_cast<double>(height())}, text, role, color);
        x += each;
    };
    const QString steps = run_.max_steps > 0
                              ? tr("%1 of %2 steps").arg(count_text(run_.step), count_text(run_.max_steps))
                              : tr("%1 steps").arg(count_text(run_.step));
    column(0.24, name_of(run_), TextRole::button, theme.text);
    column(0.14, state.word, TextRole::caption, tone_color(theme, state.tone));
    column(0.24, steps, TextRole::caption, theme.muted);
    column(0.20,
           run_.eval_loss ? tr("validation %1").arg(loss_text(*run_.eval_loss))
           : run_.loss    ? tr("loss %1").arg(loss_text(*run_.loss))
                          : QString(),
           TextRole::caption, theme.muted);
    column(0.18, time_text(run_.created_at_ms), TextRole::caption, theme.muted);
}

}  // namespace lathe

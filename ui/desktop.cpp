#include "ui/desktop.h"

#include <QApplication>
#include <QDBusMessage>
#include <QPainter>

#include "ui/battery.h"
#include "ui/error_text.h"
#include "ui/number_text.h"
#include "ui/run_list.h"
#include "ui/theme.h"

namespace lathe {

namespace {

using namespace std::chrono_literals;

constexpr auto kPowerInterval = 20s;
constexpr int kIcon = 64;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Desktop)
};

void notify(const QString& heading, const QString& text) {
    // specifications.freedesktop.org/notification-spec
    QDBusMessage call = QDBusMessage::createMethodCall(
        QStringLiteral("org.freedesktop.Notifications"), QStringLiteral("/org/freedesktop/Notifications"),
        QStringLiteral("org.freedesktop.Notifications"), QStringLiteral("Notify"));
    call << QStringLiteral("Lathe") << uint(0) << QString() << heading << text << QStringList() << QVariantMap() << -1;
    QDBusConnection::sessionBus().send(call);
}

}  // namespace

QIcon tray_icon(double progress) {
    QPixmap picture(kIcon, kIcon);
    picture.fill(Qt::transparent);
    QPainter painter(&picture);
    painter.setRenderHint(QPainter::Antialiasing);
    const Theme& theme = dark_theme();  // a tray is dark or light as it likes: the icon brings its own ground
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.rail);
    painter.drawEllipse(QRectF(2, 2, kIcon - 4, kIcon - 4));
    QFont font = text_font(TextRole::title);
    font.setPixelSize(30);
    painter.setFont(font);
    painter.setPen(theme.text);
    painter.drawText(QRectF(0, 0, kIcon, kIcon), Qt::AlignCenter, QStringLiteral("L"));
    if (progress >= 0) {
        const QRectF ring(5, 5, kIcon - 10, kIcon - 10);
        painter.setPen(QPen(theme.line, 6));
        painter.drawEllipse(ring);
        painter.setPen(QPen(theme.accent, 6, Qt::SolidLine, Qt::RoundCap));
        painter.drawArc(ring, 90 * 16, static_cast<int>(-360 * 16 * std::min(progress, 1.0)));
    }
    return picture;
}

Desktop::Desktop(EngineLink& engine, RunWatch& run, Preferences& preferences, QWidget& window, DesktopPlace place)
    : QObject(&window),
      engine_(engine),
      run_(run),
      preferences_(preferences),
      window_(window),
      place_(std::move(place)),
      show_(menu_.addAction(QString())),
      pause_(menu_.addAction(QString())),
      stop_(menu_.addAction(QString())),
      quit_(menu_.addAction(QString())) {
    if (place_.tray) make_tray();
    connect(show_, &QAction::triggered, this, &Desktop::show_window);
    connect(pause_, &QAction::triggered, this,
            [this] { run_.state() == RunWatch::State::paused ? run_.go_on() : run_.pause(); });
    connect(stop_, &QAction::triggered, &run, &RunWatch::stop);
    connect(quit_, &QAction::triggered, this, &Desktop::quit_wanted);
    power_timer_.setInterval(kPowerInterval);
    connect(&power_timer_, &QTimer::timeout, this, &Desktop::look_at_power);
    connect(&run, &RunWatch::state_changed, this, &Desktop::on_state);
    connect(&run, &RunWatch::reset, this, &Desktop::on_state);
    connect(&run, &RunWatch::stepped, this, &Desktop::on_step);
    connect(&engine, &EngineLink::long_jobs_changed, this, &Desktop::apply);
    connect(&engine, &EngineLink::long_job_ended, this, &Desktop::on_job_end);
    connect(&preferences, &Preferences::changed, this, &Desktop::apply);
    retranslate();
    apply();
}

void Desktop::make_tray() {
    tray_ = new QSystemTrayIcon(this);
    tray_->setContextMenu(&menu_);
    connect(tray_, &QSystemTrayIcon::activated, this, [this](QSystemTrayIcon::ActivationReason reason) {
        if (reason == QSystemTrayIcon::Trigger) show_->trigger();
    });
    paint_tray();
    tray_->show();
}

// Hidden, it is no window that is open: the end of any other, of a dialog, would be the program's.
void Desktop::hide_window() {
    if (!has_tray()) return window_.showMinimized();
    QApplication::setQuitOnLastWindowClosed(false);
    window_.hide();
}

void Desktop::show_window() {
    QApplication::setQuitOnLastWindowClosed(true);
    window_.setWindowState(window_.windowState() & ~Qt::WindowMinimized);
    window_.show();
    window_.raise();
    window_.activateWindow();
}

std::pair<QString, QString> Desktop::end_words(const RunDetail& run) {
    const RunSummary& summary = run.summary;
    const QString name = name_of(summary);
    if (run.error) return {Words::tr("%1 has failed").arg(name), error_text(*run.error)};
    QStringList parts = {Words::tr("%1 steps").arg(count_text(summary.step))};
    if (summary.loss) parts << Words::tr("loss %1").arg(loss_text(*summary.loss));
    if (summary.eval_loss) parts << Words::tr("validation %1").arg(loss_text(*summary.eval_loss));
    return {summary.state == "finished" ? Words::tr("%1 is finished").arg(name) : Words::tr("%1 was stopped").arg(name),
            parts.join(QStringLiteral(" · "))};
}

std::pair<QString, QString> Desktop::end_words(const LongJob& job, const EventBody& answer) {
    const QString name = job_name(job);
    if (const auto* failed = std::get_if<Failed>(&answer))
        return {Words::tr("%1 has failed").arg(name), error_text(failed->error)};
    return {Words::tr("%1 is finished").arg(name),
            Words::tr("It took %1.").arg(duration_text(static_cast<double>(job.since.elapsed()) / 1000))};
}

void Desktop::tell_end(const std::pair<QString, QString>& words, int64_t took_ms) {
    if (!preferences_.notifies() || std::chrono::milliseconds(took_ms) < place_.long_work || window_.isActiveWindow())
        return;
    notify(words.first, words.second);
    Q_EMIT notified(words.first, words.second);
}

// Who cancelled it knows.
void Desktop::on_job_end(const LongJob& job, const EventBody& answer) {
    const auto* failed = std::get_if<Failed>(&answer);
    if (failed != nullptr && failed->error.kind == ErrorKind::cancelled) return;
    tell_end(end_words(job, answer), job.since.elapsed());
}

void Desktop::on_state() {
    const bool busy = run_.is_busy();
    if (busy && !was_busy_) busy_since_.start();
    if (!busy && was_busy_ && run_.state() == RunWatch::State::ended)
        tell_end(end_words(run_.detail()), busy_since_.elapsed());
    was_busy_ = busy;
    apply();
    retranslate();
}

// What the state and the user's wishes come to.
void Desktop::apply() {
    const bool working = run_.state() == RunWatch::State::training || run_.state() == RunWatch::State::preparing;
    if ((working || engine_.is_making()) && preferences_.keeps_awake())
        awake_.hold(working ? Words::tr("A model is being trained") : Words::tr("Long work goes on"));
    else
        awake_.release();
    if (preferences_.leaves_room() != leaves_room_) {
        leaves_room_ = preferences_.leaves_room();
        engine_.post(LeaveRoom{.on = leaves_room_});
    }
    if (working && !power_timer_.isActive()) {
        power_timer_.start();
        look_at_power();
    } else if (!working) {
        power_timer_.stop();
    }
    if (!run_.is_busy()) tell_power(false);  // the next run asks anew
}

void Desktop::look_at_power() {
    tell_power(on_battery(place_.power));
}

void Desktop::tell_power(bool battery) {
    if (battery == on_battery_) return;
    on_battery_ = battery;
    battery ? Q_EMIT battery_in_use() : Q_EMIT battery_no_more();
}

void Desktop::on_step() {
    const RunSummary& run = run_.detail().summary;
    const int percent = run.max_steps > 0 ? static_cast<int>(100 * run.step / run.max_steps) : 0;
    if (percent == painted_percent_) return;
    painted_percent_ = percent;
    paint_tray();
}

void Desktop::paint_tray() {
    if (tray_ == nullptr) return;
    const RunSummary& run = run_.detail().summary;
    const bool known = run_.is_live() && run.max_steps > 0;
    tray_->setIcon(tray_icon(known ? static_cast<double>(run.step) / static_cast<double>(run.max_steps) : -1));
    QString words = QStringLiteral("Lathe");
    if (run_.is_live())
        words +=
            QStringLiteral(" · ") + Words::tr("step %1 of %2").arg(count_text(run.step), count_text(run.max_steps));
    tray_->setToolTip(words);
}

void Desktop::retranslate() {
    show_->setText(Words::tr("Show Lathe"));
    pause_->setText(run_.state() == RunWatch::State::paused ? Words::tr("Continue the run")
                                                            : Words::tr("Pause the run"));
    pause_->setEnabled(run_.is_live() && !run_.is_closing());
    stop_->setText(Words::tr("Save and stop the run"));
    stop_->setEnabled(run_.is_live() && !run_.is_closing());
    quit_->setText(Words::tr("Quit"));
    paint_tray();
}

}  // namespace lathe

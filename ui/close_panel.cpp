#include "ui/close_panel.h"

#include <QApplication>
#include <QKeyEvent>

#include "ui/number_text.h"

namespace lathe {

namespace {

constexpr int kWidth = 520;

}  // namespace

ClosePanel::ClosePanel(EngineLink& engine, RunWatch& run, Preferences& preferences, bool tray, QWidget* window)
    : QFrame(window),
      engine_(engine),
      run_(run),
      preferences_(preferences),
      tray_(tray),
      title_(make_label(TextRole::heading)),
      text_(make_label(TextRole::body, Tone::muted)),
      remember_(new Switch),
      remember_word_(make_label(TextRole::body, Tone::muted)),
      go_on_(make_button(ButtonKind::primary)),
      stop_(make_button(ButtonKind::plain)),
      back_(make_button(ButtonKind::quiet)) {
    setProperty("role", QStringLiteral("card"));
    text_->setWordWrap(true);
    remember_->setCheckable(true);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(space::kPage, space::kPage, space::kPage, space::kPage);
    column->setSpacing(space::kGrid);
    column->addWidget(title_);
    column->addWidget(text_);
    auto* line = new QHBoxLayout;
    line->addWidget(remember_);
    line->addWidget(remember_word_, 1);
    column->addLayout(line);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(space::kSmall);
    buttons->addWidget(go_on_);
    buttons->addWidget(stop_);
    buttons->addStretch(1);
    buttons->addWidget(back_);
    column->addLayout(buttons);
    connect(go_on_, &QPushButton::clicked, this, [this] {
        remember(OnClose::go_on_in_tray);
        hide();
        Q_EMIT hidden_wanted();
    });
    connect(stop_, &QPushButton::clicked, this, [this] {
        remember(OnClose::save_and_stop);
        save_and_stop();
    });
    connect(back_, &QPushButton::clicked, this, [this] {
        hide();
        if (came_from_ != nullptr) came_from_->setFocus();
    });
    connect(&run, &RunWatch::state_changed, this, &ClosePanel::tell);
    connect(&engine, &EngineLink::long_jobs_changed, this, &ClosePanel::on_jobs);
    connect(&engine, &EngineLink::long_jobs_progressed, this, [this] {
        if (isVisible()) tell();
    });
    window->installEventFilter(this);
    hide();
    retranslate();
}

void ClosePanel::open() {
    if (stopping_) return;  // it closes as soon as it may
    if (!isVisible()) came_from_ = QApplication::focusWidget();
    tell();
    place();
    show();
    raise();
    go_on_->setFocus();
}

void ClosePanel::save_and_stop() {
    stopping_ = true;
    Q_EMIT stopping();
    tell();
    place();
    show();
    raise();
    if (run_.is_busy()) run_.stop();
    on_jobs();
}

// What begins while all is to end, as the proof of an export, ends too.
void ClosePanel::on_jobs() {
    if (stopping_)
        for (const auto& [request, job] : engine_.long_jobs())
            if (cancelled_.insert(request).second) engine_.cancel(request);
    tell();
}

void ClosePanel::remember(OnClose choice) {
    if (remember_->isVisible() && remember_->isChecked()) preferences_.set_on_close(choice);
}

void ClosePanel::place() {
    const int width = std::min(kWidth, parentWidget()->width() - 2 * space::kPage);
    const int height = layout()->hasHeightForWidth() ? layout()->heightForWidth(width) : sizeHint().height();
    setGeometry((parentWidget()->width() - width) / 2, parentWidget()->height() / 4, width, height);
}

void ClosePanel::tell() {
    if (stopping_ && !is_needed()) {
        stopping_ = false;
        hide();
        Q_EMIT done();
        return;
    }
    if (isVisible() && !is_needed()) return back_->click();  // it has ended by itself: nothing to ask
    const bool runs = run_.is_busy(), makes = engine_.is_making();
    for (QWidget* choice : std::initializer_list<QWidget*>{go_on_, stop_, back_}) choice->setVisible(!stopping_);
    for (QWidget* choice : std::initializer_list<QWidget*>{remember_, remember_word_})
        choice->setVisible(!stopping_ && !makes);  // it is of runs alone
    if (runs)
        set_words(stop_, tr("Save and stop"), tr("Writes a checkpoint, then closes; the run can be resumed later"));
    else
        set_words(stop_, tr("Stop and close"), tr("Ends the work; nothing half-made stays"));
    QStringList texts;
    if (stopping_) {
        title_->setText(runs ? tr("Saving") : tr("Stopping"));
        texts << (runs ? tr("The last checkpoint is being written. Lathe closes when it is on disk.")
                       : tr("Lathe closes as soon as the work can stop."));
    } else {
        title_->setText(runs ? tr("A run is going on") : tr("Work is going on"));
        const RunSummary& run = run_.detail().summary;
        if (runs)
            texts << tr("Step %1 of %2. It can go on without the window, or be saved now and resumed at any time.")
                         .arg(count_text(run.step), count_text(run.max_steps));
        QStringList jobs;
        for (const auto& [request, job] : engine_.long_jobs())
            if (job.makes) jobs << job_text(job);
        if (makes)
            texts << tr("%1. It can go on without the window. Stopped now, it begins anew the next time; a download "
                        "goes on where it was.")
                         .arg(jobs.join(QStringLiteral(" · ")));
    }
    text_->setText(texts.join(QLatin1Char('\n')));
    if (isVisible()) place();
}

bool ClosePanel::eventFilter(QObject* /*watched*/, QEvent* event) {
    if (isVisible() && event->type() == QEvent::Resize) place();
    return false;
}

void ClosePanel::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape && !stopping_) return back_->click();
    QFrame::keyPressEvent(event);
}

void ClosePanel::changeEvent(QEvent* event) {
    QFrame::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) retranslate();
}

void ClosePanel::retranslate() {
    if (tray_)
        set_words(go_on_, tr("Go on in the tray"), tr("The window closes, the work goes on; its icon is in the tray"));
    else
        set_words(go_on_, tr("Go on, minimised"),
                  tr("This desktop has no tray: the window is minimised and the work goes on"));
    set_words(back_, tr("Back"), tr("The window stays open"));
    remember_word_->setText(tr("Do the same the next time"));
    remember_->setAccessibleName(remember_word_->text());
    remember_->setToolTip(tr("Settings can change it again"));
    setAccessibleName(tr("Closing while work goes on"));
    tell();
}

}  // namespace lathe

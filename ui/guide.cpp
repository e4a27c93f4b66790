#include "ui/guide.h"

#include <QKeyEvent>

namespace lathe {

namespace {

constexpr int kWidth = 380, kTop = 88;

}  // namespace

Guide::Guide(QWidget* window)
    : QFrame(window),
      title_(make_label(TextRole::heading)),
      text_(make_label(TextRole::body, Tone::muted)),
      count_(make_label(TextRole::caption, Tone::muted)),
      back_(make_button(ButtonKind::quiet)),
      next_(make_button(ButtonKind::primary)),
      skip_(make_button(ButtonKind::quiet)) {
    setProperty("role", QStringLiteral("card"));
    text_->setWordWrap(true);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(space::kPage, space::kCard, space::kCard, space::kCard);
    column->setSpacing(space::kGrid);
    column->addWidget(title_);
    column->addWidget(text_);
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(count_);
    buttons->addStretch(1);
    buttons->addWidget(skip_);
    buttons->addWidget(back_);
    buttons->addWidget(next_);
    column->addLayout(buttons);
    connect(back_, &QPushButton::clicked, this, [this] { go_to(step_ - 1); });
    connect(next_, &QPushButton::clicked, this, [this] { go_to(step_ + 1); });
    connect(skip_, &QPushButton::clicked, this, &Guide::end);
    window->installEventFilter(this);
    hide();
}

std::vector<Guide::Stop> Guide::stops() const {
    return {
        {"start", tr("Welcome to Lathe"),
         tr("The pages at the left stand in the order of the work. This tour takes a minute and can be skipped; Start "
            "has three doors for who wants to begin at once.")},
        {"data", tr("Data"),
         tr("What a model learns from. Drop files here, see what is in them, clean them, hold some back for "
            "validation.")},
        {"model", tr("Model"),
         tr("Models that are on this disk, and the place to build one: a drawing of it, and what it costs before it is "
            "trained.")},
        {"train", tr("Train"),
         tr("Everything about one run: its settings, its price in memory and time, then its curves. It can be paused, "
            "changed and stopped, and it is never lost.")},
        {"runs", tr("Runs"), tr("All runs side by side: their curves in one plot, and what was different.")},
        {"chat", tr("Chat"), tr("Talk to any model, also while it is being trained.")},
        {"export", tr("Export"),
         tr("Take a model to transformers, vLLM, llama.cpp or Ollama; what was written is checked.")},
        {"start", tr("At any time"),
         tr("%1 finds every action by name, %2 explains the page, the line at the foot tells what the engine does.")
             .arg(palette_keys_, help_keys_)},
    };
}

void Guide::begin(int left) {
    left_ = left;
    show();
    raise();
    go_to(0);
    next_->setFocus();
}

void Guide::set_keys(const QString& palette, const QString& help) {
    palette_keys_ = palette;
    help_keys_ = help;
    if (isVisible()) show_step();
}

void Guide::go_to(int step) {
    if (step >= static_cast<int>(stops().size())) return end();
    step_ = std::max(0, step);
    Q_EMIT page_wanted(QLatin1String(stops()[static_cast<size_t>(step_)].page));
    show_step();
    next_->setFocus();
}

void Guide::end() {
    hide();
    Q_EMIT ended();
}

void Guide::show_step() {
    const std::vector<Stop> all = stops();
    const auto count = static_cast<int>(all.size());
    const Stop& stop = all[static_cast<size_t>(step_)];
    title_->setText(stop.title);
    text_->setText(stop.text);
    count_->setText(tr("%1 of %2").arg(step_ + 1).arg(count));
    set_words(back_, tr("Back"));
    back_->setVisible(step_ > 0);
    set_words(next_, step_ + 1 < count ? tr("Next") : tr("Begin"));
    set_words(skip_, tr("Skip"), tr("Settings can show it again"));
    skip_->setVisible(step_ + 1 < count);
    setAccessibleName(stop.title);
    setAccessibleDescription(stop.text);
    const int width = std::min(kWidth, parentWidget()->width() - left_ - 2 * space::kPage);
    layout()->activate();
    const int height = layout()->hasHeightForWidth() ? layout()->heightForWidth(width) : sizeHint().height();
    setGeometry(left_ + space::kPage, kTop, width, height);
}

bool Guide::eventFilter(QObject* /*watched*/, QEvent* event) {
    if (isVisible() && event->type() == QEvent::Resize) show_step();
    return false;
}

void Guide::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape) return end();
    QFrame::keyPressEvent(event);
}

void Guide::changeEvent(QEvent* event) {
    QFrame::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) show_step();
}

}  // namespace lathe

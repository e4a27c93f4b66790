#include "ui/start_page.h"

#include <QAction>
#include <QDir>
#include <algorithm>
#include <utility>

#include "ui/error_text.h"
#include "ui/number_text.h"

namespace lathe {

namespace {

constexpr size_t kRecentRuns = 8;
constexpr int kModelWidth = 18;                   // characters
constexpr int64_t kLoraParameters = 200'000'000;  // larger ones are tuned in 4 bits

void clear_layout(QLayout* layout) {
    while (QLayoutItem* item = layout->takeAt(0)) {
        if (item->widget() != nullptr) item->widget()->deleteLater();
        delete item;
    }
}

bool is_cut_off(const RunSummary& run) {
    return run.state == "interrupted" && can_resume(run);
}

}  // namespace

StartPage::StartPage(const PageContext& context, QWidget* parent)
    : Page(Scroll::page, parent),
      context_(context),
      library_(context.engine, context.user),
      cut_off_(new Card),
      recent_(new Card),
      rows_(new QVBoxLayout),
      empty_(new EmptyState),
      all_(make_button(ButtonKind::quiet)) {
    make_doors();
    body()->addWidget(cut_off_);
    cut_off_->hide();
    rows_->setSpacing(0);
    recent_->content()->addLayout(rows_);
    empty_->setMinimumHeight(96);
    recent_->content()->addWidget(empty_);
    recent_->header()->addWidget(all_);
    body()->addWidget(recent_);
    body()->addStretch(1);

    connect(all_, &QPushButton::clicked, this, [this] {
        show_all_ = !show_all_;
        show_runs();
    });
    connect(&library_, &Library::list_changed, this, &StartPage::fill_bases);
    connect(&context_.run, &RunWatch::state_changed, this, &StartPage::show_run);
    connect(&context_.run, &RunWatch::progressed, this, &StartPage::show_run);
    connect(&context_.run, &RunWatch::stepped, this, &StartPage::show_run);
    connect(&context_.run, &RunWatch::reset, this, [this] {
        show_run();
        show_runs();
    });
    connect(&context_.runs, &RunList::changed, this, [this] {
        show_runs();
        look_for_models();
    });
    connect(&run_settings_, &RunSettings::ready, this, [this](const RunConfig& config, const QString& name) {
        Q_EMIT config_wanted(QStringLiteral("train"), config, name);
    });
    connect(&run_settings_, &RunSettings::failed, this, &StartPage::show_error);
    quick_action_ = add_action("quick_start", [this] { quick_start(); });
    tune_action_ = add_action("tune", [this] { tune(); });
    try_action_ = add_action("try", [this] { Q_EMIT model_wanted(QStringLiteral("chat"), model_->source()); });
    resume_action_ = add_action("resume", [this] {
        const auto& runs = context_.runs.runs();
        const auto run = std::find_if(runs.begin(), runs.end(), is_cut_off);
        if (run != runs.end()) resume(*run);
    });
    ready();
}

StartPage::Door StartPage::make_door() {
    Door door{new Card, make_label(TextRole::body, Tone::muted), new QVBoxLayout};
    door.text->setWordWrap(true);
    door.card->content()->addWidget(door.text);
    door.card->content()->addStretch(1);
    door.foot->setSpacing(space::kSmall);
    return door;
}

void StartPage::make_doors() {
    tune_ = make_door();
    base_ = new DropDown;
    base_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    base_->setMinimumContentsLength(kModelWidth);
    tune_button_ = make_button(ButtonKind::plain);
    tune_.card->content()->addWidget(base_);
    tune_.foot->addWidget(tune_button_, 0, Qt::AlignLeft);

    quick_ = make_door();
    quick_note_ = make_label(TextRole::caption, Tone::muted);
    quick_progress_ = new QProgressBar;
    quick_progress_->setTextVisible(false);
    quick_button_ = make_button(ButtonKind::primary);
    quick_watch_ = make_button(ButtonKind::plain);
    build_button_ = make_button(ButtonKind::plain);
    quick_.card->content()->addWidget(quick_progress_);
    quick_.card->content()->addWidget(quick_note_);
    for (QPushButton* button : {quick_button_, quick_watch_, build_button_})
        quick_.foot->addWidget(button, 0, Qt::AlignLeft);

    try_ = make_door();
    model_ = new ModelPicker(context_, ModelPicker::Live::offered);
    model_->setMinimumContentsLength(kModelWidth);
    try_button_ = make_button(ButtonKind::plain);
    try_.card->content()->addWidget(model_);
    try_.foot->addWidget(try_button_, 0, Qt::AlignLeft);

    auto* doors = new QHBoxLayout;
    doors->setSpacing(space::kGrid);
    for (const Door& door : {tune_, quick_, try_}) {
        door.card->content()->addLayout(door.foot);
        door.card->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
        doors->addWidget(door.card, 1);
    }
    body()->addLayout(doors);

    connect(tune_button_, &QPushButton::clicked, this, &StartPage::tune);
    connect(quick_button_, &QPushButton::clicked, this, &StartPage::quick_start);
    connect(quick_watch_, &QPushButton::clicked, this, [this] { Q_EMIT page_wanted(QStringLiteral("train")); });
    connect(build_button_, &QPushButton::clicked, this, [this] { Q_EMIT page_wanted(QStringLiteral("model")); });
    connect(try_button_, &QPushButton::clicked, this, [this] { try_action_->trigger(); });
}

QString StartPage::name() const {
    return tr("Start");
}

void StartPage::entered() {
    show_runs();
    wants_models_ = true;
    context_.runs.refresh();
    if (context_.runs.workspace_error()) context_.runs.open_workspace();  // another Lathe may have been closed
}

// Once a visit, behind what the start waits for: it reads headers all over the disk.
void StartPage::look_for_models() {
    if (isVisible() && std::exchange(wants_models_, false)) library_.refresh();
}

// What can be tuned: whole models that Lathe computes, the one in use first, the starter model at the end.
void StartPage::fill_bases() {
    const QString chosen = base_->currentData().toString();
    base_->clear();
    for (const ModelEntry& model : library_.models())
        if (!model.problem && model.kind != "adapter" && model.kind != "checkpoint")
            base_->addItem(QString::fromStdString(model.name), QString::fromStdString(model.path));
    if (base_->findData(context_.paths.starter) < 0) base_->addItem(tr("Starter model"), context_.paths.starter);
    base_->setCurrentIndex(std::max(0, base_->findData(chosen)));
}

// Its parameters decide between LoRA and QLoRA; the examples are what is left to choose on the Train page.
void StartPage::tune() {
    const QString base = base_->count() > 0 ? base_->currentData().toString() : context_.paths.starter;
    const ModelEntry* model = library_.find(base.toStdString());
    const bool large = model != nullptr && model->parameters > kLoraParameters;
    const QString preset = large ? QStringLiteral("tune-qlora") : QStringLiteral("tune-lora");
    try {
        RunConfig config = read_run_config(
            (context_.paths.presets + QLatin1Char('/') + preset + QStringLiteral(".json")).toStdString());
        config.base_model->path = base.toStdString();
        config.data.files.clear();
        Q_EMIT config_wanted(QStringLiteral("train"), config, preset);
    } catch (const Exception& exception) {
        show_error(exception.error());
    }
}

void StartPage::quick_start() {
    const QString file = context_.paths.presets + QStringLiteral("/nano.json");
    try {
        const RunConfig config = read_run_config(file.toStdString());
        context_.run.start({.config = config, .config_file = file.toStdString(), .resume = {}});
        Q_EMIT page_wanted(QStringLiteral("train"));
    } catch (const Exception& exception) {
        show_error(exception.error());
    }
}

void StartPage::resume(const RunSummary& run) {
    context_.run.start({.config = std::nullopt, .config_file = {}, .resume = run.run});
    Q_EMIT page_wanted(QStringLiteral("train"));
}

void StartPage::start_again(const RunSummary& run) {
    run_settings_.ask(run);
}

void StartPage::add_cut_off(const RunSummary& run, const QString& words) {
    auto* text = new ElidedLabel(TextRole::body);
    text->set_text(words);
    QPushButton* button = make_button(ButtonKind::primary);
    if (can_resume(run)) {
        set_words(button, tr("Resume at step %1").arg(count_text(run.checkpoints.back().step)),
                  tr("Goes on exactly as if it had never stopped"));
        connect(button, &QPushButton::clicked, this, [this, run] { resume(run); });
    } else {
        set_words(button, tr("Start again with these settings"),
                  tr("A new run on the Train page, with the settings of this one"));
        connect(button, &QPushButton::clicked, this, [this, run] { start_again(run); });
    }
    auto* line = new QWidget;
    auto* row = new QHBoxLayout(line);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(text, 1);
    row->addWidget(button);
    cut_off_->content()->addWidget(line);
}

void StartPage::show_run() {
    const RunWatch& run = context_.run;
    const bool preparing = run.state() == RunWatch::State::preparing, busy = run.is_busy();
    quick_button_->setVisible(!busy);
    quick_watch_->setVisible(busy);
    quick_action_->setEnabled(!busy);
    quick_progress_->setVisible(busy);
    if (!busy) {
        quick_note_->setText(tr("about a minute"));
        return;
    }
    const RunSummary& summary = run.detail().summary;
    if (preparing) {
        const bool known = run.progress() && run.progress()->total > 0;
        quick_progress_->setRange(0, known ? 1000 : 0);
        if (known) quick_progress_->setValue(static_cast<int>(1000 * run.progress()->done / run.progress()->total));
        quick_note_->setText(run.progress() ? progress_text(*run.progress()) : tr("preparing"));
        return;
    }
    quick_progress_->setRange(0, 1000);
    if (summary.max_steps > 0) quick_progress_->setValue(static_cast<int>(1000 * summary.step / summary.max_steps));
    const QString steps = tr("step %1 of %2").arg(count_text(summary.step), count_text(summary.max_steps));
    quick_note_->setText(run.seconds_left() > 0 ? tr("%1 · %2 left").arg(steps, duration_text(run.seconds_left()))
                                                : steps);
}

// The list may come every few seconds: what says the same stays, and with it a press that has begun.
void StartPage::show_cut_off() {
    const std::vector<RunSummary>& runs = context_.runs.runs();
    std::vector<const RunSummary*> cut_off;
    std::vector<std::pair<std::string, QString>> shown;
    for (const RunSummary& run : runs) {
        // Without a checkpoint it is offered until another run begins.
        const bool starts_again = can_start_again(run) && &run == runs.data();
        if (context_.run.is_busy() || !(is_cut_off(run) || starts_again)) continue;
        const QString title = run_title(run), step = count_text(run.step);
        cut_off.push_back(&run);
        shown.emplace_back(
            run.run, can_resume(run)
                         ? tr("%1 stopped without a word at step %2; its checkpoint of step %3 is whole.")
                               .arg(title, step, count_text(run.checkpoints.back().step))
                         : tr("%1 stopped without a word at step %2, before its first checkpoint.").arg(title, step));
    }
    cut_off_->setVisible(!cut_off.empty());
    if (std::exchange(cut_off_shown_, shown) == shown) return;
    clear_layout(cut_off_->content());
    for (size_t i = 0; i < shown.size(); ++i) add_cut_off(*cut_off[i], shown[i].second);
}

void StartPage::show_recent() {
    const std::vector<RunSummary>& runs = context_.runs.runs();
    const size_t count = show_all_ ? runs.size() : std::min(runs.size(), kRecentRuns);
    const auto end = runs.begin() + static_cast<std::ptrdiff_t>(count);
    const bool same = std::equal(runs.begin(), end, recent_shown_.begin(), recent_shown_.end(),
                                 [](const RunSummary& run, const RunRow* row) { return run.run == row->run().run; });
    if (same) {
        for (size_t i = 0; i < count; ++i) recent_shown_[i]->show_run(runs[i]);
        return;
    }
    clear_layout(rows_);
    recent_shown_.clear();
    for (auto run = runs.begin(); run != end; ++run) add_recent(*run);
}

void StartPage::add_recent(const RunSummary& run) {
    auto* row = new RunRow(run);
    connect(row, &RunRow::clicked, this, [this, row] {
        context_.run.look_at(row->run().run);
        Q_EMIT page_wanted(QStringLiteral("train"));
    });
    const ModelSource last{.folder = {}, .run = run.run, .checkpoint = "last"};
    connect(row, &RunRow::chat_wanted, this, [this, last] { Q_EMIT model_wanted(QStringLiteral("chat"), last); });
    connect(row, &RunRow::export_wanted, this, [this, last] { Q_EMIT model_wanted(QStringLiteral("export"), last); });
    connect(row, &RunRow::resume_wanted, this, [this, row] { resume(row->run()); });
    connect(row, &RunRow::start_again_wanted, this, [this, row] { start_again(row->run()); });
    rows_->addWidget(row);
    recent_shown_.push_back(row);
}

void StartPage::show_runs() {
    const std::vector<RunSummary>& runs = context_.runs.runs();
    const bool busy = context_.run.is_busy();
    resume_action_->setEnabled(!busy && std::any_of(runs.begin(), runs.end(), is_cut_off));
    if (!isVisible()) return;  // the list may come every few seconds
    show_cut_off();
    show_recent();
    empty_->setVisible(runs.empty() && context_.runs.known());
    all_->setVisible(runs.size() > kRecentRuns);
    set_words(all_, show_all_ ? tr("Fewer") : tr("All %1").arg(count_text(static_cast<int64_t>(runs.size()))));
}

void StartPage::retranslate() {
    set_title(tr("Start"), tr("Train small language models on this machine, talk to them, take them elsewhere. "
                              "Everything stays in %1.")
                               .arg(QDir::toNativeSeparators(context_.paths.workspace)));
    tune_.card->set_title(tr("Tune a model on my examples"));
    tune_.text->setText(
        tr("A model that knows language learns your questions and answers. It stays as it is; what it "
           "learns is a small adapter beside it."));
    base_->setAccessibleName(tr("Model to tune"));
    base_->setToolTip(tr("The models on this disk that Lathe can compute; more are on the Model page"));
    set_words(tune_button_, tr("Choose my examples"), tr("Goes to the Train page, with every other value filled in"));
    tune_action_->setText(tr("Tune a model on my examples"));
    quick_.card->set_title(tr("Train a small model from nothing"));
    quick_.text->setText(
        tr("A Qwen3 model of 0.7 million parameters learns English and Korean sample texts, from random weights to "
           "sentences, while you watch its loss fall and talk to it."));
    set_words(quick_button_, tr("Train the quick start"), tr("Starts at once; stop and resume whenever you like"));
    set_words(quick_watch_, tr("Watch it train"), tr("Goes to the Train page"));
    set_words(build_button_, tr("Build my own"), tr("Goes to the Model page: its shape, and what it costs"));
    quick_action_->setText(tr("Train the quick start"));
    try_.card->set_title(tr("Try a model that is here"));
    try_.text->setText(
        tr("The starter model goes on from English and from Korean text; your own runs and every model "
           "that you opened can be chosen, too."));
    model_->setAccessibleName(tr("Model to talk to"));
    model_->setToolTip(tr("Runs of this workspace, the starter model, models that were opened before"));
    set_words(try_button_, tr("Talk to it"), tr("Opens a conversation with this model"));
    try_action_->setText(tr("Talk to a model that is here"));
    resume_action_->setText(tr("Resume the run that was cut off"));
    cut_off_->set_title(tr("Cut off"));
    recent_->set_title(tr("Recent runs"));
    empty_->set_words(tr("Runs will be listed here, with their losses and checkpoints."));
    fill_bases();
    show_run();
    show_runs();
}

}  // namespace lathe

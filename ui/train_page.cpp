#include "ui/train_page.h"

#include <QAction>
#include <QFileInfo>
#include <QSignalBlocker>
#include <algorithm>
#include <utility>

#include "ui/control_words.h"
#include "ui/error_text.h"
#include "ui/key_tip.h"
#include "ui/number_text.h"
#include "ui/run_row.h"
#include "ui/tuning_defaults.h"

namespace lathe {

namespace {

constexpr int kRunsWidth = 16;  // characters

QString run_key() {
    return QStringLiteral("train/run");
}

}  // namespace

TrainPage::TrainPage(const PageContext& context, QWidget* parent)
    : Page(Scroll::none, parent),
      context_(context),
      sweep_(new SweepPanel(context.settings)),
      faces_(new QStackedWidget),
      setup_(new TrainSetup(context)),
      view_(new RunView(context)),
      compare_(new ComparePanel(context.engine, context.settings)),
      runs_(new DropDown) {
    run_face_ = make_scroll_area(view_);
    faces_->addWidget(setup_);
    faces_->addWidget(run_face_);
    faces_->addWidget(compare_);
    body()->setContentsMargins(0, 0, 0, 0);
    body()->addWidget(sweep_);
    body()->addWidget(faces_, 1);
    runs_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    runs_->setMinimumContentsLength(kRunsWidth);
    add_title_widget(runs_);
    build_deeds();
    build_actions();

    connect(setup_, &TrainSetup::changed, this, &TrainPage::arrange);
    connect(sweep_, &SweepPanel::wanted, this, &TrainPage::add_sweep);
    connect(sweep_, &SweepPanel::closed, this, [this] { show_sweep(false); });
    connect(setup_, &TrainSetup::failed, this, &TrainPage::show_error);
    connect(setup_, &TrainSetup::saved, this, [this](const QString& name, const std::optional<RunConfig>& before) {
        tell_saved(*banner(), context_.paths, name, before, [this] { setup_->entered(); });
    });
    connect(view_, &RunView::failed, this, &TrainPage::show_error);
    connect(view_, &RunView::chat_wanted, this, &TrainPage::chat_with_run);
    connect(view_, &RunView::model_wanted, this, &Page::model_wanted);
    connect(view_->tuned_bar(), &TunedBar::comparison_wanted, this, [this] { show_comparison(true); });
    connect(view_->tuned_bar(), &TunedBar::long_run_wanted, this, &TrainPage::start_long);
    connect(compare_, &ComparePanel::closed, this, [this] { show_comparison(false); });
    connect(runs_, &QComboBox::activated, this,
            [this](int index) { context_.run.look_at(runs_->itemData(index).toString().toStdString()); });
    connect(&context.runs, &RunList::changed, this, &TrainPage::fill_runs);
    connect(&context.run, &RunWatch::opening, this, [this] {
        wants_setup_ = wants_comparison_ = false;
        compares_.clear();
    });
    connect(&context.run, &RunWatch::reset, this, &TrainPage::on_reset);
    connect(&context.run, &RunWatch::state_changed, this, &TrainPage::arrange);
    connect(&context.run, &RunWatch::saved, this, &TrainPage::arrange);
    connect(&context.run, &RunWatch::noted, this, [this] {
        if (context_.run.detail().events.back().kind == "validation_rises") show_rise();
    });
    connect(&context.run, &RunWatch::validated, this, [this] {
        if (rise_shown_ && rise() == nullptr) show_failure();
    });
    ready();
}

QString TrainPage::name() const {
    return tr("Train");
}

void TrainPage::entered() {
    fill_runs();
    arrange();
    if (shows_setup()) setup_->entered();
}

void TrainPage::take_model(const ModelSource& source) {
    setup_->set_base(source.folder);
    wants_setup_ = true;
    banner()->clear();
    arrange();
}

void TrainPage::take_config(const RunConfig& config, const QString& name) {
    setup_->set_config(config, name);
    wants_setup_ = true;
    banner()->clear();
    arrange();
}

void TrainPage::take_data(const DataConfig& data) {
    RunConfig config = setup_->config();
    config.data.files = data.files;
    config.data.validation_files = data.validation_files;
    config.data.format = data.format;
    config.data.text_column = data.text_column;
    take_config(config, setup_->preset());
}

void TrainPage::take_path(const QString& path) {
    try {
        take_config(read_run_config(path.toStdString()), QFileInfo(path).completeBaseName());
    } catch (const Exception& exception) {
        show_error(exception.error());
    }
}

TrainPage::Deed TrainPage::add_deed(const char* id, QPushButton* button, const std::function<void()>& act) {
    const Deed deed{button, add_action(id, act)};
    connect(deed.button, &QPushButton::clicked, deed.action, &QAction::trigger);
    show_keys_in_tooltip(deed.button, deed.action);
    add_action_button(deed.button);
    return deed;
}

void TrainPage::set_deed(const Deed& deed, const QString& text, const QString& tooltip, const QString& action_text) {
    set_words(deed.button, text, tooltip);
    deed.action->setText(action_text.isEmpty() ? text : action_text);
    deed.action->setToolTip(tooltip);
}

void TrainPage::offer(const Deed& deed, bool possible, const QString& obstacle) {
    deed.button->setVisible(possible);
    deed.button->setEnabled(possible && obstacle.isEmpty());
    deed.action->setEnabled(possible && obstacle.isEmpty());
}

void TrainPage::build_deeds() {
    RunWatch& run = context_.run;
    save_ = add_deed("save", ButtonKind::plain, [&run] { run.save(); });
    step_ = add_deed("step", ButtonKind::plain, [&run] { run.step(); });
    pause_ = add_deed("pause", ButtonKind::plain, [this] { pause_or_go_on(); });
    stop_ = add_deed("stop", ButtonKind::danger, [&run] { run.stop(); });
    cancel_ = add_deed("cancel", ButtonKind::danger, [&run] { run.stop(); });
    export_ = add_deed("export", ButtonKind::plain, [this] {
        Q_EMIT model_wanted(QStringLiteral("export"),
                            {.folder = {}, .run = context_.run.run(), .checkpoint = view_->checkpoint()});
    });
    chat_ = add_deed("chat", ButtonKind::plain, [this] { chat_with_run(); });
    resume_ = add_deed("resume", ButtonKind::plain, [this] { resume(); });
    new_run_ = add_deed("new_run", ButtonKind::primary, [this] { new_run(); });
    preset_ = add_deed("save_preset", ButtonKind::plain, [this] { setup_->ask_preset_name(); });
    plan_ = add_deed("plan", ButtonKind::plain, [this] {
        wants_setup_ = !shows_setup();
        arrange();
    });
    quick_ = add_deed("quick", ButtonKind::plain, [this] { start_quick(); });
    queue_ = add_deed("queue", ButtonKind::plain, [this] { add_to_queue(); });
    queue_sweep_ =
        add_deed("sweep", make_icon_button(QStringLiteral("sweep")), [this] { show_sweep(!sweep_->isVisible()); });
    start_ = add_deed("start", ButtonKind::primary, [this] { start(); });
}

void TrainPage::build_actions() {
    undo_ = add_action("undo", [this] { setup_->undo(); });
    redo_ = add_action("redo", [this] { setup_->redo(); });
    find_ = add_action("find", [this] { setup_->find_setting(); });
    batch_ = add_action("batch", [this] { setup_->show_batch(!setup_->shows_batch()); });
    compare_action_ = add_action("compare", [this] { show_comparison(true); });
    long_run_ = add_action("long_run", [this] { start_long(); });
    picture_ = add_action("save_picture", [this] { view_->save_picture(); });
    table_ = add_action("save_table", [this] { view_->save_table(); });
    evaluate_ = add_action("evaluate", [this] { context_.run.evaluate(); });
    sample_ = add_action("sample", [this] { context_.run.sample(); });
    undo_->setShortcuts(QKeySequence::Undo);
    redo_->setShortcuts({QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Z), QKeySequence(Qt::CTRL | Qt::Key_Y)});
    find_->setShortcut(QKeySequence::Find);
    batch_->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_I));
    pause_.action->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_P));
    save_.action->setShortcut(QKeySequence::Save);
    step_.action->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_Period));
    start_.action->setShortcuts({QKeySequence(Qt::CTRL | Qt::Key_Return), QKeySequence(Qt::CTRL | Qt::Key_Enter)});
    for (QPushButton* button : setup_->undo_buttons()) show_keys_in_tooltip(button, undo_);
    for (QPushButton* button : setup_->redo_buttons()) show_keys_in_tooltip(button, redo_);
    show_keys_in_tooltip(setup_->batch_button(), batch_);
}

QString TrainPage::name_of_run() const {
    const RunConfig& config = setup_->config();
    if (config.base_model && !config.data.files.empty())  // called by what it is tuned on
        return QFileInfo(QString::fromStdString(config.data.files.front())).completeBaseName();
    return setup_->preset().isEmpty() ? QStringLiteral("run") : setup_->preset();
}

void TrainPage::start() {
    if (shows_setup() && setup_->obstacle().isEmpty()) start(setup_->config(), name_of_run());
}

void TrainPage::start_quick() {
    if (shows_setup() && setup_->obstacle().isEmpty()) start(quick_try(setup_->config()), quick_name(name_of_run()));
}

void TrainPage::add_to_queue() {
    if (!shows_setup() || !setup_->obstacle().isEmpty()) return;
    context_.queue.add(setup_->config(), name_of_run().toStdString());
    banner()->show_message(
        Tone::ok, tr("“%1” waits in the queue, as number %2.").arg(name_of_run()).arg(context_.queue.runs().size()));
    banner()->add_action(tr("Show the queue"), [this] { Q_EMIT queue_wanted(); });
}

void TrainPage::add_sweep(const std::vector<SweepRun>& runs) {
    context_.queue.add(runs);
    show_sweep(false);
    banner()->show_message(Tone::ok, tr("The sweep waits in the queue. Runs: %1.").arg(runs.size()));
    banner()->add_action(tr("Show the queue"), [this] { Q_EMIT queue_wanted(); });
    QPushButton* undo = banner()->add_action(tr("Undo"), [this] { context_.queue.undo(); });
    // After another change it would take back that one.
    connect(&context_.queue, &RunQueue::changed, undo, [this] { banner()->clear(); });
}

void TrainPage::show_sweep(bool shown) {
    sweep_->set_open(shown);
    arrange();
    if (shown)
        sweep_->enter();
    else
        setup_->setFocus();
}

// Of the quick try that is shown: with the form's settings where it was tried with them, else for as many passes as it
// says.
void TrainPage::start_long() {
    const RunDetail& tried = context_.run.detail();
    try {
        RunConfig config = parse_run_config(tried.config_json, "");
        if (differing_keys(quick_try(setup_->config()), config).empty()) {
            config = setup_->config();
        } else {
            config.train.max_steps = 0;
        }
        start(config, long_name(QString::fromStdString(tried.summary.name)));
    } catch (const Exception& exception) {  // of another version
        show_error(exception.error());
    }
}

void TrainPage::start(const RunConfig& config, const QString& name) {
    starting_ = name;
    wants_setup_ = false;
    setup_->left();
    context_.run.start({.config = config, .config_file = name.toStdString() + ".json", .resume = {}});
}

void TrainPage::show_comparison(bool shown) {
    wants_comparison_ = shown && view_->tuned_bar()->offers_comparison();
    arrange();
}

void TrainPage::compare(const std::string& run) {
    context_.run.look_at(run);
    compares_ = run;
}

void TrainPage::resume() {
    starting_ = QString::fromStdString(context_.run.detail().summary.name);
    context_.run.start({.config = {}, .config_file = {}, .resume = context_.run.run()});
}

void TrainPage::pause_or_go_on() {
    if (context_.run.state() == RunWatch::State::paused) {
        context_.run.go_on();
    } else {
        context_.run.pause();
    }
}

// With the settings of the run that is shown.
void TrainPage::new_run() {
    const RunDetail& run = context_.run.detail();
    try {
        if (!run.config_json.empty())
            setup_->set_config(parse_run_config(run.config_json, ""), QString::fromStdString(run.summary.name));
    } catch (const Exception& exception) {  // a run of another version: the form stays as it is
        show_error(exception.error());
    }
    wants_setup_ = true;
    banner()->clear();
    arrange();
}

void TrainPage::on_reset() {
    const RunWatch& run = context_.run;
    if (run.is_busy()) wants_setup_ = false;
    // A start that was refused leaves its settings to be mended, one that was cancelled to be looked over.
    if (run.run().empty() && run.state() != RunWatch::State::preparing) wants_setup_ = true;
    show_failure();
    fill_runs();
    arrange();
    if (compares_.empty() || run.run() != compares_) return;
    compares_.clear();
    show_comparison(true);
}

void TrainPage::chat_with_run() {
    const RunWatch& run = context_.run;
    Q_EMIT model_wanted(QStringLiteral("chat"),
                        {.folder = {}, .run = run.run(), .checkpoint = run.is_live() ? "live" : view_->checkpoint()});
}

bool TrainPage::can_resume() const {
    return context_.run.state() == RunWatch::State::ended && lathe::can_resume(context_.run.detail().summary);
}

void TrainPage::arrange() {
    const RunWatch& run = context_.run;
    const bool preparing = run.state() == RunWatch::State::preparing, live = run.is_live();
    const bool setup = !preparing && (wants_setup_ || run.state() == RunWatch::State::none);
    const bool followed = run.state() == RunWatch::State::followed;
    const bool ended = !setup && !preparing && !live && !followed;
    const bool trains = live && !setup;
    const bool compares = ended && view_->tuned_bar()->offers_comparison();
    wants_comparison_ = wants_comparison_ && compares;
    QWidget* face = run_face_;
    if (setup) face = setup_;
    if (wants_comparison_) face = compare_;
    if (face != faces_->currentWidget()) {
        if (shows_comparison()) compare_->leave();
        faces_->setCurrentWidget(face);
        if (wants_comparison_) compare_->show_run(run.detail());
        face->setFocus();  // else the next control would have it, and the next key press
    }
    const bool has_weights = (ended || (followed && !setup)) && !run.detail().summary.checkpoints.empty();
    const QString closing = run.is_closing() ? tr("Its last checkpoint is being written") : QString();
    for (const Deed& deed : {save_, step_, pause_, stop_}) offer(deed, trains, closing);
    offer(cancel_, preparing);
    offer(export_, has_weights);
    offer(chat_, has_weights);
    offer(resume_, !setup && can_resume());
    offer(new_run_, ended || (followed && !setup));
    offer(plan_, live);
    offer(preset_, setup, setup_->form()->is_legal() ? QString() : setup_->obstacle());
    const int64_t steps = setup_->planned_steps();
    offer(quick_, setup && !live && setup_->config().base_model && (steps == 0 || steps > kQuickSteps),
          setup_->obstacle());
    offer(queue_, setup, setup_->obstacle());
    offer(queue_sweep_, setup);
    sweep_->setVisible(setup && sweep_->is_open());
    if (setup && sweep_->is_open())
        sweep_->set_base({setup_->config(), name_of_run(), setup_->seconds_of(steps), setup_->obstacle()});
    offer(start_, setup && !live, setup_->obstacle());
    undo_->setEnabled(setup && setup_->can_undo());
    redo_->setEnabled(setup && setup_->can_redo());
    find_->setEnabled(setup);
    batch_->setEnabled(setup);
    compare_action_->setEnabled(compares && !wants_comparison_);
    long_run_->setEnabled(ended && view_->tuned_bar()->offers_long_run());
    picture_->setEnabled(!setup && !run.detail().metrics.empty());
    table_->setEnabled(picture_->isEnabled());
    for (QAction* action : {evaluate_, sample_}) action->setEnabled(live && !run.is_closing());
    runs_->setVisible(!preparing && !live && runs_->count() > 0);
    show_titles();
    keep_view();
}

void TrainPage::reopen() {
    if (std::exchange(reopened_, true)) return;
    const std::string kept = context_.settings.value(run_key()).toString().toStdString();
    if (context_.run.state() == RunWatch::State::none && context_.runs.find(kept) != nullptr)
        context_.run.look_at(kept);
}

void TrainPage::keep_view() {
    const QString shown = shows_setup() ? QString() : QString::fromStdString(context_.run.run());
    if (reopened_ && context_.settings.value(run_key()).toString() != shown)
        context_.settings.setValue(run_key(), shown);
}

void TrainPage::fill_runs() {
    if (!isVisible()) return;
    std::vector<std::pair<QString, QString>> shown;
    for (const RunSummary& run : context_.runs.runs())
        shown.emplace_back(tr("%1 · %2").arg(run_title(run), state_word(run.state).word),
                           QString::fromStdString(run.run));
    const QSignalBlocker blocker(runs_);
    // The list may come every few seconds, and this may be open.
    if (std::exchange(runs_shown_, shown) != shown) {
        runs_->clear();
        for (const auto& [text, run] : shown) runs_->addItem(text, run);
    }
    runs_->setCurrentIndex(shows_setup() ? -1 : runs_->findData(QString::fromStdString(context_.run.run())));
}

}  // namespace lathe

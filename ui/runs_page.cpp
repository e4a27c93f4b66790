#include "ui/runs_page.h"

#include <QAction>
#include <QDesktopServices>
#include <QHeaderView>
#include <QUrl>
#include <algorithm>
#include <chrono>

#include "ui/key_tip.h"
#include "ui/number_text.h"

namespace lathe {

namespace {

using namespace std::chrono_literals;

constexpr int kSideWidth = 300, kSearchWidth = 200, kLeastTable = 200, kLeastParts = 190;
const QString kTickedKey = QStringLiteral("runs/ticked"), kSearchKey = QStringLiteral("runs/search"),
              kColumnKey = QStringLiteral("runs/sort_column"), kOrderKey = QStringLiteral("runs/sort_order"),
              kPartKey = QStringLiteral("runs/part"), kSplitKey = QStringLiteral("runs/split");

}  // namespace

RunsPage::RunsPage(const PageContext& context, QWidget* parent)
    : Page(Scroll::none, parent),
      context_(context),
      overlay_(context.engine, context.runs),
      model_(new RunsModel(this)),
      table_(new RunsView(model_)),
      nothing_(make_label(TextRole::body, Tone::muted)),
      empty_(new EmptyState),
      faces_(new QStackedWidget),
      part_(new Segments(3)),
      tick_shown_(make_button(ButtonKind::quiet)),
      parts_(new QStackedWidget),
      overlay_card_(new OverlayCard(overlay_, context.settings)),
      differences_(new ConfigDifferencesCard(overlay_)),
      queue_(new QueuePanel(context.queue)),
      side_(new RunSide),
      split_(new QSplitter(Qt::Vertical)) {
    build_header();
    build_actions();
    auto* table_card = new Card;
    table_card->content()->addWidget(table_, 1);
    table_card->content()->addWidget(nothing_, 0, Qt::AlignCenter);
    table_card->setMinimumHeight(kLeastTable);
    for (QWidget* part : std::initializer_list<QWidget*>{overlay_card_, differences_, queue_}) parts_->addWidget(part);
    auto* below = new QWidget;
    auto* column = new QVBoxLayout(below);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::kSmall);
    auto* above = new QHBoxLayout;
    above->addWidget(part_);
    above->addStretch(1);
    above->addWidget(tick_shown_);
    column->addLayout(above);
    column->addWidget(parts_, 1);
    below->setMinimumHeight(kLeastParts);
    split_->addWidget(table_card);
    split_->addWidget(below);
    split_->setChildrenCollapsible(false);
    split_->setStretchFactor(0, 3);
    split_->setStretchFactor(1, 2);
    split_->restoreState(context.settings.value(kSplitKey).toByteArray());
    side_->setFixedWidth(kSideWidth);
    auto* rows = new QWidget;
    auto* row = new QHBoxLayout(rows);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(space::kGrid);
    row->addWidget(split_, 1);
    row->addWidget(side_);
    faces_->addWidget(empty_);
    faces_->addWidget(rows);
    body()->addWidget(faces_, 1);

    // As it was left.
    const QSettings& settings = context.settings;
    std::set<std::string> ticked;
    for (const QString& run : settings.value(kTickedKey).toStringList()) ticked.insert(run.toStdString());
    model_->set_ticked(ticked);
    overlay_.set_runs(ticked);
    search_->setText(settings.value(kSearchKey).toString());
    model_->set_search(search_->text());
    table_->sortByColumn(settings.value(kColumnKey, RunsModel::kStarted).toInt(),
                         settings.value(kOrderKey, 1).toInt() == 0 ? Qt::AscendingOrder : Qt::DescendingOrder);
    show_part(static_cast<Part>(std::clamp(settings.value(kPartKey, 0).toInt(), 0, 2)));
    live_.setSingleShot(true);
    live_.setInterval(500ms);
    connect_parts();
    ready();
    fill();
}

void RunsPage::build_header() {
    search_ = new QLineEdit;
    search_->setClearButtonEnabled(true);
    search_->setFixedWidth(kSearchWidth);
    place_ = new Segments(2);
    place_->set_current(0);
    restore_ = make_button(ButtonKind::plain);
    empty_trash_ = make_button(ButtonKind::danger);
    import_ = make_button(ButtonKind::plain);
    add_title_widget(search_);
    add_title_widget(place_);
    for (QPushButton* button : {restore_, empty_trash_, import_}) add_action_button(button);
}

void RunsPage::build_actions() {
    find_ = add_action("find", [this] { search_->setFocus(Qt::ShortcutFocusReason), search_->selectAll(); });
    find_->setShortcut(QKeySequence::Find);
    note_ = add_action("note", [this] { side_->focus_note(); });
    build_deeds();
    trash_ = add_action("show_trash", [this] { show_trash(!trash_shown_); });
    undo_ = add_action("undo", [this] {
        for (const std::string& run : removed_) context_.runs.restore(run);
        removed_.clear();
        undo_->setEnabled(false);
        banner()->clear();
    });
    undo_->setShortcuts(QKeySequence::Undo);
    undo_->setEnabled(false);
    show_keys_in_tooltip(search_, find_);
}

void RunsPage::connect_parts() {
    RunList& runs = context_.runs;
    connect(search_, &QLineEdit::textChanged, this, [this](const QString& words) {
        model_->set_search(words);
        show_titles();
        keep();
    });
    connect(place_, &Segments::chosen, this, [this](int index) { show_trash(index == 1); });
    connect(part_, &Segments::chosen, this, [this](int index) { show_part(static_cast<Part>(index)); });
    connect(import_, &QPushButton::clicked, this, [this] {
        if (context_.runs.importing())
            context_.runs.cancel_import();
        else
            import();
    });
    connect(empty_trash_, &QPushButton::clicked, this, [this] {
        context_.runs.empty_trash();
        removed_.clear();
        undo_->setEnabled(false);
    });
    connect(tick_shown_, &QPushButton::clicked, this, &RunsPage::tick_shown);
    connect(restore_, &QPushButton::clicked, this, &RunsPage::restore);
    connect(empty_->button(), &QPushButton::clicked, this, [this] { Q_EMIT page_wanted(QStringLiteral("train")); });
    connect(model_, &RunsModel::ticks_changed, this, [this] {
        overlay_.set_runs(model_->ticked());
        name_changing();
        keep();
    });
    connect(model_, &RunsModel::renamed, this, [this](const std::string& run, const std::string& name) {
        context_.runs.edit({.run = run, .name = name});
    });
    connect(table_->header(), &QHeaderView::sortIndicatorChanged, this, &RunsPage::keep);
    connect(table_, &RunsView::current_changed, this, &RunsPage::show_chosen);
    connect(table_, &RunsView::opened, this, &RunsPage::open);
    connect(table_, &RunsView::removal_wanted, this, &RunsPage::remove);
    connect(side_, &RunSide::wanted, this, &RunsPage::do_deed);
    connect(side_, &RunSide::edited, this, [this](const EditRun& edit) { context_.runs.edit(edit); });
    connect(split_, &QSplitter::splitterMoved, this, &RunsPage::keep);
    connect(queue_, &QueuePanel::removed, this, [this](const QString& name) {
        banner()->show_message(Tone::muted, tr("“%1” is out of the queue.").arg(name));
        QPushButton* undo = banner()->add_action(tr("Undo"), [this] { context_.queue.undo(); });
        // After another change it would take back that one.
        connect(&context_.queue, &RunQueue::changed, undo, [this] { banner()->clear(); });
    });
    connect(&context_.queue, &RunQueue::failed, this, &RunsPage::show_error);
    connect(&context_.queue, &RunQueue::changed, this, &RunsPage::fill);
    connect(overlay_card_, &PlotCard::failed, this, &RunsPage::show_error);
    connect(&runs, &RunList::changed, this, &RunsPage::fill);
    connect(&runs, &RunList::deed_failed, this, [this](const Error& error) {
        show_error(error);
        fill();  // a name that was refused is the old one again
    });
    connect(&runs, &RunList::import_progressed, this, &RunsPage::show_titles);
    connect(&runs, &RunList::imported, this, &RunsPage::on_imported);
    connect(&runs, &RunList::written, this, [this](const QString& path) {
        banner()->show_message(Tone::ok, tr("Written to %1").arg(path));
        banner()->add_action(tr("Open folder"), [path] { QDesktopServices::openUrl(QUrl::fromLocalFile(path)); });
    });
    connect(&context_.run, &RunWatch::state_changed, this, [this] {
        queue_->refresh();
        show_chosen();
        name_changing();
    });
    connect(&context_.run, &RunWatch::stepped, this, [this] {
        if (!live_.isActive()) live_.start();
    });
    connect(&live_, &QTimer::timeout, this, &RunsPage::show_step);
    connect(&run_settings_, &RunSettings::ready, this, [this](const RunConfig& config, const QString& name) {
        if (!settings_for_queue_) return Q_EMIT config_wanted(QStringLiteral("train"), config, name);
        context_.queue.add(config, name.toStdString());
        show_part(Part::queue);
    });
    connect(&run_settings_, &RunSettings::failed, this, &RunsPage::show_error);
}

QString RunsPage::name() const {
    return tr("Runs");
}

void RunsPage::entered() {
    context_.runs.refresh();
    if (faces_->currentIndex() == 1) table_->setFocus(Qt::OtherFocusReason);
}

void RunsPage::show_part(Part part) {
    part_->set_current(static_cast<int>(part));
    parts_->setCurrentIndex(static_cast<int>(part));
    context_.settings.setValue(kPartKey, static_cast<int>(part));
}

void RunsPage::show_trash(bool shown) {
    trash_shown_ = shown;
    place_->set_current(shown ? 1 : 0);
    side_->flush();
    if (shown) context_.runs.refresh_trash();
    fill();
}

void RunsPage::keep() {
    QSettings& settings = context_.settings;
    QStringList ticked;
    for (const std::string& run : model_->ticked()) ticked << QString::fromStdString(run);
    settings.setValue(kTickedKey, ticked);
    settings.setValue(kSearchKey, search_->text());
    settings.setValue(kColumnKey, table_->header()->sortIndicatorSection());
    settings.setValue(kOrderKey, static_cast<int>(table_->header()->sortIndicatorOrder()));
    settings.setValue(kSplitKey, split_->saveState());
}

void RunsPage::fill() {
    const RunList& runs = context_.runs;
    // A new order of the rows would cut off the name that is being written.
    if (!table_->is_renaming()) model_->set_runs(trash_shown_ ? runs.trash() : runs.runs());
    if (runs.known()) {
        std::set<std::string> ticked = model_->ticked();
        std::erase_if(ticked, [&](const std::string& run) { return runs.find(run) == nullptr; });
        model_->set_ticked(std::move(ticked));
    }
    if (context_.run.is_live()) model_->set_live(context_.run.detail().summary);
    const bool nothing_yet =
        !trash_shown_ && runs.runs().empty() && runs.trash().empty() && context_.queue.runs().empty();
    faces_->setCurrentIndex(nothing_yet ? 0 : 1);
    if (runs.error()) show_error(*runs.error());
    show_chosen();
    show_titles();
}

void RunsPage::show_step() {
    if (trash_shown_ || !isVisible()) return;
    model_->set_live(context_.run.detail().summary);
    if (const RunSummary* run = chosen(); run != nullptr && run->run == context_.run.run()) show_chosen();
}

const RunSummary* RunsPage::chosen() const {
    const int row = model_->row_of(table_->current());
    return row < 0 ? nullptr : &model_->run(row);
}

QString RunsPage::name_of_run(const std::string& run) const {
    const int row = model_->row_of(run);
    return row < 0 ? QString::fromStdString(run) : name_of(model_->run(row));
}

void RunsPage::show_chosen() {
    const bool busy = context_.run.is_busy();
    side_->show_run(trash_shown_ ? nullptr : chosen(), busy);
    side_->setVisible(!trash_shown_);
    restore_->setEnabled(chosen() != nullptr);
    note_->setEnabled(!trash_shown_ && chosen() != nullptr);
}

void RunsPage::show_titles() {
    const int shown = model_->rowCount(), all = model_->all();
    int64_t bytes = 0;
    for (const RunSummary& run : trash_shown_ ? context_.runs.trash() : context_.runs.runs()) bytes += run.bytes;
    QString context =
        trash_shown_ ? tr("%1 in the trash, %2. They stay until it is emptied.") : tr("Runs: %1, %2 on disk.");
    context = all == 0 && trash_shown_ ? tr("The trash is empty.")
                                       : context.arg(count_text(all), bytes_text(static_cast<double>(bytes)));
    if (all == 0 && !trash_shown_) context = tr("What was trained in this workspace.");
    if (shown != all) context += QLatin1Char(' ') + tr("%1 have these words.").arg(count_text(shown));
    set_title(tr("Runs"), context);
    nothing_->setVisible(shown == 0);
    nothing_->setText(all > 0                  ? tr("No run has these words.")
                      : trash_shown_           ? tr("Nothing is in the trash.")
                      : !context_.runs.known() ? tr("Reading the record…")
                                               : tr("No run yet."));
    restore_->setVisible(trash_shown_);
    empty_trash_->setVisible(trash_shown_);
    empty_trash_->setEnabled(all > 0);
    import_->setVisible(!trash_shown_);
    tick_shown_->setVisible(!trash_shown_);
    tick_shown_->setEnabled(shown > 0);
    if (context_.runs.importing())
        set_words(import_, tr("Stop importing, %1").arg(percent_text(context_.runs.import_share(), 0)),
                  tr("Runs that were copied already stay"));
    else
        set_words(import_, tr("Import…"),
                  tr("Copies the runs of another workspace, or one run's folder; it can also be "
                     "dropped here"));
    const int waiting = context_.queue.waiting();
    part_->set_words({tr("Curves"), tr("Settings"), waiting > 0 ? tr("Queue (%1)").arg(waiting) : tr("Queue")});
    name_changing();
}

void RunsPage::retranslate() {
    search_->setPlaceholderText(tr("Search"));
    search_->setAccessibleName(tr("Search the runs"));
    search_->setToolTip(tr("Shows the runs with all of these words in name, tags, note, id or state"));
    place_->set_words({tr("Runs"), tr("Trash")});
    place_->setToolTip(tr("What was moved to the trash stays there until it is emptied"));
    set_words(restore_, tr("Restore"), tr("Takes the chosen runs out of the trash"));
    set_words(empty_trash_, tr("Empty the trash"), tr("Deletes what is in it from the disk, for good"));
    set_words(
        tick_shown_, tr("Tick what is shown"),
        tr("Ticks the rows of the table from its top on, at most %1, and none but them: the runs of a sweep, once "
           "they are sought by name")
            .arg(RunOverlay::kMostRuns));
    part_->setToolTip(tr("What is shown of the ticked runs, and the runs that wait"));
    empty_->set_words(tr("Every run will be here: its curve, its losses, its settings, side by side with the others."),
                      tr("Train a first run"));
    find_->setText(tr("Search the runs"));
    note_->setText(tr("Write a note to the chosen run"));
    name_deeds();
    trash_->setText(tr("Show the trash of runs"));
    undo_->setText(tr("Take the last runs out of the trash"));
    table_->retranslate();
    overlay_card_->retranslate();
    differences_->retranslate();
    queue_->retranslate();
    side_->retranslate();
    fill();
}

void RunsPage::restyle() {
    overlay_card_->set_theme(current_theme());
}

}  // namespace lathe

#include "ui/main_window.h"

#include <QActionGroup>
#include <QCloseEvent>
#include <algorithm>
#include <array>
#include <chrono>
#include <utility>

#include "ui/chat_page.h"
#include "ui/data_page.h"
#include "ui/export_page.h"
#include "ui/key_tip.h"
#include "ui/model_page.h"
#include "ui/runs_page.h"
#include "ui/settings_page.h"
#include "ui/start_page.h"
#include "ui/train_page.h"

namespace lathe {

namespace {

using namespace std::chrono_literals;

constexpr auto kLookAgain = 3s;
constexpr std::array kThemeIds = {"theme_of_system", "dark_theme", "light_theme"};  // of ThemeChoice
constexpr int kMinWidth = 1024, kMinHeight = 700, kFoldedBelow = 1160;

QString help_key() {
    return QStringLiteral("window/help");
}

}  // namespace

MainWindow::MainWindow(EngineLink& engine, Appearance& appearance, QSettings& user, QSettings& settings,
                       const AppPaths& paths, QWidget* parent)
    : QMainWindow(parent),
      engine_(engine),
      appearance_(appearance),
      user_(user),
      settings_(settings),
      preferences_(user),
      run_(engine),
      runs_(engine),
      queue_(engine, run_),
      rail_(new Rail),
      pages_(new QStackedWidget),
      help_(new HelpPanel),
      status_(new StatusLine(engine, run_)),
      notices_(new WindowNotices(run_, runs_, preferences_)) {
    setObjectName(QStringLiteral("window"));  // in the ids of its actions
    setWindowTitle(QStringLiteral("Lathe"));
    setWindowIcon(tray_icon(-1));
    setMinimumSize(kMinWidth, kMinHeight);
    setAcceptDrops(true);
    build_layout();
    palette_ = new CommandPalette(centralWidget());
    keys_ = new KeyBindings(*palette_, user, this);
    desktop_ = new Desktop(engine, run_, preferences_, *this);
    closing_ = new ClosePanel(engine, run_, preferences_, desktop_->has_tray(), centralWidget());
    guide_ = new Guide(centralWidget());

    const PageContext context{engine, run_, runs_, paths, settings, queue_, user};
    add_page(new StartPage(context), QStringLiteral("start"));
    add_page(new DataPage(context), QStringLiteral("data"));
    add_page(new ModelPage(context), QStringLiteral("model"));
    train_ = new TrainPage(context);
    add_page(train_, QStringLiteral("train"));
    auto* runs = new RunsPage(context);
    add_page(runs, QStringLiteral("runs"));
    add_page(new ChatPage(context), QStringLiteral("chat"));
    add_page(new ExportPage(context), QStringLiteral("export"));
    auto* wishes = new SettingsPage(context, appearance, preferences_, *keys_);
    add_page(wishes, QStringLiteral("settings"), Rail::Place::foot);
    connect(wishes, &SettingsPage::workspace_wanted, this, &MainWindow::workspace_wanted);
    connect(wishes, &SettingsPage::tour_wanted, this, [this] { guide_->begin(rail_->width()); });
    build_actions();
    connect(&runs_, &RunList::workspace_answered, &queue_, &RunQueue::load);
    connect(runs, &RunsPage::comparison_wanted, this, [this](const std::string& run) {
        train_->compare(run);
        show_page(train_->objectName());
    });
    connect(train_, &TrainPage::queue_wanted, this, [this, runs] {
        runs->show_part(RunsPage::Part::queue);
        show_page(runs->objectName());
    });
    connect_parts();

    resize(1440, 900);
    restoreGeometry(user.value(QStringLiteral("window/geometry")).toByteArray());
    show_help(user.value(help_key(), false).toBool());
    retranslate();
    keys_->load();
    show_page(settings.value(QStringLiteral("window/page"), QStringLiteral("start")).toString());
}

void MainWindow::build_layout() {
    auto* center = new QWidget;
    auto* row = new QHBoxLayout;
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    auto* middle = new QVBoxLayout;
    middle->setSpacing(0);
    middle->addWidget(notices_);
    middle->addWidget(pages_, 1);
    auto* aside = new QVBoxLayout;
    aside->setContentsMargins(0, space::kCard, space::kCard, space::kCard);
    aside->addWidget(help_);
    row->addWidget(rail_);
    row->addLayout(middle, 1);
    row->addLayout(aside);
    auto* column = new QVBoxLayout(center);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(row, 1);
    column->addWidget(status_);
    setCentralWidget(center);
}

void MainWindow::add_page(Page* page, const QString& name, Rail::Place place) {
    page->setObjectName(name);
    pages_->addWidget(page);
    RailButton* button = rail_->add_page(page->icon(), place);
    auto* action = new QAction(this);
    action->setObjectName(QStringLiteral("go_to_") + name);
    const int number = static_cast<int>(entries_.size()) + 1;
    action->setShortcut(place == Rail::Place::foot ? QKeySequence(Qt::CTRL | Qt::Key_Comma)
                                                   : QKeySequence(Qt::CTRL | static_cast<Qt::Key>(Qt::Key_0 + number)));
    connect(action, &QAction::triggered, this, [this, name] { show_page(name); });
    addAction(action);
    connect(page, &Page::page_wanted, this, &MainWindow::show_page);
    connect(page, &Page::model_wanted, this, [this](const QString& wanted, const ModelSource& source) {
        this->page(wanted)->take_model(source);
        show_page(wanted);
    });
    connect(page, &Page::config_wanted, this,
            [this](const QString& wanted, const RunConfig& config, const QString& config_name) {
                this->page(wanted)->take_config(config, config_name);
                show_page(wanted);
            });
    connect(page, &Page::data_wanted, this, [this](const QString& wanted, const DataConfig& data) {
        this->page(wanted)->take_data(data);
        show_page(wanted);
    });
    palette_->offer(page, [page] { return page->name(); });
    entries_.push_back({page, button, action});
}

QAction* MainWindow::add_window_action(const char* id, const QKeySequence& keys, const std::function<void()>& act) {
    auto* action = new QAction(this);
    action->setObjectName(QLatin1String(id));
    action->setShortcut(keys);
    connect(action, &QAction::triggered, this, act);
    addAction(action);
    return action;
}

void MainWindow::build_actions() {
    open_palette_ = add_window_action("palette", Qt::CTRL | Qt::Key_K, [this] { palette_->open(); });
    help_action_ = add_window_action("help", Qt::Key_F1, [this] { show_help(!help_->isVisibleTo(this)); });
    leave_room_ =
        add_window_action("leave_room", {}, [this] { preferences_.set_leaves_room(!preferences_.leaves_room()); });
    larger_ = add_window_action("larger_text", Qt::CTRL | Qt::Key_Equal, [this] { change_text_size(+1); });
    smaller_ = add_window_action("smaller_text", Qt::CTRL | Qt::Key_Minus, [this] { change_text_size(-1); });
    language_action_ = add_window_action("language", {}, [this] { switch_language(); });
    tour_action_ = add_window_action("tour", {}, [this] { guide_->begin(rail_->width()); });
    auto* themes = new QActionGroup(this);
    for (const ThemeChoice choice : {ThemeChoice::system, ThemeChoice::dark, ThemeChoice::light}) {
        const char* id = kThemeIds[static_cast<size_t>(choice)];
        QAction* action = add_window_action(id, {}, [this, choice] { appearance_.set_theme(choice); });
        action->setCheckable(true);
        action->setChecked(choice == appearance_.theme_choice());
        themes->addAction(action);
        theme_actions_.push_back(action);
    }
    quit_ = add_window_action("quit", Qt::CTRL | Qt::Key_Q, [this] { quit(); });
    palette_->offer(this, [] { return QString(); });
    show_keys_in_tooltip(help_->close_button(), help_action_);
}

void MainWindow::connect_parts() {
    connect(rail_, &Rail::chosen, this,
            [this](int index) { show_page(entries_[static_cast<size_t>(index)].page->objectName()); });
    connect(status_->palette_button(), &QPushButton::clicked, palette_, &CommandPalette::open);
    connect(status_->language_button(), &QPushButton::clicked, this, &MainWindow::switch_language);
    connect(&run_, &RunWatch::state_changed, this, [this] {
        for (const Entry& entry : entries_)
            if (entry.page->objectName() == QLatin1String("train")) entry.button->set_busy(run_.is_live());
    });
    connect(keys_, &KeyBindings::changed, this, &MainWindow::name_keys);
    connect(&appearance_, &Appearance::changed, this,
            [this] { theme_actions_[static_cast<size_t>(appearance_.theme_choice())]->setChecked(true); });
    connect(&preferences_, &Preferences::changed, this, &MainWindow::name_leave_room);
    connect(help_, &HelpPanel::closed, this, [this] { show_help(false); });
    connect(notices_, &WindowNotices::workspace_wanted, this, &MainWindow::workspace_wanted);
    connect(notices_, &WindowNotices::import_wanted, this, [this](const QString& folder) {
        page(QStringLiteral("runs"))->take_path(folder);
        show_page(QStringLiteral("runs"));
    });
    connect(desktop_, &Desktop::battery_in_use, notices_, &WindowNotices::ask_about_battery);
    connect(desktop_, &Desktop::battery_no_more, notices_, &WindowNotices::battery_no_more);
    connect(desktop_, &Desktop::quit_wanted, this, &MainWindow::quit);
    connect(closing_, &ClosePanel::stopping, this, [this] { queue_.hold(true); });
    connect(closing_, &ClosePanel::hidden_wanted, desktop_, &Desktop::hide_window);
    connect(closing_, &ClosePanel::done, this, [this] {
        may_close_ = true;
        close();
    });
    look_again_.setInterval(kLookAgain);
    connect(&look_again_, &QTimer::timeout, this, &MainWindow::look_again);
    look_again_.start();
    connect(&runs_, &RunList::changed, this, &MainWindow::choose_run);
    connect(guide_, &Guide::page_wanted, this, &MainWindow::show_page);
    connect(guide_, &Guide::ended, this, [this] { preferences_.set_knows_the_way(true); });
}

// Another process writes the record, or this one does and the table of runs is looked at.
void MainWindow::look_again() {
    const bool watched = run_.is_live() && page(QStringLiteral("runs"))->isVisible();
    if ((only_reads() || watched) && !runs_.reading()) runs_.refresh();
}

// The run that was in view when the window closed. In a workspace that can only be read the one that another process
// trains, and the next after it has ended, unless the user looks at another one or writes settings.
void MainWindow::choose_run() {
    if (!runs_.known() || runs_.error() || (!runs_.workspace() && !runs_.workspace_error())) return;
    train_->reopen();
    if (!only_reads() || run_.is_reading()) return;
    const bool has_ended = run_.state() == RunWatch::State::ended && run_.run() == followed_ && !train_->shows_setup();
    if (run_.state() != RunWatch::State::none && !has_ended) return;
    for (const RunSummary& run : runs_.runs()) {
        if (run.state != "running" && run.state != "paused") continue;
        followed_ = run.run;
        return run_.follow(run.run);
    }
}

void MainWindow::show_page(const QString& page) {
    for (size_t i = 0; i < entries_.size(); ++i) {
        if (entries_[i].page->objectName() != page) continue;
        pages_->setCurrentIndex(static_cast<int>(i));
        rail_->set_current(static_cast<int>(i));
        settings_.setValue(QStringLiteral("window/page"), page);
        help_->show_page(page, entries_[i].page->name());
        entries_[i].page->setFocus();  // Tab goes on from here
        entries_[i].page->entered();
        return;
    }
    if (page != QLatin1String("start")) show_page(QStringLiteral("start"));  // a page of another version
}

Page* MainWindow::page(const QString& name) const {
    for (const Entry& entry : entries_)
        if (entry.page->objectName() == name) return entry.page;
    return nullptr;
}

QStringList MainWindow::page_names() const {
    QStringList names;
    for (const Entry& entry : entries_) names << entry.page->objectName();
    return names;
}

void MainWindow::offer_tour() {
    if (!preferences_.knows_the_way()) guide_->begin(rail_->width());
}

void MainWindow::show_help(bool shown) {
    help_->setVisible(shown);
    user_.setValue(help_key(), shown);
}

void MainWindow::change_text_size(int by) {
    const auto* now = std::find(kTextSizes.begin(), kTextSizes.end(), appearance_.text_size());
    const auto index = std::clamp<std::ptrdiff_t>(now - kTextSizes.begin() + by, 0, kTextSizes.size() - 1);
    appearance_.set_text_size(kTextSizes[static_cast<size_t>(index)]);
}

void MainWindow::switch_language() {
    const bool korean = QLocale().language() == QLocale::Korean;
    appearance_.set_language(korean ? LanguageChoice::english : LanguageChoice::korean);
}

void MainWindow::retranslate() {
    for (const Entry& entry : entries_) entry.action->setText(tr("Go to %1").arg(entry.page->name()));
    open_palette_->setText(tr("Search every action"));
    help_action_->setText(tr("Explain this page"));
    name_leave_room();
    leave_room_->setToolTip(tr("Training on half of the cores, behind other programs"));
    larger_->setText(tr("Larger text"));
    smaller_->setText(tr("Smaller text"));
    tour_action_->setText(tr("Show me around"));
    language_action_->setText(QLocale().language() == QLocale::Korean ? QStringLiteral("English")
                                                                      : QStringLiteral("한국어"));
    theme_actions_[0]->setText(tr("Theme of the system"));
    theme_actions_[1]->setText(tr("Dark theme"));
    theme_actions_[2]->setText(tr("Light theme"));
    quit_->setText(tr("Quit"));
    name_keys();
    notices_->retranslate();
    desktop_->retranslate();
    const QWidget* current = pages_->currentWidget();
    if (const Page* shown = current != nullptr ? page(current->objectName()) : nullptr)
        help_->show_page(shown->objectName(), shown->name());
}

void MainWindow::name_keys() {
    for (const Entry& entry : entries_)
        entry.button->set_words(entry.page->name(), entry.action->shortcut().toString(QKeySequence::NativeText));
    status_->set_palette_keys(open_palette_->shortcut().toString(QKeySequence::NativeText));
    guide_->set_keys(keys_or_name(*open_palette_), keys_or_name(*help_action_));
}

void MainWindow::name_leave_room() {
    leave_room_->setText(preferences_.leaves_room() ? tr("Use the whole machine again") : tr("Leave room for me"));
}

void MainWindow::changeEvent(QEvent* event) {
    QMainWindow::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) retranslate();
}

void MainWindow::closeEvent(QCloseEvent* event) {
    user_.setValue(QStringLiteral("window/geometry"), saveGeometry());
    if (!closing_->is_needed() || may_close_) {
        if (isHidden()) QApplication::quit();  // Qt ends with the last window that is to be seen
        return event->accept();
    }
    event->ignore();
    switch (preferences_.on_close()) {
        case OnClose::ask:
            return closing_->open();
        case OnClose::go_on_in_tray:
            return Q_EMIT closing_->hidden_wanted();
        case OnClose::save_and_stop:
            return run_.is_busy() && !engine_.is_making() ? closing_->save_and_stop() : closing_->open();
    }
}

// The window may go to the tray; who quits wants an end.
void MainWindow::quit() {
    if (closing_->is_needed()) desktop_->show_window();  // what it asks is to be seen
    if (!closing_->is_needed() || preferences_.on_close() != OnClose::go_on_in_tray) return static_cast<void>(close());
    closing_->open();
}

void MainWindow::resizeEvent(QResizeEvent* event) {
    QMainWindow::resizeEvent(event);
    rail_->set_folded(width() < kFoldedBelow);
}

bool MainWindow::shows(const QString& page) const {
    return pages_->currentWidget()->objectName() == page;
}

}  // namespace lathe

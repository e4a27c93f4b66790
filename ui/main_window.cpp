#include "ui/main_window.h"

#include <QActionGroup>
#include <QCloseEvent>
#include <QMenu>
#include <QMimeData>

#include "ui/chat_page.h"
#include "ui/export_page.h"
#include "ui/library_page.h"
#include "ui/model_picker.h"
#include "ui/start_page.h"
#include "ui/train_page.h"

namespace lathe {

namespace {

constexpr int kMinWidth = 1024, kMinHeight = 700, kFoldedBelow = 1160;

std::optional<ModelSource> dropped_model(const QMimeData& data) {
    for (const QUrl& url : data.urls())
        if (auto model = url.isLocalFile() ? model_at(url.toLocalFile()) : std::nullopt) return model;
    return std::nullopt;
}

}  // namespace

MainWindow::MainWindow(EngineLink& engine, Appearance& appearance, QSettings& settings, const AppPaths& paths,
                       QWidget* parent)
    : QMainWindow(parent),
      appearance_(appearance),
      settings_(settings),
      run_(engine),
      runs_(engine),
      rail_(new Rail),
      pages_(new QStackedWidget),
      status_(new StatusLine(engine, run_)),
      palette_(nullptr) {
    setWindowTitle(QStringLiteral("Lathe"));
    setMinimumSize(kMinWidth, kMinHeight);
    setAcceptDrops(true);
    auto* center = new QWidget;
    auto* row = new QHBoxLayout;
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->addWidget(rail_);
    row->addWidget(pages_, 1);
    auto* column = new QVBoxLayout(center);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(row, 1);
    column->addWidget(status_);
    setCentralWidget(center);

    palette_ = new CommandPalette(center);
    const PageContext context{engine, run_, runs_, paths, settings};
    add_page(new StartPage(context), QStringLiteral("start"));
    add_page(new TrainPage(context), QStringLiteral("train"));
    add_page(new ChatPage(context), QStringLiteral("chat"));
    add_page(new LibraryPage(context), QStringLiteral("library"));
    add_page(new ExportPage(context), QStringLiteral("export"));
    build_actions();

    connect(rail_, &Rail::chosen, this,
            [this](int index) { show_page(entries_[static_cast<size_t>(index)].page->objectName()); });
    connect(rail_->settings_button(), &RailButton::clicked, this, &MainWindow::show_settings);
    connect(status_->palette_button(), &QPushButton::clicked, palette_, &CommandPalette::open);
    connect(status_->language_button(), &QPushButton::clicked, this, &MainWindow::switch_language);
    connect(&run_, &RunWatch::state_changed, this, [this] { entries_[1].button->set_busy(run_.is_live()); });

    resize(1440, 900);
    restoreGeometry(settings.value(QStringLiteral("window/geometry")).toByteArray());
    retranslate();
    show_page(settings.value(QStringLiteral("window/page"), QStringLiteral("start")).toString());
}

void MainWindow::add_page(Page* page, const QString& name) {
    page->setObjectName(name);
    pages_->addWidget(page);
    RailButton* button = rail_->add_page(page->icon());
    auto* action = new QAction(this);
    action->setShortcut(QKeySequence(Qt::CTRL | static_cast<Qt::Key>(Qt::Key_1 + static_cast<int>(entries_.size()))));
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

void MainWindow::build_actions() {
    open_palette_ = new QAction(this);
    open_palette_->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_K));
    connect(open_palette_, &QAction::triggered, palette_, &CommandPalette::open);
    language_action_ = new QAction(this);
    connect(language_action_, &QAction::triggered, this, &MainWindow::switch_language);
    auto* themes = new QActionGroup(this);
    for (const ThemeChoice choice : {ThemeChoice::system, ThemeChoice::dark, ThemeChoice::light}) {
        auto* action = new QAction(themes);
        action->setCheckable(true);
        action->setChecked(choice == appearance_.theme_choice());
        connect(action, &QAction::triggered, this, [this, choice] { appearance_.set_theme(choice); });
        theme_actions_.push_back(action);
        addAction(action);
    }
    quit_ = new QAction(this);
    quit_->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_Q));
    connect(quit_, &QAction::triggered, this, &MainWindow::close);
    addActions({open_palette_, language_action_, quit_});
    palette_->offer(this, [] { return QString(); });
}

void MainWindow::show_page(const QString& page) {
    for (size_t i = 0; i < entries_.size(); ++i) {
        if (entries_[i].page->objectName() != page) continue;
        pages_->setCurrentIndex(static_cast<int>(i));
        rail_->set_current(static_cast<int>(i));
        settings_.setValue(QStringLiteral("window/page"), page);
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

void MainWindow::show_settings() {
    QMenu menu(this);
    for (QAction* action : theme_actions_) menu.addAction(action);
    menu.addSeparator();
    menu.addAction(language_action_);
    menu.exec(rail_->settings_button()->mapToGlobal(QPoint(0, -menu.sizeHint().height())));
}

void MainWindow::switch_language() {
    const bool korean = QLocale().language() == QLocale::Korean;
    appearance_.set_language(korean ? LanguageChoice::english : LanguageChoice::korean);
}

void MainWindow::retranslate() {
    for (const Entry& entry : entries_) {
        const QString keys = entry.action->shortcut().toString(QKeySequence::NativeText);
        entry.button->set_words(entry.page->name(), keys);
        entry.action->setText(tr("Go to %1").arg(entry.page->name()));
    }
    rail_->settings_button()->set_words(tr("Settings"), tr("Theme and language"));
    open_palette_->setText(tr("Search every action"));
    language_action_->setText(QLocale().language() == QLocale::Korean ? QStringLiteral("English")
                                                                      : QStringLiteral("한국어"));
    theme_actions_[0]->setText(tr("Theme of the system"));
    theme_actions_[1]->setText(tr("Dark theme"));
    theme_actions_[2]->setText(tr("Light theme"));
    quit_->setText(tr("Quit"));
}

void MainWindow::changeEvent(QEvent* event) {
    QMainWindow::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) retranslate();
}

void MainWindow::closeEvent(QCloseEvent* event) {
    settings_.setValue(QStringLiteral("window/geometry"), saveGeometry());
    event->accept();
}

void MainWindow::resizeEvent(QResizeEvent* event) {
    QMainWindow::resizeEvent(event);
    rail_->set_folded(width() < kFoldedBelow);
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event) {
    if (dropped_model(*event->mimeData())) event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event) {
    const auto model = dropped_model(*event->mimeData());
    if (!model) return;
    event->acceptProposedAction();
    remember_model(*model, settings_);
    page(QStringLiteral("chat"))->take_model(*model);
    show_page(QStringLiteral("chat"));
}

}  // namespace lathe

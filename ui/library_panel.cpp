#include "ui/library_panel.h"

#include <QAction>
#include <QDir>
#include <QFileDialog>
#include <QMenu>
#include <algorithm>
#include <cmath>
#include <numeric>

#include "ui/model_words.h"
#include "ui/number_text.h"

namespace lathe {

namespace {

constexpr int kListWidth = 300, kTightList = 248, kTight = 1000, kWelcomeWidth = 460;

}  // namespace

LibraryPanel::LibraryPanel(const PageContext& context, QWidget* parent)
    : QWidget(parent),
      context_(context),
      library_(context.engine, context.user),
      job_(context.engine),
      list_card_(new Card),
      list_(new LibraryList(library_)),
      faces_(new QStackedWidget),
      fetch_(make_button(ButtonKind::plain)),
      open_(make_button(ButtonKind::plain)) {
    fetch_->setObjectName(QStringLiteral("fetch"));
    list_card_->content()->addWidget(list_, 1);
    model_face_ = make_model();
    fetch_face_ = make_fetch();
    welcome_ = make_welcome();
    for (QWidget* face : {welcome_, model_face_, fetch_face_}) faces_->addWidget(face);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(space::kGrid);
    row->addWidget(list_card_);
    row->addWidget(faces_, 1);
    build_actions();
    connect_parts();
}

QWidget* LibraryPanel::make_model() {
    card_ = new ModelCard;
    tiles_ = new TileStrip;
    contents_ = new ModelContents(library_);
    auto* parts = new QWidget;
    auto* column = new QVBoxLayout(parts);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::kGrid);
    column->addWidget(card_);
    column->addWidget(tiles_);
    column->addWidget(contents_, 1);
    return make_scroll_area(parts);
}

QWidget* LibraryPanel::make_fetch() {
    fetch_card_ = new FetchCard(job_, context_.user);
    auto* parts = new QWidget;
    auto* column = new QVBoxLayout(parts);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(fetch_card_);
    column->addStretch(1);
    return make_scroll_area(parts);
}

QWidget* LibraryPanel::make_welcome() {
    welcome_words_ = make_label(TextRole::body, Tone::muted);
    welcome_words_->setWordWrap(true);
    welcome_words_->setAlignment(Qt::AlignCenter);
    welcome_words_->setFixedWidth(kWelcomeWidth);
    auto* words = new QHBoxLayout;
    words->addStretch(1);
    words->addWidget(welcome_words_);
    words->addStretch(1);
    welcome_fetch_ = make_button(ButtonKind::primary);
    welcome_open_ = make_button(ButtonKind::plain);
    auto* row = new QHBoxLayout;
    row->setSpacing(space::kSmall);
    row->addStretch(1);
    row->addWidget(welcome_open_);
    row->addWidget(welcome_fetch_);
    row->addStretch(1);
    auto* face = new Card;
    face->content()->setSpacing(space::kCard);
    face->content()->addStretch(1);
    face->content()->addLayout(words);
    face->content()->addLayout(row);
    face->content()->addStretch(1);
    return face;
}

QAction* LibraryPanel::add_action(const char* id, const std::function<void()>& act) {
    auto* action = new QAction(this);
    action->setObjectName(QLatin1String(id));
    action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    connect(action, &QAction::triggered, this, [this, act] {
        Q_EMIT view_wanted();
        act();
    });
    addAction(action);
    return action;
}

void LibraryPanel::build_actions() {
    fetch_action_ = add_action("fetch", [this] { show_fetch(true); });
    folder_action_ = add_action("open_folder", [this] {
        open(QFileDialog::getExistingDirectory(window(), tr("Open a model folder"), QDir::homePath()));
    });
    file_action_ = add_action("open_file", [this] {
        open(QFileDialog::getOpenFileName(window(), tr("Open a GGUF file"), QDir::homePath(),
                                          QStringLiteral("GGUF (*.gguf)")));
    });
    chat_action_ = add_action("chat", [this] { chat(); });
    refresh_action_ = add_action("refresh", [this] { library_.refresh(); });
    refresh_action_->setShortcut(QKeySequence(Qt::Key_F5));
}

void LibraryPanel::connect_parts() {
    for (QPushButton* button : {fetch_, welcome_fetch_})
        connect(button, &QPushButton::clicked, fetch_action_, &QAction::trigger);
    for (QPushButton* button : {open_, welcome_open_})
        connect(button, &QPushButton::clicked, this, [this, button] { show_open_menu(button); });
    connect(list_, &LibraryList::chosen, this, [this](const std::string& path) {
        Q_EMIT settled();
        if (path != library_.path()) library_.look_at(path);
        show_fetch(false);
    });
    connect(list_, &LibraryList::activated, this, &LibraryPanel::chat);
    connect(card_, &ModelCard::chat_wanted, this, &LibraryPanel::chat);
    connect(card_, &ModelCard::train_wanted, this, [this] { send_to(QStringLiteral("train")); });
    connect(card_, &ModelCard::export_wanted, this, [this] { send_to(QStringLiteral("export")); });
    connect(card_, &ModelCard::fetch_wanted, this, [this](const QString& name) {
        fetch_card_->set_wish(name);
        show_fetch(true);
    });
    connect(fetch_card_, &FetchCard::closed, this, [this] { show_fetch(false); });
    connect(&library_, &Library::list_changed, this, &LibraryPanel::on_list);
    connect(&library_, &Library::detail_changed, this, &LibraryPanel::show_model);
    connect(&library_, &Library::failed, this, &LibraryPanel::failed);
    connect(&context_.run, &RunWatch::state_changed, this, &LibraryPanel::show_model);
    connect(&job_, &FetchJob::fetched, this, &LibraryPanel::on_fetched);
    connect(&job_, &FetchJob::progressed, this, &LibraryPanel::show_titles);
    connect(&job_, &FetchJob::changed, this, [this] {
        show_titles();
        if (job_.error())
            Q_EMIT failed(*job_.error());
        else
            Q_EMIT settled();
    });
}

QString LibraryPanel::summary() const {
    const std::vector<ModelEntry>& models = library_.models();
    if (models.empty()) return tr("The models on this disk.");
    const int64_t bytes = std::accumulate(models.begin(), models.end(), int64_t{0},
                                          [](int64_t sum, const ModelEntry& model) { return sum + model.bytes; });
    return tr("Models on this disk: %1, %2 in all. Each is read where it lies.")
        .arg(count_text(static_cast<int64_t>(models.size())), bytes_text(static_cast<double>(bytes)));
}

// Where none is chosen the first one is.
void LibraryPanel::on_list() {
    if (library_.path().empty() || (library_.entry() == nullptr && !library_.reading())) {
        for (const std::string& source : model_sources()) {
            const auto& models = library_.models();
            const auto first = std::find_if(models.begin(), models.end(),
                                            [&](const ModelEntry& model) { return model.source == source; });
            if (first == models.end()) continue;
            library_.look_at(first->path);
            break;
        }
    }
    list_->set_current(library_.path());
    show_model();
    show_titles();
}

void LibraryPanel::show_model() {
    const ModelEntry* model = library_.entry();
    chat_action_->setEnabled(false);
    if (model != nullptr) {
        card_->set_model(*model, context_.run.is_live() ? tr("A run is training") : QString());
        tiles_->set_tiles(model_tiles(*model));
        chat_action_->setEnabled(card_->can_chat());
    }
    if (faces_->currentWidget() != fetch_face_) show_fetch(false);
}

void LibraryPanel::show_titles() {
    const QString percent = fixed_text(std::floor(100 * job_.share()), 0);
    set_words(fetch_,
              job_.state() == FetchJob::State::fetching ? tr("Downloading, %1 %").arg(percent) : tr("Fetch a model"),
              tr("By the name of its repository, or its address"));
    Q_EMIT changed();
}

void LibraryPanel::show_fetch(bool shown) {
    faces_->setCurrentWidget(shown ? fetch_face_ : library_.path().empty() ? welcome_ : model_face_);
    if (shown) fetch_card_->field()->setFocus(Qt::OtherFocusReason);
}

// Whoever waited for it sees it.
void LibraryPanel::on_fetched(const std::string& folder) {
    library_.refresh();
    if (faces_->currentWidget() != fetch_face_) return;
    library_.look_at(folder);
    show_fetch(false);
}

void LibraryPanel::show_open_menu(QPushButton* button) {
    QMenu menu(this);
    menu.addActions({folder_action_, file_action_});
    menu.exec(button->mapToGlobal(QPoint(0, button->height())));
}

void LibraryPanel::open(const QString& path) {
    if (path.isEmpty()) return;
    Q_EMIT settled();
    library_.open(QDir::cleanPath(path));
    show_fetch(false);
}

void LibraryPanel::send_to(const QString& page) {
    Q_EMIT model_wanted(page, {.folder = library_.path()});
}

void LibraryPanel::chat() {
    if (library_.entry() != nullptr && card_->can_chat()) send_to(QStringLiteral("chat"));
}

void LibraryPanel::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    list_card_->setFixedWidth(width() < kTight ? kTightList : kListWidth);
}

void LibraryPanel::retranslate() {
    list_card_->set_title(tr("Models"));
    set_words(open_, tr("Open a file or folder…"), tr("A model that lies elsewhere; it stays there"));
    set_words(welcome_open_, tr("Open a file or folder…"), open_->toolTip());
    set_words(welcome_fetch_, tr("Fetch a model"), tr("By the name of its repository, or its address"));
    welcome_words_->setText(
        tr("Here will be every model and adapter of the workspace, and what lies in the caches of Hugging Face, "
           "llama.cpp, LM Studio and Ollama. They are read where they lie; nothing is copied."));
    fetch_action_->setText(tr("Fetch a model"));
    folder_action_->setText(tr("Open a model folder…"));
    file_action_->setText(tr("Open a GGUF file…"));
    chat_action_->setText(tr("Chat with the chosen model"));
    refresh_action_->setText(tr("Look through the disk again"));
    show_model();
    show_titles();
}

}  // namespace lathe

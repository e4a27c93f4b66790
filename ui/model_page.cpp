#include "ui/model_page.h"

#include <QAction>
#include <QDir>
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QMimeData>

#include "ui/dropped.h"
#include "ui/key_tip.h"

namespace lathe {

namespace {

QString door_key() {
    return QStringLiteral("model/door");
}

// The path of what has a model's shape; empty: nothing of what is dragged does.
QString dragged_model(const QMimeData& data) {
    const Dropped what = look_at_paths(local_paths(data));
    return what.kind == Dropped::Kind::model || what.kind == Dropped::Kind::shape ? what.paths.constFirst() : QString();
}

}  // namespace

ModelPage::ModelPage(const PageContext& context, QWidget* parent)
    : Page(Scroll::none, parent),
      context_(context),
      doors_(new Segments(2)),
      faces_(new QStackedWidget),
      library_(new LibraryPanel(context)),
      builder_(new ModelBuilder(context)),
      import_(make_button(ButtonKind::plain)),
      save_(make_button(ButtonKind::plain)),
      train_(make_button(ButtonKind::primary)) {
    setAcceptDrops(true);
    train_->setObjectName(QStringLiteral("train_it"));
    faces_->addWidget(library_);
    faces_->addWidget(builder_);
    body()->addWidget(faces_, 1);
    add_title_widget(doors_);
    for (QPushButton* button : {library_->open_button(), library_->fetch_button(), import_, save_, train_})
        add_action_button(button);
    build_actions();
    addActions(library_->actions());
    connect(library_, &LibraryPanel::view_wanted, this, [this] {
        if (!isVisible()) Q_EMIT page_wanted(objectName());
        show_door(Door::open);
    });
    connect(doors_, &Segments::chosen, this, [this](int index) { show_door(static_cast<Door>(index)); });
    connect(library_, &LibraryPanel::changed, this, &ModelPage::arrange);
    connect(library_, &LibraryPanel::settled, this, [this] { banner()->clear(); });
    connect(library_, &LibraryPanel::failed, this, &ModelPage::show_error);
    connect(library_, &LibraryPanel::model_wanted, this, &ModelPage::model_wanted);
    connect(builder_, &ModelBuilder::changed, this, &ModelPage::arrange);
    connect(builder_, &ModelBuilder::failed, this, &ModelPage::show_error);
    connect(builder_, &ModelBuilder::saved, this, &ModelPage::on_saved);
    const bool build = context.settings.value(door_key()).toString() == QLatin1String("build");
    faces_->setCurrentIndex(static_cast<int>(build ? Door::build : Door::open));
    ready();
}

void ModelPage::build_actions() {
    open_action_ = add_action("open", [this] { show_door(Door::open); });
    build_action_ = add_action("build", [this] { show_door(Door::build); });
    import_action_ = add_action("import", [this] { choose_import(); });
    save_action_ = add_action("save", [this] { builder_->ask_preset_name(); });
    train_action_ = add_action("train", [this] { train(); });
    undo_ = add_action("undo", [this] { builder_->undo(); });
    redo_ = add_action("redo", [this] { builder_->redo(); });
    find_ = add_action("find", [this] { builder_->find_setting(); });
    undo_->setShortcuts(QKeySequence::Undo);
    redo_->setShortcuts({QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Z), QKeySequence(Qt::CTRL | Qt::Key_Y)});
    find_->setShortcut(QKeySequence::Find);
    train_action_->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_Return));
    for (const auto& [button, action] : std::initializer_list<std::pair<QPushButton*, QAction*>>{
             {import_, import_action_}, {save_, save_action_}, {train_, train_action_}}) {
        connect(button, &QPushButton::clicked, action, &QAction::trigger);
        show_keys_in_tooltip(button, action);
    }
    show_keys_in_tooltip(builder_->bar().undo_button(), undo_);
    show_keys_in_tooltip(builder_->bar().redo_button(), redo_);
}

QString ModelPage::name() const {
    return tr("Model");
}

void ModelPage::entered() {
    if (door() == Door::open)
        library_->refresh();
    else
        builder_->entered();
}

void ModelPage::take_config(const RunConfig& config, const QString& name) {
    builder_->set_config(config, name);
    show_door(Door::build);
}

void ModelPage::show_door(Door shown) {
    if (shown == door()) return;
    banner()->clear();
    faces_->setCurrentIndex(static_cast<int>(shown));
    context_.settings.setValue(door_key(), shown == Door::build ? QStringLiteral("build") : QStringLiteral("open"));
    entered();
    arrange();
}

void ModelPage::arrange() {
    const bool build = door() == Door::build;
    doors_->set_current(static_cast<int>(door()));
    for (QPushButton* button : {library_->open_button(), library_->fetch_button()}) button->setVisible(!build);
    for (QPushButton* button : {import_, save_, train_}) button->setVisible(build);
    const QString obstacle = builder_->obstacle();
    train_->setEnabled(obstacle.isEmpty());
    train_action_->setEnabled(build && obstacle.isEmpty());
    set_words(train_, tr("Train it"), obstacle.isEmpty() ? tr("Goes to the Train page with this model") : obstacle);
    save_->setEnabled(obstacle.isEmpty());
    save_action_->setEnabled(build && obstacle.isEmpty());
    undo_->setEnabled(build && builder_->can_undo());
    redo_->setEnabled(build && builder_->can_redo());
    find_->setEnabled(build);
    set_title(tr("Model"),
              build ? tr("Each figure is the engine's, for this machine; nothing is written.") : library_->summary());
}

void ModelPage::choose_import() {
    const QString file = QFileDialog::getOpenFileName(window(), tr("Take the shape of a model"), QDir::homePath(),
                                                      QStringLiteral("config.json, GGUF (config.json *.gguf)"));
    if (file.isEmpty()) return;
    show_door(Door::build);
    banner()->clear();
    builder_->import_shape(file);
}

void ModelPage::train() {
    if (builder_->obstacle().isEmpty())
        Q_EMIT config_wanted(QStringLiteral("train"), builder_->config(), builder_->preset());
}

void ModelPage::on_saved(const QString& name, const std::optional<RunConfig>& before) {
    tell_saved(*banner(), context_.paths, name, before, [this] { builder_->entered(); });
}

void ModelPage::dragEnterEvent(QDragEnterEvent* event) {
    if (!dragged_model(*event->mimeData()).isEmpty()) event->acceptProposedAction();
}

void ModelPage::dropEvent(QDropEvent* event) {
    const QString path = dragged_model(*event->mimeData());
    if (path.isEmpty()) return;
    event->acceptProposedAction();
    const bool is_config = QFileInfo(path).fileName() == QLatin1String("config.json");
    if (door() != Door::open || is_config) return take_path(path);
    banner()->clear();
    library_->open(path);
}

void ModelPage::take_path(const QString& path) {
    banner()->clear();
    show_door(Door::build);
    builder_->import_shape(path);
}

void ModelPage::retranslate() {
    doors_->set_words({tr("Open"), tr("Build")});
    doors_->setToolTip(tr("What is on this disk, or a model from its parts"));
    set_words(import_, tr("Import a shape…"), tr("From a config.json or a GGUF file; dropping one here does the same"));
    set_words(save_, tr("Save as a preset"), tr("Keeps these settings under a name"));
    open_action_->setText(tr("Open a model of this disk"));
    build_action_->setText(tr("Build a model"));
    import_action_->setText(tr("Import the shape of a model…"));
    save_action_->setText(tr("Save the model as a preset"));
    train_action_->setText(tr("Train the model that is built"));
    undo_->setText(tr("Undo the last change of the model"));
    redo_->setText(tr("Redo the change of the model"));
    find_->setText(tr("Find a setting of the model"));
    library_->retranslate();
    builder_->retranslate();
    arrange();
}

}  // namespace lathe

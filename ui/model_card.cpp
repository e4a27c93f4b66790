#include "ui/model_card.h"

#include <QClipboard>
#include <QDesktopServices>
#include <QDir>
#include <QEvent>
#include <QFileInfo>
#include <QGuiApplication>
#include <QUrl>

#include "ui/model_words.h"
#include "ui/number_text.h"

namespace lathe {

ModelCard::ModelCard(QWidget* parent)
    : Card(parent),
      chat_(make_button(ButtonKind::primary)),
      train_(make_button(ButtonKind::plain)),
      export_(make_button(ButtonKind::plain)),
      fetch_(make_button(ButtonKind::primary)),
      folder_(make_icon_button(QStringLiteral("folder"))),
      copy_(make_icon_button(QStringLiteral("copy"))),
      path_(new ElidedLabel(TextRole::mono, Tone::muted)),
      problem_(make_label(TextRole::body, Tone::warn)),
      facts_(new FactList) {
    chat_->setObjectName(QStringLiteral("chat"));
    train_->setObjectName(QStringLiteral("train"));
    export_->setObjectName(QStringLiteral("export"));
    fetch_->setObjectName(QStringLiteral("fetch_base"));
    for (QPushButton* button : {train_, export_, chat_, fetch_}) header()->addWidget(button);
    auto* place = new QHBoxLayout;
    place->setSpacing(space::kTiny);
    place->addWidget(path_, 1);
    place->addWidget(copy_);
    place->addWidget(folder_);
    problem_->setWordWrap(true);
    problem_->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    content()->addLayout(place);
    content()->addWidget(problem_);
    content()->addWidget(facts_);
    connect(chat_, &QPushButton::clicked, this, &ModelCard::chat_wanted);
    connect(train_, &QPushButton::clicked, this, &ModelCard::train_wanted);
    connect(export_, &QPushButton::clicked, this, &ModelCard::export_wanted);
    connect(fetch_, &QPushButton::clicked, this, [this] { Q_EMIT fetch_wanted(QString::fromStdString(model_.base)); });
    connect(folder_, &QPushButton::clicked, this, &ModelCard::open_folder);
    connect(copy_, &QPushButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(QString::fromStdString(model_.path)); });
    retranslate();
}

void ModelCard::set_model(const ModelEntry& model, const QString& obstacle) {
    model_ = model;
    obstacle_ = obstacle;
    retranslate();
}

void ModelCard::open_folder() const {
    const QFileInfo info(QString::fromStdString(model_.path));
    QDesktopServices::openUrl(QUrl::fromLocalFile(info.isDir() ? info.filePath() : info.path()));
}

void ModelCard::show_facts() {
    QStringList modules;
    for (const std::string& module : model_.target_modules) modules << QString::fromStdString(module);
    const QString rank = model_.rank > 0 ? count_text(model_.rank) : QString();
    facts_->set_facts(
        {{tr("Architecture"), QString::fromStdString(model_.model_type)},
         {tr("Shape"), shape_text(model_)},
         {tr("For the model"), QString::fromStdString(model_.base)},
         {tr("Rank"), modules.isEmpty() ? rank : tr("%1, on %2").arg(rank, modules.join(QStringLiteral(", ")))},
         {tr("Licence"), model_.licence.empty() ? tr("not told") : QString::fromStdString(model_.licence)},
         {tr("Found in"), source_title(model_.source)}});
}

// Why nothing can be done with it; "" where something can.
QString ModelCard::obstacle_of_all() const {
    if (model_.problem || model_.kind != "adapter" || model_.base_is_there) return problem_text(model_);
    return tr("Its base is not on this disk: %1").arg(QString::fromStdString(model_.base));
}

void ModelCard::retranslate() {
    set_title(QString::fromStdString(model_.name));
    path_->set_text(QDir::toNativeSeparators(QString::fromStdString(model_.path)));
    const QString why = obstacle_of_all(), base = QString::fromStdString(model_.base);
    problem_->setText(why);
    problem_->setVisible(!why.isEmpty());
    const bool adapter = model_.kind == "adapter", openable = model_.kind != "folder";
    const auto offer = [](QPushButton* button, bool offered, const QString& obstacle, const QString& text,
                          const QString& tooltip) {
        button->setVisible(offered);
        button->setEnabled(obstacle.isEmpty());
        set_words(button, text, obstacle.isEmpty() ? tooltip : obstacle);
    };
    offer(fetch_, adapter && !model_.problem && !model_.base_is_there && is_repository(model_.base), {},
          tr("Fetch its base"), tr("Shows first what %1 would be: licence and size").arg(base));
    offer(chat_, openable, why, tr("Chat"), tr("Opens a conversation with it (Enter in the list)"));
    offer(train_, openable && !adapter, why.isEmpty() ? obstacle_ : why, tr("Train on it"),
          tr("Makes it the base of a new run"));
    offer(export_, openable, why, tr("Export…"), tr("Writes it in another format"));
    set_words(copy_, {}, tr("Copy the path"));
    set_words(folder_, {}, tr("Open the folder"));
    show_facts();
}

void ModelCard::changeEvent(QEvent* event) {
    Card::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) retranslate();
}

}  // namespace lathe

#include "ui/window_notices.h"

#include <QFileInfo>

#include "ui/error_text.h"
#include "ui/number_text.h"

namespace lathe {

WindowNotices::WindowNotices(RunWatch& run, RunList& runs, Preferences& preferences, QWidget* parent)
    : QWidget(parent), run_(run), runs_(runs), preferences_(preferences), workspace_(new Banner), notice_(new Banner) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    for (Banner* banner : {workspace_, notice_}) {
        auto* frame = new QVBoxLayout;
        frame->setContentsMargins(space::kPage, space::kSmall, space::kPage, 0);
        frame->addWidget(banner);
        column->addLayout(frame);
    }
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    connect(&runs, &RunList::workspace_answered, this, &WindowNotices::show_workspace);
}

void WindowNotices::show_workspace() {
    const std::optional<Error>& error = runs_.workspace_error();
    const std::optional<WorkspaceOpened>& opened = runs_.workspace();
    workspace_->clear();
    if (error) {
        const QString what =
            opened ? tr("This workspace can only be read here, nothing is saved or trained: %1").arg(error_text(*error))
                   : error_text(*error);
        workspace_->show_message(opened ? Tone::warn : Tone::bad, what, QString::fromStdString(error->sentence()));
        workspace_->add_action(tr("Try again"), [this] { runs_.open_workspace(); });
    } else if (opened && !opened->damaged_database.empty()) {
        workspace_->show_message(
            Tone::warn, tr("The database of this workspace was damaged. It is kept as %1; %2 runs could be read from "
                           "it, others come from their checkpoints.")
                            .arg(QFileInfo(QString::fromStdString(opened->damaged_database)).fileName(),
                                 count_text(opened->recovered_runs)));
    }
}

void WindowNotices::say(const std::function<void()>& words) {
    asks_about_battery_ = false;
    words_ = words;
    words();
}

void WindowNotices::ask_about_battery() {
    say([this] {
        notice_->show_message(Tone::warn, tr("The machine runs on its battery, which a training run empties quickly."));
        notice_->add_action(tr("Pause the run"), [this] {
            run_.pause();
            battery_no_more();
        });
        notice_->add_action(tr("Leave room"), [this] {
            preferences_.set_leaves_room(true);
            battery_no_more();
        });
        notice_->add_action(tr("Go on"), [this] { battery_no_more(); });
    });
    asks_about_battery_ = true;
}

void WindowNotices::battery_no_more() {
    if (asks_about_battery_) notice_->clear();
    asks_about_battery_ = false;
}

void WindowNotices::refuse_drop(const QStringList& paths, bool all) {
    QStringList names;
    for (const QString& path : paths) names << QFileInfo(path).fileName();
    say([this, all, names = names.join(QStringLiteral("”, “"))] {
        notice_->show_message(
            Tone::warn,
            all ? tr("“%1” is neither text nor rows, nor a model, a run or settings of one.").arg(names)
                : tr("Left out: “%1”. Any number of data files can be dropped at once, or one thing of another kind.")
                      .arg(names));
    });
}

void WindowNotices::offer_workspace(const QString& folder) {
    say([this, folder] {
        notice_->show_message(Tone::text, tr("“%1” is a workspace.").arg(QFileInfo(folder).fileName()));
        const auto offer = [this](const QString& words, const QString& help, const std::function<void()>& act) {
            QPushButton* button = notice_->add_action(words, [this, act] {
                notice_->clear();
                act();
            });
            button->setToolTip(help);
        };
        offer(tr("Open it"), tr("In a window of its own; this one stays"),
              [this, folder] { Q_EMIT workspace_wanted(folder); });
        offer(tr("Import its runs"), tr("Copies them into this workspace; that one stays as it is"),
              [this, folder] { Q_EMIT import_wanted(folder); });
    });
}

void WindowNotices::retranslate() {
    if (runs_.workspace_error() || workspace_->isVisible()) show_workspace();
    if (!words_ || notice_->isHidden()) return;
    const bool about_battery = asks_about_battery_;
    say(std::function(words_));  // not the one that is being replaced
    asks_about_battery_ = about_battery;
}

}  // namespace lathe

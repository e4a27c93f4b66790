// What the Runs page does with the chosen runs, and what is brought to it.
#include <QAction>
#include <QDesktopServices>
#include <QFileDialog>
#include <QUrl>
#include <algorithm>
#include <array>
#include <cmath>

#include "ui/error_text.h"
#include "ui/number_text.h"
#include "ui/runs_page.h"

namespace lathe {

// What the buttons do, in the palette; of the chosen run, in the menu of its row, too.
void RunsPage::build_deeds() {
    constexpr std::array<const char*, RunSide::kDeeds> ids = {"open",   "rename",      "resume",        "chat",
                                                              "export", "compare",     "same_settings", "queue",
                                                              "folder", "tensorboard", "trash"};
    for (int i = 0; i < RunSide::kDeeds; ++i)
        deeds_.push_back(add_action(ids[static_cast<size_t>(i)], side_->button(static_cast<RunSide::Deed>(i))));
    restore_action_ = add_action("restore", restore_);
    empty_action_ = add_action("empty_trash", empty_trash_);
    import_action_ = add_action("import", import_);
    tick_action_ = add_action("tick_shown", tick_shown_);
    best_action_ = add_action("export_best_ticked", [this] {
        const RunSummary* best = best_ticked();
        if (best == nullptr) return;
        Q_EMIT model_wanted(QStringLiteral("export"), {.folder = {}, .run = best->run, .checkpoint = "best"});
    });
    table_->addActions(deeds_);
    table_->addActions({tick_action_, best_action_});
    table_->addAction(restore_action_);
    table_->setContextMenuPolicy(Qt::ActionsContextMenu);
    for (const auto& [id, part] : std::initializer_list<std::pair<const char*, Part>>{
             {"show_curves", Part::curves}, {"show_settings", Part::settings}, {"show_queue", Part::queue}})
        part_actions_.push_back(add_action(id, [this, part = part] { show_part(part); }));
    for (const auto& [id, button] :
         std::initializer_list<std::pair<const char*, QPushButton*>>{{"queue_go_on", queue_->go_on_button()},
                                                                     {"queue_start", queue_->start_button()},
                                                                     {"queue_remove", queue_->remove_button()},
                                                                     {"queue_undo", queue_->undo_button()}})
        queue_actions_.emplace_back(add_action(id, button, [this] { show_part(Part::queue); }), button);
}

void RunsPage::name_deeds() {
    using Deed = RunSide::Deed;
    for (const auto& [deed, text] : std::initializer_list<std::pair<Deed, QString>>{
             {Deed::open, tr("Show the chosen run")},
             {Deed::rename, tr("Rename the chosen run")},
             {Deed::resume, tr("Resume the chosen run")},
             {Deed::chat, tr("Chat with the chosen run")},
             {Deed::export_model, tr("Export the chosen run…")},
             {Deed::compare, tr("Compare the chosen run with its base")},
             {Deed::same_settings, tr("Copy the settings of the chosen run")},
             {Deed::queue, tr("Run the chosen run again later")},
             {Deed::folder, tr("Open the folder of the chosen run")},
             {Deed::tensorboard, tr("Write TensorBoard files of the chosen run…")},
             {Deed::trash, tr("Move the chosen runs to the trash")}})
        deeds_[static_cast<int>(deed)]->setText(text);
    tick_action_->setText(tr("Tick the runs that are shown"));
    best_action_->setText(tr("Export the best of the ticked runs…"));
    restore_action_->setText(tr("Take the chosen runs out of the trash"));
    empty_action_->setText(tr("Empty the trash of runs"));
    part_actions_[0]->setText(tr("Show the curves of the ticked runs"));
    part_actions_[1]->setText(tr("Show where the settings of the ticked runs differ"));
    part_actions_[2]->setText(tr("Show the queue"));
}

void RunsPage::name_changing() {
    import_action_->setText(context_.runs.importing() ? tr("Stop importing runs")
                                                      : tr("Import runs of another workspace…"));
    best_action_->setEnabled(!trash_shown_ && best_ticked() != nullptr);
    for (const auto& [action, button] : queue_actions_) action->setText(tr("Queue: %1").arg(button->text()));
}

void RunsPage::open() {
    const RunSummary* run = chosen();
    if (run == nullptr || trash_shown_) return;
    if (run->run != context_.run.run() || !context_.run.is_live()) context_.run.look_at(run->run);
    Q_EMIT page_wanted(QStringLiteral("train"));
}

void RunsPage::use_settings(bool queued) {
    settings_for_queue_ = queued;
    run_settings_.ask(*chosen());
}

void RunsPage::do_deed(RunSide::Deed deed) {
    const RunSummary* run = chosen();
    if (run == nullptr || trash_shown_) return;
    const ModelSource last{.folder = {}, .run = run->run, .checkpoint = "last"};
    const QString folder = context_.paths.workspace + QStringLiteral("/runs/") + QString::fromStdString(run->run);
    switch (deed) {
        case RunSide::Deed::open:
            return open();
        case RunSide::Deed::rename:
            return table_->rename_current();
        case RunSide::Deed::resume:
            context_.run.start({.config = {}, .config_file = {}, .resume = run->run});
            return Q_EMIT page_wanted(QStringLiteral("train"));
        case RunSide::Deed::same_settings:
            return use_settings(false);
        case RunSide::Deed::queue:
            return use_settings(true);
        case RunSide::Deed::chat:
            return Q_EMIT model_wanted(QStringLiteral("chat"), last);
        case RunSide::Deed::export_model:
            return Q_EMIT model_wanted(QStringLiteral("export"), last);
        case RunSide::Deed::compare:
            return Q_EMIT comparison_wanted(run->run);
        case RunSide::Deed::folder:
            if (!QDesktopServices::openUrl(QUrl::fromLocalFile(folder)))
                banner()->show_message(Tone::warn, tr("No file manager opened it: %1").arg(folder));
            return;
        case RunSide::Deed::tensorboard: {
            const QString parent = QFileDialog::getExistingDirectory(window(), tr("Where to write the event files"));
            if (!parent.isEmpty())
                context_.runs.write_tensorboard(run->run, (parent + QLatin1Char('/')).toStdString() + run->run);
            return;
        }
        case RunSide::Deed::trash:
            return remove();
    }
}

void RunsPage::tick_shown() {
    const std::set<std::string> before = model_->ticked();
    const int shown = model_->rowCount(), most = std::min(shown, static_cast<int>(RunOverlay::kMostRuns));
    std::set<std::string> runs;
    for (int row = 0; row < most; ++row) runs.insert(model_->run(row).run);
    if (part_->current() == static_cast<int>(Part::queue)) show_part(Part::curves);  // what they are ticked for
    if (runs == before) return;
    model_->set_ticked(runs);
    if (before.empty() && most == shown) return banner()->clear();
    banner()->show_message(Tone::muted, tr("Ticked: %1 of the %2 that are shown.").arg(most).arg(count_text(shown)));
    banner()->add_action(tr("Undo"), [this, before] {
        model_->set_ticked(before);
        banner()->clear();
    });
}

const RunSummary* RunsPage::best_ticked() const {
    const RunSummary* best = nullptr;
    for (const std::string& id : model_->ticked()) {
        const RunSummary* run = context_.runs.find(id);
        if (run == nullptr || !run->best_eval_loss || std::isnan(*run->best_eval_loss) || run->checkpoints.empty())
            continue;
        if (best == nullptr || *run->best_eval_loss < *best->best_eval_loss) best = run;
    }
    return best;
}

// At once, with a way back.
void RunsPage::remove() {
    if (trash_shown_) return;
    std::vector<std::string> runs = table_->chosen();
    std::erase_if(runs, [this](const std::string& run) {
        const RunSummary* listed = context_.runs.find(run);
        return listed == nullptr || listed->state == "running" || listed->state == "paused";
    });
    if (runs.empty()) return banner()->show_message(Tone::warn, tr("A run that trains stays where it is."));
    const QString name = name_of_run(runs.front());
    side_->flush();
    removed_ = runs;
    undo_->setEnabled(true);
    for (const std::string& run : runs) context_.runs.move_to_trash(run);
    banner()->show_message(Tone::muted,
                           runs.size() == 1
                               ? tr("“%1” is in the trash.").arg(name)
                               : tr("%1 runs are in the trash.").arg(count_text(static_cast<int64_t>(runs.size()))));
    banner()->add_action(tr("Undo"), [this] { undo_->trigger(); });
}

void RunsPage::restore() {
    for (const std::string& run : table_->chosen()) context_.runs.restore(run);
}

void RunsPage::import() {
    const QString folder = QFileDialog::getExistingDirectory(window(), tr("A workspace, or the folder of a run"));
    if (!folder.isEmpty()) context_.runs.import(folder.toStdString());
}

void RunsPage::take_path(const QString& path) {
    context_.runs.import(path.toStdString());
}

void RunsPage::on_imported(const RunsImported& result) {
    QString text = tr("%1 runs were imported.").arg(count_text(static_cast<int64_t>(result.runs.size())));
    QStringList details;
    for (const Error& error : result.left_out) details << QString::fromStdString(error.sentence());
    if (!result.left_out.empty())
        text += QLatin1Char(' ') +
                tr("%1 parts could not be read and were left out; the first: %2")
                    .arg(count_text(static_cast<int64_t>(result.left_out.size())), error_text(result.left_out.front()));
    banner()->show_message(result.left_out.empty() ? Tone::ok : Tone::warn, text, details.join(QLatin1Char('\n')));
}

}  // namespace lathe

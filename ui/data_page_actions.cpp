// What Ctrl+K finds of the Data page.
#include <QAction>

#include "ui/data_page.h"
#include "ui/key_tip.h"

namespace lathe {

void DataPage::build_actions() {
    save_action_ = add_action("save", [this] { draft_.save(); });
    save_action_->setShortcut(QKeySequence::Save);
    train_action_ = add_action("train", [this] { use_for_training(); });
    train_action_->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_Return));
    files_action_ = add_action("add_files", [this] { choose_files(); });
    files_action_->setShortcut(QKeySequence::Open);
    folder_action_ = add_action("add_folder", [this] { choose_folder(); });
    new_action_ = add_action("new", [this] { draft_.open({}, {}); });
    new_action_->setShortcut(QKeySequence::New);
    refresh_action_ = add_action("refresh", [this] {
        datasets_.refresh();
        draft_.survey_again();
    });
    refresh_action_->setShortcut(QKeySequence(Qt::Key_F5));
    for (const auto& [id, face] : std::initializer_list<std::pair<const char*, Face>>{
             {"survey", Face::survey}, {"clean", Face::clean}, {"tokenizer", Face::tokenizer}})
        face_actions_.push_back(add_action(id, [this, face = face] { show_face(face); }));
    cancel_action_ = add_action("cancel", cancel_);
    trash_action_ = add_action("trash", trash_);
    const auto tokenizer = [this] { show_face(Face::tokenizer); };
    train_tokenizer_ = add_action("train_tokenizer", tokenizer_->train_button(), tokenizer);
    measure_tokenizers_ = add_action("measure_tokenizers", tokenizer_->measure_button(), tokenizer);
    cancel_tokenizer_ = add_action("cancel_tokenizer", tokenizer_->cancel_button(), tokenizer);
    show_keys_in_tooltip(save_, save_action_);
    show_keys_in_tooltip(train_, train_action_);
    connect(refresh_action_, &QAction::changed, this, &DataPage::show_draft);  // says its keys
}

void DataPage::name_actions() {
    save_action_->setText(tr("Save the data as a new version"));
    train_action_->setText(tr("Use the data for training"));
    files_action_->setText(tr("Add files to the data…"));
    folder_action_->setText(tr("Add a folder to the data…"));
    new_action_->setText(tr("Begin another data set"));
    refresh_action_->setText(tr("Look through the data again"));
    face_actions_[0]->setText(tr("Look at the data"));
    face_actions_[1]->setText(tr("Clean the data"));
    face_actions_[2]->setText(tr("A tokenizer for the data"));
    cancel_action_->setText(tr("Cancel what is done to the data"));
    trash_action_->setText(tr("Move the data set to the trash"));
    train_tokenizer_->setText(tr("Train a tokenizer on the data"));
    measure_tokenizers_->setText(tr("Compare the tokenizers on the data"));
    cancel_tokenizer_->setText(tr("Stop the tokenizer's work"));
}

}  // namespace lathe

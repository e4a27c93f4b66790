// The data on the Data page from files to a saved version: what is on screen (files, recipe, name), what the engine
// found in them, how far it is. Every change is kept in the settings and asks for a new survey; the last one stays
// until the answer. Widget-free. Thread: GUI.
#pragma once

#include <QObject>
#include <QSettings>
#include <QTimer>
#include <optional>

#include "ui/engine_link.h"

namespace lathe {

class DataDraft : public QObject {
    Q_OBJECT

public:
    DataDraft(EngineLink& engine, QSettings& settings, QObject* parent = nullptr);

    const DataConfig& data() const { return data_; }
    const CleanRecipe& recipe() const { return recipe_; }
    const QString& name() const { return name_; }
    // Path; "": tokens are not counted.
    const QString& tokenizer() const { return tokenizer_; }
    bool is_empty() const { return data_.files.empty(); }

    // Other data in its place; its recipe is none.
    void open(const DataConfig& data, const QString& name);
    void add_files(const QStringList& files);
    void remove_file(const std::string& file);  // the entry that it is, or the folder that it is in
    void set_recipe(const CleanRecipe& recipe);
    void set_name(const QString& name);
    void set_tokenizer(const QString& path);  // the user's choice; "": none, whatever is offered
    // The one in use if it is still among them, else the first that is whole.
    void offer_tokenizers(const std::vector<TokenizerEntry>& at_hand);
    void offer_tokenizer(const QString& path);  // in the place of the one in use
    void survey_again();                        // the files may be others
    void cancel();                              // the survey or the saving
    void save();

    const std::optional<DatasetSurvey>& survey() const { return survey_; }
    bool is_current() const { return survey_ && !stale_; }  // of what is on screen
    // Of the files on screen, whatever the recipe; nothing where they are not counted.
    std::optional<int64_t> documents() const {
        return survey_ && !files_stale_ ? std::optional(survey_->documents) : std::nullopt;
    }
    // The data on screen without the files that cannot be read, as far as that is known.
    DataConfig readable() const;
    bool is_surveying() const { return survey_request_ != 0 || soon_.isActive(); }
    bool is_saving() const { return save_request_ != 0; }
    const std::optional<Progress>& progress() const { return progress_; }
    bool can_save() const;
    // What is on screen is what save() was asked to write.
    bool is_as_saved() const { return !touched_; }

Q_SIGNALS:
    void changed();    // what is on screen, or what is known of it
    void opened();     // other data is in its place
    void restarted();  // other files or another recipe: documents shown are of the last ones
    void surveyed();
    void progressed();
    void failed(const lathe::Error& error);
    void saved(const lathe::DatasetEntry& dataset);

private:
    void on_event(const Event& event);
    void ask();
    void ask_soon();
    void keep();
    void restore();

    EngineLink& engine_;
    QSettings& settings_;
    DataConfig data_;
    CleanRecipe recipe_;
    QString name_, tokenizer_;
    bool count_tokens_ = true;
    QTimer soon_;  // typing asks once
    RequestId survey_request_ = 0, save_request_ = 0;
    std::optional<DatasetSurvey> survey_;
    std::optional<Progress> progress_;
    bool stale_ = true, files_stale_ = true, touched_ = true;
};

}  // namespace lathe

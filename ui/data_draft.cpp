#include "ui/data_draft.h"

#include <QFileInfo>
#include <algorithm>

namespace lathe {

namespace {

constexpr int kSoon_ms = 300;
const QString kTokenizer = QStringLiteral("data/tokenizer"), kCountTokens = QStringLiteral("data/count_tokens");

}  // namespace

DataDraft::DataDraft(EngineLink& engine, QSettings& settings, QObject* parent)
    : QObject(parent), engine_(engine), settings_(settings) {
    soon_.setSingleShot(true);
    soon_.setInterval(kSoon_ms);
    connect(&soon_, &QTimer::timeout, this, &DataDraft::ask);
    connect(&engine, &EngineLink::event_arrived, this, &DataDraft::on_event);
    restore();
}

// What an older version kept, or another program spoiled, is left out.
void DataDraft::restore() {
    const auto text = [this](const char* key) {
        return settings_.value(QLatin1String("data/") + QLatin1String(key)).toString();
    };
    name_ = text("name");
    tokenizer_ = text("tokenizer");
    count_tokens_ = settings_.value(kCountTokens, true).toBool();
    static_cast<void>(error_of([&] { data_ = parse_run_config(text("config").toStdString(), "").data; }));
    static_cast<void>(error_of([&] { recipe_ = parse_clean_recipe(text("recipe").toStdString(), ""); }));
}

void DataDraft::keep() {
    touched_ = true;
    RunConfig config;
    config.data = data_;
    settings_.setValue(QStringLiteral("data/config"), QString::fromStdString(to_json(config)));
    settings_.setValue(QStringLiteral("data/recipe"), QString::fromStdString(to_json(recipe_)));
    settings_.setValue(QStringLiteral("data/name"), name_);
}

void DataDraft::open(const DataConfig& data, const QString& name) {
    data_ = data;
    recipe_ = {};
    name_ = name;
    files_stale_ = true;
    survey_.reset();
    keep();
    Q_EMIT opened();
    Q_EMIT restarted();
    ask_soon();
}

void DataDraft::add_files(const QStringList& files) {
    bool any = false;
    for (const QString& file : files) {
        const std::string path = file.toStdString();
        if (std::find(data_.files.begin(), data_.files.end(), path) != data_.files.end()) continue;
        data_.files.push_back(path);
        any = true;
    }
    if (!any) return;
    files_stale_ = true;
    if (name_.isEmpty()) name_ = QFileInfo(files.front()).completeBaseName();
    keep();
    Q_EMIT restarted();
    ask_soon();
}

void DataDraft::remove_file(const std::string& file) {
    const auto holds = [&](const std::string& entry) { return entry == file || file.starts_with(entry + "/"); };
    data_.files.erase(std::remove_if(data_.files.begin(), data_.files.end(), holds), data_.files.end());
    files_stale_ = true;
    if (is_empty()) survey_.reset();
    keep();
    Q_EMIT restarted();
    ask_soon();
}

void DataDraft::set_recipe(const CleanRecipe& recipe) {
    if (to_json(recipe) == to_json(recipe_)) return;
    recipe_ = recipe;
    keep();
    Q_EMIT restarted();
    ask_soon();
}

void DataDraft::set_name(const QString& name) {
    if (name == name_) return;
    name_ = name;
    touched_ = true;
    settings_.setValue(QStringLiteral("data/name"), name_);
    Q_EMIT changed();
}

void DataDraft::set_tokenizer(const QString& path) {
    count_tokens_ = !path.isEmpty();
    settings_.setValue(kCountTokens, count_tokens_);
    if (path == tokenizer_) return;
    tokenizer_ = path;
    settings_.setValue(kTokenizer, tokenizer_);
    ask_soon();
}

void DataDraft::offer_tokenizer(const QString& path) {
    if (count_tokens_) set_tokenizer(path);
}

void DataDraft::offer_tokenizers(const std::vector<TokenizerEntry>& at_hand) {
    const auto is_whole = [](const TokenizerEntry& one) { return !one.problem; };
    const auto in_use = [&](const TokenizerEntry& one) {
        return is_whole(one) && one.path == tokenizer_.toStdString();
    };
    if (std::any_of(at_hand.begin(), at_hand.end(), in_use)) return;
    const auto first = std::find_if(at_hand.begin(), at_hand.end(), is_whole);
    if (first != at_hand.end()) offer_tokenizer(QString::fromStdString(first->path));
}

void DataDraft::survey_again() {
    ask_soon();
}

void DataDraft::cancel() {
    soon_.stop();
    if (survey_request_ != 0) engine_.cancel(survey_request_);
    if (save_request_ != 0) engine_.cancel(save_request_);
    Q_EMIT changed();
}

DataConfig DataDraft::readable() const {
    const auto is_broken = [](const SurveyedFile& file) { return file.problem.has_value(); };
    if (!documents() || std::none_of(survey_->files.begin(), survey_->files.end(), is_broken)) return data_;
    DataConfig data = data_;
    data.files.clear();
    const std::vector<std::string>& held = data_.validation_files;
    for (const SurveyedFile& file : survey_->files)
        if (!is_broken(file) && std::find(held.begin(), held.end(), file.path) == held.end())
            data.files.push_back(file.path);
    return data;
}

bool DataDraft::can_save() const {
    return is_current() && !is_saving() && !name_.trimmed().isEmpty() && survey_->kept_documents > 0;
}

void DataDraft::save() {
    if (!can_save()) return;
    touched_ = false;
    progress_.reset();
    save_request_ = engine_.post(SaveDataset{.name = name_.trimmed().toStdString(), .data = data_, .recipe = recipe_});
    Q_EMIT changed();
}

void DataDraft::ask_soon() {
    if (is_empty()) {
        soon_.stop();
    } else {
        soon_.start();
    }
    if (survey_request_ != 0) engine_.cancel(survey_request_);
    survey_request_ = 0;
    stale_ = true;
    Q_EMIT changed();
}

void DataDraft::ask() {
    if (is_empty()) return;
    if (survey_request_ != 0) engine_.cancel(survey_request_);
    progress_.reset();
    survey_request_ = engine_.post(
        SurveyData{.data = data_, .recipe = recipe_, .tokenizer = tokenizer_.toStdString(), .sample_tokens = true});
    Q_EMIT changed();
}

void DataDraft::on_event(const Event& event) {
    if (event.request == 0 || (event.request != survey_request_ && event.request != save_request_)) return;
    RequestId& request = event.request == survey_request_ ? survey_request_ : save_request_;
    if (const auto* progress = std::get_if<Progress>(&event.body)) {
        progress_ = *progress;
        Q_EMIT progressed();
    } else if (const auto* surveyed_now = std::get_if<DataSurveyed>(&event.body)) {
        request = 0;
        survey_ = surveyed_now->survey;
        stale_ = files_stale_ = false;
        Q_EMIT surveyed();
        Q_EMIT changed();
    } else if (const auto* written = std::get_if<DatasetChanged>(&event.body)) {
        request = 0;
        Q_EMIT saved(written->dataset);
        Q_EMIT changed();
    } else if (const auto* failed_now = std::get_if<Failed>(&event.body)) {
        request = 0;
        Q_EMIT changed();
        if (failed_now->error.kind != ErrorKind::cancelled) Q_EMIT failed(failed_now->error);
    }
}

}  // namespace lathe

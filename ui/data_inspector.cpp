#include "ui/data_inspector.h"

#include <algorithm>

namespace lathe {

namespace {

bool same_data(const RunConfig& a, const RunConfig& b) {
    RunConfig first, second;
    first.data = a.data;
    second.data = b.data;
    return differing_keys(first, second).empty() && a.train.seed == b.train.seed &&
           tokenizer_source(a) == tokenizer_source(b);
}

}  // namespace

std::string tokenizer_source(const RunConfig& config) {
    if (!config.tokenizer.path.empty()) return config.tokenizer.path;
    return config.base_model ? config.base_model->path : std::string();
}

DataInspector::DataInspector(EngineLink& engine, QObject* parent) : QObject(parent), engine_(engine) {
    connect(&engine, &EngineLink::event_arrived, this, &DataInspector::on_event);
}

bool DataInspector::is_about(const RunConfig& config) const {
    return same_data(config, asked_);
}

void DataInspector::ask(const RunConfig& config) {
    if (config.data.files.empty()) {
        answer_.reset();
        return drop();
    }
    if (state_ != State::nothing && is_about(config)) return;
    if (!is_about(config)) allowed_ = false;
    asked_ = config;
    part_ = Part::example;
    index_ = 0;
    look_again();
}

void DataInspector::look_again() {
    if (asked_.data.files.empty()) return;
    give_up();
    state_ = State::asking;
    figures_request_ = engine_.post(command());
    Q_EMIT changed();
}

void DataInspector::cancel() {
    if (state_ != State::asking) return;
    give_up();
    state_ = State::cancelled;
    Q_EMIT changed();
}

void DataInspector::drop() {
    give_up();
    state_ = State::nothing;
    Q_EMIT changed();
}

void DataInspector::give_up() {
    for (RequestId* request : {&figures_request_, &tokens_request_})
        if (const RequestId given_up = std::exchange(*request, 0); given_up != 0) engine_.cancel(given_up);
    error_.reset();
    progress_.reset();
}

InspectData DataInspector::command() const {
    return {
        .data = asked_.data, .model = tokenizer_source(asked_), .example = {}, .row = {}, .seed = asked_.train.seed};
}

void DataInspector::show(Part part, int64_t index) {
    if (!is_current()) return;
    part_ = part;
    index_ = std::clamp<int64_t>(index, 0, std::max<int64_t>(count(part) - 1, 0));
    ask_tokens();
    Q_EMIT changed();
}

int64_t DataInspector::count(Part part) const {
    if (!answer_ || !answer_->tokenised) return 0;
    // A document of plain text may be a whole library: rows alone show it.
    if (part == Part::example) return answer_->examples > 0 ? answer_->documents : 0;
    return answer_->training_rows;
}

void DataInspector::ask_tokens() {
    if (tokens_request_ != 0) engine_.cancel(std::exchange(tokens_request_, 0));
    if (count(part_) == 0) part_ = part_ == Part::example ? Part::row : Part::example;
    index_ = std::clamp<int64_t>(index_, 0, std::max<int64_t>(count(part_) - 1, 0));
    if (count(part_) == 0) return;
    InspectData wish = command();
    (part_ == Part::example ? wish.example : wish.row) = index_;
    tokens_request_ = engine_.post(wish);
}

const InspectedTokens* DataInspector::tokens() const {
    if (!answer_) return nullptr;
    const std::optional<InspectedTokens>& shown = part_ == Part::example ? answer_->example : answer_->row;
    return shown && shown->index == index_ ? &*shown : nullptr;
}

std::vector<std::string> DataInspector::unlearnt_files() const {
    std::vector<std::string> files;
    if (!is_current() || !answer_->tokenised || answer_->obstacle) return files;
    for (const InspectedFile& file : answer_->files)
        if (file.documents > 0 && file.tokens > 0 && file.trained_tokens == 0) files.push_back(file.path);
    return files;
}

void DataInspector::set_allowed(bool allowed) {
    allowed_ = allowed;
    Q_EMIT changed();
}

void DataInspector::on_event(const Event& event) {
    if (event.request == 0) return;
    if (event.request == figures_request_) {
        on_figures(event.body);
    } else if (event.request == tokens_request_) {
        on_tokens(event.body);
    }
}

void DataInspector::on_figures(const EventBody& body) {
    if (const auto* progress = std::get_if<Progress>(&body)) {
        progress_ = *progress;
        Q_EMIT progressed();
        return;
    }
    const auto* inspected = std::get_if<DataInspected>(&body);
    const auto* failed = std::get_if<Failed>(&body);
    if (inspected == nullptr && failed == nullptr) return;
    figures_request_ = 0;
    progress_.reset();
    if (inspected != nullptr) {
        answer_ = inspected->inspection;
        state_ = State::known;
        ask_tokens();
    } else {
        error_ = failed->error;
        state_ = State::failed;
    }
    Q_EMIT changed();
}

// It brings the figures once more: a file may have changed meanwhile.
void DataInspector::on_tokens(const EventBody& body) {
    if (const auto* inspected = std::get_if<DataInspected>(&body)) {
        tokens_request_ = 0;
        answer_ = inspected->inspection;
    } else if (const auto* failed = std::get_if<Failed>(&body)) {
        tokens_request_ = 0;
        if (failed->error.kind == ErrorKind::out_of_range && index_ > 0) {
            index_ = 0;
            return look_again();
        }
        error_ = failed->error;
        state_ = State::failed;
    } else {
        return;
    }
    Q_EMIT changed();
}

}  // namespace lathe

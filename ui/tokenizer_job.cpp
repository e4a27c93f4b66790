#include "ui/tokenizer_job.h"

#include <algorithm>
#include <utility>

namespace lathe {

TokenizerJob::TokenizerJob(EngineLink& engine, QObject* parent) : QObject(parent), engine_(engine) {
    connect(&engine, &EngineLink::event_arrived, this, &TokenizerJob::on_event);
}

void TokenizerJob::refresh() {
    list_request_ = engine_.post(ListTokenizers{});
}

void TokenizerJob::train(const DataConfig& data, int64_t vocab_size, const std::string& name) {
    if (state_ != State::idle || data.files.empty()) return;
    data_ = data;
    state_ = State::training;
    share_ = 0;
    merges_ = wanted_ = 0;
    latest_.clear();
    trained_.clear();
    error_.reset();
    work_request_ = engine_.post(TrainTokenizer{.data = data, .vocab_size = vocab_size, .out = {}, .name = name});
    Q_EMIT changed();
}

void TokenizerJob::measure(const DataConfig& data) {
    if (state_ != State::idle || data.files.empty()) return;
    MeasureTokenizers command{.data = data, .tokenizers = {}};
    for (const TokenizerEntry& one : tokenizers_)
        if (!one.problem) command.tokenizers.push_back(one.path);
    if (command.tokenizers.empty()) return;
    state_ = State::measuring;
    share_ = 0;
    error_.reset();
    work_request_ = engine_.post(command);
    Q_EMIT changed();
}

void TokenizerJob::cancel() {
    if (state_ != State::idle) engine_.cancel(work_request_);
}

// The engine knows paths alone.
void TokenizerJob::name_measures() {
    for (TokenizerMeasure& measure : measures_) {
        const auto known = std::find_if(tokenizers_.begin(), tokenizers_.end(),
                                        [&](const TokenizerEntry& one) { return one.path == measure.tokenizer.path; });
        if (known == tokenizers_.end()) continue;
        measure.tokenizer.name = known->name;
        measure.tokenizer.source = known->source;
    }
    std::stable_sort(measures_.begin(), measures_.end(), [](const TokenizerMeasure& a, const TokenizerMeasure& b) {
        if ((a.tokens == 0) != (b.tokens == 0)) return b.tokens == 0;
        return a.tokens < b.tokens;
    });
}

void TokenizerJob::on_failed(RequestId request, const Error& error) {
    if (request == list_request_) {
        list_request_ = 0;
    } else {
        state_ = State::idle;
        work_request_ = 0;
    }
    if (error.kind != ErrorKind::cancelled) error_ = error;
    Q_EMIT changed();
}

void TokenizerJob::on_event(const Event& event) {
    if (event.request == 0 || (event.request != list_request_ && event.request != work_request_)) return;
    if (const auto* progress = std::get_if<Progress>(&event.body)) {
        const double share = progress->total > 0 ? progress->done / progress->total : 0;
        if (std::exchange(share_, share) != share) Q_EMIT progressed();
    } else if (const auto* merged = std::get_if<TokenizerMerged>(&event.body)) {
        merges_ = merged->merges;
        wanted_ = merged->total;
        for (const TokenizerMerge& merge : merged->latest) latest_.push_front(merge);
        if (latest_.size() > kShownMerges) latest_.resize(kShownMerges);
        Q_EMIT progressed();
    } else if (const auto* done = std::get_if<TokenizerDone>(&event.body)) {
        trained_ = done->folder;
        state_ = State::idle;
        work_request_ = 0;
        made_ = true;
        refresh();
        Q_EMIT changed();
    } else if (const auto* all = std::get_if<TokenizersListed>(&event.body)) {
        tokenizers_ = all->tokenizers;
        list_request_ = 0;
        Q_EMIT listed();
        if (!std::exchange(made_, false)) return;
        Q_EMIT made(QString::fromStdString(trained_));
        measure(data_);
    } else if (const auto* measured = std::get_if<TokenizersMeasured>(&event.body)) {
        measures_ = measured->measures;
        name_measures();
        state_ = State::idle;
        work_request_ = 0;
        Q_EMIT changed();
    } else if (const auto* wrong = std::get_if<Failed>(&event.body)) {
        on_failed(event.request, wrong->error);
    }
}

}  // namespace lathe

#include "ui/run_plan.h"

#include <algorithm>
#include <chrono>

#include "engine/base/machine_memory.h"

namespace lathe {

namespace {

using namespace std::chrono_literals;

constexpr auto kDelay = 150ms;
constexpr double kTight = 0.8;
constexpr int64_t kUnknown = std::numeric_limits<int64_t>::max();

std::string assign(const char* key, int64_t value) {
    return key + std::string("=") + std::to_string(value);
}

}  // namespace

int64_t peak_bytes(const EstimateDone& estimate) {
    return total_bytes(estimate.bytes);
}

Fit fit_of(const EstimateDone& estimate) {
    if (estimate.memory_bytes <= 0) return Fit::unknown;
    const double share = static_cast<double>(peak_bytes(estimate)) / static_cast<double>(estimate.memory_bytes);
    return share > 1 ? Fit::exceeds : share > kTight ? Fit::tight : Fit::fits;
}

int64_t step_tokens(const EstimateDone& estimate, const RunConfig& config) {
    if (estimate.tokens_per_step > 0) return estimate.tokens_per_step;
    return config.train.per_device_train_batch_size * config.train.gradient_accumulation_steps * config.data.max_length;
}

std::vector<Remedy> remedies(const RunConfig& config) {
    const TrainConfig& train = config.train;
    const int64_t length = config.data.max_length;
    const int64_t step = train.per_device_train_batch_size * train.gradient_accumulation_steps * length;
    const std::string recompute = "train.gradient_checkpointing=true";
    std::vector<Remedy> list;
    const int64_t now = train.micro_batch_tokens > 0 ? std::min(train.micro_batch_tokens, step) : step;
    for (int64_t tokens = now / 2; tokens >= length; tokens /= 2)
        list.push_back({.assignments = {assign("train.micro_batch_tokens", tokens)}});
    std::vector<std::string> exact;
    if (now > length) exact.push_back(assign("train.micro_batch_tokens", length));
    if (!train.gradient_checkpointing) {
        list.push_back({.assignments = {recompute}});
        exact.push_back(recompute);
        if (exact.size() > 1) list.push_back({.assignments = exact});
    }
    std::vector<std::string> all = exact;
    const auto and_then = [&](const char* assignment) {
        all.push_back(assignment);
        list.push_back({.assignments = all});
    };
    if (!config.lora && !train.moments_in_8_bits()) and_then("train.optim=adamw_8bit");
    if (config.lora && !config.base_model->load_in_4bit) and_then("base_model.load_in_4bit=true");
    if (config.lora && !config.base_model->embeddings_in_8bit) and_then("base_model.embeddings_in_8bit=true");
    if (!config.lora && config.base_model) {
        list.push_back({.assignments = exact});
        list.back().assignments.insert(list.back().assignments.end(), {"lora={}", "base_model.load_in_4bit=true"});
    }
    for (int64_t shorter = length / 2; shorter >= 32; shorter /= 2) {
        list.push_back({.assignments = {assign("data.max_length", shorter)}});
        for (const std::string& assignment : all)
            list.back().assignments.push_back(assignment.starts_with("train.micro_batch_tokens")
                                                  ? assign("train.micro_batch_tokens", 0)
                                                  : assignment);
    }
    return list;
}

RunConfig applied(RunConfig config, const Remedy& remedy) {
    for (const std::string& assignment : remedy.assignments) set_field(config, assignment);
    return config;
}

RunPlan::RunPlan(EngineLink& engine, QObject* parent) : QObject(parent), engine_(engine) {
    soon_.setSingleShot(true);
    soon_.setInterval(kDelay);
    connect(&soon_, &QTimer::timeout, this, &RunPlan::post);
    connect(&engine, &EngineLink::event_arrived, this, &RunPlan::on_event);
}

void RunPlan::ask(const RunConfig& config) {
    asked_ = config;
    current_ = false;
    error_.reset();
    soon_.start();
    Q_EMIT changed();
}

double RunPlan::seconds_of(int64_t steps) const {
    if (!answer_ || answer_->tokens_per_s <= 0) return 0;
    return static_cast<double>(steps) * static_cast<double>(step_tokens(*answer_, config_)) / answer_->tokens_per_s;
}

void RunPlan::drop() {
    soon_.stop();
    request_ = 0;
    candidate_requests_.clear();
    current_ = false;
    error_.reset();
    Q_EMIT changed();
}

void RunPlan::post() {
    candidate_requests_.clear();
    request_ = engine_.post(EstimateRun{.config = asked_, .costs = true});
}

void RunPlan::on_event(const Event& event) {
    const auto candidate = candidate_requests_.find(event.request);
    const auto* estimate = std::get_if<EstimateDone>(&event.body);
    const auto* failed = std::get_if<Failed>(&event.body);
    if (estimate == nullptr && failed == nullptr) return;
    if (candidate != candidate_requests_.end()) {
        const bool fits = estimate != nullptr && fit_of(*estimate) != Fit::exceeds;
        candidates_[candidate->second].peak_bytes = fits ? peak_bytes(*estimate) : kUnknown;
        candidate_requests_.erase(candidate);
        if (candidate_requests_.empty()) choose_remedy();
        return;
    }
    if (event.request != request_ || request_ == 0) return;
    request_ = 0;
    current_ = true;
    remedy_.reset();
    config_ = asked_;
    if (estimate != nullptr) {
        answer_ = *estimate;
        if (fit_of(*estimate) == Fit::exceeds) look_for_remedy();
    } else {
        error_ = failed->error;
    }
    Q_EMIT changed();
}

void RunPlan::look_for_remedy() {
    candidates_ = remedies(config_);
    for (size_t i = 0; i < candidates_.size(); ++i)
        candidate_requests_[engine_.post(EstimateRun{.config = applied(config_, candidates_[i])})] = i;
}

void RunPlan::choose_remedy() {
    const auto found = std::find_if(candidates_.begin(), candidates_.end(),
                                    [](const Remedy& remedy) { return remedy.peak_bytes != kUnknown; });
    if (found == candidates_.end()) return;
    remedy_ = *found;
    Q_EMIT changed();
}

}  // namespace lathe

#include "engine/data/recipe_outcome.h"

#include <utility>

#include "engine/data/permutation.h"

namespace lathe {

namespace {

constexpr size_t kFirstTexts = 3, kFirstTextBytes = 200;
constexpr double kTwoTo64 = 18446744073709551616.0;

}  // namespace

RecipeOutcome::RecipeOutcome(const CleanRecipe& recipe, std::string system_prompt)
    : recipe_(recipe), cleaner_(std::in_place, recipe, std::move(system_prompt)), effects_(kCleanSteps) {
    for (size_t step = 0; step < kCleanSteps; ++step) effects_[step].step = name_of(static_cast<CleanStep>(step));
}

CleanStep RecipeOutcome::dropped_by(int64_t document) const {
    return static_cast<CleanStep>(verdicts_[static_cast<size_t>(document)] & kStep);
}

void RecipeOutcome::add(const SourceDocument& document) {
    const CleanedDocument cleaned = cleaner_->take(document);
    const auto bytes = static_cast<int64_t>(cleaned.text.size());
    auto verdict = static_cast<uint8_t>(cleaned.dropped_by);
    if (cleaned.changed_by != 0) verdict |= kChanged;
    verdicts_.push_back(verdict);
    if (cleaned.dropped_by != CleanStep::none) {
        RecipeEffect& effect = effects_[static_cast<size_t>(cleaned.dropped_by)];
        ++effect.dropped;
        effect.bytes += bytes;
        if (effect.first_texts.size() < kFirstTexts)
            effect.first_texts.push_back(beginning_of(cleaned.text, kFirstTextBytes));
        return;
    }
    for (size_t step = 0; step < kCleanSteps; ++step) effects_[step].changed += cleaned.changed_by >> step & 1;
    ++kept_;
    kept_bytes_ += bytes;
    draw(document, cleaned.key);
}

void RecipeOutcome::draw(const SourceDocument& document, TextKey key) {
    const uint64_t value = combine_keys(static_cast<uint64_t>(recipe_.seed), key.low);
    if (document.file.validation || static_cast<double>(value) < recipe_.validation_fraction * kTwoTo64) {
        verdicts_.back() |= kHeldBack;
        ++validation_;
    }
    const int64_t number = documents() - 1;
    if (lowest_.document < 0 || value < lowest_.value) lowest_ = {value, number};
    if (highest_.document < 0 || value > highest_.value) highest_ = {value, number};
}

void RecipeOutcome::finish() {
    cleaner_.reset();
    if (recipe_.validation_fraction <= 0 || kept_ < 2) return;
    if (validation_ == 0) {
        verdicts_[static_cast<size_t>(lowest_.document)] |= kHeldBack;
        validation_ = 1;
    } else if (validation_ == kept_) {
        verdicts_[static_cast<size_t>(highest_.document)] &= static_cast<uint8_t>(~kHeldBack);
        --validation_;
    }
}

std::vector<RecipeEffect> RecipeOutcome::effects() const {
    std::vector<RecipeEffect> on;
    for (size_t step = 0; step < kCleanSteps; ++step)
        if (is_on(recipe_, static_cast<CleanStep>(step))) on.push_back(effects_[step]);
    return on;
}

}  // namespace lathe

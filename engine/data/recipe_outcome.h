// What a recipe makes of every document of an index, found by going through them once: a byte a document, and what each
// step does. The draw of those held back is by the text (splitmix64 of seed and text_key), so that equal documents are
// on one side, and a document's side does not depend on the others; but where two or more are kept and chance left a
// side empty, one document is on it. What a validation file holds is held back. Whole, it is of any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "engine/base/dataset.h"
#include "engine/data/clean.h"
#include "engine/data/document_index.h"

namespace lathe {

class RecipeOutcome {
public:
    explicit RecipeOutcome(const CleanRecipe& recipe, std::string system_prompt = {});
    void add(const SourceDocument& document);  // in their order, all of them
    void finish();                             // nothing is added after it

    CleanStep dropped_by(int64_t document) const;
    bool is_changed(int64_t document) const { return (verdicts_[static_cast<size_t>(document)] & kChanged) != 0; }
    bool is_validation(int64_t document) const { return (verdicts_[static_cast<size_t>(document)] & kHeldBack) != 0; }
    int64_t documents() const { return static_cast<int64_t>(verdicts_.size()); }

    std::vector<RecipeEffect> effects() const;  // of the steps that are on
    int64_t kept_documents() const { return kept_; }
    int64_t kept_bytes() const { return kept_bytes_; }
    int64_t validation_documents() const { return validation_; }

private:
    static constexpr uint8_t kStep = 15, kChanged = 16, kHeldBack = 32;

    struct Drawn {
        uint64_t value = 0;
        int64_t document = -1;
    };

    void draw(const SourceDocument& document, TextKey key);

    CleanRecipe recipe_;
    std::optional<Cleaner> cleaner_;  // until finish(): it remembers every text it saw
    std::vector<uint8_t> verdicts_;   // the step that drops it, and flags
    std::vector<RecipeEffect> effects_;
    int64_t kept_ = 0, kept_bytes_ = 0, validation_ = 0;
    Drawn lowest_, highest_;  // of those kept
};

}  // namespace lathe

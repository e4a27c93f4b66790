// A CleanRecipe applied document by document, its steps in their order. What changes a text is a pure function of it;
// what drops a document may depend on those before (drop_duplicates), so documents are taken in their order, once. A
// conversation's texts are each cleaned by themselves, its roles and tools are not; a step that leaves nothing of a
// text, or of an answer, drops the document. NFC: normalizer.h (UAX #15). Patterns: PCRE2 under limits, see
// regex_splitter.h. One thread.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "engine/base/dataset.h"
#include "engine/data/document_index.h"
#include "engine/data/seen_texts.h"

namespace lathe {

enum class CleanStep {
    normalise_unicode,
    strip_controls,
    collapse_whitespace,
    drop_duplicates,
    min_characters,
    max_characters,
    max_symbol_share,
    drop_pattern,
    keep_pattern,
    none
};
constexpr size_t kCleanSteps = static_cast<size_t>(CleanStep::none);
const char* name_of(CleanStep step);  // of its field; "" of none
bool is_on(const CleanRecipe& recipe, CleanStep step);

// One text after a step that changes texts; false: it has nothing to change.
bool apply_step(CleanStep step, std::string& text);
// Code points of valid UTF-8, and the share of them that are neither letter, mark, digit nor space.
int64_t character_count(std::string_view text);
double symbol_share(std::string_view text);

// Equal for documents that say the same: of the text, or of an example's messages and tools.
TextKey document_key(const SourceDocument& document);

struct CleanedDocument {
    std::string text;
    Json row;                 // of a changed one of rows; else null
    TextKey key;              // document_key() of what it is now
    uint32_t changed_by = 0;  // bit s: step s
    CleanStep dropped_by = CleanStep::none;
};

class Cleaner {
public:
    // Errors: those of validate(); malformed, naming the recipe's field, for a pattern that is none.
    explicit Cleaner(const CleanRecipe& recipe, std::string system_prompt = {});
    ~Cleaner();

    // But drop_duplicates. Errors: too_large where a pattern takes too long on a text.
    CleanedDocument look_at(const SourceDocument& document) const;
    // The next document.
    CleanedDocument take(const SourceDocument& document);

private:
    struct Patterns;
    void clean_text(const SourceDocument& document, CleanedDocument& cleaned) const;
    void clean_example(const SourceDocument& document, CleanedDocument& cleaned) const;
    void change_texts(const SourceDocument& document, CleanedDocument& cleaned) const;
    CleanStep filter(const CleanedDocument& cleaned, CleanStep from) const;

    CleanRecipe recipe_;
    std::string system_prompt_;
    std::vector<CleanStep> changes_;  // those that are on
    std::unique_ptr<const Patterns> patterns_;
    SeenTexts seen_;
};

}  // namespace lathe

// Data before anything is made of it: figures, what a recipe would do, and pages of documents. What was found is kept
// in a SurveyMemory between calls, as long as files and settings are the same: the index of the files, the figures, a
// byte a document of what a recipe does; so that another recipe goes through the files once, and a page through a MiB
// of one. One document is in memory at a time. Any thread, also several at once with one memory.
#pragma once

#include <deque>
#include <functional>
#include <limits>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/base/dataset.h"
#include "engine/data/document_index.h"
#include "engine/data/recipe_outcome.h"
#include "engine/data/tokenizer.h"

namespace lathe {

// The last few values of their kind. Any thread.
template <class T>
class RecentValues {
public:
    std::shared_ptr<const T> find(const std::string& key) const {
        const std::lock_guard lock(mutex_);
        for (const auto& [known, value] : values_)
            if (known == key) return value;
        return nullptr;
    }
    void keep(const std::string& key, std::shared_ptr<const T> value) {
        const std::lock_guard lock(mutex_);
        values_.emplace_front(key, std::move(value));
        if (values_.size() > kMost) values_.pop_back();
    }

private:
    static constexpr size_t kMost = 4;
    mutable std::mutex mutex_;
    std::deque<std::pair<std::string, std::shared_ptr<const T>>> values_;
};

struct SurveyMemory {
    RecentValues<DocumentIndex> indexes;
    RecentValues<DatasetSurvey> figures;
    RecentValues<RecipeOutcome> outcomes;
};

// Whole: gone through now unless it is known. `progress` counts the bytes of all that is to be gone through.
std::shared_ptr<const DocumentIndex> index_documents(const DocumentSource& source, SurveyMemory& memory,
                                                     const ImportProgress& progress);
std::shared_ptr<const RecipeOutcome> try_recipe(const DocumentIndex& index, const CleanRecipe& recipe,
                                                SurveyMemory& memory, const ImportProgress& progress);
// tokenizer: also counts tokens; null: none. Of the text beyond `counted_bytes` one byte in kSampledShare is counted,
// spread over all of it, and the rest reckoned from that, unless the whole count is known. Errors: those of Cleaner and
// of DocumentIndex's source; cancelled.
constexpr int64_t kCountedBytes = 64 << 20, kSampledShare = 64;
DatasetSurvey survey(const DocumentSource& source, const CleanRecipe& recipe, const Tokenizer* tokenizer,
                     SurveyMemory& memory, const ImportProgress& progress,
                     int64_t counted_bytes = std::numeric_limits<int64_t>::max());

struct PreviewPage {
    std::optional<int64_t> total;
    std::vector<PreviewedDocument> documents;
};
// Goes through no file: before a survey of the source it reads on from the beginning, for kUnknownBytes at most, and
// before one with this recipe it does not know the duplicates.
constexpr int64_t kUnknownBytes = 32 << 20;
PreviewPage preview(const DocumentSource& source, const CleanRecipe& recipe, int64_t first, int64_t count,
                    SurveyMemory& memory, const std::function<bool()>& go_on);

}  // namespace lathe

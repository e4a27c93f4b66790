#include "engine/data/survey.h"

#include <bit>
#include <cmath>

#include "engine/base/error.h"
#include "engine/data/seen_texts.h"

namespace lathe {

namespace {

constexpr int64_t kStride = 1 << 20;  // bytes between calls of the progress

// The documents' figures, whatever is done with them later.
class Figures {
public:
    Figures(const Tokenizer* tokenizer, int64_t counted_bytes) : tokenizer_(tokenizer), counted_bytes_(counted_bytes) {
        if (tokenizer_ != nullptr) survey_.tokens = 0;
    }

    void add(const SourceDocument& document) {
        const int64_t characters = character_count(document.text);
        survey_.bytes += static_cast<int64_t>(document.text.size());
        survey_.characters += characters;
        const size_t bin =
            characters < 2 ? 0 : static_cast<size_t>(std::bit_width(static_cast<uint64_t>(characters))) - 1;
        if (survey_.lengths.size() <= bin) survey_.lengths.resize(bin + 1);
        ++survey_.lengths[bin];
        if (!seen_.add(document_key(document))) {
            ++survey_.duplicates;
            odd_.add("duplicate", document.place.file, document.place.line, document.text);
        }
        if (tokenizer_ != nullptr) count_tokens(document.text);
    }

    DatasetSurvey finish(const DocumentIndex& index) {
        if (sampled_bytes_ > 0) {
            const double share = static_cast<double>(beyond_bytes_) / static_cast<double>(sampled_bytes_);
            *survey_.tokens += std::llround(static_cast<double>(sampled_tokens_) * share);
            survey_.tokens_sampled = sampled_bytes_ < beyond_bytes_;
        }
        for (const DocumentIndex::File& file : index.files()) {
            const DataFile& data = file.data;
            std::string format;
            if (!file.problem || data.size > 0)
                format = has_rows(data.kind) ? std::string(name_of(data.layout.format)) : name_of(data.kind);
            survey_.files.push_back({data.path, format, data.size, file.documents, file.problem});
        }
        survey_.documents = index.documents();
        OddLines odd = index.odd();
        odd.add_all(odd_);
        survey_.odd = odd.lines();
        survey_.odd_counts = odd.counts();
        return std::move(survey_);
    }

private:
    void count_tokens(std::string_view text) {
        const auto bytes = static_cast<int64_t>(text.size());
        const bool beyond = survey_.bytes > counted_bytes_;  // with this text
        if (beyond) beyond_bytes_ += bytes;
        if (beyond && sampled_bytes_ > beyond_bytes_ / kSampledShare) return;
        ids_.clear();
        tokenizer_->encode_to(text, ids_, false);
        if (beyond) sampled_bytes_ += bytes;
        (beyond ? sampled_tokens_ : *survey_.tokens) += static_cast<int64_t>(ids_.size());
    }

    const Tokenizer* tokenizer_;
    int64_t counted_bytes_;
    int64_t beyond_bytes_ = 0, sampled_bytes_ = 0, sampled_tokens_ = 0;
    DatasetSurvey survey_;
    SeenTexts seen_;
    OddLines odd_;
    std::vector<int32_t> ids_;
};

template <class Add>
void read_all(const DocumentIndex& index, const ImportProgress& progress, const Add& add) {
    int64_t told = 0;
    const int64_t total = index.bytes();
    index.read(0, [&](const SourceDocument& document) {
        add(document);
        const int64_t done = document.place.bytes_read;
        if (done - told < kStride && told != 0) return true;
        told = done;
        if (progress && !progress(done, total)) fail({.kind = ErrorKind::cancelled});
        return true;
    });
}

std::string outcome_key(const DocumentIndex& index, const CleanRecipe& recipe) {
    return index.key() + to_json(recipe);
}

// `part` of two equal parts of the work.
ImportProgress half(const ImportProgress& progress, int part) {
    return [&progress, part](int64_t done, int64_t total) {
        return !progress || progress(done + part * total, 2 * total);
    };
}

}  // namespace

std::shared_ptr<const DocumentIndex> index_documents(const DocumentSource& source, SurveyMemory& memory,
                                                     const ImportProgress& progress) {
    auto index = std::make_shared<DocumentIndex>(source);
    if (auto known = memory.indexes.find(index->key())) return known;
    index->go_through(progress);
    memory.indexes.keep(index->key(), index);
    return index;
}

std::shared_ptr<const RecipeOutcome> try_recipe(const DocumentIndex& index, const CleanRecipe& recipe,
                                                SurveyMemory& memory, const ImportProgress& progress) {
    const std::string key = outcome_key(index, recipe);
    if (auto known = memory.outcomes.find(key)) return known;
    auto outcome = std::make_shared<RecipeOutcome>(recipe, index.source().system_prompt);
    read_all(index, progress, [&](const SourceDocument& document) { outcome->add(document); });
    outcome->finish();
    memory.outcomes.keep(key, outcome);
    return outcome;
}

DatasetSurvey survey(const DocumentSource& source, const CleanRecipe& recipe, const Tokenizer* tokenizer,
                     SurveyMemory& memory, const ImportProgress& progress, int64_t counted_bytes) {
    const Cleaner checked(recipe);  // before a word of 10 GB is read
    const auto index = index_documents(source, memory, half(progress, 0));
    const std::string whole_key = index->key() + (tokenizer != nullptr ? tokenizer->sha256() : "");
    const std::string sample_key = whole_key + " " + std::to_string(counted_bytes);
    const std::string recipe_key = outcome_key(*index, recipe);
    std::shared_ptr<const DatasetSurvey> known = memory.figures.find(whole_key);  // better than any sample
    if (!known) known = memory.figures.find(sample_key);
    std::shared_ptr<const RecipeOutcome> tried = memory.outcomes.find(recipe_key);
    if (!known || !tried) {
        std::optional<Figures> figures;
        std::shared_ptr<RecipeOutcome> outcome;
        if (!known) figures.emplace(tokenizer, counted_bytes);
        if (!tried) outcome = std::make_shared<RecipeOutcome>(recipe, source.system_prompt);
        read_all(*index, half(progress, 1), [&](const SourceDocument& document) {
            if (figures) figures->add(document);
            if (outcome) outcome->add(document);
        });
        if (outcome) {
            outcome->finish();
            memory.outcomes.keep(recipe_key, outcome);
            tried = outcome;
        }
        if (figures) {
            known = std::make_shared<const DatasetSurvey>(figures->finish(*index));
            memory.figures.keep(known->tokens_sampled ? sample_key : whole_key, known);
        }
    }
    DatasetSurvey whole = *known;
    whole.effects = tried->effects();
    whole.kept_documents = tried->kept_documents();
    whole.kept_bytes = tried->kept_bytes();
    whole.validation_documents = tried->validation_documents();
    return whole;
}

PreviewPage preview(const DocumentSource& source, const CleanRecipe& recipe, int64_t first, int64_t count,
                    SurveyMemory& memory, const std::function<bool()>& go_on) {
    const Cleaner cleaner(recipe, source.system_prompt);
    PreviewPage page;
    auto index = std::make_shared<const DocumentIndex>(source);
    std::shared_ptr<const RecipeOutcome> outcome;
    if (const auto known = memory.indexes.find(index->key())) {
        index = known;
        outcome = memory.outcomes.find(outcome_key(*index, recipe));
        page.total = index->documents();
    }
    if (count <= 0) return page;
    index->read(page.total ? first : 0, [&](const SourceDocument& document) {
        if (!go_on()) fail({.kind = ErrorKind::cancelled});
        const bool far = !page.total && document.place.bytes_read > kUnknownBytes;
        if (document.index < first) return !far;
        const CleanedDocument cleaned = cleaner.look_at(document);
        PreviewedDocument& shown = page.documents.emplace_back();
        shown.index = document.index;
        shown.file = document.place.file;
        shown.line = document.place.line;
        shown.text = beginning_of(cleaned.text, static_cast<size_t>(kPreviewBytes));
        shown.cut = cleaned.text.size() > static_cast<size_t>(kPreviewBytes);
        shown.changed = cleaned.changed_by != 0;
        shown.dropped_by = name_of(outcome ? outcome->dropped_by(document.index) : cleaned.dropped_by);
        return !far && static_cast<int64_t>(page.documents.size()) < count;
    });
    return page;
}

}  // namespace lathe

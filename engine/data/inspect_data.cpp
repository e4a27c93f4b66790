#include "engine/data/inspect_data.h"

#include <algorithm>
#include <array>
#include <utility>

#include "engine/base/error.h"
#include "engine/data/jinja_text.h"

namespace lathe {

namespace {

constexpr size_t kMostOfKind = static_cast<size_t>(kMostNotes);

std::vector<InspectedFile> described_files(const std::vector<DataFile>& files, bool recognised) {
    std::vector<InspectedFile> all;
    all.reserve(files.size());
    for (const DataFile& file : files) {
        InspectedFile& one = all.emplace_back();
        one.path = file.path;
        one.bytes = file.size;
        one.column_names = file.columns;
        if (!has_rows(file.kind)) {
            one.format = name_of(file.kind);
        } else if (recognised) {
            one.format = name_of(file.layout.format);
            one.columns = described(file.layout);
        }
    }
    return all;
}

void take_report(DataInspection& inspection, const ImportReport& report) {
    inspection.rows = report.rows;
    inspection.bad_rows = report.bad_rows;
    inspection.empty_rows = report.empty_rows;
    inspection.duplicate_rows = report.duplicate_rows;
    inspection.documents = report.documents;
    inspection.examples = report.examples;
    for (const RowNote& note : report.notes)
        inspection.notes.push_back({note.kind, note.place.file, note.place.line, note.reason});
}

// What is wrong with the data stands in the inspection; the user's wish to end it does not.
template <class Work>
void look(DataInspection& inspection, const Work& work) {
    inspection.obstacle = error_of(work);
    if (inspection.obstacle && inspection.obstacle->kind == ErrorKind::cancelled) fail(*inspection.obstacle);
}

std::vector<DataFile> recognised_files(DataInspection& inspection, const DocumentSource& source) {
    std::vector<DataFile> files = list_data_files(source);
    const std::optional<Error> wrong = error_of([&] { recognise_rows(files, source); });
    inspection.files = described_files(files, !wrong);
    if (wrong) fail(*wrong);
    return files;
}

class Tokens {
public:
    Tokens(const Tokenizer& tokenizer, const TokenCache& cache, const DatasetOptions& options)
        : tokenizer_(tokenizer), cache_(cache), options_(options) {}

    InspectedTokens example(int64_t index, const std::vector<InspectedFile>& files) const {
        require(index, cache_.documents(), "example");
        const int64_t begin = cache_.document_begin(index), end = cache_.document_end(index);
        InspectedTokens shown{.index = index, .file = {}, .text = {}, .tokens = {}, .document_begin = {0}};
        if (cache_.masked()) {
            shown.file = files.at(static_cast<size_t>(cache_.document_file(index))).path;
            shown.line = cache_.document_line(index);
        }
        const uint32_t mask = cache_.masked() ? kMaskedToken : 0;
        for (const uint32_t token : cache_.tokens_between(begin, end))
            add(shown, static_cast<int32_t>(token & ~mask), !shown.tokens.empty() && (token & mask) == 0);
        const bool torn = options_.packing && !cache_.masked();
        shown.kept = torn ? end - begin : std::min(end - begin, options_.max_length);
        finish(shown);
        return shown;
    }

    InspectedTokens row(int64_t index, Dataset& dataset) const {
        require(index, dataset.rows_per_epoch(), "row");
        Cursor cursor{.epoch = 0, .row = index};
        const Batch batch = dataset.next(cursor, 1);
        InspectedTokens shown{.index = index, .file = {}, .text = {}, .tokens = {}, .document_begin = {}};
        size_t at = 0;
        for (const int32_t length : batch.segment_lengths) {
            shown.document_begin.push_back(static_cast<int64_t>(at));
            for (int32_t i = 0; i < length; ++i, ++at)
                add(shown, batch.ids[at], i > 0 && batch.targets[at - 1] == batch.ids[at]);
        }
        shown.kept = batch.tokens();
        shown.padding = options_.max_length - batch.tokens();
        finish(shown);
        return shown;
    }

private:
    static void require(int64_t index, int64_t count, const char* what) {
        if (index >= 0 && index < count) return;
        fail({.kind = ErrorKind::out_of_range,
              .key = what,
              .expected = "0 to " + std::to_string(count - 1),
              .found = std::to_string(index)});
    }
    void add(InspectedTokens& shown, int32_t id, bool trained) const {
        const std::string& bytes = tokenizer_.token_bytes(id);
        shown.text += bytes;
        shown.tokens.push_back({id, valid(bytes), trained});
    }
    static std::string valid(const std::string& bytes) { return jinja::utf8_of(jinja::text_of(bytes)); }
    static void finish(InspectedTokens& shown) { shown.text = valid(shown.text); }

    const Tokenizer& tokenizer_;
    const TokenCache& cache_;
    const DatasetOptions& options_;
};

void add_note(DataInspection& inspection, std::array<size_t, 2>& counts, bool truncated, const TokenCache& cache,
              int64_t document) {
    if (++counts[truncated] > kMostOfKind) return;
    const auto file = static_cast<size_t>(cache.document_file(document));
    const int64_t tokens = cache.document_end(document) - cache.document_begin(document);
    inspection.notes.push_back({truncated ? "truncated" : "nothing_to_learn", inspection.files.at(file).path,
                                cache.document_line(document), std::to_string(tokens) + " tokens"});
}

// Which file and which rows the figures come from; of a masked cache, which knows.
void look_at_examples(DataInspection& inspection, const TokenCache& cache, bool in_rows, int64_t max_length) {
    std::array<size_t, 2> counts{};
    for (int64_t i = 0; i < cache.documents(); ++i) {
        InspectedFile& file = inspection.files.at(static_cast<size_t>(cache.document_file(i)));
        const auto tokens = cache.tokens_between(cache.document_begin(i), cache.document_end(i));
        ++file.documents;
        file.tokens += static_cast<int64_t>(tokens.size());
        const auto kept = std::min<size_t>(tokens.size(), static_cast<size_t>(max_length) + 1);
        int64_t trained = 0;
        for (size_t t = 1; t < kept; ++t) trained += (tokens[t] & kMaskedToken) == 0;
        file.trained_tokens += trained;
        if (static_cast<int64_t>(tokens.size()) > max_length) add_note(inspection, counts, true, cache, i);
        if (trained == 0 && in_rows) add_note(inspection, counts, false, cache, i);
    }
}

}  // namespace

DataInspection inspect_rows(const DocumentSource& source, const ImportProgress& progress) {
    DataInspection inspection;
    ImportReport report;
    look(inspection, [&] {
        const std::vector<DataFile> files = recognised_files(inspection, source);
        int64_t total = 0;
        for (const DataFile& file : files) total += file.size;
        const auto go_on = [&](const auto&, const DocumentPlace& place) {
            if (progress && !progress(place.bytes_read, total)) fail({.kind = ErrorKind::cancelled});
            return true;
        };
        read_documents(files, source.system_prompt, go_on, go_on, report);
    });
    take_report(inspection, report);
    return inspection;
}

DataInspection inspect_tokens(const TokenInspection& wish, const Tokenizer& tokenizer, const ImportProgress& progress) {
    DataInspection inspection;
    const ChatFormat format = read_chat_format(tokenizer);
    inspection.chat_template = format.chat_template.has_value();
    inspection.template_refused = format.refused;
    std::optional<TokenCache> cache;
    std::optional<Dataset> dataset;
    look(inspection, [&] {
        recognised_files(inspection, wish.source);
        cache.emplace(open_token_cache(wish.cache_folder, wish.source, encoder_of(tokenizer, wish.examples), progress,
                                       wish.threads));
        inspection.tokenised = true;
        inspection.tokens = cache->tokens();
        take_report(inspection, cache->report());
        dataset.emplace(*cache, wish.dataset, token_byte_counts(tokenizer));
    });
    if (!cache) {  // which rows are bad, as far as they are read
        DataInspection rows = inspect_rows(wish.source, progress);
        rows.chat_template = inspection.chat_template;
        rows.template_refused = inspection.template_refused;
        rows.obstacle = inspection.obstacle;
        return rows;
    }
    if (cache->masked()) look_at_examples(inspection, *cache, dataset.has_value(), wish.dataset.max_length);
    if (dataset) {
        inspection.trained_tokens = dataset->training_targets() + dataset->validation_targets();
        inspection.nothing_to_learn = dataset->untrained_documents();
        inspection.truncated = dataset->truncated_documents();
        inspection.training_documents = dataset->training_documents();
        inspection.validation_documents = dataset->validation_documents();
        inspection.training_rows = dataset->rows_per_epoch();
        inspection.validation_rows = dataset->validation_rows();
    }
    const Tokens tokens(tokenizer, *cache, wish.dataset);
    if (wish.example) inspection.example = tokens.example(*wish.example, inspection.files);
    if (wish.row && dataset) inspection.row = tokens.row(*wish.row, *dataset);
    return inspection;
}

}  // namespace lathe

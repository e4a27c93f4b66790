// Makes the file of a token cache: reads, encodes in parallel, writes in order. See token_cache.h.
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <deque>
#include <map>
#include <memory>
#include <utility>
#include <vector>

#include "engine/base/error.h"
#include "engine/base/files.h"
#include "engine/data/parallel_encoder.h"
#include "engine/data/token_cache.h"
#include "engine/data/token_cache_format.h"

namespace lathe {

namespace {

constexpr int64_t kChunkBytes = 256 << 10;
constexpr size_t kTableEntries = 1 << 14;

// A name that is unlinked unless it was renamed to its final one.
class TemporaryFile {
public:
    explicit TemporaryFile(const std::string& final_path) : path_(temporary_name(final_path)) {}
    ~TemporaryFile() {
        if (!renamed_) ::unlink(path_.c_str());
    }
    TemporaryFile(const TemporaryFile&) = delete;
    TemporaryFile& operator=(const TemporaryFile&) = delete;
    const std::string& path() const { return path_; }
    void rename_to(const std::string& final_path) {
        if (std::rename(path_.c_str(), final_path.c_str()) != 0)
            fail(Error{.kind = ErrorKind::io, .file = final_path, .found = std::strerror(errno)});
        renamed_ = true;
    }

private:
    std::string path_;
    bool renamed_ = false;
};

struct DocumentSize {
    uint32_t tokens, bytes;
};

// Writes one table of T, a value for each document, through a small buffer.
template <class T, class Entry, class Value>
void write_table(OutputFile& file, const std::deque<Entry>& entries, Value value) {
    std::vector<T> buffer;
    buffer.reserve(kTableEntries);
    const auto flush = [&] {
        file.write(buffer.data(), static_cast<int64_t>(buffer.size() * sizeof(T)));
        buffer.clear();
    };
    for (const Entry& entry : entries) {
        buffer.push_back(value(entry));
        if (buffer.size() == kTableEntries) flush();
    }
    if (!buffer.empty()) flush();
}

// What is written besides the tokens, gathered while they are.
struct CacheTables {
    std::deque<DocumentSize> sizes;
    std::deque<uint64_t> places;  // of a masked cache
    int64_t tokens = 0, training_documents = 0;
    bool masked = false;
};

void pad(OutputFile& file, uint64_t up_to) {
    const char zeros[8] = {};
    const int64_t padding = static_cast<int64_t>(up_to) - file.size();
    if (padding > 0) file.write(zeros, padding);
}

void write_foot(OutputFile& file, const Encoder& encoder, const CacheTables& tables, const ImportReport& report) {
    const std::string json = report_to_json(report);
    TokenCacheFoot foot{};
    foot.eos_id = encoder.eos_id;
    foot.vocab_size = static_cast<uint64_t>(encoder.vocab_size);
    foot.documents = tables.sizes.size();
    foot.tokens = static_cast<uint64_t>(tables.tokens);
    foot.report_size = json.size();
    foot.masked = tables.masked ? 1 : 0;
    complete_foot(foot);
    pad(file, foot.ends_at);
    uint64_t end = 0;
    write_table<uint64_t>(file, tables.sizes, [&](DocumentSize size) { return end += size.tokens; });
    write_table<uint32_t>(file, tables.sizes, [](DocumentSize size) { return size.bytes; });
    if (tables.masked) {
        pad(file, places_at(foot));
        write_table<uint64_t>(file, tables.places, [](uint64_t place) { return place; });
    }
    file.write(json.data(), static_cast<int64_t>(json.size()));
    file.write(&foot, sizeof foot);
}

// The rows whose encoding failed, into a report that counts them as documents.
class RefusedRows {
public:
    void add(const std::string& file, const EncodedChunk::Document& document) {
        if (++counts_[file] > kMostNotes) return;
        RowNote& row = rows_.emplace_back();
        row.kind = "bad";
        row.reason = document.refused;
        row.place.file = file;
        row.place.line = document.line;
        row.place.byte = document.byte;
    }

    void count_in(ImportReport& report) const {
        for (ImportReport::FileRows& file : report.files) {
            const auto refused = counts_.find(file.file);
            if (refused == counts_.end()) continue;
            int64_t left = refused->second;
            for (const RowNote& row : rows_) {
                if (row.place.file != file.file) continue;
                if (file.first_bad && row.place.line < file.first_bad->place.line) *file.first_bad = row;
                add_bad_row(report, file, row);
                --left;
            }
            file.bad_rows += left;
            report.bad_rows += left;
            report.documents -= refused->second;
            report.examples -= refused->second;
            check_bad_rows(file);
        }
        const auto first = std::find_if(report.files.begin(), report.files.end(),
                                        [](const ImportReport::FileRows& file) { return file.first_bad.has_value(); });
        if (first != report.files.end()) report.first_bad = first->first_bad;
    }

private:
    std::map<std::string, int64_t> counts_;  // by file
    std::vector<RowNote> rows_;              // the first of each file
};

void check_unchanged(const std::vector<DataFile>& before, const DocumentSource& source) {
    const std::vector<DataFile> after = list_data_files(source);
    for (size_t i = 0; i < before.size(); ++i) {
        const bool same = i < after.size() && after[i].path == before[i].path && after[i].size == before[i].size &&
                          after[i].modified_ns == before[i].modified_ns;
        if (!same)
            fail(Error{.kind = ErrorKind::mismatch,
                       .file = before[i].path,
                       .expected = "a file at rest",
                       .found = "it changed while it was read"});
    }
}

void make_cache(const std::string& path, const std::vector<DataFile>& files, const std::string& data_hash,
                const DocumentSource& source, const Encoder& encoder, const ImportProgress& progress, int threads) {
    int64_t total_bytes = 0;
    for (const DataFile& file : files) total_bytes += file.size;
    TemporaryFile temporary(path);
    OutputFile file(temporary.path());
    char head[kTokenCacheHeadBytes] = {};
    std::memcpy(head, kTokenCacheHead, sizeof kTokenCacheHead);
    std::memcpy(head + sizeof kTokenCacheHead, &kTokenCacheVersion, sizeof kTokenCacheVersion);
    file.write(head, sizeof head);

    CacheTables tables;
    tables.masked = std::any_of(files.begin(), files.end(), has_examples);
    RefusedRows refused;
    ParallelEncoder pool(encoder, threads);
    const auto write_oldest = [&] {
        const std::unique_ptr<EncodedChunk> chunk = pool.take();
        if (!chunk->tokens.empty())
            file.write(chunk->tokens.data(), static_cast<int64_t>(chunk->tokens.size() * sizeof(uint32_t)));
        tables.tokens += static_cast<int64_t>(chunk->tokens.size());
        for (const EncodedChunk::Document& document : chunk->documents) {
            if (!document.refused.empty()) {
                refused.add(files[document.file].path, document);
                continue;
            }
            tables.sizes.push_back({document.tokens, document.bytes});
            tables.training_documents += !files[document.file].validation;
            const uint64_t file_bits = static_cast<uint64_t>(document.file) << TokenCache::kLineBits;
            if (tables.masked) tables.places.push_back(file_bits | static_cast<uint64_t>(document.line));
        }
        if (progress && !progress(chunk->bytes_read, total_bytes))
            fail(Error{.kind = ErrorKind::cancelled, .key = "data.files"});
    };
    auto chunk = std::make_unique<EncodedChunk>();
    const auto submit = [&] {
        pool.submit(std::exchange(chunk, std::make_unique<EncodedChunk>()));
        while (pool.pending() && pool.full()) write_oldest();
    };
    size_t file_index = 0;
    const auto add = [&](auto&& document, const DocumentPlace& place) {
        while (files[file_index].path != place.file) ++file_index;  // they come in this order
        chunk->add(std::forward<decltype(document)>(document), file_index, place);
        chunk->bytes_read = place.bytes_read;
        if (chunk->bytes >= kChunkBytes) submit();
        return true;
    };
    ImportReport report;
    read_documents(files, source.system_prompt, add, add, report);
    if (!chunk->documents.empty()) submit();
    while (pool.pending()) write_oldest();
    refused.count_in(report);
    report.sha256 = data_hash;
    if (files.back().validation) report.training_documents = tables.training_documents;
    write_foot(file, encoder, tables, report);
    check_unchanged(files, source);
    file.finish();
    temporary.rename_to(path);
}

// What decides the tokens of examples, file by file; "" where there are none.
std::string examples_key(const std::vector<DataFile>& files, const DocumentSource& source, const Encoder& encoder) {
    if (std::none_of(files.begin(), files.end(), has_examples)) return "";
    if (encoder.examples_refused) fail(*encoder.examples_refused);
    if (!encoder.encode_example) fail(Error{.kind = ErrorKind::internal, .key = "encode_example"});
    std::string key = "\nexamples " + encoder.example_key + "\n" + source.system_prompt;
    for (const DataFile& file : files)
        if (has_examples(file)) key += "\n" + std::string(name_of(file.layout.format)) + ": " + described(file.layout);
    return key;
}

bool is_usable(const std::string& path, const Encoder& encoder) {
    try {
        const TokenCache cache(path);
        return cache.vocab_size() == encoder.vocab_size && cache.eos_id() == encoder.eos_id;
    } catch (const Exception&) {
        return false;
    }
}

}  // namespace

TokenCache open_token_cache(const std::string& folder, const DocumentSource& source, const Encoder& encoder,
                            const ImportProgress& progress, int threads) {
    std::vector<DataFile> files = list_data_files(source);
    recognise_rows(files, source);
    const std::string examples = examples_key(files, source, encoder);
    int64_t total_bytes = 0;
    for (const DataFile& file : files) total_bytes += file.size;
    const std::string data_hash = data_sha256(files, [&](int64_t) { return !progress || progress(0, total_bytes); });
    const std::string key =
        sha256("lathe tokens " + std::to_string(kTokenCacheVersion) + "\n" + data_hash + "\n" + encoder.sha256 + "\n" +
               std::to_string(encoder.eos_id) + "\n" + source.text_column + examples);
    const std::string path = folder + "/" + key + ".tokens";
    if (!is_usable(path, encoder)) {
        make_folders(folder);
        make_cache(path, files, data_hash, source, encoder, progress, threads);
    }
    return TokenCache(path);
}

}  // namespace lathe

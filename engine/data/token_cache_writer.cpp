// Makes the file of a token cache: reads, encodes in parallel, writes in order. See token_cache.h.
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <deque>
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

constexpr size_t kChunkBytes = 256 << 10;
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
template <class T, class Value>
void write_table(OutputFile& file, const std::deque<DocumentSize>& sizes, Value value) {
    std::vector<T> buffer;
    buffer.reserve(kTableEntries);
    const auto flush = [&] {
        file.write(buffer.data(), static_cast<int64_t>(buffer.size() * sizeof(T)));
        buffer.clear();
    };
    for (const DocumentSize& size : sizes) {
        buffer.push_back(value(size));
        if (buffer.size() == kTableEntries) flush();
    }
    if (!buffer.empty()) flush();
}

void write_foot(OutputFile& file, const Encoder& encoder, const std::deque<DocumentSize>& sizes, int64_t tokens,
                const ImportReport& report) {
    const std::string json = report_to_json(report);
    TokenCacheFoot foot{};
    foot.eos_id = encoder.eos_id;
    foot.vocab_size = static_cast<uint64_t>(encoder.vocab_size);
    foot.documents = sizes.size();
    foot.tokens = static_cast<uint64_t>(tokens);
    foot.report_size = json.size();
    complete_foot(foot);
    const char zeros[8] = {};
    const int64_t padding = static_cast<int64_t>(foot.ends_at) - file.size();
    if (padding > 0) file.write(zeros, padding);
    uint64_t end = 0;
    write_table<uint64_t>(file, sizes, [&](DocumentSize size) { return end += size.tokens; });
    write_table<uint32_t>(file, sizes, [](DocumentSize size) { return size.bytes; });
    file.write(json.data(), static_cast<int64_t>(json.size()));
    file.write(&foot, sizeof foot);
}

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
    int64_t total_bytes = 0, tokens = 0;
    for (const DataFile& file : files) total_bytes += file.size;
    TemporaryFile temporary(path);
    OutputFile file(temporary.path());
    char head[kTokenCacheHeadBytes] = {};
    std::memcpy(head, kTokenCacheHead, sizeof kTokenCacheHead);
    std::memcpy(head + sizeof kTokenCacheHead, &kTokenCacheVersion, sizeof kTokenCacheVersion);
    file.write(head, sizeof head);

    std::deque<DocumentSize> sizes;
    ParallelEncoder pool(encoder, threads);
    const auto write_oldest = [&] {
        const std::unique_ptr<EncodedChunk> chunk = pool.take();
        if (!chunk->ids.empty())
            file.write(chunk->ids.data(), static_cast<int64_t>(chunk->ids.size() * sizeof(int32_t)));
        tokens += static_cast<int64_t>(chunk->ids.size());
        for (size_t i = 0; i < chunk->byte_counts.size(); ++i)
            sizes.push_back({chunk->token_counts[i], chunk->byte_counts[i]});
        if (progress && !progress(chunk->bytes_read, total_bytes))
            fail(Error{.kind = ErrorKind::cancelled, .key = "data.files"});
    };
    auto chunk = std::make_unique<EncodedChunk>();
    const auto submit = [&] {
        pool.submit(std::exchange(chunk, std::make_unique<EncodedChunk>()));
        while (pool.pending() && pool.full()) write_oldest();
    };
    ImportReport report =
        for_each_document(files, source.text_column, [&](std::string_view text, const DocumentPlace& place) {
            chunk->add(text);
            chunk->bytes_read = place.bytes_read;
            if (chunk->text.size() >= kChunkBytes) submit();
            return true;
        });
    if (!chunk->byte_counts.empty()) submit();
    while (pool.pending()) write_oldest();
    report.sha256 = data_hash;
    write_foot(file, encoder, sizes, tokens, report);
    check_unchanged(files, source);
    file.finish();
    temporary.rename_to(path);
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
    const std::vector<DataFile> files = list_data_files(source);
    int64_t total_bytes = 0;
    for (const DataFile& file : files) total_bytes += file.size;
    const std::string data_hash = data_sha256(files, [&](int64_t) { return !progress || progress(0, total_bytes); });
    const std::string key = sha256("lathe tokens " + std::to_string(kTokenCacheVersion) + "\n" + data_hash + "\n" +
                                   encoder.sha256 + "\n" + std::to_string(encoder.eos_id) + "\n" + source.text_column);
    const std::string path = folder + "/" + key + ".tokens";
    if (!is_usable(path, encoder)) {
        make_folders(folder);
        make_cache(path, files, data_hash, source, encoder, progress, threads);
    }
    return TokenCache(path);
}

}  // namespace lathe

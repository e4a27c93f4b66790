#include "engine/data/token_cache.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "engine/base/error.h"
#include "engine/data/token_cache_format.h"

namespace lathe {

TokenCache::TokenCache(const std::string& path) : path_(path) {
    const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0) {
        const int reason = errno;
        fail(Error{.kind = reason == ENOENT ? ErrorKind::not_found : ErrorKind::unreadable,
                   .file = path,
                   .found = std::strerror(reason)});
    }
    struct stat status {};
    const bool regular = ::fstat(fd, &status) == 0 && S_ISREG(status.st_mode);
    size_ = status.st_size;
    const int64_t least = kTokenCacheHeadBytes + static_cast<int64_t>(sizeof(TokenCacheFoot));
    if (regular && size_ >= least) mapping_ = ::mmap(nullptr, static_cast<size_t>(size_), PROT_READ, MAP_SHARED, fd, 0);
    const int reason = errno;
    ::close(fd);
    if (!regular) fail(Error{.kind = ErrorKind::unreadable, .file = path, .expected = "a regular file"});
    if (size_ < least)
        fail(Error{.kind = ErrorKind::malformed,
                   .file = path,
                   .expected = "a token cache",
                   .found = std::to_string(size_) + " bytes"});
    if (mapping_ == MAP_FAILED) {
        mapping_ = nullptr;
        fail(Error{.kind = ErrorKind::unreadable, .file = path, .found = std::strerror(reason)});
    }
    try {
        const char* bytes = static_cast<const char*>(mapping_);
        TokenCacheFoot foot;
        std::memcpy(&foot, bytes + size_ - static_cast<int64_t>(sizeof foot), sizeof foot);
        if (std::memcmp(bytes, kTokenCacheHead, sizeof kTokenCacheHead) != 0)
            fail(Error{.kind = ErrorKind::malformed, .file = path, .key = "head"});
        check_foot(foot, size_, path);
        documents_ = static_cast<int64_t>(foot.documents);
        tokens_ = static_cast<int64_t>(foot.tokens);
        vocab_size_ = static_cast<int64_t>(foot.vocab_size);
        eos_id_ = foot.eos_id;
        ids_ = reinterpret_cast<const uint32_t*>(bytes + kTokenCacheHeadBytes);
        document_ends_ = reinterpret_cast<const uint64_t*>(bytes + foot.ends_at);
        document_bytes_ = reinterpret_cast<const uint32_t*>(bytes + foot.bytes_at);
        if (foot.masked != 0) places_ = reinterpret_cast<const uint64_t*>(bytes + places_at(foot));
        uint64_t last = 0;
        for (int64_t i = 0; i < documents_; ++i) {
            if (document_ends_[i] < last)
                fail(Error{.kind = ErrorKind::malformed, .file = path, .key = "document " + std::to_string(i)});
            last = document_ends_[i];
        }
        if (last != foot.tokens) fail(Error{.kind = ErrorKind::malformed, .file = path, .key = "documents"});
        report_ = report_from_json({bytes + foot.report_at, foot.report_size}, path);
    } catch (...) {
        ::munmap(mapping_, static_cast<size_t>(size_));
        throw;
    }
}

TokenCache::~TokenCache() {
    if (mapping_) ::munmap(mapping_, static_cast<size_t>(size_));
}

TokenCache::TokenCache(TokenCache&& other) noexcept
    : path_(std::move(other.path_)),
      mapping_(std::exchange(other.mapping_, nullptr)),
      size_(other.size_),
      ids_(other.ids_),
      document_ends_(other.document_ends_),
      document_bytes_(other.document_bytes_),
      places_(other.places_),
      documents_(std::exchange(other.documents_, 0)),
      tokens_(std::exchange(other.tokens_, 0)),
      vocab_size_(other.vocab_size_),
      eos_id_(other.eos_id_),
      report_(std::move(other.report_)) {}

}  // namespace lathe

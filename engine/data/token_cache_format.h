// Layout of a token cache file; see token_cache.h. Foot and report are what a reader trusts, after checks.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "engine/data/documents.h"

namespace lathe {

constexpr uint32_t kTokenCacheVersion = 1;
constexpr char kTokenCacheHead[8] = {'L', 'A', 'T', 'H', 'E', 'T', 'O', 'K'};
constexpr char kTokenCacheFoot[8] = {'L', 'A', 'T', 'H', 'E', 'E', 'N', 'D'};
constexpr int64_t kTokenCacheHeadBytes = 64;

struct TokenCacheFoot {
    char magic[8];
    uint32_t version;
    int32_t eos_id;
    uint64_t vocab_size, documents, tokens;
    uint64_t ends_at, bytes_at, report_at, report_size;  // byte offsets; the tokens are at kTokenCacheHeadBytes
    uint64_t file_size;
    uint64_t masked;  // 1: tokens carry kMaskedToken, and there are places
    uint64_t reserved;
    char sha256[64];  // hex, of what stands before it
};
static_assert(sizeof(TokenCacheFoot) == 160);

// Where the documents' places are in a masked file: behind their bytes.
inline uint64_t places_at(const TokenCacheFoot& foot) {
    return (foot.bytes_at + foot.documents * 4 + 7) / 8 * 8;
}
// Sets offsets, size and hash from the counts and report_size.
void complete_foot(TokenCacheFoot& foot);
// Errors: malformed where anything in it does not fit with the file's size or itself.
void check_foot(const TokenCacheFoot& foot, int64_t file_size, const std::string& path);

std::string report_to_json(const ImportReport& report);
ImportReport report_from_json(std::string_view json, const std::string& path);

}  // namespace lathe

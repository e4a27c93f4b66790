// A tokenizer for tests: a token is a byte, 256 ends a document.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/data/token_cache.h"

namespace lathe_test {

inline lathe::Encoder byte_encoder(int32_t eos_id = 256) {
    return {.encode =
                [](std::string_view text, std::vector<int32_t>& ids) {
                    for (const char c : text) ids.push_back(static_cast<unsigned char>(c));
                },
            .vocab_size = 257,
            .eos_id = eos_id,
            .sha256 = "bytes"};
}

inline std::vector<int32_t> byte_counts() {
    std::vector<int32_t> counts(257, 1);
    counts[256] = 0;
    return counts;
}

// A text file of documents between end-of-text lines.
inline std::string join_documents(const std::vector<std::string>& documents) {
    std::string text;
    for (const std::string& document : documents) text += document + "\n<|endoftext|>\n";
    return text;
}

}  // namespace lathe_test

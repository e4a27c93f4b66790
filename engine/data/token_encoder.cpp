// Token caches of a Tokenizer. See token_cache.h.
#include "engine/data/token_cache.h"
#include "engine/data/tokenizer.h"

namespace lathe {

Encoder encoder_of(const Tokenizer& tokenizer) {
    return {.encode = [&tokenizer](std::string_view text,
                                   std::vector<int32_t>& ids) { tokenizer.encode_to(text, ids, false); },
            .vocab_size = tokenizer.vocab_size(),
            .eos_id = tokenizer.eos_id(),
            .sha256 = tokenizer.sha256()};
}

std::vector<int32_t> token_byte_counts(const Tokenizer& tokenizer) {
    std::vector<int32_t> counts(static_cast<size_t>(tokenizer.vocab_size()));
    for (size_t i = 0; i < counts.size(); ++i) {
        const auto id = static_cast<int32_t>(i);
        if (!tokenizer.is_special(id)) counts[i] = static_cast<int32_t>(tokenizer.token_bytes(id).size());
    }
    return counts;
}

}  // namespace lathe

// Token caches of a Tokenizer. See token_cache.h.
#include <memory>

#include "engine/data/token_cache.h"
#include "engine/data/tokenizer.h"

namespace lathe {

Encoder encoder_of(const Tokenizer& tokenizer, const ExampleOptions& options) {
    ChatFormat format = read_chat_format(tokenizer);
    const std::optional<Error> refused = format.refused;
    const auto examples = std::make_shared<const ExampleEncoder>(tokenizer, std::move(format), options);
    return {.encode = [&tokenizer](std::string_view text,
                                   std::vector<int32_t>& ids) { tokenizer.encode_to(text, ids, false); },
            .vocab_size = tokenizer.vocab_size(),
            .eos_id = tokenizer.eos_id(),
            .sha256 = tokenizer.sha256(),
            .encode_example = [examples](const Example& example,
                                         std::vector<uint32_t>& tokens) { return examples->encode(example, tokens); },
            .example_key = examples->key(),
            .examples_refused = refused};
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

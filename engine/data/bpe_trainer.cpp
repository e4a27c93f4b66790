#include "engine/data/bpe_trainer.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "engine/base/error.h"
#include "engine/data/bpe_merger.h"
#include "engine/data/byte_alphabet.h"
#include "engine/data/jinja_text.h"
#include "engine/data/tokenizer_writer.h"

namespace lathe {

namespace {

constexpr double kCountingShare = 0.6;  // of the whole time, roughly

void check(const BpeTraining& training, size_t smallest) {
    const auto least = static_cast<int64_t>(smallest);
    constexpr int64_t kMost = 1 << 20;
    if (training.vocab_size < least || training.vocab_size > kMost) {
        fail({.kind = ErrorKind::out_of_range,
              .key = "vocab_size",
              .expected = std::to_string(least) + " to " + std::to_string(kMost),
              .found = std::to_string(training.vocab_size)});
    }
    if (training.document_characters < 1) {
        fail({.kind = ErrorKind::out_of_range,
              .key = "document_characters",
              .expected = "at least 1",
              .found = std::to_string(training.document_characters)});
    }
}

// Special tokens, then the bytes in the order of their characters.
std::vector<std::string> first_tokens(const BpeTraining& training, std::vector<int32_t>& byte_ids) {
    std::vector<std::string> spellings;
    for (const std::string& token : training.special_tokens) {
        if (token.size() < 2 || valid_utf8_prefix(token) != token.size() ||
            std::find(spellings.begin(), spellings.end(), token) != spellings.end()) {
            fail({.kind = ErrorKind::out_of_range,
                  .key = "special_tokens",
                  .expected = "different texts of two bytes or more",
                  .found = token});
        }
        spellings.push_back(token);
    }
    std::vector<int> bytes(256);
    std::iota(bytes.begin(), bytes.end(), 0);
    std::sort(bytes.begin(), bytes.end(), [](int a, int b) {
        return kByteAlphabet[static_cast<size_t>(a)] < kByteAlphabet[static_cast<size_t>(b)];
    });
    byte_ids.resize(256);
    for (const int b : bytes) {
        const char byte = static_cast<char>(b);
        const std::string spelling = spell_bytes({&byte, 1});
        const auto known =
            std::find(spellings.begin(), spellings.end(), spelling);  // a special token may be one such character
        byte_ids[static_cast<size_t>(b)] = static_cast<int32_t>(known - spellings.begin());
        if (known == spellings.end()) spellings.push_back(spelling);
    }
    return spellings;
}

// What a token's bytes are for people.
std::string readable(const std::string& spelling) {
    std::string bytes;
    unspell_bytes(spelling, bytes);
    return jinja::utf8_of(jinja::text_of(bytes));
}

}  // namespace

Tokenizer train_bpe(const BpeTraining& training) {
    std::vector<int32_t> byte_ids;
    std::vector<std::string> spellings = first_tokens(training, byte_ids);
    check(training, spellings.size());
    const auto report = [&](double done) {
        if (training.progress && !training.progress(done))
            fail({.kind = ErrorKind::cancelled, .key = "tokenizer training"});
    };
    const WordCounts counts = count_words(training, [&](double done) { report(done * kCountingShare); });
    if (counts.entries().empty()) {
        fail({.kind = ErrorKind::empty,
              .file = training.files.size() == 1 ? training.files.front() : std::string(),
              .key = "data.files",
              .expected = "text to train a tokenizer on"});
    }
    const auto first = static_cast<int64_t>(spellings.size());
    BpeMerger merger(counts, byte_ids, std::move(spellings));
    std::vector<TokenizerMerge> latest;
    const auto tell = [&] {
        const auto tokens = static_cast<int64_t>(merger.spellings().size());
        report(kCountingShare +
               (1 - kCountingShare) * static_cast<double>(tokens) / static_cast<double>(training.vocab_size));
        if (training.merged) training.merged(tokens - first, training.vocab_size - first, std::exchange(latest, {}));
    };
    merger.run(training.vocab_size, training.min_frequency, [&](const BpeMerger::Merge& merge) {
        if (training.merged)
            latest.push_back({readable(merger.spellings()[static_cast<size_t>(merge.left)]),
                              readable(merger.spellings()[static_cast<size_t>(merge.right)]), merge.count});
        if (merge.tokens % 64 == 0) tell();
    });
    tell();
    if (const auto reached = static_cast<int64_t>(merger.spellings().size()); reached < training.vocab_size) {
        fail({.kind = ErrorKind::out_of_range,
              .key = "vocab_size",
              .expected = "at most " + std::to_string(reached) + " for this text",
              .found = std::to_string(training.vocab_size)});
    }
    const TrainedBpe trained{.spellings = merger.spellings(),
                             .merges = merger.merges(),
                             .special_tokens = training.special_tokens.size(),
                             .pattern = training.pattern};
    return Tokenizer::from_json(tokenizer_json_of(trained), tokenizer_config_json_of(trained), "tokenizer.json");
}

}  // namespace lathe

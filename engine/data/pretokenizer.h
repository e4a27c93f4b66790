// Cuts text into the words inside which BPE merges: the steps of a tokenizer.json's pre_tokenizer in a row, each
// splitting the pieces of the one before. The bytes of the words in a row are the text, plus the spaces that
// add_prefix_space puts in. Any thread.
#pragma once

#include <memory>
#include <string_view>
#include <type_traits>
#include <vector>

#include "engine/data/regex_splitter.h"
#include "engine/data/word_scanner.h"

namespace lathe {

struct SplitStep {
    enum class Kind { pattern, single_digits, digit_runs, regex, prefix_space };
    Kind kind = Kind::pattern;
    WordPattern pattern = WordPattern::gpt2;     // of kind pattern
    std::shared_ptr<const RegexSplitter> regex;  // of kind regex
};

// What is called with each word; refers to a callable that outlives it.
class WordSink {
public:
    template <class F, class = std::enable_if_t<!std::is_same_v<std::remove_cvref_t<F>, WordSink>>>
    WordSink(F&& f)
        : target_(&f), call_([](const void* target, std::string_view word) {
              (*static_cast<std::remove_reference_t<F>*>(const_cast<void*>(target)))(word);
          }) {}
    void operator()(std::string_view word) const { call_(target_, word); }

private:
    const void* target_;
    void (*call_)(const void*, std::string_view);
};

class Pretokenizer {
public:
    explicit Pretokenizer(std::vector<SplitStep> steps = {}) : steps_(std::move(steps)) {}
    // text is valid UTF-8. A word's bytes live until the sink returns.
    void split(std::string_view text, const WordSink& sink) const { run(0, text, sink); }

private:
    void run(size_t step, std::string_view piece, const WordSink& sink) const;
    std::vector<SplitStep> steps_;  // few: the loader allows 16
};

}  // namespace lathe

// A regular expression of a tokenizer.json, matched by PCRE2 (JIT, Unicode classes) under limits: no text and no
// pattern makes it hang. Hugging Face uses Oniguruma; where the two languages differ in meaning ({m,n}+ is possessive
// here and a repetition there) the pattern is refused. Any thread may match at once.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace lathe {

class RegexSplitter {
public:
    // literal: the text itself is looked for. Throws malformed, too_large, unsupported with file and key.
    RegexSplitter(const std::string& pattern, bool literal, const std::string& file, const std::string& key);
    ~RegexSplitter();

    // Whether it matches anywhere, an empty match too. Throws too_large when a limit is hit.
    bool finds(std::string_view text) const;

    // Matches of one text, one after another. Throws too_large when a limit is hit.
    class Matches {
    public:
        Matches(const RegexSplitter& splitter, std::string_view text);
        ~Matches();
        Matches(const Matches&) = delete;
        Matches& operator=(const Matches&) = delete;
        // The next match that is not empty, at or after the end of the last one.
        bool next(size_t& first, size_t& last);

    private:
        friend class RegexSplitter;
        bool match(uint32_t options);  // from where the last one ended
        struct State;
        std::unique_ptr<State> state_;
    };

private:
    struct Code;
    std::unique_ptr<Code> code_;
};

}  // namespace lathe

#include "engine/data/pretokenizer.h"

#include <string>

namespace lathe {

void Pretokenizer::run(size_t step, std::string_view piece, const WordSink& sink) const {
    if (piece.empty()) return;
    if (step == steps_.size()) return sink(piece);
    const UnicodeClasses& classes = UnicodeClasses::get();
    const char* const end = piece.data() + piece.size();
    const auto give = [&](const char* first, const char* last) {
        run(step + 1, {first, static_cast<size_t>(last - first)}, sink);
    };
    const SplitStep& split = steps_[step];
    switch (split.kind) {
        case SplitStep::Kind::pattern:
            for (const char* p = piece.data(); p < end;) {
                const char* next = word_end(split.pattern, p, end, classes);
                give(p, next);
                p = next;
            }
            return;
        case SplitStep::Kind::single_digits:
        case SplitStep::Kind::digit_runs: {
            const char* first = piece.data();
            bool in_digits = false;
            for (const char* p = first; p < end;) {
                const char* at = p;
                const bool digit = classes.of(next_code_point(p)) & kDigit;
                if (at > first && (digit != in_digits || (digit && split.kind == SplitStep::Kind::single_digits))) {
                    give(first, at);
                    first = at;
                }
                in_digits = digit;
            }
            return give(first, end);
        }
        case SplitStep::Kind::regex: {
            RegexSplitter::Matches matches(*split.regex, piece);
            size_t done = 0, first = 0, last = 0;
            while (matches.next(first, last)) {
                give(piece.data() + done, piece.data() + first);
                give(piece.data() + first, piece.data() + last);
                done = last;
            }
            return give(piece.data() + done, end);
        }
        case SplitStep::Kind::prefix_space: {
            if (piece.front() == ' ') return give(piece.data(), end);
            std::string spaced(1, ' ');
            spaced.append(piece);
            return give(spaced.data(), spaced.data() + spaced.size());
        }
    }
}

}  // namespace lathe

#define PCRE2_CODE_UNIT_WIDTH 8
#include "engine/data/regex_splitter.h"

#include <pcre2.h>

#include <chrono>

#include "engine/base/error.h"

namespace lathe {

namespace {

using Clock = std::chrono::steady_clock;

constexpr size_t kPatternLimit = 64 * 1024;
constexpr uint32_t kMatchLimit = 1'000'000;  // backtracking steps from one place
constexpr size_t kJitStackBytes = 4 << 20;

// {2}+ {2,}+ {2,3}+ {,3}+
bool has_possessive_interval(std::string_view pattern) {
    for (size_t open = pattern.find('{'); open != std::string_view::npos; open = pattern.find('{', open + 1)) {
        const size_t close = pattern.find_first_not_of("0123456789,", open + 1);
        if (close == std::string_view::npos || close == open + 1 || pattern[close] != '}') continue;
        if (close + 1 < pattern.size() && pattern[close + 1] == '+') return true;
    }
    return false;
}

struct Deadline {
    Clock::time_point end;
    uint32_t calls = 0;
};

// Called at every place where a match is tried.
int check_deadline(pcre2_callout_block*, void* data) {
    auto* deadline = static_cast<Deadline*>(data);
    return ++deadline->calls % 64 == 0 && Clock::now() > deadline->end ? PCRE2_ERROR_CALLOUT : 0;
}

}  // namespace

struct RegexSplitter::Code {
    pcre2_code* code = nullptr;
    std::string file, key;
    ~Code() { pcre2_code_free(code); }
};

RegexSplitter::RegexSplitter(const std::string& pattern, bool literal, const std::string& file, const std::string& key)
    : code_(std::make_unique<Code>()) {
    code_->file = file;
    code_->key = key;
    if (pattern.size() > kPatternLimit) {
        fail({.kind = ErrorKind::too_large,
              .file = file,
              .key = key,
              .expected = "at most 65536 bytes of pattern",
              .found = std::to_string(pattern.size())});
    }
    if (!literal && has_possessive_interval(pattern)) {
        fail({.kind = ErrorKind::unsupported, .file = file, .key = key, .expected = "no + after {}", .found = pattern});
    }
    const std::string whole = literal ? pattern : "(?C1)(?:" + pattern + ")";
    const uint32_t options =
        PCRE2_UTF | (literal ? PCRE2_LITERAL : PCRE2_UCP | PCRE2_MULTILINE | PCRE2_NEVER_BACKSLASH_C);
    int error = 0;
    PCRE2_SIZE offset = 0;
    code_->code =
        pcre2_compile(reinterpret_cast<PCRE2_SPTR>(whole.data()), whole.size(), options, &error, &offset, nullptr);
    if (!code_->code) {
        PCRE2_UCHAR text[120] = {};
        pcre2_get_error_message(error, text, sizeof text);
        fail({.kind = ErrorKind::malformed,
              .file = file,
              .key = key,
              .expected = "a regular expression",
              .found = reinterpret_cast<const char*>(text)});
    }
    pcre2_jit_compile(code_->code, PCRE2_JIT_COMPLETE);  // without JIT the interpreter matches the same
}

RegexSplitter::~RegexSplitter() = default;

struct RegexSplitter::Matches::State {
    const Code* code;
    std::string_view text;
    size_t at = 0;
    Deadline deadline;
    pcre2_match_context* context = pcre2_match_context_create(nullptr);
    pcre2_jit_stack* stack = pcre2_jit_stack_create(32 * 1024, kJitStackBytes, nullptr);
    pcre2_match_data* data = pcre2_match_data_create(1, nullptr);
    ~State() {
        pcre2_match_data_free(data);
        pcre2_jit_stack_free(stack);
        pcre2_match_context_free(context);
    }
};

RegexSplitter::Matches::Matches(const RegexSplitter& splitter, std::string_view text)
    : state_(std::make_unique<State>()) {
    state_->code = splitter.code_.get();
    state_->text = text;
    if (!state_->context || !state_->data) fail({.kind = ErrorKind::memory, .key = "regular expression"});
    state_->deadline.end = Clock::now() + std::chrono::milliseconds(5'000 + text.size() / 1'000);
    pcre2_set_match_limit(state_->context, kMatchLimit);
    pcre2_set_heap_limit(state_->context, 64 * 1024);
    pcre2_set_callout(state_->context, check_deadline, &state_->deadline);
    if (state_->stack) pcre2_jit_stack_assign(state_->context, nullptr, state_->stack);
}

RegexSplitter::Matches::~Matches() = default;

bool RegexSplitter::finds(std::string_view text) const {
    return Matches(*this, text).match(0);
}

bool RegexSplitter::Matches::match(uint32_t options) {
    State& s = *state_;
    const int rc = pcre2_match(s.code->code, reinterpret_cast<PCRE2_SPTR>(s.text.data()), s.text.size(), s.at,
                               PCRE2_NO_UTF_CHECK | options, s.data, s.context);
    if (rc < 0 && rc != PCRE2_ERROR_NOMATCH)
        fail({.kind = ErrorKind::too_large,
              .file = s.code->file,
              .key = s.code->key,
              .expected = "a pattern that can be matched in reasonable time",
              .found = "it gives up on this text"});
    return rc >= 0;
}

bool RegexSplitter::Matches::next(size_t& first, size_t& last) {
    State& s = *state_;
    while (s.at < s.text.size()) {
        if (!match(PCRE2_NOTEMPTY)) return false;
        const PCRE2_SIZE* found = pcre2_get_ovector_pointer(s.data);
        first = found[0];
        last = found[1];
        if (last > first && first >= s.at) {  // \K could put the start anywhere
            s.at = last;
            return true;
        }
        ++s.at;
        while (s.at < s.text.size() && (static_cast<unsigned char>(s.text[s.at]) & 0xC0) == 0x80) ++s.at;
    }
    return false;
}

}  // namespace lathe

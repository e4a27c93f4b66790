#include "engine/data/answer_spans.h"

#include <algorithm>
#include <string_view>

#include "engine/base/error.h"

namespace lathe {

namespace {

size_t common_prefix(std::string_view a, std::string_view b) {
    return static_cast<size_t>(std::mismatch(a.begin(), a.end(), b.begin(), b.end()).first - a.begin());
}

// The first byte from `begin` on that the conversation says.
size_t first_said(const Prompt& whole, size_t begin) {
    size_t at = 0;
    for (const PromptSegment& segment : whole) {
        if (segment.from_conversation && at + segment.text.size() > begin) break;
        at += segment.text.size();
    }
    return std::max(at, begin);
}

// The end of the segment that the byte is in.
size_t segment_end(const Prompt& whole, size_t byte) {
    size_t end = 0;
    for (const PromptSegment& segment : whole) {
        end += segment.text.size();
        if (end > byte) break;
    }
    return end;
}

}  // namespace

std::vector<size_t> asked_answers(const Json& messages) {
    std::vector<size_t> answers;
    bool asked = false;
    for (size_t i = 0; i < messages.size(); ++i) {
        const auto& role = messages[i]["role"].get_ref<const std::string&>();
        if (role == "assistant" && asked) answers.push_back(i);
        asked = asked || (role != "assistant" && role != "system");
    }
    if (answers.empty())
        fail({.kind = ErrorKind::empty,
              .expected = "a question before the answer",
              .found = "no question before the answer"});
    return answers;
}

std::optional<AnswerSpan> locate_answer(const RenderMessages& render, size_t message, size_t messages,
                                        const Prompt& whole, const std::string& text) {
    const std::string prompt = text_of(render(message, true));
    AnswerSpan answer{.message = message, .begin = common_prefix(text, prompt), .end = text.size()};
    if (answer.begin < prompt.size()) {  // a prompt that begins the answer, as with "<think>"
        const std::string before = text_of(render(message, false));
        if (!text.starts_with(before)) return std::nullopt;
        // "<think>" and "<tool_call>" begin alike.
        const size_t mark = std::string_view(text).substr(0, answer.begin).find_last_of("\n>]");
        answer.begin = std::max(mark + 1, before.size());
    }
    answer.said = first_said(whole, answer.begin);
    if (message + 1 == messages) return answer;
    const std::string through = text_of(render(message + 1, false));
    // Qwen3 writes an answer's thoughts only while it is the last.
    answer.end_known = text.starts_with(through) && through.size() > answer.begin;
    answer.end = answer.end_known ? through.size() : segment_end(whole, answer.said);
    return answer;
}

}  // namespace lathe

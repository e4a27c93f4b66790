#include "engine/data/example_encoder.h"

#include <algorithm>
#include <chrono>
#include <sstream>
#include <utility>

#include "engine/base/error.h"
#include "engine/base/files.h"

namespace lathe {

namespace {

constexpr std::chrono::seconds kMostTime{5};

// "enable_thinking=false" into the variables.
void set_variable(Json& variables, std::string assignment) {
    assignment.erase(0, assignment.find_first_not_of(' '));
    assignment.erase(assignment.find_last_not_of(' ') + 1);
    const size_t equals = assignment.find('=');
    const std::string name = assignment.substr(0, equals);
    bool legal = equals != std::string::npos && !name.empty();
    for (const char* own : {"messages", "tools", "documents", "add_generation_prompt"}) legal = legal && name != own;
    if (!legal)
        fail({.kind = ErrorKind::out_of_range,
              .key = "data.chat_template_kwargs",
              .expected = "NAME=VALUE of a switch of the template",
              .found = assignment.substr(0, 80)});
    const std::string text = assignment.substr(equals + 1);
    if (error_of([&] { variables[name] = parse_json(text, ""); })) variables[name] = text;
}

using Parts = std::vector<Tokenizer::Part>;

Parts prefix_of(const Parts& parts, size_t bytes) {
    Parts prefix;
    for (Tokenizer::Part part : parts) {
        if (bytes == 0) break;
        part.text = part.text.substr(0, bytes);
        bytes -= part.text.size();
        prefix.push_back(part);
    }
    return prefix;
}

// Where each token of a text begins, in bytes of what the tokens stand for. That is the text, unless the tokenizer
// normalises it; then a place in the text is found by encoding what lies before it.
class TokenPlaces {
public:
    TokenPlaces(const Tokenizer& tokenizer, const Parts& parts, const std::string& text,
                const std::vector<int32_t>& ids)
        : tokenizer_(tokenizer), parts_(parts), exact_(tokenizer.decode(ids.data(), ids.size()) == text) {
        begins_.reserve(ids.size() + 1);
        begins_.push_back(0);
        for (const int32_t id : ids) begins_.push_back(begins_.back() + tokenizer.token_bytes(id).size());
    }

    size_t place_of(size_t byte) const {
        if (exact_) return byte;
        const std::vector<int32_t> ids = tokenizer_.encode_parts(prefix_of(parts_, byte));
        return tokenizer_.decode(ids.data(), ids.size()).size();
    }
    // The first token that begins there or behind.
    size_t token_from(size_t place) const {
        return static_cast<size_t>(std::lower_bound(begins_.begin(), begins_.end(), place) - begins_.begin());
    }
    size_t end(size_t token) const { return begins_[token + 1]; }

private:
    const Tokenizer& tokenizer_;
    const Parts& parts_;
    bool exact_;
    std::vector<size_t> begins_;
};

const std::string& role_of(const Json& message) {
    return message["role"].get_ref<const std::string&>();
}

// The template's text may hold any token, and what the model said those that are not special, as <think> and
// <tool_call> may be: it writes them itself. What others said holds none.
Parts parts_of(const Prompt& whole, const std::string& text, const std::vector<AnswerSpan>& answers) {
    Parts parts;
    size_t at = 0;
    auto answer = answers.begin();
    for (const PromptSegment& segment : whole) {
        const size_t end = at + segment.text.size();
        while (at < end) {
            while (answer != answers.end() && answer->end <= at) ++answer;
            const bool inside = answer != answers.end() && answer->begin <= at;
            const size_t border = answer == answers.end() ? end : inside ? answer->end : answer->begin;
            const size_t stop = segment.from_conversation ? std::min(end, border) : end;
            parts.push_back({.text = std::string_view(text).substr(at, stop - at),
                             .added_tokens = !segment.from_conversation || inside,
                             .special_tokens = !segment.from_conversation});
            at = stop;
        }
    }
    return parts;
}

// Past the last token of an answer: behind its last special one, or where the text of its turn ends.
size_t token_end(const Tokenizer& tokenizer, const std::vector<int32_t>& ids, const TokenPlaces& places,
                 const AnswerSpan& answer, size_t begin) {
    if (!answer.end_known) {
        size_t token = places.token_from(places.place_of(answer.said));
        while (token < ids.size() && !tokenizer.is_special(ids[token])) ++token;
        if (token == ids.size())
            fail({.kind = ErrorKind::unsupported,
                  .expected = "a token at the end of each turn",
                  .found = "no token ends a turn"});
        return token + 1;
    }
    const size_t stop = places.place_of(answer.end);
    size_t end = begin;
    while (end < ids.size() && places.end(end) <= stop) ++end;
    size_t last = end;
    while (last > begin && !tokenizer.is_special(ids[last - 1])) --last;
    return last > begin ? last : end;
}

}  // namespace

ExampleEncoder::ExampleEncoder(const Tokenizer& tokenizer, ChatFormat format, const ExampleOptions& options)
    : tokenizer_(tokenizer),
      format_(std::move(format)),
      train_on_prompt_(options.train_on_prompt),
      mask_history_(options.mask_history) {
    std::istringstream assignments(options.chat_template_kwargs);
    for (std::string one; std::getline(assignments, one, ';');) set_variable(format_.variables, one);
}

std::string ExampleEncoder::key() const {
    return sha256("examples 1\n" + (format_.chat_template ? format_.chat_template->source() : "") + "\n" +
                  dump_json(format_.variables) + (train_on_prompt_ ? " train_on_prompt" : "") +
                  (mask_history_ ? " mask_history" : ""));
}

int64_t ExampleEncoder::encode(const Example& example, std::vector<uint32_t>& tokens) const {
    return format_.chat_template ? encode_templated(example, tokens) : encode_plain(example, tokens);
}

Prompt ExampleEncoder::render(const Example& example, size_t messages, bool generate) const {
    Json variables = format_.variables;
    variables["add_generation_prompt"] = generate;
    if (messages == example.messages.size())
        return format_.chat_template->render(example.messages, example.tools, variables);
    const auto end = example.messages.begin() + static_cast<std::ptrdiff_t>(messages);
    return format_.chat_template->render(Json(Json::array_t(example.messages.begin(), end)), example.tools, variables);
}

std::vector<AnswerSpan> ExampleEncoder::locate_all(const Example& example, const Prompt& whole,
                                                   const std::string& text) const {
    const auto began = std::chrono::steady_clock::now();
    const std::vector<size_t> messages = asked_answers(example.messages);
    const auto part = [&](size_t count, bool generate) { return render(example, count, generate); };
    std::vector<AnswerSpan> answers;
    for (const size_t message : messages) {
        if (std::chrono::steady_clock::now() - began > kMostTime)  // each answer renders what lies before it
            fail({.kind = ErrorKind::too_large,
                  .expected = "fewer turns",
                  .found = "so many turns that it takes over 5 s"});
        const auto answer = locate_answer(part, message, example.messages.size(), whole, text);
        if (answer)
            answers.push_back(*answer);
        else if (!train_on_prompt_ && (!mask_history_ || message == messages.back()))
            fail({.kind = ErrorKind::unsupported,
                  .expected = "a template that keeps what it wrote",
                  .found = "the template shows message " + std::to_string(message + 1) +
                           " otherwise when more follows, so that its tokens cannot be told"});
    }
    return answers;
}

int64_t ExampleEncoder::encode_templated(const Example& example, std::vector<uint32_t>& tokens) const {
    const Prompt whole = render(example, example.messages.size(), false);
    const std::string text = text_of(whole);
    const std::vector<AnswerSpan> answers = locate_all(example, whole, text);
    const Parts parts = parts_of(whole, text, answers);
    const std::vector<int32_t> ids = tokenizer_.encode_parts(parts);
    const size_t first = tokens.size();
    for (const int32_t id : ids) tokens.push_back(static_cast<uint32_t>(id) | (train_on_prompt_ ? 0 : kMaskedToken));
    const TokenPlaces places(tokenizer_, parts, text, ids);
    for (const AnswerSpan& answer : answers) {
        if (train_on_prompt_ || (mask_history_ && &answer != &answers.back())) continue;
        const size_t begin = places.token_from(places.place_of(answer.begin));
        const size_t end = token_end(tokenizer_, ids, places, answer, begin);
        for (size_t token = begin; token < end; ++token) tokens[first + token] &= ~kMaskedToken;
    }
    return static_cast<int64_t>(text.size());
}

int64_t ExampleEncoder::encode_plain(const Example& example, std::vector<uint32_t>& tokens) const {
    std::vector<size_t> answers = asked_answers(example.messages);
    if (mask_history_) answers.erase(answers.begin(), answers.end() - 1);
    int64_t bytes = 0;
    std::vector<int32_t> ids;
    const auto append = [&](const std::string& text, bool target) {
        ids.clear();
        tokenizer_.encode_to(text, ids, false);
        for (const int32_t id : ids) tokens.push_back(static_cast<uint32_t>(id) | (target ? 0 : kMaskedToken));
        bytes += static_cast<int64_t>(text.size());
    };
    std::string context;  // up to the next answer
    bool line_ended = true;
    for (size_t i = 0; i < example.messages.size(); ++i) {
        const Json& message = example.messages[i];
        const auto content = message.find("content");
        if (content == message.end() || !content->is_string() || role_of(message) == "tool")
            fail({.kind = ErrorKind::unsupported,
                  .expected = "texts, for a model without a chat template",
                  .found = "a model without a chat template has no calls of tools"});
        const auto& text = content->get_ref<const std::string&>();
        if (role_of(message) != "assistant") {
            context += (line_ended ? "" : "\n") + text;
            line_ended = text.ends_with('\n');
            continue;
        }
        if (!context.empty()) append(std::exchange(context, {}), train_on_prompt_);
        append(text, train_on_prompt_ || std::find(answers.begin(), answers.end(), i) != answers.end());
        line_ended = text.ends_with('\n');
    }
    if (tokenizer_.eos_id() >= 0) tokens.push_back(static_cast<uint32_t>(tokenizer_.eos_id()));
    return bytes;
}

}  // namespace lathe

#include "engine/data/ollama_modelfile.h"

#include <algorithm>
#include <array>

#include "engine/base/error.h"

namespace lathe {

namespace {

// Texts that no template writes or changes.
constexpr const char *kSystem = "Xsystem9X", *kUser = "Xuser1X", *kAnswer = "Xanswer2X", *kNext = "Xuser3X";

Json message(const char* role, const std::string& text) {
    return {{"role", role}, {"content", text}};
}

[[noreturn]] void fail_pieces(const std::string& expected, const std::string& found) {
    fail({.kind = ErrorKind::unsupported, .key = "chat_template", .expected = expected, .found = found});
}

std::string rendered(const ChatTemplate& chat_template, Json variables, const Json& messages) {
    variables["add_generation_prompt"] = true;
    variables["bos_token"] = "";
    return text_of(chat_template.render(messages, Json(), variables));
}

// The parts of `text` around the marks, which come in this order.
std::vector<std::string> split_at(const std::string& text, const std::vector<const char*>& marks) {
    std::vector<std::string> parts;
    size_t begin = 0;
    for (const std::string mark : marks) {
        const size_t at = text.find(mark, begin);
        if (at == std::string::npos) fail_pieces("each message's text once, in order", "one is not there");
        parts.push_back(text.substr(begin, at - begin));
        begin = at + mark.size();
    }
    parts.push_back(text.substr(begin));
    return parts;
}

std::string common_prefix(const std::string& a, const std::string& b) {
    const auto [end, other] = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
    return {a.begin(), end};
}

std::string common_suffix(const std::string& a, const std::string& b) {
    const auto [end, other] = std::mismatch(a.rbegin(), a.rend(), b.rbegin(), b.rend());
    return {end.base(), a.end()};
}

// What a message begins with, "<|im_start|>": a piece is cut there rather than inside a tag or after another's end.
std::string opening_tag(const std::string& text) {
    return text.starts_with('<') ? text.substr(0, text.find('>') + 1) : "";
}

std::string from_tag(const std::string& text, const std::string& tag) {
    const size_t at = text.rfind(tag);
    return at == std::string::npos ? text : text.substr(tag.empty() ? 0 : at);
}

std::string before_tag(const std::string& text, const std::string& tag) {
    return tag.empty() ? text : text.substr(0, text.rfind(tag));
}

std::string without_end(const std::string& text, const std::string& end) {
    if (!text.ends_with(end)) fail_pieces("the same before each user's message", text);
    return text.substr(0, text.size() - end.size());
}

// A Go string literal.
std::string go_text(const std::string& text) {
    return text.empty() ? "" : "{{ " + dump_json(Json(text)) + " }}";
}

}  // namespace

std::string TemplatePieces::render(const Json& messages) const {
    std::string text;
    const auto add = [&](const std::string& role, const std::string& content) {
        if (role == "system")
            text += before_system + content + after_system;
        else if (role == "user")
            text += before_user + content + after_user;
        else
            text += before_assistant + content + after_assistant;
    };
    if (messages.empty() || messages.front()["role"].get<std::string>() != "system") {
        if (!default_system.empty()) add("system", default_system);
        text += without_system;
    }
    for (const Json& one : messages) add(one["role"].get<std::string>(), one["content"].get<std::string>());
    return text + generation_prompt;
}

std::string TemplatePieces::go_template() const {
    const auto branch = [](const char* role, const std::string& before, const std::string& after) {
        return std::string("if eq .Role \"") + role + "\" }}" + go_text(before) + "{{ .Content }}" + go_text(after);
    };
    const std::string head =
        without_system.empty() ? "" : "{{ if not .System }}" + go_text(without_system) + "{{ end }}";
    return head + "{{ range .Messages }}{{ " + branch("system", before_system, after_system) + "{{ else " +
           branch("user", before_user, after_user) + "{{ else " +
           branch("assistant", before_assistant, after_assistant) + "{{ end }}{{ end }}" + go_text(generation_prompt);
}

const std::vector<Json>& template_check_conversations() {
    static const std::vector<Json> kConversations = [] {
        std::vector<Json> all;
        const std::array<std::string, 5> questions = {"Hi", "What is 2 + 2?\nExplain.", "한국어로 답해 줘.",
                                                      "def f(x):\n    return x", "\"Quoted\" & <b>bold</b> {{ x }}"};
        for (size_t i = 0; i < questions.size(); ++i) {
            const Json first = message("user", questions[i]),
                       answer = message("assistant", "Answer " + std::to_string(i)),
                       next = message("user", questions[(i + 1) % questions.size()]),
                       system = message("system", "Be brief. " + questions[i]);
            all.push_back(Json::array({first}));
            all.push_back(Json::array({system, first}));
            all.push_back(Json::array({first, answer, next}));
            all.push_back(Json::array({system, first, answer, next, answer, first}));
        }
        return all;
    }();
    return kConversations;
}

TemplatePieces find_template_pieces(const ChatTemplate& chat_template, const Json& variables) {
    const auto parts = [&](const Json& messages, const std::vector<const char*>& marks) {
        return split_at(rendered(chat_template, variables, messages), marks);
    };
    const Json system = message("system", kSystem), user = message("user", kUser);
    const auto alone = parts(Json::array({user}), {kUser});
    const auto whole = parts(Json::array({system, user, message("assistant", kAnswer), message("user", kNext)}),
                             {kSystem, kUser, kAnswer, kNext});
    const std::string &to_user = whole[1], &to_answer = whole[2], &to_next = whole[3], &end = whole[4];
    TemplatePieces pieces;
    pieces.before_system = whole[0];
    const std::string tag = opening_tag(pieces.before_system);
    pieces.before_user = from_tag(common_suffix(common_suffix(to_user, to_next), alone[0]), tag);
    pieces.after_system = without_end(to_user, pieces.before_user);
    pieces.after_assistant = without_end(to_next, pieces.before_user);
    pieces.after_user = before_tag(common_prefix(to_answer, end), tag);
    pieces.before_assistant = to_answer.substr(pieces.after_user.size());
    pieces.generation_prompt = end.substr(pieces.after_user.size());
    std::string head = without_end(alone[0], pieces.before_user);
    if (!head.empty()) {
        head = without_end(head, pieces.after_system);
        if (!head.starts_with(pieces.before_system)) fail_pieces("a system message before the user's first", head);
        pieces.default_system = head.substr(pieces.before_system.size());
        if (pieces.default_system.empty()) pieces.without_system = pieces.before_system + pieces.after_system;
    }
    for (const Json& conversation : template_check_conversations())
        if (pieces.render(conversation) != rendered(chat_template, variables, conversation))
            fail_pieces("the same text around each message", "another in " + dump_json(conversation).substr(0, 120));
    return pieces;
}

std::string modelfile_text(const Modelfile& modelfile, const std::optional<TemplatePieces>& pieces) {
    const std::string system = modelfile.system.empty() && pieces ? pieces->default_system : modelfile.system;
    if (system.find("\"\"\"") != std::string::npos || system.ends_with('"'))
        fail({.kind = ErrorKind::unsupported, .key = "--system", .expected = "no quotes at its end", .found = system});
    std::string text = "FROM ./" + modelfile.gguf + "\nTEMPLATE \"\"\"" +
                       (pieces ? pieces->go_template() : "{{ .Prompt }}") + "\"\"\"\n";
    if (!system.empty()) text += "SYSTEM \"\"\"" + system + "\"\"\"\n";
    for (const std::string& stop : modelfile.stop) text += "PARAMETER stop " + dump_json(Json(stop)) + "\n";
    return text + "PARAMETER num_ctx " + std::to_string(modelfile.context) + "\n";
}

}  // namespace lathe

#include "engine/data/tokenizer_steps.h"

namespace lathe {

namespace {

constexpr size_t kMostSteps = 16;

// The parts of a Sequence, one level deep or more (the JSON's nesting is bounded).
void flatten(const JsonReader& step, std::string_view list, std::vector<JsonReader>& parts) {
    if (step.type() != "Sequence") return parts.push_back(step);
    step.allow_only({"type", list});
    for (const JsonReader& part : step.at(list).items()) flatten(part, list, parts);
    if (parts.size() > kMostSteps) {
        fail({.kind = ErrorKind::too_large, .file = step.file(), .key = step.key(), .expected = "at most 16 steps"});
    }
}

std::vector<JsonReader> parts_of(const JsonReader& root, std::string_view name, std::string_view list) {
    std::vector<JsonReader> parts;
    if (root.has(name)) flatten(root.at(name), list, parts);
    return parts;
}

SplitStep read_split(const JsonReader& step) {
    step.allow_only({"type", "pattern", "behavior", "invert"});
    if (step.at("behavior").text() != "Isolated") {
        step.at("behavior").unsupported(std::string(step.at("behavior").text()), "Isolated");
    }
    if (step.flag("invert", false)) step.at("invert").unsupported("true", "false");
    const JsonReader pattern = step.at("pattern");
    pattern.allow_only({"Regex", "String"});
    const bool literal = pattern.has("String");
    const JsonReader text = pattern.at(literal ? "String" : "Regex");
    SplitStep split;
    if (const auto known = literal ? std::nullopt : known_pattern(text.text())) {
        split.pattern = *known;
        return split;
    }
    if (text.text().empty()) fail({.kind = ErrorKind::empty, .file = text.file(), .key = text.key()});
    split.kind = SplitStep::Kind::regex;
    split.regex = std::make_shared<RegexSplitter>(std::string(text.text()), literal, text.file(), text.key());
    return split;
}

void append_template_ids(const JsonReader& processor, const std::string& name, const TokenizerSpec& spec,
                         std::vector<int32_t>& out) {
    if (!processor.has("special_tokens"))
        fail({.kind = ErrorKind::missing_key, .file = processor.file(), .key = processor.path("special_tokens")});
    for (const JsonReader& item : processor.at("special_tokens").at(name).at("ids").items()) {
        const int64_t id = item.integer();
        if (id < 0 || id >= static_cast<int64_t>(spec.is_token.size()) || !spec.is_token[static_cast<size_t>(id)]) {
            fail({.kind = ErrorKind::out_of_range,
                  .file = item.file(),
                  .key = item.key(),
                  .expected = "an id of the vocabulary",
                  .found = std::to_string(id)});
        }
        out.push_back(static_cast<int32_t>(id));
    }
}

void read_single_template(const JsonReader& processor, TokenizerSpec& spec) {
    bool behind = false;
    for (const JsonReader& item : processor.at("single").items()) {
        if (item.has("Sequence")) {
            if (behind || item.at("Sequence").at("id").text() != "A")
                item.unsupported("a second Sequence", "Sequence A once");
            behind = true;
            continue;
        }
        const std::string name(item.at("SpecialToken").at("id").text());
        append_template_ids(processor, name, spec, behind ? spec.suffix_ids : spec.prefix_ids);
    }
    if (!behind) processor.at("single").unsupported("no Sequence", "Sequence A once");
}

}  // namespace

bool reads_nfc(const JsonReader& root) {
    bool nfc = false;
    for (const JsonReader& part : parts_of(root, "normalizer", "normalizers")) {
        if (part.type() != "NFC") part.unsupported(part.type(), "null, NFC or a Sequence of them");
        nfc = true;
    }
    return nfc;
}

std::vector<SplitStep> read_split_steps(const JsonReader& root) {
    std::vector<SplitStep> steps;
    bool byte_level = false;
    for (const JsonReader& part : parts_of(root, "pre_tokenizer", "pretokenizers")) {
        const std::string type = part.type();
        if (byte_level) part.unsupported(type, "ByteLevel as the last step");
        if (type == "Split") {
            steps.push_back(read_split(part));
        } else if (type == "Digits") {
            part.allow_only({"type", "individual_digits"});
            const bool single = part.flag("individual_digits", false);
            steps.push_back({.kind = single ? SplitStep::Kind::single_digits : SplitStep::Kind::digit_runs});
        } else if (type == "ByteLevel") {
            part.allow_only({"type", "add_prefix_space", "trim_offsets", "use_regex"});
            byte_level = true;
            if (part.flag("add_prefix_space", true)) steps.push_back({.kind = SplitStep::Kind::prefix_space});
            if (part.flag("use_regex", true))
                steps.push_back({.kind = SplitStep::Kind::pattern, .pattern = WordPattern::gpt2});
        } else {
            part.unsupported(type, "Split, Digits, ByteLevel or a Sequence of them");
        }
    }
    if (!byte_level)
        fail({.kind = ErrorKind::unsupported,
              .file = root.file(),
              .key = "pre_tokenizer",
              .expected = "ByteLevel",
              .found = "none"});
    return steps;
}

void read_template(const JsonReader& root, TokenizerSpec& spec) {
    bool template_seen = false;
    for (const JsonReader& part : parts_of(root, "post_processor", "processors")) {
        const std::string type = part.type();
        if (type == "ByteLevel") continue;  // changes offsets only
        if (type != "TemplateProcessing" || template_seen)
            part.unsupported(type, "ByteLevel or one TemplateProcessing");
        template_seen = true;
        read_single_template(part, spec);
    }
}

void check_decoder(const JsonReader& root) {
    const std::vector<JsonReader> parts = parts_of(root, "decoder", "decoders");
    if (parts.size() != 1 || parts.front().type() != "ByteLevel") {
        fail({.kind = ErrorKind::unsupported,
              .file = root.file(),
              .key = "decoder",
              .expected = "ByteLevel",
              .found = parts.empty() ? "null" : parts.front().type()});
    }
}

}  // namespace lathe

#include "engine/data/clean.h"

#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <functional>
#include <optional>
#include <utility>

#include "engine/base/error.h"
#include "engine/data/line_reader.h"
#include "engine/data/normalizer.h"
#include "engine/data/regex_splitter.h"
#include "engine/data/unicode_classes.h"

namespace lathe {

namespace {

constexpr std::array<const char*, kCleanSteps + 1> kNames = {
    "normalise_unicode", "strip_controls",   "collapse_whitespace", "drop_duplicates", "min_characters",
    "max_characters",    "max_symbol_share", "drop_pattern",        "keep_pattern",    ""};

// Joiners stay: emoji and the scripts of India and Persia are written with them.
bool is_stripped(char32_t c) {
    constexpr char32_t kZeroWidthSpace = 0x200B, kWordJoiner = 0x2060, kByteOrderMark = 0xFEFF;
    return (c < 0x20 && c != '\t' && c != '\n') || (c >= 0x7F && c < 0xA0) || c == kZeroWidthSpace ||
           c == kWordJoiner || c == kByteOrderMark;
}

bool normalise_unicode(std::string& text) {
    std::string buffer;
    const std::string_view normal = normalize_nfc(text, buffer);
    if (normal == text) return false;
    text = std::string(normal);
    return true;
}

bool strip_controls(std::string& text) {
    std::string kept;
    kept.reserve(text.size());
    for (const char *p = text.data(), *end = p + text.size(); p < end;) {
        const char* const first = p;
        const char32_t c = next_code_point(p);
        if (c == '\r') {
            if (p == end || *p != '\n') kept += '\n';
        } else if (!is_stripped(c)) {
            kept.append(first, p);
        }
    }
    const bool changed = kept.size() != text.size() || kept != text;
    text = std::move(kept);
    return changed;
}

bool collapse_whitespace(std::string& text) {
    std::string kept;
    kept.reserve(text.size());
    int blank_lines = 0;
    for (size_t at = 0; at < text.size();) {
        const size_t newline = text.find('\n', at);
        const std::string_view line = std::string_view(text).substr(at, newline - at);
        const size_t last = line.find_last_not_of(" \t");
        blank_lines = last == std::string_view::npos ? blank_lines + 1 : 0;
        if (last != std::string_view::npos) kept += line.substr(0, last + 1);
        if (newline == std::string::npos) break;
        if (blank_lines < 2) kept += '\n';
        at = newline + 1;
    }
    const bool changed = kept.size() != text.size();
    text = std::move(kept);
    return changed;
}

bool is_symbol(char32_t c) {
    if (c == '\t' || c == '\n' || c == '\r') return false;
    const utf8proc_category_t category = utf8proc_category(static_cast<utf8proc_int32_t>(c));
    const bool word = category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_NO;
    const bool space = category >= UTF8PROC_CATEGORY_ZS && category <= UTF8PROC_CATEGORY_ZP;
    return !word && !space;
}

// Every text of a value but the role of a message.
void for_each_text(Json& value, const std::function<void(std::string&)>& work) {
    if (value.is_string()) return work(value.get_ref<std::string&>());
    if (value.is_array())
        for (Json& item : value) for_each_text(item, work);
    if (!value.is_object()) return;
    for (auto& [key, member] : value.items())
        if (key == "content" || key == "value" || key == "text") for_each_text(member, work);
}

std::string said(const Example& example) {
    return dump_json(example.messages) + dump_json(example.tools);
}

std::optional<RegexSplitter> pattern_of(const std::string& pattern, const char* field) {
    if (pattern.empty()) return std::nullopt;
    return std::optional<RegexSplitter>(std::in_place, pattern, false, "", field);
}

}  // namespace

const char* name_of(CleanStep step) {
    return kNames[static_cast<size_t>(step)];
}

bool is_on(const CleanRecipe& recipe, CleanStep step) {
    switch (step) {
        case CleanStep::normalise_unicode:
            return recipe.normalise_unicode;
        case CleanStep::strip_controls:
            return recipe.strip_controls;
        case CleanStep::collapse_whitespace:
            return recipe.collapse_whitespace;
        case CleanStep::drop_duplicates:
            return recipe.drop_duplicates;
        case CleanStep::min_characters:
            return recipe.min_characters > 0;
        case CleanStep::max_characters:
            return recipe.max_characters > 0;
        case CleanStep::max_symbol_share:
            return recipe.max_symbol_share < 1;
        case CleanStep::drop_pattern:
            return !recipe.drop_pattern.empty();
        case CleanStep::keep_pattern:
            return !recipe.keep_pattern.empty();
        case CleanStep::none:
            break;
    }
    return false;
}

bool apply_step(CleanStep step, std::string& text) {
    if (step == CleanStep::normalise_unicode) return normalise_unicode(text);
    if (step == CleanStep::strip_controls) return strip_controls(text);
    if (step == CleanStep::collapse_whitespace) return collapse_whitespace(text);
    return false;
}

int64_t character_count(std::string_view text) {
    return std::count_if(text.begin(), text.end(),
                         [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; });
}

double symbol_share(std::string_view text) {
    int64_t symbols = 0, all = 0;
    for (const char *p = text.data(), *end = p + text.size(); p < end; ++all) symbols += is_symbol(next_code_point(p));
    return all == 0 ? 0 : static_cast<double>(symbols) / static_cast<double>(all);
}

TextKey document_key(const SourceDocument& document) {
    return text_key(document.example != nullptr ? said(*document.example) : std::string(document.text));
}

struct Cleaner::Patterns {
    explicit Patterns(const CleanRecipe& recipe)
        : drop(pattern_of(recipe.drop_pattern, "drop_pattern")),
          keep(pattern_of(recipe.keep_pattern, "keep_pattern")) {}
    std::optional<RegexSplitter> drop, keep;
};

Cleaner::Cleaner(const CleanRecipe& recipe, std::string system_prompt)
    : recipe_(recipe), system_prompt_(std::move(system_prompt)) {
    validate(recipe, "");
    patterns_ = std::make_unique<const Patterns>(recipe);
    for (const CleanStep step :
         {CleanStep::normalise_unicode, CleanStep::strip_controls, CleanStep::collapse_whitespace})
        if (is_on(recipe_, step)) changes_.push_back(step);
}

Cleaner::~Cleaner() = default;

void Cleaner::clean_text(const SourceDocument& document, CleanedDocument& cleaned) const {
    for (const CleanStep step : changes_) {
        if (!apply_step(step, cleaned.text)) continue;
        cleaned.changed_by |= 1U << static_cast<uint32_t>(step);
        if (!is_blank(cleaned.text)) continue;
        cleaned.dropped_by = step;
        return;
    }
    const DocumentPlace& place = document.place;
    if (cleaned.changed_by == 0 || (place.row.empty() && place.table == nullptr)) return;
    cleaned.row = place.table != nullptr ? *place.table : parse_json(place.row, place.file);
    cleaned.row[document.file.layout.columns.text] = cleaned.text;
}

void Cleaner::clean_example(const SourceDocument& document, CleanedDocument& cleaned) const {
    const DocumentPlace& place = document.place;
    const RowColumns& columns = document.file.layout.columns;
    Json row = place.table != nullptr ? *place.table : parse_json(place.row, place.file);
    CleanStep last = CleanStep::none;
    for (const std::string& column :
         {columns.messages, columns.prompt, columns.input, columns.completion, columns.system, columns.history}) {
        const auto value = column.empty() ? row.end() : row.find(column);
        if (value == row.end()) continue;
        for_each_text(*value, [&](std::string& text) {
            for (const CleanStep step : changes_) {
                if (!apply_step(step, text)) continue;
                cleaned.changed_by |= 1U << static_cast<uint32_t>(step);
                last = step;
            }
        });
    }
    if (cleaned.changed_by == 0) return;
    const auto wrong = error_of([&] {
        const Example example = example_of(row, document.file.layout, system_prompt_);
        cleaned.text = plain_text(example);
        cleaned.key = text_key(said(example));
    });
    if (wrong && wrong->exit_status() == 3) fail(*wrong);
    if (wrong) cleaned.dropped_by = last;  // nothing is left of an answer
    cleaned.row = std::move(row);
}

void Cleaner::change_texts(const SourceDocument& document, CleanedDocument& cleaned) const {
    cleaned.text = std::string(document.text);
    if (document.example != nullptr) {
        cleaned.key = document_key(document);
        if (!changes_.empty()) clean_example(document, cleaned);
    } else {
        clean_text(document, cleaned);
        cleaned.key = text_key(cleaned.text);
    }
}

CleanStep Cleaner::filter(const CleanedDocument& cleaned, CleanStep from) const {
    const std::string& text = cleaned.text;
    const auto drops = [&](CleanStep step) {
        switch (step) {
            case CleanStep::min_characters:
                return character_count(text) < recipe_.min_characters;
            case CleanStep::max_characters:
                return character_count(text) > recipe_.max_characters;
            case CleanStep::max_symbol_share:
                return symbol_share(text) > recipe_.max_symbol_share;
            case CleanStep::drop_pattern:
                return patterns_->drop->finds(text);
            case CleanStep::keep_pattern:
                return !patterns_->keep->finds(text);
            default:
                return false;
        }
    };
    for (auto step = static_cast<size_t>(from); step < kCleanSteps; ++step)
        if (const auto one = static_cast<CleanStep>(step); is_on(recipe_, one) && drops(one)) return one;
    return CleanStep::none;
}

CleanedDocument Cleaner::look_at(const SourceDocument& document) const {
    CleanedDocument cleaned;
    change_texts(document, cleaned);
    if (cleaned.dropped_by == CleanStep::none) cleaned.dropped_by = filter(cleaned, CleanStep::min_characters);
    return cleaned;
}

CleanedDocument Cleaner::take(const SourceDocument& document) {
    CleanedDocument cleaned;
    change_texts(document, cleaned);
    if (cleaned.dropped_by != CleanStep::none) return cleaned;
    if (recipe_.drop_duplicates && !seen_.add(cleaned.key))
        cleaned.dropped_by = CleanStep::drop_duplicates;
    else
        cleaned.dropped_by = filter(cleaned, CleanStep::min_characters);
    return cleaned;
}

}  // namespace lathe

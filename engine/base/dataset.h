// Data sets as things with a name, what is known of them, how one is cleaned, and the tokenizers made of them: values
// only. Any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/config.h"
#include "engine/base/error.h"

namespace lathe {

// How documents become a new version of a data set. In this order: what changes a text, what leaves a document out,
// what is held back. Written as `recipe` in the version's dataset.json.
struct CleanRecipe {
    bool normalise_unicode = false;
    bool strip_controls = false;
    bool collapse_whitespace = false;
    bool drop_duplicates = false;
    int64_t min_characters = 0;
    int64_t max_characters = 0;
    double max_symbol_share = 1.0;
    std::string drop_pattern;
    std::string keep_pattern;
    double validation_fraction = 0.0;
    int64_t seed = 42;

    template <class Self, class V>
    static void visit(Self& s, V&& v) {
        v("normalise_unicode", s.normalise_unicode,
          Field{.help = "one spelling for each character (NFC): Korean typed on a Mac comes in pieces otherwise"});
        v("strip_controls", s.strip_controls,
          Field{.help = "control characters, byte order marks and zero-width spaces are taken out; lines end in \\n"});
        v("collapse_whitespace", s.collapse_whitespace,
          Field{.help = "spaces at line ends go, several blank lines become one; indentation stays"});
        v("drop_duplicates", s.drop_duplicates, Field{.help = "of equal documents the first one stays"});
        v("min_characters", s.min_characters,
          Field{.min = 0, .max = 1e12, .help = "shorter documents are left out; 0 none"});
        v("max_characters", s.max_characters,
          Field{.min = 0, .max = 1e12, .help = "longer documents are left out; 0 none"});
        v("max_symbol_share", s.max_symbol_share,
          Field{.min = 0,
                .max = 1,
                .help = "documents with a larger share of characters that are neither letter, digit nor space are left "
                        "out; 1 none"});
        v("drop_pattern", s.drop_pattern, Field{.help = "documents in which this regular expression matches go"});
        v("keep_pattern", s.keep_pattern, Field{.help = "documents in which this one does not match go"});
        v("validation_fraction", s.validation_fraction,
          Field{.min = 0, .max = 0.5, .help = "share of documents written to a file of their own, for validation"});
        v("seed", s.seed, Field{.min = 0, .max = 9e15, .help = "of the draw of those held back"});
    }
};

// JSON as of other settings: a wrong, unknown or doubled key is an Exception naming `file` and key.
CleanRecipe parse_clean_recipe(std::string_view json, const std::string& file);
std::string to_json(const CleanRecipe& recipe);
void validate(const CleanRecipe& recipe, const std::string& file);

struct SurveyedFile {
    std::string path, format;  // as InspectedFile::format
    int64_t bytes = 0, documents = 0;
    std::optional<Error> problem;  // why it cannot be read: the others are
};

// What a step of a recipe does, seen before it is applied.
struct RecipeEffect {
    std::string step;                      // name of the recipe's field
    int64_t changed = 0;                   // documents that stay with another text
    int64_t dropped = 0, bytes = 0;        // documents, and their bytes of text, that this step leaves out
    std::vector<std::string> first_texts;  // the beginnings of the first few of them
};

// A line that is worth a look. Of each kind the first 100.
struct OddLine {
    std::string kind;  // bad (no row), empty, duplicate, invalid_utf8, control, replaced (U+FFFD), very_long
    std::string file;
    int64_t line = 0;
    std::string text;  // its beginning, or why it is no row
};

struct DatasetSurvey {
    std::vector<SurveyedFile> files;
    int64_t documents = 0, bytes = 0, characters = 0;  // of the texts, not of the files
    std::optional<int64_t> tokens;                     // with a tokenizer
    bool tokens_sampled = false;                       // `tokens` is reckoned from a sample
    std::vector<int64_t> lengths;                      // documents of [2^i, 2^(i+1)) characters; empty ones at 0
    int64_t duplicates = 0;                            // equal to an earlier one
    std::vector<OddLine> odd;
    std::vector<std::pair<std::string, int64_t>> odd_counts;  // by kind, also where `odd` has no more room
    std::vector<RecipeEffect> effects;                        // of the recipe's steps that are on
    int64_t kept_documents = 0, kept_bytes = 0, validation_documents = 0;
};

struct PreviewedDocument {
    int64_t index = 0;  // from 0, of all
    std::string file;
    int64_t line = 0;
    std::string text;        // its first kPreviewBytes, after the recipe
    bool cut = false;        // there is more of it
    bool changed = false;    // by the recipe
    std::string dropped_by;  // step that leaves it out; "": it stays
};
constexpr int64_t kPreviewBytes = 4096;

// WORKSPACE/datasets/NAME/VERSION/: train.jsonl, validation.jsonl where some are held back, dataset.json with recipe,
// sources with their sha256, counts. Versions are v1, v2, …
struct DatasetVersion {
    std::string version, folder;
    std::vector<std::string> files, validation_files;
    CleanRecipe recipe;
    std::vector<std::string> sources;
    int64_t documents = 0, validation_documents = 0, bytes = 0;
    int64_t created_at_ms = 0;
    std::optional<Error> problem;  // files are missing, or are not those that were written
};

struct DatasetEntry {
    std::string name;
    std::string file;  // of a loose file in datasets/ (a table of examples): that one; it has no versions
    std::vector<DatasetVersion> versions;  // the newest first
    bool trashed = false;
};

struct TokenizerEntry {
    std::string path, name;
    std::string source;  // as ModelEntry::source; lathe: comes with it
    int64_t vocab_size = 0;
    std::optional<Error> problem;
};

struct TokenizerMerge {
    std::string left, right;  // invalid UTF-8 as U+FFFD
    int64_t count = 0;        // of the pair in the data
};

struct TokenizerMeasure {
    TokenizerEntry tokenizer;
    int64_t bytes = 0, tokens = 0;  // of the same texts
};

}  // namespace lathe

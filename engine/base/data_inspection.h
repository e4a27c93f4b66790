// What a data set teaches, before a run: values only.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/error.h"

namespace lathe {

struct InspectedFile {
    std::string path;
    std::string format;   // txt, md, html, docx, pdf; of rows: text, messages, sharegpt, alpaca, prompt_completion, or
                          // "" where none is recognised
    std::string columns;  // as "prompt question, completion answer"; "": it has none
    std::vector<std::string> column_names;  // of its first rows
    int64_t bytes = 0;
    // Of a data set with examples, once it is in tokens.
    int64_t documents = 0, tokens = 0, trained_tokens = 0;
};

// A row that is worth a look. Of each kind the first 50.
struct InspectedRow {
    std::string kind;  // bad, empty_answer, duplicate, nothing_to_learn, truncated
    std::string file;
    int64_t line = 0;
    std::string reason;  // English
};

struct InspectedToken {
    int32_t id = 0;
    std::string text;      // invalid UTF-8 as U+FFFD
    bool trained = false;  // else masked: it is read, and not learnt
};

// Tokens as they are trained on: an example (or document) by itself, or a row of several.
struct InspectedTokens {
    int64_t index = 0;  // of the example, or of the row in the first epoch's order
    std::string file;   // of an example
    int64_t line = 0;
    std::string text;  // all of it, special tokens too
    std::vector<InspectedToken> tokens;
    std::vector<int64_t> document_begin;  // tokens at which a document, or the rest of one, begins
    int64_t kept = 0;                     // of the tokens, the others are cut off
    int64_t padding = 0;                  // places that a row leaves free; Lathe computes nothing for them
};

struct DataInspection {
    std::vector<InspectedFile> files;
    int64_t rows = 0, bad_rows = 0;  // of files of rows
    int64_t empty_rows = 0;          // blank texts and empty answers, left out
    int64_t duplicate_rows = 0;      // examples equal to an earlier one
    int64_t documents = 0;           // examples among them
    int64_t examples = 0;
    std::vector<InspectedRow> notes;

    // With a model, whose tokenizer and template these go by.
    bool tokenised = false;
    bool chat_template = false;                   // it has one that works
    std::optional<Error> template_refused;        // why the one that is there is not used
    int64_t tokens = 0, trained_tokens = 0;       // in all; targets of both splits after truncation
    int64_t nothing_to_learn = 0, truncated = 0;  // documents
    int64_t training_documents = 0, validation_documents = 0, training_rows = 0, validation_rows = 0;
    std::optional<InspectedTokens> example, row;

    std::optional<Error> obstacle;  // why a run with it would not start
};

}  // namespace lathe

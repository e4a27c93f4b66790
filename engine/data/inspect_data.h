// Looks at a data set as a run would take it: DataInspection's figures, and the tokens of an example or a row. One
// thread at a time.
#pragma once

#include <optional>
#include <string>

#include "engine/base/data_inspection.h"
#include "engine/data/dataset.h"
#include "engine/data/documents.h"
#include "engine/data/tokenizer.h"

namespace lathe {

// Files, formats, rows: reads all of them, without a model. What is wrong with the data is its obstacle.
// `progress` as ImportProgress.
DataInspection inspect_rows(const DocumentSource& source, const ImportProgress& progress = {});

struct TokenInspection {
    DocumentSource source;
    ExampleOptions examples;
    DatasetOptions dataset;
    std::string cache_folder;
    std::optional<int64_t> example, row;  // to show, from 0
    int threads = 2;
};
// The same with tokens. Errors: out_of_range where an example or a row is not there; cancelled. All else that is wrong
// with the data is its obstacle.
DataInspection inspect_tokens(const TokenInspection& wish, const Tokenizer& tokenizer,
                              const ImportProgress& progress = {});

}  // namespace lathe

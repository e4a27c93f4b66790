// A version of a named data set as files: WORKSPACE/datasets/NAME/vN/{train.jsonl, validation.jsonl, dataset.json,
// manifest.json}. A row that the recipe leaves as it is is written as it was read; one that it changes with its texts
// changed, all else kept; a document that is no row as {"text": …}. What could be read only by settings of its own
// (columns that had to be named, a system prompt, files of different formats) is written so that it is recognised
// without: {"text": …} or {"messages": …}. dataset.json: version, name, recipe, sources (path, bytes, sha256),
// documents, validation_documents, bytes (of their texts), created_at_ms. Any thread.
#pragma once

#include <string>

#include "engine/base/dataset.h"
#include "engine/data/survey.h"

namespace lathe {

// A folder's name for a data set: at most 100 bytes of UTF-8, no slash, no control character, no dot or space at an
// end. Errors: usage, naming the name.
void check_dataset_name(const std::string& name);

// Into `folder`, whole or not at all. Errors: mismatch for texts and conversations in one, or a file that changes
// meanwhile; empty where nothing is kept; those of DurableFolder; cancelled.
DatasetVersion write_dataset_version(const std::string& folder, const std::string& name, const DocumentIndex& index,
                                     const RecipeOutcome& outcome, const CleanRecipe& recipe,
                                     const ImportProgress& progress);
// What dataset.json tells; what is wrong with the folder is its problem. Sizes alone are verified, which takes no time.
DatasetVersion read_dataset_version(const std::string& folder);

}  // namespace lathe

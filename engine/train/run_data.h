// The data settings of a run as the parts of engine/data take them. Pure functions, any thread.
#pragma once

#include <string>

#include "engine/base/config.h"
#include "engine/data/dataset.h"
#include "engine/data/documents.h"
#include "engine/data/example_encoder.h"

namespace lathe {

DocumentSource document_source(const DataConfig& config);
// What decides the texts of a source besides its files, format and text column; "" where nothing is mapped.
std::string mapping_key(const DocumentSource& source);
ExampleOptions example_options(const DataConfig& config);
// For the record of a run on examples: how many, and what of them is not learnt. "" for plain text.
std::string examples_text(const TokenCache& cache, const Dataset& dataset);
DatasetOptions dataset_options(const DataConfig& config, int64_t seed);

}  // namespace lathe

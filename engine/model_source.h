// Where the weights of a ModelSource lie, and the base of an adapter. Any thread.
#pragma once

#include <cstdint>
#include <string>

#include "engine/base/events.h"
#include "engine/formats/model_weights.h"

namespace lathe {

struct FoundWeights {
    ModelFiles files;
    int64_t step = 0;  // of a run's checkpoint
};

// Not of "live" weights. A run's files are not hashed: a checkpoint appears whole or not at all, and hashing takes
// seconds. Errors: usage where neither folder nor run is named or both are, not_found naming what is not there.
FoundWeights find_weights(const ModelSource& source, const std::string& workspace);

// Where files.path is an adapter's folder, it laid over its base: the folder that it names, else the model of that name
// in the workspace or the cache of Hugging Face. Errors: those of read_peft_config; not_found naming the base.
ModelFiles with_base(const ModelFiles& files, const std::string& workspace);

}  // namespace lathe

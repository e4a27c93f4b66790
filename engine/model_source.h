// Where the weights of a ModelSource lie. Any thread.
#pragma once

#include <cstdint>
#include <string>

#include "engine/base/events.h"

namespace lathe {

struct FoundWeights {
    std::string folder;  // or GGUF file
    int64_t step = 0;    // of a run's checkpoint
};

// Not of "live" weights. A run's files are not hashed: a checkpoint appears whole or not at all, and hashing takes
// seconds. Errors: usage where neither folder nor run is named or both are, not_found naming what is not there.
FoundWeights find_weights(const ModelSource& source, const std::string& workspace);

}  // namespace lathe

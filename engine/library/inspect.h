// One model on disk in full: what it says of itself, its template, its tensors, and how the values of one of them
// spread. Any thread.
#pragma once

#include <functional>
#include <string>

#include "engine/base/model_entry.h"

namespace lathe {

// From headers alone. What cannot be read is left empty, and entry.problem says why. not_found if nothing is there.
ModelDetail inspect_model(const std::string& path);

// Reads the tensor twice, in pieces of 1 MiB: min, max and mean, then the spread around the mean and the bins. Sums are
// fp64. `progress` gets the elements done, of 2 × the tensor's; false cancels. Errors: those of ModelTensors;
// missing_key, unsupported (whole numbers), cancelled.
TensorHistogram tensor_histogram(const std::string& path, const std::string& tensor,
                                 const std::function<bool(int64_t)>& progress = {});

}  // namespace lathe

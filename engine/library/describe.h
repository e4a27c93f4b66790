// What the headers of one model on disk tell of it: a Hugging Face folder, an adapter's folder, a GGUF file. The
// weights' own bytes are never read. Any thread.
#pragma once

#include <optional>
#include <string>

#include "engine/base/model_entry.h"
#include "engine/library/model_tensors.h"

namespace lathe {

// Never fails: what is wrong stands in `problem`, that of an unknown architecture with the nearest one that Lathe has.
// `name` and `source` are the caller's to set; until then they are the path's last part and "folder".
// `tensors` gets those that it was told by, where they can be read.
ModelEntry describe_model(const std::string& path, std::optional<ModelTensors>* tensors = nullptr);
// config.json and adapter_config.json are read up to here.
constexpr int64_t kConfigFileLimit = 16 << 20;

}  // namespace lathe

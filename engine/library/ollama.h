// Ollama's store: a manifest lists a model's layers as {mediaType, digest}; a layer with digest "sha256:HEX" is the
// file blobs/sha256-HEX, the model's is a GGUF. Source: github.com/ollama/ollama, manifest.go, layer.go. Any thread.
#pragma once

#include <string>

#include "engine/base/model_entry.h"

namespace lathe {

// Of ROOT/manifests/NAME, NAME being "HOST/NAMESPACE/MODEL/TAG"; what is wrong stands in `problem`.
ModelEntry describe_ollama(const std::string& root, const std::string& name);

}  // namespace lathe

// Every model and adapter on this disk, listed in place from headers alone: those of the workspace, and what lies in
// the caches of Hugging Face, llama.cpp, LM Studio and Ollama. A tree of another's making is bounded: no link to a
// folder is followed, one to a file only within its folder (folder_file.h), and ScanLimits hold. Any thread.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/base/model_entry.h"

namespace lathe {

// Roots; one that is not there has no models.
struct ScanPlaces {
    std::string workspace;                 // "": none
    std::vector<std::string> huggingface;  // HUB/models--ORG--NAME/{refs/main, snapshots/REVISION/…, blobs/…}
    std::vector<std::string> llama_cpp;    // *.gguf
    std::vector<std::string> lm_studio;    // PUBLISHER/NAME/*.gguf
    std::vector<std::string> ollama;       // manifests/HOST/NAMESPACE/NAME/TAG, blobs/sha256-…
    std::vector<std::string> folders;      // others that the user named
};

// Where those programs keep their models for this user: by HF_HUB_CACHE, HF_HOME, LLAMA_CACHE, OLLAMA_MODELS,
// XDG_CACHE_HOME and HOME.
ScanPlaces known_places(const std::string& workspace);

struct ScanLimits {
    int64_t entries = 100'000;  // of folders, under one root
    int64_t models = 2'000;     // under one root
    int depth = 5;              // of folders below a root
};

// Of each but its headers: path, name, kind and source alone, which opens no file of weights.
enum class ScanDepth { headers, names };

// Sorted by name within each place; a model that two places have is told once. Of a GGUF in parts the first is. Where a
// limit was met, an entry of kind folder says so (too_large). Never fails.
std::vector<ModelEntry> scan_models(const ScanPlaces& places, const ScanLimits& limits = {},
                                    ScanDepth depth = ScanDepth::headers);
// The folder that an adapter's base of this name is: the one that is called just so, else one with the same last part;
// "": none. A GGUF is none: its weights were rounded.
std::string find_base(const std::vector<ModelEntry>& models, const std::string& name);

}  // namespace lathe

// Models on disk and models to be fetched, as the library tells of them: values only. Any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/config.h"
#include "engine/base/error.h"

namespace lathe {

struct ModelEntry {
    std::string path;    // of the folder or the file
    std::string name;    // for people: "Qwen/Qwen3-0.6B", "qwen3:0.6b", "exports/mine"
    std::string kind;    // stable word: hf, checkpoint (of a run), adapter, gguf; folder: none, but `problem` says why
    std::string source;  // stable word: workspace, huggingface, llama.cpp, lmstudio, ollama, folder
    std::string model_type;                   // as the file spells it; "" where it does not
    std::optional<ModelConfig> shape;         // where Lathe can compute it
    int64_t parameters = 0;                   // elements of all tensors; a packed one counts its bytes
    int64_t bytes = 0;                        // of the files that hold the weights
    std::vector<std::string> dtypes;          // "BF16", "Q4_K", …; that of the most bytes first
    std::string licence;                      // "apache-2.0", or the first line of its text; "" if not told
    std::string base;                         // of an adapter: the model that it is for, as it names it
    bool base_is_there = false;               // of an adapter: that model is where it says, or in the library
    int64_t rank = 0;                         // of an adapter
    std::vector<std::string> target_modules;  // of an adapter
    int64_t updated_at_ms = 0;
    std::optional<Error> problem;  // why it cannot be opened
};

struct TensorRow {
    std::string name;
    std::vector<int64_t> shape;
    std::string dtype;
    int64_t bytes = 0;
};

struct ModelDetail {
    ModelEntry entry;
    std::string config;  // JSON: config.json, adapter_config.json, or a GGUF's keys with long lists told by length
    std::string chat_template;  // "" if it has none
    std::vector<TensorRow> tensors;
};

constexpr int64_t kHistogramBins = 64;

// Over the finite elements alone; all 0 where there are none.
struct TensorHistogram {
    double min = 0, max = 0, mean = 0, std = 0;  // std of the whole, not of a sample
    int64_t elements = 0, zeros = 0, non_finite = 0;
    std::vector<int64_t> bins;  // of equal width from min to max; one value alone: the middle one
};

struct FetchFile {
    std::string name;  // in the repository: "model.safetensors", "Q4_K_M/qwen.gguf"
    int64_t bytes = 0;
    std::string sha256;  // "" where the source tells none
};

struct FetchPlan {
    std::string repository;  // "org/name"; "": a single address
    std::string revision;    // commit; of a single address its ETag or date
    std::string licence;     // "" if not told
    std::vector<FetchFile> files;
    int64_t total = 0;          // bytes
    std::string folder;         // that will appear, whole
    int64_t already_there = 0;  // bytes, of an earlier fetch that was cut off
};

}  // namespace lathe

// GGUF writer (version 3, little-endian, alignment 32): what gguf.h reads. A tensor is converted in pieces, on several
// threads, and never whole in memory. Any thread.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "engine/formats/gguf.h"

namespace lathe {

using GgufKeys = std::vector<std::pair<std::string, GgufValue>>;  // in the order of writing

GgufValue gguf_u32(uint32_t number);
GgufValue gguf_f32(float number);
GgufValue gguf_bool(bool flag);
GgufValue gguf_text(std::string text);
GgufValue gguf_texts(const std::vector<std::string>& texts);
GgufValue gguf_i32s(const std::vector<int32_t>& numbers);

struct GgufSource {
    std::string name;
    GgufType type;               // as stored; quantise() writes it
    std::vector<int64_t> shape;  // outermost first; rows of a multiple of the type's block
    // Elements [first, first+count) as fp32; called in order, for at most 1 MiB at once.
    std::function<void(int64_t first, int64_t count, float* destination)> read;
};

// Writes through OutputFile and returns the file's sha256. `path` must not exist; no file is left behind on an error.
// `progress` is called with the bytes written so far; returning false cancels (Exception cancelled). Errors: internal
// (two keys or tensors of one name, a shape that the format has not); out_of_range naming the tensor whose weights are
// no finite numbers, or too large for its type; those of OutputFile and of the tensors' read().
std::string write_gguf_file(const std::string& path, const GgufKeys& keys, const std::vector<GgufSource>& tensors,
                            int threads, const std::function<bool(int64_t)>& progress = {});
// Size of the file that it would make.
int64_t gguf_file_bytes(const GgufKeys& keys, const std::vector<GgufSource>& tensors);

}  // namespace lathe

// The JSON header of a safetensors file: parsed as a stream (no tree, no recursion, memory bounded by the tensors
// accepted), checked in full, and made again. Limits and rules: safetensors.h. Any thread.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "engine/formats/safetensors.h"

namespace lathe {

constexpr int64_t kHeaderLimit = 100'000'000;
constexpr int64_t kTensorLimit = 262'144;
constexpr int64_t kRankLimit = 8;
constexpr int64_t kNameLimit = 1024;

struct SafetensorsHeader {
    std::vector<TensorInfo> tensors;  // by offset, offsets from the start of the file
    std::vector<uint32_t> by_name;    // indices of `tensors` in the order of names
    std::map<std::string, std::string> metadata;
};

// `text` are the N bytes; the data fill [data_begin, file_bytes). Errors as SafetensorsFile.
SafetensorsHeader parse_safetensors_header(std::string_view text, int64_t data_begin, int64_t file_bytes,
                                           const std::string& path);
// Brings the tensors into the format's order; returns the 8 bytes and the padded JSON. `path` is for errors.
std::string make_safetensors_header(std::vector<TensorSource>& tensors,
                                    const std::map<std::string, std::string>& metadata, const std::string& path);

}  // namespace lathe

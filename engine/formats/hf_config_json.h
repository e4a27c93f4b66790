// config.json and generation_config.json as we write them, for transformers 4 and 5. Any thread.
#pragma once

#include <string>

#include "engine/formats/hf_folder.h"

namespace lathe {

// "float32", "bfloat16", "float16"; other dtypes are `unsupported`.
const char* torch_dtype_name(Dtype dtype);
// The original's keys in their places where there is one, with ours over them; its quantization_config gives way to the
// one given, which may be "". Errors: torch_dtype_name's.
std::string make_config_json(const HfConfig& config, Dtype dtype, const std::string& quantization_config = "");
// "" for none: the original had none and no end token is known, so that transformers goes on by config.json.
// Without a change of ids the original comes back verbatim.
std::string make_generation_config_json(const HfConfig& config);

}  // namespace lathe

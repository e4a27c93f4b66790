// Which model a LoRA adapter is for. Its base_model_name_or_path is a folder's path or a name on the Hugging Face hub,
// "Qwen/Qwen2.5-0.5B"; names are compared by their last part, in letters and digits alone. Any thread.
#pragma once

#include <string>

namespace lathe {

// The last part of a name or path; of a snapshot in a Hugging Face cache (models--ORG--NAME/snapshots/REVISION) NAME.
std::string model_name(const std::string& name_or_path);
// "Qwen/Qwen2.5-0.5B" and "models/qwen2.5_0.5b"; nothing is called "".
bool same_model_name(const std::string& a, const std::string& b);
// The folder of the base, or its GGUF file: base_model_name_or_path where that is a plain path, absolute or from the
// folder that holds this one, to a model; else `not_found`, as for a name on the hub.
std::string base_of_adapter(const std::string& folder);
// "" where the adapter is for this base, as far as can be told; else the two names, in English. A base is called as its
// folder or file is, and as config.json's _name_or_path or a GGUF's general.name says. Errors: read_peft_config's.
std::string base_difference(const std::string& base, const std::string& adapter);

}  // namespace lathe

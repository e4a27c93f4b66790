// LoRA on a model in memory: given to its layers, read from a PEFT adapter, and given back as one. Thread: engine.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "engine/base/config.h"
#include "engine/formats/peft_adapter.h"
#include "engine/model/model_io.h"

namespace lathe {

// How a run holds its model.
WeightForm weight_form(const RunConfig& config);

// Adds LoRA to the layers that `config` targets and makes the model train nothing else. A is uniform in ±1/√in by
// (seed, layer, element), as PEFT draws it; B is 0.
void add_lora(Model& model, const LoraConfig& config, int64_t seed);
// While it lives, the model answers as its base does.
class WithoutAdapter {
public:
    explicit WithoutAdapter(Model& model);
    ~WithoutAdapter();
    WithoutAdapter(const WithoutAdapter&) = delete;
    WithoutAdapter& operator=(const WithoutAdapter&) = delete;

private:
    Model& model_;
    std::vector<std::shared_ptr<Lora>> adapters_;  // of Model::linears(), in their order
};
// Values of the adapter that the model has LoRA for. `mismatch` naming the first modules that one has and the other
// has not, or has in another shape or strength.
void read_lora(Model& model, const PeftAdapter& adapter);
// A model that answers with an adapter beside the base's weights, which are in memory once however many adapters lie
// beside them; it keeps the base. `mismatch` naming a module that the base has not, or has in another shape.
std::shared_ptr<Model> with_adapter(const std::shared_ptr<Model>& base, const PeftAdapter& adapter);
// The settings that an adapter was made with. `unsupported` where modules differ in rank or strength.
LoraConfig lora_config(const PeftAdapter& adapter);
// The model's adapter with its values.
PeftAdapter peft_adapter(Model& model, const LoraConfig& config, const std::string& base_model_name_or_path);

}  // namespace lathe

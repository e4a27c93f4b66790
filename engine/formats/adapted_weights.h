// The weights of a base model with a LoRA adapter in them, as PEFT's merge_and_unload() makes them: W + scale · B A in
// fp32, computed for the range that is read, so that nothing is held but A and B. Any thread; one object belongs to one
// thread at a time.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "engine/formats/model_weights.h"
#include "engine/formats/peft_adapter.h"

namespace lathe {

class AdaptedWeights : public ModelWeights {
public:
    // `mismatch` naming the first five modules that the base has not, or has in another shape.
    AdaptedWeights(std::unique_ptr<ModelWeights> base, PeftAdapter adapter);
    bool has(const std::string& name) const override { return base_->has(name); }
    std::vector<int64_t> shape(const std::string& name) const override { return base_->shape(name); }
    void require(const std::string& name, const std::vector<int64_t>& shape) const override {
        base_->require(name, shape);
    }
    void read_part(const std::string& name, int64_t first, int64_t count, float* destination) const override;
    std::vector<std::string> names() const override { return base_->names(); }
    bool is_rounded() const override { return base_->is_rounded(); }
    std::vector<TensorSource> stored_nf4(const std::string& name) const override;

private:
    const LoraPair* find(const std::string& name) const;  // null: the tensor is the base's

    std::unique_ptr<ModelWeights> base_;
    PeftAdapter adapter_;
};

}  // namespace lathe

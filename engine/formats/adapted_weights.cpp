#include "engine/formats/adapted_weights.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "engine/base/error.h"

namespace lathe {

namespace {

constexpr std::string_view kWeight = ".weight";

}  // namespace

AdaptedWeights::AdaptedWeights(std::unique_ptr<ModelWeights> base, PeftAdapter adapter)
    : base_(std::move(base)), adapter_(std::move(adapter)) {
    std::vector<std::string> strangers;
    for (const auto& [module, pair] : adapter_.modules) {
        const std::string name = module + std::string(kWeight);
        const std::vector<int64_t> shape = {pair.out, pair.in};
        if (!base_->has(name) || error_of([&] { base_->require(name, shape); })) strangers.push_back(module);
    }
    if (strangers.empty()) return;
    fail({.kind = ErrorKind::mismatch,
          .file = adapter_.file,
          .expected = "modules of the base, in its shapes",
          .found = first_names(strangers)});
}

const LoraPair* AdaptedWeights::find(const std::string& name) const {
    if (!name.ends_with(kWeight)) return nullptr;
    const auto at = adapter_.modules.find(name.substr(0, name.size() - kWeight.size()));
    return at == adapter_.modules.end() ? nullptr : &at->second;
}

void AdaptedWeights::read_part(const std::string& name, int64_t first, int64_t count, float* destination) const {
    base_->read_part(name, first, count, destination);
    const LoraPair* pair = find(name);
    if (!pair) return;
    std::vector<float> product(static_cast<size_t>(pair->in));
    while (count > 0) {
        const int64_t row = first / pair->in, column = first % pair->in, n = std::min(count, pair->in - column);
        std::fill_n(product.begin(), n, 0.0F);
        for (int64_t k = 0; k < pair->r; ++k) {
            const float b = pair->B[static_cast<size_t>(row * pair->r + k)];
            const float* a = pair->A.data() + k * pair->in + column;
            for (int64_t i = 0; i < n; ++i) product[static_cast<size_t>(i)] += b * a[i];
        }
        for (int64_t i = 0; i < n; ++i) destination[i] += pair->scale * product[static_cast<size_t>(i)];
        destination += n;
        first += n;
        count -= n;
    }
}

std::vector<TensorSource> AdaptedWeights::stored_nf4(const std::string& name) const {
    return find(name) ? std::vector<TensorSource>() : base_->stored_nf4(name);
}

}  // namespace lathe

#include "engine/model/adapter.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "engine/base/error.h"
#include "engine/base/memory.h"
#include "engine/model/ops.h"
#include "engine/model/random.h"

namespace lathe {

namespace {

constexpr uint64_t kStream = 1ULL << 32;  // apart from those of fresh weights

// "model.layers.0.self_attn.q_proj.weight" without its end
std::string module_of(const std::string& tensor) {
    return tensor.substr(0, tensor.rfind('.'));
}

std::shared_ptr<Lora> make_lora(const Parameter& weight, const LoraConfig& config) {
    auto lora = std::make_shared<Lora>();
    lora->r = config.r;
    lora->scale = config.scale();
    lora->dropout = config.lora_dropout;
    lora->a.columns = weight.columns;
    lora->b.columns = config.r;
    int64_t first_row = 0;
    for (const Parameter::Part& part : weight.parts) {
        const std::string module = module_of(part.name);
        if (config.targets(module)) {
            lora->slices.push_back({.first_row = first_row, .rows = part.rows, .module = module});
            lora->a.parts.push_back({.name = module + ".lora_A.weight", .rows = config.r});
            lora->b.parts.push_back({.name = module + ".lora_B.weight", .rows = part.rows});
            lora->a.rows += config.r;
            lora->b.rows += part.rows;
        }
        first_row += part.rows;
    }
    return lora->slices.empty() ? nullptr : lora;
}

void initialize(Lora& lora, uint64_t seed, uint64_t stream) {
    lora.a.value = ops::empty({lora.a.rows, lora.a.columns});
    lora.b.value = ops::zeros({lora.b.rows, lora.b.columns});
    const double bound = 1 / std::sqrt(static_cast<double>(lora.a.columns));
    auto* values = lora.a.value.data_ptr<float>();
    for (int64_t i = 0; i < lora.a.elements(); ++i)
        values[i] = static_cast<float>((2 * uniform(seed, stream, static_cast<uint64_t>(i)) - 1) * bound);
}

// visit(module, its A (R,in), its B (rows,R), slice, lora) for every adapted module
template <class Visit>
void for_each_module(Model& model, Visit visit) {
    for (Linear* layer : model.linears()) {
        if (!layer->lora) continue;
        auto* a = layer->lora->a.value.data_ptr<float>();
        auto* b = layer->lora->b.value.data_ptr<float>();
        for (const Lora::Slice& slice : layer->lora->slices) {
            visit(slice, *layer->lora, a, b);
            a += layer->lora->r * layer->lora->a.columns;
            b += slice.rows * layer->lora->r;
        }
    }
}

// The layer's part of an adapter, null where it has none. Modules of a lower rank get rows of zeros, and each one's
// strength goes into its B. What was used is taken off `left`.
std::shared_ptr<Lora> lora_of(const Parameter& weight, const PeftAdapter& adapter, std::set<std::string>& left) {
    auto lora = std::make_shared<Lora>();
    std::vector<const LoraPair*> pairs;
    int64_t first_row = 0, rows = 0;
    for (const Parameter::Part& part : weight.parts) {
        const std::string module = module_of(part.name);
        if (const auto at = adapter.modules.find(module); at != adapter.modules.end()) {
            const LoraPair& pair = at->second;
            if (pair.in != weight.columns || pair.out != part.rows)
                fail({.kind = ErrorKind::mismatch,
                      .file = adapter.file,
                      .key = module,
                      .expected = std::to_string(part.rows) + " x " + std::to_string(weight.columns),
                      .found = std::to_string(pair.out) + " x " + std::to_string(pair.in)});
            lora->slices.push_back({.first_row = first_row, .rows = part.rows, .module = module});
            pairs.push_back(&pair);
            lora->r = std::max(lora->r, pair.r);
            rows += part.rows;
            left.erase(module);
        }
        first_row += part.rows;
    }
    if (pairs.empty()) return nullptr;
    lora->a.rows = static_cast<int64_t>(pairs.size()) * lora->r;
    lora->a.columns = weight.columns;
    lora->b.rows = rows;
    lora->b.columns = lora->r;
    lora->a.value = ops::zeros({lora->a.rows, lora->a.columns});
    lora->b.value = ops::zeros({lora->b.rows, lora->b.columns});
    auto *a = lora->a.value.data_ptr<float>(), *b = lora->b.value.data_ptr<float>();
    for (const LoraPair* pair : pairs) {
        std::copy(pair->A.begin(), pair->A.end(), a);
        for (int64_t row = 0; row < pair->out; ++row, b += lora->r)
            for (int64_t i = 0; i < pair->r; ++i) b[i] = pair->scale * pair->B[static_cast<size_t>(row * pair->r + i)];
        a += lora->r * lora->a.columns;
    }
    return lora;
}

}  // namespace

WeightForm weight_form(const RunConfig& config) {
    if (!config.lora) return WeightForm::plain;
    using Form = FrozenMatrix::Form;
    const BaseModelConfig& base = *config.base_model;
    WeightForm form = WeightForm::frozen;
    if (base.load_in_4bit) form.blocks = base.bnb_4bit_use_double_quant ? Form::nf4 : Form::nf4_plain_scales;
    if (base.embeddings_in_8bit) form.embeddings = Form::int8;
    return form;
}

void add_lora(Model& model, const LoraConfig& config, int64_t seed) {
    const MemoryScope scope(MemoryKind::weights);
    uint64_t stream = kStream;
    for (Linear* layer : model.linears()) {
        layer->lora = make_lora(layer->weight, config);
        if (layer->lora) initialize(*layer->lora, static_cast<uint64_t>(seed), stream);
        ++stream;
    }
    model.train_adapters_alone();
}

WithoutAdapter::WithoutAdapter(Model& model) : model_(model) {
    for (Linear* layer : model.linears()) adapters_.push_back(std::move(layer->lora));
}

WithoutAdapter::~WithoutAdapter() {
    auto adapter = adapters_.begin();
    for (Linear* layer : model_.linears()) layer->lora = std::move(*adapter++);
}

void read_lora(Model& model, const PeftAdapter& adapter) {
    std::vector<std::string> wrong;
    std::set<std::string> known;
    for_each_module(model, [&](const Lora::Slice& slice, const Lora& lora, float* a, float* b) {
        known.insert(slice.module);
        const auto at = adapter.modules.find(slice.module);
        const LoraPair* pair = at == adapter.modules.end() ? nullptr : &at->second;
        if (pair == nullptr || pair->r != lora.r || pair->in != lora.a.columns || pair->out != slice.rows ||
            pair->scale != lora.scale) {
            wrong.push_back(slice.module);
            return;
        }
        std::copy(pair->A.begin(), pair->A.end(), a);
        std::copy(pair->B.begin(), pair->B.end(), b);
    });
    for (const auto& [module, pair] : adapter.modules)
        if (!known.contains(module)) wrong.push_back(module);
    if (wrong.empty()) return;
    fail({.kind = ErrorKind::mismatch,
          .file = adapter.file,
          .key = "target_modules",
          .expected = "the modules, rank and strength of the run's adapter",
          .found = "others: " + first_names(wrong)});
}

std::shared_ptr<Model> with_adapter(const std::shared_ptr<Model>& base, const PeftAdapter& adapter) {
    const MemoryScope scope(MemoryKind::weights);
    const std::shared_ptr<Model> model(base->with_the_same_weights().release(),
                                       [base](const Model* adapted) { delete adapted; });
    std::set<std::string> left;
    for (const auto& [module, pair] : adapter.modules) left.insert(module);
    for (Linear* layer : model->linears()) layer->lora = lora_of(layer->weight, adapter, left);
    if (left.empty()) return model;
    fail({.kind = ErrorKind::mismatch,
          .file = adapter.file,
          .key = *left.begin(),
          .expected = "modules that the base has",
          .found = first_names({left.begin(), left.end()})});
}

LoraConfig lora_config(const PeftAdapter& adapter) {
    if (!adapter.rank_pattern.empty() || !adapter.alpha_pattern.empty())
        fail({.kind = ErrorKind::unsupported,
              .file = adapter.file,
              .key = adapter.rank_pattern.empty() ? "alpha_pattern" : "rank_pattern",
              .expected = "one rank and strength for all modules"});
    LoraConfig config{.r = adapter.r,
                      .lora_alpha = adapter.lora_alpha,
                      .lora_dropout = adapter.lora_dropout,
                      .target_modules = {},
                      .use_rslora = adapter.use_rslora};
    for (const std::string& module : LoraConfig::modules())
        if (std::any_of(adapter.modules.begin(), adapter.modules.end(),
                        [&](const auto& entry) { return entry.first.ends_with("." + module); }))
            config.target_modules.push_back(module);
    return config;
}

PeftAdapter peft_adapter(Model& model, const LoraConfig& config, const std::string& base_model_name_or_path) {
    PeftAdapter adapter{.file = {},
                        .base_model_name_or_path = base_model_name_or_path,
                        .r = config.r,
                        .lora_alpha = config.lora_alpha,
                        .lora_dropout = config.lora_dropout,
                        .use_rslora = config.use_rslora,
                        .rank_pattern = {},
                        .alpha_pattern = {},
                        .target_modules = config.target_modules,
                        .modules = {}};
    if (config.target_modules == std::vector<std::string>{"all-linear"}) adapter.target_modules = LoraConfig::modules();
    for_each_module(model, [&](const Lora::Slice& slice, const Lora& lora, const float* a, const float* b) {
        adapter.modules[slice.module] = {.r = lora.r,
                                         .in = lora.a.columns,
                                         .out = slice.rows,
                                         .scale = lora.scale,
                                         .A = {a, a + lora.r * lora.a.columns},
                                         .B = {b, b + slice.rows * lora.r}};
    });
    return adapter;
}

}  // namespace lathe

#include "engine/model/model_io.h"

#include <algorithm>
#include <set>
#include <string>

#include "engine/base/error.h"
#include "engine/base/machine_memory.h"
#include "engine/base/memory.h"
#include "engine/formats/adapter_base.h"
#include "engine/formats/gguf.h"
#include "engine/formats/nf4.h"
#include "engine/model/ops.h"
#include "kernels/int8_blocks.h"

namespace lathe {

namespace {

// The config's word is held to the weights that are there before memory is taken on it; where less than half of them
// are missing, they are named instead.
void check_size(const ModelConfig& config, const ModelWeights& weights, const ModelFiles& files) {
    const int64_t wanted = parameter_count(config);
    int64_t there = 0;
    for (const std::string& name : weights.names()) there += weights.elements(name);
    if (there >= wanted / 2) return;
    fail({.kind = ErrorKind::mismatch,
          .file = files.path,
          .key = is_gguf(files.path) ? "" : "config.json",
          .expected = std::to_string(wanted) + " parameters, as it says",
          .found = std::to_string(there) + " in the weights"});
}

std::vector<TensorDifference> compare(const ModelWeights& weights, const ModelConfig& config) {
    std::vector<TensorDifference> differences;
    std::set<std::string> wanted;
    for (const ModelTensor& tensor : Model::tensors(config)) {
        wanted.insert(tensor.name);
        std::vector<int64_t> found = weights.has(tensor.name) ? weights.shape(tensor.name) : std::vector<int64_t>();
        if (found != tensor.shape)
            differences.push_back({.name = tensor.name, .wanted = tensor.shape, .found = std::move(found)});
    }
    if (config.tie_word_embeddings) wanted.insert("lm_head.weight");
    for (const std::string& name : weights.names())
        if (!wanted.contains(name)) differences.push_back({.name = name, .wanted = {}, .found = weights.shape(name)});
    return differences;
}

// Said beforehand: the system may end a program that takes more than there is, and with it a run in training.
void require_memory(int64_t wanted, const std::string& path) {
    const int64_t available = available_memory();
    const int64_t left = available - resident_bytes();
    if (available == 0 || wanted <= left) return;
    fail({.kind = ErrorKind::memory,
          .file = path,
          .expected = std::to_string(wanted) + " bytes more",
          .found = std::to_string(left) + " bytes left"});
}

// One is the file's own error; of several the first five are named.
void require_all(const ModelWeights& weights, const ModelFiles& files,
                 const std::vector<TensorDifference>& differences) {
    std::vector<TensorDifference> bad;
    for (const TensorDifference& one : differences)
        if (!one.is_extra()) bad.push_back(one);
    if (bad.empty()) return;
    if (bad.size() == 1) weights.require(bad[0].name, bad[0].wanted);
    fail({.kind = ErrorKind::mismatch,
          .file = files.path,
          .key = bad[0].name,
          .expected = "every tensor of the model in its shape",
          .found = differences_text(bad)});
}

constexpr int64_t kPackedElements = 1 << 20;  // read at once on their way into panels

// Elements [first, first + count) of a parameter, over the bounds of its parts.
void read_elements(const Parameter& parameter, const PartReader& read, int64_t first, int64_t count, float* values) {
    for (size_t part = 0; part < parameter.parts.size(); ++part) {
        const int64_t elements = parameter.parts[part].rows * std::max<int64_t>(1, parameter.columns);
        const int64_t n = std::min(count, elements - first);
        if (n > 0) {
            read(parameter, part, first, n, values);
            values += n;
            count -= n;
        }
        first = std::max<int64_t>(0, first - elements);
    }
}

at::Tensor read_panels(const Parameter& parameter, const PartReader& read) {
    const int64_t K = parameter.columns;
    at::Tensor panels = ops::empty({cpu::matmul_packed_floats(K, parameter.rows)});
    const int64_t rows = std::max<int64_t>(1, kPackedElements / (K * cpu::kMatmulPanel)) * cpu::kMatmulPanel;
    std::vector<float> values(static_cast<size_t>(std::min(rows, parameter.rows) * K));
    for (int64_t first = 0; first < parameter.rows; first += rows) {
        const int64_t count = std::min(rows, parameter.rows - first);
        read_elements(parameter, read, first * K, count * K, values.data());
        ops::pack({values.data(), 1, K}, panels.data_ptr<float>() + first * K, K, count);
    }
    return panels;
}

std::shared_ptr<const FrozenMatrix> read_frozen(const Parameter& parameter, FrozenMatrix::Form form,
                                                const PartReader& read) {
    auto matrix = std::make_shared<FrozenMatrix>(parameter.columns);
    for (size_t part = 0; part < parameter.parts.size(); ++part)
        matrix->add(parameter.parts[part].rows, form,
                    [&](int64_t first, int64_t count, float* values) { read(parameter, part, first, count, values); });
    return matrix;
}

double bytes_per_value(FrozenMatrix::Form form, int64_t exact_bytes) {
    switch (form) {
        case FrozenMatrix::Form::int8:
            return 1 + 4.0 / kInt8Block;
        case FrozenMatrix::Form::nf4:
            return 0.5 + (1 + 4.0 / kNf4NestedBlock) / kNf4Block;
        case FrozenMatrix::Form::nf4_plain_scales:
            return 0.5 + 4.0 / kNf4Block;
        case FrozenMatrix::Form::exact:
            break;
    }
    return static_cast<double>(exact_bytes);
}

// Weights that were in NF4 already: by their own scales they come to the same codes again, which scales that are
// quantised anew would not do.
bool is_in_nf4(const ModelWeights& weights, const ModelConfig& config) {
    const auto tensors = Model::tensors(config);
    return std::any_of(tensors.begin(), tensors.end(), [&](const ModelTensor& tensor) {
        return weights.has(tensor.name) && !weights.stored_nf4(tensor.name).empty();
    });
}

}  // namespace

int64_t weight_bytes(const ModelConfig& config, const WeightForm& form, int64_t exact_bytes) {
    const int64_t all = parameter_count(config);
    if (form.use != WeightForm::Use::under_adapter) return all * 4;
    const int64_t embeddings = config.vocab_size * config.hidden_size * (config.tie_word_embeddings ? 1 : 2);
    return static_cast<int64_t>(static_cast<double>(all - embeddings) * bytes_per_value(form.blocks, exact_bytes) +
                                static_cast<double>(embeddings) * bytes_per_value(form.embeddings, exact_bytes));
}

int64_t exact_weight_bytes(const HfConfig& config) {
    return named_dtype(config) == "bfloat16" ? 2 : 4;
}

void fill_model(Model& model, const WeightForm& form, const PartReader& read,
                const std::function<void(double)>& progress) {
    const MemoryScope scope(MemoryKind::weights);
    double done = 0;
    const auto total = static_cast<double>(model.parameter_count());
    for (Parameter* parameter : model.parameters()) {
        const bool looked_up = parameter == &model.embedding() && parameter != &model.head();
        const bool of_a_block = parameter != &model.embedding() && parameter != &model.head();
        if (parameter->is_matrix() && form.use == WeightForm::Use::under_adapter) {
            parameter->frozen = read_frozen(*parameter, of_a_block ? form.blocks : form.embeddings, read);
        } else if (parameter->is_matrix() && form.use == WeightForm::Use::inference && !looked_up) {
            parameter->packed = read_panels(*parameter, read);
        } else {
            parameter->value = parameter->is_matrix() ? ops::empty({parameter->rows, parameter->columns})
                                                      : ops::empty({parameter->rows});
            read_elements(*parameter, read, 0, parameter->elements(), parameter->value.data_ptr<float>());
        }
        done += static_cast<double>(parameter->elements());
        if (progress) progress(done / total);
    }
    release_free_memory();
}

LoadedModel load_model(const ModelFiles& files, const WeightForm& wanted, const std::function<void(double)>& progress) {
    LoadedModel loaded{.model = nullptr,
                       .config = read_model_config(files.path),
                       .differences = {},
                       .rounded = false,
                       .other_base = {}};
    const std::unique_ptr<ModelWeights> weights = open_weights(files.path, files.adapter);
    const ModelConfig& config = loaded.config.model;
    check_size(config, *weights, files);
    loaded.rounded = weights->is_rounded();
    loaded.differences = compare(*weights, config);
    if (!files.adapter.empty()) loaded.other_base = base_difference(files.path, files.adapter);
    if (files.strict) require_all(*weights, files, loaded.differences);
    WeightForm form = wanted;
    if (form.blocks == FrozenMatrix::Form::nf4 && is_in_nf4(*weights, config))
        form.blocks = FrozenMatrix::Form::nf4_plain_scales;
    require_memory(weight_bytes(config, form, exact_weight_bytes(loaded.config)), files.path);
    std::set<std::string> left_out;
    for (const TensorDifference& one : loaded.differences)
        if (!one.is_extra()) left_out.insert(one.name);
    loaded.model = std::make_unique<Model>(config, /*allocate=*/false);
    const Model& model = *loaded.model;
    for (const Parameter* parameter : model.parameters())
        for (const Parameter::Part& part : parameter->parts)
            if (!left_out.contains(part.name)) weights->require(part.name, parameter->part_shape(part));
    fill_model(
        *loaded.model, form,
        [&](const Parameter& parameter, size_t part, int64_t first, int64_t count, float* values) {
            const std::string& name = parameter.parts[part].name;
            if (!left_out.contains(name)) return weights->read_part(name, first, count, values);
            std::vector<float> initial(static_cast<size_t>(parameter.elements()));
            model.initial_values(parameter, 0, initial.data());
            for (size_t before = 0; before < part; ++before)
                first += parameter.parts[before].rows * std::max<int64_t>(1, parameter.columns);
            std::copy_n(initial.begin() + first, count, values);
        },
        progress);
    return loaded;
}

std::vector<int32_t> end_tokens(const HfConfig& config) {
    return {config.eos_token_ids.begin(), config.eos_token_ids.end()};
}

std::vector<TensorSource> weight_sources(const Model& model, Dtype dtype) {
    std::vector<TensorSource> sources;
    for (const Parameter* parameter : model.parameters()) {
        const auto* values = parameter->value.const_data_ptr<float>();
        for (const Parameter::Part& part : parameter->parts) {
            sources.push_back(
                {.name = part.name, .dtype = dtype, .shape = parameter->part_shape(part), .data = values});
            values += part.rows * std::max<int64_t>(1, parameter->columns);
        }
    }
    return sources;
}

std::vector<TensorSource> weight_sources(const ModelWeights& weights, const ModelConfig& config, Dtype dtype) {
    std::vector<TensorSource> sources;
    for (ModelTensor& tensor : Model::tensors(config)) {
        weights.require(tensor.name, tensor.shape);
        sources.push_back({.name = tensor.name,
                           .dtype = dtype,
                           .shape = std::move(tensor.shape),
                           .data = nullptr,
                           .read = [&weights, name = tensor.name](int64_t first, int64_t count, void* destination) {
                               weights.read_part(name, first, count, static_cast<float*>(destination));
                           }});
    }
    return sources;
}

}  // namespace lathe

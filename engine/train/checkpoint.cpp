#include "engine/train/checkpoint.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <filesystem>
#include <limits>

#include "engine/base/error.h"
#include "engine/base/files.h"
#include "engine/model/adapter.h"
#include "engine/model/model_io.h"

namespace lathe {

namespace {

constexpr int64_t kHistoryColumns = 7;
constexpr const char* kPrefix = "checkpoint-";
constexpr double kFirstSave_s = 15, kSaveShare = 0.05, kUnfelt_s = 0.5;
constexpr double kSlowDiskBytesPerS = 200e6;  // written, hashed and synced

std::vector<double> history_table(const std::vector<HistoryRow>& history) {
    std::vector<double> table;
    for (const HistoryRow& row : history) {
        const double nothing = std::numeric_limits<double>::quiet_NaN();
        table.insert(table.end(), {static_cast<double>(row.step), row.loss, row.learning_rate, row.grad_norm,
                                   row.tokens_per_s, row.elapsed_s, row.eval_loss.value_or(nothing)});
    }
    return table;
}

// visit("m.NAME", tensor) for all that the optimizer keeps
template <class Visit>
void for_each_moment(Trainer& trainer, Visit visit) {
    const auto& parameters = trainer.model().trainable();
    for (size_t i = 0; i < parameters.size(); ++i) {
        const std::string& name = parameters[i]->parts.front().name;
        ops::Moments& moments = trainer.moments()[i];
        visit("m." + name, moments.m);
        visit("v." + name, moments.v);
        if (!moments.m_scale.defined()) continue;
        visit("m_scale." + name, moments.m_scale);
        visit("v_scale." + name, moments.v_scale);
    }
}

Dtype dtype_of(const at::Tensor& moment) {
    return moment.scalar_type() == at::kByte ? Dtype::U8 : Dtype::F32;
}

std::string write_optimizer(const std::string& path, const RunSnapshot& state, Trainer& trainer,
                            const std::function<bool(int64_t)>& progress) {
    std::vector<TensorSource> tensors;
    for_each_moment(trainer, [&](const std::string& name, const at::Tensor& moment) {
        tensors.push_back({.name = name,
                           .dtype = dtype_of(moment),
                           .shape = moment.sizes().vec(),
                           .data = moment.const_data_ptr(),
                           .from_fp32 = false});
    });
    const std::vector<int64_t> cursor = {state.cursor.epoch, state.cursor.row};
    const int64_t updates = trainer.updates();
    tensors.push_back({.name = "cursor", .dtype = Dtype::I64, .shape = {2}, .data = cursor.data(), .from_fp32 = false});
    tensors.push_back({.name = "updates", .dtype = Dtype::I64, .shape = {1}, .data = &updates, .from_fp32 = false});
    return write_safetensors(path, std::move(tensors), {{"format", "pt"}}, progress);
}

const TensorInfo& require(const SafetensorsFile& file, const std::string& name, Dtype dtype,
                          const std::vector<int64_t>& shape) {
    const TensorInfo* tensor = file.find(name);
    if (tensor == nullptr) fail({.kind = ErrorKind::missing_key, .file = file.path(), .key = name});
    if (tensor->dtype != dtype || tensor->shape != shape)
        fail({.kind = ErrorKind::mismatch,
              .file = file.path(),
              .key = name,
              .expected = "the shape of the model's parameter"});
    return *tensor;
}

std::vector<PlannedFile> model_files(Trainer& trainer, const std::string& tokenizer_folder, const HfConfig& base) {
    HfExport model{
        .config = base, .weights = weight_sources(trainer.model(), Dtype::F32), .tokenizer_folder = tokenizer_folder};
    model.config.model = trainer.model().config();
    model.max_shard_bytes = std::numeric_limits<int64_t>::max();
    return plan_hf_files(model);
}

// `adapter` outlives them.
std::vector<PlannedFile> lora_files(const PeftAdapter& adapter, const std::string& tokenizer_folder) {
    AdapterFiles made = adapter_files(adapter, Dtype::F32);
    std::vector<PlannedFile> files = {text_file("adapter_config.json", std::move(made.config_json)),
                                      safetensors_file("adapter_model.safetensors", std::move(made.tensors))};
    plan_tokenizer_files(tokenizer_folder, files);
    return files;
}

}  // namespace

std::string save_checkpoint(const std::string& run_folder, const RunSnapshot& state,
                            const std::vector<HistoryRow>& history, Trainer& trainer,
                            const std::string& tokenizer_folder, const HfConfig& base, const RunConfig& config,
                            const std::function<void()>& between) {
    const auto progress = [&](int64_t) {
        if (between) between();
        return true;
    };
    const std::string path = run_folder + "/" + kPrefix + std::to_string(state.step);
    DurableFolder folder(path, /*replace=*/true);
    const PeftAdapter adapter = config.lora ? peft_adapter(trainer.model(), *config.lora,
                                                           std::filesystem::absolute(config.base_model->path).string())
                                            : PeftAdapter();
    const std::vector<PlannedFile> files =
        config.lora ? lora_files(adapter, tokenizer_folder) : model_files(trainer, tokenizer_folder, base);
    for (const auto& [name, hash] : write_files(files, folder.path(), progress)) folder.set_sha256(name, hash);
    make_folders(folder.path() + "/lathe");
    const std::string optimizer = "lathe/optimizer.safetensors";
    folder.set_sha256(optimizer, write_optimizer(folder.path() + "/" + optimizer, state, trainer, progress));
    const std::vector<double> table = history_table(history);
    write_safetensors(folder.path() + "/lathe/history.safetensors",
                      {{.name = "history",
                        .dtype = Dtype::F64,
                        .shape = {static_cast<int64_t>(history.size()), kHistoryColumns},
                        .data = table.data(),
                        .from_fp32 = false}},
                      {{"columns", "step loss learning_rate grad_norm tokens_per_s elapsed_s eval_loss"}});
    write_file_durably(folder.path() + "/lathe/run.json", run_snapshot_json(state));
    folder.commit();
    return path;
}

double mean_tokens_per_s(const std::vector<HistoryRow>& history) {
    double tokens = 0, before = 0;
    for (const HistoryRow& row : history) {
        tokens += row.tokens_per_s * (row.elapsed_s - before);
        before = row.elapsed_s;
    }
    return before > 0 ? tokens / before : 0;
}

int64_t checkpoint_bytes(int64_t trained, const TrainConfig& config) {
    return trained * static_cast<int64_t>(sizeof(float)) + ops::moment_bytes(trained, config.moments_in_8_bits());
}

double worth_saving_s(int64_t bytes) {
    const double write_s = static_cast<double>(bytes) / kSlowDiskBytesPerS;
    return write_s < kUnfelt_s ? 0 : write_s / kSaveShare;
}

double first_save_s(int64_t bytes) {
    return std::max(kFirstSave_s, worth_saving_s(bytes));
}

int64_t folder_bytes(const std::string& folder) {
    int64_t bytes = 0;
    std::error_code error;
    for (std::filesystem::recursive_directory_iterator at(folder, error), end; !error && at != end;
         at.increment(error)) {
        std::error_code gone;
        if (at->is_regular_file(gone)) bytes += static_cast<int64_t>(at->file_size(gone));
    }
    return bytes;
}

std::vector<CheckpointPlace> list_checkpoints(const std::string& run_folder) {
    std::vector<CheckpointPlace> places;
    std::error_code ignored;
    for (const auto& entry : std::filesystem::directory_iterator(run_folder, ignored)) {
        const std::string name = entry.path().filename().string();
        if (!name.starts_with(kPrefix) || !entry.is_directory(ignored)) continue;
        const char* begin = name.data() + std::char_traits<char>::length(kPrefix);
        int64_t step = 0;
        const auto [end, error] = std::from_chars(begin, name.data() + name.size(), step);
        if (error == std::errc() && end == name.data() + name.size() && step >= 0)
            places.push_back({step, entry.path().string()});
    }
    std::sort(places.begin(), places.end(), [](const auto& a, const auto& b) { return a.step > b.step; });
    return places;
}

std::optional<CheckpointPlace> newest_checkpoint(const std::string& run_folder, bool hashes) {
    for (const CheckpointPlace& place : list_checkpoints(run_folder))
        if (verify_folder(place.path, hashes)) return place;
    return std::nullopt;
}

std::vector<HistoryRow> read_history(const std::string& checkpoint) {
    const SafetensorsFile file(checkpoint + "/lathe/history.safetensors");
    const TensorInfo* tensor = file.find("history");
    if (tensor == nullptr || tensor->dtype != Dtype::F64 || tensor->shape.size() != 2 ||
        tensor->shape[1] != kHistoryColumns)
        fail({.kind = ErrorKind::malformed, .file = file.path(), .key = "history"});
    std::vector<double> table(static_cast<size_t>(tensor->elements()));
    file.read(*tensor, table.data());
    std::vector<HistoryRow> history;
    for (size_t i = 0; i + kHistoryColumns <= table.size(); i += kHistoryColumns) {
        const double* row = table.data() + i;
        history.push_back({.step = static_cast<int64_t>(row[0]),
                           .loss = row[1],
                           .learning_rate = row[2],
                           .grad_norm = row[3],
                           .tokens_per_s = row[4],
                           .elapsed_s = row[5],
                           .eval_loss = std::isnan(row[6]) ? std::nullopt : std::optional(row[6])});
    }
    return history;
}

void load_optimizer(const std::string& checkpoint, Trainer& trainer) {
    const SafetensorsFile file(checkpoint + "/lathe/optimizer.safetensors");
    for_each_moment(trainer, [&](const std::string& name, at::Tensor& moment) {
        file.read(require(file, name, dtype_of(moment), moment.sizes().vec()), moment.mutable_data_ptr());
    });
    int64_t updates = 0;
    file.read(require(file, "updates", Dtype::I64, {1}), &updates);
    trainer.set_updates(updates);
}

std::optional<CheckpointPlace> best_checkpoint(const std::string& run_folder) {
    std::optional<CheckpointPlace> best;
    double least = std::numeric_limits<double>::infinity();
    for (const CheckpointPlace& place : list_checkpoints(run_folder)) {
        if (!verify_folder(place.path, /*hashes=*/false)) continue;
        const auto snapshot = find_run_snapshot(place.path);
        if (!snapshot) continue;
        const double loss = snapshot->eval_loss.value_or(std::numeric_limits<double>::infinity());
        if (!best || loss < least) {
            best = place;
            least = loss;
        }
    }
    return best;
}

std::vector<CheckpointPlace> remove_old_checkpoints(const std::string& run_folder) {
    std::vector<CheckpointPlace> places = list_checkpoints(run_folder), removed;
    const auto best = best_checkpoint(run_folder);
    for (size_t i = 2; i < places.size(); ++i) {
        if (best && places[i].step == best->step) continue;
        std::error_code ignored;
        std::filesystem::remove_all(places[i].path, ignored);
        removed.push_back(places[i]);
    }
    return removed;
}

}  // namespace lathe

// Checkpoints of a run: a folder checkpoint-STEP in Hugging Face layout (config.json, model.safetensors, tokenizer), or
// of an adapter in PEFT's (adapter_config.json, adapter_model.safetensors, tokenizer), plus lathe/:
//   optimizer.safetensors  moments "m.NAME", "v.NAME", one for each trained parameter by its first part's name: F32, or
//                          U8 with "m_scale.NAME", "v_scale.NAME" F32; "cursor" I64 [epoch, row], "updates" I64 [1]
//   history.safetensors    the run's curves so far, one F64 row a step (HistoryRow)
//   run.json               what the run is and where it stands (RunSnapshot); enough to rebuild a lost database
// The folder appears whole or not at all (DurableFolder) and carries a manifest with sha256. Randomness is
// counter-based: seed and updates are its state. Thread: engine; what takes a folder alone: any.
#pragma once

#include <cmath>
#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "engine/base/events.h"
#include "engine/data/dataset.h"
#include "engine/formats/hf_folder.h"
#include "engine/store/store.h"
#include "engine/train/trainer.h"

namespace lathe {

struct RunSnapshot {
    std::string run;          // id
    std::string name;         // as the run began
    std::string config_json;  // RunConfig
    int64_t created_at_ms = 0;
    int64_t step = 0;
    int64_t max_steps = 0;  // of the run; 0 in a file of an older Lathe
    Cursor cursor;
    int64_t micro_batch_tokens = 0;
    double elapsed_s = 0;     // of training, pauses left out
    double train_loss = NAN;  // of the last step that was not skipped; NaN: of none
    std::optional<double> eval_loss;
    TrainControls controls;
    std::set<int64_t> skip_steps;  // they draw their batch and update nothing
    Provenance provenance;
};

// Of a step that was skipped, loss and grad_norm are NaN and tokens_per_s is 0.
struct HistoryRow {
    int64_t step = 0;
    double loss = 0, learning_rate = 0, grad_norm = 0, tokens_per_s = 0, elapsed_s = 0;
    std::optional<double> eval_loss;
};

std::string run_snapshot_json(const RunSnapshot& state);
// Tokens of all steps by the time that they took; 0 before the first.
double mean_tokens_per_s(const std::vector<HistoryRow>& history);
std::string provenance_json(const Provenance& provenance);  // {"data_sha256": …, "rows_per_epoch": …}

// RUN_FOLDER/checkpoint-STEP. An existing one of that step is replaced. Returns its path. between() is called between
// the pieces that are written and may throw: nothing is left then.
std::string save_checkpoint(const std::string& run_folder, const RunSnapshot& state,
                            const std::vector<HistoryRow>& history, Trainer& trainer,
                            const std::string& tokenizer_folder, const HfConfig& base, const RunConfig& config,
                            const std::function<void()>& between = {});
constexpr int64_t kKeptCheckpoints = 4;  // the last two, the best, and the one being written
// Bytes that save_checkpoint will write for so many trained parameters, within a few KB and the tokenizer.
int64_t checkpoint_bytes(int64_t trained, const TrainConfig& config);
// Seconds of training of which a checkpoint of so many bytes takes a twentieth to write, on a slow disk: what is
// shorter is not saved unasked. 0 where it is written within half a second.
double worth_saving_s(int64_t bytes);
// Seconds of training after which a run gets its first checkpoint: 15, so that a crash costs little, where so many are
// worth it.
double first_save_s(int64_t bytes);
// Of the files of a folder.
int64_t folder_bytes(const std::string& folder);

struct CheckpointPlace {
    int64_t step = 0;
    std::string path;
};
// Folders named checkpoint-STEP, newest step first; not verified.
std::vector<CheckpointPlace> list_checkpoints(const std::string& run_folder);
// The newest one whose manifest verifies: files, sizes and, if hashes, sha256.
std::optional<CheckpointPlace> newest_checkpoint(const std::string& run_folder, bool hashes = true);

RunSnapshot read_run_snapshot(const std::string& checkpoint);
// Nothing where it is damaged.
std::optional<RunSnapshot> find_run_snapshot(const std::string& checkpoint);
std::vector<HistoryRow> read_history(const std::string& checkpoint);
// Weights are loaded by load_model(checkpoint); this is the rest.
void load_optimizer(const std::string& checkpoint, Trainer& trainer);
// Keeps the last two and the best by validation loss; returns what was removed.
std::vector<CheckpointPlace> remove_old_checkpoints(const std::string& run_folder);
std::optional<CheckpointPlace> best_checkpoint(const std::string& run_folder);

}  // namespace lathe

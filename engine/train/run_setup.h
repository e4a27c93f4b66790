// What a training run stands on: tokenizer, tokens, rows, model. Tokenizers and token caches are made once in the
// workspace (tokenizers/KEY, datasets/KEY.tokens) and found again by the hash of what they were made from. Thread:
// engine only.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "engine/base/config.h"
#include "engine/base/events.h"
#include "engine/data/dataset.h"
#include "engine/data/tokenizer.h"
#include "engine/model/model_io.h"
#include "engine/train/checkpoint.h"
#include "engine/train/estimate.h"

namespace lathe {

struct RunMaterials {
    std::shared_ptr<Tokenizer> tokenizer;  // this and the model: also of who chats with the run
    std::string tokenizer_folder;
    std::unique_ptr<TokenCache> cache;
    std::unique_ptr<Dataset> dataset;
    std::shared_ptr<Model> model;
    HfConfig base;  // of a base model or a checkpoint: its unknown keys are exported again
    Provenance provenance;
    // For the record: kind and text of Notices, where tensors or the tokenizer are not what the weights are made for.
    std::vector<std::pair<std::string, std::string>> notices;
};

// False cancels (Exception `cancelled`).
using ProgressCall = std::function<bool(const Progress&)>;

// checkpoint: folder to load weights and tokenizer from on a resume; empty: fresh. Errors: those of the parts, each
// naming file and key.
RunMaterials set_up_run(const RunConfig& config, const std::string& workspace, const std::string& checkpoint,
                        int threads, const ProgressCall& progress);

TrainerOptions trainer_options(const TrainConfig& train, const RunEstimate& estimate);

// Model name of this machine's CPU (proc/cpuinfo), "unknown" elsewhere.
std::string cpu_name();
std::string lathe_version();

}  // namespace lathe

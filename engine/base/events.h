// All that the engine can say: values only. An event carries the id of the command it answers.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "engine/base/config.h"
#include "engine/base/data_inspection.h"
#include "engine/base/dataset.h"
#include "engine/base/error.h"
#include "engine/base/export_report.h"
#include "engine/base/model_entry.h"
#include "engine/base/run_record.h"
#include "engine/base/token_logprobs.h"

namespace lathe {

using RequestId = uint64_t;

enum class EngineState { idle, working, training, paused };

// What the engine does now. It comes under the id of the last training run, even after that run's end.
struct StateChanged {
    EngineState state;
};

// Long work: `what` is a stable word (hash, tokenizer, encode, load, write, evaluate), amounts in `unit` (bytes,
// tokens, share).
struct Progress {
    std::string what;
    std::string unit;
    double done = 0, total = 0;
};

struct Notice {
    std::string kind;  // stable word: started, resumed, saved, micro_batch_halved, max_tokens_cut, bad_rows,
                       // simd_changed, template_refused, tensors_differ, tokenizer_differs, base_differs,
                       // base_rounded, recomputed, control, skipped, validation_rises, stopped, failed, non_finite,
                       // not_saved, examples, …
    std::string text;  // English
    std::string run;
    int64_t step = 0;
};

struct TrainStarted {
    std::string run;
    int64_t step = 0, max_steps = 0;
    int64_t parameters = 0;
    int64_t checkpoint_bytes = 0;  // of the checkpoints that will be kept
    double peak_tokens_per_s = 0;  // if all cores of this machine did nothing but its multiply-adds; 0: not known
};

struct TrainProgress {
    std::string run;
    int64_t step = 0, max_steps = 0;
    double loss = 0, learning_rate = 0, grad_norm = 0, tokens_per_s = 0, elapsed_s = 0;
    std::map<std::string, int64_t> bytes;  // by kind
    int64_t tokens = 0;                    // trained on since the run began
};

struct Validated {
    std::string run;
    int64_t step = 0;
    double loss = 0, bits_per_byte = 0;
};

struct CheckpointSaved {
    std::string run;
    int64_t step = 0;
    std::string path;
    int64_t bytes = 0;
    std::optional<double> eval_loss = {};
    bool best = false;                  // of those that are kept, by validation loss
    std::vector<int64_t> removed = {};  // steps of older ones that are no more
};

// What may be changed while a run trains; a checkpoint keeps it.
struct TrainControls {
    double learning_rate_multiplier = 1;             // on the schedule's
    std::optional<double> max_grad_norm;             // the config's
    std::optional<int64_t> stop_at_step;             // after this one
    std::optional<double> stop_at_loss;              // validation loss at or below
    std::optional<double> stop_after_s;              // of training since the run began
    std::optional<int64_t> early_stopping_patience;  // validations without a better one
};

struct ControlsChanged {
    std::string run;
    int64_t step = 0;
    TrainControls controls;
};

struct TrainDone {
    std::string run, state;  // finished, stopped
    std::string reason;      // of a stopped one: a stable word: user, step, loss, time, patience
    std::string checkpoint;
    int64_t steps = 0, resumed_from_step = 0;
    double train_loss = 0;
    std::optional<double> eval_loss;
    double tokens_per_s = 0;
};

// Of a tokenizer in training: the merges since the last word.
struct TokenizerMerged {
    int64_t merges = 0, total = 0;
    std::vector<TokenizerMerge> latest;
};

struct TokenizerDone {
    std::string folder;
    int64_t vocab_size = 0;
};

struct Encoded {
    std::vector<int32_t> ids;
};

struct LogitsDone {
    std::vector<float> logits;           // (V) after the last token
    std::vector<double> token_logprobs;  // (T-1)
};

// Whole UTF-8: a piece of answer `index` of a Generate, or of a Chat's (index 0).
struct TokenChunk {
    int64_t index = 0;
    std::string text;
    int64_t tokens = 1;  // that it stands for; a piece may wait for its character's last token
    // Of a Chat that asks for them, of its last token. Such a chat tells every token as it comes, also one without
    // text.
    std::optional<TokenLogprobs> logprobs = {};
};

struct Generation {
    std::string text;
    std::vector<int32_t> prompt_token_ids, token_ids;
    std::string finish_reason;
};

// Weights that answer: a Hugging Face folder or GGUF file, or a run's checkpoint: last, best, a step, or "live", the
// weights of the last finished step of the run in training.
struct ModelSource {
    std::string folder;  // or GGUF file
    std::string run, checkpoint = "last";
};

struct ChatTurn {
    bool from_model = false;
    std::string text;
    std::string finish_reason;  // of the model's: stop, length, cancelled; "" where a crash cut it off
    int64_t tokens = 0;
    double tokens_per_s = 0;
};

struct Conversation {
    std::string id;
    std::string title;
    ModelSource model;
    SampleConfig sample;
    std::string draft;  // typed, not yet sent
    std::vector<ChatTurn> turns;
    int64_t updated_at_ms = 0;
};

struct ConversationsListed {
    std::vector<Conversation> conversations;
};

// Saved or deleted, and on disk.
struct ConversationSaved {
    std::string id;
};

struct ChatStarted {
    std::string conversation;
    int64_t prompt_tokens = 0, context_tokens = 0;
    int64_t turns_left_out = 0;
    int64_t step = 0;        // of a run's weights
    bool templated = false;  // by the model's chat template; else the text is gone on with as it stands
};

struct ChatDone {
    std::string conversation;
    ChatTurn turn;
};

struct GenerateDone {
    std::vector<Generation> answers;
    double tokens_per_s = 0;
};

struct EvaluateDone {
    double loss = 0, perplexity = 0, bits_per_byte = 0;
    int64_t tokens = 0, bytes = 0, window = 0, stride = 0;
    std::optional<double> bigram_bits_per_byte;  // of a run's validation split
};

// Written; its proof is asked for with ProveExport.
struct ExportDone {
    ExportReport report;
};

struct ProofDone {
    ExportReport report;
};

struct ExportPlanned {
    std::string folder;
    std::vector<std::pair<std::string, int64_t>> files;  // name, bytes
    int64_t free_bytes = 0;                              // where it would be written
    bool folder_in_use = false;                          // there and not empty: the export would be refused
    std::vector<ExportWarning> warnings;                 // as its report will have them
};

struct ModelsListed {
    std::vector<ModelEntry> models;
};

struct ModelInspected {
    ModelDetail detail;
};

struct TensorDescribed {
    std::string path, tensor;
    TensorHistogram histogram;
};

struct FetchPlanned {
    FetchPlan plan;
};

struct FetchDone {
    std::string folder;
};

// What another value of a field would add to a run: twice a number, the other position of a switch, another choice.
struct FieldCost {
    std::string key;         // dotted: data.max_length
    int64_t bytes = 0;       // at the peak
    double time_ratio = 1;   // of the whole run
    int64_t chat_bytes = 0;  // of a chat with a full context
    std::string other = {};  // that value: "true", "adamw_8bit"; empty: twice
};

struct DataInspected {
    DataInspection inspection;
};

// A conversation as a table shows it: the system message, then user and assistant by turns.
struct ExampleRow {
    std::string system;
    std::vector<std::string> turns;
};

struct DataSurveyed {
    DatasetSurvey survey;
};

struct DataPreviewed {
    int64_t first = 0;
    std::optional<int64_t> total;  // documents, once they are counted
    std::vector<PreviewedDocument> documents;
};

// Written, put into the trash or taken out of it.
struct DatasetChanged {
    DatasetEntry dataset;
};

struct DatasetsListed {
    std::vector<DatasetEntry> datasets;
};

struct TokenizersListed {
    std::vector<TokenizerEntry> tokenizers;
};

struct TokenizersMeasured {
    std::vector<TokenizerMeasure> measures;
};

struct ExamplesRead {
    std::string file, sha256;
    bool own = false;  // WriteExamples wrote it, or would: nothing is lost when it is replaced
    std::vector<ExampleRow> rows;
};

// On disk.
struct ExamplesWritten {
    std::string file, sha256;
    int64_t rows = 0;
};

// A run's weights beside the model that it began from, both on its validation split.
struct TunedCompared {
    struct Answer {
        std::string prompt, expected, before, after;
    };
    std::string run, base;
    int64_t step = 0, tokens = 0;
    double base_loss = 0, tuned_loss = 0;  // nats a target
    std::vector<Answer> answers;           // greedy
};

// What the other position of a switch would make of a run: use_flash_attention, use_gqa, use_lora, use_qlora,
// rope_scaling.
struct SwitchCost {
    std::string name;
    bool on = false;                     // as configured
    int64_t bytes = 0;                   // more at the peak of training, switched over; less: negative
    double time_ratio = 1;               // of a step, switched over
    int64_t kv_bytes_per_token = 0;      // more, switched over
    int64_t chat_bytes = 0;              // more in a chat with a full context, switched over
    std::optional<std::string> refused;  // why it cannot be switched over here: a stable word
};

struct EstimateDone {
    int64_t parameters = 0;
    int64_t trainable = 0;  // of these, or of the adapter
    std::map<std::string, int64_t> bytes;
    int64_t recomputed_blocks = 0;  // to stay within memory_limit_bytes, or by gradient_checkpointing
    int64_t checkpoint_bytes = 0;   // of one
    double flops_per_token = 0;
    int64_t tokens_per_step = 0;
    double tokens_per_s = 0;            // about, on this machine
    int64_t memory_bytes = 0;           // that this program may take
    int64_t free_disk_bytes = 0;        // of the workspace
    int64_t kept_checkpoint_bytes = 0;  // of all that are kept
    std::vector<FieldCost> costs;
    // With costs alone.
    std::vector<SwitchCost> switches;
    std::vector<std::pair<std::string, int64_t>> parts;  // parameters: embedding, attention, feed_forward, norms, head,
                                                         // adapter; those there are
    int64_t kv_bytes_per_token = 0, kv_bytes_per_token_without_gqa = 0;  // of a chat
    std::map<std::string, int64_t> chat_bytes;                           // by kind, of one chat with a full context
};

// The shape that a config.json describes.
struct ModelConfigRead {
    ModelConfig model;
};

struct BenchDone {
    std::string json;  // one document with the keys of the design's section 6
};

struct WorkspaceOpened {
    std::string folder;
    int64_t threads = 0;                   // that the engine computes with
    std::vector<std::string> interrupted;  // runs that ended without a word and can be resumed, newest first
    // Why nothing is written here: another Lathe holds it (locked), its database is of a newer one (unsupported), the
    // disk is read-only (unwritable). Set where OpenWorkspace allowed it alone.
    std::optional<Error> read_only = {};
    // A damaged database was put aside here; what could be read of it is in the new one.
    std::string damaged_database = {};
    int64_t recovered_runs = 0;
};

// The command ended; nothing half-done is left.
struct Failed {
    Error error;
};

using EventBody =
    std::variant<StateChanged, Progress, Notice, TrainStarted, TrainProgress, Validated, Sampled, CheckpointSaved,
                 ControlsChanged, TrainDone, WorkspaceOpened, TokenizerDone, Encoded, LogitsDone, TokenChunk,
                 GenerateDone, ChatStarted, ChatDone, ConversationsListed, ConversationSaved, EvaluateDone, ExportDone,
                 ProofDone, ExportPlanned, ModelsListed, ModelInspected, TensorDescribed, FetchPlanned, FetchDone,
                 DataInspected, ExamplesRead, ExamplesWritten, TunedCompared, EstimateDone, BenchDone, RunsListed,
                 RunDetail, RunsCompared, TokenizerMerged, DataSurveyed, DataPreviewed, DatasetChanged, DatasetsListed,
                 TokenizersListed, TokenizersMeasured, ModelConfigRead, RunChanged, RunsImported, FileWritten,
                 QueueListed, Failed>;

struct Event {
    RequestId request = 0;
    EventBody body;
};

}  // namespace lathe

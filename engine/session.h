// The engine as the window and the command line see it: commands in, events out. One engine thread owns every model;
// one job thread does the commands that touch files alone (all of the workspace, library, tokenizer, export, estimate),
// also while a run trains, and one more the downloads. Each answers its own commands in their order, but a Chat joins
// in wherever the engine thread can stop for a moment. Nothing here blocks but the destructor, which ends chats and
// work, stops the training run (saving it) and joins. post() and cancel(): any thread, also from the sink. The sink is
// called on either thread, one event at a time.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <variant>
#include <vector>

#include "engine/base/config.h"
#include "engine/base/events.h"
#include "engine/train/train_bench.h"

namespace lathe {

// Starts a fresh run, or resumes one: run id or "latest". On a resume the stored config rules; a given config may
// differ in max_steps, save, eval and logging settings alone. Ends with TrainDone or Failed.
struct StartTraining {
    std::optional<RunConfig> config;  // fresh: needed
    std::string config_file;          // for error texts and the run's name
    std::string resume;
    // Before the first step, as ControlTraining: after a run whose loss was not finite.
    double learning_rate_factor = 1;           // on the multiplier that the checkpoint has
    std::optional<double> max_grad_norm = {};  // in place of what the checkpoint has
    // Steps to come that draw their batch and update nothing, besides those that the checkpoint has; the run keeps
    // them. One that is no step to come is out_of_range, by key.
    std::set<int64_t> skip_steps = {};
};
// Of the training run; without one they are ignored. Pause keeps the weights loaded, and saves them
// where enough was trained since the last checkpoint (worth_saving_s).
struct PauseTraining {};
struct ContinueTraining {};
struct StepTraining {};  // one step, then paused
struct StopTraining {};  // saves, then TrainDone
// From now on: fewer threads and a lower priority, so that the machine can be worked on.
struct LeaveRoom {
    bool on = true;
};
struct SaveTraining {};
// From the next step on; told as ControlsChanged and kept in the run's record.
struct ControlTraining {
    TrainControls controls;
};
struct EvaluateTraining {};  // a validation of the last finished step, at once
struct SampleTraining {};    // a sample, likewise

// Opens the workspace and holds its lock for the life of the session: WorkspaceOpened, or Failed. Without it a command
// that writes there opens it itself.
struct OpenWorkspace {
    bool read_only_too = false;  // where it cannot be written: WorkspaceOpened::read_only says why
};

struct TrainTokenizer {
    DataConfig data;  // its validation_files are left out; what validation_fraction holds back is learnt from
    int64_t vocab_size = 4096;
    std::string out;   // "": WORKSPACE/tokenizers/NAME-SIZE, a free one
    std::string name;  // of that; "": the first file's
};
struct EncodeText {
    std::string tokenizer;  // folder of a model or tokenizer
    std::string text;       // or
    std::string file;
};
struct ComputeLogits {
    std::string model, adapter;  // adapter: PEFT's folder, laid over it
    bool strict = true;  // every tensor must be there in its shape; else those that are not begin fresh, and are told
    std::string out;     // "": none; a new .safetensors file of the logits after each token
    std::vector<int32_t> tokens;
};
struct Generate {
    struct Prompt {
        std::string text;
        int64_t max_tokens = 0;  // 0: the sample config's
    };
    std::string model, adapter;
    bool strict = true;
    std::vector<Prompt> prompts;
    std::string messages;  // file of messages that the chat template makes one more prompt of
    SampleConfig sample;
    int64_t max_sequences = 16;
};
// Goes on from a conversation's turns: ChatStarted, TokenChunks, ChatDone. Several at once share each forward pass,
// also with other models in memory; while a run trains they take at most half of the time. cancel() ends one at its
// next token with ChatDone{"cancelled"}. The answer is recorded as turn `turns.size()` of the conversation while it
// grows, so that a crash loses a second of it at most. Turns that do not fit the context are left out from the oldest
// on; a last turn that does not fit by itself is too_large.
struct Chat {
    std::string conversation;  // id; empty: not recorded
    ModelSource model;
    std::vector<ChatTurn> turns;
    SampleConfig sample;
    // 0 to kMaxLogprobs (else out_of_range): with each token its logprob and this many of the likeliest, for one pass
    // over the vocabulary: about 1.5 ms of 150,000 tokens. 0 tells nothing and costs nothing.
    int64_t logprobs = 0;
    // Tokens that the answer begins with, as if they had been drawn: their text is the answer's, comes with the first
    // TokenChunk, and max_tokens more are drawn behind them.
    std::vector<int32_t> answer_begin = {};
};
// Replaces what is stored under its id.
struct SaveConversation {
    Conversation conversation;
};
struct DeleteConversation {
    std::string id;
};
struct ListConversations {};  // newest first, with their turns
// A model on a file, or a run's checkpoint on its own validation split (beside the token bigram).
struct Evaluate {
    std::string model, adapter;
    bool strict = true;
    std::vector<std::string> data;
    std::string text_column = "text";
    int64_t window = 0, stride = 0;  // 0: the context up to 1024; half of it
    std::string run, checkpoint;     // last, best or a step
};
// Writes the folder `out`, whole or not at all: ExportDone.
struct ExportModel {
    std::string model, adapter, run, checkpoint = "last";  // model or run
    // hf; merged: an adapter's model in one; adapter: the adapter alone; nf4: bitsandbytes, double quantised; gguf
    std::string format = "hf";
    std::string dtype = "float32";  // float32, bfloat16, float16, auto (the source's); of nf4 the parts left in 16 bits
    std::string gguf_type = "q8_0";  // f32, f16, bf16, q8_0, q4_0, q4_k_m
    bool ollama = false;             // a Modelfile beside the GGUF
    std::string system;              // that it sets
    int64_t max_shard_bytes = 5LL << 30;
    std::string out;
};
// Reads the folder of an export back and holds it against what it was made of: ProofDone. The report in the folder is
// written anew.
struct ProveExport {
    ExportReport report;  // of ExportDone
    std::string text;     // file to compare over; empty: a text of Lathe's own
};
// What ExportModel would write; touches nothing.
struct PlanExport {
    ExportModel what;
};
// Every model of the workspace and of other programs' caches on this disk, from headers alone.
struct ListModels {};
struct InspectModel {
    std::string path;
};
struct DescribeTensor {
    std::string path, tensor;
};
// A model of a repository ("org/name", "org/name@revision", "org/name/file.gguf") or at an https address.
struct FetchWish {
    std::string what;
    std::string mirror, proxy, token;  // "": huggingface.co, the environment's, none
    bool allowed = true;               // false: downloads are switched off
};
// What would be fetched, from where, into which folder; fetches no weights.
struct PlanFetch {
    FetchWish wish;
};
// Into the workspace's models/, whole or not at all; what a cancelled one had is kept and gone on from.
struct FetchModel {
    FetchWish wish;
    std::optional<FetchPlan> plan;  // of PlanFetch, which is what is fetched; none: planned first
};
struct EstimateRun {
    RunConfig config;
    bool costs = false;  // also what another value of each field would add, each switch, the parts, a chat
};
// The shape of a config.json, a folder that has one, or a GGUF file: ModelConfigRead.
struct ReadModelConfig {
    std::string path;
};
struct BenchTokenizer {
    std::string file;
    int64_t vocab_size = 8192;
};
// What a data set teaches, before a run: DataInspected. What is wrong with the data is the inspection's obstacle. With
// a model also its tokens, which are kept in the workspace for the run (without `keep` they are not).
struct InspectData {
    DataConfig data;
    std::string model;                    // folder, GGUF file or tokenizer; empty: rows alone
    std::optional<int64_t> example, row;  // whose tokens to show, from 0
    int64_t seed = 42;                    // of the rows' order
    bool keep = true;
};
// What is in files, before anything is made of them: DataSurveyed. With a recipe also what each of its steps would do.
// Nothing is written. Files of any size: one document is in memory at a time.
struct SurveyData {
    DataConfig data;
    CleanRecipe recipe;
    std::string tokenizer;       // also counts tokens; "": none
    bool sample_tokens = false;  // beyond the first 64 MiB of text by a sample, which takes no time worth a word
};
// Documents first, first + 1, … of the files: DataPreviewed. In a time that does not grow with `first` once the files
// have been gone through.
struct PreviewData {
    DataConfig data;
    CleanRecipe recipe;
    int64_t first = 0, count = 50;
};
// A new version of a named data set: DatasetChanged. Whole or not at all.
struct SaveDataset {
    std::string name;
    DataConfig data;
    CleanRecipe recipe;
};
struct ListDatasets {
    bool trashed = false;
};
// A data set, or one version of it, into the trash or out of it: DatasetChanged.
struct TrashDataset {
    std::string name, version;  // "": all of it
    bool restore = false;
};
struct EmptyDatasetTrash {};  // deletes the data sets and versions in the trash, for good: DatasetsListed
struct ListTokenizers {};     // of the workspace, of the starter model, of the models on this disk
// How many tokens each makes of the same texts: TokenizersMeasured.
struct MeasureTokenizers {
    DataConfig data;
    std::vector<std::string> tokenizers;  // paths
    int64_t max_bytes = 20 << 20;         // of the texts that are looked at
};
// The conversations of a file of any format of examples: ExamplesRead. A row that a table cannot hold whole is an error
// that names its line.
struct ReadExamples {
    std::string file;
    DataConfig data;  // its format and columns, where they are not recognised
};
// To a jsonl of messages in the workspace's datasets/, whole or not at all: ExamplesWritten. What was posted is written
// also where the session ends right after.
struct WriteExamples {
    std::string file;      // a bare name, or what ExamplesRead or ExamplesWritten told
    std::string replaces;  // sha256 of what stands there, as they told it: else mismatch; "": a new file
    std::vector<ExampleRow> rows;
};
// A tuned run beside the model that it began from, on the run's validation split: TunedCompared. An adapter is switched
// off for its base, which is so in memory once; of a run on every weight one model is loaded after the other.
struct CompareWithBase {
    std::string run, checkpoint = "last";  // last, best or a step
    int64_t answers = 8;                   // of the validation split, at most
    int64_t max_tokens = 128;              // of each
};
struct ListRuns {
    bool trashed = false;  // those in the trash
};
struct ShowRun {
    std::string run;  // id or "latest"
    // What is known already: metrics and samples after this step, events after this id alone.
    int64_t from_step = 0, after_event = 0;
};
// RunChanged. What is not given stays.
struct EditRun {
    std::string run;
    std::optional<std::string> name, note;
    std::optional<std::vector<std::string>> tags;
};
// Into the trash, or out of it: RunChanged. Its folder goes to WORKSPACE/trash/.
struct TrashRun {
    std::string run;
    bool restore = false;
};
struct EmptyTrash {};  // deletes the runs in the trash, for good: RunsListed
// The runs of another workspace, or one run's folder, copied into this one: RunsImported.
struct ImportRuns {
    std::string folder;
};
// TensorBoard's event files of a run, as scalars: FileWritten.
struct WriteTensorBoard {
    std::string run, out;  // out: a new folder
};
// The queue as it is from now on: QueueListed. It is kept in the record; the window takes from it.
struct SaveQueue {
    std::vector<QueuedRun> runs;
};
struct ListQueue {};
struct CompareRuns {
    std::string first, second;
};

using Command =
    std::variant<StartTraining, PauseTraining, ContinueTraining, StepTraining, StopTraining, SaveTraining,
                 ControlTraining, EvaluateTraining, SampleTraining, ReadExamples, WriteExamples, CompareWithBase,
                 OpenWorkspace, TrainTokenizer, EncodeText, ComputeLogits, Generate, Chat, SaveConversation,
                 DeleteConversation, ListConversations, Evaluate, ExportModel, ProveExport, PlanExport, ListModels,
                 InspectModel, DescribeTensor, PlanFetch, FetchModel, EstimateRun, TrainBench, BenchTokenizer,
                 InspectData, ListRuns, ShowRun, CompareRuns, LeaveRoom, EditRun, TrashRun, EmptyTrash, ImportRuns,
                 WriteTensorBoard, SaveQueue, ListQueue, ReadModelConfig, SurveyData, PreviewData, SaveDataset,
                 ListDatasets, TrashDataset, EmptyDatasetTrash, ListTokenizers, MeasureTokenizers>;
using EventSink = std::function<void(const Event&)>;

struct SessionOptions {
    std::string workspace;  // made when a command first needs it
    int threads = 0;        // 0: physical cores
};

class Session {
public:
    Session(SessionOptions options, EventSink sink);
    ~Session();
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

    RequestId post(Command command);
    // The command ends with Failed{cancelled} as soon as its work can stop; a training run is stopped and saved, a chat
    // ends with ChatDone.
    void cancel(RequestId request);

private:
    class Engine;
    std::unique_ptr<Engine> engine_;
};

}  // namespace lathe

// The record of all runs and conversations in one SQLite file: settings, one metrics row a step, events, samples,
// checkpoints; turns. One thread owns the process's only connection; writes are queued and committed every 500 ms and
// on flush(). Rollback journal, synchronous=FULL: what flush() returned from is on disk. Another process may read at
// any time. Any thread; values alone go in and out.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/events.h"
#include "engine/store/recover.h"

namespace lathe {

enum class RunState { running, paused, finished, stopped, failed, interrupted };
const char* run_state_name(RunState state);

// What a run was made with, so that a resume can tell whether anything was replaced. Hashes are lower-case hex, ""
// where there is none.
struct Provenance {
    std::string data_sha256;
    std::string tokenizer_sha256;
    std::string base_sha256;
    std::string lathe_version;
    std::string cpu_name;
    std::string simd_target;
    int64_t threads = 0;
    int64_t seed = 0;
    int64_t rows_per_epoch = 0;  // of the data, in rows of a batch; 0: not known, of an older Lathe
};

struct RunRecord {
    std::string id;  // "20261124-101500-nano-3f2a"
    std::string name;
    RunState state = RunState::running;
    int64_t created_at_ms = 0;  // since 1970, UTC
    std::string config_json;
    Provenance provenance;
    std::string error;      // of a failed run
    int64_t max_steps = 0;  // that it was to make when it last began; 0: not known
    std::string note = {};
    std::vector<std::string> tags = {};
    bool trashed = false;
    std::string workspace_from = {};  // of an imported one
    // Read only, from its metrics: the last step, the loss there (NaN is kept), the last validation's and the best.
    int64_t steps = 0;
    std::optional<double> loss = {}, eval_loss = {}, best_eval_loss = {};
    double elapsed_s = 0;
};

// Its row was on a page that could not be read (recover.h): until restore_run() it has no name and no settings, and
// has failed for that; what stands under its number in the other tables is there.
inline constexpr const char* kLostConfig = "{}";
inline bool is_lost(const RunRecord& run) {
    return run.config_json == kLostConfig;
}

struct MetricRow {
    int64_t step = 0;
    double loss = 0;  // NaN is kept
    std::optional<double> eval_loss;
    double learning_rate = 0;
    double grad_norm = 0;
    double tokens_per_s = 0;
    int64_t tokens = 0;                    // so far
    double elapsed_s = 0;                  // so far, without pauses
    std::map<std::string, int64_t> bytes;  // memory by kind; empty where not measured
};

struct EventRow {
    int64_t id = 0;  // rises, and is never used twice; read only
    int64_t time_ms = 0;
    int64_t step = 0;
    std::string kind;
    std::string text;
};

struct SampleRow {
    int64_t step = 0;
    std::string prompt;
    std::string text;
    std::vector<int64_t> token_ids;
    std::vector<double> probabilities;          // of each token
    std::vector<std::string> token_texts = {};  // of each token; empty in rows of schema 1
};

struct CheckpointRow {
    int64_t step = 0;
    std::string path;
    std::optional<double> eval_loss;
    bool best = false;  // at most one of a run: a new best takes it from the old one
    int64_t bytes = 0;
};

class Store {
public:
    enum class Mode { read_only, read_write };

    // read_write makes the file where it is missing or has 0 bytes and brings an older schema up to date; a newer one
    // is `unsupported`. read_only: not_found where missing. Neither a database nor Lathe's own, or damaged: malformed,
    // and the file stays as it is.
    Store(const std::string& path, Mode mode);
    // Commits what is queued; errors are lost here, so flush() first.
    ~Store();
    Store(const Store&) = delete;
    Store& operator=(const Store&) = delete;

    // Queued, in this order; their errors are raised by the next flush(). An id that is not there is not_found, one
    // that is there twice mismatch.
    void create_run(const RunRecord& run);
    void set_state(const std::string& run, RunState state, const std::string& error = "");
    // What a resumed run goes on with.
    void set_plan(const std::string& run, const std::string& config_json, int64_t max_steps);
    // What is not given stays.
    void edit_run(const std::string& run, const std::optional<std::string>& name,
                  const std::optional<std::string>& note, const std::optional<std::vector<std::string>>& tags);
    void set_trashed(const std::string& run, bool trashed);
    void delete_run(const std::string& run);  // with all of its rows
    // Runs that a crash left `running` or `paused` become `interrupted`. For the holder of the workspace lock alone.
    void mark_interrupted();
    void add_metrics(const std::string& run, const MetricRow& row);  // a step that is there is replaced
    void set_eval_loss(const std::string& run, int64_t step, double loss);
    void add_event(const std::string& run, const EventRow& row);
    void add_sample(const std::string& run, const SampleRow& row);  // a step and prompt that is there is replaced
    void add_checkpoint(const std::string& run, const CheckpointRow& row);
    void remove_checkpoint(const std::string& run, int64_t step);
    // Deletes metrics, events and samples past the step, in one transaction. An event of kind `failed` stays: it tells
    // why the run went back.
    void rewind(const std::string& run, int64_t step);
    // Puts back a run that the database lost, from its folder; rows that are there stay, but for is_lost().
    void restore_run(const RunRecord& run, const std::vector<MetricRow>& metrics,
                     const std::vector<CheckpointRow>& checkpoints = {});
    // Replaces the queue, all or nothing.
    void save_queue(const std::vector<QueuedRun>& runs);
    // Replaces the conversation and its turns, all or nothing. Texts are kept as they are, NUL too; one over 64 MB is
    // too_large.
    void save_conversation(const Conversation& conversation);
    // Replaces turn `index`. Nothing happens where the conversation is not there: it may have been deleted meanwhile.
    void save_turn(const std::string& conversation, int64_t index, const ChatTurn& turn);
    void delete_conversation(const std::string& id);

    // Returns when all of the above is on disk. Raises the first error since the last flush(). After a full disk or a
    // failed write nothing is lost: the rows wait in memory and go in as soon as that works again. Where a broken page
    // was come upon, the damaged file is put aside first, and a new one is made of what could be read (recover.h): for
    // the holder of the workspace lock alone.
    void flush();

    // A broken page was come upon, in reading or in writing: large files are not checked when they are opened.
    // Until flush() rows wait in memory.
    bool is_damaged() const;
    // The last one of this store.
    std::optional<Recovery> recovery();
    // While what it returns lives, each recovery calls put_back before the rows that wait go in: to restore runs that
    // the database lost. It is called on the store's thread, in the order of these calls; this store answers it at
    // once, but is not to be flushed there.
    std::shared_ptr<void> when_recovered(std::function<void()> put_back);

    // Newest first, by order of creation and not by the clock. They see what was queued before. Each run takes a few
    // look-ups by index, however long it is.
    std::vector<RunRecord> list_runs(bool trashed = false);
    std::optional<RunRecord> latest_run();
    std::optional<RunRecord> find_run(const std::string& id);
    std::optional<RunRecord> latest_run_with_checkpoint();
    // By step. Long tables are read in short transactions, so that a writer in another process is never held up.
    std::vector<MetricRow> read_metrics(const std::string& run, int64_t from_step = 0);
    // The training loss at `points` steps evenly apart, the last one among them; all where there are no more. One
    // look-up a point.
    std::vector<double> read_curve(const std::string& run, int64_t points);
    std::vector<EventRow> read_events(const std::string& run, int64_t after_id = 0);
    std::vector<SampleRow> read_samples(const std::string& run, int64_t from_step = 0);
    std::vector<CheckpointRow> read_checkpoints(const std::string& run);
    std::vector<QueuedRun> read_queue();
    // With their turns, the last updated first.
    std::vector<Conversation> list_conversations();

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace lathe

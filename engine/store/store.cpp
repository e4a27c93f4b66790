#include "engine/store/store.h"

#include <utility>

#include "engine/base/error.h"
#include "engine/base/json.h"
#include "engine/store/store_impl.h"

namespace lathe {

namespace {

std::string bytes_to_json(const std::map<std::string, int64_t>& bytes) {
    Json json = Json::object();
    for (const auto& [kind, count] : bytes) json[kind] = count;
    return dump_json(json);
}

// One that is there stays, but for a lost one.
void insert_run(Database& database, const RunRecord& run) {
    database
        .query(
            "INSERT INTO runs (id, name, state, created_at_ms, config, provenance, error, max_steps, note, tags, "
            "trashed, workspace_from) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET "
            "name = excluded.name, state = excluded.state, created_at_ms = excluded.created_at_ms, "
            "config = excluded.config, provenance = excluded.provenance, error = excluded.error, "
            "max_steps = excluded.max_steps, note = excluded.note, tags = excluded.tags, trashed = excluded.trashed, "
            "workspace_from = excluded.workspace_from WHERE runs.config = ?")
        .bind(run.id, run.name, std::string(run_state_name(run.state)), run.created_at_ms, run.config_json,
              provenance_to_json(run.provenance), run.error, run.max_steps, run.note, dump_json(Json(run.tags)),
              static_cast<int64_t>(run.trashed), run.workspace_from, std::string(kLostConfig))
        .run();
}

bool has_run(Database& database, const std::string& id) {
    return database.query("SELECT 1 FROM runs WHERE id = ?").bind(id).step();
}

void insert_metrics(Query& query, int64_t run, const MetricRow& row) {
    query.bind(run, row.step, row.loss, row.eval_loss, row.learning_rate, row.grad_norm, row.tokens_per_s, row.tokens,
               row.elapsed_s, row.bytes.empty() ? std::string() : bytes_to_json(row.bytes));
    query.run();
}

void insert_checkpoint(Database& database, int64_t run, const CheckpointRow& row) {
    if (row.best) database.query("UPDATE checkpoints SET best = 0 WHERE run = ?").bind(run).run();
    database
        .query("INSERT OR REPLACE INTO checkpoints (run, step, path, eval_loss, best, bytes) VALUES (?, ?, ?, ?, ?, ?)")
        .bind(run, row.step, row.path, row.eval_loss, static_cast<int64_t>(row.best), row.bytes)
        .run();
}

}  // namespace

const char* run_state_name(RunState state) {
    switch (state) {
        case RunState::running:
            return "running";
        case RunState::paused:
            return "paused";
        case RunState::finished:
            return "finished";
        case RunState::stopped:
            return "stopped";
        case RunState::failed:
            return "failed";
        case RunState::interrupted:
            return "interrupted";
    }
    return "interrupted";
}

int64_t number_of_run(Database& database, const std::string& id) {
    Query query = database.query("SELECT run FROM runs WHERE id = ?");
    query.bind(id);
    if (!query.step()) fail({.kind = ErrorKind::not_found, .file = database.path(), .key = "run " + id});
    return query.integer(0);
}

Store::Store(const std::string& path, Mode mode) : impl_(std::make_unique<Impl>(path, mode == Mode::read_write)) {}

// While impl_ is there: what is put back asks for it.
Store::~Store() {
    impl_->thread.close();
}

void Store::create_run(const RunRecord& run) {
    impl_->thread.write([run](Database& database) {
        if (has_run(database, run.id)) {
            fail(
                {.kind = ErrorKind::mismatch, .file = database.path(), .key = "run " + run.id, .expected = "a new id"});
        }
        insert_run(database, run);
    });
}

void Store::set_state(const std::string& run, RunState state, const std::string& error) {
    impl_->thread.write([=](Database& database) {
        database.query("UPDATE runs SET state = ?, error = ? WHERE run = ?")
            .bind(std::string(run_state_name(state)), error, number_of_run(database, run))
            .run();
    });
}

void Store::set_plan(const std::string& run, const std::string& config_json, int64_t max_steps) {
    impl_->thread.write([=](Database& database) {
        database.query("UPDATE runs SET config = ?, max_steps = ? WHERE run = ?")
            .bind(config_json, max_steps, number_of_run(database, run))
            .run();
    });
}

void Store::mark_interrupted() {
    impl_->thread.write([](Database& database) {
        database.execute("UPDATE runs SET state = 'interrupted' WHERE state IN ('running', 'paused')");
    });
}

void Store::add_metrics(const std::string& run, const MetricRow& row) {
    impl_->thread.write([=](Database& database) {
        Query query = database.query(
            "INSERT OR REPLACE INTO metrics (run, step, loss, eval_loss, learning_rate, grad_norm, tokens_per_s, "
            "tokens, elapsed_s, bytes) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, nullif(?, ''))");
        insert_metrics(query, number_of_run(database, run), row);
    });
}

void Store::set_eval_loss(const std::string& run, int64_t step, double loss) {
    impl_->thread.write([=](Database& database) {
        database.query("UPDATE metrics SET eval_loss = ? WHERE run = ? AND step = ?")
            .bind(loss, number_of_run(database, run), step)
            .run();
        if (database.changes() == 0) {
            fail({.kind = ErrorKind::not_found,
                  .file = database.path(),
                  .key = "run " + run + ", step " + std::to_string(step)});
        }
    });
}

void Store::add_event(const std::string& run, const EventRow& row) {
    impl_->thread.write([=](Database& database) {
        database.query("INSERT INTO events (run, time_ms, step, kind, text) VALUES (?, ?, ?, ?, ?)")
            .bind(number_of_run(database, run), row.time_ms, row.step, row.kind, row.text)
            .run();
    });
}

void Store::add_sample(const std::string& run, const SampleRow& row) {
    impl_->thread.write([=](Database& database) {
        database
            .query(
                "INSERT OR REPLACE INTO samples (run, step, prompt, text, token_ids, probabilities, token_texts) "
                "VALUES (?, ?, ?, ?, ?, ?, ?)")
            .bind(number_of_run(database, run), row.step, row.prompt, row.text, dump_json(Json(row.token_ids)),
                  dump_json(Json(row.probabilities)), dump_json(Json(row.token_texts)))
            .run();
    });
}

void Store::add_checkpoint(const std::string& run, const CheckpointRow& row) {
    impl_->thread.write([=](Database& database) { insert_checkpoint(database, number_of_run(database, run), row); });
}

void Store::remove_checkpoint(const std::string& run, int64_t step) {
    impl_->thread.write([=](Database& database) {
        database.query("DELETE FROM checkpoints WHERE run = ? AND step = ?")
            .bind(number_of_run(database, run), step)
            .run();
    });
}

void Store::rewind(const std::string& run, int64_t step) {
    impl_->thread.write([=](Database& database) {
        const int64_t number = number_of_run(database, run);
        database.query("DELETE FROM metrics WHERE run = ? AND step > ?").bind(number, step).run();
        database.query("DELETE FROM events WHERE run = ? AND step > ? AND kind <> 'failed'").bind(number, step).run();
        database.query("DELETE FROM samples WHERE run = ? AND step > ?").bind(number, step).run();
    });
}

void Store::restore_run(const RunRecord& run, const std::vector<MetricRow>& metrics,
                        const std::vector<CheckpointRow>& checkpoints) {
    impl_->thread.write([=](Database& database) {
        insert_run(database, run);
        const int64_t number = number_of_run(database, run.id);
        for (const MetricRow& row : metrics) {
            Query query = database.query(
                "INSERT OR IGNORE INTO metrics (run, step, loss, eval_loss, learning_rate, grad_norm, tokens_per_s, "
                "tokens, elapsed_s, bytes) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, nullif(?, ''))");
            insert_metrics(query, number, row);
        }
        for (const CheckpointRow& row : checkpoints) {
            if (database.query("SELECT 1 FROM checkpoints WHERE run = ? AND step = ?").bind(number, row.step).step())
                continue;
            insert_checkpoint(database, number, row);
        }
    });
}

void Store::flush() {
    impl_->thread.flush();
}

bool Store::is_damaged() const {
    return impl_->thread.is_damaged();
}

std::optional<Recovery> Store::recovery() {
    return impl_->thread.recovery();
}

std::shared_ptr<void> Store::when_recovered(std::function<void()> put_back) {
    return impl_->thread.when_recovered(std::move(put_back));
}

}  // namespace lathe

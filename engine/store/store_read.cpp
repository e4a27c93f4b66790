#include <limits>
#include <type_traits>

#include "engine/base/error.h"
#include "engine/base/json.h"
#include "engine/store/schema.h"
#include "engine/store/store.h"
#include "engine/store/store_impl.h"

namespace lathe {

namespace {

// Rows read in one transaction: some 10 ms.
constexpr int64_t kRowsAtOnce = 5000;

RunState state_from_name(const std::string& name) {
    for (const RunState state :
         {RunState::running, RunState::paused, RunState::finished, RunState::stopped, RunState::failed}) {
        if (name == run_state_name(state)) return state;
    }
    return RunState::interrupted;
}

[[noreturn]] void fail_column(const std::string& file, const char* column) {
    fail({.kind = ErrorKind::malformed, .file = file, .key = column, .found = "a value of the wrong kind"});
}

template <class Value>
std::vector<Value> list_from_json(const std::string& text, const std::string& file, const char* column) {
    const Json json = parse_json(text, file);
    if (!json.is_array()) fail_column(file, column);
    std::vector<Value> values;
    values.reserve(json.size());
    for (const Json& item : json) {
        if (std::is_floating_point_v<Value> && item.is_null()) {
            values.push_back(std::numeric_limits<Value>::quiet_NaN());  // JSON has no NaN
            continue;
        }
        if (std::is_same_v<Value, std::string> ? !item.is_string() : !item.is_number()) fail_column(file, column);
        values.push_back(item.get<Value>());
    }
    return values;
}

std::map<std::string, int64_t> bytes_from_json(const std::string& text, const std::string& file) {
    std::map<std::string, int64_t> bytes;
    const Json json = parse_json(text, file);
    if (!json.is_object()) fail_column(file, "bytes");
    for (const auto& [kind, count] : json.items()) {
        if (!count.is_number_integer()) fail_column(file, "bytes");
        bytes[kind] = count.get<int64_t>();
    }
    return bytes;
}

std::optional<double> maybe_real(const Query& query, int column) {
    return query.is_null(column) ? std::nullopt : std::optional<double>(query.real(column));
}

// Each subquery reads one row, by index. An older file lacks the columns at the end.
std::string select_runs(Database& database, const std::string& which) {
    const int64_t schema = schema_version(database);
    return "SELECT id, name, state, created_at_ms, config, provenance, error, "
           "coalesce((SELECT max(step) FROM metrics WHERE metrics.run = runs.run), 0), "
           "(SELECT loss FROM metrics WHERE metrics.run = runs.run ORDER BY step DESC LIMIT 1), "
           "(SELECT eval_loss FROM metrics WHERE metrics.run = runs.run AND eval_loss IS NOT NULL "
           "ORDER BY step DESC LIMIT 1), "
           "(SELECT eval_loss FROM metrics WHERE metrics.run = runs.run AND eval_loss IS NOT NULL "
           "ORDER BY eval_loss LIMIT 1), "
           "(SELECT elapsed_s FROM metrics WHERE metrics.run = runs.run ORDER BY step DESC LIMIT 1), " +
           std::string(schema < 2 ? "0" : "max_steps") +
           (schema < 3 ? ", '', '[]', 0, ''" : ", note, tags, trashed, workspace_from") + " FROM runs " + which;
}

RunRecord run_of(const Query& query, const std::string& file) {
    RunRecord run;
    run.id = query.text(0);
    run.name = query.text(1);
    run.state = state_from_name(query.text(2));
    run.created_at_ms = query.integer(3);
    run.config_json = query.text(4);
    run.provenance = provenance_from_json(query.text(5), file);
    run.error = query.text(6);
    run.steps = query.integer(7);
    if (run.steps > 0) run.loss = query.real(8);
    run.eval_loss = maybe_real(query, 9);
    run.best_eval_loss = maybe_real(query, 10);
    if (run.steps > 0) run.elapsed_s = query.real(11);
    run.max_steps = query.integer(12);
    run.note = query.text(13);
    run.tags = list_from_json<std::string>(query.text(14), file, "tags");
    run.trashed = query.integer(15) != 0;
    run.workspace_from = query.text(16);
    return run;
}

MetricRow metrics_of(const Query& query, const std::string& file) {
    MetricRow row;
    row.step = query.integer(0);
    row.loss = query.real(1);
    row.eval_loss = maybe_real(query, 2);
    row.learning_rate = query.real(3);
    row.grad_norm = query.real(4);
    row.tokens_per_s = query.real(5);
    row.tokens = query.integer(6);
    row.elapsed_s = query.real(7);
    if (!query.is_null(8)) row.bytes = bytes_from_json(query.text(8), file);
    return row;
}

}  // namespace

std::string provenance_to_json(const Provenance& provenance) {
    return dump_json({{"data_sha256", provenance.data_sha256},
                      {"tokenizer_sha256", provenance.tokenizer_sha256},
                      {"base_sha256", provenance.base_sha256},
                      {"lathe_version", provenance.lathe_version},
                      {"cpu_name", provenance.cpu_name},
                      {"simd_target", provenance.simd_target},
                      {"threads", provenance.threads},
                      {"seed", provenance.seed},
                      {"rows_per_epoch", provenance.rows_per_epoch}});
}

Provenance provenance_from_json(const std::string& text, const std::string& file) {
    const Json json = parse_json(text, file);
    if (!json.is_object()) fail_column(file, "provenance");
    const auto string = [&](const char* key) {
        const auto value = json.find(key);
        return value != json.end() && value->is_string() ? value->get<std::string>() : std::string();
    };
    const auto integer = [&](const char* key) {
        const auto value = json.find(key);
        return value != json.end() && value->is_number_integer() ? value->get<int64_t>() : int64_t{0};
    };
    return {.data_sha256 = string("data_sha256"),
            .tokenizer_sha256 = string("tokenizer_sha256"),
            .base_sha256 = string("base_sha256"),
            .lathe_version = string("lathe_version"),
            .cpu_name = string("cpu_name"),
            .simd_target = string("simd_target"),
            .threads = integer("threads"),
            .seed = integer("seed"),
            .rows_per_epoch = integer("rows_per_epoch")};
}

std::vector<RunRecord> Store::list_runs(bool trashed) {
    return impl_->thread.ask([trashed](Database& database) {
        std::vector<RunRecord> runs;
        const std::string which = schema_version(database) < 3 ? (trashed ? "WHERE 0 " : "")
                                  : trashed                    ? "WHERE trashed <> 0 "
                                                               : "WHERE trashed = 0 ";
        Query query = database.query(select_runs(database, which + "ORDER BY run DESC").c_str());
        while (query.step()) runs.push_back(run_of(query, database.path()));
        return runs;
    });
}

std::optional<RunRecord> Store::find_run(const std::string& id) {
    return impl_->thread.ask([&](Database& database) {
        Query query = database.query(select_runs(database, "WHERE id = ?").c_str());
        query.bind(id);
        return query.step() ? std::optional<RunRecord>(run_of(query, database.path())) : std::nullopt;
    });
}

std::optional<RunRecord> Store::latest_run() {
    return impl_->thread.ask([](Database& database) {
        const std::string which = schema_version(database) < 3 ? "" : "WHERE trashed = 0 ";
        Query query = database.query(select_runs(database, which + "ORDER BY run DESC LIMIT 1").c_str());
        return query.step() ? std::optional<RunRecord>(run_of(query, database.path())) : std::nullopt;
    });
}

std::optional<RunRecord> Store::latest_run_with_checkpoint() {
    return impl_->thread.ask([](Database& database) {
        Query query =
            database.query(select_runs(database,
                                       "WHERE EXISTS (SELECT 1 FROM checkpoints WHERE checkpoints.run = runs.run) "
                                       "ORDER BY run DESC LIMIT 1")
                               .c_str());
        return query.step() ? std::optional<RunRecord>(run_of(query, database.path())) : std::nullopt;
    });
}

std::vector<MetricRow> Store::read_metrics(const std::string& run, int64_t from_step) {
    return impl_->thread.ask([&](Database& database) {
        const int64_t number = number_of_run(database, run);
        std::vector<MetricRow> rows;
        int64_t next = from_step;
        size_t before = 0;
        do {
            before = rows.size();
            Query query = database.query(
                "SELECT step, loss, eval_loss, learning_rate, grad_norm, tokens_per_s, tokens, elapsed_s, bytes FROM "
                "metrics "
                "WHERE run = ? AND step >= ? ORDER BY step LIMIT ?");
            query.bind(number, next, kRowsAtOnce);
            while (query.step()) rows.push_back(metrics_of(query, database.path()));
            if (rows.size() > before) next = rows.back().step + 1;
        } while (rows.size() - before == static_cast<size_t>(kRowsAtOnce));
        return rows;
    });
}

std::vector<double> Store::read_curve(const std::string& run, int64_t points) {
    return impl_->thread.ask([&](Database& database) {
        const int64_t number = number_of_run(database, run);
        std::vector<double> losses;
        // One statement: one reading of the file.
        Query query = database.query(
            "WITH RECURSIVE ends(first, last) AS (SELECT (SELECT min(step) FROM metrics WHERE run = ?1), "
            "(SELECT max(step) FROM metrics WHERE run = ?1)), "
            "point(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM point WHERE i + 1 < ?2) "
            "SELECT step, loss FROM point, ends, metrics WHERE run = ?1 AND step = (SELECT min(step) FROM metrics "
            "WHERE run = ?1 AND step >= CASE WHEN ?2 < 2 THEN last ELSE first + (last - first) * i / (?2 - 1) END) "
            "ORDER BY i");
        query.bind(number, points);
        int64_t before = std::numeric_limits<int64_t>::min();
        while (query.step()) {
            if (query.integer(0) == before) continue;  // fewer steps than points
            before = query.integer(0);
            losses.push_back(query.real(1));
        }
        return losses;
    });
}

std::vector<EventRow> Store::read_events(const std::string& run, int64_t after_id) {
    return impl_->thread.ask([&](Database& database) {
        const int64_t number = number_of_run(database, run);
        std::vector<EventRow> rows;
        Query query =
            database.query("SELECT id, time_ms, step, kind, text FROM events WHERE run = ? AND id > ? ORDER BY id");
        query.bind(number, after_id);
        while (query.step()) {
            rows.push_back({query.integer(0), query.integer(1), query.integer(2), query.text(3), query.text(4)});
        }
        return rows;
    });
}

std::vector<SampleRow> Store::read_samples(const std::string& run, int64_t from_step) {
    return impl_->thread.ask([&](Database& database) {
        const int64_t number = number_of_run(database, run);
        std::vector<SampleRow> rows;
        const std::string columns = schema_version(database) < 2 ? "'[]'" : "token_texts";
        const std::string sql = "SELECT step, prompt, text, token_ids, probabilities, " + columns +
                                " FROM samples WHERE run = ? AND step >= ? ORDER BY step, prompt";
        Query query = database.query(sql.c_str());
        query.bind(number, from_step);
        while (query.step()) {
            rows.push_back({query.integer(0), query.text(1), query.text(2),
                            list_from_json<int64_t>(query.text(3), database.path(), "token_ids"),
                            list_from_json<double>(query.text(4), database.path(), "probabilities"),
                            list_from_json<std::string>(query.text(5), database.path(), "token_texts")});
        }
        return rows;
    });
}

std::vector<CheckpointRow> Store::read_checkpoints(const std::string& run) {
    return impl_->thread.ask([&](Database& database) {
        const int64_t number = number_of_run(database, run);
        std::vector<CheckpointRow> rows;
        Query query =
            database.query("SELECT step, path, eval_loss, best, bytes FROM checkpoints WHERE run = ? ORDER BY step");
        query.bind(number);
        while (query.step()) {
            rows.push_back(
                {query.integer(0), query.text(1), maybe_real(query, 2), query.integer(3) != 0, query.integer(4)});
        }
        return rows;
    });
}

}  // namespace lathe

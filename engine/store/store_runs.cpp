// How the user keeps his runs: name, note, tags, trash, queue. The declarations are in store.h.
#include "engine/base/json.h"
#include "engine/store/schema.h"
#include "engine/store/store.h"
#include "engine/store/store_impl.h"

namespace lathe {

void Store::edit_run(const std::string& run, const std::optional<std::string>& name,
                     const std::optional<std::string>& note, const std::optional<std::vector<std::string>>& tags) {
    impl_->thread.write([=](Database& database) {
        const int64_t number = number_of_run(database, run);
        if (name) database.query("UPDATE runs SET name = ? WHERE run = ?").bind(*name, number).run();
        if (note) database.query("UPDATE runs SET note = ? WHERE run = ?").bind(*note, number).run();
        if (tags) database.query("UPDATE runs SET tags = ? WHERE run = ?").bind(dump_json(Json(*tags)), number).run();
    });
}

void Store::set_trashed(const std::string& run, bool trashed) {
    impl_->thread.write([=](Database& database) {
        database.query("UPDATE runs SET trashed = ? WHERE run = ?")
            .bind(static_cast<int64_t>(trashed), number_of_run(database, run))
            .run();
    });
}

void Store::delete_run(const std::string& run) {
    impl_->thread.write([=](Database& database) {
        const int64_t number = number_of_run(database, run);
        for (const char* sql : {"DELETE FROM metrics WHERE run = ?", "DELETE FROM events WHERE run = ?",
                                "DELETE FROM samples WHERE run = ?", "DELETE FROM checkpoints WHERE run = ?",
                                "DELETE FROM runs WHERE run = ?"})
            database.query(sql).bind(number).run();
    });
}

void Store::save_queue(const std::vector<QueuedRun>& runs) {
    impl_->thread.write([runs](Database& database) {
        database.query("DELETE FROM queue").run();
        for (size_t i = 0; i < runs.size(); ++i)
            database.query("INSERT INTO queue (position, id, name, config, error) VALUES (?, ?, ?, ?, ?)")
                .bind(static_cast<int64_t>(i), runs[i].id, runs[i].name, runs[i].config_json,
                      runs[i].error ? error_json(*runs[i].error) : std::string())
                .run();
    });
}

std::vector<QueuedRun> Store::read_queue() {
    return impl_->thread.ask([](Database& database) {
        std::vector<QueuedRun> runs;
        if (schema_version(database) < 3) return runs;
        Query query = database.query("SELECT id, name, config, error FROM queue ORDER BY position");
        while (query.step()) {
            const std::string error = query.text(3);
            runs.push_back({.id = query.text(0),
                            .name = query.text(1),
                            .config_json = query.text(2),
                            .error = error.empty() ? std::nullopt : std::optional(error_of_json(error))});
        }
        return runs;
    });
}

}  // namespace lathe

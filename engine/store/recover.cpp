#include "engine/store/recover.h"

#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <ctime>
#include <memory>

#include "engine/base/error.h"
#include "engine/base/files.h"
#include "engine/base/json.h"
#include "engine/base/posix_file.h"
#include "engine/store/schema.h"
#include "engine/store/store.h"

namespace lathe {

namespace {

// Each with the columns that order it.
struct Table {
    const char* name;
    const char* order;
};
constexpr std::array kTables = {
    Table{"runs", "run"},
    Table{"metrics", "run, step"},
    Table{"events", "id"},
    Table{"samples", "run, step"},
    Table{"checkpoints", "run, step"},
    Table{"conversations", "id"},
    Table{"turns", "conversation, turn"},
    Table{"queue", "position"},
};

struct Closer {
    void operator()(sqlite3* handle) const { sqlite3_close(handle); }
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using Handle = std::unique_ptr<sqlite3, Closer>;
using Statement = std::unique_ptr<sqlite3_stmt, Closer>;

Statement prepare(sqlite3* handle, const std::string& sql) {
    sqlite3_stmt* statement = nullptr;
    sqlite3_prepare_v2(handle, sql.c_str(), -1, &statement, nullptr);
    return Statement(statement);  // null: that table is gone
}

// Columns that both files have: an older schema has fewer.
std::string shared_columns(sqlite3* from, sqlite3* to, const char* table) {
    const auto names = [table](sqlite3* handle) {
        std::string all = ",";
        const Statement info = prepare(handle, std::string("SELECT name FROM pragma_table_info('") + table + "')");
        while (info && sqlite3_step(info.get()) == SQLITE_ROW)
            all += std::string(reinterpret_cast<const char*>(sqlite3_column_text(info.get(), 0))) + ",";
        return all;
    };
    const std::string theirs = names(from), ours = names(to);
    std::string shared;
    for (size_t begin = 1; begin < ours.size();) {
        const size_t end = ours.find(',', begin);
        const std::string name = ours.substr(begin, end - begin);
        if (theirs.find("," + name + ",") != std::string::npos) shared += (shared.empty() ? "" : ", ") + name;
        begin = end + 1;
    }
    return shared;
}

// Rows until the end, or until one that cannot be read.
bool copy_rows(sqlite3* from, sqlite3* to, const Table& table, const std::string& columns, const char* direction) {
    std::string order = table.order, places;
    if (*direction != '\0')
        for (size_t comma = order.find(','); comma != std::string::npos; comma = order.find(',', comma + 6))
            order.insert(comma, direction);
    const Statement read =
        prepare(from, "SELECT " + columns + " FROM " + table.name + " ORDER BY " + order + direction);
    if (!read) return false;
    for (int i = 0; i < sqlite3_column_count(read.get()); ++i) places += i == 0 ? "?" : ", ?";
    const Statement write =
        prepare(to, std::string("INSERT OR IGNORE INTO ") + table.name + " (" + columns + ") VALUES (" + places + ")");
    int code = SQLITE_ROW;
    while ((code = sqlite3_step(read.get())) == SQLITE_ROW) {
        for (int i = 0; i < sqlite3_column_count(read.get()); ++i)
            sqlite3_bind_value(write.get(), i + 1, sqlite3_column_value(read.get(), i));
        sqlite3_step(write.get());  // a row that breaks the tables' rules is one that was not read
        sqlite3_reset(write.get());
    }
    return code == SQLITE_DONE;
}

// The index of ids is on other pages than the rows. What is then left is no run's, and would pass for that of a later
// one with the same number.
void keep_lost_runs(sqlite3* from, sqlite3* to, const std::string& path) {
    const std::string insert =
        std::string(
            "INSERT OR IGNORE INTO runs (run, id, name, state, created_at_ms, config, provenance, error) VALUES "
            "(?1, ?2, '', 'failed', coalesce((SELECT min(time_ms) FROM events WHERE run = ?1), 0), '") +
        kLostConfig + "', '{}', ?3)";
    const std::string why = error_json({.kind = ErrorKind::malformed, .file = path, .expected = kUndamaged});
    const Statement write = prepare(to, insert);
    sqlite3_bind_text(write.get(), 3, why.c_str(), -1, SQLITE_TRANSIENT);
    for (const char* direction : {"", " DESC"}) {
        const Statement read = prepare(from, std::string("SELECT run, id FROM runs ORDER BY id") + direction);
        while (read && sqlite3_step(read.get()) == SQLITE_ROW) {
            for (int i = 0; i < 2; ++i) sqlite3_bind_value(write.get(), i + 1, sqlite3_column_value(read.get(), i));
            sqlite3_step(write.get());
            sqlite3_reset(write.get());
        }
    }
    for (const char* table : {"metrics", "events", "samples", "checkpoints"}) {
        const std::string sql = std::string("DELETE FROM ") + table + " WHERE run NOT IN (SELECT run FROM runs)";
        sqlite3_exec(to, sql.c_str(), nullptr, nullptr, nullptr);
    }
}

std::string now_for_a_name() {
    const std::time_t now = std::time(nullptr);
    std::tm parts{};
    ::gmtime_r(&now, &parts);
    char text[32];
    return std::string(text, std::strftime(text, sizeof text, "%Y%m%d-%H%M%S", &parts));
}

std::string free_name(const std::string& wanted) {
    std::string name = wanted;
    for (int i = 2; ::access(name.c_str(), F_OK) == 0; ++i) name = wanted + "-" + std::to_string(i);
    return name;
}

void refuse_other_programs(const std::string& path) {
    sqlite3* raw = nullptr;
    const int code = sqlite3_open_v2(path.c_str(), &raw, SQLITE_OPEN_READONLY, nullptr);
    const Handle handle(raw);
    if (code != SQLITE_OK) return;
    const Statement owner = prepare(handle.get(), "PRAGMA application_id");
    if (!owner || sqlite3_step(owner.get()) != SQLITE_ROW) return;
    const int64_t id = sqlite3_column_int64(owner.get(), 0);
    if (id != kApplicationId)
        fail({.kind = ErrorKind::malformed, .file = path, .expected = "a database of Lathe", .found = "another one"});
}

void rename_aside(const std::string& from, const std::string& to) {
    if (std::rename(from.c_str(), to.c_str()) != 0 && errno != ENOENT) fail_system(from, errno, Access::write);
}

}  // namespace

Recovery recover_database(const std::string& path) {
    refuse_other_programs(path);
    Recovery recovery{.damaged = free_name(path + ".damaged-" + now_for_a_name())};
    const std::string fresh = temporary_name(path);
    {
        sqlite3 *raw_from = nullptr, *raw_to = nullptr;
        sqlite3_open_v2(path.c_str(), &raw_from, SQLITE_OPEN_READWRITE, nullptr);  // rolls back a hot journal
        const Handle from(raw_from);
        sqlite3_busy_timeout(from.get(), kBusyTimeoutMs);
        std::remove(fresh.c_str());
        open_database(fresh, true).reset();  // the tables
        sqlite3_open_v2(fresh.c_str(), &raw_to, SQLITE_OPEN_READWRITE, nullptr);
        const Handle to(raw_to);
        sqlite3_limit(from.get(), SQLITE_LIMIT_LENGTH, 64 << 20);
        sqlite3_db_config(from.get(), SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
        // Nothing is written there; without it SQLite reads no file that is shorter than its header says.
        sqlite3_exec(from.get(), "PRAGMA writable_schema = ON", nullptr, nullptr, nullptr);
        // Held to the end: a writer in the way would read as the end of a table.
        if (sqlite3_exec(from.get(), "BEGIN; PRAGMA user_version", nullptr, nullptr, nullptr) == SQLITE_BUSY) {
            std::remove(fresh.c_str());
            fail({.kind = ErrorKind::locked, .file = path, .found = "another program writes to it"});
        }
        sqlite3_exec(to.get(), "PRAGMA synchronous = FULL; BEGIN", nullptr, nullptr, nullptr);
        for (const Table& table : kTables) {
            const std::string columns = shared_columns(from.get(), to.get(), table.name);
            if (!columns.empty() && !copy_rows(from.get(), to.get(), table, columns, ""))
                copy_rows(from.get(), to.get(), table, columns, " DESC");
        }
        const Statement count = prepare(to.get(), "SELECT count(*) FROM runs");
        if (count && sqlite3_step(count.get()) == SQLITE_ROW) recovery.runs = sqlite3_column_int64(count.get(), 0);
        keep_lost_runs(from.get(), to.get(), recovery.damaged);
        if (sqlite3_exec(to.get(), "COMMIT", nullptr, nullptr, nullptr) != SQLITE_OK) {
            std::remove(fresh.c_str());
            fail({.kind = ErrorKind::disk_full, .file = path, .found = "no room to recover the database"});
        }
    }
    // Under both names first: a crash in between leaves a database under the old one. FAT knows no links.
    if (::link(path.c_str(), recovery.damaged.c_str()) != 0) rename_aside(path, recovery.damaged);
    rename_aside(path + "-journal", recovery.damaged + "-journal");
    rename_aside(fresh, path);
    sync_folder(parent_folder(path));
    return recovery;
}

}  // namespace lathe

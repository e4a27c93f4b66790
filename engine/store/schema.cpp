#include "engine/store/schema.h"

#include <sys/stat.h>

#include <array>
#include <cerrno>

#include "engine/base/error.h"

namespace lathe {

namespace {

constexpr int64_t kAlwaysCheckedBytes = int64_t{8} << 20;  // larger files are checked after an unclean end alone

// kMigrations[n] leads from schema n to n + 1. Runs are numbered, so that order never depends on a clock and rows stay
// short.
constexpr std::array<const char*, kSchemaVersion> kMigrations = {R"(
CREATE TABLE runs (
    run INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    state TEXT NOT NULL,
    created_at_ms INTEGER NOT NULL,
    config TEXT NOT NULL,
    provenance TEXT NOT NULL,
    error TEXT NOT NULL
) STRICT;
CREATE TABLE metrics (
    run INTEGER NOT NULL,
    step INTEGER NOT NULL,
    loss REAL,
    eval_loss REAL,
    learning_rate REAL,
    grad_norm REAL,
    tokens_per_s REAL,
    tokens INTEGER NOT NULL,
    elapsed_s REAL,
    bytes TEXT,
    PRIMARY KEY (run, step)
) STRICT, WITHOUT ROWID;
CREATE TABLE events (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    run INTEGER NOT NULL,
    time_ms INTEGER NOT NULL,
    step INTEGER NOT NULL,
    kind TEXT NOT NULL,
    text TEXT NOT NULL
) STRICT;
CREATE INDEX events_of_run ON events (run, id);
CREATE TABLE samples (
    run INTEGER NOT NULL,
    step INTEGER NOT NULL,
    prompt TEXT NOT NULL,
    text TEXT NOT NULL,
    token_ids TEXT NOT NULL,
    probabilities TEXT NOT NULL,
    PRIMARY KEY (run, step, prompt)
) STRICT, WITHOUT ROWID;
CREATE TABLE checkpoints (
    run INTEGER NOT NULL,
    step INTEGER NOT NULL,
    path TEXT NOT NULL,
    eval_loss REAL,
    best INTEGER NOT NULL,
    bytes INTEGER NOT NULL,
    PRIMARY KEY (run, step)
) STRICT, WITHOUT ROWID;
PRAGMA application_id = 0x4C617468;
PRAGMA user_version = 1;
)",
                                                                 R"(
ALTER TABLE runs ADD COLUMN max_steps INTEGER NOT NULL DEFAULT 0;
ALTER TABLE samples ADD COLUMN token_texts TEXT NOT NULL DEFAULT '[]';
CREATE INDEX validations ON metrics (run, step) WHERE eval_loss IS NOT NULL;
CREATE TABLE conversations (
    id TEXT NOT NULL PRIMARY KEY,
    title TEXT NOT NULL,
    folder TEXT NOT NULL,
    run TEXT NOT NULL,
    checkpoint TEXT NOT NULL,
    sample TEXT NOT NULL,
    draft TEXT NOT NULL,
    updated_at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE turns (
    conversation TEXT NOT NULL,
    turn INTEGER NOT NULL,
    from_model INTEGER NOT NULL,
    text TEXT NOT NULL,
    finish_reason TEXT NOT NULL,
    tokens INTEGER NOT NULL,
    tokens_per_s REAL,
    PRIMARY KEY (conversation, turn)
) STRICT, WITHOUT ROWID;
PRAGMA user_version = 2;
)",
                                                                 R"(
ALTER TABLE runs ADD COLUMN note TEXT NOT NULL DEFAULT '';
ALTER TABLE runs ADD COLUMN tags TEXT NOT NULL DEFAULT '[]';
ALTER TABLE runs ADD COLUMN trashed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE runs ADD COLUMN workspace_from TEXT NOT NULL DEFAULT '';
CREATE INDEX best_validations ON metrics (run, eval_loss) WHERE eval_loss IS NOT NULL;
CREATE TABLE queue (
    position INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    config TEXT NOT NULL,
    error TEXT NOT NULL
) STRICT;
PRAGMA user_version = 3;
)"};

// By stat alone: to open and close the file beside SQLite would drop its locks.
int64_t size_of_file(const std::string& path, bool must_exist) {
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0) {
        if (errno == ENOENT && !must_exist) return 0;
        fail({.kind = errno == ENOENT ? ErrorKind::not_found : ErrorKind::unreadable, .file = path});
    }
    if (!S_ISREG(status.st_mode)) fail({.kind = ErrorKind::unreadable, .file = path, .expected = "a regular file"});
    return status.st_size;
}

void check_pages(Database& database, int64_t size, bool unclean) {
    const bool cut_off = database.value("PRAGMA page_count") * database.value("PRAGMA page_size") != size;
    if (!unclean && !cut_off && size > kAlwaysCheckedBytes) return;
    const std::string verdict = database.text("PRAGMA quick_check(1)");
    if (verdict != "ok")
        fail({.kind = ErrorKind::malformed, .file = database.path(), .expected = kUndamaged, .found = verdict});
}

void check_owner(Database& database) {
    const int64_t version = database.value("PRAGMA user_version");
    if (database.value("PRAGMA application_id") != kApplicationId || version < 1) {
        fail({.kind = ErrorKind::malformed,
              .file = database.path(),
              .expected = "a database of Lathe",
              .found = "another one"});
    }
}

void refuse_newer(Database& database) {
    const int64_t version = database.value("PRAGMA user_version");
    if (version <= kSchemaVersion) return;
    fail({.kind = ErrorKind::unsupported,
          .file = database.path(),
          .key = "schema",
          .expected = "at most " + std::to_string(kSchemaVersion),
          .found = std::to_string(version) + ", of a newer Lathe"});
}

// All of it in one transaction: the old schema or the new.
void migrate(Database& database) {
    if (database.value("PRAGMA user_version") == kSchemaVersion) return;
    database.execute("BEGIN EXCLUSIVE");
    try {
        for (int64_t version = database.value("PRAGMA user_version"); version < kSchemaVersion; ++version) {
            database.execute(kMigrations[static_cast<size_t>(version)]);
        }
        database.execute("COMMIT");
    } catch (const Exception&) {
        if (database.in_transaction()) database.execute("ROLLBACK");
        throw;
    }
}

}  // namespace

int64_t schema_version(Database& database) {
    return database.value("PRAGMA user_version");
}

std::unique_ptr<Database> open_database(const std::string& path, bool writable) {
    const int64_t size = size_of_file(path, !writable);
    if (!writable && size == 0) fail({.kind = ErrorKind::empty, .file = path, .expected = "a database"});
    struct stat journal {};
    const bool unclean = ::stat((path + "-journal").c_str(), &journal) == 0;
    auto database = std::make_unique<Database>(path, writable);
    // The pragmas read the file for the first time: a hot journal is rolled back here, and what is no database fails.
    database->execute(
        "PRAGMA temp_store = MEMORY; PRAGMA mmap_size = 0; PRAGMA cell_size_check = ON; PRAGMA cache_spill = OFF;");
    if (database->value("SELECT count(*) FROM sqlite_schema") > 0 || size > 0) {
        check_owner(*database);
        if (writable) refuse_newer(*database);
        check_pages(*database, size_of_file(path, true), unclean);
    }
    if (!writable) {
        database->execute("PRAGMA query_only = ON");
        return database;
    }
    if (database->text("PRAGMA journal_mode = DELETE") != "delete") {
        fail({.kind = ErrorKind::locked,
              .file = path,
              .expected = "a rollback journal",
              .found = "another process with a log"});
    }
    database->execute("PRAGMA synchronous = FULL");
    migrate(*database);
    return database;
}

}  // namespace lathe

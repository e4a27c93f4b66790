#include "engine/store/database.h"

#include <sqlite3.h>

#include <cmath>
#include <limits>

namespace lathe {

namespace {

constexpr int kLongestValueBytes = 64 << 20;

ErrorKind kind_of(int code) {
    switch (code & 0xFF) {
        case SQLITE_NOTADB:
        case SQLITE_CORRUPT:
        case SQLITE_ERROR:
        case SQLITE_FORMAT:
        case SQLITE_SCHEMA:
        case SQLITE_MISMATCH:
            return ErrorKind::malformed;
        case SQLITE_FULL:
            return ErrorKind::disk_full;
        case SQLITE_READONLY:
        case SQLITE_PERM:
        case SQLITE_CANTOPEN:
            return ErrorKind::unwritable;
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            return ErrorKind::locked;
        case SQLITE_NOMEM:
            return ErrorKind::memory;
        case SQLITE_IOERR:
            return ErrorKind::io;
        case SQLITE_CONSTRAINT:
            return ErrorKind::mismatch;
        case SQLITE_TOOBIG:
            return ErrorKind::too_large;
        default:
            return ErrorKind::internal;
    }
}

[[noreturn]] void fail_sqlite(const std::string& path, int code, const char* message) {
    const bool damage = (code & 0xFF) == SQLITE_CORRUPT || (code & 0xFF) == SQLITE_NOTADB;
    fail({.kind = kind_of(code),
          .file = path,
          .expected = damage ? kUndamaged : "",
          .found = message ? message : sqlite3_errstr(code)});
}

}  // namespace

bool is_damage(const Error& error) {
    return error.kind == ErrorKind::malformed && error.expected == kUndamaged;
}

Query::Query(sqlite3_stmt* statement, const std::string& path) : statement_(statement), path_(path) {}

Query::~Query() {
    sqlite3_reset(statement_);
    sqlite3_clear_bindings(statement_);
}

void Query::check(int code) const {
    if (code != SQLITE_OK) fail_sqlite(path_, code, sqlite3_errmsg(sqlite3_db_handle(statement_)));
}

void Query::bind_one(int64_t value) {
    check(sqlite3_bind_int64(statement_, ++bound_, value));
}
void Query::bind_one(double value) {
    check(sqlite3_bind_double(statement_, ++bound_, value));
}

void Query::bind_one(const std::string& value) {
    check(sqlite3_bind_text64(statement_, ++bound_, value.data(), value.size(), SQLITE_TRANSIENT, SQLITE_UTF8));
}

void Query::bind_one(const std::optional<double>& value) {
    if (value) {
        bind_one(*value);
    } else {
        check(sqlite3_bind_null(statement_, ++bound_));
    }
}

bool Query::step() {
    const int code = sqlite3_step(statement_);
    if (code == SQLITE_ROW) return true;
    if (code == SQLITE_DONE) return false;
    fail_sqlite(path_, code, sqlite3_errmsg(sqlite3_db_handle(statement_)));
}

bool Query::is_null(int column) const {
    return sqlite3_column_type(statement_, column) == SQLITE_NULL;
}
int64_t Query::integer(int column) const {
    return sqlite3_column_int64(statement_, column);
}

double Query::real(int column) const {
    return is_null(column) ? std::numeric_limits<double>::quiet_NaN() : sqlite3_column_double(statement_, column);
}

std::string Query::text(int column) const {
    const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
    return text ? std::string(text, static_cast<size_t>(sqlite3_column_bytes(statement_, column))) : std::string();
}

Database::Database(const std::string& path, bool writable) : path_(path) {
    // A reader, too, opens for writing where it may: only then can it roll back what a killed writer left half done.
    const int flags =
        SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE | (writable ? SQLITE_OPEN_CREATE : 0);
    const int code = sqlite3_open_v2(path.c_str(), &handle_, flags, nullptr);
    if (code != SQLITE_OK) {
        const std::string message = handle_ ? sqlite3_errmsg(handle_) : sqlite3_errstr(code);
        sqlite3_close(handle_);
        fail_sqlite(path, code, message.c_str());
    }
    sqlite3_busy_timeout(handle_, kBusyTimeoutMs);
    sqlite3_limit(handle_, SQLITE_LIMIT_LENGTH, kLongestValueBytes);
    sqlite3_db_config(handle_, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(handle_, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    sqlite3_db_config(handle_, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, nullptr);
    sqlite3_db_config(handle_, SQLITE_DBCONFIG_ENABLE_VIEW, 0, nullptr);
}

Database::~Database() {
    for (const auto& [sql, statement] : statements_) sqlite3_finalize(statement);
    sqlite3_close(handle_);
}

void Database::execute(const char* sql) {
    const int code = sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) fail_sqlite(path_, code, sqlite3_errmsg(handle_));
}

Query Database::query(const char* sql) {
    auto known = statements_.find(std::string_view(sql));
    if (known == statements_.end()) {
        sqlite3_stmt* statement = nullptr;
        const int code = sqlite3_prepare_v3(handle_, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
        if (code != SQLITE_OK) fail_sqlite(path_, code, sqlite3_errmsg(handle_));
        known = statements_.emplace(sql, statement).first;
    }
    return Query(known->second, path_);
}

int64_t Database::value(const char* sql) {
    Query query = this->query(sql);
    return query.step() ? query.integer(0) : 0;
}

std::string Database::text(const char* sql) {
    Query query = this->query(sql);
    return query.step() ? query.text(0) : std::string();
}

int64_t Database::changes() const {
    return sqlite3_changes64(handle_);
}

bool Database::in_transaction() const {
    return sqlite3_get_autocommit(handle_) == 0;
}

}  // namespace lathe

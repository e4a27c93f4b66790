// SQLite behind RAII: a connection with its prepared statements, and errors as Exceptions naming the file. Private to
// engine/store. One thread.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "engine/base/error.h"

struct sqlite3;
struct sqlite3_stmt;

namespace lathe {

// What is broken in the file itself, and not in what was asked of it.
bool is_damage(const Error& error);
// As their `expected` says it.
constexpr const char* kUndamaged = "an undamaged database";

constexpr int kBusyTimeoutMs = 5000;

// One execution of a prepared statement; reset when it goes.
class Query {
public:
    Query(sqlite3_stmt* statement, const std::string& path);
    ~Query();
    Query(const Query&) = delete;
    Query& operator=(const Query&) = delete;

    template <class... Values>
    Query& bind(const Values&... values) {
        (bind_one(values), ...);
        return *this;
    }
    bool step();  // false at the end
    void run() {
        while (step()) {
        }
    }

    bool is_null(int column) const;
    int64_t integer(int column) const;
    double real(int column) const;  // NULL is NaN
    std::string text(int column) const;

private:
    void bind_one(int64_t value);
    void bind_one(double value);  // NaN is NULL
    void bind_one(const std::string& value);
    void bind_one(const std::optional<double>& value);
    void check(int code) const;

    sqlite3_stmt* statement_;
    const std::string& path_;
    int bound_ = 0;
};

class Database {
public:
    // Never follows what the file's schema may say: defensive, schema not trusted, no triggers, no views.
    Database(const std::string& path, bool writable);
    ~Database();
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    const std::string& path() const { return path_; }
    void execute(const char* sql);   // any number of statements
    Query query(const char* sql);    // kept prepared
    int64_t value(const char* sql);  // first column of the first row
    std::string text(const char* sql);
    int64_t changes() const;
    bool in_transaction() const;

private:
    std::string path_;
    sqlite3* handle_ = nullptr;
    std::map<std::string, sqlite3_stmt*, std::less<>> statements_;
};

}  // namespace lathe

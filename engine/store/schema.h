// The tables, their version, and how a file is opened: checked before it is believed. Private to engine/store. One
// thread.
#pragma once

#include <memory>
#include <string>

#include "engine/store/database.h"

namespace lathe {

constexpr int64_t kSchemaVersion = 3;  // PRAGMA user_version

constexpr int64_t kApplicationId = 0x4C617468;  // "Lath"

std::unique_ptr<Database> open_database(const std::string& path, bool writable);
// Of the file: a reader leaves an older one as it is.
int64_t schema_version(Database& database);

}  // namespace lathe

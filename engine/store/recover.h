// A damaged database: put aside, and read as far as it can be. For the holder of the workspace lock alone. One thread.
#pragma once

#include <cstdint>
#include <string>

namespace lathe {

struct Recovery {
    std::string damaged;  // where the damaged file lies now: "lathe.db.damaged-20261128-101500"
    int64_t runs = 0;     // that could be read of it
};

// Renames the file at `path` (and its journal) and makes a new one there of the rows that can be read, table by table,
// from both ends of a table whose middle is broken. A run whose own row was not read keeps its number by the index of
// ids (is_lost() in store.h), and with it its rows in the other tables; rows of none are left out. What was not read
// may stand in the run folders' checkpoints. A database of another program is `malformed` and stays. The new file
// appears whole or not at all.
Recovery recover_database(const std::string& path);

}  // namespace lathe

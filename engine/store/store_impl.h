// What the sources of store.h share. Private to engine/store.
#pragma once

#include <string>

#include "engine/store/store.h"
#include "engine/store/store_thread.h"

namespace lathe {

struct Store::Impl {
    Impl(const std::string& path, bool writable) : thread(path, writable) {}
    StoreThread thread;
};

// Number of the run in the other tables; not_found naming the id.
int64_t number_of_run(Database& database, const std::string& id);
std::string provenance_to_json(const Provenance& provenance);
Provenance provenance_from_json(const std::string& json, const std::string& file);

}  // namespace lathe

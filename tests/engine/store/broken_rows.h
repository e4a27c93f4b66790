// Breaks a database as a bad disk does.
#pragma once

#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

#include "engine/base/files.h"
#include "engine/store/store.h"

namespace lathe {

inline constexpr size_t kDatabasePage = 4096;

// Of a closed database: a page in its middle is broken, and it grows over 8 MiB, so that it opens unchecked.
inline void break_large(const std::string& database) {
    const size_t middle = std::filesystem::file_size(database) / 2 / kDatabasePage * kDatabasePage;
    {
        Store store(database, Store::Mode::read_write);
        store.save_conversation({.id = "big", .title = "t", .turns = {{.text = std::string(9 << 20, 'x')}}});
        store.flush();
    }
    std::fstream file(database, std::ios::binary | std::ios::in | std::ios::out);
    file.seekp(static_cast<std::streamoff>(middle));
    file << std::string(kDatabasePage, '\x5a');
}

// The kinds of its pages: rows of a table by number, and of an index or a table WITHOUT ROWID.
inline constexpr char kTableLeaf = 13, kIndexLeaf = 10;

// Writes over each page of that kind that holds `text`, and changes the file's counter, so that an open store, which is
// to be idle, reads its pages anew (sqlite.org/fileformat2.html, 1.3 and 1.6). Whether there were any.
inline bool break_rows(const std::string& path, std::string_view text, char kind = kTableLeaf) {
    const std::string bytes = read_file(path, 1 << 26);
    std::fstream file(path, std::ios::binary | std::ios::in | std::ios::out);
    file.seekp(24);
    file.put(static_cast<char>(bytes[24] + 1));
    bool any = false;
    for (size_t at = kDatabasePage; at < bytes.size(); at += kDatabasePage) {
        const auto page = std::string_view(bytes).substr(at, kDatabasePage);
        if (page[0] != kind || page.find(text) == std::string_view::npos) continue;
        file.seekp(static_cast<std::streamoff>(at));
        file << std::string(kDatabasePage, '\x5a');
        any = true;
    }
    return any;
}

}  // namespace lathe

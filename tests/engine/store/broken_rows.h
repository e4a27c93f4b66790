// Breaks a database as a bad disk does.
#pragma once

#include <fstream>
#include <string>
#include <string_view>

#include "engine/base/files.h"

namespace lathe {

// Writes over each page of rows that holds `text`, and changes the file's counter, so that an open store, which is to
// be idle, reads its pages anew (sqlite.org/fileformat2.html, 1.3 and 1.6). Whether there were any.
inline bool break_rows(const std::string& path, std::string_view text) {
    constexpr size_t kPage = 4096;
    constexpr char kTableLeaf = 13;
    const std::string bytes = read_file(path, 1 << 26);
    std::fstream file(path, std::ios::binary | std::ios::in | std::ios::out);
    file.seekp(24);
    file.put(static_cast<char>(bytes[24] + 1));
    bool any = false;
    for (size_t at = kPage; at < bytes.size(); at += kPage) {
        const auto page = std::string_view(bytes).substr(at, kPage);
        if (page[0] != kTableLeaf || page.find(text) == std::string_view::npos) continue;
        file.seekp(static_cast<std::streamoff>(at));
        file << std::string(kPage, '\x5a');
        any = true;
    }
    return any;
}

}  // namespace lathe

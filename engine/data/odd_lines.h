// Gathers the lines of data files that are worth a look: see OddLine. Of each kind the first kMostOddLines are kept,
// all are counted. One thread.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/base/dataset.h"
#include "engine/data/documents.h"

namespace lathe {

constexpr size_t kMostOddLines = 100, kOddTextBytes = 160;
constexpr size_t kVeryLongBytes = 64 << 10;  // a line or row over this is very_long

// Its first `most` bytes at most, cut where a character ends; what is no UTF-8 becomes U+FFFD.
std::string beginning_of(std::string_view text, size_t most);

class OddLines {
public:
    void add(const std::string& kind, const std::string& file, int64_t line, std::string_view text);
    // The rows of a report: bad, empty.
    void add_rows(const ImportReport& report);
    // Line by line: invalid_utf8, control, replaced, very_long. A file of another kind (a NUL, UTF-16, no text at all)
    // has none: who reads it says what is wrong.
    // `go_on` is called every MiB and may throw `cancelled`.
    void look_through(const DataFile& file, const std::function<void()>& go_on);
    // The same of the text of a row: its line breaks are no lines.
    void look_at(std::string_view text, const DocumentPlace& place);

    const std::vector<OddLine>& lines() const { return lines_; }
    const std::vector<std::pair<std::string, int64_t>>& counts() const { return counts_; }
    void add_all(const OddLines& others);

private:
    int64_t& count_of(const std::string& kind);

    std::vector<OddLine> lines_;
    std::vector<std::pair<std::string, int64_t>> counts_;
};

}  // namespace lathe

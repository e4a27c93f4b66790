// A table of separated values as records; see record_reader.h. One thread at a time.
#pragma once

#include <string>
#include <vector>

#include "engine/data/byte_reader.h"
#include "engine/data/record_reader.h"

namespace lathe {

class CsvReader {
public:
    // separator 0: as the header has it (separator_of). Errors: see RecordSource.
    CsvReader(const std::string& path, char separator);
    // Goes on with the row that begins there.
    void go_to(FilePlace place) { bytes_.go_to(place); }
    bool next(Record& record);

private:
    struct Fields {
        std::vector<std::string> values;
        bool too_long = false;
        std::string reason;
    };
    Fields read_fields();
    void read_quoted(Fields& fields);
    void keep(Fields& fields, int byte);
    bool at_line_end();  // takes it
    void read_header();

    ByteReader bytes_;
    char separator_;
    std::vector<std::string> columns_;
    int64_t record_bytes_ = 0;
};

}  // namespace lathe

// One data file on its way into documents: what the readers of its formats share. See documents.h.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "engine/data/documents.h"
#include "engine/data/line_reader.h"

namespace lathe {

// `proceed` turns false where the callback has had enough.
struct FileReading {
    const DataFile& file;
    const DocumentCallback& callback;
    ImportReport& report;
    int64_t bytes_before = 0;  // of the files before this one
    FilePlace start = {};      // of the first document to read
    bool proceed = true;

    void hand_over(std::string_view text, const DocumentPlace& place) {
        ++report.documents;
        report.bytes += static_cast<int64_t>(text.size());
        proceed = callback(text, place);
    }
    // Without the line ends at its end, if there is more in it; it is empty afterwards.
    void hand_over_rest(std::string& text, const DocumentPlace& place) {
        text.erase(text.find_last_not_of('\n') + 1);
        if (!text.empty()) hand_over(text, place);
        text.clear();
    }
};

constexpr size_t kUnbrokenBytes = 64 << 10;  // a line's end past this ends a piece of text

std::string_view without_cr(const Line& line);
// Errors: too_large for a line over the limit, malformed for what is no UTF-8 or has a NUL.
void check_text_line(const Line& line, const std::string& file);

void read_plain_text(FileReading& reading);  // .txt
void read_markdown(FileReading& reading);
void read_html(FileReading& reading);
void read_docx(FileReading& reading);
void read_pdf(FileReading& reading);

}  // namespace lathe

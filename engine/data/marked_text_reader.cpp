// Markdown, HTML, Word documents and PDF as plain text, a section a document; see documents.h.
#include "engine/base/error.h"
#include "engine/base/files.h"
#include "engine/data/docx_text.h"
#include "engine/data/file_reading.h"
#include "engine/data/marked_text.h"
#include "engine/data/pdf_sections.h"
#include "engine/data/pdf_text.h"

namespace lathe {

namespace {

constexpr int64_t kMostDocxBytes = 64LL << 20, kMostPdfBytes = 256LL << 20;

}  // namespace

void read_markdown(FileReading& reading) {
    LineReader reader(reading.file.path);
    std::string section;
    DocumentPlace place{.file = reading.file.path};
    bool in_code = false, has_text = false;  // more than headings
    const auto flush = [&] {
        reading.hand_over_rest(section, place);
        has_text = false;
    };
    for (Line line; reading.proceed && reader.next(line);) {
        check_text_line(line, reading.file.path);
        const std::string_view text = without_cr(line);
        place.bytes_read = reading.bytes_before + reader.position();
        if (is_code_fence(text)) in_code = !in_code;
        const bool heading = !in_code && is_markdown_heading(text);
        // A heading right below another one stays with it.
        if ((heading && has_text) || section.size() >= kUnbrokenBytes) flush();
        if (section.empty()) {
            if (is_blank(text)) continue;
            place.line = line.number;
            place.byte = line.byte;
        }
        section.append(text);
        section += '\n';
        has_text = has_text || (!heading && !is_blank(text));
    }
    if (reading.proceed) flush();
}

void read_html(FileReading& reading) {
    LineReader reader(reading.file.path);
    std::string page;
    for (Line line; reader.next(line);) {
        check_text_line(line, reading.file.path);
        page.append(line.text);
        page += '\n';
        if (page.size() > static_cast<size_t>(kMaxLineBytes))
            fail(
                Error{.kind = ErrorKind::too_large, .file = reading.file.path, .expected = "a page of at most 16 MiB"});
    }
    DocumentPlace place{.file = reading.file.path, .line = 1};
    place.bytes_read = reading.bytes_before + reader.position();
    for (const std::string& section : html_sections(page)) {
        reading.hand_over(section, place);
        if (!reading.proceed) return;
    }
}

void read_docx(FileReading& reading) {
    DocumentPlace place{.file = reading.file.path, .line = 1};
    place.bytes_read = reading.bytes_before + reading.file.size;
    for (const std::string& section : docx_sections(read_file(place.file, kMostDocxBytes), place.file)) {
        reading.hand_over(section, place);
        if (!reading.proceed) return;
    }
}

void read_pdf(FileReading& reading) {
    DocumentPlace place{.file = reading.file.path, .line = 1};
    const PdfText pdf(read_file(place.file, kMostPdfBytes), place.file);
    PdfSections sections(pdf.outline(), [&](std::string section) {
        if (reading.proceed) reading.hand_over(section, place);
    });
    for (int page = 0; page < pdf.pages() && reading.proceed; ++page) {
        place.bytes_read = reading.bytes_before + reading.file.size * (page + 1) / pdf.pages();
        sections.add_page(pdf.page(page));
    }
    sections.finish();
}

}  // namespace lathe

// The text layer of a PDF. Poppler (GPL-2.0 or GPL-3.0) stands behind this header and in no other file. One thread at a
// time.
#pragma once

#include <memory>
#include <string>
#include <vector>

namespace lathe {

class PdfText {
public:
    // The bytes of the file. Errors: unsupported for one with a password, malformed for a damaged one.
    PdfText(std::string bytes, const std::string& file);
    ~PdfText();
    PdfText(const PdfText&) = delete;
    PdfText& operator=(const PdfText&) = delete;

    int pages() const;
    // In reading order, UTF-8 without NUL; "": a picture, or a page that cannot be read.
    std::string page(int index) const;
    // The titles of its bookmarks, in their order.
    std::vector<std::string> outline() const;

private:
    struct Document;
    std::string bytes_;
    std::unique_ptr<Document> document_;
};

}  // namespace lathe

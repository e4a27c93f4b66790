// The pages of a PDF as sections. Its bookmarks name the headings, which are found again as lines of the text, in their
// order; without bookmarks a section is a run of whole pages of 4 KiB or more. Words that a line end parts are joined,
// numbers of pages left out. One thread at a time.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace lathe {

class PdfSections {
public:
    using Sink = std::function<void(std::string section)>;
    PdfSections(const std::vector<std::string>& outline, Sink sink);

    void add_page(std::string_view text);
    void finish();

private:
    void add_line(std::string_view line);
    size_t heading_lines(const std::vector<std::string_view>& lines, size_t at);
    bool lists_contents(const std::vector<std::string_view>& lines) const;
    void end_section();

    std::vector<std::string> titles_;  // as heading_key() has them
    size_t next_ = 0;                  // of titles_
    Sink sink_;
    std::string section_;
    bool has_text_ = false;  // more than headings
};

}  // namespace lathe

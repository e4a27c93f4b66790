// What a page says, without its marks. Pure functions, any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace lathe {

// The text of an HTML page in sections, one from each heading (h1 to h6) to the next: tags, comments, scripts, styles
// and the title left out, entities resolved, white space as a browser shows it but in <pre>. A page of
// broken marks gives what a reader would make of it; nothing is an error. Linear in the page.
std::vector<std::string> html_sections(std::string_view page);

// Whether a line of Markdown is a heading ("# Title" up to six marks).
bool is_markdown_heading(std::string_view line);
// Whether it opens or closes a block of code, in which no line is a heading.
bool is_code_fence(std::string_view line);

}  // namespace lathe

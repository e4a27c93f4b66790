// What a Word document says, without its looks. Pure function, any thread.
#pragma once

#include <string>
#include <vector>

namespace lathe {

// The text of a .docx in sections, one from each heading (styles named "heading N" and those based on them, or an
// outline level) to the next; a heading right below another stays with it. Paragraphs have a blank line between them,
// but those of a list; a row of a table is a line, its cells between tabs. Left out: deleted revisions, notes,
// comments, headers and footers, text boxes. A section of over 64 KiB ends with a paragraph. Linear in the document; 32
// MiB of XML at most. Errors: malformed, unsupported and too_large, see DocxPackage.
std::vector<std::string> docx_sections(std::string bytes, const std::string& file);

}  // namespace lathe

#include "engine/data/docx_text.h"

#include <algorithm>
#include <cctype>
#include <map>
#include <pugixml.hpp>
#include <set>
#include <string_view>
#include <utility>

#include "engine/base/error.h"
#include "engine/data/docx_package.h"
#include "engine/data/file_reading.h"

namespace lathe {

namespace {

constexpr int64_t kMostDocumentBytes = 32LL << 20, kMostStyleBytes = 8LL << 20, kMostRelationBytes = 1LL << 20;
constexpr int kDeepest = 256, kLongestChain = 32;
constexpr int kBodyText = 9;  // the outline level of what is no heading

// Properties, what was deleted, codes of fields, and boxes that float beside the text.
const std::set<std::string_view> kPassedOver = {
    "pPr",     "rPr",  "sdtPr",  "sectPr",           "tblPr", "trPr", "tcPr", "del", "moveFrom", "delText", "instrText",
    "drawing", "pict", "object", "AlternateContent", "rt"};

// Without the prefix of its namespace.
std::string_view local_name(const char* name) {
    const std::string_view whole(name);
    return whole.substr(whole.find(':') + 1);
}
std::string_view local_name(const pugi::xml_node& node) {
    return local_name(node.name());
}

pugi::xml_node child(const pugi::xml_node& node, std::string_view name) {
    return node.find_child([&](const pugi::xml_node& one) { return local_name(one) == name; });
}
std::string attribute(const pugi::xml_node& node, std::string_view name) {
    return node.find_attribute([&](const pugi::xml_attribute& one) { return local_name(one.name()) == name; }).value();
}
std::string value_of(const pugi::xml_node& node, std::string_view name) {
    return attribute(child(node, name), "val");
}

void parse(pugi::xml_document& document, const std::string& xml, const std::string& file, const std::string& part) {
    const auto result =
        document.load_buffer(xml.data(), xml.size(), pugi::parse_default | pugi::parse_ws_pcdata, pugi::encoding_auto);
    if (!result)
        fail({.kind = ErrorKind::malformed,
              .file = file,
              .key = part + ", byte " + std::to_string(result.offset),
              .expected = "XML",
              .found = result.description()});
}

// "heading 1" to "heading 9", as Word names them in every language; an id where there are no styles: "Heading1".
bool names_heading(std::string name) {
    std::erase(name, ' ');
    std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) { return std::tolower(c); });
    return name.size() == 8 && name.starts_with("heading") && name.back() >= '1' && name.back() <= '9';
}

// -1: none is said.
int outline_level(const pugi::xml_node& properties) {
    const std::string level = value_of(properties, "outlineLvl");
    return level.size() == 1 && level[0] >= '0' && level[0] <= '9' ? level[0] - '0' : -1;
}

// The ids of the styles that are headings.
class HeadingStyles {
public:
    void read(const pugi::xml_node& styles) {
        for (const pugi::xml_node& style : styles.children())
            if (local_name(style) == "style")
                styles_[attribute(style, "styleId")] = {value_of(style, "name"), value_of(style, "basedOn"),
                                                        outline_level(child(style, "pPr"))};
    }
    bool has(std::string id) const {
        if (names_heading(id) && !styles_.contains(id)) return true;
        for (int step = 0; step < kLongestChain; ++step) {
            const auto found = styles_.find(id);
            if (found == styles_.end()) return false;
            const Style& style = found->second;
            if (style.level >= 0) return style.level < kBodyText;
            if (names_heading(style.name)) return true;
            id = style.based_on;
        }
        return false;
    }

private:
    struct Style {
        std::string name, based_on;
        int level = -1;
    };
    std::map<std::string, Style> styles_;
};

class DocxText {
public:
    DocxText(const HeadingStyles& headings, const std::string& file) : headings_(headings), file_(file) {}

    std::vector<std::string> sections(const pugi::xml_node& body) {
        blocks(body, 0);
        end_section();
        return std::move(sections_);
    }

private:
    void check_depth(int depth) const {
        if (depth > kDeepest)
            fail({.kind = ErrorKind::malformed,
                  .file = file_,
                  .expected = "elements at most " + std::to_string(kDeepest) + " deep"});
    }

    void blocks(const pugi::xml_node& parent, int depth) {
        check_depth(depth);
        for (const pugi::xml_node& node : parent.children()) {
            const std::string_view name = local_name(node);
            if (name == "p")
                paragraph(node, depth);
            else if (name == "tbl")
                rows(node, depth + 1);
            else if (!kPassedOver.contains(name))
                blocks(node, depth + 1);
        }
    }

    void paragraph(const pugi::xml_node& node, int depth) {
        const pugi::xml_node properties = child(node, "pPr");
        inlines(node, joined_, depth + 1);
        if (child(child(properties, "rPr"), "del")) return;  // its end was deleted: it goes on in the next
        const int level = outline_level(properties);
        const bool heading = level >= 0 ? level < kBodyText : headings_.has(value_of(properties, "pStyle"));
        put(std::exchange(joined_, {}), heading, !child(properties, "numPr").empty());
    }

    void inlines(const pugi::xml_node& parent, std::string& text, int depth) {
        check_depth(depth);
        for (const pugi::xml_node& node : parent.children()) {
            const std::string_view name = local_name(node);
            if (name == "t") {
                for (const pugi::xml_node& piece : node.children()) text += piece.value();
            } else if (name == "tab" || name == "ptab") {
                text += '\t';
            } else if (name == "br" || name == "cr") {
                text += '\n';
            } else if (name == "noBreakHyphen") {
                text += '-';
            } else if (!kPassedOver.contains(name)) {
                inlines(node, text, depth + 1);
            }
        }
    }

    void rows(const pugi::xml_node& parent, int depth) {
        check_depth(depth);
        for (const pugi::xml_node& node : parent.children()) {
            const std::string_view name = local_name(node);
            if (name == "tr") {
                std::string row;
                if (!child(child(node, "trPr"), "del")) cells(node, row, depth + 1);
                put(std::move(row), false, true);
            } else if (!kPassedOver.contains(name)) {
                rows(node, depth + 1);
            }
        }
    }

    void cells(const pugi::xml_node& parent, std::string& row, int depth) {
        check_depth(depth);
        for (const pugi::xml_node& node : parent.children()) {
            const std::string_view name = local_name(node);
            if (name == "tc") {
                std::string cell;
                cell_text(node, cell, depth + 1);
                std::replace_if(
                    cell.begin(), cell.end(), [](char c) { return c == '\n' || c == '\t'; }, ' ');
                row += cell + '\t';
            } else if (!kPassedOver.contains(name)) {
                cells(node, row, depth + 1);
            }
        }
    }

    // Its paragraphs, and those of tables in it, on one line.
    void cell_text(const pugi::xml_node& parent, std::string& cell, int depth) {
        check_depth(depth);
        for (const pugi::xml_node& node : parent.children()) {
            const std::string_view name = local_name(node);
            if (name == "p") {
                std::string text;
                inlines(node, text, depth + 1);
                if (!is_blank(text)) cell += (cell.empty() ? "" : " ") + text;
            } else if (!kPassedOver.contains(name)) {
                cell_text(node, cell, depth + 1);
            }
        }
    }

    // `tight`: no blank line to another such before it.
    void put(std::string text, bool heading, bool tight) {
        text.erase(text.find_last_not_of(" \t\n\r") + 1);
        if (is_blank(text)) return;
        if ((heading && has_text_) || section_.size() >= kUnbrokenBytes) end_section();
        if (!section_.empty()) section_ += tight && tight_ ? "\n" : "\n\n";
        section_ += text;
        tight_ = tight;
        has_text_ = has_text_ || !heading;
    }

    void end_section() {
        if (first_invalid_utf8(section_) != section_.size())
            fail({.kind = ErrorKind::malformed, .file = file_, .expected = "UTF-8", .found = "another encoding"});
        if (!section_.empty()) sections_.push_back(std::exchange(section_, {}));
        has_text_ = tight_ = false;
    }

    const HeadingStyles& headings_;
    const std::string& file_;
    std::string joined_, section_;
    bool has_text_ = false, tight_ = false;
    std::vector<std::string> sections_;
};

// The part that holds the text, as the package's relations name it.
std::string document_part(const DocxPackage& package) {
    const std::string kUsual = "word/document.xml", kRelations = "_rels/.rels";
    const auto xml = package.part(kRelations, kMostRelationBytes);
    if (!xml) return kUsual;
    pugi::xml_document relations;
    parse(relations, *xml, package.file(), kRelations);
    for (const pugi::xml_node& one : relations.document_element().children()) {
        const std::string target = attribute(one, "Target");
        if (!attribute(one, "Type").ends_with("/officeDocument") || target.empty()) continue;
        return target.substr(target.starts_with('/') ? 1 : 0);
    }
    return kUsual;
}

}  // namespace

std::vector<std::string> docx_sections(std::string bytes, const std::string& file) {
    const DocxPackage package(std::move(bytes), file);
    const std::string part = document_part(package);
    const auto xml = package.part(part, kMostDocumentBytes);
    if (!xml) fail({.kind = ErrorKind::malformed, .file = file, .expected = "a Word document", .found = "no " + part});
    HeadingStyles headings;
    const std::string styles_part = part.substr(0, part.rfind('/') + 1) + "styles.xml";
    if (const auto styles_xml = package.part(styles_part, kMostStyleBytes)) {
        pugi::xml_document styles;
        parse(styles, *styles_xml, file, styles_part);
        headings.read(styles.document_element());
    }
    pugi::xml_document document;
    parse(document, *xml, file, part);
    return DocxText(headings, file).sections(document.document_element());
}

}  // namespace lathe

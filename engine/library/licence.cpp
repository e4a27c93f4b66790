#include "engine/library/licence.h"

#include "engine/base/error.h"
#include "engine/base/files.h"
#include "engine/formats/folder_file.h"

namespace lathe {

namespace {

constexpr int64_t kTextLimit = 1 << 20;
constexpr size_t kShown = 80;
constexpr std::string_view kBlanks = " \t\r\"'";

// Without blanks and quotes around it.
std::string_view bare(std::string_view text) {
    const size_t begin = text.find_first_not_of(kBlanks);
    if (begin == std::string_view::npos) return {};
    return text.substr(begin, text.find_last_not_of(kBlanks) - begin + 1);
}

std::string_view next_line(std::string_view& text) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(text.size(), line.size() + 1));
    return line;
}

std::string read_text(const std::string& folder, const char* name) {
    std::string text;
    static_cast<void>(error_of([&] {
        require_inside(folder, name);
        text = read_file(folder + "/" + name, kTextLimit);
    }));
    return text;
}

}  // namespace

std::string licence_of_card(std::string_view card) {
    if (bare(next_line(card)) != "---") return "";
    std::string licence, name;
    bool in_list = false;  // "license:", then a line "- apache-2.0"
    while (!card.empty()) {
        const std::string_view line = next_line(card);
        if (bare(line) == "---") break;
        const std::string_view item = bare(line);
        if (in_list && item.starts_with("- ") && licence.empty()) licence = bare(item.substr(2));
        in_list = line.starts_with("license:") && bare(line.substr(8)).empty();
        if (line.starts_with("license:")) licence = bare(line.substr(8));
        if (line.starts_with("license_name:")) name = bare(line.substr(13));
    }
    return (licence == "other" && !name.empty() ? name : licence).substr(0, kShown);
}

std::string first_line(std::string_view text) {
    while (!text.empty())
        if (const std::string_view line = bare(next_line(text)); !line.empty())
            return std::string(line.substr(0, kShown));
    return "";
}

std::string licence_of_folder(const std::string& folder) {
    std::string licence = licence_of_card(read_text(folder, "README.md"));
    for (const char* name : {"LICENSE", "LICENSE.txt", "LICENSE.md"})
        if (licence.empty()) licence = first_line(read_text(folder, name));
    return licence;
}

}  // namespace lathe

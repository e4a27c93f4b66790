#include "engine/library/fetch_address.h"

#include <curl/curl.h>

#include <algorithm>
#include <sstream>
#include <vector>

#include "engine/base/error.h"
#include "engine/base/posix_file.h"
#include "engine/library/http.h"

namespace lathe {

namespace {

constexpr size_t kLongestName = 96;  // of an organisation or a model, as the site has it

[[noreturn]] void refuse(const std::string& what) {
    fail({.kind = ErrorKind::usage,
          .key = "what",
          .expected = "org/name, org/name/FILE.gguf, or the address of one of them or of a .gguf file",
          .found = "\"" + what.substr(0, 120) + "\""});
}

bool is_repository_part(const std::string& part) {
    return !part.empty() && part.size() <= kLongestName && part[0] != '.' &&
           std::all_of(part.begin(), part.end(), [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
                      c == '_' || c == '-';
           });
}

std::vector<std::string> split(const std::string& path) {
    std::vector<std::string> parts;
    std::istringstream stream(path);
    for (std::string part; std::getline(stream, part, '/');) parts.push_back(part);
    return parts;
}

std::string join(const std::vector<std::string>& parts, size_t first) {
    std::string path;
    for (size_t i = first; i < parts.size(); ++i) path += (i > first ? "/" : "") + parts[i];
    return path;
}

std::string encoded_path(const std::string& path) {
    std::vector<std::string> parts = split(path);
    for (std::string& part : parts) part = percent_encoded(part);
    return join(parts, 0);
}

std::string decoded(const std::string& text) {
    int size = 0;
    char* plain = curl_easy_unescape(nullptr, text.data(), static_cast<int>(text.size()), &size);
    std::string result(plain ? plain : "", plain ? static_cast<size_t>(size) : 0);
    curl_free(plain);
    return result;
}

std::string bare(std::string mirror) {
    while (mirror.ends_with('/')) mirror.pop_back();
    return mirror;
}

// "https://huggingface.co/org/name/blob/main/x.gguf?download=true" → "org/name/blob/main/x.gguf"; "" for another
// site's.
std::string path_on_site(const std::string& address, const std::string& mirror) {
    for (const std::string& site : {bare(mirror), std::string("https://huggingface.co"), std::string("https://hf.co")})
        if (address.starts_with(site + "/")) {
            const std::string path = address.substr(site.size() + 1);
            return decoded(path.substr(0, path.find_first_of("?#")));
        }
    return "";
}

FetchTarget parse_address(const std::string& what, const std::string& mirror) {
    origin_of(what);
    const std::vector<std::string> parts = split(path_on_site(what, mirror));
    if (parts.size() >= 4 && (parts[2] == "tree" || parts[2] == "blob" || parts[2] == "resolve"))
        return {.repository = parts[0] + "/" + parts[1], .revision = parts[3], .file = join(parts, 4)};
    const bool is_file = what.substr(0, what.find_first_of("?#")).ends_with(".gguf");
    if (parts.size() == 2 && !is_file) return {.repository = join(parts, 0)};
    if (!is_file) refuse(what);
    return {.address = what};
}

}  // namespace

FetchTarget parse_target(const std::string& what, const std::string& mirror) {
    FetchTarget target;
    if (what.find("://") != std::string::npos) {
        target = parse_address(what, mirror);
        if (target.repository.empty()) return target;
    } else {
        const size_t at = what.rfind('@');
        const std::vector<std::string> parts = split(what.substr(0, at));
        if (parts.size() < 2) refuse(what);
        target.repository = parts[0] + "/" + parts[1];
        target.file = join(parts, 2);
        if (at != std::string::npos) target.revision = what.substr(at + 1);
    }
    const std::vector<std::string> names = split(target.repository);
    if (names.size() != 2 || !is_repository_part(names[0]) || !is_repository_part(names[1])) refuse(what);
    if (!is_plain_path(target.revision) || target.revision.size() > 200) refuse(what);
    if (!target.file.empty() && (!is_plain_path(target.file) || !target.file.ends_with(".gguf"))) refuse(what);
    return target;
}

std::string local_name(const std::string& name, const std::string& source) {
    const bool is_printable = std::none_of(name.begin(), name.end(), [](unsigned char c) { return c < 0x20; });
    if (!is_plain_path(name) || !is_printable)
        fail({.kind = ErrorKind::malformed,
              .file = source,
              .key = "path",
              .expected = "a name inside the folder",
              .found = "\"" + name.substr(0, 80) + "\""});
    return name.substr(name.rfind('/') + 1);
}

std::string repository_address(const std::string& mirror, const FetchTarget& target) {
    return bare(mirror) + "/api/models/" + target.repository + "/revision/" + percent_encoded(target.revision);
}

std::string listing_address(const std::string& mirror, const std::string& repository, const std::string& commit) {
    return bare(mirror) + "/api/models/" + repository + "/tree/" + commit + "?recursive=true";
}

std::string file_address(const std::string& mirror, const std::string& repository, const std::string& commit,
                         const std::string& file) {
    return bare(mirror) + "/" + repository + "/resolve/" + commit + "/" + encoded_path(file);
}

}  // namespace lathe

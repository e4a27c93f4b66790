// What a fetch asks for, and the addresses of Hugging Face's site for it. Source: huggingface_hub 1.x, hf_api.py,
// file_download.py. Any thread.
#pragma once

#include <string>

namespace lathe {

struct FetchTarget {
    std::string repository;         // "org/name"; "": a file at a single address
    std::string revision = "main";  // branch, tag or commit
    std::string file;               // the one GGUF wanted; "": a Hugging Face folder
    std::string address;            // of a single file
};

// Of "org/name", "org/name/FILE.gguf", either with "@revision"; of a repository's, folder's or file's page on
// huggingface.co or the mirror; of an address ending in .gguf. usage for anything else.
FetchTarget parse_target(const std::string& what, const std::string& mirror);
// The file's own name, to be written under: "Q4/qwen.gguf" → "qwen.gguf". malformed where a name from outside is no
// relative path of plain components, or has control characters; `source` is named.
std::string local_name(const std::string& name, const std::string& source);

std::string repository_address(const std::string& mirror, const FetchTarget& target);  // JSON: sha, cardData
std::string listing_address(const std::string& mirror, const std::string& repository, const std::string& commit);
std::string file_address(const std::string& mirror, const std::string& repository, const std::string& commit,
                         const std::string& file);

}  // namespace lathe

#include "engine/formats/folder_file.h"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <system_error>

#include "engine/base/error.h"

namespace lathe {

namespace {

namespace fs = std::filesystem;

// Of a folder in CACHE/snapshots/REVISION: CACHE/blobs. Else "".
fs::path blobs_of(const fs::path& home) {
    for (fs::path at = home; at.has_relative_path(); at = at.parent_path())
        if (at.parent_path().filename() == "snapshots") return at.parent_path().parent_path() / "blobs";
    return {};
}

// A line to copy into a shell holds no name that could mean anything there.
bool is_plain(const std::string& name) {
    return name.size() <= 64 && name[0] != '-' && std::all_of(name.begin(), name.end(), [](unsigned char c) {
               return (c < 0x80 && std::isalnum(c)) || c == '.' || c == '_' || c == '-';
           });
}

}  // namespace

void require_inside(const std::string& folder, const std::string& name) {
    const std::string path = folder + "/" + name;
    std::error_code error;
    const fs::path target = fs::canonical(path, error);
    if (error == std::errc::no_such_file_or_directory) fail({.kind = ErrorKind::not_found, .file = path});
    if (error) fail({.kind = ErrorKind::unreadable, .file = path, .found = error.message()});
    const fs::path home = fs::canonical(folder, error);
    if (error) fail({.kind = ErrorKind::unreadable, .file = folder, .found = error.message()});
    if (target.parent_path() != home && target.parent_path() != blobs_of(home)) {
        fail({.kind = ErrorKind::unsupported,
              .file = path,
              .expected = "a file in its folder",
              .found = "a link that leads out of it"});
    }
}

bool is_inside(const std::string& folder, const std::string& name) {
    return !error_of([&] { require_inside(folder, name); });
}

void fail_pickle(const std::string& folder, const std::string& pickle, const std::string& wanted) {
    fail({.kind = ErrorKind::unsupported,
          .file = folder + "/" + pickle,
          .expected = wanted +
                      ": python -c \"import torch, safetensors.torch as s; s.save_file({k: v.contiguous().clone() "
                      "for k, v in torch.load('" +
                      (is_plain(pickle) ? pickle : "FILE") + "', 'cpu', weights_only=True).items()}, '" + wanted +
                      "', {'format': 'pt'})\"",
          .found = "an executable format"});
}

}  // namespace lathe

#include "engine/formats/planned_file.h"

#include <filesystem>
#include <system_error>
#include <utility>

#include "engine/base/error.h"
#include "engine/base/files.h"

namespace lathe {

namespace {

constexpr int64_t kCopyLimit = 256LL << 20;

std::string write_bytes(const std::string& path, const std::string& bytes, const WriteProgress& progress) {
    OutputFile output(path);
    output.write(bytes.data(), static_cast<int64_t>(bytes.size()));
    const std::string hash = output.finish();
    if (progress && !progress(output.size())) fail({.kind = ErrorKind::cancelled, .file = path});
    return hash;
}

}  // namespace

PlannedFile text_file(std::string name, std::string text) {
    const auto bytes = static_cast<int64_t>(text.size());
    return {.name = std::move(name),
            .bytes = bytes,
            .write = [text = std::move(text)](const std::string& path, const WriteProgress& progress) {
                return write_bytes(path, text, progress);
            }};
}

PlannedFile copied_file(const std::string& folder, const std::string& name) {
    const std::string from = folder + "/" + name;
    std::error_code error;
    const auto bytes = static_cast<int64_t>(std::filesystem::file_size(from, error));
    if (error) fail({.kind = ErrorKind::not_found, .file = from});
    return {.name = name, .bytes = bytes, .write = [from](const std::string& path, const WriteProgress& progress) {
                return write_bytes(path, read_file(from, kCopyLimit), progress);
            }};
}

int64_t total_bytes(const std::vector<PlannedFile>& files) {
    int64_t sum = 0;
    for (const PlannedFile& file : files) sum += file.bytes;
    return sum;
}

std::map<std::string, std::string> write_files(const std::vector<PlannedFile>& files, const std::string& folder,
                                               const WriteProgress& progress) {
    std::map<std::string, std::string> hashes;
    int64_t done = 0;
    for (const PlannedFile& file : files) {
        hashes[file.name] = file.write(folder + "/" + file.name,
                                       [&](int64_t written) { return !progress || progress(done + written); });
        done += file.bytes;
    }
    return hashes;
}

}  // namespace lathe

#include "engine/base/resources.h"

#include <cstdlib>
#include <filesystem>

namespace lathe {

std::string resource_folder() {
    if (const char* named = std::getenv("LATHE_RESOURCES"); named != nullptr && *named != '\0') return named;
    std::error_code missing;
    const auto program = std::filesystem::read_symlink("/proc/self/exe", missing);
    const auto beside = program.parent_path().parent_path() / "share/lathe";
    if (!missing && std::filesystem::is_directory(beside, missing)) return beside;
    return LATHE_RESOURCE_DIR;
}

}  // namespace lathe

#include "engine/library/fetch_parts.h"

#include <algorithm>
#include <filesystem>

#include "engine/base/error.h"
#include "engine/base/files.h"
#include "engine/library/fetch_address.h"

namespace lathe {

namespace fs = std::filesystem;

namespace {

constexpr int64_t kPlanLimit = 1 << 16;

}  // namespace

HttpSettings http_settings(const FetchRequest& request) {
    if (!request.allow)
        fail({.kind = ErrorKind::usage,
              .key = "downloads",
              .expected = "them switched on in the settings",
              .found = "them switched off"});
    return {.proxy = request.proxy,
            .token = request.token,
            .token_origin = origin_of(request.mirror),
            .connect_timeout_ms = request.connect_timeout_ms,
            .stall_timeout_s = request.stall_timeout_s};
}

std::string part_folder(const FetchPlan& plan) {
    const fs::path folder(plan.folder);
    return (folder.parent_path() / ("." + folder.filename().string() + ".part")).string();
}

std::string part_identity(const FetchRequest& request, const FetchPlan& plan) {
    if (plan.revision.empty()) return "";
    return (plan.repository.empty() ? request.what : plan.repository) + "\n" + plan.revision + "\n";
}

int64_t part_bytes(const FetchRequest& request, const FetchPlan& plan) {
    const std::string folder = part_folder(plan);
    std::string found;
    static_cast<void>(error_of([&] { found = read_file(folder + "/plan", kPlanLimit); }));
    if (found.empty() || found != part_identity(request, plan)) return 0;
    int64_t bytes = 0;
    for (const FetchFile& file : plan.files) {
        std::error_code error;
        const auto size = fs::file_size(folder + "/files/" + local_name(file.name, plan.folder), error);
        if (!error) bytes += std::min(static_cast<int64_t>(size), file.bytes);
    }
    return bytes;
}

}  // namespace lathe

// The workspace as a whole.
#include <algorithm>
#include <array>

#include "engine/base/error.h"
#include "engine/commands.h"
#include "engine/store/database.h"
#include "engine/train/checkpoint.h"
#include "engine/train/workspace.h"

namespace lathe {

namespace {

// What keeps Lathe from writing and not from reading.
bool still_readable(ErrorKind kind) {
    constexpr std::array kKinds = {ErrorKind::locked, ErrorKind::unsupported, ErrorKind::unwritable,
                                   ErrorKind::disk_full, ErrorKind::io};
    return std::find(kKinds.begin(), kKinds.end(), kind) != kKinds.end();
}

// Opens it for that.
std::vector<std::string> interrupted_runs(const CommandContext& context) {
    std::vector<std::string> runs;
    for (const RunRecord& run : context.store(Store::Mode::read_write)->list_runs())
        if (run.state == RunState::interrupted && !list_checkpoints(context.workspace + "/runs/" + run.id).empty())
            runs.push_back(run.id);
    return runs;
}

}  // namespace

EventBody run_command(const OpenWorkspace& command, const CommandContext& context) {
    WorkspaceOpened opened{.folder = context.workspace, .threads = context.threads, .interrupted = {}};
    try {
        const auto damage = error_of([&] { opened.interrupted = interrupted_runs(context); });
        if (damage && !is_damage(*damage)) fail(*damage);
        // Reading came upon a broken page: opened once more, there is a new database of what can be read.
        if (damage) opened.interrupted = interrupted_runs(context);
    } catch (const Exception& exception) {
        if (!command.read_only_too || !still_readable(exception.error().kind)) throw;
        opened.read_only = exception.error();
        return opened;
    }
    if (const auto recovery = context.recovery ? context.recovery() : std::nullopt) {
        opened.damaged_database = recovery->damaged;
        opened.recovered_runs = recovery->runs;
    }
    return opened;
}

}  // namespace lathe

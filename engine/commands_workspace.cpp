// The workspace as a whole.
#include "engine/commands.h"
#include "engine/train/checkpoint.h"
#include "engine/train/workspace.h"

namespace lathe {

EventBody run_command(const OpenWorkspace&, const CommandContext& context) {
    WorkspaceOpened opened{.folder = context.workspace, .threads = context.threads, .interrupted = {}};
    for (const RunRecord& run : context.store(Store::Mode::read_write)->list_runs())
        if (run.state == RunState::interrupted && !list_checkpoints(context.workspace + "/runs/" + run.id).empty())
            opened.interrupted.push_back(run.id);
    return opened;
}

}  // namespace lathe

#include "engine/commands.h"

#include "engine/base/error.h"

namespace lathe {

bool CommandContext::progress(const Progress& progress) const {
    check();
    emit(progress);
    return true;
}

void CommandContext::check() const {
    if (!go_on()) fail({.kind = ErrorKind::cancelled});
}

void CommandContext::tell(const LoadedModel& loaded) const {
    if (!loaded.differences.empty())
        emit(Notice{.kind = "tensors_differ", .text = differences_text(loaded.differences, kNamedTensors)});
    if (!loaded.other_base.empty()) emit(Notice{.kind = "base_differs", .text = loaded.other_base});
}

EventBody run_any_command(const Command& command, const CommandContext& context) {
    const auto run = [&](const auto& one) -> EventBody {
        if constexpr (requires { run_command(one, context); })
            return run_command(one, context);
        else
            fail({.kind = ErrorKind::internal, .key = "a command came to the wrong place"});
    };
    return std::visit(run, command);
}

}  // namespace lathe

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

void CommandContext::tell(const std::vector<TensorDifference>& differences) const {
    if (!differences.empty())
        emit(Notice{.kind = "tensors_differ", .text = differences_text(differences, kNamedTensors)});
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

// The library: models on this disk, one of them in full, and models fetched on the user's word. Files alone.
#include "engine/base/error.h"
#include "engine/commands.h"
#include "engine/library/fetch.h"
#include "engine/library/inspect.h"
#include "engine/library/scan.h"
#include "engine/model_source.h"

namespace lathe {

namespace {

FetchRequest request_of(const FetchWish& wish, const CommandContext& context) {
    FetchRequest request{.what = wish.what,
                         .folder = context.workspace + "/models",
                         .allow = wish.allowed,
                         .proxy = wish.proxy,
                         .token = wish.token};
    if (!wish.mirror.empty()) request.mirror = wish.mirror;
    return request;
}

}  // namespace

EventBody run_command(const ListModels&, const CommandContext& context) {
    return ModelsListed{scan_models(known_places(context.workspace))};
}

EventBody run_command(const InspectModel& command, const CommandContext& context) {
    ModelDetail detail = inspect_model(command.path);
    if (detail.entry.kind == "adapter")
        detail.entry.base_is_there = !error_of([&] { with_base(command.path, context.workspace); });
    return ModelInspected{std::move(detail)};
}

EventBody run_command(const DescribeTensor& command, const CommandContext& context) {
    return TensorDescribed{.path = command.path,
                           .tensor = command.tensor,
                           .histogram = tensor_histogram(command.path, command.tensor,
                                                         [&](int64_t /*elements*/) { return context.go_on(); })};
}

EventBody run_command(const PlanFetch& command, const CommandContext& context) {
    return FetchPlanned{plan_fetch(request_of(command.wish, context), context.go_on)};
}

EventBody run_command(const FetchModel& command, const CommandContext& context) {
    const FetchRequest request = request_of(command.wish, context);
    const FetchPlan plan = command.plan ? *command.plan : plan_fetch(request, context.go_on);
    fetch(request, plan, [&](int64_t bytes) {
        context.emit(Progress{.what = "fetch",
                              .unit = "bytes",
                              .done = static_cast<double>(bytes),
                              .total = static_cast<double>(plan.total)});
        return context.go_on();
    });
    return FetchDone{plan.folder};
}

}  // namespace lathe

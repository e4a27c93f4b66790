#include "engine/train/switch_costs.h"

#include <string>

#include "engine/base/switches.h"

namespace lathe {

std::vector<SwitchCost> switch_costs(const CostBase& base) {
    std::vector<SwitchCost> costs;
    for (const std::string_view name : switch_names()) {
        SwitchCost cost{.name = std::string(name), .on = switch_is_on(base.config, base.model, name)};
        const SwitchedOver other = switched_over(base.config, base.model, name);
        cost.refused = other.refused;
        if (!other.refused) {
            const auto more = base.difference(other.config, CostBase::Time::by_kernels);
            cost.bytes = more.bytes;
            cost.time_ratio = more.time_ratio;
            cost.kv_bytes_per_token = more.kv_bytes_per_token;
            cost.chat_bytes = more.chat_bytes;
        }
        costs.push_back(std::move(cost));
    }
    return costs;
}

}  // namespace lathe

#include "engine/session_workspace.h"

namespace lathe {

Workspace& SessionWorkspace::open() {
    const std::lock_guard lock(mutex_);
    if (!workspace_) workspace_.emplace(folder_);
    if (workspace_->store().is_damaged()) workspace_->store().flush();
    return *workspace_;
}

std::shared_ptr<Store> SessionWorkspace::store(Store::Mode mode) {
    if (mode == Store::Mode::read_write) open();
    const std::lock_guard lock(mutex_);
    if (!workspace_) return std::make_shared<Store>(folder_ + "/lathe.db", Store::Mode::read_only);
    return {std::shared_ptr<void>(), &workspace_->store()};  // lives as long as the session
}

std::optional<Recovery> SessionWorkspace::recovery() {
    const std::lock_guard lock(mutex_);
    return workspace_ ? workspace_->recovery() : std::nullopt;
}

std::shared_ptr<void> SessionWorkspace::hold_run(const std::string& run) {
    const std::lock_guard lock(held_mutex_);
    held_.insert(run);
    return {nullptr, [this, run](void*) {
                const std::lock_guard release(held_mutex_);
                held_.erase(held_.find(run));
            }};
}

bool SessionWorkspace::is_held(const std::string& run) {
    const std::lock_guard lock(held_mutex_);
    return held_.count(run) > 0;
}

}  // namespace lathe

// The workspace of a session: opened by the first command that writes there, then held, lock and store, until the
// session ends. Any thread.
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>

#include "engine/data/survey.h"
#include "engine/train/workspace.h"

namespace lathe {

class SessionWorkspace {
public:
    explicit SessionWorkspace(std::string folder) : folder_(std::move(folder)) {}

    // A database that was found damaged in use is recovered. Errors: those of Workspace.
    Workspace& open();
    // read_write opens the workspace. read_only takes no lock: the open workspace's store, or where none is open one of
    // the caller's own (not_found without a database).
    std::shared_ptr<Store> store(Store::Mode mode);
    // While what it returns lives, the run trains or answers, and its folder stays where it is.
    std::shared_ptr<void> hold_run(const std::string& run);
    bool is_held(const std::string& run);
    // What is known of data files.
    SurveyMemory& surveys() { return surveys_; }
    // Of the open workspace.
    std::optional<Recovery> recovery();

private:
    std::string folder_;
    std::mutex mutex_;
    std::optional<Workspace> workspace_;
    std::mutex held_mutex_;
    std::multiset<std::string> held_;
    SurveyMemory surveys_;
};

}  // namespace lathe

// The data sets of a workspace: datasets/NAME/vN/, and loose datasets/NAME.jsonl (tables of examples). What is thrown
// away goes to trash/datasets/ under the same names and comes back from there; a version's number is not given twice
// while one of it is on either side. Any thread; who writes holds the workspace.
#pragma once

#include <string>
#include <vector>

#include "engine/base/dataset.h"

namespace lathe {

class DatasetShelf {
public:
    explicit DatasetShelf(std::string workspace) : workspace_(std::move(workspace)) {}

    // By name, those that are folders first. One that is wrong has its problem; never fails.
    std::vector<DatasetEntry> list(bool trashed) const;
    // Folder of the version that is to be written next: .../NAME/vN. Errors: usage for a bad name.
    std::string next_version(const std::string& name) const;
    // The set as it is there. not_found.
    DatasetEntry find(const std::string& name, bool trashed) const;
    // Into the trash or out of it: a version, or all of them ("") . Errors: not_found; unwritable where one of that
    // name is there already.
    DatasetEntry move(const std::string& name, const std::string& version, bool restore) const;
    // Deletes what is in it, for good. Errors: unwritable.
    void empty_trash() const;

private:
    std::string place(bool trashed) const;

    std::string workspace_;
};

}  // namespace lathe

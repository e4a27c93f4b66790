// Which files of a model's folder may be read: a link may lead to a file of the same folder, or out of
// snapshots/REVISION into the blobs/ beside it, as in a Hugging Face cache, and nowhere else. Any thread.
#pragma once

#include <string>

namespace lathe {

// Errors: not_found, unreadable, unsupported (a link that leads out).
void require_inside(const std::string& folder, const std::string& name);
// That FOLDER/NAME is there and may be read.
bool is_inside(const std::string& folder, const std::string& name);
// FOLDER/pickle, a format that executes what it holds, is there and FOLDER/wanted is not: `unsupported`, with the line
// that makes the one from the other where torch is at hand.
[[noreturn]] void fail_pickle(const std::string& folder, const std::string& pickle, const std::string& wanted);

}  // namespace lathe

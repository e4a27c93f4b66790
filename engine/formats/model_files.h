// What is the same for every folder of a model or an adapter: no link leads out of it, and no pickle is loaded. Any
// thread.
#pragma once

#include <string>

namespace lathe {

// Errors: not_found; unreadable; unsupported where FOLDER/name is a link that leads out of the folder. Into the blobs
// of a Hugging Face cache it may.
void refuse_escape(const std::string& folder, const std::string& name);
// FOLDER/pickle, a format that executes what it holds, is there and FOLDER/wanted is not: `unsupported`, with the line
// that makes the one from the other where torch is at hand.
[[noreturn]] void fail_pickle(const std::string& folder, const std::string& pickle, const std::string& wanted);

}  // namespace lathe

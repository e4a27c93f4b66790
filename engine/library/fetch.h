// Models from Hugging Face's site, a mirror of it, or an address, on the user's word alone: first a plan with licence,
// files and sizes, then the fetch of just that. A fetch that was cut off goes on where it ended; each file with a known
// sha256 is checked; the model's folder appears whole or not at all. Until then the parts lie in
// FOLDER/.NAME.part/{plan, files/}. Any thread; calls block.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "engine/base/model_entry.h"

namespace lathe {

struct FetchRequest {
    std::string what;    // fetch_address.h
    std::string folder;  // that the model's own folder is made in
    std::string name;    // of that; "": as the repository or the GGUF is called
    bool allow = false;  // the switch of the settings
    std::string mirror = "https://huggingface.co";
    std::string proxy;  // "": the environment's
    std::string token;  // "": none; the mirror alone sees it
    int64_t connect_timeout_ms = 15'000;
    int64_t stall_timeout_s = 60;
};

// Of a repository what Lathe opens (config, safetensors, tokenizer, chat template, card, licence), never a pickle or a
// program; of a GGUF repository the one file named. `keep_going` is asked at least once a second; false cancels.
// Errors: usage (downloads are switched off; not a name; several GGUFs, listed); not_found; unreadable, key "access" or
// "connection"; malformed (an answer, a path that leads out); unsupported (no weights that Lathe opens); unwritable
// (the folder is already there); too_large; cancelled.
FetchPlan plan_fetch(const FetchRequest& request, const std::function<bool()>& keep_going = {});

// Fetches the plan; plan.folder is there afterwards. `progress` gets the bytes that are there, of plan.total, at least
// once a second; false cancels and leaves the parts for the next time. Errors besides plan_fetch's: mismatch (a length
// other than planned, a wrong sha256: that part is deleted); disk_full; locked (another fetch of the same).
void fetch(const FetchRequest& request, const FetchPlan& plan, const std::function<bool(int64_t)>& progress = {});

}  // namespace lathe

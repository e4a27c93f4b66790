// The command line of lathe-cli: words to a Command of the session. Main thread.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "engine/session.h"

namespace CLI {  // NOLINT(readability-identifier-naming): CLI11's own name
class App;
}

namespace lathe {

struct CliRequest {
    Command command;
    SessionOptions session;
    bool json = false;
    bool watch = false;      // runs watch: show again and again until the run ends
    bool prove = false;      // an export is read back when it is written
    std::string proof_text;  // over this file
};

// Fills `request` when one of the app's commands is parsed. Wrong words are CLI::ParseError or Exception (usage, naming
// the option).
void add_commands(CLI::App& app, CliRequest& request);

}  // namespace lathe

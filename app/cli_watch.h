// runs watch: follows a run that this or another program trains, in short readings of the record. On a terminal it is
// drawn anew where it stands, else each change is a line; with --json each is an object. Ends when the run ends, or
// with 130 when *interrupted. Main thread.
#pragma once

#include <csignal>

#include "app/cli_commands.h"

namespace lathe {

int watch_run(const CliRequest& request, const volatile std::sig_atomic_t& interrupted);

}  // namespace lathe

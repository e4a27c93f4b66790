// The files that come with the program: presets, samples, the starter model. Any thread.
#pragma once

#include <string>

namespace lathe {

// LATHE_RESOURCES where it is set; else ../share/lathe beside the program, where an archive has them; else those of the
// source tree that the program was built from.
std::string resource_folder();

}  // namespace lathe

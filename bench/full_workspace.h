// A workspace as long use leaves it, for the benches of the window.
#pragma once

#include <cstdint>
#include <string>

namespace lathe {

// Finished runs of as many steps as `rows`, every step measured whole, with two checkpoint folders each (empty ones:
// the window counts them and reads nothing); with `longest` one more, the newest, of so many steps. A workspace that
// holds runs is left as it is.
void fill_workspace(const std::string& folder, int runs, int64_t rows, int64_t longest = 0);

}  // namespace lathe

// The 256 values of bitsandbytes' 8-bit data type, finest around 0: seven decades below 1, the i-th with 2^i values
// (signed, each sign) or 2^(i+1) (unsigned), the middles of equal parts of [0.1, 1] times 10^(i-6); and 0 and 1
// (arXiv 2110.02861; bitsandbytes functional.py, create_dynamic_map). Any thread.
#pragma once

#include <array>

namespace lathe {

const std::array<float, 256>& dynamic_map();           // from -0.993 to 1
const std::array<float, 256>& unsigned_dynamic_map();  // from 0 to 1

}  // namespace lathe

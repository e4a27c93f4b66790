// Any thread.
#pragma once

namespace lathe {

// Since the kernel made this process, in its clock ticks of 10 ms (proc(5), starttime).
double process_age_ms();

}  // namespace lathe

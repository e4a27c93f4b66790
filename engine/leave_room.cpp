#include "engine/leave_room.h"

#include <sched.h>

#include <algorithm>

#include "engine/model/parallel.h"

namespace lathe {

void schedule_behind_others(bool on) {
    const sched_param none{};
    sched_setscheduler(0, on ? SCHED_BATCH : SCHED_OTHER, &none);
}

int threads_to_use(int wished, bool leaves_room) {
    const int all = wished > 0 ? wished : physical_cores();
    return leaves_room ? std::max(1, all / 2) : all;
}

}  // namespace lathe

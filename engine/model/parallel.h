// Parallel loops of the engine on its own small pool. Pieces come from an atomic counter, and a loop ends when its
// pieces are done: it never waits for a thread that the system has not woken yet, so a busy machine costs no more than
// its cores (an OpenMP barrier would wait for every thread). Results must not depend on which thread ran a piece.
// LibTorch's own pool is kept at one thread. Thread: engine only; loops do not nest.
#pragma once

#include <cstdint>
#include <functional>

#include "kernels/shapes.h"

namespace lathe {

void set_threads(int threads);
int threads();
// Physical cores of this machine that this process may use.
int physical_cores();
// Calls body on ranges that together cover [0, tasks), `grain` tasks at a time. The first exception of body is
// rethrown.
void parallel_for(int64_t tasks, int64_t grain, const std::function<void(Range)>& body);

}  // namespace lathe

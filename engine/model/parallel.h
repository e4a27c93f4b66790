// Parallel loops on LibTorch's thread pool. Tasks come from an atomic counter, so uneven ones balance; results must not depend on which
// thread ran a task. Thread: engine only; loops do not nest.
#pragma once

#include <cstdint>
#include <functional>

#include "kernels/shapes.h"

namespace lathe {

void set_threads(int threads);
int threads();
// Physical cores of this machine that this process may use.
int physical_cores();
// Calls body on ranges that together cover [0, tasks), `grain` tasks at a time. An exception of body is rethrown.
void parallel_for(int64_t tasks, int64_t grain, const std::function<void(Range)>& body);

}  // namespace lathe

#include "engine/model/parallel.h"

#include <ATen/Parallel.h>
#include <sched.h>

#include <algorithm>
#include <atomic>
#include <fstream>
#include <set>
#include <string>

namespace lathe {

void set_threads(int threads) { at::set_num_threads(std::max(1, threads)); }
int threads() { return at::get_num_threads(); }

int physical_cores() {
    cpu_set_t allowed;
    CPU_ZERO(&allowed);
    if (sched_getaffinity(0, sizeof allowed, &allowed) != 0) return 1;
    std::set<std::string> cores;
    for (int cpu = 0; cpu < CPU_SETSIZE; ++cpu) {
        if (!CPU_ISSET(cpu, &allowed)) continue;
        std::ifstream siblings("/sys/devices/system/cpu/cpu" + std::to_string(cpu) + "/topology/thread_siblings_list");
        std::string name;
        if (!(siblings >> name)) name = "cpu" + std::to_string(cpu);
        cores.insert(name);
    }
    return std::max<int>(1, static_cast<int>(cores.size()));
}

void parallel_for(int64_t tasks, int64_t grain, const std::function<void(Range)>& body) {
    if (tasks <= 0) return;
    grain = std::max<int64_t>(1, grain);
    const int64_t pieces = (tasks + grain - 1) / grain;
    const int64_t workers = std::min<int64_t>(pieces, at::get_num_threads());
    if (workers <= 1) {
        body({0, tasks});
        return;
    }
    std::atomic<int64_t> next{0};
    at::parallel_for(0, workers, 1, [&](int64_t, int64_t) {
        for (int64_t piece = next++; piece < pieces; piece = next++) {
            body({piece * grain, std::min(tasks, (piece + 1) * grain)});
        }
    });
}

}  // namespace lathe

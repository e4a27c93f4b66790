#include "engine/base/process_age.h"

#include <unistd.h>

#include <ctime>
#include <fstream>
#include <sstream>
#include <string>

namespace lathe {

double process_age_ms() {
    constexpr int kStartTime = 22;  // fields count from 1; the second, the program's name, may hold blanks
    std::string stat, field;
    std::getline(std::ifstream("/proc/self/stat"), stat);
    std::istringstream fields(stat.substr(stat.rfind(')') + 2));
    for (int i = 3; i <= kStartTime; ++i) fields >> field;
    timespec now{};
    clock_gettime(CLOCK_BOOTTIME, &now);
    const double age_s = static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec) -
                         std::stod(field) / static_cast<double>(sysconf(_SC_CLK_TCK));
    return 1000 * age_s;
}

}  // namespace lathe

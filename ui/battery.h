// Where the machine's power comes from (kernel.org, Documentation/ABI/testing/sysfs-class-power). Any thread.
#pragma once

#include <QString>

namespace lathe {

// True where a mains supply is there and off, or a battery runs down and no mains supply is on. False on a machine that
// tells nothing.
bool on_battery(const QString& folder = QStringLiteral("/sys/class/power_supply"));

}  // namespace lathe

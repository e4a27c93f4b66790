#include "ui/battery.h"

#include <QDir>
#include <QFile>

namespace lathe {

namespace {

QString read_word(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QString::fromLatin1(file.read(64)).trimmed() : QString();
}

}  // namespace

bool on_battery(const QString& folder) {
    bool mains = false, discharging = false;
    const QDir supplies(folder);
    for (const QString& name : supplies.entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        const QString supply = supplies.filePath(name);
        const QString type = read_word(supply + QStringLiteral("/type"));
        if (type == QLatin1String("Battery")) {
            // A mouse has a battery too, which says that it powers a device.
            const bool of_device = read_word(supply + QStringLiteral("/scope")) == QLatin1String("Device");
            discharging = discharging ||
                          (!of_device && read_word(supply + QStringLiteral("/status")) == QLatin1String("Discharging"));
        } else if (type == QLatin1String("Mains") || type == QLatin1String("USB")) {
            if (read_word(supply + QStringLiteral("/online")) == QLatin1String("1")) return false;
            mains = mains || type == QLatin1String("Mains");
        }
    }
    return mains || discharging;
}

}  // namespace lathe

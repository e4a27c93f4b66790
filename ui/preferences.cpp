#include "ui/preferences.h"

#include <algorithm>

namespace lathe {

namespace {

QString key_of(const char* name) {
    return QStringLiteral("program/") + QLatin1String(name);
}
QStringList close_words() {
    return {QStringLiteral("ask"), QStringLiteral("tray"), QStringLiteral("stop")};
}

}  // namespace

OnClose Preferences::on_close() const {
    return static_cast<OnClose>(
        std::max<qsizetype>(0, close_words().indexOf(settings_.value(key_of("on_close")).toString())));
}

void Preferences::set_on_close(OnClose choice) {
    if (choice == on_close()) return;
    settings_.setValue(key_of("on_close"), close_words()[static_cast<int>(choice)]);
    Q_EMIT changed();
}

bool Preferences::flag(const char* name, bool standard) const {
    return settings_.value(key_of(name), standard).toBool();
}

void Preferences::set_flag(const char* name, bool on) {
    if (settings_.contains(key_of(name)) && settings_.value(key_of(name)).toBool() == on) return;
    settings_.setValue(key_of(name), on);
    Q_EMIT changed();
}

}  // namespace lathe

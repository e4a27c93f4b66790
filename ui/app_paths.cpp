#include "ui/app_paths.h"

#include <QCryptographicHash>
#include <QStandardPaths>
#include <filesystem>

namespace lathe {

QString workspace_settings_file(const AppPaths& paths) {
    std::error_code none;
    const std::string real = std::filesystem::weakly_canonical(paths.workspace.toStdString(), none).string();
    const QByteArray path = none ? paths.workspace.toUtf8() : QByteArray::fromStdString(real);
    const QByteArray name = QCryptographicHash::hash(path, QCryptographicHash::Sha256).toHex().left(16);
    return QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation) +
           QStringLiteral("/lathe/workspaces/") + QString::fromLatin1(name) + QStringLiteral(".ini");
}

}  // namespace lathe

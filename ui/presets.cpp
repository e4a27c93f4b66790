#include "ui/presets.h"

#include <QDir>
#include <QRegularExpression>

#include "engine/base/files.h"

namespace lathe {

namespace {

constexpr int kLongestName = 80;

QString own_folder(const AppPaths& paths) {
    return paths.workspace + QStringLiteral("/presets");
}

void add_folder(const QString& folder, bool own, std::vector<Preset>& presets) {
    for (const QFileInfo& file :
         QDir(folder).entryInfoList({QStringLiteral("*.json")}, QDir::Files | QDir::Readable, QDir::Name)) {
        Preset preset{.name = file.completeBaseName(), .file = file.absoluteFilePath(), .own = own};
        try {
            preset.config = read_run_config(preset.file.toStdString());
        } catch (const Exception& exception) {
            preset.error = exception.error();
        }
        presets.push_back(std::move(preset));
    }
}

}  // namespace

std::vector<Preset> list_presets(const AppPaths& paths) {
    std::vector<Preset> presets;
    add_folder(paths.presets, false, presets);
    add_folder(own_folder(paths), true, presets);
    return presets;
}

bool is_preset_name(const QString& name) {
    static const QRegularExpression forbidden(QStringLiteral(R"([/\\:*?"<>|\x00-\x1f])"));
    return !name.trimmed().isEmpty() && name.size() <= kLongestName && !name.startsWith(QLatin1Char('.')) &&
           !name.contains(forbidden);
}

QString own_preset_file(const AppPaths& paths, const QString& name) {
    return own_folder(paths) + QLatin1Char('/') + name.trimmed() + QStringLiteral(".json");
}

std::optional<RunConfig> save_preset(const AppPaths& paths, const QString& name, const RunConfig& config) {
    const std::string file = own_preset_file(paths, name).toStdString();
    std::optional<RunConfig> before;
    static_cast<void>(error_of([&] { before = read_run_config(file); }));
    try {
        make_folders(own_folder(paths).toStdString());
        write_file_durably(file, to_json(config));
        return before;
    } catch (const Exception& exception) {
        Error error = exception.error();
        error.file = file;  // not the temporary one
        fail(std::move(error));
    }
}

}  // namespace lathe

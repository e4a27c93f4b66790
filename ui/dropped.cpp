#include "ui/dropped.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QUrl>
#include <algorithm>
#include <array>

#include "ui/model_picker.h"

namespace lathe {

namespace {

// Those that engine/data/data_files.cpp reads.
constexpr std::array kDataEndings = {"txt", "md",   "markdown", "html", "htm", "docx",
                                     "pdf", "json", "jsonl",    "csv",  "tsv"};
constexpr qint64 kLargestSettings = 1 << 20;
constexpr int kFilesLookedAt = 2000;  // of a folder

bool has_data_ending(const QString& path) {
    const QString ending = QFileInfo(path).suffix().toLower();
    return std::any_of(kDataEndings.begin(), kDataEndings.end(),
                       [&](const char* known) { return ending == QLatin1String(known); });
}

bool holds_data(const QString& folder) {
    QDirIterator files(folder, QDir::Files, QDirIterator::Subdirectories);
    for (int looked_at = 0; files.hasNext() && looked_at < kFilesLookedAt; ++looked_at)
        if (has_data_ending(files.next())) return true;
    return false;
}

// Rows of data are no object with these keys.
bool holds_settings(const QString& path) {
    QFile file(path);
    if (file.size() > kLargestSettings || !file.open(QIODevice::ReadOnly)) return false;
    const QJsonObject object = QJsonDocument::fromJson(file.readAll()).object();
    return object.contains(QLatin1String("version")) &&
           (object.contains(QLatin1String("model")) || object.contains(QLatin1String("base_model")) ||
            object.contains(QLatin1String("train")));
}

bool is_run(const QString& folder) {
    const QDir checkpoints(folder);
    for (const QString& name : checkpoints.entryList(QDir::Dirs | QDir::NoDotAndDotDot))
        if (QFileInfo::exists(checkpoints.filePath(name + QStringLiteral("/lathe/run.json")))) return true;
    return false;
}

Dropped::Kind kind_of(const QString& path) {
    const QFileInfo info(path);
    if (info.isDir()) {
        if (QFileInfo::exists(path + QStringLiteral("/lathe.db"))) return Dropped::Kind::workspace;
        if (is_run(path)) return Dropped::Kind::run;
        if (model_at(path)) return Dropped::Kind::model;
        return holds_data(path) ? Dropped::Kind::data : Dropped::Kind::unknown;
    }
    if (!info.isFile()) return Dropped::Kind::unknown;
    if (model_at(path)) return Dropped::Kind::model;
    if (info.fileName() == QLatin1String("config.json")) return Dropped::Kind::shape;
    if (info.suffix().compare(QLatin1String("json"), Qt::CaseInsensitive) == 0 && holds_settings(path))
        return Dropped::Kind::settings;
    return has_data_ending(path) ? Dropped::Kind::data : Dropped::Kind::unknown;
}

}  // namespace

Dropped look_at_paths(const QStringList& paths) {
    Dropped dropped;
    for (const QString& path : paths) {
        if (!dropped.paths.isEmpty() && dropped.kind != Dropped::Kind::data) {  // those go one at a time
            dropped.left_out << path;
            continue;
        }
        const Dropped::Kind kind = kind_of(path);
        const bool first = dropped.paths.isEmpty(), more_data = kind == Dropped::Kind::data && kind == dropped.kind;
        if (kind == Dropped::Kind::unknown || !(first || more_data)) {
            dropped.left_out << path;
            continue;
        }
        dropped.kind = kind;
        dropped.paths << QDir::cleanPath(path);
    }
    if (dropped.paths.isEmpty() && !paths.isEmpty()) dropped.kind = Dropped::Kind::unknown;
    return dropped;
}

QStringList local_paths(const QMimeData& dragged) {
    QStringList paths;
    for (const QUrl& url : dragged.urls())
        if (url.isLocalFile()) paths << url.toLocalFile();
    return paths;
}

}  // namespace lathe

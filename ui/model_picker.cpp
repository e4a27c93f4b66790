#include "ui/model_picker.h"

#include <QCoreApplication>
#include <QDir>
#include <QEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <set>
#include <utility>

#include "ui/number_text.h"

namespace lathe {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(ModelPicker)
};

constexpr int kKeptFolders = 8;
const QString kOpenFolder = QStringLiteral("\n"), kOpenFile = QStringLiteral("\n\n");  // no paths

QString folders_key() {
    return QStringLiteral("models/folders");
}

QString key_of(const ModelSource& source) {
    return QString::fromStdString(source.run.empty() ? source.folder : source.run + "\t" + source.checkpoint);
}

ModelSource source_of(const QString& key) {
    const QStringList parts = key.split(QLatin1Char('\t'));
    if (parts.size() < 2) return {.folder = key.toStdString()};
    return {.run = parts[0].toStdString(), .checkpoint = parts[1].toStdString()};
}

}  // namespace

std::optional<ModelSource> model_at(const QString& path) {
    const QFileInfo info(path);
    const bool file = info.isFile() && info.suffix().compare(QLatin1String("gguf"), Qt::CaseInsensitive) == 0;
    const bool folder = QFileInfo::exists(path + QStringLiteral("/config.json")) ||
                        QFileInfo::exists(path + QStringLiteral("/adapter_config.json"));
    if (!file && !folder) return std::nullopt;
    return ModelSource{.folder = QDir::cleanPath(info.absoluteFilePath()).toStdString()};
}

void remember_model(const ModelSource& source, QSettings& settings) {
    const QString folder = QString::fromStdString(source.folder);
    QStringList folders = remembered_models(settings);
    folders.removeAll(folder);
    folders.prepend(folder);
    settings.setValue(folders_key(), folders.mid(0, kKeptFolders));
}

QStringList remembered_models(const QSettings& settings) {
    return settings.value(folders_key()).toStringList();
}

bool same_source(const ModelSource& a, const ModelSource& b) {
    return key_of(a) == key_of(b);
}

QString checkpoint_text(const QString& run, const std::string& checkpoint) {
    if (checkpoint == "live") return Words::tr("%1 · in training").arg(run);
    if (checkpoint == "last") return Words::tr("%1 · last checkpoint").arg(run);
    if (checkpoint == "best") return Words::tr("%1 · best checkpoint").arg(run);
    return Words::tr("%1 · step %2").arg(run, QString::fromStdString(checkpoint));
}

QString source_text(const ModelSource& source, const PageContext& context) {
    if (source.run.empty()) {
        const QString folder = QString::fromStdString(source.folder);
        if (folder.isEmpty()) return Words::tr("No model");
        return folder == context.paths.starter ? Words::tr("Starter model") : QFileInfo(folder).fileName();
    }
    const RunSummary* run = context.runs.find(source.run);
    return checkpoint_text(run != nullptr ? run_title(*run) : QString::fromStdString(source.run), source.checkpoint);
}

ModelPicker::ModelPicker(const PageContext& context, Live live, QWidget* parent)
    : DropDown(parent), context_(context), live_(live), source_{.folder = context.paths.starter.toStdString()} {
    setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    setMinimumContentsLength(28);
    connect(this, &QComboBox::activated, this, &ModelPicker::on_activated);
    connect(&context.runs, &RunList::changed, this, &ModelPicker::fill);
    connect(&context.run, &RunWatch::state_changed, this, &ModelPicker::fill);
    fill();
}

ModelSource ModelPicker::source() const {
    return source_;
}

QString ModelPicker::title() const {
    return source_text(source_, context_);
}

void ModelPicker::set_source(const ModelSource& source) {
    source_ = source;
    fill();
}

void ModelPicker::fill() {
    const RunWatch& live = context_.run;
    // What was talked to while it trained goes on as the run's last checkpoint.
    const bool live_gone = source_.checkpoint == "live" && (!live.is_live() || live.run() != source_.run);
    if (live_gone) source_.checkpoint = "last";
    std::vector<std::pair<QString, QString>> entries;
    std::set<QString> keys;
    const auto add = [&](const ModelSource& source, const QString& text) {
        const QString key = key_of(source);
        if (keys.insert(key).second) entries.emplace_back(text, key);
    };
    if (live_ == Live::offered && live.is_live()) {
        const ModelSource source{.run = live.run(), .checkpoint = "live"};
        add(source, source_text(source, context_));
    }
    for (const RunSummary& run : context_.runs.runs()) {
        if (run.checkpoints.empty()) continue;
        const QString title = run_title(run);
        for (const char* which : {"last", "best"}) {
            const bool best = which == std::string("best");
            const auto& checkpoints = run.checkpoints;
            const auto found = best ? std::find_if(checkpoints.begin(), checkpoints.end(),
                                                   [](const RunCheckpoint& checkpoint) { return checkpoint.best; })
                                    : checkpoints.end() - 1;
            // The best that is the last is listed once.
            if (found == checkpoints.end() || (best && found == checkpoints.end() - 1)) continue;
            const ModelSource source{.run = run.run, .checkpoint = which};
            add(source, Words::tr("%1, step %2").arg(checkpoint_text(title, which), count_text(found->step)));
        }
    }
    if (!context_.paths.starter.isEmpty()) {
        const ModelSource starter{.folder = context_.paths.starter.toStdString()};
        add(starter, source_text(starter, context_));
    }
    for (const QString& folder : remembered_models(context_.user))
        add({.folder = folder.toStdString()}, QFileInfo(folder).fileName() + QStringLiteral("  –  ") + folder);
    add(source_, source_text(source_, context_));
    // The list of runs comes every few seconds while one trains, and this may be open.
    if (std::exchange(entries_, entries) != entries) {
        clear();
        for (const auto& [text, key] : entries) addItem(text, key);
        insertSeparator(count());
        addItem(Words::tr("Open a model folder…"), kOpenFolder);
        addItem(Words::tr("Open a GGUF file…"), kOpenFile);
    }
    setCurrentIndex(findData(key_of(source_)));
    if (live_gone) Q_EMIT chosen();
}

void ModelPicker::on_activated(int index) {
    const QString key = itemData(index).toString();
    if (key == kOpenFolder)
        return open(QFileDialog::getExistingDirectory(window(), Words::tr("Open a model folder"), QDir::homePath()));
    if (key == kOpenFile)
        return open(QFileDialog::getOpenFileName(window(), Words::tr("Open a GGUF file"), QDir::homePath(),
                                                 QStringLiteral("GGUF (*.gguf)")));
    source_ = source_of(key);
    Q_EMIT chosen();
}

void ModelPicker::open(const QString& path) {
    if (path.isEmpty()) return setCurrentIndex(findData(key_of(source_)));
    const ModelSource source{.folder = QDir::cleanPath(path).toStdString()};
    remember_model(source, context_.user);
    set_source(source);
    Q_EMIT chosen();
}

void ModelPicker::changeEvent(QEvent* event) {
    DropDown::changeEvent(event);
    if (event->type() != QEvent::LanguageChange) return;
    entries_.clear();
    fill();
}

}  // namespace lathe

#include "ui/example_file.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <chrono>
#include <utility>

namespace lathe {

namespace {

using namespace std::chrono_literals;

constexpr qsizetype kLongestName = 60;

QString table_key() {
    return QStringLiteral("train/examples");
}
QString first_name() {
    return QStringLiteral("examples");
}

}  // namespace

ExampleFile::ExampleFile(const PageContext& context, QObject* parent)
    : QObject(parent), context_(context), name_(free_name(first_name())) {
    save_timer_.setSingleShot(true);
    save_timer_.setInterval(800ms);
    connect(&save_timer_, &QTimer::timeout, this, &ExampleFile::flush);
    connect(QCoreApplication::instance(), &QCoreApplication::aboutToQuit, this, &ExampleFile::flush);
    connect(&context_.engine, &EngineLink::event_arrived, this, &ExampleFile::on_event);
    connect(&model_, &ExampleModel::edited, this, [this] {
        dirty_ = true;
        save_timer_.start();
        Q_EMIT changed();
    });
}

ExampleFile::~ExampleFile() {
    blockSignals(true);  // who listens is half gone
    flush();
}

QString ExampleFile::path_of(const QString& name) const {
    return context_.paths.workspace + QStringLiteral("/datasets/") + name + QStringLiteral(".jsonl");
}

QString ExampleFile::free_name(const QString& wanted) const {
    QString base = wanted.left(kLongestName);
    while (base.startsWith(u'.')) base.remove(0, 1);
    if (base.isEmpty()) base = first_name();
    QString name = base;
    for (int number = 2; QFileInfo::exists(path_of(name)); ++number)
        name = base + QLatin1Char('-') + QString::number(number);
    return name;
}

void ExampleFile::restore() {
    if (std::exchange(restored_, true)) return;
    const QString last = context_.settings.value(table_key()).toString();
    if (last.isEmpty() || !path_.isEmpty() || model_.rowCount() > 0) return;
    restoring_ = true;
    open(last, {});
}

void ExampleFile::open(const QString& file, const DataConfig& data) {
    restored_ = true;
    if (file == path_ && !file.isEmpty()) return Q_EMIT changed();
    wish_ = Wish{file, data};
    if (is_saved()) return fulfil(*std::exchange(wish_, {}));
    save();
    if (writing_ == 0) fulfil(*std::exchange(wish_, {}));  // there was nothing in it
}

void ExampleFile::start_new() {
    path_.isEmpty() && model_.rowCount() == 0 ? Q_EMIT changed() : open({}, {});
}

void ExampleFile::fulfil(const Wish& wish) {
    error_.reset();
    if (wish.file.isEmpty()) {
        set_table({}, {}, free_name(first_name()), {});
    } else {
        reading_ = context_.engine.post(ReadExamples{.file = wish.file.toStdString(), .data = wish.data});
        name_ = QFileInfo(wish.file).completeBaseName();
    }
    Q_EMIT changed();
}

bool ExampleFile::rename(const QString& wanted) {
    const QString name = wanted.trimmed();
    if (name == name_ || !path_.isEmpty() || writing_ != 0) return name == name_;
    const bool legal = !name.isEmpty() && name.size() <= kLongestName && !name.contains(u'/') && !name.startsWith(u'.');
    if (!legal || QFileInfo::exists(path_of(name))) return false;
    name_ = name;
    Q_EMIT changed();
    return true;
}

void ExampleFile::flush() {
    if (dirty_) save();
}

void ExampleFile::save() {
    save_timer_.stop();
    if (reading_ != 0 || (!dirty_ && !path_.isEmpty())) return;
    std::vector<ExampleRow> rows = model_.written_rows();
    const bool was_dirty = std::exchange(dirty_, false);
    if (path_.isEmpty() && rows.empty() && writing_ == 0) return Q_EMIT changed();
    if (writing_ != 0 && !was_dirty) return;
    error_.reset();
    const QString file = path_.isEmpty() ? name_ : path_;
    writing_ =
        context_.engine.post(WriteExamples{.file = file.toStdString(), .replaces = sha256_, .rows = std::move(rows)});
    Q_EMIT changed();
}

void ExampleFile::on_event(const Event& event) {
    if (event.request == 0) return;
    const auto* failed = std::get_if<Failed>(&event.body);
    if (event.request == reading_) {
        if (const auto* read = std::get_if<ExamplesRead>(&event.body)) take(*read);
        if (failed != nullptr) fail_reading(failed->error);
    } else if (event.request == writing_) {
        if (const auto* written = std::get_if<ExamplesWritten>(&event.body)) take(*written);
        if (failed != nullptr) fail_writing(failed->error);
    }
}

void ExampleFile::set_table(const QString& path, const std::string& sha256, const QString& name,
                            std::vector<ExampleRow> rows) {
    path_ = path;
    sha256_ = sha256;
    name_ = name;
    dirty_ = false;
    model_.set_rows(std::move(rows));
    context_.settings.setValue(table_key(), path_);
    Q_EMIT opened();
}

void ExampleFile::take(const ExamplesRead& read) {
    reading_ = 0;
    restoring_ = false;
    const QString file = QString::fromStdString(read.file), name = QFileInfo(file).completeBaseName();
    set_table(read.own ? file : QString(), read.own ? read.sha256 : std::string(), read.own ? name : free_name(name),
              read.rows);
    Q_EMIT changed();
}

void ExampleFile::take(const ExamplesWritten& written) {
    writing_ = 0;
    path_ = QString::fromStdString(written.file);
    name_ = QFileInfo(path_).completeBaseName();
    sha256_ = written.sha256;
    context_.settings.setValue(table_key(), path_);
    Q_EMIT saved(path_);
    if (wish_) open(wish_->file, wish_->data);
    Q_EMIT changed();
}

// The table stays what it was. One that is gone since the last time is no error.
void ExampleFile::fail_reading(const Error& error) {
    reading_ = 0;
    name_ = path_.isEmpty() ? free_name(first_name()) : QFileInfo(path_).completeBaseName();
    if (!std::exchange(restoring_, false) || error.kind != ErrorKind::not_found) error_ = error;
    Q_EMIT changed();
}

void ExampleFile::fail_writing(const Error& error) {
    writing_ = 0;
    dirty_ = true;
    wish_.reset();
    error_ = error;
    Q_EMIT changed();
}

}  // namespace lathe

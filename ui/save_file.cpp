#include "ui/save_file.h"

#include <QDir>
#include <QFileDialog>

#include "engine/base/files.h"

namespace lathe {

std::optional<Error> save_file(const QString& file, const std::function<std::string()>& bytes) {
    try {
        write_file_durably(file.toStdString(), bytes());
        return {};
    } catch (const Exception& exception) {
        Error error = exception.error();
        error.file = file.toStdString();
        return error;
    }
}

std::optional<Error> ask_and_save(QWidget* parent, const QString& title, const QString& name, const QString& filter,
                                  const std::function<std::string()>& bytes) {
    const QString file = QFileDialog::getSaveFileName(parent->window(), title, QDir::home().filePath(name), filter);
    return file.isEmpty() ? std::nullopt : save_file(file, bytes);
}

}  // namespace lathe

// Saving where the user says: a file chooser, then the file whole or not at all. Thread: GUI.
#pragma once

#include <QString>
#include <QWidget>
#include <functional>
#include <optional>
#include <string>

#include "engine/base/error.h"

namespace lathe {

// bytes() may throw an Exception. The error names the file, not the temporary one; none also where nothing was chosen.
std::optional<Error> save_file(const QString& file, const std::function<std::string()>& bytes);
std::optional<Error> ask_and_save(QWidget* parent, const QString& title, const QString& name, const QString& filter,
                                  const std::function<std::string()>& bytes);

}  // namespace lathe

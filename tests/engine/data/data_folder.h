// Files in a folder of a test's own, and the Error that a call throws.
#pragma once

#include <QTemporaryDir>
#include <filesystem>
#include <fstream>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/error.h"
#include "engine/data/documents.h"

namespace lathe_test {

class DataFolder {
public:
    std::string path(const std::string& name) const { return folder_.path().toStdString() + "/" + name; }
    std::string write(const std::string& name, const std::string& bytes) const {
        const std::string file = path(name);
        std::filesystem::create_directories(std::filesystem::path(file).parent_path());
        std::ofstream(file, std::ios::binary) << bytes;
        return file;
    }

private:
    QTemporaryDir folder_;
};

// The texts of a file.
inline std::vector<std::string> read_texts(const std::string& path) {
    std::vector<std::string> texts;
    lathe::for_each_document({.files = {path}}, [&](std::string_view text, const lathe::DocumentPlace&) {
        texts.emplace_back(text);
        return true;
    });
    return texts;
}

inline std::optional<lathe::Error> error_of(const std::function<void()>& call) {
    try {
        call();
    } catch (const lathe::Exception& exception) {
        return exception.error();
    }
    return std::nullopt;
}

}  // namespace lathe_test

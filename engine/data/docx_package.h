// The parts of a .docx, a zip of XML. Nothing is unpacked to the disk, and a part is no longer than it may be, whatever
// its header says. One thread at a time.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace lathe {

class DocxPackage {
public:
    // The bytes of the file. Errors: malformed for what is no zip, unsupported for a document with a password.
    DocxPackage(std::string bytes, std::string file);
    ~DocxPackage();
    DocxPackage(const DocxPackage&) = delete;
    DocxPackage& operator=(const DocxPackage&) = delete;

    // Nothing where there is none of that name. Errors, the part as key: too_large, malformed where it is damaged.
    std::optional<std::string> part(const std::string& name, int64_t max_bytes) const;
    const std::string& file() const { return file_; }

private:
    struct Archive;
    std::string bytes_, file_;
    std::unique_ptr<Archive> archive_;
};

}  // namespace lathe

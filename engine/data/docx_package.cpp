#include "engine/data/docx_package.h"

#include <zip.h>

#include <utility>

#include "engine/base/error.h"

namespace lathe {

namespace {

constexpr std::string_view kCompoundFile = "\xD0\xCF\x11\xE0";  // of Word 97, and around what is encrypted
constexpr size_t kPieceBytes = 64 << 10;

}  // namespace

struct DocxPackage::Archive {
    explicit Archive(zip_t* opened) : zip(opened) {}
    ~Archive() { zip_discard(zip); }
    Archive(const Archive&) = delete;
    Archive& operator=(const Archive&) = delete;
    zip_t* zip;
};

DocxPackage::DocxPackage(std::string bytes, std::string file) : bytes_(std::move(bytes)), file_(std::move(file)) {
    if (bytes_.starts_with(kCompoundFile))
        fail({.kind = ErrorKind::unsupported,
              .file = file_,
              .expected = "a .docx without a password",
              .found = "an encrypted document, or one of Word 97"});
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t* source = zip_source_buffer_create(bytes_.data(), bytes_.size(), 0, &error);
    zip_t* zip = source == nullptr ? nullptr : zip_open_from_source(source, ZIP_RDONLY, &error);
    const std::string reason = zip_error_strerror(&error);
    zip_error_fini(&error);
    if (zip == nullptr) {
        if (source != nullptr) zip_source_free(source);
        fail({.kind = ErrorKind::malformed, .file = file_, .expected = "a .docx, which is a zip", .found = reason});
    }
    archive_ = std::make_unique<Archive>(zip);
}

DocxPackage::~DocxPackage() = default;

std::optional<std::string> DocxPackage::part(const std::string& name, int64_t max_bytes) const {
    zip_t* zip = archive_->zip;
    const zip_int64_t index = zip_name_locate(zip, name.c_str(), 0);
    if (index < 0) return std::nullopt;
    const auto damaged = [&](const char* reason) {
        fail({.kind = ErrorKind::malformed, .file = file_, .key = name, .found = reason});
    };
    const std::unique_ptr<zip_file_t, int (*)(zip_file_t*)> stream(
        zip_fopen_index(zip, static_cast<zip_uint64_t>(index), 0), zip_fclose);
    if (!stream) damaged(zip_strerror(zip));
    std::string text, piece(kPieceBytes, '\0');
    for (;;) {
        const zip_int64_t read = zip_fread(stream.get(), piece.data(), piece.size());
        if (read < 0) damaged(zip_file_strerror(stream.get()));
        if (read == 0) return text;
        text.append(piece, 0, static_cast<size_t>(read));
        if (static_cast<int64_t>(text.size()) > max_bytes)
            fail({.kind = ErrorKind::too_large,
                  .file = file_,
                  .key = name,
                  .expected = "at most " + std::to_string(max_bytes) + " bytes unpacked"});
    }
}

}  // namespace lathe

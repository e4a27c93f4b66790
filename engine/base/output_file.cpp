#include <unistd.h>

#include <string>

#include "engine/base/files.h"
#include "engine/base/posix_file.h"
#include "engine/base/sha256.h"

namespace lathe {

namespace {

constexpr size_t kBufferBytes = 1 << 20;

}  // namespace

struct OutputFile::Impl {
    explicit Impl(const std::string& file) : path(file), fd(create_file(file)) { buffer.reserve(kBufferBytes); }

    void put(std::string_view bytes) {
        if (bytes.empty()) return;
        hash.add(bytes);
        write_all(fd.get(), path, bytes, written);
        written += static_cast<int64_t>(bytes.size());
    }

    std::string path;
    Descriptor fd;
    std::string buffer;
    Sha256 hash;
    int64_t written = 0;
    bool finished = false;
};

OutputFile::OutputFile(const std::string& path) : impl_(std::make_unique<Impl>(path)) {}

OutputFile::~OutputFile() {
    if (!impl_->finished) ::unlink(impl_->path.c_str());
}

void OutputFile::write(const void* bytes, int64_t count) {
    std::string_view rest(static_cast<const char*>(bytes), static_cast<size_t>(count));
    if (impl_->buffer.size() + rest.size() > kBufferBytes) {
        impl_->put(impl_->buffer);
        impl_->buffer.clear();
    }
    if (rest.size() >= kBufferBytes) {
        impl_->put(rest);
    } else {
        impl_->buffer += rest;
    }
}

std::string OutputFile::finish() {
    impl_->put(impl_->buffer);
    impl_->buffer.clear();
    sync_file(impl_->fd.get(), impl_->path);
    impl_->fd.close(impl_->path);
    impl_->finished = true;
    return impl_->hash.hex();
}

int64_t OutputFile::size() const {
    return impl_->written + static_cast<int64_t>(impl_->buffer.size());
}

}  // namespace lathe

#include "engine/library/fetch.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <optional>

#include "engine/base/error.h"
#include "engine/base/files.h"
#include "engine/base/posix_file.h"
#include "engine/base/sha256.h"
#include "engine/library/fetch_address.h"
#include "engine/library/fetch_parts.h"

namespace lathe {

namespace fs = std::filesystem;

namespace {

constexpr int64_t kSpareBytes = 16 << 20;  // for what the file system itself takes
constexpr size_t kBufferBytes = 1 << 20;

using Progress = std::function<bool(int64_t)>;

// A file of the plan that grows at its end, with its sha256 on the way.
class PartFile {
public:
    explicit PartFile(const std::string& path)
        : path_(path),
          fd_(::open(path.c_str(), O_RDWR | O_CREAT | O_APPEND | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0666)) {
        if (fd_.get() < 0) fail_system(path, errno, Access::write);
        hash_.emplace();
    }

    int64_t size() const { return size_; }

    // Hashes what an earlier fetch left.
    void resume(int64_t limit, const Progress& progress) {
        struct stat status {};
        if (::fstat(fd_.get(), &status) != 0) fail_system(path_, errno, Access::read);
        if (status.st_size > limit) return restart();
        std::string buffer(kBufferBytes, '\0');
        while (size_ < status.st_size) {
            const int64_t count = std::min<int64_t>(status.st_size - size_, kBufferBytes);
            read_at(fd_.get(), path_, "", size_, count, buffer.data());
            hash_->add(std::string_view(buffer.data(), static_cast<size_t>(count)));
            size_ += count;
            if (progress && !progress(size_)) fail({.kind = ErrorKind::cancelled, .file = path_});
        }
    }
    void restart() {
        if (::ftruncate(fd_.get(), 0) != 0) fail_system(path_, errno, Access::write);
        hash_.emplace();
        size_ = 0;
    }
    void add(std::string_view bytes) {
        write_all(fd_.get(), path_, bytes, size_);
        hash_->add(bytes);
        size_ += static_cast<int64_t>(bytes.size());
    }
    std::string finish() {
        sync_file(fd_.get(), path_);
        fd_.close(path_);
        return hash_->hex();
    }
    void remove() const { ::unlink(path_.c_str()); }

private:
    std::string path_;
    Descriptor fd_;
    std::optional<Sha256> hash_;
    int64_t size_ = 0;
};

[[noreturn]] void fail_length(const std::string& url, int64_t planned, const std::string& found) {
    fail({.kind = ErrorKind::mismatch,
          .file = url,
          .expected = std::to_string(planned) + " bytes, as planned",
          .found = found});
}

// Appends what is missing; a server that does not know ranges begins anew.
void fetch_rest(const HttpSettings& settings, const std::string& url, int64_t bytes, PartFile& part,
                const Progress& progress) {
    bool has_begun = false;
    const auto take = [&](const HttpReply& reply, std::string_view piece) {
        if (!has_begun) {
            if (reply.first_byte == 0) part.restart();
            if (reply.first_byte != part.size()) fail_length(url, bytes, "others than were asked for");
            if (reply.body_bytes >= 0 && reply.first_byte + reply.body_bytes != bytes)
                fail_length(url, bytes, std::to_string(reply.first_byte + reply.body_bytes));
        }
        has_begun = true;
        if (part.size() + static_cast<int64_t>(piece.size()) > bytes) fail_length(url, bytes, "more");
        part.add(piece);
    };
    http_get(settings, {.url = url, .from = part.size(), .body = take, .keep_going = [&] {
                            return !progress || progress(part.size());
                        }});
    if (part.size() != bytes) fail_length(url, bytes, std::to_string(part.size()));
}

void fetch_file(const HttpSettings& settings, const std::string& url, const FetchFile& file, const std::string& path,
                const Progress& progress) {
    PartFile part(path);
    part.resume(file.bytes, progress);
    try {
        if (part.size() < file.bytes) fetch_rest(settings, url, file.bytes, part, progress);
        const std::string found = part.finish();
        if (!file.sha256.empty() && found != file.sha256)
            fail({.kind = ErrorKind::mismatch,
                  .file = url,
                  .key = "sha256",
                  .expected = file.sha256,
                  .found = found + "; the part is deleted"});
    } catch (const Exception& exception) {
        if (exception.error().kind == ErrorKind::mismatch) part.remove();
        throw;
    }
}

// FOLDER/.NAME.part/plan, held for as long as the fetch lasts. Parts of another plan are removed.
Descriptor hold_parts(const FetchRequest& request, const FetchPlan& plan) {
    const std::string folder = part_folder(plan), path = folder + "/plan";
    make_folders(folder);
    Descriptor fd(::open(path.c_str(), O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0666));
    if (fd.get() < 0) fail_system(path, errno, Access::write);
    if (::flock(fd.get(), LOCK_EX | LOCK_NB) != 0) fail({.kind = ErrorKind::locked, .file = folder});
    const std::string identity = part_identity(request, plan);
    if (identity.empty() || read_file(path, kBufferBytes) != identity) {
        std::error_code ignored;
        fs::remove_all(folder + "/files", ignored);
        if (::ftruncate(fd.get(), 0) != 0) fail_system(path, errno, Access::write);
        write_all(fd.get(), path, identity, 0);
    }
    make_folders(folder + "/files");
    return fd;
}

void move_into_place(const std::string& part, const std::string& folder) {
    sync_folder(part + "/files");
    // Fails where a folder with anything in it is there by now.
    if (::rename((part + "/files").c_str(), folder.c_str()) != 0) fail_system(folder, errno, Access::write);
    sync_folder(parent_folder(folder));
    std::error_code ignored;
    fs::remove_all(part, ignored);
}

}  // namespace

void fetch(const FetchRequest& request, const FetchPlan& plan, const Progress& progress) {
    const HttpSettings settings = http_settings(request);
    const std::string above = existing_folder(parent_folder(plan.folder));
    require_free_bytes(above, plan.total - part_bytes(request, plan) + kSpareBytes);
    const std::string part = part_folder(plan);
    const Descriptor held = hold_parts(request, plan);
    int64_t done = 0;
    for (const FetchFile& file : plan.files) {
        const std::string name = local_name(file.name, request.what);
        const std::string url = plan.repository.empty()
                                    ? request.what
                                    : file_address(request.mirror, plan.repository, plan.revision, file.name);
        fetch_file(settings, url, file, part + "/files/" + name,
                   [&](int64_t bytes) { return !progress || progress(done + bytes); });
        done += file.bytes;
    }
    move_into_place(part, plan.folder);
}

}  // namespace lathe

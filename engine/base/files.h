// Files that survive a crash: temporary name in the same folder, write, fsync, rename, fsync of the folder. Errors are Exceptions with the path;
// ENOSPC is disk_full, EROFS and EACCES unwritable. A failed fsync means the file is not saved. Never follows a FIFO or a device. Any thread.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace lathe {

// Regular file's bytes; more than max_bytes is too_large; FIFO, device, folder are unreadable.
std::string read_file(const std::string& path, int64_t max_bytes);
// Whole content under the final name or none at all.
void write_file_durably(const std::string& path, std::string_view bytes);
// Lower-case hex sha256.
std::string sha256(std::string_view bytes);
std::string sha256_of_file(const std::string& path);
int64_t free_bytes(const std::string& folder);
// mkdir -p with clear errors.
void make_folders(const std::string& path);
std::string temporary_name(const std::string& path);   // sibling ".NAME.tmp-PID-N"

// A file being written sequentially through a large buffer with its sha256 on the way. finish() fsyncs and closes.
class OutputFile {
public:
    explicit OutputFile(const std::string& path);   // must not exist
    ~OutputFile();
    OutputFile(const OutputFile&) = delete;
    OutputFile& operator=(const OutputFile&) = delete;
    void write(const void* bytes, int64_t count);
    std::string finish();   // sha256
    int64_t size() const;

private:
    struct Impl;
    Impl* impl_;
};

// A folder that appears whole or not at all. Write files under path(), then commit(): manifest.json (sha256 and size of each file) last,
// fsync files and folder, rename, fsync parent. Destroyed uncommitted: removed.
class DurableFolder {
public:
    // final_path must not exist unless replace; a replaced folder is renamed aside first and removed after.
    explicit DurableFolder(std::string final_path, bool replace = false);
    ~DurableFolder();
    DurableFolder(const DurableFolder&) = delete;
    DurableFolder& operator=(const DurableFolder&) = delete;
    const std::string& path() const;
    // write_manifest false for folders that others read (exports).
    void commit(bool write_manifest = true);

private:
    struct Impl;
    Impl* impl_;
};

// True where manifest.json is there and every file it names has its size and, if hashes, its sha256.
bool verify_folder(const std::string& path, bool hashes = true);
// Removes leftovers of crashed writers (temporary names) right under `folder`.
void sweep_temporaries(const std::string& folder);

// Kernel lock (flock) on FOLDER/lathe.lock, released when the process dies. A second holder gets `locked`, naming pid and time.
class WorkspaceLock {
public:
    explicit WorkspaceLock(const std::string& folder);
    ~WorkspaceLock();
    WorkspaceLock(const WorkspaceLock&) = delete;
    WorkspaceLock& operator=(const WorkspaceLock&) = delete;

private:
    int fd_ = -1;
};

}  // namespace lathe

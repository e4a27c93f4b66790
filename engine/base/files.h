// Files that survive a crash: temporary name in the same folder, write, fsync, rename, fsync of the folder. Errors are
// Exceptions with the path; ENOSPC is disk_full, EROFS and EACCES unwritable. A failed fsync means the file is not
// saved. Never follows a FIFO or a device. Any thread.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace lathe {

// Regular file's bytes; more than max_bytes is too_large; FIFO, device, folder are unreadable.
std::string read_file(const std::string& path, int64_t max_bytes);
// Whole content under the final name or none at all. A file that is replaced hands on its mode; a link is replaced, not
// followed.
void write_file_durably(const std::string& path, std::string_view bytes);
// Lower-case hex sha256.
std::string sha256(std::string_view bytes);
std::string sha256_of_file(const std::string& path);
// What this user may still write there.
int64_t free_bytes(const std::string& folder);
// The folder, or the nearest one above it that is there.
std::string existing_folder(const std::string& path);
// disk_full with both numbers if less is free. Advice: another process may take it in between.
void require_free_bytes(const std::string& folder, int64_t bytes);
// mkdir -p with clear errors.
void make_folders(const std::string& path);
std::string temporary_name(const std::string& path);  // sibling ".NAME.tmp-PID-N"

// A file being written sequentially through a large buffer with its sha256 on the way. finish() fsyncs and closes;
// destroyed unfinished: removed.
class OutputFile {
public:
    explicit OutputFile(const std::string& path);  // must not exist
    ~OutputFile();
    OutputFile(const OutputFile&) = delete;
    OutputFile& operator=(const OutputFile&) = delete;
    void write(const void* bytes, int64_t count);
    std::string finish();  // sha256
    int64_t size() const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

// A folder that appears whole or not at all. Write files under path(), then commit(): fsync files, manifest.json
// (sha256 and size of each file) last, fsync folders, rename, fsync parent. Destroyed uncommitted: removed. Links and
// devices under path() are refused. manifest.json: {"version": 1, "files": {"lathe/run.json": {"bytes": 120, "sha256":
// "…"}, …}}
class DurableFolder {
public:
    // final_path must not exist unless replace; old and new folder are then exchanged in one step and the old one
    // removed. Where the file system cannot do that, the old one is renamed aside as ".NAME.old-PID-N", which
    // sweep_temporaries() puts back after a crash in between.
    explicit DurableFolder(std::string final_path, bool replace = false);
    ~DurableFolder();
    DurableFolder(const DurableFolder&) = delete;
    DurableFolder& operator=(const DurableFolder&) = delete;
    const std::string& path() const;
    // Tells the hash of a file under path() ("lathe/optimizer.safetensors") as OutputFile::finish() gave it; commit()
    // then reads it no more.
    void set_sha256(const std::string& name, const std::string& sha256);
    // write_manifest false for folders that others read (exports).
    void commit(bool write_manifest = true);

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

// True where manifest.json is there and every file it names has its size and, if hashes, its sha256.
bool verify_folder(const std::string& path, bool hashes = true);
// Removes leftovers of crashed writers right under `folder`: only names of our own pattern, and only where that process
// is no more. A folder that a crash left aside goes back under its name. What cannot be removed stays.
void sweep_temporaries(const std::string& folder);

// Kernel lock (flock) on FOLDER/lathe.lock, released when the process dies. A second holder gets `locked`,
// naming pid and time, which stand in the file's text. `folder` must exist.
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

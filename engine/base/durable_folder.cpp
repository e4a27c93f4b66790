#include <fcntl.h>
#include <linux/fs.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <map>
#include <string>
#include <system_error>
#include <vector>

#include "engine/base/files.h"
#include "engine/base/json.h"
#include "engine/base/posix_file.h"

namespace lathe {

namespace fs = std::filesystem;

namespace {

constexpr const char* kManifest = "manifest.json";
constexpr int64_t kManifestLimit = 16 << 20;

std::string without_slash(std::string path) {
    while (path.size() > 1 && path.back() == '/') path.pop_back();
    return path;
}

// By number, since glibc before 2.28 has no wrapper. 0 or errno.
int rename_with(const std::string& from, const std::string& to, unsigned int flags) {
    return ::syscall(SYS_renameat2, AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), flags) == 0 ? 0 : errno;
}

bool unknown_to_file_system(int error) {
    return error == EINVAL || error == ENOSYS || error == ENOTSUP;
}

bool exists(const std::string& path) {
    struct stat status {};
    return ::lstat(path.c_str(), &status) == 0;
}

void remove_tree(const std::string& path) {
    std::error_code ignored;
    fs::remove_all(path, ignored);
}

struct Tree {
    std::map<std::string, int64_t> files;  // name inside the folder → bytes
    std::vector<std::string> folders;      // paths, a parent before its children
};

Tree list_tree(const std::string& root) {
    Tree tree;
    tree.folders.push_back(root);
    std::error_code error;
    for (fs::recursive_directory_iterator it(root, error), end; !error && it != end; it.increment(error)) {
        const std::string path = it->path().string();
        struct stat status {};
        if (::lstat(path.c_str(), &status) != 0) fail_system(path, errno, Access::read);
        if (S_ISDIR(status.st_mode)) {
            tree.folders.push_back(path);
        } else if (S_ISREG(status.st_mode)) {
            tree.files[path.substr(root.size() + 1)] = status.st_size;
        } else {
            fail({.kind = ErrorKind::unsupported,
                  .file = path,
                  .expected = "files and folders",
                  .found = "a link or device"});
        }
    }
    if (error) fail_system(root, error.value(), Access::read);
    return tree;
}

bool file_agrees(const std::string& root, const std::string& name, const Json& entry, bool hashes) {
    if (!is_plain_path(name) || !entry.is_object()) return false;
    const auto bytes = entry.find("bytes");
    const auto hash = entry.find("sha256");
    if (bytes == entry.end() || !bytes->is_number_integer() || hash == entry.end() || !hash->is_string()) return false;
    const std::string path = root + "/" + name;
    const Descriptor fd = open_regular_file(path, true);
    struct stat status {};
    if (::fstat(fd.get(), &status) != 0 || status.st_size != bytes->get<int64_t>()) return false;
    return !hashes || sha256_of_file(path) == hash->get_ref<const std::string&>();
}

}  // namespace

struct DurableFolder::Impl {
    std::string final_path;
    std::string path;
    bool replace = false;
    bool committed = false;
    std::map<std::string, std::string> hashes;

    void write_manifest(const Tree& tree) {
        Json files = Json::object();
        for (const auto& [name, bytes] : tree.files) {
            const auto known = hashes.find(name);
            files[name] = {{"bytes", bytes},
                           {"sha256", known != hashes.end() ? known->second : sha256_of_file(path + "/" + name)}};
        }
        OutputFile manifest(path + "/" + kManifest);
        const std::string text = dump_json({{"version", 1}, {"files", std::move(files)}}, 2) + "\n";
        manifest.write(text.data(), static_cast<int64_t>(text.size()));
        manifest.finish();
    }

    void move_into_place() {
        if (!replace || !exists(final_path)) {
            int error = rename_with(path, final_path, RENAME_NOREPLACE);
            if (unknown_to_file_system(error)) error = ::rename(path.c_str(), final_path.c_str()) == 0 ? 0 : errno;
            if (error != 0) fail_system(final_path, error, Access::write);
            committed = true;
            sync_folder(parent_folder(final_path));
            return;
        }
        std::string old = path;
        int error = rename_with(path, final_path, RENAME_EXCHANGE);
        if (unknown_to_file_system(error)) {
            old.replace(old.rfind(".tmp-"), 5, ".old-");
            error = ::rename(final_path.c_str(), old.c_str()) == 0 ? 0 : errno;
            if (error == 0 && ::rename(path.c_str(), final_path.c_str()) != 0) {
                error = errno;
                static_cast<void>(::rename(old.c_str(), final_path.c_str()));
            }
        }
        if (error != 0) fail_system(final_path, error, Access::write);
        committed = true;
        sync_folder(parent_folder(final_path));
        remove_tree(old);
    }
};

DurableFolder::DurableFolder(std::string final_path, bool replace) : impl_(std::make_unique<Impl>()) {
    impl_->final_path = without_slash(std::move(final_path));
    impl_->replace = replace;
    impl_->path = temporary_name(impl_->final_path);
    struct stat status {};
    if (::lstat(impl_->final_path.c_str(), &status) == 0 && (!replace || !S_ISDIR(status.st_mode))) {
        fail({.kind = ErrorKind::unwritable,
              .file = impl_->final_path,
              .expected = replace ? "a folder to replace" : "a new name",
              .found = S_ISDIR(status.st_mode) ? "a folder that is already there" : "a file that is already there"});
    }
    remove_tree(impl_->path);  // of an earlier process with our number: no live one has this name
    if (::mkdir(impl_->path.c_str(), 0777) != 0) fail_system(impl_->final_path, errno, Access::write);
}

DurableFolder::~DurableFolder() {
    if (!impl_->committed) remove_tree(impl_->path);
}

const std::string& DurableFolder::path() const {
    return impl_->path;
}

void DurableFolder::set_sha256(const std::string& name, const std::string& sha256) {
    impl_->hashes[name] = sha256;
}

void DurableFolder::commit(bool write_manifest) {
    const Tree tree = list_tree(impl_->path);
    for (const auto& [name, bytes] : tree.files) {
        const std::string file = impl_->path + "/" + name;
        sync_file(open_regular_file(file, true).get(), file);
    }
    if (write_manifest) impl_->write_manifest(tree);
    for (size_t i = tree.folders.size(); i-- > 0;) sync_folder(tree.folders[i]);
    impl_->move_into_place();
}

bool verify_folder(const std::string& path, bool hashes) {
    try {
        const std::string root = without_slash(path);
        const Json manifest = read_json(root + "/" + kManifest, kManifestLimit);
        if (!manifest.is_object()) return false;
        const auto version = manifest.find("version");
        const auto files = manifest.find("files");
        if (version == manifest.end() || *version != 1 || files == manifest.end() || !files->is_object()) return false;
        for (const auto& [name, entry] : files->items()) {
            if (!file_agrees(root, name, entry, hashes)) return false;
        }
        return true;
    } catch (const Exception&) {
        return false;
    }
}

}  // namespace lathe

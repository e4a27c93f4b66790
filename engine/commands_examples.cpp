// A table of examples: read from any file, written to one of the workspace.
#include <filesystem>

#include "engine/base/error.h"
#include "engine/base/files.h"
#include "engine/commands.h"
#include "engine/data/example_table.h"
#include "engine/train/run_data.h"

namespace lathe {

namespace {

namespace fs = std::filesystem;

constexpr size_t kLongestName = 200;  // bytes: a temporary name of it still fits

fs::path table_folder(const CommandContext& context) {
    return fs::path(context.workspace) / "datasets";
}

// The file that a bare name, or the path of a table, stands for.
fs::path table_file(const std::string& given, const CommandContext& context) {
    const fs::path folder = table_folder(context), path(given);
    std::string name = path.filename().string();
    if (!name.ends_with(".jsonl")) name += ".jsonl";
    const bool outside = path.has_parent_path() && path.parent_path().lexically_normal() != folder.lexically_normal();
    if (outside || name.starts_with(".") || name.size() > kLongestName || name.find('\0') != std::string::npos)
        fail({.kind = ErrorKind::usage,
              .file = given,
              .expected = "the name of a file in " + folder.string() + ", at most " + std::to_string(kLongestName) +
                          " bytes and no dot before it"});
    return folder / name;
}

}  // namespace

EventBody run_command(const ReadExamples& command, const CommandContext& context) {
    ExamplesRead read{.file = command.file, .sha256 = sha256_of_file(command.file), .own = false, .rows = {}};
    const fs::path path(command.file);
    const bool in_folder = path.parent_path().lexically_normal() == table_folder(context).lexically_normal() &&
                           path.extension() == ".jsonl";
    DocumentSource source = document_source(command.data);
    source.files = {command.file};
    // A table of which every row was deleted is a file of no bytes.
    if (!in_folder || fs::file_size(path) > 0) read.rows = read_example_table(source);
    read.own = in_folder && sha256(example_table_jsonl(read.rows)) == read.sha256;
    return read;
}

EventBody run_command(const WriteExamples& command, const CommandContext& context) {
    const fs::path path = table_file(command.file, context);
    const std::string lines = example_table_jsonl(command.rows);
    const auto lock = context.store(Store::Mode::read_write);  // which no other Lathe holds
    make_folders(path.parent_path().string());
    std::string& last_written = (*context.written_tables)[path.string()];
    if (fs::exists(fs::symlink_status(path))) {
        const std::string found = sha256_of_file(path.string());
        if (found != command.replaces && found != last_written)
            fail({.kind = ErrorKind::mismatch,
                  .file = path.string(),
                  .expected = command.replaces.empty() ? "a name that is not taken" : "the file as it was read",
                  .found = command.replaces.empty() ? "a file of this name" : "one that was changed since"});
    }
    write_file_durably(path.string(), lines);
    last_written = sha256(lines);
    return ExamplesWritten{
        .file = path.string(), .sha256 = last_written, .rows = static_cast<int64_t>(command.rows.size())};
}

}  // namespace lathe

// InspectData.
#include <unistd.h>

#include <filesystem>

#include "engine/base/error.h"
#include "engine/commands.h"
#include "engine/data/inspect_data.h"
#include "engine/train/run_data.h"

namespace lathe {

namespace {

// A folder for the tokens of one look.
class PassingFolder {
public:
    PassingFolder() {
        std::string name = (std::filesystem::temp_directory_path() / "lathe-inspect-XXXXXX").string();
        if (mkdtemp(name.data()) == nullptr) fail({.kind = ErrorKind::unwritable, .file = name});
        path_ = name;
    }
    ~PassingFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    PassingFolder(const PassingFolder&) = delete;
    PassingFolder& operator=(const PassingFolder&) = delete;
    const std::string& path() const { return path_; }

private:
    std::string path_;
};

}  // namespace

EventBody run_command(const InspectData& command, const CommandContext& context) {
    const auto progress = [&](int64_t done, int64_t all) {
        return context.progress({.what = command.model.empty() ? "read" : "encode",
                                 .unit = "bytes",
                                 .done = static_cast<double>(done),
                                 .total = static_cast<double>(all)});
    };
    const DocumentSource source = document_source(command.data);
    if (command.model.empty()) return DataInspected{inspect_rows(source, progress)};
    const Tokenizer tokenizer = Tokenizer::open(command.model);
    std::optional<PassingFolder> passing;
    if (!command.keep) passing.emplace();
    return DataInspected{inspect_tokens({.source = source,
                                         .examples = example_options(command.data),
                                         .dataset = dataset_options(command.data, command.seed),
                                         .cache_folder = passing ? passing->path() : context.workspace + "/datasets",
                                         .example = command.example,
                                         .row = command.row,
                                         .threads = context.threads},
                                        tokenizer, progress)};
}

}  // namespace lathe

// Data sets: surveyed, shown by page, cleaned into versions, kept in the workspace.
#include <unistd.h>

#include <filesystem>

#include "engine/base/error.h"
#include "engine/base/files.h"
#include "engine/commands.h"
#include "engine/data/dataset_shelf.h"
#include "engine/data/dataset_version.h"
#include "engine/data/survey.h"
#include "engine/train/run_data.h"

namespace lathe {

namespace {

namespace fs = std::filesystem;

ImportProgress telling(const CommandContext& context, const char* what) {
    return [&context, what](int64_t done, int64_t total) {
        return context.progress(
            {.what = what, .unit = "bytes", .done = static_cast<double>(done), .total = static_cast<double>(total)});
    };
}

}  // namespace

EventBody run_command(const SurveyData& command, const CommandContext& context) {
    validate(command.data);
    std::optional<Tokenizer> tokenizer;
    if (!command.tokenizer.empty()) tokenizer = Tokenizer::open(command.tokenizer);
    return DataSurveyed{survey(document_source(command.data), command.recipe, tokenizer ? &*tokenizer : nullptr,
                               *context.surveys, telling(context, "read"),
                               command.sample_tokens ? kCountedBytes : std::numeric_limits<int64_t>::max())};
}

EventBody run_command(const PreviewData& command, const CommandContext& context) {
    validate(command.data);
    constexpr int64_t kMost = 1000;  // 4 MB of texts
    if (command.first < 0 || command.count < 0 || command.count > kMost)
        fail({.kind = ErrorKind::out_of_range, .key = "first, count", .expected = "0 or more, at most 1000 documents"});
    PreviewPage page = preview(document_source(command.data), command.recipe, command.first, command.count,
                               *context.surveys, context.go_on);
    return DataPreviewed{.first = command.first, .total = page.total, .documents = std::move(page.documents)};
}

EventBody run_command(const SaveDataset& command, const CommandContext& context) {
    validate(command.data);
    check_dataset_name(command.name);
    const auto lock = context.store(Store::Mode::read_write);  // which no other Lathe holds
    const DatasetShelf shelf(context.workspace);
    const auto index = index_documents(document_source(command.data), *context.surveys, telling(context, "read"));
    const auto outcome = try_recipe(*index, command.recipe, *context.surveys, telling(context, "clean"));
    const std::string folder = shelf.next_version(command.name);
    const std::string parent = fs::path(folder).parent_path().string();
    sweep_temporaries(parent);  // of a version that was being written when the power went
    const auto wrong = error_of([&] {
        write_dataset_version(folder, command.name, *index, *outcome, command.recipe, telling(context, "write"));
    });
    if (wrong) {
        ::rmdir(parent.c_str());  // of the first version; another one's is not empty, and a file there is not ours
        fail(*wrong);
    }
    return DatasetChanged{shelf.find(command.name, false)};
}

EventBody run_command(const ListDatasets& command, const CommandContext& context) {
    return DatasetsListed{DatasetShelf(context.workspace).list(command.trashed)};
}

EventBody run_command(const TrashDataset& command, const CommandContext& context) {
    const auto lock = context.store(Store::Mode::read_write);
    return DatasetChanged{DatasetShelf(context.workspace).move(command.name, command.version, command.restore)};
}

EventBody run_command(const EmptyDatasetTrash&, const CommandContext& context) {
    const auto lock = context.store(Store::Mode::read_write);
    const DatasetShelf shelf(context.workspace);
    shelf.empty_trash();
    return DatasetsListed{shelf.list(/*trashed=*/true)};
}

}  // namespace lathe

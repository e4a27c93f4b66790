// Tokenizers: trained, listed, measured on the same texts.
#include <algorithm>
#include <filesystem>

#include "engine/base/error.h"
#include "engine/base/files.h"
#include "engine/base/resources.h"
#include "engine/commands.h"
#include "engine/data/bpe_trainer.h"
#include "engine/data/dataset_version.h"
#include "engine/data/document_index.h"
#include "engine/data/document_stream.h"
#include "engine/library/scan.h"
#include "engine/train/run_data.h"

namespace lathe {

namespace {

namespace fs = std::filesystem;

// train_bpe knows neither the file nor the option.
Tokenizer train_named(const BpeTraining& training, const TrainTokenizer& command) {
    try {
        return train_bpe(training);
    } catch (const Exception& exception) {
        Error error = exception.error();
        if (error.key == "vocab_size") error.key = "--vocab-size";
        if (error.file.empty() && !command.data.files.empty()) error.file = command.data.files.front();
        fail(std::move(error));
    }
}

// Where no folder is given: the one of its name, or that with a number behind it where it is taken.
std::string free_folder(const TrainTokenizer& command, const CommandContext& context) {
    std::string name = command.name;
    if (name.empty() && !command.data.files.empty()) name = fs::path(command.data.files.front()).stem().string();
    // A name that was given is refused, one that was taken from a file is not.
    if (command.name.empty() && error_of([&] { check_dataset_name(name); })) name = "text";
    check_dataset_name(name);
    const std::string wish = context.workspace + "/tokenizers/" + name + "-" + std::to_string(command.vocab_size);
    std::string folder = wish;
    for (int number = 2; fs::exists(fs::symlink_status(folder)); ++number) folder = wish + "-" + std::to_string(number);
    return folder;
}

TokenizerEntry entry_of(const std::string& path, const std::string& name, const std::string& source) {
    TokenizerEntry entry{.path = path, .name = name, .source = source, .problem = {}};
    entry.problem = error_of([&] { entry.vocab_size = Tokenizer::open(path).vocab_size(); });
    return entry;
}

}  // namespace

EventBody run_command(const TrainTokenizer& command, const CommandContext& context) {
    validate(command.data);
    std::shared_ptr<Store> lock;
    if (command.out.empty()) lock = context.store(Store::Mode::read_write);  // which no other Lathe holds
    const std::string out = command.out.empty() ? free_folder(command, context) : command.out;
    if (fs::exists(out) && !fs::is_empty(out))
        fail({.kind = ErrorKind::usage, .file = out, .key = "--out", .expected = "a new or empty folder"});
    DocumentSource learnt = document_source(command.data);
    learnt.validation_files.clear();
    DocumentStream documents(std::move(learnt));
    BpeTraining training;
    training.next_document = [&documents](std::string_view& text) { return documents.next(text); };
    training.vocab_size = command.vocab_size;
    training.threads = context.threads;
    training.progress = [&](double share) {
        return context.progress({.what = "tokenizer", .unit = "share", .done = share, .total = 1});
    };
    training.merged = [&](int64_t merges, int64_t total, std::vector<TokenizerMerge> latest) {
        context.emit(TokenizerMerged{.merges = merges, .total = total, .latest = std::move(latest)});
    };
    const Tokenizer tokenizer = train_named(training, command);
    make_folders(fs::absolute(out).parent_path().string());
    DurableFolder folder(out, /*replace=*/true);
    tokenizer.save(folder.path());
    folder.commit(/*write_manifest=*/false);
    return TokenizerDone{.folder = out, .vocab_size = tokenizer.vocab_size()};
}

// The workspace's own first; those of one model's checkpoints and copies are told once.
EventBody run_command(const ListTokenizers&, const CommandContext& context) {
    std::vector<TokenizerEntry> found;
    std::error_code error;
    for (fs::directory_iterator entry(context.workspace + "/tokenizers", error), end; !error && entry != end;
         entry.increment(error)) {
        context.check();
        const std::string path = entry->path().string(), name = entry->path().filename().string();
        if (!name.starts_with(".") && entry->is_directory()) found.push_back(entry_of(path, name, "workspace"));
    }
    std::sort(found.begin(), found.end(),
              [](const TokenizerEntry& a, const TokenizerEntry& b) { return a.name < b.name; });
    found.push_back(entry_of(resource_folder() + "/starter", "starter", "lathe"));
    for (const ModelEntry& model : scan_models(known_places(context.workspace), {}, ScanDepth::names)) {
        context.check();
        bool there = false;
        if (model.kind == "checkpoint" || error_of([&] { there = Tokenizer::is_at(model.path); }) || !there) continue;
        found.push_back(entry_of(model.path, model.name, model.source));
    }
    return TokenizersListed{std::move(found)};
}

EventBody run_command(const MeasureTokenizers& command, const CommandContext& context) {
    validate(command.data);
    std::vector<std::string> texts;
    int64_t bytes = 0;
    DocumentIndex(document_source(command.data)).read(0, [&](const SourceDocument& document) {
        context.check();
        texts.emplace_back(document.text);
        bytes += static_cast<int64_t>(document.text.size());
        return bytes < command.max_bytes;
    });
    if (texts.empty()) fail({.kind = ErrorKind::empty, .key = "data.files", .expected = "text"});
    const std::vector<std::string_view> views(texts.begin(), texts.end());
    TokenizersMeasured measured;
    for (size_t i = 0; i < command.tokenizers.size(); ++i) {
        context.progress({.what = "encode",
                          .unit = "share",
                          .done = static_cast<double>(i),
                          .total = static_cast<double>(command.tokenizers.size())});
        const std::string& path = command.tokenizers[i];
        TokenizerMeasure& measure = measured.measures.emplace_back();
        measure.bytes = bytes;
        measure.tokenizer.path = path;
        measure.tokenizer.name = fs::path(path).filename().string();
        measure.tokenizer.problem = error_of([&] {
            const Tokenizer tokenizer = Tokenizer::open(path);
            measure.tokenizer.vocab_size = tokenizer.vocab_size();
            for (const std::vector<int32_t>& ids : tokenizer.encode_all(views, context.threads, false))
                measure.tokens += static_cast<int64_t>(ids.size());
        });
    }
    return measured;
}

}  // namespace lathe

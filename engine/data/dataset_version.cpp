#include "engine/data/dataset_version.h"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <optional>

#include "engine/base/error.h"
#include "engine/base/files.h"
#include "engine/data/line_reader.h"

namespace lathe {

namespace {

namespace fs = std::filesystem;

constexpr const char *kTrain = "train.jsonl", *kValidation = "validation.jsonl", *kAbout = "dataset.json";
constexpr size_t kLongestName = 100;
constexpr int64_t kMostAbout = 16 << 20, kStride = 1 << 20;

// How the rows of a source are written; see the header.
class RowWriter {
public:
    RowWriter(const DocumentIndex& index, const CleanRecipe& recipe)
        : cleaner_(recipe, index.source().system_prompt), system_prompt_(index.source().system_prompt) {
        std::vector<const DataFile*> examples, texts;
        for (const DocumentIndex::File& file : index.files())
            if (!file.problem) (has_examples(file.data) ? examples : texts).push_back(&file.data);
        if (!examples.empty() && !texts.empty())
            fail({.kind = ErrorKind::mismatch,
                  .file = texts.front()->path,
                  .key = "data.files",
                  .expected = "conversations, as in " + examples.front()->path + ": texts are a data set of their own",
                  .found = "texts"});
        const RowColumns& wish = index.source().columns;
        const bool named = !(wish.messages + wish.prompt + wish.input + wish.completion + system_prompt_).empty();
        const auto alike = [&](const DataFile* file) {
            return file->layout.format == examples.front()->layout.format &&
                   described(file->layout) == described(examples.front()->layout);
        };
        as_messages_ = named || !std::all_of(examples.begin(), examples.end(), alike);
    }

    // A line without its end, and the bytes of the text in it.
    std::string line_of(const SourceDocument& document, bool changed, int64_t& bytes) const {
        CleanedDocument cleaned;
        if (changed) cleaned = cleaner_.look_at(document);
        const std::string_view text = changed ? std::string_view(cleaned.text) : document.text;
        bytes += static_cast<int64_t>(text.size());
        const DocumentPlace& place = document.place;
        const bool is_row = place.table != nullptr || !place.row.empty();
        const RowLayout& layout = document.file.layout;
        const bool renamed = document.example != nullptr ? as_messages_ : layout.columns.text != "text";
        if (!is_row) return dump_json({{"text", std::string(text)}});
        if (!changed && !renamed && place.table == nullptr && place.row.find_first_of("\r\n") == std::string_view::npos)
            return std::string(place.row);
        Json row = changed                  ? std::move(cleaned.row)
                   : place.table != nullptr ? *place.table
                                            : parse_json(place.row, place.file);
        if (!renamed) return dump_json(row);
        if (document.example == nullptr) {
            row.erase(layout.columns.text);
            row["text"] = std::string(text);
            return dump_json(row);
        }
        const Example example = example_of(row, layout, system_prompt_);
        Json plain = {{"messages", example.messages}};
        if (!example.tools.is_null()) plain["tools"] = example.tools;
        return dump_json(plain);
    }

private:
    Cleaner cleaner_;
    std::string system_prompt_;
    bool as_messages_ = false;
};

int64_t now_ms() {
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch())
        .count();
}

Json sources_of(const DocumentIndex& index) {
    Json sources = Json::array();
    for (const DocumentIndex::File& file : index.files())
        if (!file.problem)
            sources.push_back({{"path", fs::absolute(file.data.path).lexically_normal().string()},
                               {"bytes", file.data.size},
                               {"sha256", sha256_of_file(file.data.path)}});
    return sources;
}

int64_t number(const Json& json, const char* key, const std::string& file) {
    const auto found = json.find(key);
    if (found == json.end() || !found->is_number_integer())
        fail({.kind = found == json.end() ? ErrorKind::missing_key : ErrorKind::wrong_type, .file = file, .key = key});
    return found->get<int64_t>();
}

}  // namespace

void check_dataset_name(const std::string& name) {
    const auto is_control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; };
    const bool wrong = name.empty() || name.size() > kLongestName || name.find('/') != std::string::npos ||
                       name.front() == '.' || name.front() == ' ' || name.back() == '.' || name.back() == ' ' ||
                       std::any_of(name.begin(), name.end(), is_control) || first_invalid_utf8(name) != name.size() ||
                       name.ends_with(".jsonl");
    if (wrong)
        fail({.kind = ErrorKind::usage,
              .key = "name",
              .expected = "a data set's name: at most 100 bytes, no slash, no dot or space at its ends, not .jsonl",
              .found = name.substr(0, 2 * kLongestName)});
}

DatasetVersion write_dataset_version(const std::string& folder, const std::string& name, const DocumentIndex& index,
                                     const RecipeOutcome& outcome, const CleanRecipe& recipe,
                                     const ImportProgress& progress) {
    const RowWriter writer(index, recipe);
    if (outcome.kept_documents() == 0)
        fail({.kind = ErrorKind::empty,
              .file = index.files().front().data.path,
              .expected = "a document that the recipe keeps",
              .found = "none of " + std::to_string(index.documents())});
    make_folders(fs::path(folder).parent_path().string());
    require_free_bytes(fs::path(folder).parent_path().string(), outcome.kept_bytes());
    DurableFolder durable(folder);
    OutputFile train(durable.path() + "/" + kTrain);
    std::optional<OutputFile> validation;
    if (outcome.validation_documents() > 0) validation.emplace(durable.path() + "/" + kValidation);
    int64_t bytes = 0, told = 0;
    index.read(0, [&](const SourceDocument& document) {
        const int64_t done = document.place.bytes_read;
        if (done - told >= kStride || told == 0) {
            told = done;
            if (progress && !progress(done, index.bytes())) fail({.kind = ErrorKind::cancelled});
        }
        if (outcome.dropped_by(document.index) != CleanStep::none) return true;
        const std::string line = writer.line_of(document, outcome.is_changed(document.index), bytes) + "\n";
        OutputFile& file = outcome.is_validation(document.index) ? *validation : train;
        file.write(line.data(), static_cast<int64_t>(line.size()));
        return true;
    });
    index.check_unchanged();
    durable.set_sha256(kTrain, train.finish());
    if (validation) durable.set_sha256(kValidation, validation->finish());
    write_file_durably(durable.path() + "/" + kAbout,
                       dump_json({{"version", 1},
                                  {"name", name},
                                  {"recipe", parse_json(to_json(recipe), "")},
                                  {"sources", sources_of(index)},
                                  {"documents", outcome.kept_documents() - outcome.validation_documents()},
                                  {"validation_documents", outcome.validation_documents()},
                                  {"bytes", bytes},
                                  {"created_at_ms", now_ms()}},
                                 2) +
                           "\n");
    durable.commit();
    return read_dataset_version(folder);
}

DatasetVersion read_dataset_version(const std::string& folder) {
    DatasetVersion version;
    version.version = fs::path(folder).filename().string();
    version.folder = folder;
    version.problem = error_of([&] {
        const std::string file = folder + "/" + kAbout;
        const Json about = read_json(file, kMostAbout);
        if (!about.is_object()) fail({.kind = ErrorKind::wrong_type, .file = file, .expected = "an object"});
        if (number(about, "version", file) != 1)
            fail({.kind = ErrorKind::unsupported, .file = file, .key = "version", .expected = "1"});
        if (const auto recipe = about.find("recipe"); recipe != about.end())
            version.recipe = parse_clean_recipe(dump_json(*recipe), file);
        if (const auto sources = about.find("sources"); sources != about.end() && sources->is_array())
            for (const Json& source : *sources)
                if (source.is_object() && source.contains("path") && source["path"].is_string())
                    version.sources.push_back(source["path"].get<std::string>());
        version.documents = number(about, "documents", file);
        version.validation_documents = number(about, "validation_documents", file);
        version.bytes = number(about, "bytes", file);
        version.created_at_ms = number(about, "created_at_ms", file);
        version.files = {folder + "/" + kTrain};
        if (version.validation_documents > 0) version.validation_files = {folder + "/" + kValidation};
        if (!verify_folder(folder, /*hashes=*/false))
            fail({.kind = ErrorKind::mismatch,
                  .file = folder,
                  .expected = "the files that were written",
                  .found = "some are missing or of another size"});
    });
    return version;
}

}  // namespace lathe

// data clean, data split: what a recipe would do, and a data set's next version.
#include <CLI/CLI.hpp>

#include "app/cli_options.h"
#include "app/cli_output.h"
#include "app/format_text.h"
#include "engine/base/files.h"
#include "engine/base/json.h"

namespace lathe {

namespace {

constexpr int64_t kMostRecipe = 1 << 20;

// "min_characters=20": the value is JSON, or a bare text.
void set_step(CleanRecipe& recipe, const std::string& assignment) {
    const size_t equals = assignment.find('=');
    if (equals == std::string::npos || equals == 0)
        fail({.kind = ErrorKind::usage,
              .key = "--set",
              .expected = "STEP=VALUE, as min_characters=20",
              .found = assignment.substr(0, 100)});
    const std::string key = assignment.substr(0, equals), text = assignment.substr(equals + 1);
    Json all = parse_json(to_json(recipe), "");
    const bool is_text = all.contains(key) && all[key].is_string();
    Json value;
    if (is_text || error_of([&] { value = parse_json(text, ""); })) value = text;
    all[key] = value;
    recipe = parse_clean_recipe(dump_json(all), "");
}

struct Options {
    DataConfig data;
    std::string recipe_file, tokenizer, save;
    std::vector<std::string> set;
    double fraction = 0.1;
    int64_t seed = 42;
};

void add_common(CLI::App& command, Options& o) {
    command.add_option("files", o.data.files, "text, rows (.jsonl, .json, .csv, .tsv) or folders")->required();
    command.add_option("--format", o.data.format, "auto, or one of data.format");
    command.add_option("--text-column", o.data.text_column, "key of the text in rows of plain text");
    command.add_option("--save", o.save, "write it as the next version of this data set of the workspace");
}

void request_of(CliRequest& request, const Options& o, const CleanRecipe& recipe) {
    validate(o.data);
    validate(recipe, o.recipe_file);
    if (o.save.empty())
        request.command = SurveyData{.data = o.data, .recipe = recipe, .tokenizer = o.tokenizer};
    else
        request.command = SaveDataset{.name = o.save, .data = o.data, .recipe = recipe};
}

Json json_of(const DatasetSurvey& s) {
    Json files = Json::array(), odd = Json::array(), counts = Json::object(), effects = Json::array();
    for (const SurveyedFile& file : s.files)
        files.push_back({{"path", file.path},
                         {"format", file.format},
                         {"bytes", file.bytes},
                         {"documents", file.documents},
                         {"problem", file.problem ? file.problem->sentence() : ""}});
    for (const OddLine& line : s.odd)
        odd.push_back({{"kind", line.kind}, {"file", line.file}, {"line", line.line}, {"text", line.text}});
    for (const auto& [kind, count] : s.odd_counts) counts[kind] = count;
    for (const RecipeEffect& effect : s.effects)
        effects.push_back({{"step", effect.step},
                           {"changed", effect.changed},
                           {"dropped", effect.dropped},
                           {"bytes", effect.bytes},
                           {"first_texts", effect.first_texts}});
    Json json = {{"files", std::move(files)},
                 {"documents", s.documents},
                 {"bytes", s.bytes},
                 {"characters", s.characters},
                 {"lengths", s.lengths},
                 {"duplicates", s.duplicates},
                 {"odd_counts", std::move(counts)},
                 {"odd", std::move(odd)},
                 {"effects", std::move(effects)},
                 {"kept_documents", s.kept_documents},
                 {"kept_bytes", s.kept_bytes},
                 {"validation_documents", s.validation_documents}};
    if (s.tokens) json["tokens"] = *s.tokens;
    return json;
}

long long count(int64_t value) {
    return static_cast<long long>(value);
}

std::string text_of(const DatasetSurvey& s) {
    std::string lines;
    for (const SurveyedFile& file : s.files)
        lines += file.path + ": " +
                 (file.problem ? "left out: " + file.problem->sentence()
                               : file.format + format_text(", %lld documents", count(file.documents))) +
                 "\n";
    lines += format_text("%lld documents, %lld bytes, %lld characters", count(s.documents), count(s.bytes),
                         count(s.characters));
    if (s.tokens) lines += format_text(", %lld tokens", count(*s.tokens));
    for (const auto& [kind, number] : s.odd_counts) lines += format_text("\n  %-14s %lld", kind.c_str(), count(number));
    for (const RecipeEffect& effect : s.effects)
        lines += format_text("\n%-20s changes %lld, leaves out %lld (%lld bytes)", effect.step.c_str(),
                             count(effect.changed), count(effect.dropped), count(effect.bytes));
    return lines + format_text("\nkept: %lld documents, %lld bytes; %lld held back for validation",
                               count(s.kept_documents), count(s.kept_bytes), count(s.validation_documents));
}

}  // namespace

void add_datasets(CLI::App& data, CliRequest& request) {
    CLI::App* clean = data.add_subcommand("clean", "What a recipe would do to data; with --save it is done");
    const auto c = options<Options>();
    add_common(*clean, *c);
    clean->add_option("--recipe", c->recipe_file, "JSON file of a recipe");
    clean->add_option("--set", c->set, "change a step: min_characters=20");
    clean->add_option("--tokenizer", c->tokenizer, "also count tokens with this one");
    clean->callback([&request, c] {
        CleanRecipe recipe;
        if (!c->recipe_file.empty())
            recipe = parse_clean_recipe(read_file(c->recipe_file, kMostRecipe), c->recipe_file);
        for (const std::string& assignment : c->set) set_step(recipe, assignment);
        request_of(request, *c, recipe);
    });
    CLI::App* split = data.add_subcommand("split", "Hold back a share of the documents for validation");
    const auto s = options<Options>();
    add_common(*split, *s);
    split->add_option("--fraction", s->fraction, "share of the documents that is held back");
    split->add_option("--seed", s->seed, "of the draw");
    split->callback([&request, s] {
        CleanRecipe recipe;
        recipe.validation_fraction = s->fraction;
        recipe.seed = s->seed;
        request_of(request, *s, recipe);
    });
}

void CliOutput::take(const DataSurveyed& surveyed) {
    print(json_ ? dump_json(json_of(surveyed.survey)) : text_of(surveyed.survey));
}

void CliOutput::take(const DatasetChanged& changed) {
    if (changed.dataset.versions.empty()) return;
    const DatasetVersion& made = changed.dataset.versions.front();
    if (!json_)
        return print(format_text("%s: %lld documents, %lld held back", made.folder.c_str(), count(made.documents),
                                 count(made.validation_documents)));
    print(dump_json({{"name", changed.dataset.name},
                     {"version", made.version},
                     {"folder", made.folder},
                     {"files", made.files},
                     {"validation_files", made.validation_files},
                     {"documents", made.documents},
                     {"validation_documents", made.validation_documents},
                     {"bytes", made.bytes}}));
}

}  // namespace lathe

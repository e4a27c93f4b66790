// data: what a data set teaches.
#include <CLI/CLI.hpp>

#include "app/cli_options.h"
#include "app/cli_output.h"
#include "app/format_text.h"
#include "engine/base/json.h"

namespace lathe {

namespace {

Json json_of(const InspectedTokens& shown) {
    Json tokens = Json::array();
    for (const InspectedToken& token : shown.tokens)
        tokens.push_back({{"id", token.id}, {"text", token.text}, {"kind", token.trained ? "trained" : "masked"}});
    Json json = {{"index", shown.index},        {"text", shown.text},
                 {"tokens", std::move(tokens)}, {"document_begin", shown.document_begin},
                 {"kept", shown.kept},          {"padding", shown.padding}};
    if (!shown.file.empty()) json["file"] = shown.file;
    if (shown.line > 0) json["line"] = shown.line;
    return json;
}

Json json_of(const DataInspection& i) {
    Json files = Json::array(), notes = Json::array();
    for (const InspectedFile& file : i.files)
        files.push_back({{"path", file.path},
                         {"format", file.format},
                         {"columns", file.columns},
                         {"bytes", file.bytes},
                         {"documents", file.documents},
                         {"tokens", file.tokens},
                         {"trained_tokens", file.trained_tokens}});
    for (const InspectedRow& row : i.notes)
        notes.push_back({{"kind", row.kind}, {"file", row.file}, {"line", row.line}, {"reason", row.reason}});
    Json json = {{"files", std::move(files)},
                 {"rows", i.rows},
                 {"bad_rows", i.bad_rows},
                 {"empty_rows", i.empty_rows},
                 {"duplicate_rows", i.duplicate_rows},
                 {"documents", i.documents},
                 {"examples", i.examples},
                 {"notes", std::move(notes)},
                 {"obstacle", i.obstacle ? i.obstacle->sentence() : ""}};
    if (!i.tokenised) return json;
    json["chat_template"] = i.chat_template;
    json["tokens"] = i.tokens;
    json["trained_tokens"] = i.trained_tokens;
    json["nothing_to_learn"] = i.nothing_to_learn;
    json["truncated"] = i.truncated;
    json["training_documents"] = i.training_documents;
    json["validation_documents"] = i.validation_documents;
    json["training_rows"] = i.training_rows;
    json["validation_rows"] = i.validation_rows;
    if (i.example) json["example"] = json_of(*i.example);
    if (i.row) json["row"] = json_of(*i.row);
    return json;
}

std::string escaped(const std::string& text) {
    return dump_json(Json(text));
}

std::string lines_of(const char* what, const InspectedTokens& shown) {
    std::string lines = format_text("\n%s %lld", what, static_cast<long long>(shown.index));
    if (shown.line > 0) lines += " (" + shown.file + " line " + std::to_string(shown.line) + ")";
    lines += format_text(": %zu tokens, %lld kept, %lld places free", shown.tokens.size(),
                         static_cast<long long>(shown.kept), static_cast<long long>(shown.padding));
    size_t document = 0;
    for (size_t i = 0; i < shown.tokens.size(); ++i) {
        if (document < shown.document_begin.size() && shown.document_begin[document] == static_cast<int64_t>(i)) {
            lines += "\n  -- document";
            ++document;
        }
        const InspectedToken& token = shown.tokens[i];
        const bool cut = static_cast<int64_t>(i) >= shown.kept;
        lines += format_text("\n%8d %-8s ", token.id, cut ? "cut" : token.trained ? "trained" : "masked");
        lines += escaped(token.text);
    }
    return lines;
}

long long count(int64_t value) {
    return static_cast<long long>(value);
}

std::string text_of(const DataInspection& i) {
    std::string lines;
    for (const InspectedFile& file : i.files)
        lines += file.path + ": " + file.format + (file.columns.empty() ? "" : " (" + file.columns + ")") + "\n";
    lines += format_text("%lld rows, %lld bad, %lld empty, %lld duplicates; %lld documents, %lld of them examples",
                         count(i.rows), count(i.bad_rows), count(i.empty_rows), count(i.duplicate_rows),
                         count(i.documents), count(i.examples));
    if (i.tokenised) {
        const double share =
            i.tokens > 0 ? 100.0 * static_cast<double>(i.trained_tokens) / static_cast<double>(i.tokens) : 0;
        lines += format_text("\n%lld tokens, %.1f %% trained on; %lld documents cut off, %lld with nothing to learn",
                             count(i.tokens), share, count(i.truncated), count(i.nothing_to_learn));
        lines += format_text("\ntraining: %lld documents in %lld rows; validation: %lld in %lld",
                             count(i.training_documents), count(i.training_rows), count(i.validation_documents),
                             count(i.validation_rows));
        if (i.examples > 0 && !i.chat_template)
            lines += "\nthe model has no chat template: prompt and answer as they stand";
    }
    for (const InspectedRow& row : i.notes)
        lines += "\n  " + row.kind + "  " + row.file + " line " + std::to_string(row.line) + ": " + row.reason;
    if (i.example) lines += lines_of("example", *i.example);
    if (i.row) lines += lines_of("row", *i.row);
    if (i.obstacle) lines += "\n" + i.obstacle->sentence();
    return lines;
}

}  // namespace

void add_data(CLI::App& app, CliRequest& request) {
    CLI::App* data = app.add_subcommand("data", "Look at what a run would be trained on");
    data->require_subcommand(1);
    add_datasets(*data, request);
    CLI::App* inspect = data->add_subcommand("inspect", "Formats, rows, and with a model what of its tokens is learnt");
    struct Options {
        InspectData command;
        std::vector<std::string> set;
    };
    const auto o = options<Options>();
    o->command.keep = false;
    inspect->add_option("files", o->command.data.files, "text, conversations (.jsonl, .json, .csv, .tsv) or folders")
        ->required();
    inspect->add_option("--format", o->command.data.format, "auto, or one of data.format");
    inspect->add_option("--model", o->command.model, kModelHelp);
    inspect->add_option("--set", o->set, "change a setting: data.max_length=512");
    inspect->add_option("--example", o->command.example, "show the tokens of this one, from 0");
    inspect->add_option("--row", o->command.row, "show the tokens of this row of a batch, from 0");
    inspect->callback([&request, o] {
        if (o->command.model.empty() && (o->command.example || o->command.row))
            fail({.kind = ErrorKind::usage, .key = "--model", .expected = "a model whose tokens to show"});
        RunConfig config;
        config.data = o->command.data;
        for (const std::string& assignment : o->set) set_field(config, assignment);
        validate(config.data);
        o->command.data = config.data;
        o->command.seed = config.train.seed;
        request.command = o->command;
    });
}

void CliOutput::take(const DataInspected& inspected) {
    const DataInspection& inspection = inspected.inspection;
    print(json_ ? dump_json(json_of(inspection)) : text_of(inspection));
    if (inspection.obstacle) exit_status_ = inspection.obstacle->exit_status();
}

}  // namespace lathe

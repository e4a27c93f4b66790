#include "app/cli_commands.h"

#include <CLI/CLI.hpp>
#include <charconv>
#include <cstdlib>
#include <fstream>
#include <limits>

#include "app/cli_options.h"
#include "engine/base/error.h"
#include "engine/base/files.h"
#include "engine/base/json.h"

namespace lathe {

namespace {

std::vector<int32_t> parse_tokens(const std::string& text, const std::string& source) {
    std::vector<int32_t> tokens;
    const char* at = text.data();
    const char* end = at + text.size();
    while (at < end) {
        int32_t token = 0;
        const auto [past, error] = std::from_chars(at, end, token);
        if (error != std::errc())
            fail({.kind = ErrorKind::wrong_type,
                  .key = source,
                  .expected = "token ids such as 1,2,3",
                  .found = std::string(at, std::min(end, at + 20))});
        tokens.push_back(token);
        at = past;
        while (at < end && (*at == ',' || *at == ' ' || *at == '\n' || *at == '[' || *at == ']')) ++at;
    }
    return tokens;
}

std::vector<int32_t> tokens_of_file(const std::string& file) {
    const Json json = read_json(file);
    const Json& row = json.is_array() && !json.empty() && json.front().is_array() ? json.front() : json;
    if (!row.is_array()) fail({.kind = ErrorKind::wrong_type, .file = file, .expected = "an array of token ids"});
    std::vector<int32_t> tokens;
    for (const Json& id : row) {
        if (!id.is_number_integer())
            fail({.kind = ErrorKind::wrong_type, .file = file, .expected = "an array of token ids"});
        const auto token = id.get<int64_t>();
        if (token < 0 || token > std::numeric_limits<int32_t>::max())
            fail({.kind = ErrorKind::out_of_range, .file = file, .expected = "token ids", .found = id.dump()});
        tokens.push_back(static_cast<int32_t>(token));
    }
    return tokens;
}

// Lines of {"prompt": …, "max_tokens": …}.
std::vector<Generate::Prompt> read_prompts(const std::string& file) {
    std::vector<Generate::Prompt> prompts;
    const std::string text = read_file(file, 1 << 30);
    int64_t number = 0;
    for (size_t begin = 0; begin < text.size();) {
        const size_t end = std::min(text.find('\n', begin), text.size());
        const std::string_view line = std::string_view(text).substr(begin, end - begin);
        begin = end + 1;
        ++number;
        if (line.find_first_not_of(" \t\r") == std::string_view::npos) continue;
        const std::string key = "line " + std::to_string(number);
        const Json json = parse_json(line, file + " " + key);
        if (!json.is_object() || !json.contains("prompt") || !json["prompt"].is_string())
            fail({.kind = ErrorKind::missing_key, .file = file, .key = key + ": prompt", .expected = "a text"});
        Generate::Prompt prompt{.text = json["prompt"].get<std::string>(), .max_tokens = 0};
        for (const auto& [name, value] : json.items()) {
            if (name == "prompt") continue;
            if (name != "max_tokens")
                fail(
                    {.kind = ErrorKind::unknown_key, .file = file, .key = key + ": " + name, .expected = "max_tokens"});
            if (!value.is_number_integer() || value.get<int64_t>() < 1)
                fail({.kind = ErrorKind::out_of_range,
                      .file = file,
                      .key = key + ": max_tokens",
                      .expected = "1 or more"});
            prompt.max_tokens = value.get<int64_t>();
        }
        prompts.push_back(std::move(prompt));
    }
    if (prompts.empty()) fail({.kind = ErrorKind::empty, .file = file, .expected = "lines of {\"prompt\": …}"});
    return prompts;
}

RunConfig config_of(const std::string& file, const std::vector<std::string>& assignments) {
    RunConfig config = read_run_config(file);
    for (const std::string& assignment : assignments) set_field(config, assignment);
    return config;
}

void add_train(CLI::App& app, CliRequest& request) {
    struct Options {
        std::string config, resume;
        std::vector<std::string> set;
        std::vector<int64_t> skip_steps;
    };
    CLI::App* train = app.add_subcommand("train", "Train a model, or go on with a run");
    const auto o = options<Options>();
    train->add_option("--config", o->config, "settings of the run (JSON)");
    train->add_option("--set", o->set, "change a setting: train.learning_rate=3e-4");
    train->add_option("--resume", o->resume, "run to go on with: its id, or latest");
    train->add_option("--skip-step", o->skip_steps,
                      "step to come whose batch is drawn and not learnt from; repeatable");
    train->callback([&request, o] {
        if (o->config.empty() && o->resume.empty())
            fail({.kind = ErrorKind::usage, .key = "--config", .expected = "a file (or --resume RUN)"});
        StartTraining command{.config = std::nullopt,
                              .config_file = o->config,
                              .resume = o->resume,
                              .skip_steps = {o->skip_steps.begin(), o->skip_steps.end()}};
        if (!o->config.empty()) {
            command.config = config_of(o->config, o->set);
            validate(*command.config, o->config);
        } else if (!o->set.empty()) {
            fail({.kind = ErrorKind::usage, .key = "--set", .expected = "--config beside it"});
        }
        request.command = std::move(command);
    });
}

void add_tokenizer(CLI::App& app, CliRequest& request) {
    CLI::App* tokenizer = app.add_subcommand("tokenizer", "Train a tokenizer, or use one");
    tokenizer->require_subcommand(1);
    CLI::App* train = tokenizer->add_subcommand("train", "Train byte-level BPE on text");
    const auto t = options<TrainTokenizer>();
    train->add_option("--input", t->data.files, "text files, JSON lines, folders")->required();
    train->add_option("--vocab-size", t->vocab_size, "tokens to make")->required();
    train->add_option("--text-column", t->data.text_column, "key of the text in JSON lines");
    train->add_option("--out", t->out, "new folder")->required();
    train->callback([&request, t] { request.command = *t; });
    CLI::App* encode = tokenizer->add_subcommand("encode", "Text to token ids");
    const auto e = options<EncodeText>();
    encode->add_option("--model", e->tokenizer, "folder of a model or tokenizer, or GGUF file")->required();
    CLI::Option* text = encode->add_option("--text", e->text, "the text");
    encode->add_option("--file", e->file, "a file of text")->excludes(text);
    encode->callback([&request, e, text] {
        if (e->file.empty() && text->count() == 0)
            fail({.kind = ErrorKind::usage, .key = "--text", .expected = "--text or --file"});
        request.command = *e;
    });
}

// --model, --adapter, --no-strict of a command that runs a model.
template <class T>
void add_model(CLI::App& app, T& command, bool required = true) {
    app.add_option("--model", command.model, kModelHelp)->required(required);
    app.add_option("--adapter", command.adapter, kAdapterHelp);
    app.add_flag_callback(
        "--no-strict", [&command] { command.strict = false; },
        "take a model whose tensors are not all there, too: the rest begins fresh");
}

void add_logits(CLI::App& app, CliRequest& request) {
    struct Options {
        ComputeLogits command;
        std::string tokens, file;
    };
    CLI::App* logits = app.add_subcommand("logits", "Logits after the last token, log-probability of each");
    const auto o = options<Options>();
    add_model(*logits, o->command);
    logits->add_option("--tokens", o->tokens, "token ids: 1,2,3");
    logits->add_option("--tokens-file", o->file, "JSON array of token ids");
    logits->add_option("--out", o->command.out, "new .safetensors file: the logits after each token");
    logits->callback([&request, o] {
        if (o->tokens.empty() == o->file.empty())
            fail({.kind = ErrorKind::usage, .key = "--tokens", .expected = "one of --tokens and --tokens-file"});
        o->command.tokens = o->file.empty() ? parse_tokens(o->tokens, "--tokens") : tokens_of_file(o->file);
        request.command = o->command;
    });
}

// An option for every field of SampleConfig, from its one visit().
struct SampleOptions {
    CLI::App& app;
    void operator()(const char* name, std::vector<std::string>& value, const Field& field) const {
        add(name, value, field);
    }
    template <class T>
    void operator()(const char* name, T& value, const Field& field) const {
        add(name, value, field);
    }
    template <class T>
    void add(std::string name, T& value, const Field& field) const {
        for (char& c : name)
            if (c == '_') c = '-';
        app.add_option("--" + name, value, std::string(field.help));
    }
};

void add_generate(CLI::App& app, CliRequest& request) {
    struct Options {
        Generate command;
        std::string prompt, prompts;
        bool exact = false;
    };
    CLI::App* generate = app.add_subcommand("generate", "Let a model go on from a text");
    const auto o = options<Options>();
    add_model(*generate, o->command);
    CLI::Option* prompt = generate->add_option("--prompt", o->prompt, "the text to go on from, as it stands");
    generate->add_option("--prompts", o->prompts, "file of lines {\"prompt\": …, \"max_tokens\": …}, answered together")
        ->excludes(prompt);
    generate
        ->add_option("--messages", o->command.messages,
                     "file of messages: [{\"role\": …, \"content\": …}, …]; the model's chat template makes the prompt")
        ->excludes("--prompt", "--prompts");
    generate->add_option("--parallel", o->command.max_sequences, "most prompts answered at once")
        ->check(CLI::Range(1, 1024));
    generate->add_flag("--exact", o->exact, "fp32 arithmetic throughout (weights of 16 bits and more always have it)");
    SampleConfig::visit(o->command.sample, SampleOptions{*generate});
    generate->callback([&request, o, prompt] {
        if (prompt->count() > 0)
            o->command.prompts = {{.text = o->prompt}};
        else if (!o->prompts.empty())
            o->command.prompts = read_prompts(o->prompts);
        else if (o->command.messages.empty())
            fail({.kind = ErrorKind::usage, .key = "--prompt", .expected = "--prompt, --messages or --prompts"});
        validate(o->command.sample);
        request.command = o->command;
    });
}

void add_eval(CLI::App& app, CliRequest& request) {
    struct Options {
        Evaluate command;
        CompareWithBase compare;
        bool base = false;
    };
    CLI::App* eval =
        app.add_subcommand("eval", "Loss and bits per byte of a model on a text, or of a run on its validation split");
    const auto o = options<Options>();
    add_model(*eval, o->command, /*required=*/false);
    eval->add_option("--data", o->command.data, "text files, JSON lines, folders");
    eval->add_option("--text-column", o->command.text_column, "key of the text in JSON lines");
    eval->add_option("--window", o->command.window, "tokens seen at once (default: the context, at most 1024)");
    eval->add_option("--stride", o->command.stride, "tokens between windows (default: half a window)");
    CLI::Option* run =
        eval->add_option("--run", o->command.run, "run to evaluate on its own validation split, beside a token bigram");
    eval->add_option("--checkpoint", o->command.checkpoint, "of the run: last, best or a step");
    CLI::Option* base =
        eval->add_flag("--base", o->base, "beside the model that the run began from, with answers of both")->needs(run);
    eval->add_option("--answers", o->compare.answers, "most examples that both answer")
        ->needs(base)
        ->check(CLI::Range(0, 1 << 20));
    eval->add_option("--max-tokens", o->compare.max_tokens, "most tokens of such an answer")
        ->needs(base)
        ->check(CLI::Range(1, 1 << 24));
    eval->callback([&request, o] {
        const Evaluate& command = o->command;
        if (command.run.empty() == command.model.empty())
            fail({.kind = ErrorKind::usage, .key = "--model", .expected = "one of --model and --run"});
        if (!command.model.empty() && command.data.empty())
            fail({.kind = ErrorKind::usage, .key = "--data", .expected = "at least one file"});
        if (!o->base) return void(request.command = command);
        o->compare.run = command.run;
        if (!command.checkpoint.empty()) o->compare.checkpoint = command.checkpoint;
        request.command = o->compare;
    });
}

void add_compare(CLI::App& runs, CliRequest& request) {
    CLI::App* compare = runs.add_subcommand("compare", "Two runs: their losses, and the settings in which they differ");
    const auto o = options<CompareRuns>();
    compare->add_option("first", o->first, "run id, or latest")->required();
    compare->add_option("second", o->second, "run id, or latest")->required();
    compare->callback([&request, o] { request.command = *o; });
}

void add_run_export(CLI::App& runs, CliRequest& request) {
    struct Options {
        std::string run, format = "json", out;
    };
    CLI::App* one = runs.add_subcommand("export", "One run with every metric: JSON, or TensorBoard's event files");
    const auto o = options<Options>();
    one->add_option("run", o->run, "run id, or latest")->required();
    one->add_option("--format", o->format, "json, to standard output, or tensorboard")
        ->check(CLI::IsMember({"json", "tensorboard"}));
    one->add_option("--out", o->out, "new folder, of tensorboard");
    one->callback([&request, o] {
        const bool tensorboard = o->format == "tensorboard";
        if (tensorboard == o->out.empty())
            fail({.kind = ErrorKind::usage,
                  .key = "--out",
                  .expected = tensorboard ? "a new folder" : "--format tensorboard beside it"});
        if (tensorboard) return void(request.command = WriteTensorBoard{.run = o->run, .out = o->out});
        request.command = ShowRun{.run = o->run};
        request.json = true;
    });
}

void add_runs(CLI::App& app, CliRequest& request) {
    CLI::App* runs = app.add_subcommand("runs", "The record of runs");
    runs->require_subcommand(1);
    runs->add_subcommand("list", "All runs, newest first")->callback([&request] { request.command = ListRuns{}; });
    add_compare(*runs, request);
    for (const auto& [name, help] :
         {std::pair("show", "One run"), std::pair("watch", "A run while it trains, drawn in the terminal")}) {
        CLI::App* one = runs->add_subcommand(name, help);
        const auto o = options<ShowRun>();
        one->add_option("run", o->run, "run id, or latest")->required();
        one->callback([&request, o, name = std::string(name)] {
            request.command = *o;
            request.watch = name == "watch";
        });
    }
    add_run_export(*runs, request);
}

void add_estimate(CLI::App& app, CliRequest& request) {
    struct Options {
        std::string config;
        std::vector<std::string> set;
    };
    CLI::App* estimate = app.add_subcommand("estimate", "What a run will take");
    const auto o = options<Options>();
    estimate->add_option("--config", o->config, "settings of the run (JSON)")->required();
    estimate->add_option("--set", o->set, "change a setting");
    estimate->callback([&request, o] {
        EstimateRun command{.config = config_of(o->config, o->set)};
        validate(command.config, o->config);
        request.command = std::move(command);
    });
}

void add_training_bench(CLI::App& bench, CliRequest& request, const std::string& job, const std::string& help) {
    CLI::App* sub = bench.add_subcommand(job, help);
    const auto o = options<TrainBench>();
    o->job = job;
    const bool adapter = job == "lora" || job == "qlora";
    CLI::Option* model = sub->add_option("--model", o->model,
                                         "model folder, GGUF file, or a config.json whose shape gets fresh weights" +
                                             std::string(job == "pretrain" ? " (default: Qwen3 of 5.57 M)" : ""));
    if (job != "pretrain") model->required(), o->batch = 4, o->seq = 512;
    if (adapter) sub->add_option("--adapter", o->adapter, "PEFT folder to start from");
    if (adapter) sub->add_option("--rank", o->rank, "of a fresh adapter")->check(CLI::Range(1, 4096));
    sub->add_option("--tokens-file", o->tokens_file, "JSON [batch][seq] of token ids");
    sub->add_option("--batch", o->batch, "sequences")->check(CLI::Range(1, 1 << 20));
    sub->add_option("--seq", o->seq, "tokens of a sequence")->check(CLI::Range(2, 1 << 20));
    sub->add_option("--steps", o->steps, "steps; the median after the first two counts")->check(CLI::Range(1, 1 << 20));
    sub->add_flag_callback(
        "--checkpointing", [o] { o->settings.emplace_back("train.gradient_checkpointing=true"); },
        "recompute whole blocks in the backward pass");
    sub->add_option("--set", o->settings, "KEY=VALUE of the run that it is a bench of, as train.optim=adamw_8bit");
    sub->callback([&request, o] { request.command = *o; });
}

void add_bench(CLI::App& app, CliRequest& request) {
    CLI::App* bench = app.add_subcommand("bench", "Measure this machine");
    bench->require_subcommand(1);
    add_training_bench(*bench, request, "pretrain", "Full training steps on one batch");
    add_training_bench(*bench, request, "full", "The same, from a model");
    add_training_bench(*bench, request, "lora", "Steps of a LoRA adapter on a model");
    add_training_bench(*bench, request, "qlora", "Steps of a LoRA adapter on a model in NF4");
    CLI::App* tokenizer = bench->add_subcommand("tokenizer", "BPE training and encoding of a file");
    const auto t = options<BenchTokenizer>();
    tokenizer->add_option("--text", t->file, "UTF-8 text")->required();
    tokenizer->add_option("--vocab", t->vocab_size, "tokens to make");
    tokenizer->callback([&request, t] { request.command = *t; });
}

}  // namespace

void add_commands(CLI::App& app, CliRequest& request) {
    const char* home = std::getenv("HOME");
    request.session.workspace = std::string(home != nullptr ? home : ".") + "/Lathe";
    app.add_flag("--json", request.json, "one JSON document on standard output");
    app.add_option("--workspace", request.session.workspace, "folder of runs, tokenizers and models")
        ->capture_default_str();
    app.add_option("--threads", request.session.threads, "threads (default: physical cores)")
        ->check(CLI::Range(1, 1024));
    app.add_option("--device", "cpu")->check(CLI::IsMember({"cpu"}));
    app.fallthrough();
    app.require_subcommand(1);
    add_train(app, request);
    add_tokenizer(app, request);
    add_logits(app, request);
    add_generate(app, request);
    add_eval(app, request);
    add_data(app, request);
    add_export(app, request);
    add_import(app, request);
    add_models(app, request);
    add_runs(app, request);
    add_estimate(app, request);
    add_bench(app, request);
}

}  // namespace lathe

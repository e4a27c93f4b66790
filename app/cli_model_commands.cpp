// export, import, models.
#include <CLI/CLI.hpp>
#include <cstdlib>

#include "app/cli_options.h"
#include "engine/base/error.h"

namespace lathe {

void add_export(CLI::App& app, CliRequest& request) {
    CLI::App* command = app.add_subcommand("export", "Write a model for other programs, and prove it");
    const auto o = options<ExportModel>();
    const auto proof = options<std::pair<bool, std::string>>();  // left out; over this text
    command->add_option("--model", o->model, kModelHelp);
    command->add_option("--adapter", o->adapter, kAdapterHelp);
    command->add_option("--run", o->run, "run: its id, or latest");
    command->add_option("--checkpoint", o->checkpoint, "of the run: last, best or a step");
    command->add_option("--format", o->format,
                        "hf, merged (with the adapter in it), adapter (alone), nf4 (bitsandbytes) or gguf");
    command->add_option("--dtype", o->dtype, "float32, bfloat16 or float16");
    command->add_option("--gguf-type", o->gguf_type, "f32, f16, bf16, q8_0, q4_0 or q4_k_m");
    command->add_flag("--ollama", o->ollama, "with a GGUF: a Modelfile for Ollama");
    command->add_option("--system", o->system, "system message that the Modelfile sets");
    command->add_option("--max-shard-bytes", o->max_shard_bytes, "weights larger than this are split into shards")
        ->check(CLI::PositiveNumber);
    command->add_flag("--no-proof", proof->first, "do not read it back and compare");
    command->add_option("--proof-text", proof->second, "text to compare over");
    command->add_option("--out", o->out, "new folder")->required();
    command->callback([&request, o, proof] {
        if (o->run.empty() == o->model.empty())
            fail({.kind = ErrorKind::usage, .key = "--model", .expected = "one of --model and --run"});
        request.command = *o;
        request.prove = !proof->first;
        request.proof_text = proof->second;
    });
}

void add_import(CLI::App& app, CliRequest& request) {
    CLI::App* command = app.add_subcommand("import", "Write a Hugging Face folder of any model that Lathe opens");
    const auto o = options<ExportModel>();
    o->dtype = "auto";
    command->add_option("source", o->model, kModelHelp)->required();
    command->add_option("--out", o->out, "new folder")->required();
    command->callback([&request, o] {
        request.command = *o;
        request.prove = true;
    });
}

void add_models(CLI::App& app, CliRequest& request) {
    CLI::App* models = app.add_subcommand("models", "Models of the workspace and of other programs' caches");
    models->require_subcommand(1);
    models->add_subcommand("list", "All of them")->callback([&request] { request.command = ListModels{}; });
    CLI::App* show = models->add_subcommand("show", "One, with its tensors");
    const auto o = options<DescribeTensor>();
    show->add_option("model", o->path, kModelHelp)->required();
    show->add_option("--tensor", o->tensor, "how the values of this one spread");
    show->callback([&request, o] {
        if (o->tensor.empty())
            request.command = InspectModel{o->path};
        else
            request.command = *o;
    });
    CLI::App* fetch = models->add_subcommand("fetch", "Download one into the workspace");
    const auto f = options<std::pair<FetchWish, bool>>();
    fetch->add_option("model", f->first.what, "org/name, org/name@revision, org/name/file.gguf, or an https address")
        ->required();
    fetch->add_option("--mirror", f->first.mirror, "address in place of https://huggingface.co");
    fetch->add_option("--proxy", f->first.proxy, "proxy to go through");
    fetch->add_flag("--plan", f->second, "only say what it would fetch");
    fetch->callback([&request, f] {
        if (const char* token = std::getenv("HF_TOKEN")) f->first.token = token;
        if (f->second)
            request.command = PlanFetch{f->first};
        else
            request.command = FetchModel{.wish = f->first, .plan = std::nullopt};
    });
}

}  // namespace lathe

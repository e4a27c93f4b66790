// What lathe-cli prints: one JSON document a command, with the keys that the documentation names, and its exit status.
#include <QtTest>
#include <cmath>

#include "engine/base/files.h"
#include "engine/formats/safetensors.h"
#include "tests/app/cli_process.h"

using namespace lathe_test;

class CliTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void help_and_no_command();
    void train_says_what_it_made();
    void tokenizer_trains_and_encodes();
    void logits_equal_those_of_transformers();
    void a_gguf_file_stands_for_a_folder();
    void an_adapter_over_another_base_is_told();
    void generate_goes_on();
    void generate_answers_messages();
    void eval_and_its_keys();
    void a_tuned_run_beside_its_base();
    void export_gives_the_same_model();
    void the_checkpoint_that_is_named_is_taken();
    void import_keeps_the_numbers();
    void models_are_listed_and_shown();
    void logits_of_all_positions_are_written();
    void estimate_and_its_keys();
    void commands_on_files_make_no_workspace();

private:
    Desk desk_;
    Json trained_;
};

void CliTest::initTestCase() {
    const Finished run = desk_.run({"train", "--config", desk_.path("config.json"), "--json"});
    QVERIFY2(run.status == 0, run.err.c_str());
    trained_ = run.json();
}

void CliTest::help_and_no_command() {
    const Finished help = desk_.run({"--help"});
    QCOMPARE(help.status, 0);
    QVERIFY(help.out.find("train") != std::string::npos);
    QCOMPARE(desk_.run({}).status, 2);
    QVERIFY(desk_.run({"--version"}).out.starts_with("lathe-cli "));
    const Finished unknown = desk_.run({"trian"});
    QCOMPARE(unknown.status, 2);
    QCOMPARE(std::count(unknown.err.begin(), unknown.err.end(), '\n'), 1);
    QCOMPARE(desk_.run({"train"}).status, 2);
}

void CliTest::train_says_what_it_made() {
    QCOMPARE(keys(trained_),
             (std::vector<std::string>{"run", "state", "reason", "checkpoint", "steps", "resumed_from_step",
                                       "train_loss", "eval_loss", "tokens_per_s", "peak_rss_gb"}));
    QCOMPARE(trained_["steps"], 6);
    QCOMPARE(trained_["resumed_from_step"], 0);
    QVERIFY(trained_["train_loss"].get<double>() < std::log(300));
    QVERIFY(trained_["eval_loss"].is_number());
    QVERIFY(trained_["peak_rss_gb"].get<double>() > 0.01);
    QVERIFY(std::filesystem::exists(trained_["checkpoint"].get<std::string>() + "/model.safetensors"));
}

void CliTest::tokenizer_trains_and_encodes() {
    const std::string out = desk_.path("tokenizer");
    const Finished made = desk_.run(
        {"tokenizer", "train", "--input", desk_.path("text.txt"), "--vocab-size", "300", "--out", out, "--json"});
    QVERIFY2(made.status == 0, made.err.c_str());
    QCOMPARE(made.json()["vocab_size"], 300);
    const Finished text = desk_.run({"tokenizer", "encode", "--model", out, "--text", "the cat", "--json"});
    QCOMPARE(keys(text.json()), std::vector<std::string>{"ids"});
    desk_.write("short.txt", "the cat");
    const Finished file =
        desk_.run({"tokenizer", "encode", "--model", out, "--file", desk_.path("short.txt"), "--json"});
    QCOMPARE(file.json(), text.json());
    const Finished again =
        desk_.run({"tokenizer", "train", "--input", desk_.path("text.txt"), "--vocab-size", "300", "--out", out});
    QCOMPARE(again.status, 2);  // it is there
}

void CliTest::logits_equal_those_of_transformers() {
    const Json wanted = lathe::read_json(golden("hf_qwen3/expected.json"));
    std::string tokens;
    for (const Json& token : wanted["tokens"]) tokens += (tokens.empty() ? "" : ",") + token.dump();
    const Finished run = desk_.run({"logits", "--model", golden("hf_qwen3"), "--tokens", tokens, "--json"});
    QVERIFY2(run.status == 0, run.err.c_str());
    const Json json = run.json();
    QCOMPARE(keys(json), (std::vector<std::string>{"logits", "token_logprobs"}));
    QCOMPARE(json["logits"].size(), size_t{128});
    QCOMPARE(json["token_logprobs"].size(), wanted["tokens"].size() - 1);
    for (size_t i = 0; i < 128; ++i)
        QVERIFY(std::abs(json["logits"][i].get<double>() - wanted["logits"].back()[i].get<double>()) < 1e-5);
    desk_.write("tokens.json", wanted["tokens"].dump());
    QCOMPARE(
        desk_.run({"logits", "--model", golden("hf_qwen3"), "--tokens-file", desk_.path("tokens.json"), "--json"}).out,
        run.out);
}

void CliTest::a_gguf_file_stands_for_a_folder() {
    const std::string file = golden("gguf/qwen3_bf16.gguf"), folder = golden("hf_qwen3_bf16");
    const auto logits = [this](const std::string& model) {
        return desk_.run({"logits", "--model", model, "--tokens", "3,17,101", "--json"}).out;
    };
    QVERIFY(!logits(file).empty());
    QCOMPARE(logits(file), logits(folder));
    const Finished encoded = desk_.run({"tokenizer", "encode", "--model", file, "--text", "the<|101|>", "--json"});
    QCOMPARE(encoded.json()["ids"], Json({95, 68, 101}));
    const Finished answer = desk_.run({"generate", "--model", file, "--prompt", "the", "--max-tokens", "4", "--json"});
    QCOMPARE(answer.status, 0);
    QCOMPARE(answer.json()["prompt_token_ids"], Json({95, 68}));
    const std::string out = desk_.path("from_gguf");
    const Finished exported = desk_.run({"export", "--model", file, "--dtype", "bfloat16", "--out", out, "--json"});
    QVERIFY2(exported.status == 0, exported.err.c_str());
    QCOMPARE(logits(out), logits(file));
    QCOMPARE(desk_.run({"tokenizer", "encode", "--model", out, "--text", "the<|101|>", "--json"}).out, encoded.out);
}

void CliTest::an_adapter_over_another_base_is_told() {
    const std::string other = desk_.path("other"), said = "it is for hf_qwen2, the base is other";
    QCOMPARE(desk_.run({"import", golden("gguf/qwen2.gguf"), "--out", other}).status, 0);
    const auto over = [this](const std::string& base, std::vector<std::string> arguments) {
        arguments.insert(arguments.end(), {"--model", base, "--adapter", golden("peft_qwen2")});
        return desk_.run(arguments);
    };
    for (const std::vector<std::string>& arguments :
         {std::vector<std::string>{"logits", "--tokens", "1,2,3"},
          {"generate", "--prompt", "the", "--max-tokens", "2"},
          {"eval", "--data", desk_.path("text.txt")},
          {"export", "--format", "merged", "--no-proof", "--out", desk_.path("merged")},
          {"export", "--format", "adapter", "--no-proof", "--out", desk_.path("adapter")}}) {
        const Finished run = over(other, arguments);
        QVERIFY2(run.status == 0, run.err.c_str());
        QVERIFY2((run.err + run.out).find(said) != std::string::npos, arguments[0].c_str());
    }
    QCOMPARE(over(golden("hf_qwen2"), {"logits", "--tokens", "1,2,3"}).err, std::string());
}

void CliTest::generate_goes_on() {
    const auto model = trained_["checkpoint"].get<std::string>();
    const Finished one =
        desk_.run({"generate", "--model", model, "--prompt", "the cat", "--max-tokens", "6", "--json"});
    QVERIFY2(one.status == 0, one.err.c_str());
    QCOMPARE(keys(one.json()), (std::vector<std::string>{"text", "prompt_token_ids", "token_ids", "finish_reason"}));
    QVERIFY(one.json()["token_ids"].size() <= 6);
    desk_.write("prompts.jsonl",
                "{\"prompt\": \"the cat\", \"max_tokens\": 6}\n\n{\"prompt\": \"a dog\", \"max_tokens\": 2}\n");
    const Finished two = desk_.run({"generate", "--model", model, "--prompts", desk_.path("prompts.jsonl"), "--json"});
    QVERIFY2(two.status == 0, two.err.c_str());
    QCOMPARE(two.json().size(), size_t{2});
    QCOMPARE(two.json()[0], one.json());
    const std::vector<std::string> drawn = {"generate", "--model",       model, "--prompt", "she", "--max-tokens",
                                            "8",        "--temperature", "1",   "--seed",   "3",   "--json"};
    QCOMPARE(desk_.run(drawn).out, desk_.run(drawn).out);
    const Finished text = desk_.run({"generate", "--model", model, "--prompt", "the cat", "--max-tokens", "6"});
    QCOMPARE(text.out, one.json()["text"].get<std::string>() + "\n");
}

void CliTest::generate_answers_messages() {
    const std::string model = desk_.path("chat_model");
    std::filesystem::copy(trained_["checkpoint"].get<std::string>(), model, std::filesystem::copy_options::recursive);
    desk_.write("messages.json", R"({"messages": [{"role": "user", "content": "the cat"}]})");
    const std::vector<std::string> line = {
        "generate", "--model", model, "--messages", desk_.path("messages.json"), "--max-tokens", "4", "--json"};
    const Finished none = desk_.run(line);
    QCOMPARE(none.status, 2);
    QVERIFY2(none.err.find("chat_template") != std::string::npos, none.err.c_str());
    desk_.write("chat_model/chat_template.jinja", "{{ messages[0].content }} sees");
    const Finished answer = desk_.run(line);
    QVERIFY2(answer.status == 0, answer.err.c_str());
    const Finished same =
        desk_.run({"generate", "--model", model, "--prompt", "the cat sees", "--max-tokens", "4", "--json"});
    QCOMPARE(answer.json(), same.json());
    desk_.write("chat_model/chat_template.jinja", "\n{% nope %}");
    const Finished broken = desk_.run(line);
    QCOMPARE(broken.status, 2);
    QVERIFY2(broken.err.find("line 2") != std::string::npos, broken.err.c_str());
    QCOMPARE(desk_.run({"generate", "--model", model, "--prompt", "the", "--max-tokens", "2"}).status, 0);
}

void CliTest::eval_and_its_keys() {
    const Finished run = desk_.run(
        {"eval", "--model", trained_["checkpoint"].get<std::string>(), "--data", desk_.path("text.txt"), "--json"});
    QVERIFY2(run.status == 0, run.err.c_str());
    const Json json = run.json();
    QCOMPARE(keys(json),
             (std::vector<std::string>{"loss", "perplexity", "bits_per_byte", "tokens", "bytes", "window", "stride"}));
    QVERIFY(std::abs(std::exp(json["loss"].get<double>()) / json["perplexity"].get<double>() - 1) < 1e-9);
    const Finished of_run = desk_.run({"eval", "--run", "latest", "--json"});
    QVERIFY2(of_run.status == 0, of_run.err.c_str());
    QVERIFY(of_run.json()["bigram_bits_per_byte"].get<double>() > 0);
    QVERIFY(std::abs(of_run.json()["loss"].get<double>() - trained_["eval_loss"].get<double>()) < 1e-5);
}

void CliTest::a_tuned_run_beside_its_base() {
    const Finished fresh = desk_.run({"eval", "--run", "latest", "--base"});
    QCOMPARE(fresh.status, 2);
    QVERIFY2(fresh.err.find("base_model") != std::string::npos, fresh.err.c_str());
    QCOMPARE(desk_.run({"eval", "--model", "m", "--data", "d", "--base"}).status, 2);
    const Desk desk;
    std::string rows;
    for (int i = 0; i < 30; ++i)
        rows += R"({"prompt": "the )" + std::to_string(i) + R"(?", "completion": " it is"})" + "\n";
    desk.write("rows.jsonl", rows);
    Json config = Desk::config();
    config.erase("model");
    config["base_model"] = {{"path", trained_["checkpoint"]}};
    config["lora"] = {{"r", 2}};
    config["data"]["files"] = {"rows.jsonl"};
    config["data"]["validation_fraction"] = 0.3;
    desk.write("tune.json", config.dump());
    const Finished tuned = desk.run({"train", "--config", desk.path("tune.json"), "--json"});
    QVERIFY2(tuned.status == 0, tuned.err.c_str());
    const Finished run =
        desk.run({"eval", "--run", "latest", "--base", "--answers", "2", "--max-tokens", "4", "--json"});
    QVERIFY2(run.status == 0, run.err.c_str());
    const Json json = run.json();
    QCOMPARE(keys(json), (std::vector<std::string>{"base", "tuned", "tokens", "answers"}));
    QCOMPARE(keys(json["base"]), (std::vector<std::string>{"model", "loss", "perplexity"}));
    QCOMPARE(keys(json["tuned"]), (std::vector<std::string>{"run", "step", "loss", "perplexity"}));
    QCOMPARE(keys(json["answers"][0]), (std::vector<std::string>{"prompt", "expected", "before", "after"}));
    QCOMPARE(json["answers"].size(), size_t{2});
    QCOMPARE(json["answers"][0]["expected"], " it is");
    const Finished alone = desk.run({"eval", "--run", "latest", "--json"});
    QCOMPARE(json["tuned"]["loss"], alone.json()["loss"]);
    const Finished words = desk.run({"eval", "--run", "latest", "--base", "--answers", "1", "--max-tokens", "4"});
    QVERIFY2(words.out.find("--- before") != std::string::npos, words.out.c_str());
}

void CliTest::export_gives_the_same_model() {
    const std::string out = desk_.path("export");
    const Finished run = desk_.run({"export", "--run", "latest", "--format", "hf", "--out", out, "--json"});
    QVERIFY2(run.status == 0, run.err.c_str());
    for (const char* file : {"config.json", "model.safetensors", "tokenizer.json"})
        QVERIFY2(run.json()["files"].contains(file), file);
    QVERIFY(!std::filesystem::exists(out + "/lathe") && !std::filesystem::exists(out + "/manifest.json"));
    QCOMPARE(run.json()["sha256"]["tokenizer.json"].get<std::string>(), lathe::sha256_of_file(out + "/tokenizer.json"));
    QCOMPARE(run.json()["proof"]["max_logit_difference"], 0.0);
    QVERIFY(run.json()["commands"].contains("transformers") && run.json()["commands"].contains("vllm"));
    const Finished unproven = desk_.run({"export", "--run", "latest", "--no-proof", "--out", out + "3", "--json"});
    QVERIFY2(unproven.status == 0 && unproven.json()["proof"].is_null(), unproven.err.c_str());
    const auto logits = [this](const std::string& model) {
        return desk_.run({"logits", "--model", model, "--tokens", "1,2,3", "--json"}).out;
    };
    QCOMPARE(logits(out), logits(trained_["checkpoint"].get<std::string>()));
    QCOMPARE(desk_.run({"export", "--run", "latest", "--out", out}).status, 2);  // it is there
    QCOMPARE(desk_.run({"export", "--run", "latest", "--format", "gguff", "--out", out + "2"}).status, 2);
    QVERIFY(!std::filesystem::exists(out + "2"));
}

void CliTest::import_keeps_the_numbers() {
    for (const auto& [source, dtype] : {std::pair("hf_qwen3_bf16", "bfloat16"),
                                        {"gguf/qwen3_bf16.gguf", "bfloat16"},
                                        {"gguf/llama.gguf", "float32"},
                                        {"nf4_qwen2", "bfloat16"}}) {
        const std::string out = desk_.path("import-" + std::string(dtype) + std::to_string(std::string(source).size()));
        const Finished run = desk_.run({"import", golden(source), "--out", out, "--json"});
        QVERIFY2(run.status == 0, run.err.c_str());
        QCOMPARE(run.json()["numbers"].get<std::string>(), std::string(dtype));
        QCOMPARE(run.json()["proof"]["max_logit_difference"], 0.0);
    }
}

void CliTest::models_are_listed_and_shown() {
    const std::string model = desk_.workspace() + "/exports/mine";
    QCOMPARE(desk_.run({"export", "--model", golden("hf_llama"), "--no-proof", "--out", model}).status, 0);
    const Finished listed = desk_.run({"models", "list", "--json"});
    QVERIFY2(listed.status == 0, listed.err.c_str());
    const Json models = listed.json()["models"];
    QVERIFY(std::any_of(models.begin(), models.end(), [&](const Json& one) { return one["path"] == Json(model); }));
    const Finished shown = desk_.run({"models", "show", model, "--json"});
    QVERIFY2(shown.status == 0, shown.err.c_str());
    QCOMPARE(shown.json()["model_type"].get<std::string>(), std::string("llama"));
    const Finished spread = desk_.run({"models", "show", model, "--tensor", "model.norm.weight", "--json"});
    QVERIFY2(spread.status == 0, spread.err.c_str());
    QVERIFY(spread.json()["elements"].get<int64_t>() > 0 && spread.json()["bins"].size() == 64);
    QCOMPARE(desk_.run({"models", "show", model, "--tensor", "none"}).status, 2);
    QCOMPARE(desk_.run({"models", "fetch", "http://example.org/a.gguf"}).status, 2);
}

void CliTest::logits_of_all_positions_are_written() {
    const std::string out = desk_.path("logits.safetensors");
    const Finished run =
        desk_.run({"logits", "--model", golden("hf_qwen3"), "--tokens", "1,2,3,4", "--out", out, "--json"});
    QVERIFY2(run.status == 0, run.err.c_str());
    const lathe::SafetensorsFile file(out);
    const lathe::TensorInfo& rows = *file.find("logits");
    const auto last = run.json()["logits"].get<std::vector<float>>();
    QCOMPARE(rows.shape, (std::vector<int64_t>{4, static_cast<int64_t>(last.size())}));
    std::vector<float> row(last.size());
    file.read_fp32(rows, rows.elements() - static_cast<int64_t>(row.size()), static_cast<int64_t>(row.size()),
                   row.data());
    QCOMPARE(row, last);
    QCOMPARE(desk_.run({"logits", "--model", golden("hf_qwen3"), "--tokens", "1", "--out", out}).status,
             2);  // it is there
}

void CliTest::the_checkpoint_that_is_named_is_taken() {
    const auto last = trained_["checkpoint"].get<std::string>();  // of step 6
    const std::string first = std::filesystem::path(last).parent_path().string() + "/checkpoint-3";
    const auto exported = [this](const std::string& out, const std::vector<std::string>& options) {
        std::vector<std::string> words = {"export", "--run", "latest", "--out", desk_.path(out), "--json"};
        words.insert(words.end(), options.begin(), options.end());
        const Finished run = desk_.run(words);
        return run.status == 0 ? run.json()["files"]["model.safetensors"].get<int64_t>() : -1;
    };
    const auto weights = [](const std::string& folder) { return lathe::sha256_of_file(folder + "/model.safetensors"); };
    const int64_t whole = exported("third", {"--checkpoint", "3"});
    QVERIFY(whole > 0);
    QCOMPARE(weights(desk_.path("third")), weights(first));
    QVERIFY(weights(first) != weights(last));
    const int64_t half = exported("half", {"--dtype", "bfloat16"});
    QVERIFY(half > 0 && half < whole * 3 / 5);
    const Json metrics = desk_.run({"runs", "export", "latest"}).json()["metrics"];
    const Finished eval = desk_.run({"eval", "--run", "latest", "--checkpoint", "3", "--json"});
    QVERIFY(std::abs(eval.json()["loss"].get<double>() - metrics[2]["eval_loss"].get<double>()) < 1e-5);
}

void CliTest::estimate_and_its_keys() {
    const Finished run = desk_.run({"estimate", "--config", desk_.path("config.json"), "--json"});
    QVERIFY2(run.status == 0, run.err.c_str());
    for (const char* key : {"parameters", "bytes", "flops_per_token", "tokens_per_step", "tokens_per_s", "memory_bytes",
                            "free_disk_bytes", "kept_checkpoint_bytes"})
        QVERIFY2(run.json().contains(key), key);
    QVERIFY(run.json()["bytes"]["weights"].get<int64_t>() > 0);
    const Finished wider =
        desk_.run({"estimate", "--config", desk_.path("config.json"), "--set", "model.hidden_size=64", "--json"});
    QVERIFY(wider.json()["parameters"].get<int64_t>() > run.json()["parameters"].get<int64_t>());
}

void CliTest::commands_on_files_make_no_workspace() {
    const Desk desk;
    QCOMPARE(desk.run({"logits", "--model", golden("hf_qwen3"), "--tokens", "1,2"}).status, 0);
    QCOMPARE(desk.run({"estimate", "--config", desk.path("config.json")}).status, 0);
    QCOMPARE(desk.run({"runs", "list"}).status, 0);
    QVERIFY(!std::filesystem::exists(desk.workspace()));
}

QTEST_GUILESS_MAIN(CliTest)
#include "cli_test.moc"

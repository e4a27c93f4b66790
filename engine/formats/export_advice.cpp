#include "engine/formats/export_advice.h"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <string_view>
#include <utility>

#include "engine/base/export_text.h"
#include "engine/base/json.h"

namespace lathe {

namespace {

constexpr const char* kPrompt = "And it came to pass";
constexpr int64_t kVllmRanks[] = {1, 8, 16, 32, 64, 128, 256, 320, 512};  // --max-lora-rank takes these

std::string shell_quoted(const std::string& text) {
    const auto is_plain = [](unsigned char c) {
        return (c < 128 && std::isalnum(c) != 0) ||
               std::string_view("/._-+=:,@").find(static_cast<char>(c)) != std::string_view::npos;
    };
    if (!text.empty() && std::all_of(text.begin(), text.end(), is_plain)) return text;
    std::string quoted = "'";
    for (const char c : text) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return quoted + "'";
}

// A JSON string is a Python one.
std::string python_quoted(const std::string& text) {
    return dump_json(Json(text));
}

int64_t largest(const std::vector<int64_t>& numbers) {
    return numbers.empty() ? 0 : *std::max_element(numbers.begin(), numbers.end());
}

// The most GPUs that share both kinds of heads evenly, in powers of two; 1: none do.
int64_t most_tensor_parallel(const ModelConfig& model) {
    int64_t parts = 1;
    while (parts < 8 && model.num_attention_heads % (2 * parts) == 0 && model.num_key_value_heads % (2 * parts) == 0)
        parts *= 2;
    return parts;
}

std::string transformers_command(const ExportReport& report) {
    return "from transformers import AutoModelForCausalLM, AutoTokenizer\n"
           "folder = " +
           python_quoted(report.folder) +
           "\n"
           "tokenizer = AutoTokenizer.from_pretrained(folder)\n"
           "model = AutoModelForCausalLM.from_pretrained(folder)\n"
           "ids = tokenizer(\"" +
           kPrompt +
           "\", return_tensors=\"pt\")\n"
           "print(tokenizer.decode(model.generate(**ids, max_new_tokens=64)[0]))";
}

std::string peft_command(const ExportReport& report) {
    return "from peft import PeftModel\n"
           "from transformers import AutoModelForCausalLM, AutoTokenizer\n"
           "base = " +
           python_quoted(report.reference) +
           "\n"
           "tokenizer = AutoTokenizer.from_pretrained(base)\n"
           "model = PeftModel.from_pretrained(AutoModelForCausalLM.from_pretrained(base), " +
           python_quoted(report.folder) +
           ")\n"
           "ids = tokenizer(\"" +
           kPrompt +
           "\", return_tensors=\"pt\")\n"
           "print(tokenizer.decode(model.generate(**ids, max_new_tokens=64)[0]))";
}

std::string vllm_command(const ExportReport& report, const ExportFacts& facts) {
    const bool adapter = report.format == "adapter";
    const std::string length = " --max-model-len " + std::to_string(facts.model.max_position_embeddings);
    std::string text = "vllm serve " + shell_quoted(adapter ? report.reference : report.folder);
    if (adapter) {
        const int64_t rank = largest(facts.lora_ranks);
        const auto* fits =
            std::find_if(std::begin(kVllmRanks), std::end(kVllmRanks), [&](int64_t r) { return r >= rank; });
        if (fits == std::end(kVllmRanks)) return "";
        text += " --served-model-name base --enable-lora --max-lora-rank " + std::to_string(*fits) +
                " --lora-modules " + shell_quoted("default=" + report.folder);
    } else {
        text += " --served-model-name default";
    }
    text += length;
    if (const int64_t parts = most_tensor_parallel(facts.model); parts > 1 && report.format != "nf4")
        text += "  # on several GPUs: --tensor-parallel-size " + std::string(parts > 2 ? "2 to " : "") +
                std::to_string(parts);
    return text +
           "\ncurl http://127.0.0.1:8000/v1/completions -H 'Content-Type: application/json' \\\n"
           "  -d '{\"model\": \"default\", \"prompt\": \"" +
           kPrompt + "\", \"max_tokens\": 64}'";
}

std::string lathe_command(const ExportReport& report) {
    std::string text = "lathe-cli generate --model ";
    text += report.format == "adapter" ? shell_quoted(report.reference) + " --adapter " + shell_quoted(report.folder)
                                       : shell_quoted(exported_model(report));
    return text + " --prompt '" + kPrompt + "' --max-tokens 64";
}

std::string llama_command(const ExportReport& report, const ExportFacts& facts) {
    const std::string file = shell_quoted(exported_model(report));
    return "llama-cli -m " + file + " -no-cnv -p '" + kPrompt + "' -n 64 --temp 0\n" + "llama-server -m " + file +
           " -c " + std::to_string(facts.model.max_position_embeddings);
}

std::string ollama_command(const ExportReport& report) {
    const std::string name = std::filesystem::path(report.folder).filename().string();
    return "cd " + shell_quoted(report.folder) + " && ollama create " + shell_quoted(name) +
           " -f Modelfile && ollama run " + shell_quoted(name);
}

}  // namespace

std::vector<ExportWarning> export_warnings(const ExportReport& report, const ExportFacts& facts) {
    std::vector<ExportWarning> warnings;
    const auto warn = [&](const char* kind, std::string detail = "") {
        warnings.push_back({.kind = kind, .detail = std::move(detail)});
    };
    if (report.format == "nf4") warn("vllm_tensor_parallel");
    if (const int64_t rank = largest(facts.lora_ranks); report.format == "adapter" && rank > kVllmRanks[8])
        warn("vllm_lora_rank", std::to_string(rank));
    if (!facts.other_base.empty()) warn("base_differs", facts.other_base);
    if (report.format == "adapter") return warnings;
    if (!facts.tokenizer) warn("no_tokenizer");
    if (facts.tokenizer && !facts.chat_template) warn("no_chat_template");
    if (!facts.other_tokenizer.empty()) warn("tokenizer_differs", facts.other_tokenizer);
    if (facts.quantised_reference) warn("quantised_reference", report.reference);
    return warnings;
}

std::vector<ExportCommand> export_commands(const ExportReport& report, const ExportFacts& facts) {
    std::vector<ExportCommand> commands;
    const auto add = [&](const char* tool, std::string text) {
        if (!text.empty()) commands.push_back({.tool = tool, .text = std::move(text)});
    };
    if (report.format == "gguf") {
        add("llama.cpp", llama_command(report, facts));
        if (facts.modelfile) add("ollama", ollama_command(report));
    } else {
        if (report.format == "adapter")
            add("peft", peft_command(report));
        else
            add("transformers", transformers_command(report));
        add("vllm", vllm_command(report, facts));
    }
    add("lathe", lathe_command(report));
    return commands;
}

}  // namespace lathe

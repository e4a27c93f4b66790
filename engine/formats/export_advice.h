// What the report of an export tells a reader: ready commands, and what other programs would refuse. Sources:
// docs.vllm.ai (LoRA adapters; BitsAndBytes), vllm/lora/peft_helper.py, llama.cpp tools/cli and tools/server, ollama
// docs/modelfile.mdx. Any thread.
#pragma once

#include <string>
#include <vector>

#include "engine/base/config.h"
#include "engine/base/export_report.h"

namespace lathe {

// What the commands and warnings depend on besides the report.
struct ExportFacts {
    ModelConfig model;
    std::vector<int64_t> lora_ranks;  // of an adapter
    bool tokenizer = true, chat_template = true, modelfile = false;
    std::string other_tokenizer;       // why the tokenizer may not be that of the weights; "": it is
    std::string other_base;            // why the adapter may not be for this base; "": it is, or there is none
    bool quantised_reference = false;  // its weights were rounded before: a GGUF of few bits, NF4
};
std::vector<ExportWarning> export_warnings(const ExportReport& report, const ExportFacts& facts);
std::vector<ExportCommand> export_commands(const ExportReport& report, const ExportFacts& facts);

}  // namespace lathe

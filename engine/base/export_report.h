// What an export wrote and how it was proven: values, as they stand in the folder's lathe_export.json.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace lathe {

struct ExportedFile {
    std::string name;
    int64_t bytes = 0;
    std::string sha256;
};

// The folder read back, beside what it was made of, both in fp32: one window of a text, then a greedy answer.
struct ExportProof {
    int64_t tokens = 0;               // of the text
    bool same_tokens = true;          // its tokenizer makes the same of the text; true where it has none
    double max_logit_difference = 0;  // over all positions
    double top1_agreement = 0;        // share of the positions
    double top1_agreement_clear = 0;  // of those where the reference's first two are more than 0.001 apart
    double reference_perplexity = 0, perplexity = 0;
    std::string prompt, reference_sample, sample;
};

// What another program would refuse, or what a reader of the export should know.
struct ExportWarning {
    std::string kind;    // stable word: vllm_tensor_parallel, vllm_lora_rank, f16_range, quantised_base, …
    std::string detail;  // a name or number that belongs to it
};

// Ready to paste.
struct ExportCommand {
    std::string tool;  // transformers, peft, vllm, llama.cpp, ollama, lathe
    std::string text;
};

struct ExportReport {
    std::string folder;                        // absolute; not in the file
    std::string format;                        // hf, merged, adapter, nf4, gguf
    std::string numbers;                       // float32, bfloat16, float16, nf4, q4_k_m, …
    std::string reference, reference_adapter;  // what it was made of
    std::vector<ExportedFile> files;
    std::vector<ExportWarning> warnings;
    std::vector<ExportCommand> commands;
    std::optional<ExportProof> proof;
    std::string not_proven;  // why there is no proof
};

}  // namespace lathe

#include "engine/base/export_text.h"

#include "engine/base/json.h"

namespace lathe {

namespace {

Json proof_json(const ExportProof& proof) {
    return {{"tokens", proof.tokens},
            {"same_tokens", proof.same_tokens},
            {"max_logit_difference", proof.max_logit_difference},
            {"top1_agreement", proof.top1_agreement},
            {"top1_agreement_clear", proof.top1_agreement_clear},
            {"reference_perplexity", proof.reference_perplexity},
            {"perplexity", proof.perplexity},
            {"prompt", proof.prompt},
            {"reference_sample", proof.reference_sample},
            {"sample", proof.sample}};
}

}  // namespace

std::string exported_model(const ExportReport& report) {
    if (report.format != "gguf") return report.folder;
    for (const ExportedFile& file : report.files)
        if (file.name.ends_with(".gguf")) return report.folder + "/" + file.name;
    return report.folder;
}

std::string export_report_json(const ExportReport& report) {
    Json json = {
        {"version", 1}, {"format", report.format}, {"numbers", report.numbers}, {"reference", report.reference}};
    if (!report.reference_adapter.empty()) json["reference_adapter"] = report.reference_adapter;
    json["files"] = Json::object();
    for (const ExportedFile& file : report.files)
        json["files"][file.name] = {{"bytes", file.bytes}, {"sha256", file.sha256}};
    json["proof"] = report.proof ? proof_json(*report.proof) : Json();
    if (!report.not_proven.empty()) json["not_proven"] = report.not_proven;
    json["warnings"] = Json::array();
    for (const ExportWarning& warning : report.warnings)
        json["warnings"].push_back({{"kind", warning.kind}, {"detail", warning.detail}});
    json["commands"] = Json::object();
    for (const ExportCommand& command : report.commands) json["commands"][command.tool] = command.text;
    return dump_json(json, 2) + "\n";
}

std::string export_warning_text(const ExportWarning& warning) {
    if (warning.kind == "vllm_tensor_parallel")
        return "vLLM takes weights that are NF4 already on one GPU only, or in pipeline stages";
    if (warning.kind == "vllm_lora_rank") return "vLLM takes no adapter of rank " + warning.detail + ", 512 at most";
    if (warning.kind == "no_tokenizer") return "there is no tokenizer: texts cannot be sent to it";
    if (warning.kind == "no_chat_template") return "there is no chat template: vLLM answers completions, not chats";
    if (warning.kind == "tokenizer_differs") return "perhaps not the tokenizer of these weights: " + warning.detail;
    if (warning.kind == "base_differs") return "perhaps not the base of this adapter: " + warning.detail;
    if (warning.kind == "quantised_reference")
        return "the weights were of few bits before: " + warning.detail + "; the 16-bit original is better";
    return warning.kind + " " + warning.detail;
}

}  // namespace lathe

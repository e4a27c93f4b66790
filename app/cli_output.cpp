#include "app/cli_output.h"

#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <type_traits>

#include "app/format_text.h"
#include "app/watch_frame.h"
#include "engine/base/export_text.h"
#include "engine/base/json.h"
#include "engine/base/memory.h"
#include "engine/base/resources.h"

namespace lathe {

namespace {

constexpr int kBarWidth = 24;
constexpr auto kBarInterval = std::chrono::milliseconds(100);

Json optional_number(const std::optional<double>& value) {
    return value ? Json(*value) : Json(nullptr);
}

Json json_of(const RunSummary& run) {
    return {{"run", run.run},
            {"name", run.name},
            {"state", run.state},
            {"created_at_ms", run.created_at_ms},
            {"step", run.step},
            {"max_steps", run.max_steps},
            {"loss", optional_number(run.loss)},
            {"eval_loss", optional_number(run.eval_loss)},
            {"best_eval_loss", optional_number(run.best_eval_loss)},
            {"elapsed_s", run.elapsed_s},
            {"bytes", run.bytes},
            {"tags", run.tags},
            {"note", run.note}};
}

Json json_of(const RunCheckpoint& checkpoint) {
    return {{"step", checkpoint.step},
            {"path", checkpoint.path},
            {"bytes", checkpoint.bytes},
            {"eval_loss", optional_number(checkpoint.eval_loss)},
            {"best", checkpoint.best}};
}

Json json_of(const Generation& answer) {
    return {{"text", answer.text},
            {"prompt_token_ids", answer.prompt_token_ids},
            {"token_ids", answer.token_ids},
            {"finish_reason", answer.finish_reason}};
}

Json json_of(const RunDetail& detail) {
    Json metrics = Json::array(), events = Json::array(), samples = Json::array(), checkpoints = Json::array();
    for (const MetricPoint& m : detail.metrics) {
        metrics.push_back({{"step", m.step},
                           {"loss", m.loss},
                           {"eval_loss", optional_number(m.eval_loss)},
                           {"learning_rate", m.learning_rate},
                           {"grad_norm", m.grad_norm},
                           {"tokens_per_s", m.tokens_per_s},
                           {"tokens", m.tokens},
                           {"elapsed_s", m.elapsed_s},
                           {"bytes", m.bytes}});
    }
    for (const auto& e : detail.events)
        events.push_back({{"step", e.step}, {"time_ms", e.time_ms}, {"kind", e.kind}, {"text", e.text}});
    for (const auto& s : detail.samples) {
        Json tokens = Json::array();
        for (const SampledToken& token : s.tokens)
            tokens.push_back({{"text", token.text}, {"probability", token.probability}});
        samples.push_back({{"step", s.step}, {"prompt", s.prompt}, {"text", s.text}, {"tokens", std::move(tokens)}});
    }
    for (const RunCheckpoint& c : detail.summary.checkpoints) checkpoints.push_back(json_of(c));
    return {{"run", json_of(detail.summary)},
            {"config", parse_json(detail.config_json, "config")},
            {"provenance", parse_json(detail.provenance_json, "provenance")},
            {"error", detail.error ? detail.error->sentence() : ""},
            {"metrics", metrics},
            {"events", events},
            {"samples", samples},
            {"checkpoints", checkpoints}};
}

std::string row_of(const RunSummary& run) {
    std::string row = format_text("%-36s %-12s step %lld/%lld", run.run.c_str(), run.state.c_str(),
                                  static_cast<long long>(run.step), static_cast<long long>(run.max_steps));
    if (run.loss) row += format_text("  loss %.4f", *run.loss);
    if (run.eval_loss) row += format_text("  validation %.4f", *run.eval_loss);
    return row + "\n";
}

template <class T>
constexpr bool ends_command =
    std::is_same_v<T, TrainDone> || std::is_same_v<T, TokenizerDone> || std::is_same_v<T, Encoded> ||
    std::is_same_v<T, LogitsDone> || std::is_same_v<T, GenerateDone> || std::is_same_v<T, EvaluateDone> ||
    std::is_same_v<T, TunedCompared> || std::is_same_v<T, ExportDone> || std::is_same_v<T, ProofDone> ||
    std::is_same_v<T, ModelsListed> || std::is_same_v<T, ModelInspected> || std::is_same_v<T, TensorDescribed> ||
    std::is_same_v<T, FetchPlanned> || std::is_same_v<T, FetchDone> || std::is_same_v<T, DataInspected> ||
    std::is_same_v<T, EstimateDone> || std::is_same_v<T, BenchDone> || std::is_same_v<T, RunsListed> ||
    std::is_same_v<T, RunDetail> || std::is_same_v<T, RunsCompared> || std::is_same_v<T, DataSurveyed> ||
    std::is_same_v<T, DatasetChanged> || std::is_same_v<T, RunChanged> || std::is_same_v<T, RunsImported> ||
    std::is_same_v<T, FileWritten> || std::is_same_v<T, Failed>;

}  // namespace

CliOutput::CliOutput(bool json, int64_t logging_steps, bool many)
    : json_(json),
      many_(many),
      terminal_(isatty(STDERR_FILENO) == 1),
      logging_steps_(std::max<int64_t>(1, logging_steps)) {}

bool CliOutput::show(const Event& event) {
    return std::visit(
        [this](const auto& body) {
            constexpr bool last = ends_command<std::decay_t<decltype(body)>>;
            if (last) clear_bar();
            take(body);
            return last;
        },
        event.body);
}

void CliOutput::bar(const std::string& label, double done, double total, const std::string& after) {
    if (!terminal_ || (Clock::now() - last_bar_ < kBarInterval && done < total)) return;
    last_bar_ = Clock::now();
    const double share = total > 0 ? std::clamp(done / total, 0.0, 1.0) : 0;
    const auto filled = static_cast<size_t>(share * kBarWidth);
    std::string cells;
    for (size_t i = 0; i < kBarWidth; ++i) cells += i < filled ? "━" : "·";
    std::fprintf(stderr, "\r\033[K%s %s %3.0f %% %s", label.c_str(), cells.c_str(), share * 100, after.c_str());
    std::fflush(stderr);
    bar_shown_ = true;
}

void CliOutput::clear_bar() {
    if (bar_shown_) std::fputs("\r\033[K", stderr);
    bar_shown_ = false;
}

void CliOutput::line(const std::string& text) {
    clear_bar();
    std::fprintf(stderr, "%s\n", text.c_str());
}

void CliOutput::print(const std::string& document) {
    std::fwrite(document.data(), 1, document.size(), stdout);
    if (document.empty() || document.back() != '\n') std::fputc('\n', stdout);
    std::fflush(stdout);
}

void CliOutput::take(const Progress& progress) {
    bar(progress.what, progress.done, progress.total, "");
}

void CliOutput::take(const Notice& notice) {
    line(notice.kind + (notice.step > 0 ? " at step " + std::to_string(notice.step) : "") +
         (notice.text.empty() ? "" : ": " + notice.text));
}

void CliOutput::take(const TrainStarted& started) {
    line(format_text("run %s: %lld parameters, step %lld of %lld, checkpoints up to %.1f MB", started.run.c_str(),
                     static_cast<long long>(started.parameters), static_cast<long long>(started.step),
                     static_cast<long long>(started.max_steps), static_cast<double>(started.checkpoint_bytes) / 1e6));
}

void CliOutput::take(const TrainProgress& p) {
    const double left =
        p.step > 0 ? p.elapsed_s / static_cast<double>(p.step) * static_cast<double>(p.max_steps - p.step) : 0;
    const std::string figures =
        format_text("step %lld/%lld  loss %.4f  lr %.2e  grad %.2f  %.0f tok/s", static_cast<long long>(p.step),
                    static_cast<long long>(p.max_steps), p.loss, p.learning_rate, p.grad_norm, p.tokens_per_s);
    if (terminal_)
        bar("train", static_cast<double>(p.step), static_cast<double>(p.max_steps),
            figures + "  " + watch_duration(left) + " left");
    else if (p.step % logging_steps_ == 0 || p.step == p.max_steps)
        line(figures);
}

void CliOutput::take(const Validated& result) {
    line(format_text("step %lld  validation loss %.4f, %.4f bits per byte", static_cast<long long>(result.step),
                     result.loss, result.bits_per_byte));
}

void CliOutput::take(const Sampled& sample) {
    line(format_text("step %lld  sample: ", static_cast<long long>(sample.step)) + sample.prompt + "|" + sample.text);
}

void CliOutput::take(const CheckpointSaved& saved) {
    line("saved " + saved.path);
}

void CliOutput::take(const TokenChunk& chunk) {
    if (json_ || many_) return;
    std::fwrite(chunk.text.data(), 1, chunk.text.size(), stdout);
    std::fflush(stdout);
}

void CliOutput::take(const TrainDone& done) {
    if (json_) {
        print(dump_json({{"run", done.run},
                         {"state", done.state},
                         {"reason", done.reason},
                         {"checkpoint", done.checkpoint},
                         {"steps", done.steps},
                         {"resumed_from_step", done.resumed_from_step},
                         {"train_loss", done.train_loss},
                         {"eval_loss", optional_number(done.eval_loss)},
                         {"tokens_per_s", done.tokens_per_s},
                         {"peak_rss_gb", static_cast<double>(peak_resident_bytes()) / 1e9}}));
    } else {
        print(format_text("%s %s after %lld steps: loss %.4f, %.0f tokens/s\n%s", done.run.c_str(), done.state.c_str(),
                          static_cast<long long>(done.steps), done.train_loss, done.tokens_per_s,
                          done.checkpoint.c_str()));
    }
    if (done.reason == "user") exit_status_ = 130;
}

void CliOutput::take(const TokenizerDone& done) {
    if (json_)
        print(dump_json({{"tokenizer", done.folder}, {"vocab_size", done.vocab_size}}));
    else
        print(done.folder + ": " + std::to_string(done.vocab_size) + " tokens");
}

void CliOutput::take(const Encoded& done) {
    if (json_) return print(dump_json({{"ids", done.ids}}));
    std::string ids;
    for (const int32_t id : done.ids) ids += (ids.empty() ? "" : " ") + std::to_string(id);
    print(ids);
}

void CliOutput::take(const LogitsDone& done) {
    if (json_) return print(dump_json({{"logits", done.logits}, {"token_logprobs", done.token_logprobs}}));
    const auto top = std::max_element(done.logits.begin(), done.logits.end());
    print(format_text("%zu logits, the largest %.6f of token %lld", done.logits.size(), static_cast<double>(*top),
                      static_cast<long long>(top - done.logits.begin())));
}

void CliOutput::take(const GenerateDone& done) {
    if (json_) {
        Json answers = Json::array();
        for (const Generation& answer : done.answers) answers.push_back(json_of(answer));
        print(dump_json(many_ ? answers : answers.front()));
    } else if (many_) {
        for (const Generation& answer : done.answers) print(answer.text);
    } else {
        print("");
    }
    if (!json_) line(format_text("%.1f tokens/s", done.tokens_per_s));
}

void CliOutput::take(const EvaluateDone& done) {
    if (json_) {
        Json json = {{"loss", done.loss},     {"perplexity", done.perplexity}, {"bits_per_byte", done.bits_per_byte},
                     {"tokens", done.tokens}, {"bytes", done.bytes},           {"window", done.window},
                     {"stride", done.stride}};
        if (done.bigram_bits_per_byte) json["bigram_bits_per_byte"] = *done.bigram_bits_per_byte;
        return print(dump_json(json));
    }
    std::string result =
        format_text("loss %.4f, perplexity %.2f, %.4f bits per byte over %lld tokens (window %lld, stride %lld)",
                    done.loss, done.perplexity, done.bits_per_byte, static_cast<long long>(done.tokens),
                    static_cast<long long>(done.window), static_cast<long long>(done.stride));
    if (done.bigram_bits_per_byte)
        result += format_text("\ntoken bigram: %.4f bits per byte", *done.bigram_bits_per_byte);
    print(result);
}

void CliOutput::show_export(const ExportReport& report) {
    if (json_) {
        Json json = parse_json(export_report_json(report), kExportReportFile);
        json["export"] = report.folder;
        json["files"] = Json::object();
        for (const ExportedFile& file : report.files) {
            json["files"][file.name] = file.bytes;
            json["sha256"][file.name] = file.sha256;
        }
        return print(dump_json(json));
    }
    std::string lines = report.folder;
    for (const ExportedFile& file : report.files)
        lines += format_text("\n  %-32s %14lld bytes", file.name.c_str(), static_cast<long long>(file.bytes));
    for (const ExportWarning& warning : report.warnings) lines += "\nnote: " + export_warning_text(warning);
    if (report.proof) {
        const ExportProof& proof = *report.proof;
        lines += format_text(
            "\nproof over %lld tokens: largest difference of a logit %.3g, first choice equal at %.2f %%, "
            "perplexity %.4f (was %.4f)",
            static_cast<long long>(proof.tokens), proof.max_logit_difference, 100 * proof.top1_agreement,
            proof.perplexity, proof.reference_perplexity);
        lines += proof.sample == proof.reference_sample ? "; the same greedy answer" : "; another greedy answer";
        if (!proof.same_tokens) lines += "; ITS TOKENIZER MAKES OTHER TOKENS";
    }
    if (!report.not_proven.empty()) lines += "\nnot proven: " + report.not_proven;
    for (const ExportCommand& command : report.commands) lines += "\n\n" + command.tool + ":\n" + command.text;
    print(lines);
}

void CliOutput::take(const EstimateDone& done) {
    if (json_) {
        return print(dump_json({{"parameters", done.parameters},
                                {"trainable", done.trainable},
                                {"recomputed_blocks", done.recomputed_blocks},
                                {"bytes", done.bytes},
                                {"checkpoint_bytes", done.checkpoint_bytes},
                                {"kept_checkpoint_bytes", done.kept_checkpoint_bytes},
                                {"flops_per_token", done.flops_per_token},
                                {"tokens_per_step", done.tokens_per_step},
                                {"tokens_per_s", done.tokens_per_s},
                                {"memory_bytes", done.memory_bytes},
                                {"free_disk_bytes", done.free_disk_bytes}}));
    }
    std::string result = format_text("%lld parameters, %lld trained, %.1f MFLOP a token, %.1f MB a checkpoint",
                                     static_cast<long long>(done.parameters), static_cast<long long>(done.trainable),
                                     done.flops_per_token / 1e6, static_cast<double>(done.checkpoint_bytes) / 1e6);
    for (const auto& [kind, bytes] : done.bytes)
        result += format_text("\n  %-12s %10.1f MB", kind.c_str(), static_cast<double>(bytes) / 1e6);
    print(result);
}

void CliOutput::take(const BenchDone& done) {
    print(done.json);
}

void CliOutput::take(const RunsListed& listed) {
    if (json_) {
        Json runs = Json::array();
        for (const RunSummary& run : listed.runs) runs.push_back(json_of(run));
        return print(dump_json(runs));
    }
    if (listed.runs.empty())
        return print("no runs yet: lathe-cli train --config " + resource_folder() + "/presets/nano.json");
    std::string table;
    for (const RunSummary& run : listed.runs) table += row_of(run);
    print(table);
}

void CliOutput::take(const RunDetail& detail) {
    if (json_) return print(dump_json(json_of(detail)));
    const RunSummary& run = detail.summary;
    std::string result = format_text("%s: %s, step %lld of %lld", run.run.c_str(), run.state.c_str(),
                                     static_cast<long long>(run.step), static_cast<long long>(run.max_steps));
    if (run.loss) result += format_text(", loss %.4f", *run.loss);
    if (run.eval_loss) result += format_text(", validation %.4f", *run.eval_loss);
    if (detail.error) result += "\nfailed: " + detail.error->sentence();
    for (const RunCheckpoint& checkpoint : run.checkpoints)
        result += format_text("\n  step %-8lld %8.1f MB  ", static_cast<long long>(checkpoint.step),
                              static_cast<double>(checkpoint.bytes) / 1e6) +
                  checkpoint.path + (checkpoint.best ? "  (best)" : "");
    print(result);
}

void CliOutput::take(const RunsCompared& compared) {
    if (json_) {
        Json differing = Json::object();
        for (const auto& setting : compared.differing)
            differing[setting.key] = {parse_json(setting.first, setting.key), parse_json(setting.second, setting.key)};
        return print(
            dump_json({{"runs", {json_of(compared.first), json_of(compared.second)}}, {"differing", differing}}));
    }
    std::string result = row_of(compared.first) + row_of(compared.second);
    for (const auto& setting : compared.differing)
        result += format_text("%-36s %s | %s\n", setting.key.c_str(), setting.first.c_str(), setting.second.c_str());
    print(result);
}

void CliOutput::take(const FileWritten& written) {
    print(json_ ? dump_json({{"file", written.path}}) : written.path);
}

void CliOutput::take(const Failed& failed) {
    line("lathe-cli: " + failed.error.sentence());
    exit_status_ = failed.error.exit_status();
}

}  // namespace lathe

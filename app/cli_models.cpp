// What lathe-cli says of models: the library, downloads, a tuned one beside its base.
#include <algorithm>
#include <cmath>

#include "app/cli_output.h"
#include "app/format_text.h"
#include "engine/base/json.h"

namespace lathe {

namespace {

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
    return text;
}

std::string shape_of(const std::vector<int64_t>& shape) {
    std::string text;
    for (const int64_t size : shape) text += (text.empty() ? "" : " x ") + std::to_string(size);
    return text;
}

Json entry_json(const ModelEntry& entry) {
    Json json = {{"name", entry.name},     {"path", entry.path},      {"kind", entry.kind},
                 {"source", entry.source}, {"bytes", entry.bytes},    {"parameters", entry.parameters},
                 {"dtypes", entry.dtypes}, {"licence", entry.licence}};
    if (!entry.model_type.empty()) json["model_type"] = entry.model_type;
    if (!entry.base.empty()) json["base"] = entry.base;
    if (entry.rank > 0) json["rank"] = entry.rank;
    if (entry.problem) json["problem"] = entry.problem->sentence();
    return json;
}

std::string entry_line(const ModelEntry& entry) {
    std::string line =
        format_text("%-44s %9.1f MB  %-10s %-12s %s", entry.name.c_str(), static_cast<double>(entry.bytes) / 1e6,
                    joined(entry.dtypes).substr(0, 10).c_str(), entry.source.c_str(), entry.path.c_str());
    if (entry.problem) line += "\n    " + entry.problem->sentence();
    return line;
}

}  // namespace

void CliOutput::take(const ModelsListed& listed) {
    if (json_) {
        Json models = Json::array();
        for (const ModelEntry& entry : listed.models) models.push_back(entry_json(entry));
        return print(dump_json({{"models", models}}));
    }
    std::string lines;
    for (const ModelEntry& entry : listed.models) lines += (lines.empty() ? "" : "\n") + entry_line(entry);
    print(lines.empty() ? "no models here yet" : lines);
}

void CliOutput::take(const ModelInspected& inspected) {
    const ModelDetail& detail = inspected.detail;
    if (json_) {
        Json json = entry_json(detail.entry);
        json["config"] = detail.config;
        json["chat_template"] = detail.chat_template;
        json["tensors"] = Json::array();
        for (const TensorRow& row : detail.tensors)
            json["tensors"].push_back(
                {{"name", row.name}, {"shape", row.shape}, {"dtype", row.dtype}, {"bytes", row.bytes}});
        return print(dump_json(json));
    }
    std::string lines = entry_line(detail.entry);
    for (const TensorRow& row : detail.tensors)
        lines += format_text("\n  %-56s %-8s %-18s %14lld bytes", row.name.c_str(), row.dtype.c_str(),
                             shape_of(row.shape).c_str(), static_cast<long long>(row.bytes));
    print(lines);
}

void CliOutput::take(const TensorDescribed& described) {
    const TensorHistogram& h = described.histogram;
    if (json_)
        return print(dump_json({{"tensor", described.tensor},
                                {"min", h.min},
                                {"max", h.max},
                                {"mean", h.mean},
                                {"std", h.std},
                                {"elements", h.elements},
                                {"zeros", h.zeros},
                                {"non_finite", h.non_finite},
                                {"bins", h.bins}}));
    std::string lines =
        described.tensor + format_text(": %lld elements, %g to %g, mean %g, std %g, %lld zeros, %lld not finite",
                                       static_cast<long long>(h.elements), h.min, h.max, h.mean, h.std,
                                       static_cast<long long>(h.zeros), static_cast<long long>(h.non_finite));
    const int64_t most = h.bins.empty() ? 0 : *std::max_element(h.bins.begin(), h.bins.end());
    for (size_t i = 0; i < h.bins.size(); ++i)
        lines += format_text("\n%12.4g ", h.min + (h.max - h.min) * (static_cast<double>(i) + 0.5) /
                                                      static_cast<double>(h.bins.size())) +
                 std::string(static_cast<size_t>(60 * h.bins[i] / std::max<int64_t>(1, most)), '#');
    print(lines);
}

void CliOutput::take(const TunedCompared& done) {
    const double before = std::exp(done.base_loss), after = std::exp(done.tuned_loss);
    if (json_) {
        Json answers = Json::array();
        for (const TunedCompared::Answer& answer : done.answers)
            answers.push_back({{"prompt", answer.prompt},
                               {"expected", answer.expected},
                               {"before", answer.before},
                               {"after", answer.after}});
        return print(dump_json(
            {{"base", {{"model", done.base}, {"loss", done.base_loss}, {"perplexity", before}}},
             {"tuned", {{"run", done.run}, {"step", done.step}, {"loss", done.tuned_loss}, {"perplexity", after}}},
             {"tokens", done.tokens},
             {"answers", answers}}));
    }
    std::string lines =
        format_text("base:  loss %.4f, perplexity %.2f (%s)", done.base_loss, before, done.base.c_str());
    lines += format_text("\ntuned: loss %.4f, perplexity %.2f (%s, step %lld)", done.tuned_loss, after,
                         done.run.c_str(), static_cast<long long>(done.step));
    lines += format_text("\nperplexity %.3f times the base's, over %lld tokens", after / before,
                         static_cast<long long>(done.tokens));
    for (const TunedCompared::Answer& answer : done.answers)
        lines += "\n\n--- prompt\n" + answer.prompt + "\n--- expected\n" + answer.expected + "\n--- before\n" +
                 answer.before + "\n--- after\n" + answer.after;
    print(lines);
}

void CliOutput::take(const FetchPlanned& planned) {
    const FetchPlan& plan = planned.plan;
    Json files = Json::object();
    std::string lines = plan.repository + "  licence: " + (plan.licence.empty() ? "not told" : plan.licence) +
                        format_text("  %.1f MB into ", static_cast<double>(plan.total) / 1e6) + plan.folder;
    for (const FetchFile& file : plan.files) {
        files[file.name] = file.bytes;
        lines += format_text("\n  %-48s %14lld bytes", file.name.c_str(), static_cast<long long>(file.bytes));
    }
    print(json_ ? dump_json({{"repository", plan.repository},
                             {"revision", plan.revision},
                             {"licence", plan.licence},
                             {"files", files},
                             {"bytes", plan.total},
                             {"already_there", plan.already_there},
                             {"folder", plan.folder}})
                : lines);
}

void CliOutput::take(const FetchDone& done) {
    print(json_ ? dump_json({{"folder", done.folder}}) : done.folder);
}

}  // namespace lathe

#include "ui/tuning_advice.h"

#include <QCoreApplication>

#include "engine/base/machine_memory.h"
#include "ui/number_text.h"

namespace lathe {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(TuningAdvice)
};

constexpr int64_t kFewExamples = 50, kFewTokens = 2000, kManyExamples = 1000, kFieldExamples = 5000;
constexpr double kComfortable = 0.8, kPlenty = 0.5;  // of memory
constexpr double kFourBits = 0.6;                    // bytes a weight, with scales, and the embeddings in 16 bits

QString bytes(int64_t count) {
    return bytes_text(static_cast<double>(count));
}

bool takes_at_most(double share, int64_t bytes, const EstimateDone& estimate) {
    return estimate.memory_bytes <= 0 ||
           static_cast<double>(bytes) <= share * static_cast<double>(estimate.memory_bytes);
}

}  // namespace

Reach reach_of(const DataInspection& data) {
    if (data.examples == 0) return Reach::text;
    if (data.examples < kFewExamples || (data.tokenised && data.trained_tokens < kFewTokens)) return Reach::form;
    if (data.examples <= kManyExamples) return Reach::manner;
    return data.examples <= kFieldExamples ? Reach::terms : Reach::field;
}

TuningMethod method_of(const RunConfig& config) {
    if (!config.lora) return TuningMethod::whole;
    return config.base_model && config.base_model->load_in_4bit ? TuningMethod::qlora : TuningMethod::lora;
}

int64_t tuning_bytes(const EstimateDone& estimate, TuningMethod method) {
    int64_t rest = 0;  // much the same with each
    for (const auto& [kind, bytes] : estimate.bytes)
        if (kind != "weights" && kind != "gradients" && kind != "optimizer") rest += bytes;
    const auto weights = static_cast<double>(estimate.parameters);
    const double each = method == TuningMethod::whole ? 16 : method == TuningMethod::lora ? 2 : kFourBits;
    return rest + static_cast<int64_t>(each * weights);
}

TuningMethod fitting_method(const EstimateDone& estimate, Reach reach) {
    const auto takes = [&](TuningMethod method) { return tuning_bytes(estimate, method); };
    if (reach == Reach::field && takes_at_most(kPlenty, takes(TuningMethod::whole), estimate))
        return TuningMethod::whole;
    return takes_at_most(kComfortable, takes(TuningMethod::lora), estimate) ? TuningMethod::lora : TuningMethod::qlora;
}

QString reach_text(const DataInspection& data) {
    const QString examples = count_text(data.examples), tokens = count_text(data.trained_tokens);
    switch (reach_of(data)) {
        case Reach::text:
            return Words::tr(
                "Plain text teaches how such text goes on, its words and its tone; to answer questions is "
                "learnt from questions with answers.");
        case Reach::form:
            return Words::tr(
                       "%1 examples teach the form of an answer alone, and are soon known by heart: r 8 and one "
                       "to three passes are enough.")
                .arg(examples);
        case Reach::manner:
            return Words::tr(
                       "%1 examples teach manner, format and tone, and seldom new facts: what the model did not "
                       "know it will mostly make up in the new manner.")
                .arg(examples);
        case Reach::terms:
            return Words::tr(
                       "%1 examples teach manner and format firmly, and terms that come up often; single facts "
                       "seldom stay.")
                .arg(examples);
        case Reach::field:
            return Words::tr(
                       "%1 examples, with %2 tokens to learn, teach manner and the vocabulary of a field; a fact "
                       "stays where it is said in many ways.")
                .arg(examples, tokens);
    }
    return {};
}

QString method_text(const EstimateDone& estimate, Reach reach, TuningMethod chosen) {
    const TuningMethod fits = fitting_method(estimate, reach);
    const auto takes = [&](TuningMethod method) {  // of the chosen one the estimate itself
        return bytes(method == chosen ? total_bytes(estimate.bytes) : tuning_bytes(estimate, method));
    };
    const QString memory = bytes(estimate.memory_bytes), whole = takes(TuningMethod::whole),
                  lora = takes(TuningMethod::lora), qlora = takes(TuningMethod::qlora);
    if (chosen == TuningMethod::whole && fits != TuningMethod::whole)
        return Words::tr(
                   "Better than the whole model, which takes about %1 and with so little data mostly forgets: "
                   "%2, with about %3.")
            .arg(whole, fits == TuningMethod::lora ? QStringLiteral("LoRA") : QStringLiteral("QLoRA"),
                 fits == TuningMethod::lora ? lora : qlora);
    switch (fits) {
        case TuningMethod::whole:
            return Words::tr(
                       "The whole model can be trained: there is data for it, and it takes about %1 of the %2 "
                       "there is; LoRA forgets less.")
                .arg(whole, memory);
        case TuningMethod::lora:
            return Words::tr(
                       "LoRA fits: it takes about %1 of the %2 there is, and is faster than QLoRA with its 4 bits.")
                .arg(lora, memory);
        case TuningMethod::qlora:
            return Words::tr(
                       "QLoRA fits: in 16 bits it would take about %1 of the %2 there is, in 4 bits about %3, "
                       "with nearly the same result.")
                .arg(lora, memory, qlora);
    }
    return {};
}

}  // namespace lathe

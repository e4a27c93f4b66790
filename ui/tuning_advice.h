// Before a tuning run: what so much data can teach, and which method fits, by rules of thumb. Counts decide: under 50
// examples (or 2,000 tokens to learn) an answer's form alone is learnt, and by heart soon; up to 1,000 manner, format
// and tone; up to 5,000 also terms that recur; above that the vocabulary of a field. The whole model is worth it with
// that much data alone, and where its weights, gradients and two averages in fp32 take less than half of the memory.
// LoRA is faster than QLoRA, which decodes its weights in every product, and fits where they do in 16 bits. Thread: GUI
// (translations).
#pragma once

#include <QString>

#include "engine/base/events.h"

namespace lathe {

enum class Reach { text, form, manner, terms, field };
Reach reach_of(const DataInspection& data);

enum class TuningMethod { whole, lora, qlora };
TuningMethod method_of(const RunConfig& config);
// What the run would take with each, from an estimate with any of them.
int64_t tuning_bytes(const EstimateDone& estimate, TuningMethod method);
TuningMethod fitting_method(const EstimateDone& estimate, Reach reach);

// One sentence each.
QString reach_text(const DataInspection& data);
QString method_text(const EstimateDone& estimate, Reach reach, TuningMethod chosen);

}  // namespace lathe

// An export read back and held against what it was made of: the same window of a text and the same greedy answer
// through both, in fp32, one model in memory at a time. Thread: engine.
#pragma once

#include <functional>
#include <string>

#include "engine/base/export_report.h"
#include "engine/model/model_io.h"

namespace lathe {

// A text of our own: prose, code, numbers and Korean.
extern const char* const kProofText;

// progress(share) is called between tensors and rows and may throw. The logits of one window, at most 256 tokens, are
// kept. Errors: those of load_model; empty where the text is no two tokens; mismatch where the vocabularies differ.
ExportProof prove_export(const ModelFiles& reference, const ModelFiles& exported, const std::string& text,
                         const std::function<void(double share)>& progress);

}  // namespace lathe

// The files of an export in any format, planned from its source and written piece by piece from the source's files: no
// model is loaded. Any thread, one at a time for an object.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "engine/base/export_report.h"
#include "engine/formats/export_advice.h"
#include "engine/formats/hf_folder.h"
#include "engine/formats/peft_adapter.h"
#include "engine/formats/planned_file.h"
#include "engine/session.h"

namespace lathe {

class ExportFiles {
public:
    // `source`: what the command's model or run is. go_on() is called while a whole model is read for the sizes of an
    // NF4 folder, and may throw; null leaves that out, for a plan: some bytes a matrix are missing then. Errors: those
    // of open_weights, read_model_config and each format's; unsupported and usage naming what does not go together.
    ExportFiles(const ExportModel& command, const ModelFiles& source, int threads, const std::function<void()>& go_on);
    ExportFiles(const ExportFiles&) = delete;
    ExportFiles& operator=(const ExportFiles&) = delete;

    const std::vector<PlannedFile>& files() const { return files_; }
    std::vector<ExportWarning> warnings() const;
    // Once they are written, with the sha256 of each by its name.
    ExportReport report(const std::map<std::string, std::string>& hashes) const;

private:
    ExportFacts facts() const;
    HfExport whole_model() const;
    void plan(const HfExport& model);
    void plan_merged();
    void plan_adapter();
    void plan_nf4(const std::function<void()>& go_on);
    void plan_gguf();
    std::string ollama_modelfile(const std::string& gguf) const;

    ExportModel command_;
    ModelFiles source_;
    int threads_;
    std::string tokenizer_;  // folder or GGUF file that may hold one
    std::unique_ptr<ModelWeights> weights_;
    HfConfig config_;
    PeftAdapter adapter_;
    ExportReport report_;
    std::vector<PlannedFile> files_;
};

}  // namespace lathe

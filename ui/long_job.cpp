#include "ui/long_job.h"

#include <QCoreApplication>
#include <array>

#include "ui/error_text.h"

namespace lathe {

namespace {

template <class T>
bool is(const Command& command) {
    return std::holds_alternative<T>(command);
}

struct Known {
    bool (*is)(const Command& command);
    const char* name;
    bool makes;
};
constexpr std::array kKnown = {
    Known{is<TrainTokenizer>, QT_TRANSLATE_NOOP("LongJob", "Training a tokenizer"), true},
    Known{is<SaveDataset>, QT_TRANSLATE_NOOP("LongJob", "Saving a version of the data"), true},
    Known{is<ExportModel>, QT_TRANSLATE_NOOP("LongJob", "Exporting"), true},
    Known{is<ProveExport>, QT_TRANSLATE_NOOP("LongJob", "Proving the export"), true},
    Known{is<FetchModel>, QT_TRANSLATE_NOOP("LongJob", "Downloading"), true},
    Known{is<ImportRuns>, QT_TRANSLATE_NOOP("LongJob", "Importing runs"), true},
    Known{is<WriteTensorBoard>, QT_TRANSLATE_NOOP("LongJob", "Writing for TensorBoard"), true},
    Known{is<SurveyData>, QT_TRANSLATE_NOOP("LongJob", "Looking through the data"), false},
    Known{is<InspectData>, QT_TRANSLATE_NOOP("LongJob", "Looking through the examples"), false},
    Known{is<MeasureTokenizers>, QT_TRANSLATE_NOOP("LongJob", "Comparing tokenizers"), false},
    Known{is<CompareWithBase>, QT_TRANSLATE_NOOP("LongJob", "Comparing with the base model"), false},
};

}  // namespace

std::optional<LongJob> long_job(const Command& command) {
    for (const Known& known : kKnown)
        if (known.is(command)) return LongJob{.name = known.name, .makes = known.makes, .progress = {}};
    return {};
}

bool ends_job(const EventBody& said) {
    return !std::holds_alternative<Progress>(said) && !std::holds_alternative<Notice>(said) &&
           !std::holds_alternative<StateChanged>(said) && !std::holds_alternative<TokenizerMerged>(said);
}

QString job_name(const LongJob& job) {
    return QCoreApplication::translate("LongJob", job.name);
}

QString job_text(const LongJob& job) {
    if (!job.progress) return job_name(job);
    // How far it is, under its own name.
    return progress_text(
        {.what = job_name(job).toStdString(), .done = job.progress->done, .total = job.progress->total});
}

}  // namespace lathe

#include "engine/train/run_data.h"

namespace lathe {

DocumentSource document_source(const DataConfig& config) {
    return {.files = config.files,
            .format = config.format,
            .text_column = config.text_column,
            .columns = {.messages = config.messages_column,
                        .prompt = config.prompt_column,
                        .input = config.input_column,
                        .completion = config.completion_column},
            .system_prompt = config.system_prompt,
            .validation_files = config.validation_files};
}

std::string mapping_key(const DocumentSource& source) {
    const RowColumns& columns = source.columns;
    const std::string key = columns.messages + "\n" + columns.prompt + "\n" + columns.input + "\n" +
                            columns.completion + "\n" + source.system_prompt;
    return key.size() == 4 ? "" : "\n" + key;
}

ExampleOptions example_options(const DataConfig& config) {
    return {.train_on_prompt = config.train_on_prompt,
            .mask_history = config.mask_history,
            .chat_template_kwargs = config.chat_template_kwargs};
}

DatasetOptions dataset_options(const DataConfig& config, int64_t seed) {
    return {.max_length = config.max_length,
            .packing = config.packing,
            .validation_fraction = config.validation_fraction,
            .seed = static_cast<uint64_t>(seed),
            .name = config.files.empty() ? "" : config.files.front()};
}

std::string examples_text(const TokenCache& cache, const Dataset& dataset) {
    if (!cache.masked()) return "";
    const ImportReport& report = cache.report();
    const auto count = [](int64_t number, const char* what) { return std::to_string(number) + what; };
    return count(report.examples, " examples, ") + count(dataset.training_targets(), " tokens to learn; ") +
           count(report.empty_rows, " empty answers left out, ") + count(report.duplicate_rows, " duplicates, ") +
           count(dataset.truncated_documents(), " cut off, ") +
           count(dataset.untrained_documents(), " with nothing to learn");
}

}  // namespace lathe

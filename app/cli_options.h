// What the commands of lathe-cli share, and those on models as files and on data, which cli_commands.cpp adds with its
// own. Main thread.
#pragma once

#include <memory>

#include "app/cli_commands.h"

namespace lathe {

inline constexpr const char* kModelHelp = "model folder, GGUF file or adapter folder";
inline constexpr const char* kAdapterHelp = "folder of a PEFT adapter to lay over the model";

// Options of one command live as long as the parse.
template <class T>
std::shared_ptr<T> options() {
    return std::make_shared<T>();
}

void add_data(CLI::App& app, CliRequest& request);
void add_datasets(CLI::App& data, CliRequest& request);  // of `data`
void add_export(CLI::App& app, CliRequest& request);
void add_import(CLI::App& app, CliRequest& request);
void add_models(CLI::App& app, CliRequest& request);

}  // namespace lathe

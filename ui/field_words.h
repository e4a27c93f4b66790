// What a setting is called in a form: its unit, help, range, what another value costs, and which settings matter first.
// Names are those of the file. Help is the config's own English sentence, translated in the context FieldHelp; what an
// error expected, in the context EngineWords. Thread: GUI (translations).
#pragma once

#include <QString>
#include <string>

#include "engine/base/config.h"
#include "engine/base/error.h"
#include "engine/base/events.h"

namespace lathe {

// Those that are seen without "All settings". `key` is dotted.
bool is_basic_field(const std::string& key);
// "tokens", "s"; empty where the name says it all.
QString field_unit(const std::string& key);
// A value in words, where its figure is hard to read: "= 4.00 GB".
QString value_in_words(const std::string& key, double value);
// "model width; compute and memory grow with its square · usually 256"
QString field_help(const Field& field, const QString& usual);
// "8 to 65,536"; empty where anything goes.
QString field_range(const Field& field);
// "twice: +96 MB, ×1.9 time, +40 MB in a chat", "off: −36 MB"; empty where it costs nothing that can be told.
QString cost_text(const FieldCost& cost);
// What is wrong with a field's value, without its file and name, which stand beside it.
QString field_error(const Error& error);

}  // namespace lathe

// Which settings of a run a form shows, under which titles, and which of them at once. Thread: GUI (translations).
#pragma once

#include <QString>
#include <functional>
#include <string>
#include <vector>

namespace lathe {

struct FormPlan {
    std::vector<std::string> sections;                              // in order; "model" and "lora" are among them
    std::function<std::string(const std::string& key)> section_of;  // of a dotted key; "": not in this form
    std::function<QString(const std::string& section)> title;
    std::function<bool(const std::string& key)> is_first;  // else behind "All settings"
};

// Everything that a run is made of, by the parts of its file.
const FormPlan& run_form();
// What decides a model and what training it takes, by what it does.
const FormPlan& model_form();

}  // namespace lathe

// What the engine's record says about controls, rising losses and stops, in the window's language. Thread: GUI
// (translations).
#pragma once

#include <QString>
#include <string>

namespace lathe {

// Of an event of kind `control`, "learning_rate_multiplier 0.5": "learning rate × 0.5".
QString control_words(const std::string& text);
// Of kind `validation_rises`: both losses and the step of the best.
QString rise_words(const std::string& text);
// Of kind `stopped`, whose text is TrainDone's reason.
QString stop_words(const std::string& reason);

}  // namespace lathe

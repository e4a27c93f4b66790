// What may be changed while a run trains (TrainControls of events.h): its fields by name with what they may be, as
// JSON, and as the words of a run's record. Pure functions, any thread.
#pragma once

#include <string>
#include <vector>

#include "engine/base/config.h"
#include "engine/base/events.h"
#include "engine/base/json.h"

namespace lathe {

// v(name, value, Field), as the settings' visit(); all but the first are optional.
template <class Controls, class V>
void visit_controls(Controls& c, V&& v) {
    v("learning_rate_multiplier", c.learning_rate_multiplier, Field{.min = 0, .max = 100});
    v("max_grad_norm", c.max_grad_norm, Field{.min = 0, .max = 1e9});
    v("stop_at_step", c.stop_at_step, Field{.min = 1, .max = 1e12});
    v("stop_at_loss", c.stop_at_loss, Field{.min = 0, .max = 1e9});
    v("stop_after_s", c.stop_after_s, Field{.min = 1, .max = 1e9});
    v("early_stopping_patience", c.early_stopping_patience, Field{.min = 1, .max = 1e6});
}

// out_of_range naming the first field that is not legal.
void check_controls(const TrainControls& controls, const std::string& file = "");

// An object of all fields; what is not set is null.
Json controls_json(const TrainControls& controls);
// Fields that are missing are not set. Errors: wrong_type, out_of_range, with file and key.
TrainControls read_controls(const Json& json, const std::string& file);

// What differs, one text a field: "learning_rate_multiplier 0.5", "stop_at_step none".
std::vector<std::string> control_changes(const TrainControls& before, const TrainControls& after);

}  // namespace lathe

// A workspace as after a year of work, for the pictures of full pages. Thread: GUI.
#pragma once

#include "ui/tour_stage.h"

namespace lathe {

// 200 runs, talks, data sets and models, under long names in Korean and with many tags. Errors: those of the store.
void fill_workspace(const std::string& workspace);
// Start, Data, Model, Runs and Chat on such a workspace.
void take_full_pages(Stage& stage, Camera& camera);

}  // namespace lathe

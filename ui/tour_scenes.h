// What the tour does in the window before it takes a picture, as a user would. Thread: GUI.
#pragma once

#include "ui/tour_stage.h"

namespace lathe {

RunConfig quick_start(const AppPaths& paths);
// Into the chat's prompt, then Enter.
void say(Stage& stage, const QString& text);
void press(Stage& stage, const QString& page, const QString& button);  // by its object name
// The guide's model, an adapter on the starter model, and heads that do not divide.
void build_models(Stage& stage, Camera& camera);
// Rows to tune on in the form, and the batch in its place.
void look_into_batch(Stage& stage);
// A run whose learning rate is turned up until its validation loss rises and ends it.
void over_the_top(Stage& stage, Camera& camera);
// The questions of look_into_batch, learnt for a minute: beside the base, and asked both.
void compare_with_base(Stage& stage, Camera& camera);
// A table of examples, one of them a conversation.
void write_examples(Stage& stage);
// A file whose columns are not recognised.
void mistake_columns(Stage& stage);
// The runs so far over each other, the settings in which they differ, a queue, the trash.
void keep_runs(Stage& stage, Camera& camera);
// A few values of the rate and of the seed, before they are queued.
void vary_settings(Stage& stage, Camera& camera);
// The last answer, token by token, and what else could have stood in it.
void look_at_tokens(Stage& stage, Camera& camera);
// Texts looked at, cleaned, saved, a tokenizer made of them; then files that are none.
void keep_data(Stage& stage, Camera& camera);
// The window's action of these keys.
void press_keys(Stage& stage, const QKeySequence& keys);
// Ctrl+K, and there it is: else Exception `internal`.
void open_palette(Stage& stage);
// The question what closing means, while a run trains.
void ask_what_closing_means(Stage& stage, Camera& camera);
// What lies over a page or beside it: the first tour, the page explained, every action, a file dropped that is nothing.
void lay_over(Stage& stage, Camera& camera);
// accessibility.txt: what a screen reader finds, a control a line.
void write_accessibility(Stage& stage, const QDir& folder);

}  // namespace lathe

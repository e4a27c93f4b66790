// What is said of data sets: steps of a recipe, odd lines, versions. Thread: GUI (translations).
#pragma once

#include <QString>
#include <vector>

#include "engine/base/dataset.h"
#include "ui/run_summary.h"

namespace lathe {

// Of the field's name: "normalise_unicode" is "Unicode NFC".
QString step_text(const std::string& step);
// "duplicates out", of a document that a step drops; "changed"; "".
QString verdict_text(const PreviewedDocument& document);
// "changes 12", "leaves out 3 (1.2 kB)", "nothing to do"
QString effect_text(const RecipeEffect& effect);
QString odd_text(const std::string& kind);
// The steps that are on, with their numbers: "Unicode NFC · at least 20 characters"; a dash for none.
QString recipe_text(const CleanRecipe& recipe);
// "3 versions · 1,204 documents"; of a loose file what it is.
QString dataset_line(const DatasetEntry& dataset);
// The name that it has in a list.
QString tokenizer_title(const TokenizerEntry& tokenizer);
// Documents, text, characters, tokens where they are counted, duplicates, odd lines.
std::vector<Tile> survey_tiles(const DatasetSurvey& survey);

}  // namespace lathe

#include "ui/data_words.h"

#include <QCoreApplication>
#include <algorithm>

#include "ui/number_text.h"

namespace lathe {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(DataWords)
};

QString bytes_of(int64_t bytes) {
    return bytes_text(static_cast<double>(bytes));
}

}  // namespace

QString step_text(const std::string& step) {
    if (step == "normalise_unicode") return Words::tr("Unicode NFC");
    if (step == "strip_controls") return Words::tr("control characters");
    if (step == "collapse_whitespace") return Words::tr("blanks");
    if (step == "drop_duplicates") return Words::tr("duplicate");
    if (step == "min_characters") return Words::tr("too short");
    if (step == "max_characters") return Words::tr("too long");
    if (step == "max_symbol_share") return Words::tr("too many symbols");
    if (step == "drop_pattern") return Words::tr("drop_pattern matches");
    if (step == "keep_pattern") return Words::tr("keep_pattern does not match");
    return QString::fromStdString(step);
}

QString verdict_text(const PreviewedDocument& document) {
    if (!document.dropped_by.empty()) return Words::tr("left out: %1").arg(step_text(document.dropped_by));
    return document.changed ? Words::tr("changed") : QString();
}

QString effect_text(const RecipeEffect& effect) {
    QStringList parts;
    if (effect.changed > 0) parts << Words::tr("changes %1").arg(count_text(effect.changed));
    if (effect.dropped > 0)
        parts << Words::tr("leaves out %1 (%2)").arg(count_text(effect.dropped), bytes_of(effect.bytes));
    return parts.isEmpty() ? Words::tr("nothing to do") : parts.join(QStringLiteral(", "));
}

QString odd_text(const std::string& kind) {
    if (kind == "bad") return Words::tr("bad row");
    if (kind == "empty") return Words::tr("empty row");
    if (kind == "duplicate") return Words::tr("duplicate");
    if (kind == "invalid_utf8") return Words::tr("not UTF-8");
    if (kind == "control") return Words::tr("control character");
    if (kind == "replaced") return Words::tr("lost character (U+FFFD)");
    if (kind == "very_long") return Words::tr("very long");
    return QString::fromStdString(kind);
}

QString recipe_text(const CleanRecipe& recipe) {
    QStringList parts;
    if (recipe.normalise_unicode) parts << Words::tr("Unicode NFC");
    if (recipe.strip_controls) parts << Words::tr("control characters out");
    if (recipe.collapse_whitespace) parts << Words::tr("blanks tidied");
    if (recipe.drop_duplicates) parts << Words::tr("duplicates out");
    if (recipe.min_characters > 0) parts << Words::tr("at least %1 characters").arg(count_text(recipe.min_characters));
    if (recipe.max_characters > 0) parts << Words::tr("at most %1 characters").arg(count_text(recipe.max_characters));
    if (recipe.max_symbol_share < 1)
        parts << Words::tr("at most %1 symbols").arg(percent_text(recipe.max_symbol_share, 0));
    if (!recipe.drop_pattern.empty())
        parts << Words::tr("without /%1/").arg(QString::fromStdString(recipe.drop_pattern));
    if (!recipe.keep_pattern.empty()) parts << Words::tr("with /%1/").arg(QString::fromStdString(recipe.keep_pattern));
    if (recipe.validation_fraction > 0)
        parts << Words::tr("%1 held back").arg(percent_text(recipe.validation_fraction, 0));
    return parts.isEmpty() ? Words::tr("as it was") : parts.join(QStringLiteral(" · "));
}

QString dataset_line(const DatasetEntry& dataset) {
    if (dataset.versions.empty()) return Words::tr("table of examples");
    const DatasetVersion& newest = dataset.versions.front();
    return Words::tr("%1 · %2 documents · %3")
        .arg(QString::fromStdString(newest.version), count_text(newest.documents + newest.validation_documents),
             bytes_of(newest.bytes));
}

QString tokenizer_title(const TokenizerEntry& tokenizer) {
    return tokenizer.source == "lathe" ? Words::tr("Starter model") : QString::fromStdString(tokenizer.name);
}

std::vector<Tile> survey_tiles(const DatasetSurvey& survey) {
    const auto problems = std::count_if(survey.files.begin(), survey.files.end(),
                                        [](const SurveyedFile& file) { return file.problem.has_value(); });
    int64_t odd = 0;
    for (const auto& [kind, count] : survey.odd_counts)
        if (kind != "duplicate") odd += count;
    const auto files = static_cast<int64_t>(survey.files.size());
    const QString in_files = files == 1 ? Words::tr("in one file") : Words::tr("in %1 files").arg(count_text(files));
    std::vector<Tile> tiles = {
        {Words::tr("Documents"), count_text(survey.documents),
         problems > 0 ? Words::tr("%1 files not read").arg(count_text(problems)) : in_files,
         problems > 0 ? Tone::bad : Tone::muted},
        {Words::tr("Text"), bytes_of(survey.bytes), Words::tr("%1 characters").arg(count_text(survey.characters))}};
    if (survey.tokens) {
        const double each =
            *survey.tokens > 0 ? static_cast<double>(survey.bytes) / static_cast<double>(*survey.tokens) : 0;
        const QString count = count_text(*survey.tokens);
        tiles.push_back({Words::tr("Tokens"), survey.tokens_sampled ? Words::tr("about %1").arg(count) : count,
                         Words::tr("%1 bytes a token").arg(fixed_text(each, 2))});
    }
    const double share =
        survey.documents > 0 ? static_cast<double>(survey.duplicates) / static_cast<double>(survey.documents) : 0;
    tiles.push_back({Words::tr("Duplicates"), count_text(survey.duplicates), percent_text(share, 1),
                     survey.duplicates > 0 ? Tone::warn : Tone::muted});
    tiles.push_back({Words::tr("Odd lines"), count_text(odd), odd > 0 ? Words::tr("listed below") : Words::tr("none"),
                     odd > 0 ? Tone::warn : Tone::muted});
    return tiles;
}

}  // namespace lathe

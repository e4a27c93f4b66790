#include "ui/inspection_words.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QStringList>

#include "ui/error_text.h"
#include "ui/number_text.h"

namespace lathe {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Inspection)
};

// A figure that is no cause for worry where it is zero.
Fact worry(const QString& name, int64_t count) {
    if (count == 0) return {name, count_text(0), Tone::muted};
    return {name, QStringLiteral("! ") + count_text(count), Tone::warn};
}

QStringList distinct(const std::vector<InspectedFile>& files, std::string InspectedFile::*part) {
    QStringList all;
    for (const InspectedFile& file : files) {
        const QString text =
            part == &InspectedFile::columns ? columns_text(file.*part) : QString::fromStdString(file.*part);
        if (!text.isEmpty() && !all.contains(text)) all << text;
    }
    return all;
}

}  // namespace

QString share_text(int64_t part, int64_t all) {
    return percent_text(all > 0 ? static_cast<double>(part) / static_cast<double>(all) : 0, 1);
}

// "prompt question, completion answer": what each is, and the column it is in.
QString columns_text(const std::string& columns) {
    QStringList parts = QString::fromStdString(columns).split(QStringLiteral(", "), Qt::SkipEmptyParts);
    for (QString& part : parts) {
        const qsizetype blank = part.indexOf(QLatin1Char(' '));
        if (blank > 0) part = part.left(blank) + QStringLiteral(" = ") + part.mid(blank + 1);
    }
    return parts.join(QStringLiteral(", "));
}

std::vector<Fact> inspection_facts(const std::optional<DataInspection>& inspection) {
    const QString dash = QStringLiteral("–");
    if (!inspection)
        return {{Words::tr("Format"), dash},  {Words::tr("Columns"), dash},    {Words::tr("Examples"), dash},
                {Words::tr("Tokens"), dash},  {Words::tr("Learnt"), dash},     {Words::tr("Nothing to learn"), dash},
                {Words::tr("Cut off"), dash}, {Words::tr("Duplicates"), dash}, {Words::tr("Empty answers"), dash},
                {Words::tr("Bad rows"), dash}};
    const DataInspection& i = *inspection;
    const int64_t texts = i.documents - i.examples;
    std::vector<Fact> facts = {
        {Words::tr("Format"), distinct(i.files, &InspectedFile::format).join(QStringLiteral(", "))},
        {Words::tr("Columns"), distinct(i.files, &InspectedFile::columns).join(QStringLiteral("; "))},
        {Words::tr("Examples"), i.examples > 0 ? count_text(i.examples) : QString()},
        {Words::tr("Documents"), texts > 0 ? count_text(texts) : QString()}};
    if (i.tokenised) {
        facts.push_back({Words::tr("Tokens"), count_text(i.tokens)});
        facts.push_back({Words::tr("Learnt"), Words::tr("%1 of the tokens").arg(share_text(i.trained_tokens, i.tokens)),
                         i.trained_tokens == 0 ? Tone::bad : Tone::text});
        facts.push_back({Words::tr("Rows of a batch"), count_text(i.training_rows)});
        facts.push_back({Words::tr("Validation"), count_text(i.validation_documents)});
        facts.push_back(worry(Words::tr("Nothing to learn"), i.nothing_to_learn));
        facts.push_back(worry(Words::tr("Cut off"), i.truncated));
    }
    if (i.rows > 0) {
        facts.push_back(worry(Words::tr("Duplicates"), i.duplicate_rows));
        facts.push_back(worry(i.examples > 0 ? Words::tr("Empty answers") : Words::tr("Empty rows"), i.empty_rows));
        facts.push_back(worry(Words::tr("Bad rows"), i.bad_rows));
    }
    return facts;
}

QString note_text(const std::string& kind) {
    if (kind == "bad") return Words::tr("bad row");
    if (kind == "empty") return Words::tr("empty row");
    if (kind == "empty_answer") return Words::tr("empty answer");
    if (kind == "duplicate") return Words::tr("duplicate");
    if (kind == "nothing_to_learn") return Words::tr("nothing to learn");
    if (kind == "truncated") return Words::tr("cut off");
    return QString::fromStdString(kind);
}

QString unlearnt_text(const std::vector<std::string>& files) {
    QStringList names;
    for (const std::string& file : files) names << QFileInfo(QString::fromStdString(file)).fileName();
    return Words::tr("Nothing is learnt from %1: it has no answers, or they begin beyond max_length.")
        .arg(names.join(QStringLiteral(", ")));
}

QString hold_text(const DataInspector& inspector) {
    if (const std::optional<Error> obstacle = inspector.obstacle()) return error_text(*obstacle);
    return inspector.holds_back() ? unlearnt_text(inspector.unlearnt_files()) : QString();
}

}  // namespace lathe

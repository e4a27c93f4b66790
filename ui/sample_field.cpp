#include "ui/sample_field.h"

#include <QCoreApplication>
#include <QLocale>
#include <algorithm>
#include <cmath>

namespace lathe {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(SampleField)
};

QString range_text(const QString& least, const QString& most) {
    return Words::tr("%1 to %2").arg(least, most);
}

}  // namespace

QString field_text(int64_t value) {
    return QString::number(value);
}

QString field_text(double value) {
    return QString::number(value, 'g', QLocale::FloatingPointShortest);
}

QString field_text(const std::vector<std::string>& value) {
    QStringList parts;
    for (const std::string& text : value) {
        QString part = QString::fromStdString(text);
        part.replace(QLatin1Char('\\'), QLatin1String("\\\\")).replace(QLatin1Char(','), QLatin1String("\\,"));
        parts << part.replace(QLatin1Char('\n'), QLatin1String("\\n")).replace(QLatin1Char('\t'), QLatin1String("\\t"));
    }
    return parts.join(QStringLiteral(", "));
}

FieldReading read_field(const QString& text, const Field& field, int64_t& value) {
    bool whole = false, number = false;
    const qlonglong read = text.trimmed().toLongLong(&whole);
    const double about = text.trimmed().toDouble(&number);
    const auto least = static_cast<int64_t>(field.min), most = static_cast<int64_t>(field.max);
    if (whole && read >= least && read <= most) {
        value = read;
        return {};
    }
    const double nearest =
        number && !std::isnan(about) ? std::clamp(std::round(about), field.min, field.max) : static_cast<double>(value);
    return {.right = false,
            .why = range_text(field_text(least), field_text(most)),
            .legal = field_text(static_cast<int64_t>(nearest))};
}

FieldReading read_field(const QString& text, const Field& field, double& value) {
    bool number = false;
    QString plain = text.trimmed();
    plain.replace(QLatin1Char(','), QLatin1Char('.'));
    const double read = plain.toDouble(&number);
    if (number && read >= field.min && read <= field.max) {
        value = read;
        return {};
    }
    const bool usable = number && !std::isnan(read);
    return {.right = false,
            .why = range_text(field_text(field.min), field_text(field.max)),
            .legal = field_text(usable ? std::clamp(read, field.min, field.max) : value)};
}

FieldReading read_field(const QString& text, const Field& /*field*/, std::vector<std::string>& value) {
    value.clear();
    QString part;
    const auto take = [&] {
        if (!part.isEmpty()) value.push_back(part.toStdString());
        part.clear();
    };
    bool after_comma = false;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text[i];
        if (c == QLatin1Char(',')) {
            take();
            after_comma = true;
            continue;
        }
        if (after_comma && c == QLatin1Char(' ')) {  // the one that is written after a comma
            after_comma = false;
            continue;
        }
        after_comma = false;
        if (c != QLatin1Char('\\') || i + 1 == text.size()) {
            part += c;
            continue;
        }
        const QChar escaped = text[++i];
        part += escaped == QLatin1Char('n') ? QChar(u'\n') : escaped == QLatin1Char('t') ? QChar(u'\t') : escaped;
    }
    take();
    return {};
}

}  // namespace lathe

#include "ui/row_reason.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <array>

#include "ui/error_text.h"
#include "ui/number_text.h"

namespace lathe {

namespace {

// %1: what stands in quotes, or a number.
constexpr std::array kKnown = {
    QT_TRANSLATE_NOOP("RowReason", "no key %1"),
    QT_TRANSLATE_NOOP("RowReason", "no column %1"),
    QT_TRANSLATE_NOOP("RowReason", "unknown role %1"),
    QT_TRANSLATE_NOOP("RowReason", "%1 is not a string"),
    QT_TRANSLATE_NOOP("RowReason", "%1 is not an array"),
    QT_TRANSLATE_NOOP("RowReason", "%1 is not of pairs of texts"),
    QT_TRANSLATE_NOOP("RowReason", "a message that is not an object"),
    QT_TRANSLATE_NOOP("RowReason", "a message whose content is not a string"),
    QT_TRANSLATE_NOOP("RowReason", "a NUL character in the text"),
    QT_TRANSLATE_NOOP("RowReason", "an empty answer"),
    QT_TRANSLATE_NOOP("RowReason", "no assistant turn"),
    QT_TRANSLATE_NOOP("RowReason", "not an object"),
    QT_TRANSLATE_NOOP("RowReason", "tools that are not an array"),
    QT_TRANSLATE_NOOP("RowReason", "as line %1"),
    QT_TRANSLATE_NOOP("RowReason", "%1 tokens"),
};

}  // namespace

QString row_reason(const std::string& english) {
    static const QRegularExpression value(QStringLiteral("\"[^\"]*\"|\\d+"));
    QString pattern = QString::fromStdString(english);
    const QRegularExpressionMatch match = value.match(pattern);
    if (match.hasMatch()) pattern.replace(match.capturedStart(), match.capturedLength(), QStringLiteral("%1"));
    for (const char* known : kKnown) {
        if (pattern != QLatin1String(known)) continue;
        const QString text = QCoreApplication::translate("RowReason", known);
        if (!match.hasMatch()) return text;
        bool is_number = false;
        const qlonglong number = match.captured().toLongLong(&is_number);
        return text.arg(is_number ? count_text(number) : match.captured());
    }
    return engine_words(english);
}

}  // namespace lathe

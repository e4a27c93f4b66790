#include "ui/number_text.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>
#include <algorithm>
#include <cmath>

namespace lathe {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(NumberText)
};

constexpr QChar kNarrowSpace(0x202F);
constexpr QChar kMinus(0x2212);
constexpr double kNoRate = 1e-12;  // rounding at the end of a schedule

// Without LANG the locale is C, which groups nothing.
QLocale locale() {
    const QLocale chosen;
    return chosen.language() == QLocale::C ? QLocale(QLocale::English) : chosen;
}

int decimals_of(double step) {
    return step > 0 && step < 1 ? static_cast<int>(std::ceil(-std::log10(step) - 1e-9)) : 0;
}

}  // namespace

QString count_text(int64_t value) {
    return locale().toString(static_cast<qlonglong>(value));
}

QString fixed_text(double value, int decimals) {
    if (std::isnan(value)) return QStringLiteral("NaN");
    if (std::isinf(value)) return value > 0 ? QStringLiteral("∞") : kMinus + QStringLiteral("∞");
    const QString digits = locale().toString(std::abs(value), 'f', decimals);
    const bool zero = std::abs(value) < 0.5 * std::pow(10.0, -decimals);
    return value < 0 && !zero ? kMinus + digits : digits;
}

QString percent_text(double share, int decimals) {
    return fixed_text(100 * share, decimals) + QStringLiteral("\u202f%");
}

QString loss_text(double value) {
    const double size = std::abs(value);
    if (!std::isfinite(size) || size == 0) return fixed_text(value, 3);
    return fixed_text(value, std::clamp(3 - static_cast<int>(std::floor(std::log10(size))), 0, 6));
}

QString rate_text(double value) {
    if (!std::isfinite(value) || std::abs(value) < kNoRate) return fixed_text(value, 0);
    const int power = static_cast<int>(std::floor(std::log10(std::abs(value)) + 1e-9));
    if (power >= -1 && power <= 3) return QString::number(value, 'g', 3);
    QString digits = QString::number(value / std::pow(10.0, power), 'f', 2);
    while (digits.endsWith(QLatin1Char('0'))) digits.chop(1);
    if (digits.endsWith(QLatin1Char('.'))) digits.chop(1);
    return digits + QLatin1Char('e') + QString::number(power);
}

QString bytes_text(double bytes) {
    if (std::abs(bytes) < 1000) return fixed_text(bytes, 0) + kNarrowSpace + QLatin1Char('B');
    const char* units[] = {"kB", "MB", "GB", "TB"};
    double value = bytes / 1e3;
    int unit = 0;
    for (; unit < 3 && value >= 999.5; ++unit) value /= 1e3;
    const int decimals = unit < 2 ? (value < 9.95 ? 1 : 0) : (value < 99.95 ? 2 : 0);
    return fixed_text(value, value == 0 ? 0 : decimals) + kNarrowSpace + QLatin1String(units[unit]);
}

QString speed_text(double tokens_per_s) {
    return fixed_text(tokens_per_s, tokens_per_s < 9.95 ? 1 : 0) + kNarrowSpace + QStringLiteral("tok/s");
}

QString signed_text(double value, int decimals) {
    const QString text = fixed_text(value, decimals);
    return value > 0 ? QLatin1Char('+') + text : text;
}

QString time_text(int64_t time_ms) {
    const QDateTime time = QDateTime::fromMSecsSinceEpoch(time_ms);
    const qint64 ago_s = time.secsTo(QDateTime::currentDateTime());
    if (ago_s >= 0 && ago_s < 60) return Words::tr("just now");
    if (ago_s >= 0 && ago_s < 3600) return Words::tr("%1 min ago").arg(ago_s / 60);
    if (ago_s >= 0 && ago_s < 86400) return Words::tr("%1 h ago").arg(ago_s / 3600);
    return locale().toString(time, QLocale::ShortFormat);
}

QString clock_text(int64_t time_ms) {
    return QDateTime::fromMSecsSinceEpoch(time_ms).toString(QStringLiteral("HH:mm"));
}

QString duration_text(double seconds) {
    if (!std::isfinite(seconds) || seconds < 0) return QStringLiteral("–");
    const auto whole = static_cast<int64_t>(std::llround(seconds));
    if (whole < 100) return Words::tr("%1 s").arg(whole);
    const int64_t minutes = (whole + 30) / 60;
    if (minutes < 100) return Words::tr("%1 min").arg(minutes);
    const int64_t hours = minutes / 60;
    if (hours < 48) return Words::tr("%1 h %2 min").arg(hours).arg(minutes % 60);
    return Words::tr("%1 days").arg((hours + 12) / 24);
}

QString tick_text(double value, double step) {
    if (std::abs(value) < step * 1e-6) return QStringLiteral("0");
    return step < 0.001 - 1e-12 ? rate_text(value) : fixed_text(value, decimals_of(step));
}

}  // namespace lathe

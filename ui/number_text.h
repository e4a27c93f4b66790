// Figures as the window writes them: thousands grouped by the locale, a narrow space before units, true minus signs.
// Any thread.
#pragma once

#include <QString>
#include <cstdint>

namespace lathe {

QString count_text(int64_t value);                 // 12,345
QString fixed_text(double value, int decimals);    // 1.284; "NaN", "∞" where it is not finite
QString percent_text(double share, int decimals);  // 12.3 %
QString loss_text(double value);                   // four significant digits: 1.284, 10.83, 0.0412
QString rate_text(double value);                   // two or three: 4e-3, 1.65e-4, 0
QString bytes_text(double bytes);                  // 187 MB, 1.31 GB (powers of 1000)
QString speed_text(double tokens_per_s);           // 241 tok/s, 12,345 tok/s
QString signed_text(double value, int decimals);   // −0.41, +0.02
QString time_text(int64_t time_ms);                // since 1970: relative under a day, else date and time
QString clock_text(int64_t time_ms);               // 14:02
QString duration_text(double seconds);             // 40 s, 9 min, 2 h 10 min
// Label of an axis whose ticks are `step` apart: as many decimals as the step needs, powers of ten under 0.001.
QString tick_text(double value, double step);

}  // namespace lathe

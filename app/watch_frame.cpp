#include "app/watch_frame.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <utility>

#include "app/format_text.h"

namespace lathe {

namespace {

constexpr size_t kSpeedSteps = 20;
constexpr int kLabel = 8;        // cells beside the curve
constexpr int kLinesBeside = 3;  // title, steps, figures
constexpr int kLeastRows = 4, kLeastColumns = 24, kBarWidth = 20;
constexpr const char *kTrain = "\033[36m", *kValidation = "\033[33m", *kQuiet = "\033[2m", *kReset = "\033[0m";
constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

// The last steps, without those before a pause of the record.
size_t first_of_last(const RunDetail& run) {
    return run.metrics.size() > kSpeedSteps ? run.metrics.size() - kSpeedSteps : 0;
}

std::string utf8(char32_t c) {  // of three bytes, as all of braille
    return {static_cast<char>(0xe0 | c >> 12), static_cast<char>(0x80 | (c >> 6 & 0x3f)),
            static_cast<char>(0x80 | (c & 0x3f))};
}

// Cells of 2 x 4 dots, or a point over them.
class Canvas {
public:
    Canvas(int columns, int rows)
        : columns_(columns), rows_(rows), dots_(static_cast<size_t>(columns * rows)), points_(dots_.size()) {}
    int width() const { return 2 * columns_; }
    int height() const { return 4 * rows_; }

    void dot(int x, int y) {
        constexpr unsigned char bits[4][2] = {{0x01, 0x08}, {0x02, 0x10}, {0x04, 0x20}, {0x40, 0x80}};
        if (inside(x, y)) dots_[cell(x, y)] |= bits[y % 4][x % 2];
    }
    void point(int x, int y) {
        if (inside(x, y)) points_[cell(x, y)] = true;
    }
    std::string line(int row, bool color) const {
        std::string text;
        const char* now = "";
        for (int column = 0; column < columns_; ++column) {
            const auto at = static_cast<size_t>(row * columns_ + column);
            const char* wanted = points_[at] ? kValidation : dots_[at] != 0 ? kTrain : now;
            if (color && wanted != now) text += now = wanted;
            text += points_[at] ? "●" : dots_[at] != 0 ? utf8(0x2800U + dots_[at]) : " ";
        }
        return text;
    }

private:
    bool inside(int x, int y) const { return x >= 0 && y >= 0 && x < width() && y < height(); }
    size_t cell(int x, int y) const { return static_cast<size_t>(y / 4 * columns_ + x / 2); }

    int columns_, rows_;
    std::vector<unsigned char> dots_;
    std::vector<bool> points_;
};

struct Span {
    double low = std::numeric_limits<double>::infinity(), high = -std::numeric_limits<double>::infinity();
    void take(double value) {
        if (!std::isfinite(value)) return;
        low = std::min(low, value);
        high = std::max(high, value);
    }
    bool known() const { return low <= high; }
};

// Mean loss of each column's steps; NaN: none, or none finite.
std::vector<double> column_means(const RunDetail& run, int width, double first, double last) {
    std::vector<double> sums(static_cast<size_t>(width)), counts(sums.size());
    for (const MetricPoint& point : run.metrics) {
        if (!std::isfinite(point.loss)) continue;
        const double share = last > first ? (static_cast<double>(point.step) - first) / (last - first) : 0;
        const auto at = static_cast<size_t>(std::lround(share * (width - 1)));
        sums[at] += point.loss;
        counts[at] += 1;
    }
    for (size_t i = 0; i < sums.size(); ++i) sums[i] = counts[i] > 0 ? sums[i] / counts[i] : kNaN;
    return sums;
}

void draw_curve(Canvas& canvas, const RunDetail& run, double first, double last, const std::vector<double>& means,
                const Span& span) {
    const auto y_of = [&](double value) {
        const double share = span.high > span.low ? (value - span.low) / (span.high - span.low) : 0.5;
        return static_cast<int>(std::lround((1 - share) * (canvas.height() - 1)));
    };
    int before = -1, before_x = -1;
    for (int x = 0; x < canvas.width(); ++x) {
        const double value = means[static_cast<size_t>(x)];
        if (!std::isfinite(value)) continue;
        const int y = y_of(value);
        for (int between = before_x + 1; before_x >= 0 && between < x; ++between)  // fewer steps than columns
            canvas.dot(between, before + (y - before) * (between - before_x) / (x - before_x));
        const int from = before < 0 ? y : before;
        for (int dot = std::min(from, y); dot <= std::max(from, y); ++dot) canvas.dot(x, dot);
        before = y;
        before_x = x;
    }
    for (const MetricPoint& point : run.metrics) {
        if (!point.eval_loss || !std::isfinite(*point.eval_loss)) continue;
        const double share = last > first ? (static_cast<double>(point.step) - first) / (last - first) : 0;
        canvas.point(static_cast<int>(std::lround(share * (canvas.width() - 1))), y_of(*point.eval_loss));
    }
}

std::string bar(const RunSummary& run) {
    if (run.max_steps <= 0) return "";
    const double share = std::clamp(static_cast<double>(run.step) / static_cast<double>(run.max_steps), 0.0, 1.0);
    std::string cells = format_text("%.0f %% ", std::floor(100 * share));
    for (int i = 0; i < kBarWidth; ++i) cells += i < static_cast<int>(share * kBarWidth) ? "━" : "·";
    return cells;
}

// Hangul, Chinese, Japanese and pictures take two cells of a terminal.
int cells_of(char32_t c) {
    constexpr std::pair<char32_t, char32_t> wide[] = {{0x1100, 0x115f}, {0x2e80, 0xa4cf},   {0xac00, 0xd7a3},
                                                      {0xf900, 0xfaff}, {0xfe30, 0xfe6f},   {0xff00, 0xff60},
                                                      {0xffe0, 0xffe6}, {0x1f300, 0x1faff}, {0x20000, 0x3fffd}};
    return std::any_of(std::begin(wide), std::end(wide),
                       [c](const auto& range) { return c >= range.first && c <= range.second; })
               ? 2
               : 1;
}

// As much of a text as so many cells have; what a terminal would act on is left out.
std::string fitted(const std::string& text, int columns) {
    std::string cut;
    int cells = 0;
    for (size_t at = 0; at < text.size();) {
        size_t end = at + 1;
        while (end < text.size() && (text[end] & 0xc0) == 0x80) ++end;
        const auto first = static_cast<unsigned char>(text[at]);
        char32_t c = first < 0x80 ? first : end - at == 2 ? first & 0x1f : end - at == 3 ? first & 0x0f : first & 0x07;
        for (size_t i = at + 1; i < end; ++i) c = c << 6 | (static_cast<unsigned char>(text[i]) & 0x3f);
        if (c >= 0x20 && c != 0x7f) {
            cells += cells_of(c);
            if (cells > columns) break;
            cut.append(text, at, end - at);
        }
        at = end;
    }
    return cut;
}

std::string figures(const RunDetail& run) {
    std::string text;
    const auto add = [&](const std::string& figure) { text += (text.empty() ? "" : "  ") + figure; };
    const RunSummary& summary = run.summary;
    if (summary.loss) add(format_text("loss %.4f", *summary.loss));
    if (summary.eval_loss) add(format_text("validation %.4f", *summary.eval_loss));
    if (summary.best_eval_loss && summary.best_eval_loss != summary.eval_loss)
        add(format_text("best %.4f", *summary.best_eval_loss));
    if (const double speed = watched_tokens_per_s(run); speed > 0) add(format_text("%.0f tok/s", speed));
    if (!run.metrics.empty()) add(format_text("lr %.2e", run.metrics.back().learning_rate));
    return text;
}

}  // namespace

double watched_tokens_per_s(const RunDetail& run) {
    std::vector<double> speeds;
    for (size_t i = first_of_last(run); i < run.metrics.size(); ++i)
        if (std::isfinite(run.metrics[i].tokens_per_s)) speeds.push_back(run.metrics[i].tokens_per_s);
    if (speeds.empty()) return 0;
    const auto middle = speeds.begin() + static_cast<std::ptrdiff_t>(speeds.size() / 2);
    std::nth_element(speeds.begin(), middle, speeds.end());
    return *middle;
}

double watched_seconds_left(const RunDetail& run) {
    const int64_t left = run.summary.max_steps - run.summary.step;
    if (run.metrics.size() < 2 || left <= 0 || run.summary.state != "running") return 0;
    const MetricPoint &first = run.metrics[first_of_last(run)], &last = run.metrics.back();
    if (last.step <= first.step || !(last.elapsed_s > first.elapsed_s)) return 0;
    return (last.elapsed_s - first.elapsed_s) / static_cast<double>(last.step - first.step) * static_cast<double>(left);
}

std::string watch_duration(double seconds) {
    const auto s = static_cast<long long>(seconds);
    if (s < 60) return format_text("%llds", s);
    if (s < 3600) return format_text("%lldm%02llds", s / 60, s % 60);
    return format_text("%lldh%02lldm", s / 3600, s / 60 % 60);
}

std::string watch_line(const RunDetail& run) {
    const RunSummary& summary = run.summary;
    std::string line = format_text("%s: %s, step %lld of %lld", summary.run.c_str(), summary.state.c_str(),
                                   static_cast<long long>(summary.step), static_cast<long long>(summary.max_steps));
    if (summary.loss) line += format_text(", loss %.4f", *summary.loss);
    if (summary.eval_loss) line += format_text(", validation %.4f", *summary.eval_loss);
    if (const double speed = watched_tokens_per_s(run); speed > 0) line += format_text(", %.0f tok/s", speed);
    if (const double left = watched_seconds_left(run); left > 0) line += ", " + watch_duration(left) + " left";
    if (run.error) line += ": " + run.error->sentence();
    return line;
}

std::vector<std::string> watch_frame(const RunDetail& run, int columns, int rows, bool color) {
    if (columns < kLeastColumns || rows < kLeastRows) return {fitted(watch_line(run), columns)};
    const auto tinted = [color](const char* tint, const std::string& text) {
        return color ? tint + text + kReset : text;
    };
    const RunSummary& summary = run.summary;
    std::string title = (summary.name.empty() ? summary.run : summary.name) + "  " + summary.state + "  " +
                        format_text("step %lld", static_cast<long long>(summary.step));
    if (summary.max_steps > 0) title += format_text(" of %lld", static_cast<long long>(summary.max_steps));
    if (const double left = watched_seconds_left(run); left > 0) title += "  " + watch_duration(left) + " left";
    if (summary.max_steps > 0) title += "  " + bar(summary);
    std::vector<std::string> lines{fitted(title, columns)};

    Canvas canvas(columns - kLabel - 1, rows - kLinesBeside);
    const double first = run.metrics.empty() ? 0 : static_cast<double>(run.metrics.front().step);
    const double last = run.metrics.empty() ? 1 : static_cast<double>(run.metrics.back().step);
    const std::vector<double> means = column_means(run, canvas.width(), first, last);
    Span span;
    for (const double mean : means) span.take(mean);
    for (const MetricPoint& point : run.metrics) span.take(point.eval_loss.value_or(kNaN));
    if (span.known()) draw_curve(canvas, run, first, last, means, span);
    const int curve_rows = rows - kLinesBeside;
    for (int row = 0; row < curve_rows; ++row) {
        std::string label;
        if (span.known() && row == 0) label = format_text("%.4g", span.high);
        if (span.known() && row == curve_rows - 1 && span.high > span.low) label = format_text("%.4g", span.low);
        label.insert(0, static_cast<size_t>(std::max(0, kLabel - static_cast<int>(label.size()))), ' ');
        lines.push_back(tinted(kQuiet, label) + " " + canvas.line(row, color) + (color ? kReset : ""));
    }
    const std::string from = format_text("%.0f", first), to = format_text("%.0f", last);
    std::string steps(kLabel + 1, ' ');
    if (!run.metrics.empty()) {
        steps += from;
        const int gap = columns - static_cast<int>(steps.size() + to.size());
        steps += std::string(static_cast<size_t>(std::max(1, gap)), ' ') + to;
    }
    lines.push_back(tinted(kQuiet, fitted(steps, columns)));
    const std::string words = run.error ? run.error->sentence() : figures(run);
    lines.push_back(fitted(words.empty() ? "no step yet" : words, columns));
    return lines;
}

}  // namespace lathe

// The look in one place: colour tokens of the dark and the light theme, type, spacing, radii. No page has a colour,
// font or margin of its own. Thread: GUI (fonts need a QGuiApplication).
#pragma once

#include <QColor>
#include <QFont>
#include <QPalette>
#include <QString>
#include <array>
#include <optional>

namespace lathe {

struct Theme {
    QString name;                // dark, light
    QColor background, rail;     // window, page rail
    QColor surface, raised;      // cards; buttons and pop-ups
    QColor line;                 // borders of 1 px, grid
    QColor text, muted, faint;   // faint is for what is not text
    QColor accent;               // the primary action, the current page, links; never a series
    QColor ok, warn, bad;        // always beside a word
    std::array<QColor, 6> data;  // series, in this order
};

const Theme& dark_theme();
const Theme& light_theme();
// nullptr: no such theme.
const Theme* find_theme(const QString& name);
QPalette palette_of(const Theme& theme);
// The theme in force: the one whose palette the application has. What is painted by hand asks for it in paintEvent().
const Theme& current_theme();
// Text on the accent colour.
QColor on_accent(const Theme& theme);

enum class Tone { text, muted, ok, warn, bad };
QColor tone_color(const Theme& theme, Tone tone);
// `share` of `over`, the rest of `under`; opaque.
QColor blend(const QColor& over, const QColor& under, double share);

namespace space {
constexpr int kTiny = 4, kSmall = 8, kGrid = 12, kCard = 16, kPage = 24, kWide = 32;
}
namespace radius {
constexpr int kChip = 3, kControl = 8, kCard = 12;
}
namespace stroke {
constexpr double kHair = 1.0, kRaw = 1.5, kSeries = 2.0, kPoint = 6.0;  // kPoint: diameter
constexpr double kRawOpacity = 0.25;
}  // namespace stroke

// label: a semibold caption; button: a semibold body
enum class TextRole { title, figure, heading, body, button, label, caption, mono };
QFont text_font(TextRole role);
// The user's text size, 1 as designed; text_font() follows it. Whole pixels: from one size to another and back.
double text_scale();
void set_text_scale(double scale);
int scaled_pixels(int pixels);
int unscaled_pixels(int pixels, double scale);
// Makes the shipped fonts known; once, after the application object. False: a font could not be read.
bool load_fonts();

}  // namespace lathe

#include "ui/theme.h"

#include <QFile>
#include <QFontDatabase>
#include <QGuiApplication>
#include <cmath>

#include "engine/base/resources.h"

// Of a static library; the macro wants no namespace around it.
static void init_font_resource() {
    Q_INIT_RESOURCE(fonts);
}

namespace lathe {

const Theme& dark_theme() {
    static const Theme theme{.name = QStringLiteral("dark"),
                             .background = QColor(0x0F1216),
                             .rail = QColor(0x0B0E11),
                             .surface = QColor(0x161A20),
                             .raised = QColor(0x1D222A),
                             .line = QColor(0x2A303A),
                             .text = QColor(0xE8ECF1),
                             .muted = QColor(0x98A2B0),
                             .faint = QColor(0x78818F),
                             .accent = QColor(0xF0945A),
                             .ok = QColor(0x3FB68B),
                             .warn = QColor(0xE5B94E),
                             .bad = QColor(0xF28B82),
                             .data = {QColor(0x5AA9E6), QColor(0xE5C34B), QColor(0x3FB68B), QColor(0xB58BD8),
                                      QColor(0xE07B9B), QColor(0x818C99)}};
    return theme;
}

const Theme& light_theme() {
    static const Theme theme{.name = QStringLiteral("light"),
                             .background = QColor(0xF6F7F9),
                             .rail = QColor(0xECEFF3),
                             .surface = QColor(0xFFFFFF),
                             .raised = QColor(0xF2F4F7),
                             .line = QColor(0xDCE1E8),
                             .text = QColor(0x161B22),
                             .muted = QColor(0x566170),
                             .faint = QColor(0x737E8B),
                             .accent = QColor(0xA94D15),
                             .ok = QColor(0x116E4D),
                             .warn = QColor(0x825B00),
                             .bad = QColor(0xB3261E),
                             .data = {QColor(0x1D71BA), QColor(0x886C00), QColor(0x137B56), QColor(0x7A4FB5),
                                      QColor(0xB03A6B), QColor(0x5B6675)}};
    return theme;
}

const Theme* find_theme(const QString& name) {
    for (const Theme* theme : {&dark_theme(), &light_theme()})
        if (theme->name == name) return theme;
    return nullptr;
}

QPalette palette_of(const Theme& theme) {
    QPalette palette;
    palette.setColor(QPalette::Window, theme.background);
    palette.setColor(QPalette::WindowText, theme.text);
    palette.setColor(QPalette::Base, theme.surface);
    palette.setColor(QPalette::AlternateBase, theme.raised);
    palette.setColor(QPalette::Text, theme.text);
    palette.setColor(QPalette::PlaceholderText, theme.muted);
    palette.setColor(QPalette::Button, theme.raised);
    palette.setColor(QPalette::ButtonText, theme.text);
    palette.setColor(QPalette::ToolTipBase, theme.raised);
    palette.setColor(QPalette::ToolTipText, theme.text);
    palette.setColor(QPalette::Highlight, theme.accent);
    palette.setColor(QPalette::HighlightedText, theme.background);
    palette.setColor(QPalette::Link, theme.accent);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, theme.faint);
    return palette;
}

const Theme& current_theme() {
    return QGuiApplication::palette().color(QPalette::Window) == light_theme().background ? light_theme()
                                                                                          : dark_theme();
}

QColor on_accent(const Theme& theme) {
    return theme.accent.lightness() > 140 ? theme.rail : theme.surface;
}

QColor tone_color(const Theme& theme, Tone tone) {
    switch (tone) {
        case Tone::text:
            return theme.text;
        case Tone::muted:
            return theme.muted;
        case Tone::ok:
            return theme.ok;
        case Tone::warn:
            return theme.warn;
        case Tone::bad:
            return theme.bad;
    }
    return theme.text;
}

QColor blend(const QColor& over, const QColor& under, double share) {
    const auto mix = [share](double a, double b) { return a * share + b * (1 - share); };
    return QColor::fromRgbF(mix(over.redF(), under.redF()), mix(over.greenF(), under.greenF()),
                            mix(over.blueF(), under.blueF()));
}

namespace {

double user_scale = 1;

int pixels_of(TextRole role) {
    switch (role) {
        case TextRole::title:
        case TextRole::figure:
            return 20;
        case TextRole::heading:
            return 14;
        case TextRole::body:
        case TextRole::button:
            return 13;
        case TextRole::label:
        case TextRole::caption:
        case TextRole::mono:
            return 12;
    }
    return 13;
}

}  // namespace

QFont text_font(TextRole role) {
    QFont font;
    const bool mono = role == TextRole::mono;
    font.setFamilies({mono ? QStringLiteral("JetBrains Mono") : QStringLiteral("Inter Tabular"),
                      QStringLiteral("Inter"), QStringLiteral("Noto Sans CJK KR")});
    font.setHintingPreference(QFont::PreferNoHinting);
    const bool strong = role == TextRole::title || role == TextRole::figure || role == TextRole::heading ||
                        role == TextRole::button || role == TextRole::label;
    font.setWeight(strong ? QFont::DemiBold : QFont::Normal);
    font.setPixelSize(scaled_pixels(pixels_of(role)));
    return font;
}

double text_scale() {
    return user_scale;
}

void set_text_scale(double scale) {
    user_scale = scale;
}

int scaled_pixels(int pixels) {
    return static_cast<int>(std::lround(pixels * user_scale));
}

int unscaled_pixels(int pixels, double scale) {
    return static_cast<int>(std::lround(pixels / scale));
}

bool load_fonts() {
    init_font_resource();
    bool all = true;
    for (const char* file : {"InterTabular-Regular.otf", "InterTabular-SemiBold.otf", "JetBrainsMono-Regular.ttf"})
        all = QFontDatabase::addApplicationFont(QStringLiteral(":/fonts/") + QLatin1String(file)) >= 0 && all;
    // An archive brings a Korean font along, for systems that have none.
    const QString korean = QString::fromStdString(resource_folder()) + QStringLiteral("/fonts/NotoSansCJK-Regular.ttc");
    if (QFile::exists(korean) && QFontDatabase::families(QFontDatabase::Korean).isEmpty())
        all = QFontDatabase::addApplicationFont(korean) >= 0 && all;
    return all;
}

}  // namespace lathe

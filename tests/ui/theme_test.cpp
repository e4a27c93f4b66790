// Contrast of the themes (w3.org/TR/WCAG21, 1.4.3 and 1.4.11): what is written on what it stands on at least 4.5 to 1,
// what is drawn 3 to 1. What is disabled is exempt.
#include "ui/theme.h"

#include <QtTest>
#include <algorithm>
#include <cmath>
#include <vector>

#include "ui/chip_flow.h"

using namespace lathe;

namespace {

double luminance(const QColor& color) {
    const auto linear = [](double part) {
        return part <= 0.04045 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

double contrast(const QColor& one, const QColor& other) {
    const auto [less, more] = std::minmax({luminance(one), luminance(other)});
    return (more + 0.05) / (less + 0.05);
}

struct Named {
    const char* name;
    QColor color;
};

void expect(double least, const Theme& theme, const std::vector<Named>& over, const std::vector<Named>& under) {
    for (const Named& one : over)
        for (const Named& ground : under) {
            const double found = contrast(one.color, ground.color);
            QVERIFY2(found >= least, qPrintable(QStringLiteral("%1: %2 on %3: %4")
                                                    .arg(theme.name, QLatin1String(one.name),
                                                         QLatin1String(ground.name), QString::number(found))));
        }
}

}  // namespace

class ThemeTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void contrast_is_known() {
        QCOMPARE(contrast(Qt::black, Qt::white), 21.0);
        QCOMPARE(contrast(Qt::white, Qt::white), 1.0);
        QVERIFY(std::abs(contrast(QColor(0x777777), Qt::white) - 4.48) < 0.01);
    }

    void what_is_written_can_be_read() {
        for (const Theme* theme : {&dark_theme(), &light_theme()}) {
            const std::vector<Named> open = {{"background", theme->background},
                                             {"rail", theme->rail},
                                             {"surface", theme->surface},
                                             {"raised", theme->raised}};
            std::vector<Named> rows = open;
            rows.push_back({"a hovered button", blend(theme->text, theme->raised, 0.05)});
            rows.push_back({"a chosen row", blend(theme->text, theme->raised, 0.10)});
            rows.push_back({"a chosen run", blend(theme->accent, theme->surface, 0.14)});
            expect(4.5, *theme,
                   {{"text", theme->text},
                    {"muted", theme->muted},
                    {"ok", theme->ok},
                    {"warn", theme->warn},
                    {"bad", theme->bad}},
                   rows);
            expect(4.5, *theme, {{"accent", theme->accent}}, open);
            expect(4.5, *theme, {{"text", theme->text}},
                   {{"the current page", blend(theme->accent, theme->rail, 0.18)},
                    {"a selection", blend(theme->accent, theme->surface, 0.35)}});
            expect(4.5, *theme, {{"on_accent", on_accent(*theme)}},
                   {{"accent", theme->accent}, {"a hovered one", blend(theme->text, theme->accent, 0.12)}});
            expect(4.5, *theme, {{"text", theme->text}},
                   {{"a likely token", chip_color(*theme, Tone::ok)},
                    {"a possible one", chip_color(*theme, Tone::warn)},
                    {"an unlikely one", chip_color(*theme, Tone::bad)}});
            // A readout writes in the colours of its curves.
            for (const QColor& series : theme->data)
                expect(4.5, *theme, {{"a series", series}}, {{"surface", theme->surface}, {"raised", theme->raised}});
        }
    }

    void what_is_drawn_can_be_seen() {
        for (const Theme* theme : {&dark_theme(), &light_theme()}) {
            expect(3, *theme, {{"faint", theme->faint}},
                   {{"background", theme->background},
                    {"rail", theme->rail},
                    {"surface", theme->surface},
                    {"raised", theme->raised},
                    {"a chosen row", blend(theme->text, theme->raised, 0.10)},
                    {"a chosen run", blend(theme->accent, theme->surface, 0.14)}});
            expect(3, *theme, {{"accent", theme->accent}},
                   {{"the current page", blend(theme->accent, theme->rail, 0.18)},
                    {"a chosen row", blend(theme->text, theme->raised, 0.10)}});
        }
    }
};

QTEST_APPLESS_MAIN(ThemeTest)
#include "theme_test.moc"

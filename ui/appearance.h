// Theme, language and text size of the window: the user's choice, what it comes to, and its application to the whole
// program. The choice is kept in the settings under appearance/. Widgets hear of a change by Qt's own events:
// PaletteChange (theme), LanguageChange (words), FontChange. Thread: GUI.
#pragma once

#include <QObject>
#include <QSettings>
#include <QTranslator>
#include <array>

#include "ui/theme.h"

namespace lathe {

enum class ThemeChoice { system, dark, light };
enum class LanguageChoice { system, english, korean };
inline constexpr std::array kTextSizes = {90, 100, 115, 130};  // percent

class Appearance : public QObject {
    Q_OBJECT

public:
    // Applies what the settings say. The system's wish for dark or light comes from the desktop portal over D-Bus, else
    // from the palette that the program started with.
    explicit Appearance(QSettings& settings, QObject* parent = nullptr);
    ~Appearance() override;

    ThemeChoice theme_choice() const { return theme_; }
    LanguageChoice language_choice() const { return language_; }
    void set_theme(ThemeChoice choice);
    void set_language(LanguageChoice choice);
    int text_size() const { return text_size_; }  // percent, one of kTextSizes
    void set_text_size(int percent);
    const Theme& theme() const;

Q_SIGNALS:
    void changed();  // one of the choices

private Q_SLOTS:
    // org.freedesktop.portal.Settings, SettingChanged.
    void on_portal_setting(const QString& space, const QString& key);

private:
    void apply_theme();
    void apply_language();
    void apply_text_size();

    QSettings& settings_;
    ThemeChoice theme_ = ThemeChoice::system;
    LanguageChoice language_ = LanguageChoice::system;
    int text_size_ = 100;
    bool system_dark_ = true;
    QTranslator words_;
    QTranslator qt_words_;
};

}  // namespace lathe

#include "ui/appearance.h"

#include <QApplication>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusReply>
#include <QDBusVariant>
#include <QLibraryInfo>
#include <QLocale>
#include <QPointer>
#include <QWidget>
#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "ui/style_sheet.h"

// Of a static library; the macro wants no namespace around it.
static void init_translations() {
    Q_INIT_RESOURCE(translations);
}

namespace lathe {

namespace {

constexpr auto kService = "org.freedesktop.portal.Desktop";
constexpr auto kPath = "/org/freedesktop/portal/desktop";
constexpr auto kInterface = "org.freedesktop.portal.Settings";
constexpr int kPortalTimeout_ms = 200;  // a desktop without one must not hold up the start

// 1: dark, 2: light, 0: no wish (flatpak.github.io/xdg-desktop-portal, Settings, color-scheme).
std::optional<bool> portal_wants_dark() {
    const QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected()) return std::nullopt;
    QDBusMessage call = QDBusMessage::createMethodCall(QLatin1String(kService), QLatin1String(kPath),
                                                       QLatin1String(kInterface), QStringLiteral("Read"));
    call << QStringLiteral("org.freedesktop.appearance") << QStringLiteral("color-scheme");
    const QDBusReply<QVariant> reply = bus.call(call, QDBus::Block, kPortalTimeout_ms);
    if (!reply.isValid()) return std::nullopt;
    QVariant value = reply.value();
    while (value.canConvert<QDBusVariant>()) value = value.value<QDBusVariant>().variant();
    const uint scheme = value.toUInt();
    if (scheme == 0) return std::nullopt;
    return scheme == 1;
}

template <class Choice>
Choice read_choice(const QSettings& settings, const QString& key, const QStringList& words) {
    return static_cast<Choice>(std::max<qsizetype>(0, words.indexOf(settings.value(key).toString())));
}

QString theme_key() {
    return QStringLiteral("appearance/theme");
}
QString language_key() {
    return QStringLiteral("appearance/language");
}
QString text_size_key() {
    return QStringLiteral("appearance/text_size");
}
QStringList theme_words() {
    return {QStringLiteral("system"), QStringLiteral("dark"), QStringLiteral("light")};
}
QStringList language_words() {
    return {QStringLiteral("system"), QStringLiteral("en"), QStringLiteral("ko")};
}

}  // namespace

Appearance::Appearance(QSettings& settings, QObject* parent)
    : QObject(parent),
      settings_(settings),
      theme_(read_choice<ThemeChoice>(settings, theme_key(), theme_words())),
      language_(read_choice<LanguageChoice>(settings, language_key(), language_words())) {
    init_translations();
    const bool palette_dark = QApplication::palette().color(QPalette::Window).lightness() < 128;
    system_dark_ = portal_wants_dark().value_or(palette_dark);
    QDBusConnection::sessionBus().connect(QLatin1String(kService), QLatin1String(kPath), QLatin1String(kInterface),
                                          QStringLiteral("SettingChanged"), this,
                                          SLOT(on_portal_setting(QString, QString)));
    set_text_size(settings.value(text_size_key(), text_size_).toInt());
    apply_language();
    apply_theme();
}

Appearance::~Appearance() {
    QCoreApplication::removeTranslator(&words_);
    QCoreApplication::removeTranslator(&qt_words_);
}

const Theme& Appearance::theme() const {
    const bool dark = theme_ == ThemeChoice::system ? system_dark_ : theme_ == ThemeChoice::dark;
    return dark ? dark_theme() : light_theme();
}

void Appearance::set_theme(ThemeChoice choice) {
    if (choice == theme_) return;
    theme_ = choice;
    settings_.setValue(theme_key(), theme_words()[static_cast<int>(choice)]);
    apply_theme();
    Q_EMIT changed();
}

void Appearance::set_language(LanguageChoice choice) {
    if (choice == language_) return;
    language_ = choice;
    settings_.setValue(language_key(), language_words()[static_cast<int>(choice)]);
    apply_language();
    Q_EMIT changed();
}

void Appearance::set_text_size(int percent) {
    if (percent == text_size_ || std::find(kTextSizes.begin(), kTextSizes.end(), percent) == kTextSizes.end()) return;
    text_size_ = percent;
    settings_.setValue(text_size_key(), percent);
    apply_text_size();
    Q_EMIT changed();
}

void Appearance::on_portal_setting(const QString& space, const QString& key) {
    if (space != QLatin1String("org.freedesktop.appearance") || key != QLatin1String("color-scheme")) return;
    system_dark_ = portal_wants_dark().value_or(system_dark_);
    apply_theme();
}

void Appearance::apply_theme() {
    // A new style sheet puts every font back to what it was when the widget was first shown.
    std::vector<std::pair<QPointer<QWidget>, QFont>> fonts;
    for (QWidget* widget : QApplication::allWidgets())
        if (widget->testAttribute(Qt::WA_SetFont)) fonts.emplace_back(widget, widget->font());
    QApplication::setPalette(palette_of(theme()));
    qApp->setStyleSheet(style_sheet(theme()));
    for (const auto& [widget, font] : fonts)
        if (widget != nullptr) widget->setFont(font);
}

// Widgets that were given a font of their own get it anew in its size.
void Appearance::apply_text_size() {
    const double before = text_scale();
    set_text_scale(text_size_ / 100.0);
    const auto resized = [before](QFont font) {
        font.setPixelSize(scaled_pixels(unscaled_pixels(font.pixelSize(), before)));
        return font;
    };
    QApplication::setFont(text_font(TextRole::body));
    for (QWidget* widget : QApplication::allWidgets())
        if (widget->testAttribute(Qt::WA_SetFont) && widget->font().pixelSize() > 0)
            widget->setFont(resized(widget->font()));
    apply_theme();  // lays everything out anew
}

void Appearance::apply_language() {
    const bool korean = language_ == LanguageChoice::system ? QLocale::system().language() == QLocale::Korean
                                                            : language_ == LanguageChoice::korean;
    QLocale::setDefault(korean ? QLocale(QLocale::Korean, QLocale::SouthKorea)
                               : QLocale(QLocale::English, QLocale::UnitedStates));
    QCoreApplication::removeTranslator(&words_);
    QCoreApplication::removeTranslator(&qt_words_);
    if (!korean) return;
    // Qt's own dialogs and menus; its catalogue may not be installed.
    if (qt_words_.load(QStringLiteral("qtbase_ko"), QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
        QCoreApplication::installTranslator(&qt_words_);
    if (words_.load(QStringLiteral(":/translations/lathe_ko.qm"))) QCoreApplication::installTranslator(&words_);
}

}  // namespace lathe

#include "ui/key_bindings.h"

#include <QCoreApplication>
#include <QKeyEvent>
#include <QPlainTextEdit>
#include <algorithm>

namespace lathe {

namespace {

QString key_of(const QString& id) {
    return QStringLiteral("keys/") + id;
}

// A text field takes these for itself, or a list to move about in it.
bool are_for_fields(QKeyCombination keys) {
    const bool modified = keys.keyboardModifiers() & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier);
    if (!modified && (keys.key() < Qt::Key_F1 || keys.key() > Qt::Key_F35)) return true;
    QPlainTextEdit field;
    QKeyEvent asked(QEvent::ShortcutOverride, keys.key(), keys.keyboardModifiers());
    asked.ignore();
    QCoreApplication::sendEvent(&field, &asked);
    return asked.isAccepted();
}

}  // namespace

KeyBindings::KeyBindings(const CommandPalette& palette, QSettings& user, QObject* parent)
    : QObject(parent), palette_(palette), user_(user) {}

void KeyBindings::load() {
    for (const CommandPalette::Offer& offer : palette_.offers()) standards_[offer.id] = offer.action->shortcuts();
    chosen_ = stored();
    for (const CommandPalette::Offer& offer : actions()) offer.action->setShortcuts(keys_of(offer.id, chosen_));
    if (!chosen_.empty()) Q_EMIT changed();
}

std::vector<CommandPalette::Offer> KeyBindings::actions() const {
    std::vector<CommandPalette::Offer> actions = palette_.offers();
    std::erase_if(actions, [this](const CommandPalette::Offer& offer) { return standards_.count(offer.id) == 0; });
    return actions;
}

// Those that can stand together: of two that have the same keys one keeps its standard ones.
KeyBindings::Chosen KeyBindings::stored() const {
    Chosen chosen;
    for (const auto& [id, standard] : standards_) {
        if (!user_.contains(key_of(id))) continue;
        const QString text = user_.value(key_of(id)).toString();
        const QKeySequence keys = QKeySequence::fromString(text, QKeySequence::PortableText);
        if (keys.isEmpty() == text.isEmpty() && is_legal(id, keys)) chosen[id] = keys;
    }
    const auto has_rival = [&](const Chosen::value_type& one) { return rival(one.first, chosen).has_value(); };
    const auto next = [&] { return std::find_if(chosen.begin(), chosen.end(), has_rival); };
    for (auto one = next(); one != chosen.end(); one = next()) chosen.erase(one);  // may make another one a rival
    return chosen;
}

KeyBindings::Keys KeyBindings::keys_of(const QString& id, const Chosen& chosen) const {
    const auto mine = chosen.find(id);
    if (mine == chosen.end()) return standards_.at(id);
    return mine->second.isEmpty() ? Keys() : Keys{mine->second};
}

bool KeyBindings::is_legal(const QString& id, const QKeySequence& keys) const {
    if (keys.isEmpty() || standards_.at(id).contains(keys)) return true;
    return keys.count() == 1 && keys[0].key() != Qt::Key_unknown && !are_for_fields(keys[0]);
}

// The window's keys are heard everywhere, a page's on that page.
std::optional<CommandPalette::Offer> KeyBindings::rival(const QString& id, const Chosen& chosen) const {
    const std::vector<CommandPalette::Offer> all = actions();
    const auto mine = std::find_if(all.begin(), all.end(), [&](const auto& offer) { return offer.id == id; });
    const Keys keys = keys_of(id, chosen);
    for (const CommandPalette::Offer& other : all) {
        const bool meet = other.place == mine->place || other.place.isEmpty() || mine->place.isEmpty();
        const Keys others = meet && other.id != id ? keys_of(other.id, chosen) : Keys();
        if (std::any_of(others.begin(), others.end(), [&](const QKeySequence& one) { return keys.contains(one); }))
            return other;
    }
    return std::nullopt;
}

KeyBindings::Chosen KeyBindings::with(const QString& id, const QKeySequence& keys) const {
    Chosen chosen = chosen_;
    chosen.erase(id);
    if (keys != standard(id)) chosen[id] = keys;
    return chosen;
}

QString KeyBindings::obstacle(const QString& id, const QKeySequence& keys) const {
    const QString shown = keys.toString(QKeySequence::NativeText);
    if (!is_legal(id, keys))
        return tr("%1 is needed in text fields and lists. Take other keys with Ctrl or Alt, or an F key.").arg(shown);
    const std::optional<CommandPalette::Offer> other = rival(id, with(id, keys));
    return other ? tr("“%1” has %2. Give that action other keys first.").arg(other->name(), shown) : QString();
}

void KeyBindings::set(const QString& id, const QKeySequence& keys) {
    choose(with(id, keys));
}

void KeyBindings::choose(const Chosen& chosen) {
    for (const CommandPalette::Offer& offer : actions()) {
        const auto mine = chosen.find(offer.id);
        if (mine == chosen.end())
            user_.remove(key_of(offer.id));
        else
            user_.setValue(key_of(offer.id), mine->second.toString(QKeySequence::PortableText));
        offer.action->setShortcuts(keys_of(offer.id, chosen));
    }
    chosen_ = chosen;
    Q_EMIT changed();
}

}  // namespace lathe

// The keys of every action that Ctrl+K finds: the standard ones, until the user gives it others. Kept in the user's
// settings under keys/<id of the action>, only what differs from the standard. Thread: GUI.
#pragma once

#include <QKeySequence>
#include <QSettings>
#include <map>
#include <optional>
#include <vector>

#include "ui/command_palette.h"

namespace lathe {

class KeyBindings : public QObject {
    Q_OBJECT

public:
    // What the user chose, by id of the action; empty: no keys.
    using Chosen = std::map<QString, QKeySequence>;

    KeyBindings(const CommandPalette& palette, QSettings& user, QObject* parent = nullptr);
    // Once, when every action is offered and has its standard keys: those that the user chose take their place. What is
    // not legal is left out.
    void load();
    // Those that were offered by then.
    std::vector<CommandPalette::Offer> actions() const;
    // What is shown of the standard keys.
    QKeySequence standard(const QString& id) const { return standards_.at(id).value(0); }
    const Chosen& chosen() const { return chosen_; }
    // Why the action cannot have these keys, for the user; "": it can.
    QString obstacle(const QString& id, const QKeySequence& keys) const;
    // Keys without an obstacle.
    void set(const QString& id, const QKeySequence& keys);
    // All at once: {} is the standard, and what chosen() was brings that back.
    void choose(const Chosen& chosen);

Q_SIGNALS:
    void changed();

private:
    using Keys = QList<QKeySequence>;  // any of them; the first is shown
    Keys keys_of(const QString& id, const Chosen& chosen) const;
    Chosen stored() const;
    Chosen with(const QString& id, const QKeySequence& keys) const;
    bool is_legal(const QString& id, const QKeySequence& keys) const;
    // The action that would have some of these keys, too, where this one has them.
    std::optional<CommandPalette::Offer> rival(const QString& id, const Chosen& chosen) const;

    const CommandPalette& palette_;
    QSettings& user_;
    std::map<QString, Keys> standards_;
    Chosen chosen_;
};

}  // namespace lathe

// What the user wants of the program: looks, what happens while a model trains, where things are, the keys. Thread:
// GUI.
#pragma once

#include "ui/appearance.h"
#include "ui/key_list.h"
#include "ui/page.h"
#include "ui/preferences.h"

namespace lathe {

class SettingsPage : public Page {
    Q_OBJECT

public:
    SettingsPage(const PageContext& context, Appearance& appearance, Preferences& preferences, KeyBindings& bindings,
                 QWidget* parent = nullptr);
    QString name() const override;
    QString icon() const override { return QStringLiteral("settings"); }
    void entered() override;

Q_SIGNALS:
    void tour_wanted();
    void workspace_wanted(const QString& folder);  // another one

protected:
    void retranslate() override;

private:
    // A line of a card: its name, what it does under it, the control at the right.
    struct Line {
        QLabel* name;
        QLabel* help;
        QWidget* control;
    };
    Line add_line(Card* card, QWidget* control);
    Line add_switch(Card* card, const std::function<void(bool)>& set);
    static void name_line(const Line& line, const QString& name, const QString& help);
    void show_choices();
    void show_keys();
    void say_standard_keys();
    void show_places();
    void choose_workspace();

    const PageContext context_;
    Appearance& appearance_;
    Preferences& preferences_;
    KeyBindings& bindings_;
    KeyBindings::Chosen chosen_before_;  // the standard was put back
    Card *looks_, *training_, *places_, *keys_, *about_;
    Segments *theme_, *language_, *text_size_, *on_close_;
    Line theme_line_, language_line_, text_line_, awake_, notify_, room_, close_line_;
    ElidedLabel* workspace_;
    QPushButton* open_workspace_;
    QPushButton* other_workspace_;
    QPushButton* standard_keys_;
    KeyList* key_list_;
    QLabel* about_text_;
    QPushButton* tour_;
};

}  // namespace lathe

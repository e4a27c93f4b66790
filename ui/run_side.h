// The chosen run beside the table: note and tags to write, what it is, and what can be done with it. Thread: GUI.
#pragma once

#include <QGridLayout>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QTimer>
#include <vector>

#include "engine/session.h"
#include "ui/cards.h"
#include "ui/fact_list.h"

namespace lathe {

class RunSide : public Card {
    Q_OBJECT

public:
    enum class Deed { open, resume, same_settings, queue, chat, export_model, compare, folder, tensorboard, trash };

    explicit RunSide(QWidget* parent = nullptr);
    // null: none is chosen. What is being written stays while the same run is shown again.
    void show_run(const RunSummary* run, bool training);
    void retranslate();
    // Whether the button of it is there and can be pressed.
    bool offers(Deed deed) const;
    void focus_note() { note_->setFocus(Qt::ShortcutFocusReason); }
    // What was written and is not saved yet.
    void flush();

Q_SIGNALS:
    void wanted(lathe::RunSide::Deed deed);
    void edited(const lathe::EditRun& edit);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void add(Deed deed, ButtonKind kind);
    void arrange();

    struct Action {
        Deed deed;
        QPushButton* button;
    };
    std::optional<RunSummary> run_;
    bool training_ = false;
    ElidedLabel* name_;
    QLabel* state_;
    QLabel* error_;
    QLabel* tags_word_;
    QLineEdit* tags_;
    QLabel* note_word_;
    QPlainTextEdit* note_;
    FactList* facts_;
    QLabel* hint_;
    QScrollArea* scroll_;
    QGridLayout* grid_;
    std::vector<Action> actions_;
    QTimer soon_;  // typing pauses
};

// "a, b" to its tags, without blanks and doubles.
std::vector<std::string> tags_of(const QString& text);

}  // namespace lathe

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
    enum class Deed {
        open,
        rename,
        resume,
        chat,
        export_model,
        compare,
        same_settings,
        queue,
        folder,
        tensorboard,
        trash
    };
    static constexpr int kDeeds = static_cast<int>(Deed::trash) + 1;

    explicit RunSide(QWidget* parent = nullptr);
    // null: none is chosen. What is being written stays while the same run is shown again.
    void show_run(const RunSummary* run, bool training);
    void retranslate();
    // Hidden where the deed makes no sense, disabled where it is not possible now.
    QPushButton* button(Deed deed) const { return buttons_[static_cast<size_t>(deed)]; }
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

    std::optional<RunSummary> run_;
    bool training_ = false;
    ElidedLabel* name_;
    QLabel* state_;
    ElidedLabel* id_;
    ElidedLabel* from_;  // the workspace that it was imported from
    QLabel* error_;
    QLabel* tags_word_;
    QLineEdit* tags_;
    QLabel* note_word_;
    QPlainTextEdit* note_;
    FactList* facts_;
    QLabel* hint_;
    QScrollArea* scroll_;
    QGridLayout* grid_;
    std::vector<QPushButton*> buttons_;  // in the order of Deed
    std::vector<QPushButton*> shown_;    // of them
    QTimer soon_;                        // typing pauses
};

// "a, b" to its tags, without blanks and doubles.
std::vector<std::string> tags_of(const QString& text);

}  // namespace lathe

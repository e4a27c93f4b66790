// One setting in a form: name at the left, control and unit, below them what it does and its usual value, at the right
// what another value costs; a wrong value says so beneath, with a legal one to click. The control follows from the
// type: text for numbers, texts and lists of names, a switch, a drop-down for choices, a list for files, text with a
// button for folders. Values travel as JSON, as set_field() takes them. Thread: GUI.
#pragma once

#include <QGridLayout>
#include <QLineEdit>
#include <variant>

#include "engine/base/config.h"
#include "ui/controls.h"
#include "ui/file_list.h"

namespace lathe {

using FieldValue = std::variant<bool, int64_t, double, std::string, std::vector<std::string>>;

class FormField : public QWidget {
    Q_OBJECT

public:
    // The type of `usual` is the field's.
    FormField(std::string key, Field field, FieldValue usual, QWidget* parent = nullptr);

    const std::string& key() const { return key_; }
    static int control_left();  // where the controls begin
    // Shows it unless the control shows it already; emits nothing.
    void set_value(const FieldValue& value);
    void set_cost(const QString& cost);
    // Why this run has another usual value, said in its place; empty: it has not.
    void set_reason(const QString& reason);
    // Empty: all is well. `legal` (JSON) may be empty.
    void set_problem(const QString& text, const std::string& legal);
    QString problem() const;
    std::string typed() const;                      // of a text control, as JSON
    QString text() const;                           // the same as it stands there
    void type(const QString& text);                 // as the user would
    FileList* file_list() const { return files_; }  // of data.files; else null
    // Every word is in its name or help.
    bool matches(const QString& words) const;
    void focus();
    void retranslate();

Q_SIGNALS:
    void edited(const std::string& json);  // by the user

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void build_row(QWidget* control);
    QWidget* make_control();
    void on_text(const QString& text);
    void choose_folder();
    void show_unit();
    void set_legal_words();
    QString help() const;

    std::string key_;
    Field field_;
    FieldValue usual_;
    QLineEdit* edit_ = nullptr;
    Switch* switch_ = nullptr;
    DropDown* choices_ = nullptr;
    FileList* files_ = nullptr;
    QPushButton* folder_ = nullptr;
    ElidedLabel* name_;
    QLabel* unit_;
    QLabel* cost_;
    QLabel* help_;
    QLabel* problem_;
    QPushButton* legal_button_;
    std::string legal_;
    QString reason_;
};

QString value_text(const FieldValue& value);
std::string json_of(const QString& text);  // as set_field() takes it

}  // namespace lathe

// The line over the form: which preset it began from and whether it has changed since, undo and redo, and the filter
// over its settings. A preset that cannot be read is told and changes nothing. Thread: GUI.
#pragma once

#include <QLineEdit>

#include "ui/page.h"
#include "ui/presets.h"

namespace lathe {

class PresetBar : public QWidget {
    Q_OBJECT

public:
    explicit PresetBar(const AppPaths& paths, QWidget* parent = nullptr);

    // Reads the folders again.
    void refresh();
    const std::vector<Preset>& presets() const { return presets_; }
    const Preset* find(const QString& name) const;
    QString current() const { return current_; }
    // "" where the form began from none.
    void set_current(const QString& name);
    void set_changed(bool changed);
    // The settings under this name, which is current from now on; what they replaced. Throws what went wrong.
    std::optional<RunConfig> save(const QString& name, const RunConfig& config);
    QPushButton* undo_button() const { return undo_; }
    QPushButton* redo_button() const { return redo_; }
    QLineEdit* filter() const { return filter_; }
    void retranslate();

Q_SIGNALS:
    void chosen(const lathe::Preset& preset);  // by the user, also the current one again; one that can be read
    void broken(const lathe::Preset& preset);

private:
    void fill();
    void on_activated(int index);

    const AppPaths& paths_;
    std::vector<Preset> presets_;
    QString current_;
    QLabel* word_;
    DropDown* names_;
    QPushButton* again_;
    QPushButton* undo_;
    QPushButton* redo_;
    QLineEdit* filter_;
};

}  // namespace lathe

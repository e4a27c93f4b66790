// The line that asks for a preset's name: shown when it is to be saved, gone when it is. Thread: GUI.
#pragma once

#include <QLineEdit>
#include <functional>
#include <optional>

#include "ui/cards.h"
#include "ui/presets.h"

namespace lathe {

class PresetName : public QWidget {
    Q_OBJECT

public:
    explicit PresetName(const AppPaths& paths, QWidget* parent = nullptr);
    void ask(const QString& name);
    QLineEdit* edit() const { return edit_; }
    void retranslate();

Q_SIGNALS:
    void given(const QString& name);

protected:
    void keyPressEvent(QKeyEvent* event) override;  // Escape

private:
    void check();
    void give();

    const AppPaths& paths_;
    QLabel* word_;
    QLineEdit* edit_;
    QLabel* says_;
    QPushButton *save_, *leave_;
};

// Says that it is saved, and offers what it took the place of; presets are another then.
void tell_saved(Banner& banner, const AppPaths& paths, const QString& name, const std::optional<RunConfig>& before,
                const std::function<void()>& presets_changed);

}  // namespace lathe

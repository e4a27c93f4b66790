// The line at the window's foot: what the engine does, step, speed and memory at the left; the way to every action, the
// language and the device at the right. Thread: GUI.
#pragma once

#include <QWidget>
#include <set>

#include "ui/controls.h"
#include "ui/run_watch.h"

namespace lathe {

class StatusLine : public QWidget {
    Q_OBJECT

public:
    StatusLine(EngineLink& engine, const RunWatch& run, QWidget* parent = nullptr);
    QPushButton* palette_button() const { return palette_; }
    // That open the palette; "": none do.
    void set_palette_keys(const QString& keys);
    QPushButton* language_button() const { return language_; }

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void on_event(const Event& event);
    void retranslate();
    void tell();

    const EngineLink& engine_;
    const RunWatch& run_;
    std::set<RequestId> answering_;
    QString palette_keys_;
    int64_t threads_ = 0;
    Tone dot_ = Tone::muted;
    ElidedLabel* text_;
    QPushButton* palette_;
    QPushButton* language_;
    QLabel* device_;
};

}  // namespace lathe

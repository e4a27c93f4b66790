// Over an ended run on a base model: what comes next. Thread: GUI.
#pragma once

#include "engine/base/events.h"
#include "ui/controls.h"

namespace lathe {

class TunedBar : public QFrame {
    Q_OBJECT

public:
    explicit TunedBar(QWidget* parent = nullptr);
    // Hidden where there is nothing to offer.
    void show_run(const RunDetail& run, bool ended);
    bool offers_comparison() const { return compares_; }
    bool offers_long_run() const { return quick_; }
    void retranslate();

Q_SIGNALS:
    void comparison_wanted();
    void long_run_wanted();

private:
    bool compares_ = false, quick_ = false;
    QLabel* says_;
    QPushButton* compare_;
    QPushButton* long_run_;
};

}  // namespace lathe

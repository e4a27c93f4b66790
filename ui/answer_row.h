// A held-back example and what became of it: the question, the answer that was expected, the base's and the tuned
// model's, side by side; copied as text. Thread: GUI.
#pragma once

#include <array>

#include "engine/base/events.h"
#include "ui/controls.h"
#include "ui/passage_text.h"

namespace lathe {

class AnswerRow : public QFrame {
    Q_OBJECT

public:
    explicit AnswerRow(const TunedCompared::Answer& answer, QWidget* parent = nullptr);
    QString text() const;  // of all four, each under its name
    void retranslate();

private:
    static constexpr size_t kCells = 4;
    std::array<QLabel*, kCells> names_;
    std::array<PassageText*, kCells> texts_;
    QPushButton* copy_;
};

}  // namespace lathe

// Facts as a list: a quiet name at the left, its value at the right; those without a value are left out. Thread: GUI.
#pragma once

#include <QGridLayout>
#include <QLabel>
#include <QWidget>
#include <utility>
#include <vector>

#include "ui/theme.h"

namespace lathe {

struct Fact {
    QString name, value;
    Tone tone = Tone::text;
};

class FactList : public QWidget {
    Q_OBJECT

public:
    enum class Values { beside, at_right };  // at_right: in small, for a narrow card
    explicit FactList(Values values = Values::beside, QWidget* parent = nullptr);
    void set_facts(const std::vector<Fact>& facts);

private:
    void add_row();

    const Values values_;
    QGridLayout* grid_;
    std::vector<std::pair<QLabel*, QLabel*>> rows_;  // as many as there ever were
};

}  // namespace lathe

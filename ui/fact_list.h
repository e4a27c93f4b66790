// Facts as a list: a quiet name at the left, its value at the right; those without a value are left out. Thread: GUI.
#pragma once

#include <QGridLayout>
#include <QLabel>
#include <QWidget>
#include <utility>
#include <vector>

namespace lathe {

class FactList : public QWidget {
    Q_OBJECT

public:
    explicit FactList(QWidget* parent = nullptr);
    void set_facts(const std::vector<std::pair<QString, QString>>& facts);

private:
    void add_row();

    QGridLayout* grid_;
    std::vector<std::pair<QLabel*, QLabel*>> rows_;  // as many as there ever were
};

}  // namespace lathe

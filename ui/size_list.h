// Names of files with their sizes; those beyond the first dozen are summed up. Thread: GUI.
#pragma once

#include <QGridLayout>
#include <QWidget>
#include <string>
#include <utility>
#include <vector>

#include "ui/theme.h"

namespace lathe {

class SizeList : public QWidget {
    Q_OBJECT

public:
    explicit SizeList(QWidget* parent = nullptr);
    void set_files(const std::vector<std::pair<std::string, int64_t>>& files);

private:
    void add(const QString& name, int64_t bytes, Tone tone);

    QGridLayout* grid_;
};

}  // namespace lathe

// How the rows of the data are read: their format, and which column holds what, each with the choice of the columns
// that the files have. It holds for all files of a run. Thread: GUI.
#pragma once

#include <QGridLayout>
#include <map>

#include "engine/base/config.h"
#include "engine/base/data_inspection.h"
#include "ui/controls.h"

namespace lathe {

class ColumnChoice : public QWidget {
    Q_OBJECT

public:
    explicit ColumnChoice(QWidget* parent = nullptr);
    // False where there is nothing to choose: no file of rows.
    bool set_data(const DataConfig& data, const std::vector<InspectedFile>& files);
    void retranslate();

Q_SIGNALS:
    void chosen(const std::string& key, const std::string& value);  // "data.prompt_column"; by the user

private:
    struct Role {
        QLabel* name;
        DropDown* columns;
    };
    void fill(const std::string& key, const std::string& value, const QStringList& columns, const QString& recognised);
    void show_choices();

    std::map<std::string, Role> roles_;  // by key
    DataConfig data_;
    std::vector<InspectedFile> files_;
};

}  // namespace lathe

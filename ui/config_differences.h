// The settings in which runs differ, those alone: a row for each, a column for each run. Thread: GUI.
#pragma once

#include <QAbstractTableModel>
#include <QTableView>
#include <vector>

#include "engine/base/events.h"
#include "ui/cards.h"
#include "ui/run_overlay.h"

namespace lathe {

struct ConfigDifference {
    std::string key;                  // dotted: train.learning_rate
    std::vector<std::string> values;  // as JSON, of each run; "": it has no such setting
};

// In the order of the settings. Runs of another version, whose settings cannot be read, have no values.
std::vector<ConfigDifference> config_differences(const std::vector<const RunDetail*>& runs);

class ConfigDifferencesCard : public Card {
    Q_OBJECT

public:
    explicit ConfigDifferencesCard(const RunOverlay& overlay, QWidget* parent = nullptr);
    void refresh();
    void retranslate();

protected:
    void showEvent(QShowEvent* event) override;

private:
    class Model;

    const RunOverlay& overlay_;
    Model* model_;
    QTableView* table_;
    QLabel* hint_;
};

}  // namespace lathe

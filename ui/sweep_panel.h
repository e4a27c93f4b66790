// Puts a sweep together, above the form whose run it varies: settings with the values of each, all combinations or some
// at random, and how many runs that is. Kept as it is typed under train/sweep. Thread: GUI.
#pragma once

#include <QLineEdit>
#include <QSettings>
#include <array>

#include "ui/cards.h"
#include "ui/sweep.h"

namespace lathe {

class SweepPanel : public Card {
    Q_OBJECT

public:
    // The run that is varied.
    struct Base {
        RunConfig config;
        QString name;
        double seconds = 0;  // that it would take; 0: not known
        QString obstacle;    // why it cannot start; empty: it can
    };

    explicit SweepPanel(QSettings& settings, QWidget* parent = nullptr);
    void set_base(Base base);
    bool is_open() const { return open_; }
    void set_open(bool open);
    void enter() { rows_.front().setting->setFocus(Qt::OtherFocusReason); }
    void retranslate();

Q_SIGNALS:
    // Both leave it to the page to close this.
    void wanted(const std::vector<lathe::SweepRun>& runs);
    void closed();

protected:
    void keyPressEvent(QKeyEvent* event) override;  // Escape

private:
    struct Row {
        QWidget* box;
        DropDown* setting;
        QLineEdit* values;
        QLabel* problem;
        QPushButton* legal;
        std::string wrong, instead;  // the value that is refused, and a legal one

        std::string key() const { return setting->currentData().toString().toStdString(); }
        std::vector<std::string> values_in(const RunConfig& config) const;
    };

    Row make_row();
    void restore();
    void keep();
    void fill(Row& row, const std::string& key);
    void describe(Row& row);
    // What is wrong with it, where those above it are `above`; empty: nothing.
    QString problem_of(Row& row, const SweptSetting& setting, const std::vector<SweptSetting>& above);
    void check();
    // The runs of these settings, or in `says` why there are none.
    std::vector<SweepRun> runs_of(const std::vector<SweptSetting>& settings, QString& says) const;
    void give();

    QSettings& settings_;
    Base base_;
    std::array<Row, 3> rows_;
    Segments* way_;  // all, or some at random
    QLabel* count_word_;
    QLineEdit* count_;
    QLabel* says_;
    QPushButton *add_, *leave_;
    std::vector<SweepRun> runs_;
    bool open_ = false;
};

}  // namespace lathe

// What came of an export: where it is, its proof beside what it was made of, what other programs would refuse, and the
// lines to paste. Thread: GUI.
#pragma once

#include <QGridLayout>
#include <vector>

#include "engine/base/export_report.h"
#include "ui/cards.h"
#include "ui/code_box.h"

namespace lathe {

// A line each: what others would refuse, and what does not seem to belong together.
QString export_warnings_text(const std::vector<ExportWarning>& warnings);

class ExportResult : public Card {
    Q_OBJECT

public:
    explicit ExportResult(QWidget* parent = nullptr);
    // proving: the proof is still to come.
    void show_report(const ExportReport& report, bool proving);

Q_SIGNALS:
    void another_wanted();

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();
    void show_proof();
    void show_commands();
    void add_line(const QString& name, const QString& value, const QString& beside, Tone tone = Tone::text);

    ExportReport report_;
    bool proving_ = false;
    QLabel* where_;
    QPushButton* open_folder_;
    QPushButton* another_;
    QLabel* verdict_;
    QGridLayout* proof_;
    QLabel* warnings_;
    std::vector<CodeBox*> commands_;  // as many as a report may have
};

}  // namespace lathe

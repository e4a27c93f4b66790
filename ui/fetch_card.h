// Fetching a model: its name, what would be fetched, the download with its speed. Nothing is asked of the network
// before a button is pressed, and nothing at all while downloads are switched off. Thread: GUI.
#pragma once

#include <QLineEdit>
#include <QProgressBar>

#include "ui/cards.h"
#include "ui/download_settings.h"
#include "ui/fact_list.h"
#include "ui/fetch_job.h"
#include "ui/size_list.h"

namespace lathe {

class FetchCard : public Card {
    Q_OBJECT

public:
    FetchCard(FetchJob& job, QSettings& settings, QWidget* parent = nullptr);
    QLineEdit* field() const { return what_; }
    // As if it was typed; not while another is fetched.
    void set_wish(const QString& what);

Q_SIGNALS:
    void closed();  // by the user

protected:
    void changeEvent(QEvent* event) override;

private:
    void build_plan();
    void look_up();
    void show_job();
    void show_plan();
    void show_progress();
    void retranslate();

    FetchJob& job_;
    QLineEdit* what_;
    QPushButton *look_up_, *download_, *cancel_, *close_;
    QLabel* note_;
    QWidget* plan_;
    FactList* facts_;
    SizeList* files_;
    QProgressBar* progress_;
    QLabel* progress_note_;
    DownloadSettings* settings_;
};

}  // namespace lathe

// From where models are fetched, folded away: a mirror, a proxy, and the one switch that allows downloads at all. Kept
// in the settings under library/. Thread: GUI.
#pragma once

#include <QGridLayout>
#include <QLineEdit>
#include <QSettings>
#include <QWidget>

#include "engine/session.h"
#include "ui/controls.h"

namespace lathe {

class DownloadSettings : public QWidget {
    Q_OBJECT

public:
    explicit DownloadSettings(QSettings& settings, QWidget* parent = nullptr);
    bool allowed() const { return allowed_->isChecked(); }
    // That model by these settings. The token is the environment's, as other programs have it.
    FetchWish wish(const QString& what) const;

Q_SIGNALS:
    void changed();

protected:
    void changeEvent(QEvent* event) override;

private:
    QLabel* add_row(QWidget* field);
    void show_fold();
    void retranslate();

    QSettings& settings_;
    QPushButton* fold_;
    QWidget* folded_;
    QGridLayout* grid_;
    QLineEdit *mirror_, *proxy_;
    Switch* allowed_;
    QLabel *mirror_label_, *proxy_label_, *allowed_label_;
};

}  // namespace lathe

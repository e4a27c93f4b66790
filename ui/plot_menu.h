// The menu of a plot's card, behind three dots: log axis and clipping where they apply, all of it again, and the plot
// as PNG, SVG and CSV. Thread: GUI.
#pragma once

#include <QAction>
#include <QMenu>
#include <QPushButton>

#include "engine/base/error.h"
#include "ui/step_plot.h"

namespace lathe {

class PlotMenu : public QObject {
    Q_OBJECT

public:
    // The menu's button is made for the card's header; `parent` owns the rest.
    PlotMenu(StepPlot* plot, QWidget* parent);

    QPushButton* button() const { return button_; }
    QMenu* menu() const { return menu_; }
    QAction* log() const { return log_; }  // checked by whoever listens
    QAction* clip() const { return clip_; }
    // Of a plot without them: log axis and clipping.
    void leave_out_look();
    // Of the pictures, and of the files: "20260101-nano-loss".
    void set_names(const QString& title, const QString& file_stem);
    void retranslate();

Q_SIGNALS:
    void all_wanted();
    void failed(const lathe::Error& error);

private:
    void save(const QString& title, const QString& suffix, const QString& filter,
              const std::function<std::string()>& bytes);

    StepPlot* plot_;
    QPushButton* button_;
    QMenu* menu_;
    QAction* log_;
    QAction* clip_;
    QAction* all_;
    QAction* png_;
    QAction* svg_;
    QAction* csv_;
    QString title_, file_stem_;
};

}  // namespace lathe

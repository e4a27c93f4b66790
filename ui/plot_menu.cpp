#include "ui/plot_menu.h"

#include "ui/controls.h"
#include "ui/plot_picture.h"
#include "ui/save_file.h"

namespace lathe {

PlotMenu::PlotMenu(StepPlot* plot, QWidget* parent)
    : QObject(parent),
      plot_(plot),
      button_(make_icon_button(QStringLiteral("more"), parent)),
      menu_(new QMenu(parent)),
      log_(menu_->addAction(QString())),
      clip_(menu_->addAction(QString())),
      all_(menu_->addAction(QString())) {
    log_->setCheckable(true);
    clip_->setCheckable(true);
    menu_->setToolTipsVisible(true);
    menu_->addSeparator();
    png_ = menu_->addAction(QString());
    svg_ = menu_->addAction(QString());
    csv_ = menu_->addAction(QString());
    connect(button_, &QPushButton::clicked, menu_, [this] {
        all_->setEnabled(plot_->zoomed());
        for (QAction* action : {png_, svg_, csv_}) action->setEnabled(plot_->points() > 0);
        menu_->popup(button_->mapToGlobal(QPoint(0, button_->height())));
    });
    connect(all_, &QAction::triggered, this, &PlotMenu::all_wanted);
    connect(png_, &QAction::triggered, this, [this] {
        save(tr("Save the plot as a picture"), QStringLiteral(".png"), tr("Pictures (*.png)"),
             [this] { return plot_png(*plot_, title_); });
    });
    connect(svg_, &QAction::triggered, this, [this] {
        save(tr("Save the plot as a drawing"), QStringLiteral(".svg"), tr("Drawings (*.svg)"),
             [this] { return plot_svg(*plot_, title_); });
    });
    connect(csv_, &QAction::triggered, this, [this] {
        save(tr("Save the plot as a table"), QStringLiteral(".csv"), tr("Tables (*.csv)"),
             [this] { return plot_->table(); });
    });
}

void PlotMenu::leave_out_look() {
    for (QAction* action : {log_, clip_}) action->setVisible(false);
}

void PlotMenu::save(const QString& title, const QString& suffix, const QString& filter,
                    const std::function<std::string()>& bytes) {
    if (const auto error = ask_and_save(button_, title, file_stem_ + suffix, filter, bytes)) Q_EMIT failed(*error);
}

void PlotMenu::set_names(const QString& title, const QString& file_stem) {
    title_ = title;
    file_stem_ = file_stem;
}

void PlotMenu::retranslate() {
    button_->setAccessibleName(tr("View and files of this plot"));
    log_->setText(tr("Logarithmic axis"));
    log_->setToolTip(tr("Equal factors are equally far apart; what is not above zero is not seen. Costs nothing."));
    clip_->setText(tr("Leave out outliers"));
    clip_->setToolTip(tr("The axis shows the values between the 0.5th and the 99.5th percentile. Costs nothing."));
    all_->setText(tr("Show all of it"));
    png_->setText(tr("Save as PNG…"));
    svg_->setText(tr("Save as SVG…"));
    csv_->setText(tr("Save what is seen as CSV…"));
}

}  // namespace lathe

// What is dropped on the window goes to the page that it is for.
#include <QDropEvent>
#include <QMimeData>

#include "ui/data_page.h"
#include "ui/dropped.h"
#include "ui/main_window.h"
#include "ui/model_picker.h"

namespace lathe {

void MainWindow::dragEnterEvent(QDragEnterEvent* event) {
    if (event->mimeData()->hasUrls() || event->mimeData()->hasText()) event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event) {
    const QStringList paths = local_paths(*event->mimeData());
    const QString text = event->mimeData()->text();
    if (paths.isEmpty() && text.trimmed().isEmpty()) return;
    event->acceptProposedAction();
    if (!paths.isEmpty()) return take_drop(paths);
    // On the Data page it is data; everywhere else something to say to a model.
    const QString taker = shows(QStringLiteral("data")) ? QStringLiteral("data") : QStringLiteral("chat");
    page(taker)->take_text(text);
    show_page(taker);
}

void MainWindow::take_drop(const QStringList& paths) {
    const Dropped dropped = look_at_paths(paths);
    const auto hand_path = [this, &dropped](const char* page) {
        this->page(QLatin1String(page))->take_path(dropped.paths.constFirst());
        show_page(QLatin1String(page));
    };
    if (!dropped.left_out.isEmpty()) notices_->refuse_drop(dropped.left_out, dropped.kind == Dropped::Kind::unknown);
    switch (dropped.kind) {
        case Dropped::Kind::nothing:
        case Dropped::Kind::unknown:
            return;
        case Dropped::Kind::model: {
            const auto model = model_at(dropped.paths.constFirst());
            remember_model(*model, user_);
            page(QStringLiteral("chat"))->take_model(*model);
            return show_page(QStringLiteral("chat"));
        }
        case Dropped::Kind::settings:
            return hand_path("train");
        case Dropped::Kind::shape:
            return hand_path("model");
        case Dropped::Kind::workspace:
            if (!shows(QStringLiteral("runs"))) return notices_->offer_workspace(dropped.paths.constFirst());
            return hand_path("runs");
        case Dropped::Kind::run:
            return hand_path("runs");
        case Dropped::Kind::data: {
            Page* data_page = page(QStringLiteral("data"));
            if (shows(data_page->objectName()))
                return static_cast<DataPage*>(data_page)->draft().add_files(dropped.paths);
            DataConfig data;
            for (const QString& path : dropped.paths) data.files.push_back(path.toStdString());
            data_page->take_data(data);
            return show_page(data_page->objectName());
        }
    }
}

}  // namespace lathe

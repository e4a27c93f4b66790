#include "ui/datasets.h"

#include <algorithm>

namespace lathe {

Datasets::Datasets(EngineLink& engine, QObject* parent) : QObject(parent), engine_(engine) {
    connect(&engine, &EngineLink::event_arrived, this, &Datasets::on_event);
}

void Datasets::refresh() {
    all_request_ = engine_.post(ListDatasets{});
    trashed_request_ = engine_.post(ListDatasets{.trashed = true});
}

const DatasetEntry* Datasets::find(const std::string& name) const {
    const auto found =
        std::find_if(all_.begin(), all_.end(), [&](const DatasetEntry& dataset) { return dataset.name == name; });
    return found == all_.end() ? nullptr : &*found;
}

void Datasets::move(const std::string& name, const std::string& version, bool restore) {
    if (move_request_ != 0) return;
    moving_ = {.name = name, .version = version, .restore = restore};
    move_request_ = engine_.post(moving_);
}

void Datasets::empty_trash() {
    if (empty_request_ == 0) empty_request_ = engine_.post(EmptyDatasetTrash{});
}

void Datasets::on_event(const Event& event) {
    if (event.request == 0) return;
    const bool of_move = event.request == move_request_, of_trash = event.request == empty_request_;
    if (const auto* listed = std::get_if<DatasetsListed>(&event.body)) {
        if (event.request == all_request_)
            all_ = listed->datasets;
        else if (event.request == trashed_request_ || of_trash)
            trashed_ = listed->datasets;
        else
            return;
        if (of_trash) empty_request_ = 0;
        known_ = true;
        Q_EMIT changed();
    } else if (of_move && std::holds_alternative<DatasetChanged>(event.body)) {
        move_request_ = 0;
        refresh();
        Q_EMIT moved(QString::fromStdString(moving_.name), QString::fromStdString(moving_.version), moving_.restore);
    } else if (const auto* wrong = std::get_if<Failed>(&event.body)) {
        if (!of_move && !of_trash && event.request != all_request_ && event.request != trashed_request_) return;
        if (of_move) move_request_ = 0;
        if (of_trash) empty_request_ = 0;
        Q_EMIT failed(wrong->error);
    }
}

}  // namespace lathe

#include "ui/library.h"

#include <algorithm>

#include "ui/model_picker.h"

namespace lathe {

Library::Library(EngineLink& engine, QSettings& settings, QObject* parent)
    : QObject(parent), engine_(engine), settings_(settings) {
    connect(&engine, &EngineLink::event_arrived, this, &Library::on_event);
}

void Library::refresh() {
    if (list_request_ == 0) list_request_ = engine_.post(ListModels{});
}

const ModelEntry* Library::find(const std::string& path) const {
    const auto found =
        std::find_if(models_.begin(), models_.end(), [&](const ModelEntry& model) { return model.path == path; });
    return found == models_.end() ? nullptr : &*found;
}

const ModelEntry* Library::entry() const {
    return detail_ ? &detail_->entry : find(path_);
}

void Library::look_at(const std::string& path) {
    for (const RequestId request : {detail_request_, tensor_request_})
        if (request != 0) engine_.cancel(request);
    path_ = path;
    tensor_.clear();
    detail_.reset();
    histogram_.reset();
    tensor_request_ = 0;
    detail_request_ = path.empty() ? 0 : engine_.post(InspectModel{path});
    Q_EMIT detail_changed();
}

void Library::open(const QString& path) {
    const ModelSource source{.folder = path.toStdString()};
    remember_model(source, settings_);
    look_at(source.folder);
}

void Library::describe(const std::string& tensor) {
    if (tensor == tensor_) return;
    if (tensor_request_ != 0) engine_.cancel(tensor_request_);
    tensor_ = tensor;
    histogram_.reset();
    tensor_request_ = tensor.empty() ? 0 : engine_.post(DescribeTensor{.path = path_, .tensor = tensor});
    Q_EMIT histogram_changed();
}

void Library::on_event(const Event& event) {
    if (event.request == 0) return;
    if (const auto* listed = std::get_if<ModelsListed>(&event.body)) {
        if (event.request == list_request_) on_listed(listed->models);
    } else if (const auto* inspected = std::get_if<ModelInspected>(&event.body)) {
        on_inspected(event.request, inspected->detail);
    } else if (const auto* described = std::get_if<TensorDescribed>(&event.body)) {
        if (event.request != tensor_request_) return;
        tensor_request_ = 0;
        histogram_ = described->histogram;
        Q_EMIT histogram_changed();
    } else if (const auto* failure = std::get_if<Failed>(&event.body)) {
        on_failed(event.request, failure->error);
    }
}

void Library::on_listed(const std::vector<ModelEntry>& models) {
    list_request_ = 0;
    known_ = true;
    const std::vector<ModelEntry> before = std::exchange(models_, models);
    for (const QString& opened : remembered_models(settings_)) {
        const std::string path = opened.toStdString();
        if (find(path) != nullptr) continue;
        const auto old =
            std::find_if(before.begin(), before.end(), [&](const ModelEntry& model) { return model.path == path; });
        if (old != before.end()) models_.push_back(*old);  // until the engine says what it is now
        other_requests_.insert(engine_.post(InspectModel{path}));
    }
    Q_EMIT list_changed();
}

// The list knows better what a model is called and where it is from: its path may be a blob's.
void Library::on_inspected(RequestId request, const ModelDetail& detail) {
    const bool other = other_requests_.erase(request) > 0, looked_at = request == detail_request_;
    if (!other && !looked_at) return;
    const auto listed = std::find_if(models_.begin(), models_.end(),
                                     [&](const ModelEntry& model) { return model.path == detail.entry.path; });
    ModelEntry entry = detail.entry;
    if (listed != models_.end()) {
        entry.name = listed->name;
        entry.source = listed->source;
        *listed = entry;
    } else {
        models_.push_back(entry);
    }
    if (looked_at) {
        detail_request_ = 0;
        path_ = entry.path;
        detail_ = detail;
        detail_->entry = entry;
        Q_EMIT detail_changed();
    }
    Q_EMIT list_changed();
}

void Library::on_failed(RequestId request, const Error& error) {
    if (other_requests_.erase(request) > 0) {  // opened once, and gone now
        return;
    } else if (request == list_request_) {
        list_request_ = 0;
        known_ = true;
        Q_EMIT list_changed();
    } else if (request == detail_request_) {
        detail_request_ = 0;
        Q_EMIT detail_changed();
    } else if (request == tensor_request_) {
        tensor_request_ = 0;
        Q_EMIT histogram_changed();
    } else {
        return;
    }
    if (error.kind != ErrorKind::cancelled) Q_EMIT failed(error);
}

}  // namespace lathe

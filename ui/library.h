// The models on this disk as the Library page shows them: the list, the one that is looked at, how the values of one of
// its tensors spread. Beside what the engine finds stand the folders and files that the user opened. Widget-free.
// Thread: GUI.
#pragma once

#include <QObject>
#include <QSettings>
#include <optional>
#include <set>

#include "ui/engine_link.h"

namespace lathe {

class Library : public QObject {
    Q_OBJECT

public:
    Library(EngineLink& engine, QSettings& settings, QObject* parent = nullptr);

    // Reads the list anew; the old one stays until the answer.
    void refresh();
    bool known() const { return known_; }  // false until the first answer
    const std::vector<ModelEntry>& models() const { return models_; }
    const ModelEntry* find(const std::string& path) const;

    void look_at(const std::string& path);
    // The same, and it is listed from now on.
    void open(const QString& path);
    const std::string& path() const { return path_; }  // "": none
    const ModelEntry* entry() const;                   // of path(); from its detail once that is there
    const std::optional<ModelDetail>& detail() const { return detail_; }  // of path()
    bool reading() const { return detail_request_ != 0; }

    void describe(const std::string& tensor);
    const std::string& tensor() const { return tensor_; }
    const std::optional<TensorHistogram>& histogram() const { return histogram_; }  // of tensor()
    bool describing() const { return tensor_request_ != 0; }

Q_SIGNALS:
    void list_changed();
    void detail_changed();
    void histogram_changed();
    void failed(const lathe::Error& error);

private:
    void on_event(const Event& event);
    void on_listed(const std::vector<ModelEntry>& models);
    void on_inspected(RequestId request, const ModelDetail& detail);
    void on_failed(RequestId request, const Error& error);

    EngineLink& engine_;
    QSettings& settings_;
    bool known_ = false;
    std::vector<ModelEntry> models_;
    std::string path_, tensor_;
    std::optional<ModelDetail> detail_;
    std::optional<TensorHistogram> histogram_;
    RequestId list_request_ = 0, detail_request_ = 0, tensor_request_ = 0;
    std::set<RequestId> other_requests_;  // of opened ones that the engine does not list
};

}  // namespace lathe

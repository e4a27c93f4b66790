// The data sets of the workspace and those in its trash, as the Data page lists them. Widget-free. Thread: GUI.
#pragma once

#include <QObject>
#include <optional>

#include "ui/engine_link.h"

namespace lathe {

class Datasets : public QObject {
    Q_OBJECT

public:
    explicit Datasets(EngineLink& engine, QObject* parent = nullptr);

    // Reads both lists anew; the old ones stay until the answers.
    void refresh();
    bool known() const { return known_; }
    const std::vector<DatasetEntry>& all() const { return all_; }
    const std::vector<DatasetEntry>& trashed() const { return trashed_; }
    const DatasetEntry* find(const std::string& name) const;
    // Into the trash, or out of it; version "": all of it.
    void move(const std::string& name, const std::string& version, bool restore);
    void empty_trash();  // for good

Q_SIGNALS:
    void changed();
    void moved(const QString& name, const QString& version, bool restored);
    void failed(const lathe::Error& error);

private:
    void on_event(const Event& event);

    EngineLink& engine_;
    bool known_ = false;
    std::vector<DatasetEntry> all_, trashed_;
    RequestId all_request_ = 0, trashed_request_ = 0, move_request_ = 0, empty_request_ = 0;
    TrashDataset moving_;
};

}  // namespace lathe

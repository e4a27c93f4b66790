// The settings of a recorded run, asked of the engine: for another run with them. Thread: GUI.
#pragma once

#include <QObject>

#include "ui/engine_link.h"

namespace lathe {

class RunSettings : public QObject {
    Q_OBJECT

public:
    explicit RunSettings(EngineLink& engine);
    // Ends with ready() or failed(), unless another is asked for first.
    void ask(const RunSummary& run);

Q_SIGNALS:
    void ready(const lathe::RunConfig& config, const QString& name);
    void failed(const lathe::Error& error);

private:
    void on_event(const Event& event);

    EngineLink& engine_;
    RequestId request_ = 0;
};

}  // namespace lathe

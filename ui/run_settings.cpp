#include "ui/run_settings.h"

#include "ui/run_list.h"

namespace lathe {

RunSettings::RunSettings(EngineLink& engine) : engine_(engine) {
    connect(&engine, &EngineLink::event_arrived, this, &RunSettings::on_event);
}

void RunSettings::ask(const RunSummary& run) {
    request_ = engine_.post(ShowRun{.run = run.run, .from_step = run.step});
}

void RunSettings::on_event(const Event& event) {
    if (event.request != request_ || request_ == 0) return;
    request_ = 0;
    if (const auto* refused = std::get_if<Failed>(&event.body)) return Q_EMIT failed(refused->error);
    const auto* detail = std::get_if<RunDetail>(&event.body);
    if (detail == nullptr) return;
    RunConfig config;
    const auto error = error_of([&] { config = parse_run_config(detail->config_json, ""); });
    if (error) return Q_EMIT failed(*error);  // a run of another version
    Q_EMIT ready(config, name_of(detail->summary));
}

}  // namespace lathe

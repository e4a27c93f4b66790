#include "ui/tour_full.h"

#include <array>
#include <cmath>

#include "engine/base/files.h"
#include "engine/store/store.h"
#include "ui/data_page.h"
#include "ui/runs_page.h"

namespace lathe {

namespace {

constexpr int kRuns = 200, kSteps = 40, kOthers = 24;
constexpr const char* kLong = "학습률을 절반으로 줄이고 배치를 두 배로 늘린 실험, 한국어 위키백과 말뭉치 전체";

std::string numbered(int number) {
    return std::string(kLong) + " " + std::to_string(number);
}

void add_run(Store& store, int number) {
    constexpr std::array kStates = {RunState::finished, RunState::stopped, RunState::failed, RunState::interrupted};
    const std::string digits = std::to_string(1000 + number).substr(1);
    RunRecord run{.id = "20260101-000" + digits + "-nano-0001",
                  .name = numbered(number),
                  .state = kStates[static_cast<size_t>(number) % kStates.size()],
                  .created_at_ms = 1'767'225'600'000 + number * 3'600'000LL,
                  .config_json = to_json(RunConfig{}),
                  .provenance = {},
                  .error = {},
                  .max_steps = kSteps};
    run.note = numbered(number);
    run.tags = {"기준", "한국어 위키백과", "학습률 절반", "배치 두 배", "다시 볼 것", "quick start"};
    store.create_run(run);
    for (int64_t step = 1; step <= kSteps; ++step) {
        MetricRow row;
        row.step = step;
        row.loss = 2 + 6 * std::exp(-static_cast<double>(step) / (8 + number % 13));
        if (step % 10 == 0) row.eval_loss = row.loss + 0.1;
        row.tokens_per_s = 12'345;
        row.tokens = 4096 * step;
        row.elapsed_s = 10.0 * static_cast<double>(step);
        store.add_metrics(run.id, row);
    }
}

}  // namespace

void fill_workspace(const std::string& workspace) {
    for (const char* part : {"/runs", "/datasets", "/models"}) make_folders(workspace + part);
    Store store(workspace + "/lathe.db", Store::Mode::read_write);
    for (int number = 0; number < kRuns; ++number) add_run(store, number);
    for (int number = 0; number < kOthers; ++number) {
        Conversation talk{.id = "talk" + std::to_string(number), .title = numbered(number)};
        talk.model.folder = workspace + "/models/" + numbered(number);
        for (int turn = 0; turn < 12; ++turn)
            talk.turns.push_back({.from_model = turn % 2 == 1, .text = numbered(turn) + ". " + numbered(turn)});
        talk.updated_at_ms = 1'767'225'600'000 + number;
        store.save_conversation(talk);
        write_file_durably(workspace + "/datasets/" + numbered(number) + ".jsonl",
                           R"({"messages": [{"role": "user", "content": "선반은 무엇을 돌리나요?"}, )"
                           R"({"role": "assistant", "content": "공작물을 돌립니다."}]})"
                           "\n");
        const std::string model = workspace + "/models/" + numbered(number);
        make_folders(model);
        write_file_durably(model + "/config.json", "{\"model_type\": \"qwen3\"}\n");
    }
    store.flush();
}

void take_full_pages(Stage& stage, Camera& camera) {
    const QString runs = QStringLiteral("runs"), data = QStringLiteral("data"), full = QStringLiteral("full");
    stage.wait("runs", [&] { return stage.window().runs().runs().size() == kRuns; });
    auto* page = qobject_cast<RunsPage*>(stage.window().page(runs));
    stage.window().show_page(runs);
    for (int row = 0; row < 8; ++row) page->model().toggle(row);
    Stage::settle(1500);
    camera.take(runs, full);
    DataDraft& draft = qobject_cast<DataPage*>(stage.window().page(data))->draft();
    draft.add_files({stage.paths().workspace + QStringLiteral("/datasets")});
    stage.wait("survey", [&] { return draft.is_current(); });
    for (const char* name : {"start", "data", "model", "chat"}) {
        stage.window().show_page(QLatin1String(name));
        Stage::settle(1500);
        camera.take(QLatin1String(name), full);
    }
}

}  // namespace lathe

// The whole window over a fake engine, full: runs with long Korean names and many tags, data sets, a model, talks, a
// queue; then a run that trains, and fails. From fill() on, every command is answered as soon as it is asked for.
#pragma once

#include "tests/ui/page_fixture.h"
#include "ui/chat_page.h"
#include "ui/data_page.h"
#include "ui/main_window.h"
#include "ui/runs_page.h"
#include "ui/train_page.h"

namespace lathe {

class FilledWindow : public PageFixture {
public:
    static constexpr const char* kLong =
        "학습률을 절반으로 줄이고 배치를 두 배로 늘린 세 번째 실험, 한국어 위키백과 말뭉치";
    static constexpr const char* kPath =
        "/home/연구실/공용 저장소/한국어 말뭉치 모음/위키백과 2026년 11월 판/본문 첫째 묶음.jsonl";

    Appearance appearance{settings};
    MainWindow window{engine, appearance, settings, settings, paths};

    // In view, with all that the engine can tell without a run.
    void fill() {
        filled_ = true;
        window.show();
        window.activateWindow();  // keys go to the active window
        static_cast<void>(QTest::qWaitForWindowActive(&window));
        window.runs().open_workspace();
        settle();
        page<DataPage>()->draft().add_files({QString::fromUtf8(kPath)});
        for (const QString& name : window.page_names()) {
            window.show_page(name);
            settle();
        }
        auto* runs = page<RunsPage>();
        for (int row = 0; row < 3; ++row) runs->model().toggle(row);
        auto* chat = page<ChatPage>();
        chat->take_model({.folder = "/w/models/mine"});
        chat->conversations().set_draft(chat->open_conversation(), kLong);
        settle();
    }
    // A run at step 40 of 100.
    void train() {
        training_ = begin_run(engine, window.run(), kLive);
        answer_all();
        for (int64_t step = 1; step <= 40; ++step)
            engine.say(training_, TrainProgress{.run = kLive,
                                                .step = step,
                                                .max_steps = 100,
                                                .loss = 4 - 0.01 * static_cast<double>(step),
                                                .learning_rate = 1e-3,
                                                .tokens_per_s = 12'345,
                                                .bytes = {{"weights", 1'000'000}, {"activations", 2'000'000}},
                                                .tokens = 512 * step});
        engine.say(training_, Validated{.run = kLive, .step = 40, .loss = 3.7, .bits_per_byte = 1.5});
        engine.say(training_, Sampled{.run = kLive, .step = 40, .prompt = kLong, .text = kLong, .tokens = {}});
        engine.say(training_, CheckpointSaved{.run = kLive, .step = 40, .path = kPath});
        settle();
    }
    void fail_run() {
        failed_ = true;
        engine.say(training_, Failed{{.kind = ErrorKind::disk_full, .file = kPath, .expected = "1000000 bytes"}});
        settle();
    }
    // The chat as tokens, one of them chosen, of an answer that took the place of another.
    void show_tokens() {
        auto* chat = page<ChatPage>();
        window.show_page(QStringLiteral("chat"));
        auto* button = chat->findChild<QPushButton*>(QStringLiteral("show_tokens"));
        if (!button->isChecked()) button->click();
        chat->conversations().set_draft(chat->open_conversation(), kLong);
        chat->conversations().send(chat->open_conversation());
        tell_answer();
        chat->conversations().again(chat->open_conversation());
        tell_answer();
        chat->findChild<TokenLens*>()->flow()->set_current(3);
        settle();
    }
    // Answers, and the layouts that follow from them.
    void settle() {
        for (int turn = 0; turn < 3; ++turn) {
            answer_all();
            const size_t asked = engine.posted.size();
            QTest::qWait(160);  // forms ask after 150 ms
            if (engine.posted.size() == asked) break;
        }
        answer_all();
    }
    template <class P>
    P* page() const {
        return window.findChild<P*>();
    }

private:
    static constexpr const char* kLive = "20260101-000000-live-0001";

    // Forty tokens of one syllable, each with all the alternatives there can be.
    void tell_answer() {
        const RequestId asked = engine.last_request<Chat>();
        engine.say(asked, ChatStarted{});
        ChatTurn turn{.from_model = true, .finish_reason = "length", .tokens = 40, .tokens_per_s = 12};
        for (int i = 0; i < 40; ++i) {
            TokenLogprobs told;
            for (int32_t token = 0; token < kMaxLogprobs; ++token)
                told.top.push_back({.token = token, .bytes = "각", .logprob = -0.5 * (token + 2), .sampled = 0.01});
            told.chosen = told.top[static_cast<size_t>(i) % told.top.size()];
            told.rank = i % kMaxLogprobs + 1;
            told.entropy = 2.5;
            engine.say(asked, TokenChunk{.text = "각", .logprobs = told});
            turn.text += "각";
        }
        engine.say(asked, ChatDone{.turn = turn});
    }

    void answer_all() {
        while (filled_ && answered_ < engine.posted.size()) {
            const auto [request, command] = engine.posted[answered_++];  // an answer may ask for more
            std::visit(
                [&, id = request](const auto& asked) {
                    if constexpr (requires { answer(asked); }) engine.say(id, answer(asked));
                },
                command);
        }
    }

    RunSummary run(int number) const {
        RunSummary run{.run = "20260101-0000" + std::to_string(10 + number) + "-x-0001",
                       .name = kLong + (" " + std::to_string(number)),
                       .state = number % 4 == 1   ? "failed"
                                : number % 4 == 2 ? "interrupted"
                                                  : "finished",
                       .created_at_ms = 1'795'000'000'000 - number * 60'000};
        run.step = run.max_steps = 1'000'000;
        run.loss = 2.5;
        run.best_eval_loss = run.eval_loss = 2.75;
        if (number % 4 == 1) run.error = Error{.kind = ErrorKind::unreadable, .file = kPath, .key = "line 17"};
        run.checkpoints = {{.step = 1'000'000, .path = kPath, .bytes = 4'000'000'000, .best = true}};
        run.note = kLong;
        run.tags = {"기준", "한국어 위키백과", "학습률 절반", "배치 두 배", "다시 볼 것"};
        run.elapsed_s = 123'456;
        run.bytes = 4'000'000'000;
        run.curve = {4, 3.5, 3, 2.75, 2.5};
        run.workspace_from = "/home/연구실/다른 작업 공간";
        return run;
    }
    RunDetail detail(const std::string& id) const {
        RunDetail detail;
        for (int i = 0; i < kRuns; ++i)
            if (run(i).run == id) detail.summary = run(i);
        detail.summary.run = id;
        if (id == kLive) {
            detail.summary.name = kLong;
            detail.summary.state = failed_ ? "failed" : "running";
            detail.summary.max_steps = 100;
        }
        detail.config_json = to_json(RunConfig{});
        detail.error = detail.summary.error;
        for (int64_t step = 1; step <= (id == kLive && !failed_ ? 0 : 40); ++step)
            detail.metrics.push_back({.step = step,
                                      .loss = 4 - 0.01 * static_cast<double>(step),
                                      .tokens_per_s = 12'345,
                                      .bytes = {{"weights", 1'000'000}},
                                      .tokens = 512 * step,
                                      .elapsed_s = static_cast<double>(step)});
        detail.summary.step = detail.metrics.empty() ? 0 : 40;
        return detail;
    }
    static ModelEntry model(const std::string& path) {
        ModelEntry entry{.path = path, .name = kLong, .kind = "hf", .source = "workspace", .model_type = "qwen3"};
        entry.shape = ModelConfig{};
        entry.parameters = 600'000'000;
        entry.bytes = 1'200'000'000;
        entry.dtypes = {"BF16"};
        entry.licence = "apache-2.0";
        return entry;
    }
    static TokenizerEntry tokenizer() {
        return {
            .path = "/w/tokenizers/mine", .name = kLong, .source = "workspace", .vocab_size = 32'000, .problem = {}};
    }

    EventBody answer(const OpenWorkspace&) const {
        return WorkspaceOpened{.folder = paths.workspace.toStdString(), .threads = 4, .interrupted = {run(2).run}};
    }
    EventBody answer(const ListRuns& asked) const {
        RunsListed listed;
        for (int i = 0; i < (asked.trashed ? 1 : kRuns); ++i) listed.runs.push_back(run(i));
        return listed;
    }
    EventBody answer(const ShowRun& asked) const { return detail(asked.run); }
    EventBody answer(const ListQueue&) const {
        Error error{.kind = ErrorKind::not_found, .file = kPath};
        return QueueListed{{{.id = "q1", .name = kLong, .config_json = to_json(RunConfig{})},
                            {.id = "q2", .name = kLong, .config_json = to_json(RunConfig{}), .error = error}}};
    }
    EventBody answer(const ListConversations&) const {
        Conversation talk{.id = "c1", .title = kLong, .model = {.folder = "/w/models/mine"}};
        talk.turns = {{.text = kLong}, {.from_model = true, .text = kLong, .finish_reason = "length", .tokens = 40}};
        talk.updated_at_ms = 1'795'000'000'000;
        return ConversationsListed{{talk}};
    }
    EventBody answer(const ListModels&) const {
        ModelEntry broken = model("/w/models/broken");
        broken.problem = Error{.kind = ErrorKind::malformed, .file = kPath, .key = "model.embed_tokens.weight"};
        return ModelsListed{{model("/w/models/mine"), broken}};
    }
    EventBody answer(const InspectModel& asked) const {
        return ModelInspected{{.entry = model(asked.path),
                               .config = "{\"hidden_size\": 256}",
                               .chat_template = kLong,
                               .tensors = {{"model.layers.10.self_attn.q_proj.weight", {4, 4}, "BF16", 32}}}};
    }
    EventBody answer(const ListDatasets& asked) const {
        DatasetVersion version;
        version.version = "v1";
        version.folder = "/w/datasets/corpus/v1";
        version.files = {kPath};
        version.sources = {kPath};
        version.documents = 998'000;
        DatasetEntry entry{.name = kLong, .file = {}, .versions = {version}};
        entry.trashed = asked.trashed;
        return DatasetsListed{{entry}};
    }
    EventBody answer(const SurveyData&) const {
        DatasetSurvey survey;
        survey.files = {{kPath, "text", 5'000'000, 1'000'000, {}},
                        {kPath, "txt", 100, 0, Error{.kind = ErrorKind::malformed, .file = kPath}}};
        survey.documents = survey.kept_documents = 1'000'000;
        survey.bytes = survey.kept_bytes = 4'000'000'000;
        survey.characters = 3'000'000'000;
        survey.lengths = {0, 3, 900'000, 99'997};
        survey.duplicates = 12'345;
        survey.odd = {{"bad", kPath, 17, "not an object"}, {"very_long", kPath, 18, kLong}};
        survey.odd_counts = {{"bad", 1},           {"very_long", 1}, {"duplicate", 12'345}, {"empty", 678},
                             {"invalid_utf8", 90}, {"control", 12},  {"replaced", 345}};
        return DataSurveyed{survey};
    }
    EventBody answer(const PreviewData& asked) const {
        DataPreviewed previewed{.first = asked.first, .total = 20, .documents = {}};
        for (int64_t i = asked.first; i < std::min<int64_t>(asked.first + asked.count, 20); ++i)
            previewed.documents.push_back({.index = i, .file = kPath, .line = i + 1, .text = kLong});
        return previewed;
    }
    EventBody answer(const ListTokenizers&) const { return TokenizersListed{{tokenizer()}}; }
    EventBody answer(const PlanExport& asked) const {
        return ExportPlanned{.folder = asked.what.out,
                             .files = {{"config.json", 800}, {"model.safetensors", 2'000'000'000}},
                             .free_bytes = 1'000'000'000'000,
                             .folder_in_use = true,
                             .warnings = {{.kind = "tokenizer_differs", .detail = kLong}}};
    }
    EventBody answer(const EstimateRun&) const {
        EstimateDone done;
        done.parameters = done.trainable = 93'606'144;
        done.bytes = {{"weights", 400'000'000}, {"activations", 600'000'000}};
        done.checkpoint_bytes = done.kept_checkpoint_bytes = 1'000'000'000;
        done.flops_per_token = 6e8;
        done.tokens_per_step = 4096;
        done.tokens_per_s = 640;
        done.memory_bytes = 4'000'000'000;
        done.free_disk_bytes = 1'000'000'000'000;
        done.costs = {{.key = "model.hidden_size", .bytes = 777'000'000, .time_ratio = 3.5}};
        done.switches = {{.name = "use_gqa", .on = true, .bytes = 96'000'000, .time_ratio = 1.1},
                         {.name = "use_lora", .refused = "fresh_model"}};
        done.parts = {{"embedding", 6'291'456}, {"attention", 37'748'736}};
        done.kv_bytes_per_token = 24'576;
        done.kv_bytes_per_token_without_gqa = 98'304;
        done.chat_bytes = {{"weights", 374'000'000}, {"kv_cache", 100'663'296}};
        return done;
    }
    EventBody answer(const SaveConversation& asked) const { return ConversationSaved{asked.conversation.id}; }
    EventBody answer(const SaveQueue& asked) const { return QueueListed{asked.runs}; }

    static constexpr int kRuns = 30;
    size_t answered_ = 0;
    RequestId training_ = 0;
    bool filled_ = false, failed_ = false;
};

}  // namespace lathe

// What the record says of a run: samples token by token, the plan after a resume, checkpoints that are on disk, and
// what is left when folder or database is gone. Conversations through the session.
#include <QtTest>
#include <cmath>
#include <filesystem>

#include "engine/base/error.h"
#include "engine/base/files.h"
#include "engine/base/json.h"
#include "engine/store/store.h"
#include "engine/train/checkpoint.h"
#include "engine/train/workspace.h"
#include "tests/engine/store/broken_rows.h"
#include "tests/engine/train/session_fixture.h"

using namespace lathe;
using namespace lathe_test;

namespace {

std::optional<RunDetail> show(Watched& session, const std::string& run = "latest") {
    return session.wait<RunDetail>(session.post(ShowRun{.run = run}));
}

std::optional<RunSummary> only_run(Watched& session) {
    const auto list = session.wait<RunsListed>(session.post(ListRuns{}));
    return list && list->runs.size() == 1 ? std::optional(list->runs[0]) : std::nullopt;
}

// The id of a run of 12 steps that finished, or was stopped behind `stop_after`.
std::string trained(const Place& place, const RunConfig& config, int64_t stop_after = 0) {
    Watched session(place.workspace(), stop_after > 0 ? after_step(stop_after, StopTraining{}) : Watched::Hook{});
    const auto done = session.wait<TrainDone>(session.train(config));
    return done ? done->run : "";
}

std::vector<MetricRow> metrics_of(const Place& place, const std::string& run) {
    return Store(place.workspace() + "/lathe.db", Store::Mode::read_only).read_metrics(run);
}

}  // namespace

class RecordTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void samples_come_back_token_by_token();
    void a_resume_with_more_steps_says_so();
    void a_run_by_epochs_says_its_steps();
    void a_run_knows_the_rows_of_a_pass();
    void tokens_go_on_over_a_resume();
    void checkpoints_are_those_on_disk();
    void a_checkpoint_without_a_row_is_shown();
    void a_run_without_its_folder_is_shown();
    void a_run_without_its_row_is_shown();
    void a_run_without_either_is_not_found();
    void a_failed_run_says_why();
    void a_rebuilt_run_knows_its_plan_and_checkpoints();
    void a_run_lost_in_use_comes_back_with_what_waits();
    void conversations_outlive_the_session();
    void a_conversation_without_an_id_is_refused();
};

void RecordTest::samples_come_back_token_by_token() {
    const Place place;
    RunConfig config = place.config();
    config.train.sample_steps = 12;
    config.train.sample_prompt = "the cat";
    config.train.sample_max_tokens = 6;
    std::vector<Sampled> told;
    {
        Watched session(place.workspace());
        QVERIFY(session.wait<TrainDone>(session.train(config)));
        told = session.all<Sampled>();
    }
    QCOMPARE(told.size(), size_t{1});
    Watched session(place.workspace());
    const auto detail = show(session);
    QVERIFY(detail && detail->samples.size() == 1);
    const Sampled& stored = detail->samples[0];
    QCOMPARE(stored.tokens.size(), told[0].tokens.size());
    std::string text;
    for (size_t i = 0; i < stored.tokens.size(); ++i) {
        const SampledToken &token = stored.tokens[i], &wanted = told[0].tokens[i];
        QCOMPARE(token.text, wanted.text);
        QCOMPARE(token.probability, wanted.probability);
        QVERIFY(token.probability > 0 && token.probability <= 1);
        QCOMPARE(wanted.likeliest.size(), size_t{5});
        for (const auto& [likely, probability] : wanted.likeliest)
            if (likely == token.text) QCOMPARE(probability, token.probability);
        text += token.text;
    }
    QVERIFY2(text.starts_with(stored.text), text.c_str());  // an end token has a text of its own
    const auto rows = Store(place.workspace() + "/lathe.db", Store::Mode::read_only).read_samples(stored.run);
    QCOMPARE(rows[0].token_ids.size(), stored.tokens.size());
}

void RecordTest::a_resume_with_more_steps_says_so() {
    const Place place;
    RunConfig config = place.config();
    const std::string run = trained(place, config, 3);
    config.train.max_steps = 8;
    config.train.eval_steps = 2;
    config.train.eval_batches = 3;
    config.train.save_steps = 7;
    config.train.save_interval_s = 60;
    config.train.logging_steps = 2;
    config.train.sample_steps = 5;
    config.train.sample_prompt = "a dog";
    config.train.sample_max_tokens = 3;
    Watched session(place.workspace());
    QVERIFY(session.wait<TrainDone>(session.train(config, run)));
    const auto summary = only_run(session);
    QVERIFY(summary);
    QCOMPARE(summary->max_steps, int64_t{8});
    QCOMPARE(summary->step, int64_t{8});
    const auto detail = show(session);
    QVERIFY(detail);
    QCOMPARE(to_json(parse_run_config(detail->config_json, "")), to_json(config));
}

void RecordTest::a_run_by_epochs_says_its_steps() {
    const Place place;
    RunConfig config = place.config();
    config.train.max_steps = 0;
    config.train.num_train_epochs = 0.2;
    Watched session(place.workspace());
    const auto done = session.wait<TrainDone>(session.train(config));
    QVERIFY(done && done->steps > 1);
    const auto summary = only_run(session);
    QVERIFY(summary);
    QCOMPARE(summary->max_steps, done->steps);
}

void RecordTest::a_run_knows_the_rows_of_a_pass() {
    const Place place;
    RunConfig config = place.config();
    config.train.max_steps = 0;
    config.train.num_train_epochs = 0.2;
    Watched session(place.workspace());
    const auto done = session.wait<TrainDone>(session.train(config));
    const auto detail = show(session);
    QVERIFY(done && detail);
    const auto rows = parse_json(detail->provenance_json, "provenance").value("rows_per_epoch", int64_t{0});
    const auto rows_a_step =
        static_cast<double>(config.train.per_device_train_batch_size * config.train.gradient_accumulation_steps);
    QCOMPARE(static_cast<double>(done->steps), std::ceil(0.2 * static_cast<double>(rows) / rows_a_step));
    // The checkpoint has it, too; one of an older Lathe does not.
    QCOMPARE(read_run_snapshot(done->checkpoint).provenance.rows_per_epoch, rows);
    const std::string file = done->checkpoint + "/lathe/run.json";
    Json older = read_json(file, 1 << 20);
    older["provenance"].erase("rows_per_epoch");
    write_file_durably(file, dump_json(older));
    QCOMPARE(read_run_snapshot(done->checkpoint).provenance.rows_per_epoch, int64_t{0});
}

void RecordTest::tokens_go_on_over_a_resume() {
    const Place place;
    const std::string run = trained(place, place.config(), 5);
    {
        Watched session(place.workspace());
        QVERIFY(session.wait<TrainDone>(session.resume(run)));
    }
    const auto rows = metrics_of(place, run);
    QCOMPARE(rows.size(), size_t{12});
    for (size_t i = 0; i < 12; ++i) QCOMPARE(rows[i].tokens, static_cast<int64_t>(i + 1) * 4 * 32);
    // And where the rows come back from the checkpoint.
    std::filesystem::remove(place.workspace() + "/lathe.db");
    {
        Watched session(place.workspace());
        QVERIFY(session.wait<TrainDone>(session.resume(run)));
    }
    const auto rebuilt = metrics_of(place, run);
    QCOMPARE(rebuilt.size(), size_t{12});
    for (size_t i = 0; i < 12; ++i) QCOMPARE(rebuilt[i].tokens, rows[i].tokens);
}

void RecordTest::checkpoints_are_those_on_disk() {
    const Place place;
    const std::string run = trained(place, place.config());
    Watched session(place.workspace());
    auto summary = only_run(session);
    QVERIFY(summary && summary->loss && summary->eval_loss);
    std::vector<int64_t> steps;
    int64_t best = 0;
    for (const RunCheckpoint& checkpoint : summary->checkpoints) {
        steps.push_back(checkpoint.step);
        QCOMPARE(checkpoint.path, place.checkpoint(run, checkpoint.step));
        QCOMPARE(checkpoint.bytes, folder_bytes(checkpoint.path));
        QCOMPARE(*checkpoint.eval_loss, *read_run_snapshot(checkpoint.path).eval_loss);
        best += checkpoint.best ? checkpoint.step : 0;
    }
    QVERIFY(std::is_sorted(steps.begin(), steps.end()) && steps.size() >= 2 && steps.back() == 12);
    QCOMPARE(best, best_checkpoint(place.workspace() + "/runs/" + run)->step);
    QCOMPARE(*summary->eval_loss, *summary->checkpoints.back().eval_loss);
    std::filesystem::remove_all(place.checkpoint(run, 8));
    summary = only_run(session);
    QVERIFY(summary);
    QVERIFY(std::none_of(summary->checkpoints.begin(), summary->checkpoints.end(),
                         [](const RunCheckpoint& checkpoint) { return checkpoint.step == 8; }));
}

// A crash between the folder's rename and the row's commit.
void RecordTest::a_checkpoint_without_a_row_is_shown() {
    const Place place;
    const std::string run = trained(place, place.config());
    {
        Store store(place.workspace() + "/lathe.db", Store::Mode::read_write);
        store.remove_checkpoint(run, 12);
        store.flush();
    }
    Watched session(place.workspace());
    const auto detail = show(session);
    QVERIFY(detail && !detail->summary.checkpoints.empty());
    QCOMPARE(detail->summary.checkpoints.back().step, int64_t{12});
    QCOMPARE(detail->summary.checkpoints.back().bytes, folder_bytes(place.checkpoint(run, 12)));
}

void RecordTest::a_run_without_its_folder_is_shown() {
    const Place place;
    const std::string run = trained(place, place.config());
    std::filesystem::remove_all(place.workspace() + "/runs/" + run);
    Watched session(place.workspace());
    const auto summary = only_run(session);
    QVERIFY(summary && summary->checkpoints.empty());
    for (const std::string& name : {run, std::string("latest")}) {
        const auto detail = show(session, name);
        QVERIFY(detail);
        QCOMPARE(detail->metrics.size(), size_t{12});
        QVERIFY(detail->summary.checkpoints.empty());
    }
    const auto compared = session.wait<RunsCompared>(session.post(CompareRuns{.first = run, .second = run}));
    QVERIFY(compared && compared->differing.empty());
}

void RecordTest::a_run_without_its_row_is_shown() {
    const Place place;
    const std::string run = trained(place, place.config());
    std::filesystem::remove(place.workspace() + "/lathe.db");
    Watched session(place.workspace());
    for (const std::string& name : {run, std::string("latest")}) {
        const auto detail = show(session, name);
        QVERIFY(detail);
        QCOMPARE(detail->summary.run, run);
        QCOMPARE(detail->summary.state, std::string("interrupted"));
        QCOMPARE(detail->summary.max_steps, int64_t{12});
        QCOMPARE(detail->metrics.size(), size_t{12});
        QCOMPARE(detail->summary.checkpoints.back().step, int64_t{12});
        QVERIFY(detail->events.empty());
    }
    QVERIFY(!std::filesystem::exists(place.workspace() + "/lathe.db"));
}

void RecordTest::a_run_without_either_is_not_found() {
    const Place place;
    const std::string run = trained(place, place.config());
    std::filesystem::remove(place.workspace() + "/lathe.db");
    std::filesystem::remove_all(place.workspace() + "/runs/" + run);
    Watched session(place.workspace());
    const auto error = session.failure(session.post(ShowRun{.run = run}));
    QVERIFY(error && error->kind == ErrorKind::not_found);
    QVERIFY(error->key.find(run) != std::string::npos);
    const auto bad = session.failure(session.post(ShowRun{.run = "../x"}));
    QVERIFY(bad && bad->kind == ErrorKind::usage);
}

void RecordTest::a_failed_run_says_why() {
    const Place place;
    RunConfig config = place.config();
    config.train.learning_rate = 10;
    config.train.max_grad_norm = 0;
    config.train.warmup_steps = 0;
    config.train.weight_decay = 10;
    config.train.max_steps = 400;
    config.train.lr_scheduler_type = "constant";
    config.train.eval_steps = 0;
    Watched session(place.workspace());
    const auto error = session.failure(session.train(config));
    QVERIFY(error && error->kind == ErrorKind::non_finite);
    const auto summary = only_run(session);
    QVERIFY(summary);
    QCOMPARE(summary->state, std::string("failed"));
    QCOMPARE(summary->error->sentence(), error->sentence());
}

void RecordTest::a_rebuilt_run_knows_its_plan_and_checkpoints() {
    const Place place;
    RunConfig config = place.config();
    config.train.max_steps = 0;
    config.train.num_train_epochs = 0.2;
    std::optional<RunSummary> before, after;
    trained(place, config);
    {
        Watched session(place.workspace());
        before = only_run(session);
    }
    std::filesystem::remove(place.workspace() + "/lathe.db");
    {
        Watched session(place.workspace());
        QVERIFY(session.wait<ConversationSaved>(session.post(DeleteConversation{.id = "opens the workspace"})));
        after = only_run(session);
    }
    QVERIFY(before && after);
    QCOMPARE(after->name, before->name);
    QCOMPARE(after->max_steps, before->max_steps);
    QCOMPARE(after->loss, before->loss);
    QCOMPARE(after->eval_loss, before->eval_loss);
    QCOMPARE(after->checkpoints.size(), before->checkpoints.size());
    for (size_t i = 0; i < after->checkpoints.size(); ++i) {
        QCOMPARE(after->checkpoints[i].bytes, before->checkpoints[i].bytes);
        QCOMPARE(after->checkpoints[i].eval_loss, before->checkpoints[i].eval_loss);
        QCOMPARE(after->checkpoints[i].best, before->checkpoints[i].best);
    }
}

void RecordTest::a_run_lost_in_use_comes_back_with_what_waits() {
    const Place place;
    const std::string run = trained(place, place.config());
    Workspace workspace(place.workspace());
    Store& store = workspace.store();
    QVERIFY(break_rows(place.workspace() + "/lathe.db", run));
    QVERIFY(error_of([&] { store.list_runs(); }));
    store.add_event(run, {.time_ms = 1, .step = 12, .kind = "waits", .text = {}});
    const auto error = error_of([&] { store.flush(); });
    QVERIFY2(!error, error ? error->sentence().c_str() : "");
    QVERIFY(workspace.recovery());
    QVERIFY(store.find_run(run));
    QCOMPARE(store.read_metrics(run).size(), size_t{12});
    QVERIFY(!store.read_checkpoints(run).empty());
    QCOMPARE(store.read_events(run).back().kind, std::string("waits"));
}

void RecordTest::conversations_outlive_the_session() {
    const Place place;
    {
        Watched session(place.workspace());
        const auto none = session.wait<ConversationsListed>(session.post(ListConversations{}));
        QVERIFY(none && none->conversations.empty());
        QVERIFY(!std::filesystem::exists(place.workspace()));
        Conversation conversation{.id = "a", .title = "한글", .turns = {{.text = "Hello"}}, .updated_at_ms = 1};
        const auto saved = session.wait<ConversationSaved>(session.post(SaveConversation{conversation}));
        QVERIFY(saved && saved->id == "a");
        conversation.id = "b";
        conversation.updated_at_ms = 2;
        QVERIFY(session.wait<ConversationSaved>(session.post(SaveConversation{conversation}), 0));
        session.post(SaveConversation{{.id = "c"}});
        session.post(DeleteConversation{.id = "c"});
        const auto list = session.wait<ConversationsListed>(session.post(ListConversations{}));
        QVERIFY(list && list->conversations.size() == 2);
        QCOMPARE(list->conversations[0].id, std::string("b"));
    }
    Watched session(place.workspace());
    const auto list = session.wait<ConversationsListed>(session.post(ListConversations{}));
    QVERIFY(list && list->conversations.size() == 2);
    QCOMPARE(list->conversations[1].title, std::string("한글"));
    QCOMPARE(list->conversations[1].turns[0].text, std::string("Hello"));
    WorkspaceLock lock(place.workspace());  // reading took none
}

void RecordTest::a_conversation_without_an_id_is_refused() {
    const Place place;
    Watched session(place.workspace());
    QVERIFY(session.failure(session.post(SaveConversation{})));
    QVERIFY(session.failure(session.post(DeleteConversation{})));
    const auto error =
        session.failure(session.post(SaveConversation{{.id = "a", .sample = {.temperature = -1, .stop = {}}}}));
    QVERIFY(error && error->key == "temperature");
    QVERIFY(!std::filesystem::exists(place.workspace()));
}

QTEST_APPLESS_MAIN(RecordTest)
#include "record_test.moc"

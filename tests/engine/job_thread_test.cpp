// The commands that touch files alone: answered while a run trains; and of every command: what throws ends it alone.
#include <QtTest>
#include <filesystem>
#include <fstream>
#include <set>

#include "tests/engine/train/session_fixture.h"

using namespace lathe;
using namespace lathe_test;

namespace {

const std::string kStarter = LATHE_SOURCE_DIR "/resources/starter";

}  // namespace

class JobThreadTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void answers_while_a_run_trains();
    void opens_the_workspace();
    void ends_when_cancelled();
    void a_model_at_work_ends_when_cancelled();
    void nothing_follows_the_end();
    void keeps_what_was_written_just_before_the_end();
    void an_error_ends_its_command_alone_data();
    void an_error_ends_its_command_alone();
};

// The hook holds the engine thread in the middle of a step's events until the job thread has answered.
void JobThreadTest::answers_while_a_run_trains() {
    const Place place;
    RunConfig config = place.config();
    config.train.max_steps = 100'000;
    Watched session(place.workspace());
    const RequestId request = session.train(config);
    const auto started = session.wait<TrainStarted>(request);
    QVERIFY(started && session.wait<TrainProgress>(request, 2));
    const auto states = session.all<StateChanged>().size();
    const auto listed = session.wait<RunsListed>(session.post(ListRuns{}));
    QVERIFY(listed && listed->runs.size() == 1);
    QCOMPARE(listed->runs[0].state, std::string("running"));
    QVERIFY(session.wait<RunDetail>(session.post(ShowRun{.run = started->run})));
    QVERIFY(session.wait<EstimateDone>(session.post(EstimateRun{.config = config})));
    const auto encoded =
        session.wait<Encoded>(session.post(EncodeText{.tokenizer = kStarter, .text = "And it came to pass"}));
    QVERIFY(encoded && !encoded->ids.empty());
    QVERIFY(session.wait<WorkspaceOpened>(session.post(OpenWorkspace{})));
    const auto tokenizer = session.wait<TokenizerDone>(session.post(
        TrainTokenizer{.data = {.files = {place.path("text.txt")}}, .vocab_size = 280, .out = place.path("tok")}));
    QVERIFY(tokenizer && tokenizer->vocab_size == 280);
    QVERIFY(session.all<TrainDone>().empty());
    QCOMPARE(session.all<StateChanged>().size(), states);  // training all along
    session.post(StopTraining{});
    QVERIFY(session.wait<TrainDone>(request));
}

void JobThreadTest::opens_the_workspace() {
    const Place place;
    Watched session(place.workspace());
    const auto opened = session.wait<WorkspaceOpened>(session.post(OpenWorkspace{}));
    QVERIFY(opened);
    QCOMPARE(opened->folder, place.workspace());
    QVERIFY(opened->interrupted.empty());
    QVERIFY(std::filesystem::exists(place.workspace() + "/lathe.db"));
    {
        Watched second(place.workspace());
        QCOMPARE(second.failure(second.post(OpenWorkspace{}))->kind, ErrorKind::locked);
        QVERIFY(second.wait<RunsListed>(second.post(ListRuns{})));  // which takes no lock
    }
    const auto done = session.wait<TrainDone>(session.train(place.config()));
    QVERIFY(done);
    session.close();
    // A lost record: the run comes back from its folder, as one that was interrupted.
    std::filesystem::remove(place.workspace() + "/lathe.db");
    Watched later(place.workspace());
    const auto found = later.wait<WorkspaceOpened>(later.post(OpenWorkspace{}));
    QVERIFY(found);
    QCOMPARE(found->interrupted, std::vector<std::string>{done->run});
}

void JobThreadTest::ends_when_cancelled() {
    const Place place;
    {
        std::ofstream large(place.path("large.txt"));
        for (int i = 0; i < 400; ++i) large << sample_text() << i;
    }
    Watched session(place.workspace(), [](Watched& watched, const Event& event) {
        if (std::holds_alternative<Progress>(event.body)) watched.cancel(event.request);
    });
    const RequestId request = session.post(TrainTokenizer{
        .data = {.files = {place.path("large.txt")}}, .vocab_size = 5000, .out = place.path("tokenizer")});
    QCOMPARE(session.failure(request)->kind, ErrorKind::cancelled);
    QVERIFY(!std::filesystem::exists(place.path("tokenizer")));
    QVERIFY(session.wait<RunsListed>(session.post(ListRuns{})));
}

// The first answer's first piece ends it, and the command that waits behind it.
void JobThreadTest::a_model_at_work_ends_when_cancelled() {
    const Generate generate{.model = kStarter, .prompts = {{.text = "And"}}, .sample = {.max_tokens = 400}};
    Watched session("", [](Watched& watched, const Event& event) {
        if (!std::holds_alternative<TokenChunk>(event.body)) return;
        watched.cancel(1);
        watched.cancel(2);
    });
    for (const RequestId request :
         {session.post(generate), session.post(ComputeLogits{.model = kStarter, .tokens = {1}})}) {
        const auto error = session.failure(request);
        QVERIFY(error && error->kind == ErrorKind::cancelled);
    }
}

void JobThreadTest::nothing_follows_the_end() {
    const Place place;
    RunConfig config = place.config();
    config.train.max_steps = 2;
    Watched session(place.workspace());
    const Chat chat{.model = {.folder = kStarter}, .turns = {{.text = "And"}}, .sample = {.max_tokens = 4}};
    const Generate generate{.model = kStarter, .prompts = {{.text = "And"}}, .sample = {.max_tokens = 4}};
    QVERIFY(session.wait<ChatDone>(session.post(chat)));
    QVERIFY(session.wait<GenerateDone>(session.post(generate)));
    QVERIFY(session.wait<TrainDone>(session.train(config)));
    QVERIFY(session.wait<ExportDone>(session.post(ExportModel{.model = kStarter, .out = place.path("out")})));
    QVERIFY(session.failure(session.post(ExportModel{.model = kStarter, .out = place.path("out")})));
    QVERIFY(session.wait<RunsListed>(session.post(ListRuns{})));
    session.close();
    std::set<RequestId> ended;
    for (const Event& event : session.events()) {
        const bool state = std::holds_alternative<StateChanged>(event.body);  // of the engine, not of a command
        QVERIFY2(state || !ended.contains(event.request), std::to_string(event.body.index()).c_str());
        if (std::holds_alternative<ChatDone>(event.body) || std::holds_alternative<GenerateDone>(event.body) ||
            std::holds_alternative<TrainDone>(event.body) || std::holds_alternative<ExportDone>(event.body) ||
            std::holds_alternative<Failed>(event.body) || std::holds_alternative<RunsListed>(event.body))
            ended.insert(event.request);
    }
    QCOMPARE(ended.size(), size_t{6});
}

// The window's last commands before it ends the session.
void JobThreadTest::keeps_what_was_written_just_before_the_end() {
    const Place place;
    {
        Watched session(place.workspace());
        for (const char* id : {"a", "b", "c", "d"})
            session.post(SaveConversation{.conversation = {.id = id, .draft = "typed"}});
        session.post(DeleteConversation{.id = "b"});
        session.close();
    }
    Watched later(place.workspace());
    const auto listed = later.wait<ConversationsListed>(later.post(ListConversations{}));
    QVERIFY(listed);
    QCOMPARE(listed->conversations.size(), size_t{3});
    QCOMPARE(listed->conversations[0].draft, std::string("typed"));
}

void JobThreadTest::an_error_ends_its_command_alone_data() {
    QTest::addColumn<int>("number");
    for (int i = 0; i < 14; ++i) QTest::addRow("%d", i) << i;
}

void JobThreadTest::an_error_ends_its_command_alone() {
    QFETCH(int, number);
    const Place place;
    const std::string nowhere = place.path("nowhere");
    RunConfig no_base = place.config();
    no_base.model.reset();
    no_base.base_model = BaseModelConfig{.path = nowhere};
    const std::vector<Command> commands = {
        StartTraining{},
        StartTraining{.config = no_base, .config_file = "x.json"},
        StartTraining{.resume = "latest"},
        TrainTokenizer{.data = {.files = {nowhere}}, .out = place.path("out")},
        EncodeText{.tokenizer = nowhere, .text = "a"},
        ComputeLogits{.model = nowhere, .tokens = {1}},
        Generate{.model = nowhere, .prompts = {{.text = "a"}}},
        Chat{.model = {.folder = nowhere}, .turns = {{.text = "a"}}},
        Evaluate{.model = nowhere, .data = {nowhere}},
        ExportModel{.model = nowhere, .out = place.path("out")},
        EstimateRun{.config = no_base},
        TrainBench{.model = nowhere},
        BenchTokenizer{.file = nowhere},
        ShowRun{.run = "20200101-000000-none-0000"},
    };
    QCOMPARE(commands.size(), size_t{14});
    Watched session(place.workspace());
    QVERIFY(session.failure(session.post(commands[static_cast<size_t>(number)])));
    // Both threads go on.
    QVERIFY(session.wait<RunsListed>(session.post(ListRuns{})));
    RunConfig two_steps = place.config();
    two_steps.train.max_steps = 2;
    QVERIFY(session.wait<TrainDone>(session.train(two_steps)));
}

QTEST_APPLESS_MAIN(JobThreadTest)
#include "job_thread_test.moc"

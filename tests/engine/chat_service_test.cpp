// Conversations through the session: together, beside a training run, cancelled, refused.
#include <QtTest>
#include <filesystem>
#include <set>

#include "tests/engine/train/session_fixture.h"

using namespace lathe;
using namespace lathe_test;

namespace {

const std::string kStarter = LATHE_SOURCE_DIR "/resources/starter";

Chat question(const std::string& text, int64_t max_tokens, ModelSource model = {.folder = kStarter}) {
    return {.conversation = {},
            .model = std::move(model),
            .turns = {{.text = text}},
            .sample = {.max_tokens = max_tokens, .temperature = 0.8, .seed = 7}};
}

Chat live(const std::string& text, int64_t max_tokens) {
    return question(text, max_tokens, {.run = "", .checkpoint = "live"});
}

std::string streamed(Watched& session, RequestId request) {
    std::string text;
    for (const TokenChunk& chunk : session.all<TokenChunk>(request)) text += chunk.text;
    return text;
}

// Where in all that was said the first event of this kind stands.
template <class Body>
size_t place_of(Watched& session, RequestId request) {
    const auto events = session.events();
    size_t place = 0;
    while (place < events.size() &&
           !(events[place].request == request && std::holds_alternative<Body>(events[place].body)))
        ++place;
    return place;
}

// A hook that asks once, after that step.
Watched::Hook ask_after_step(int64_t step, std::vector<Chat> chats) {
    return [=, done = false](Watched& watched, const Event& event) mutable {
        const auto* progress = std::get_if<TrainProgress>(&event.body);
        if (progress == nullptr || progress->step != step || std::exchange(done, true)) return;
        for (const Chat& chat : chats) watched.post(chat);
    };
}

RunConfig wide_context(const Place& place) {
    RunConfig config = place.config();
    config.model->max_position_embeddings = 4096;
    return config;
}

}  // namespace

class ChatServiceTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void together_they_answer_as_alone();
    void events_come_in_order();
    void a_chat_with_a_run_in_training_changes_nothing();
    void what_gives_way_to_a_pause_is_done_later();
    void it_goes_on_when_the_run_is_done();
    void the_answer_is_recorded();
    void answers_as_the_checkpoint_does();
    void cancelling_keeps_the_text_so_far();
    void one_that_fails_leaves_the_others();
    void pause_and_stop_come_through_data();
    void pause_and_stop_come_through();
    void what_is_not_there_is_not_found();
    void a_megabyte_is_too_large_at_once();
    void the_oldest_turns_make_room();
    void a_cut_answer_is_told();
    void a_changed_folder_is_loaded_anew();
    void closing_ends_them();

private:
    std::vector<double> undisturbed_;  // losses of a run that nobody chats with
};

void ChatServiceTest::initTestCase() {
    const Place place;
    Watched session(place.workspace());
    QVERIFY(session.wait<TrainDone>(session.train(wide_context(place))));
    undisturbed_ = session.losses();
    QCOMPARE(undisturbed_.size(), size_t{12});
}

void ChatServiceTest::together_they_answer_as_alone() {
    const std::vector<std::string> texts = {"And it came to pass", "The", "In the beginning of the", "x = "};
    std::vector<std::string> alone;
    Watched session("");
    for (const std::string& text : texts) {
        const auto done = session.wait<ChatDone>(session.post(question(text, 24)));
        QVERIFY(done && !done->turn.text.empty());
        alone.push_back(done->turn.text);
    }
    std::vector<RequestId> requests;
    for (const std::string& text : texts) requests.push_back(session.post(question(text, 24)));
    for (size_t i = 0; i < texts.size(); ++i) {
        const auto done = session.wait<ChatDone>(requests[i]);
        QVERIFY(done);
        QCOMPARE(done->turn.text, alone[i]);
        QVERIFY(place_of<TokenChunk>(session, requests[3]) < place_of<ChatDone>(session, requests[i]));
    }
    QCOMPARE(session.all<Progress>(requests[1]).size(), size_t{0});  // it was loaded already
}

void ChatServiceTest::events_come_in_order() {
    Watched session("");
    const RequestId request = session.post(question("And it came", 16));
    const auto done = session.wait<ChatDone>(request);
    QVERIFY(done);
    QVERIFY(place_of<Progress>(session, request) < place_of<ChatStarted>(session, request));
    QVERIFY(place_of<ChatStarted>(session, request) < place_of<TokenChunk>(session, request));
    QVERIFY(place_of<TokenChunk>(session, request) < place_of<ChatDone>(session, request));
    QCOMPARE(streamed(session, request), done->turn.text);
    QVERIFY(done->turn.from_model && done->turn.tokens == 16 && done->turn.tokens_per_s > 0);
    QCOMPARE(done->turn.finish_reason, std::string("length"));
    const auto started = session.all<ChatStarted>(request).at(0);
    QCOMPARE(started.context_tokens, int64_t{512});
    QVERIFY(started.prompt_tokens > 0 && started.turns_left_out == 0);
    int64_t tokens = 0;
    for (const TokenChunk& chunk : session.all<TokenChunk>(request)) {
        QVERIFY(chunk.tokens > 0 && !chunk.text.empty());
        tokens += chunk.tokens;
    }
    QVERIFY(tokens > 0 && tokens <= 16);  // the last tokens may stand for no text
    session.wait_for_state(EngineState::idle);
}

void ChatServiceTest::a_chat_with_a_run_in_training_changes_nothing() {
    const Place place;
    Watched session(place.workspace(),
                    ask_after_step(2, {live("the cat", 60), live("a dog", 30), question("And", 40)}));
    const RequestId request = session.train(wide_context(place));
    QVERIFY(session.wait<TrainDone>(request));
    QCOMPARE(session.losses(), undisturbed_);
    std::set<RequestId> answered;
    const auto events = session.events();
    for (const Event& event : events) {
        if (std::holds_alternative<TrainDone>(event.body)) break;
        if (std::holds_alternative<TokenChunk>(event.body)) answered.insert(event.request);
    }
    QCOMPARE(answered.size(), size_t{3});
    QCOMPARE(session.all<ChatStarted>().at(0).step, int64_t{2});
    for (const auto& state : session.all<StateChanged>()) QVERIFY(state.state != EngineState::paused);
}

// Each piece of an answer pauses the run in the middle of a step, or of a validation; it goes on at once.
void ChatServiceTest::what_gives_way_to_a_pause_is_done_later() {
    const Place place;
    const auto hook = [](Watched& watched, const Event& event) {
        const auto* progress = std::get_if<TrainProgress>(&event.body);
        if (progress != nullptr && (progress->step == 2 || progress->step == 4)) watched.post(live("the cat", 40));
        const auto* state = std::get_if<StateChanged>(&event.body);
        if (state != nullptr && state->state == EngineState::paused) watched.post(ContinueTraining{});
        if (std::holds_alternative<TokenChunk>(event.body)) watched.post(PauseTraining{});
    };
    Watched session(place.workspace(), hook);
    const RequestId request = session.train(wide_context(place));
    QVERIFY(session.wait<TrainDone>(request));
    QCOMPARE(session.losses(), undisturbed_);
    std::vector<int64_t> validated;
    for (const Validated& result : session.all<Validated>()) validated.push_back(result.step);
    QCOMPARE(validated, (std::vector<int64_t>{4, 8, 12}));
    std::set<RequestId> told;  // since the last pause: it lets no step and no further piece go before it
    for (const Event& event : session.events()) {
        if (std::holds_alternative<TrainDone>(event.body)) break;
        QVERIFY(told.empty() || !std::holds_alternative<TrainProgress>(event.body));
        if (std::holds_alternative<TokenChunk>(event.body)) QVERIFY(told.insert(event.request).second);
        if (std::holds_alternative<StateChanged>(event.body)) told.clear();
    }
}

void ChatServiceTest::it_goes_on_when_the_run_is_done() {
    const Place place;
    Chat chat = live("the cat", 4000);
    chat.sample.temperature = 0;  // an end token is never the likeliest here
    Watched session(place.workspace(), ask_after_step(11, {chat}));
    QVERIFY(session.wait<TrainDone>(session.train(wide_context(place))));
    QVERIFY(session.wait<TokenChunk>(0, session.all<TokenChunk>().size() + 5));
    QVERIFY(session.all<ChatDone>().empty());
    session.cancel(2);
    const auto done = session.wait<ChatDone>();
    QVERIFY(done);
    QCOMPARE(done->turn.finish_reason, std::string("cancelled"));
    session.wait_for_state(EngineState::idle);
}

void ChatServiceTest::the_answer_is_recorded() {
    const Place place;
    Watched session(place.workspace());
    Chat chat = question("And it came to pass", 400);
    chat.conversation = "one";
    QVERIFY(session.wait<ConversationSaved>(
        session.post(SaveConversation{{.id = "one", .title = "t", .model = chat.model, .turns = chat.turns}})));
    const RequestId request = session.post(chat);
    QVERIFY(session.wait<TokenChunk>(request, 3));
    session.cancel(request);
    const auto done = session.wait<ChatDone>(request);
    QVERIFY(done);
    QCOMPARE(done->conversation, std::string("one"));
    chat.conversation = "none";  // not stored: the answer is given, and nothing is kept
    chat.sample.max_tokens = 4;
    QVERIFY(session.wait<ChatDone>(session.post(chat)));
    const auto listed = session.wait<ConversationsListed>(session.post(ListConversations{}));
    QVERIFY(listed);
    QCOMPARE(listed->conversations.size(), size_t{1});
    const auto& turns = listed->conversations[0].turns;
    QCOMPARE(turns.size(), size_t{2});
    QVERIFY(turns[1].from_model);
    QCOMPARE(turns[1].text, done->turn.text);
    QCOMPARE(turns[1].finish_reason, std::string("cancelled"));
    QCOMPARE(turns[1].tokens, done->turn.tokens);
}

// Weights that train are multiplied as they lie, those of a file packed: the same bits.
void ChatServiceTest::answers_as_the_checkpoint_does() {
    const Place place;
    Watched session(place.workspace(), after_step(4, PauseTraining{}));
    session.train(wide_context(place));
    session.wait_for_state(EngineState::paused);
    session.post(SaveTraining{});
    const auto saved = session.wait<CheckpointSaved>();
    QVERIFY(saved);
    const auto from_run = session.wait<ChatDone>(session.post(live("the old man sees", 40)));
    const RequestId second = session.post(question("the old man sees", 40, {.run = saved->run, .checkpoint = "last"}));
    const auto from_file = session.wait<ChatDone>(second);
    QVERIFY(from_run && from_file);
    QCOMPARE(from_file->turn.text, from_run->turn.text);
    const auto error = session.failure(session.post(question("a", 4, {.run = "another", .checkpoint = "live"})));
    QVERIFY(error && error->kind == ErrorKind::not_found);
    QCOMPARE(session.all<ChatStarted>(second).at(0).step, int64_t{4});
}

void ChatServiceTest::cancelling_keeps_the_text_so_far() {
    int64_t tokens = 0;
    Watched session("", [&tokens](Watched& watched, const Event& event) {
        const auto* chunk = std::get_if<TokenChunk>(&event.body);
        if (chunk != nullptr && event.request == 1 && (tokens += chunk->tokens) >= 5) watched.cancel(1);
    });
    const RequestId request = session.post(question("And it came to pass", 400));
    const RequestId other = session.post(question("And it came to pass", 20));
    const auto done = session.wait<ChatDone>(request);
    QVERIFY(done);
    QCOMPARE(done->turn.finish_reason, std::string("cancelled"));
    QCOMPARE(done->turn.text, streamed(session, request));
    QVERIFY(done->turn.tokens >= 5 && done->turn.tokens < 60 && !done->turn.text.empty());
    const auto whole = session.wait<ChatDone>(other);
    QVERIFY(whole && whole->turn.tokens == 20);
}

void ChatServiceTest::one_that_fails_leaves_the_others() {
    Watched session("");
    const RequestId good = session.post(question("And it came to pass", 60));
    Chat wrong = question("And", 10);
    wrong.sample.temperature = -1;
    const RequestId bad = session.post(wrong);
    const RequestId none = session.post(Chat{.model = {.folder = kStarter}});
    QCOMPARE(session.failure(bad)->kind, ErrorKind::out_of_range);
    QCOMPARE(session.failure(none)->kind, ErrorKind::empty);
    const auto done = session.wait<ChatDone>(good);
    QVERIFY(done && done->turn.tokens == 60);
}

void ChatServiceTest::pause_and_stop_come_through_data() {
    QTest::addColumn<bool>("pause");
    QTest::addRow("pause") << true;
    QTest::addRow("stop") << false;
}

void ChatServiceTest::pause_and_stop_come_through() {
    QFETCH(bool, pause);
    const Place place;
    RunConfig config = wide_context(place);
    config.train.max_steps = 100'000;
    Watched session(place.workspace(), ask_after_step(2, {live("the cat", 3000), question("And", 400)}));
    const RequestId request = session.train(config);
    QVERIFY(session.wait<TokenChunk>());
    QElapsedTimer timer;
    timer.start();
    session.post(pause ? Command(PauseTraining{}) : Command(StopTraining{}));
    if (pause) {
        session.wait_for_state(EngineState::paused);
        QVERIFY2(timer.elapsed() < 1000, qPrintable(QString::number(timer.elapsed())));
        const auto chunks = session.all<TokenChunk>().size();
        QVERIFY(session.wait<TokenChunk>(0, chunks + 5));  // flat out
        QCOMPARE(session.steps().size(), session.all<TrainProgress>(request).size());
    } else {
        QVERIFY(session.wait<TrainDone>(request));
        QVERIFY2(timer.elapsed() < 5000, qPrintable(QString::number(timer.elapsed())));
    }
}

void ChatServiceTest::what_is_not_there_is_not_found() {
    const Place place;
    Watched session(place.workspace());
    const auto trained = session.wait<TrainDone>(session.train(place.config()));
    QVERIFY(trained);
    const auto ask = [&](ModelSource model) { return session.failure(session.post(question("a", 4, model)))->kind; };
    const auto fine = session.wait<ChatDone>(session.post(question("a", 4, {.run = trained->run, .checkpoint = "8"})));
    QVERIFY(fine);
    QCOMPARE(ask({.run = trained->run, .checkpoint = "live"}), ErrorKind::not_found);  // it is over
    QCOMPARE(ask({.run = trained->run, .checkpoint = "5"}), ErrorKind::not_found);
    QCOMPARE(ask({.folder = place.path("nowhere")}), ErrorKind::not_found);
    QCOMPARE(ask({}), ErrorKind::usage);
    std::filesystem::remove_all(place.workspace() + "/runs/" + trained->run);
    QCOMPARE(ask({.run = trained->run, .checkpoint = "last"}), ErrorKind::not_found);
    QVERIFY(session.wait<ChatDone>(session.post(question("And", 4))));
}

void ChatServiceTest::a_megabyte_is_too_large_at_once() {
    Watched session("");
    std::string text;
    while (text.size() < (1 << 20)) text += "the cat sees a dog, and ";
    for (const std::string& large : {text, std::string(1 << 20, 'a')}) {
        QElapsedTimer timer;
        timer.start();
        const auto error = session.failure(session.post(question(large, 100)));
        QVERIFY(error);
        QCOMPARE(error->kind, ErrorKind::too_large);
        QCOMPARE(error->key, std::string("prompt"));
        QCOMPARE(error->expected, std::string("at most 412 tokens"));
        QVERIFY(std::stoll(error->found) > 412);
        QVERIFY2(timer.elapsed() < 10'000, qPrintable(QString::number(timer.elapsed())));
    }
}

void ChatServiceTest::the_oldest_turns_make_room() {
    Watched session("");
    Chat chat = question("And it came to pass", 8);
    const ChatTurn asked = chat.turns[0];
    for (int i = 0; i < 150; ++i) {
        chat.turns.push_back({.from_model = true, .text = " that the king went out."});
        chat.turns.push_back(asked);
    }
    const RequestId request = session.post(chat);
    const auto done = session.wait<ChatDone>(request);
    QVERIFY(done);
    QCOMPARE(done->turn.tokens, int64_t{8});
    const auto started = session.all<ChatStarted>(request).at(0);
    QVERIFY(started.turns_left_out > 0 && started.turns_left_out < 300);
    QVERIFY(started.prompt_tokens <= 504 && started.prompt_tokens > 480);
}

void ChatServiceTest::a_cut_answer_is_told() {
    const Place place;
    Watched session(place.workspace());
    const auto trained = session.wait<TrainDone>(session.train(place.config()));  // a context of 64
    QVERIFY(trained);
    const RequestId request = session.post(question("the cat", 1000, {.folder = trained->checkpoint}));
    const auto done = session.wait<ChatDone>(request);
    QVERIFY(done);
    QCOMPARE(done->turn.finish_reason, std::string("length"));
    QCOMPARE(done->turn.tokens + session.all<ChatStarted>(request).at(0).prompt_tokens, int64_t{64});
    QCOMPARE(session.all<Notice>(request).at(0).kind, std::string("max_tokens_cut"));
    const RequestId generate = session.post(
        Generate{.model = trained->checkpoint, .prompts = {{.text = "the cat"}}, .sample = {.max_tokens = 1000}});
    const auto generated = session.wait<GenerateDone>(generate);
    QVERIFY(generated);
    QCOMPARE(generated->answers[0].finish_reason, std::string("length"));
    QCOMPARE(session.all<Notice>(generate).at(0).kind, std::string("max_tokens_cut"));
}

void ChatServiceTest::a_changed_folder_is_loaded_anew() {
    const Place place;
    const std::string folder = place.path("model");
    std::filesystem::copy(kStarter, folder);
    Watched session("");
    QVERIFY(session.wait<ChatDone>(session.post(question("And", 4, {.folder = folder}))));
    const RequestId again = session.post(question("And", 4, {.folder = folder}));
    QVERIFY(session.wait<ChatDone>(again));
    QVERIFY(session.all<Progress>(again).empty());
    std::filesystem::last_write_time(folder + "/model.safetensors", std::filesystem::file_time_type::clock::now());
    const RequestId changed = session.post(question("And", 4, {.folder = folder}));
    QVERIFY(session.wait<ChatDone>(changed));
    QVERIFY(!session.all<Progress>(changed).empty());
}

void ChatServiceTest::closing_ends_them() {
    Watched session("");
    const RequestId request = session.post(question("And it came to pass", 450));
    QVERIFY(session.wait<TokenChunk>(request));
    session.close();
    const auto done = session.all<ChatDone>(request);
    QCOMPARE(done.size(), size_t{1});
    QCOMPARE(done[0].turn.finish_reason, std::string("cancelled"));
}

QTEST_APPLESS_MAIN(ChatServiceTest)
#include "chat_service_test.moc"

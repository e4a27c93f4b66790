// Conversations without widgets: several answered at once, what failed or was stopped before its first word is taken
// back, and nothing that was typed, sent or answered is lost.
#include <QtTest>
#include <memory>

#include "tests/ui/fake_engine.h"
#include "ui/conversation_text.h"
#include "ui/conversations.h"

using namespace lathe;

class ConversationsTest : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<FakeEngine> engine_;
    std::unique_ptr<Conversations> chats_;

    std::string begin(const std::string& draft) {
        const std::string id = chats_->create({.folder = "/m"}, default_sample());
        chats_->set_draft(id, draft);
        return id;
    }
    RequestId send(const std::string& id) {
        chats_->send(id);
        return engine_->last_request<Chat>();
    }
    const Conversation& kept(const std::string& id) { return chats_->find(id)->kept; }
    void end(RequestId request, const std::string& text, const std::string& reason) {
        engine_->say(request, ChatDone{.turn = {.from_model = true, .text = text, .finish_reason = reason}});
    }
    static Error error(ErrorKind kind) { return {.kind = kind}; }

private Q_SLOTS:
    void init() {
        engine_ = std::make_unique<FakeEngine>();
        chats_ = std::make_unique<Conversations>(*engine_);
    }
    void cleanup() {
        chats_.reset();
        engine_.reset();
    }

    void a_text_is_saved_and_then_answered() {
        const std::string id = begin("Once");
        QCOMPARE(engine_->count<Chat>(), 0);
        const RequestId request = send(id);
        const Chat& chat = *engine_->last<Chat>();
        QCOMPARE(chat.conversation, id);
        QCOMPARE(chat.turns.size(), size_t{1});
        QCOMPARE(chat.turns[0].text, std::string("Once"));
        QCOMPARE(chat.sample.temperature, 0.8);
        const Conversation& saved = engine_->last<SaveConversation>()->conversation;
        QCOMPARE(saved.turns.size(), size_t{1});
        QVERIFY(saved.draft.empty());
        QVERIFY(engine_->last_request<SaveConversation>() < request);

        engine_->say(request, ChatStarted{.conversation = id});
        engine_->say(request, TokenChunk{.text = " upon", .tokens = 1});
        engine_->say(request, TokenChunk{.text = " a time", .tokens = 2});
        QCOMPARE(kept(id).turns.back().text, std::string(" upon a time"));
        QCOMPARE(kept(id).turns.back().tokens, 3);
        end(request, " upon a time.", "stop");
        QVERIFY(!chats_->find(id)->answering);
        QCOMPARE(kept(id).turns.back().text, std::string(" upon a time."));
        QTRY_COMPARE(engine_->last<SaveConversation>()->conversation.turns.size(), size_t{2});
    }

    void two_are_answered_at_once() {
        const std::string one = begin("one");
        const RequestId first = send(one);
        const std::string two = begin("two");
        const RequestId second = send(two);
        QVERIFY(one != two);
        for (int i = 0; i < 3; ++i) {
            engine_->say(first, TokenChunk{.text = "a"});
            engine_->say(second, TokenChunk{.text = "b"});
        }
        end(second, "bbb", "stop");
        engine_->say(first, TokenChunk{.text = "a"});
        QCOMPARE(kept(one).turns.back().text, std::string("aaaa"));
        QCOMPARE(kept(two).turns.back().text, std::string("bbb"));
        QVERIFY(chats_->find(one)->answering);
        QVERIFY(!chats_->find(two)->answering);
        QVERIFY(engine_->cancelled.empty());
        QVERIFY(!chats_->send(one));  // it is being answered
    }

    void stop_asks_once_and_keeps_the_text() {
        const std::string id = begin("x");
        const RequestId request = send(id);
        engine_->say(request, TokenChunk{.text = " y"});
        chats_->stop(id);
        chats_->stop(id);
        QCOMPARE(engine_->cancelled, std::vector<RequestId>{request});
        QVERIFY(chats_->find(id)->answering->stopping);
        end(request, " y", "cancelled");
        QCOMPARE(kept(id).turns.back().text, std::string(" y"));
    }

    void stopped_before_the_first_word_all_is_as_before() {
        const std::string id = begin("x");
        const RequestId request = send(id);
        chats_->stop(id);
        end(request, "", "cancelled");
        QVERIFY(kept(id).turns.empty());
        QCOMPARE(kept(id).draft, std::string("x"));
    }

    void an_empty_text_goes_on_from_what_is_there() {
        const std::string id = begin("x");
        end(send(id), " y", "length");
        chats_->set_draft(id, "later");
        QVERIFY(chats_->go_on(id));
        const Chat& chat = *engine_->last<Chat>();
        QCOMPARE(chat.turns.size(), size_t{2});
        QVERIFY(chat.turns.back().from_model);
        QCOMPARE(kept(id).draft, std::string("later"));
        end(engine_->last_request<Chat>(), " z", "stop");
        chats_->set_draft(id, "");
        QVERIFY(chats_->send(id));
        QCOMPARE(text_of(kept(id)), "x y z");
        QVERIFY(!chats_->send(begin("")));  // nothing to go on from
    }

    void again_takes_another_seed_and_gives_the_old_answer_back_where_it_fails() {
        const std::string id = begin("x");
        end(send(id), " old", "stop");
        QVERIFY(chats_->again(id));
        QCOMPARE(engine_->last<Chat>()->turns.size(), size_t{1});
        QCOMPARE(engine_->last<Chat>()->sample.seed, 1);
        end(engine_->last_request<Chat>(), " new", "stop");
        QCOMPARE(kept(id).turns.back().text, std::string(" new"));
        chats_->again(id);
        QCOMPARE(engine_->last<Chat>()->sample.seed, 2);
        engine_->say(engine_->last_request<Chat>(), Failed{error(ErrorKind::memory)});
        QCOMPARE(kept(id).turns.size(), size_t{2});
        QCOMPARE(kept(id).turns.back().text, std::string(" new"));
        QVERIFY(kept(id).draft.empty());
    }

    void a_failure_returns_the_text_where_nothing_was_answered() {
        int failures = 0;
        connect(chats_.get(), &Conversations::answer_failed, this, [&] { ++failures; });
        const std::string id = begin("x");
        RequestId request = send(id);
        chats_->set_draft(id, "next");
        engine_->say(request, Failed{error(ErrorKind::not_found)});
        QCOMPARE(failures, 1);
        QCOMPARE(kept(id).draft, std::string("x\nnext"));
        QVERIFY(kept(id).turns.empty());
        QVERIFY(chats_->find(id)->error);

        request = send(id);
        QVERIFY(!chats_->find(id)->error);
        engine_->say(request, TokenChunk{.text = "half"});
        engine_->say(request, Failed{error(ErrorKind::memory)});
        QCOMPARE(failures, 2);
        QCOMPARE(kept(id).turns.size(), size_t{2});
        QCOMPARE(kept(id).turns.back().text, std::string("half"));
        QCOMPARE(ending_text(kept(id).turns.back().finish_reason), "cut off before it ended");
    }

    void a_deletion_can_be_undone() {
        const std::string id = begin("x");
        const RequestId request = send(id);
        engine_->say(request, TokenChunk{.text = " y"});
        chats_->remove(id);
        QCOMPARE(engine_->cancelled, std::vector<RequestId>{request});
        QCOMPARE(engine_->last<DeleteConversation>()->id, id);
        QVERIFY(chats_->find(id) == nullptr);
        end(request, " y", "cancelled");  // of nobody
        QCOMPARE(chats_->undo_remove(), id);
        QCOMPARE(kept(id).turns.back().text, std::string(" y"));
        QCOMPARE(engine_->last<SaveConversation>()->conversation.turns.size(), size_t{2});
        QVERIFY(chats_->undo_remove().empty());
    }

    void changes_are_saved_a_moment_later_and_at_the_end() {
        const std::string id = begin("d");
        chats_->set_draft(id, "dr");
        chats_->set_draft(id, "draft");
        QCOMPARE(engine_->count<SaveConversation>(), 0);
        QTRY_COMPARE(engine_->count<SaveConversation>(), 1);
        QCOMPARE(engine_->last<SaveConversation>()->conversation.draft, std::string("draft"));
        chats_->rename(id, "name");
        chats_.reset();
        QCOMPARE(engine_->count<SaveConversation>(), 2);
        QCOMPARE(engine_->last<SaveConversation>()->conversation.title, std::string("name"));
    }

    void a_blank_one_is_not_saved_and_not_doubled() {
        const std::string id = begin("");
        QCOMPARE(begin(""), id);
        chats_->flush();
        QCOMPARE(engine_->count<SaveConversation>(), 0);
        begin("text");
        QVERIFY(begin("") == begin(""));
        QCOMPARE(chats_->all().size(), size_t{2});
    }

    void a_restart_restores() {
        Conversation stored{.id = "s", .draft = "half a th", .updated_at_ms = 5};
        stored.turns = {{.text = "x"}, {.from_model = true, .text = " cut"}};
        Conversation unanswered{.id = "u", .updated_at_ms = 9};
        unanswered.turns = {{.text = "y"}, {.from_model = true}};  // a crash before the first word
        engine_->say(1, WorkspaceOpened{});
        engine_->say(engine_->last_request<ListConversations>(), ConversationsListed{{stored, unanswered}});
        QVERIFY(chats_->listed());
        QCOMPARE(chats_->all().front().kept.id, std::string("u"));
        QCOMPARE(kept("u").turns.size(), size_t{1});
        QCOMPARE(kept("s").turns.back().text, std::string(" cut"));
        QCOMPARE(kept("s").draft, std::string("half a th"));
        QVERIFY(chats_->go_on("u"));
    }

    // What was begun before the record came stays.
    void the_record_joins_what_is_there() {
        const std::string id = begin("early");
        engine_->say(1, WorkspaceOpened{});
        engine_->say(engine_->last_request<ListConversations>(), ConversationsListed{{{.id = "s"}}});
        QCOMPARE(chats_->all().size(), size_t{2});
        QCOMPARE(kept(id).draft, std::string("early"));
    }

    void a_record_that_fails_is_told_once_and_tried_again() {
        int told = 0, works = 0;
        connect(chats_.get(), &Conversations::record_failed, this, [&] { ++told; });
        connect(chats_.get(), &Conversations::record_works, this, [&] { ++works; });
        chats_->workspace_failed(error(ErrorKind::locked));
        QCOMPARE(told, 1);
        const std::string id = begin("x");
        chats_->flush();
        engine_->say(engine_->last_request<SaveConversation>(), Failed{error(ErrorKind::locked)});
        QCOMPARE(told, 1);
        const int saves = engine_->count<SaveConversation>();
        chats_->flush();
        QCOMPARE(engine_->count<SaveConversation>(), saves + 1);
        const RequestId request = send(id);  // talking goes on
        end(request, " y", "stop");
        QCOMPARE(works, 0);
        engine_->answer<SaveConversation>(ConversationSaved{});
        QCOMPARE(works, 1);
        engine_->answer<SaveConversation>(ConversationSaved{});
        QCOMPARE(works, 1);
        engine_->say(1, WorkspaceOpened{});
        engine_->answer<ListConversations>(Failed{error(ErrorKind::io)});
        QCOMPARE(told, 2);
    }

    void a_former_answer_comes_back_and_goes_again() {
        int changes = 0;
        connect(chats_.get(), &Conversations::turns_changed, this, [&] { ++changes; });
        const std::string id = begin("x");
        QVERIFY(!chats_->swap_former(id));
        end(send(id), " old", "stop");
        QVERIFY(!chats_->swap_former(id));
        chats_->again(id);
        QVERIFY(!chats_->swap_former(id));  // while it is being answered
        end(engine_->last_request<Chat>(), " new", "stop");
        changes = 0;
        QVERIFY(chats_->swap_former(id));
        QVERIFY(changes > 0);
        QCOMPARE(text_of(kept(id)), "x old");
        QTRY_COMPARE(engine_->last<SaveConversation>()->conversation.turns.back().text, std::string(" old"));
        QVERIFY(chats_->swap_former(id));
        QCOMPARE(text_of(kept(id)), "x new");
        QVERIFY(chats_->go_on(id));
        QVERIFY(!chats_->swap_former(id));
        engine_->answer<Chat>(Failed{error(ErrorKind::not_found)});  // nothing took its place
        QVERIFY(chats_->swap_former(id) && chats_->swap_former(id));
        QCOMPARE(text_of(kept(id)), "x new");
        QVERIFY(chats_->go_on(id));
        end(engine_->last_request<Chat>(), "er", "stop");
        QVERIFY(!chats_->swap_former(id));  // what came after it would go
        QCOMPARE(text_of(kept(id)), "x newer");
    }

    void an_answer_goes_on_from_an_alternative() {
        const std::string id = begin("x");
        RequestId request = send(id);
        QCOMPARE(engine_->last<Chat>()->logprobs, int64_t{0});
        end(request, " y", "stop");
        QVERIFY(!chats_->find(id)->tokens.contains(1));
        QVERIFY(!chats_->go_on_from(id, 1, 0, {}));  // its tokens are not known

        chats_->set_logprobs(20);
        chats_->again(id);
        request = engine_->last_request<Chat>();
        QCOMPARE(engine_->last<Chat>()->logprobs, int64_t{20});
        for (int32_t token = 0; token < 4; ++token) {
            TokenLogprobs told{.chosen = {.token = token, .bytes = "a"}, .rank = 1, .entropy = 1, .top = {}};
            told.top = {told.chosen, {.token = 50 + token, .bytes = "b"}, {.token = 60 + token, .bytes = "c"}};
            engine_->say(request, TokenChunk{.text = "a", .logprobs = told});
        }
        end(request, "aaaa", "length");
        QVERIFY(chats_->go_on(id));
        end(engine_->last_request<Chat>(), "end", "stop");
        const auto told = chats_->find(id)->tokens.at(1);
        QCOMPARE(told.size(), size_t{4});

        QVERIFY(!chats_->go_on_from(id, 1, 4, told[0].top[1]));
        QVERIFY(chats_->go_on_from(id, 1, 2, told[2].top[2]));
        const Chat& chat = *engine_->last<Chat>();
        QCOMPARE(chat.turns.size(), size_t{1});
        QCOMPARE(chat.answer_begin, (std::vector<int32_t>{0, 1, 62}));
        QCOMPARE(engine_->last<SaveConversation>()->conversation.turns.size(), size_t{1});
        const auto& begun = chats_->find(id)->tokens.at(1);
        QCOMPARE(begun.size(), size_t{3});
        QCOMPARE(begun[2].chosen.token, 62);
        QCOMPARE(begun[2].rank, int64_t{3});
        QCOMPARE(begun[2].top.size(), size_t{3});
        QVERIFY(!chats_->go_on_from(id, 1, 0, told[0].top[1]));  // it is being answered
        // Stopped before the first word, all is as before.
        chats_->stop(id);
        end(engine_->last_request<Chat>(), "", "cancelled");
        QCOMPARE(text_of(kept(id)), "xaaaaend");
        QCOMPARE(chats_->find(id)->tokens.at(1).size(), size_t{4});
        QVERIFY(chats_->find(id)->tokens.contains(2));

        chats_->go_on_from(id, 1, 2, told[2].top[2]);
        request = engine_->last_request<Chat>();
        engine_->say(request, TokenChunk{.text = "aacd", .tokens = 4, .logprobs = told[3]});
        QCOMPARE(chats_->find(id)->tokens.at(1).size(), size_t{4});
        end(request, "aacd", "stop");
        QVERIFY(chats_->swap_former(id));
        QCOMPARE(text_of(kept(id)), "xaaaaend");
        QCOMPARE(chats_->find(id)->tokens.at(1)[2].chosen.token, 2);
        QVERIFY(chats_->swap_former(id));
        QCOMPARE(text_of(kept(id)), "xaacd");
        QCOMPARE(chats_->find(id)->tokens.at(1)[2].chosen.token, 62);
        QVERIFY(!chats_->find(id)->tokens.contains(2));
        // Another step of a run has the vocabulary; another model may not.
        Conversation other = kept(id);
        other.model.checkpoint = "best";
        chats_->set_model(id, other.model);
        QVERIFY(!chats_->find(id)->tokens.empty());
        chats_->set_model(id, {.folder = "/other"});
        QVERIFY(chats_->find(id)->tokens.empty());
        QVERIFY(!chats_->go_on_from(id, 1, 0, told[0].top[1]));
    }

    void a_former_answer_is_not_lost_with_a_deletion() {
        const std::string id = begin("x");
        end(send(id), " old", "stop");
        chats_->again(id);
        chats_->remove(id);  // before its first word
        QCOMPARE(chats_->undo_remove(), id);
        QCOMPARE(text_of(kept(id)), "x old");
    }

    void titles_and_texts() {
        Conversation c;
        QCOMPARE(title_of(c), "New conversation");
        c.draft = "  the draft\nmore";
        QCOMPARE(title_of(c), "the draft");
        c.turns = {{.text = "안녕하세요, " + std::string(500, 'x')},
                   {.from_model = true, .text = " a"},
                   {.from_model = true, .text = "b"},
                   {.text = "next"},
                   {.from_model = true, .text = " c\n"},
                   {.text = "end"}};
        QVERIFY(title_of(c).startsWith("안녕하세요, x"));
        QVERIFY(title_of(c).size() < 70);
        QVERIFY(text_of(c).endsWith("x ab\nnext c\nend"));
        c.title = "A/B: c";
        QCOMPARE(file_name_of(c), "A B c");
        QVERIFY(markdown_of(c).startsWith("# A/B: c\n\n## You\n\n안녕"));
        QVERIFY(markdown_of(c).contains("## Model\n\n ab\n\n## You\n\nnext"));
        for (size_t bytes = 0; bytes < 9; ++bytes) QVERIFY(!beginning_of("가나다", bytes).contains(QChar(0xFFFD)));
        for (size_t bytes = 0; bytes < 9; ++bytes) QVERIFY(!ending_of("가나다", bytes).contains(QChar(0xFFFD)));
        QCOMPARE(ending_of("가나다", 4), "다");
    }
};

QTEST_GUILESS_MAIN(ConversationsTest)
#include "conversations_test.moc"

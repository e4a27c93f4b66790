// Conversations in the store: whole replacement, growing turns, order, any text.
#include <QtTest>

#include "engine/store/store.h"
#include "tests/engine/base/caught.h"
#include "tests/engine/store/store_rows.h"

using namespace lathe;

namespace {

Conversation conversation(const std::string& id, int64_t updated_at_ms) {
    return {
        .id = id,
        .title = "title of " + id,
        .model = {.folder = "/models/a", .run = "r", .checkpoint = "best"},
        .sample = {.max_tokens = 7, .temperature = 0.8, .top_p = 0.95, .seed = 3, .stop = {"\n\n", "끝"}},
        .draft = "not yet sent",
        .turns = {{.text = "Hello"},
                  {.from_model = true, .text = " there", .finish_reason = "stop", .tokens = 2, .tokens_per_s = 9.5}},
        .updated_at_ms = updated_at_ms};
}

bool equal(const ChatTurn& a, const ChatTurn& b) {
    return a.from_model == b.from_model && a.text == b.text && a.finish_reason == b.finish_reason &&
           a.tokens == b.tokens && a.tokens_per_s == b.tokens_per_s;
}

bool equal(const Conversation& a, const Conversation& b) {
    return a.id == b.id && a.title == b.title && a.model.folder == b.model.folder && a.model.run == b.model.run &&
           a.model.checkpoint == b.model.checkpoint && to_json(a.sample) == to_json(b.sample) && a.draft == b.draft &&
           a.updated_at_ms == b.updated_at_ms &&
           std::equal(a.turns.begin(), a.turns.end(), b.turns.begin(), b.turns.end(),
                      [](const ChatTurn& x, const ChatTurn& y) { return equal(x, y); });
}

}  // namespace

class StoreChatsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() {
        folder_ = std::make_unique<QTemporaryDir>();
        path_ = folder_->filePath("lathe.db").toStdString();
    }

    void come_back_last_updated_first() {
        {
            Store store(path_, Store::Mode::read_write);
            for (const auto& [id, time] : {std::pair("b", 5), std::pair("a", 9), std::pair("c", 5)})
                store.save_conversation(conversation(id, time));
            store.flush();
        }
        const auto list = Store(path_, Store::Mode::read_only).list_conversations();
        QCOMPARE(list.size(), size_t{3});
        QVERIFY(equal(list[0], conversation("a", 9)));
        QVERIFY(equal(list[1], conversation("b", 5)));
        QVERIFY(equal(list[2], conversation("c", 5)));
    }

    void saving_replaces_the_whole() {
        Store store(path_, Store::Mode::read_write);
        store.save_conversation(conversation("a", 1));
        store.save_conversation(conversation("b", 1));
        Conversation shorter = conversation("a", 2);
        shorter.turns.pop_back();
        shorter.draft.clear();
        store.save_conversation(shorter);
        const auto list = store.list_conversations();
        QCOMPARE(list.size(), size_t{2});
        QVERIFY(equal(list[0], shorter));
        QVERIFY(equal(list[1], conversation("b", 1)));
        store.flush();
    }

    void a_turn_grows_and_nothing_else() {
        Store store(path_, Store::Mode::read_write);
        Conversation wanted = conversation("a", 1);
        store.save_conversation(wanted);
        wanted.turns.push_back({.text = "And then?"});
        wanted.turns.push_back({.from_model = true, .text = "Once"});
        store.save_turn("a", 2, wanted.turns[2]);
        store.save_turn("a", 3, wanted.turns[3]);
        wanted.turns[3].text = "Once upon";
        wanted.turns[3].finish_reason = "length";
        store.save_turn("a", 3, wanted.turns[3]);
        QVERIFY(equal(store.list_conversations().front(), wanted));
    }

    // The answer of a conversation that was deleted meanwhile.
    void a_turn_of_nothing_is_ignored() {
        Store store(path_, Store::Mode::read_write);
        store.save_conversation(conversation("a", 1));
        store.delete_conversation("a");
        store.save_turn("a", 0, {.text = "late"});
        store.delete_conversation("never there");
        store.flush();
        QVERIFY(store.list_conversations().empty());
        Conversation again = conversation("a", 2);
        again.turns.clear();
        store.save_conversation(again);
        QVERIFY(equal(store.list_conversations().front(), again));
    }

    void any_text() {
        std::string large;
        while (large.size() < (8 << 20)) large += "가나다 \xF0\x9F\xA6\x80 \"quoted\" \\ \n\t";
        Conversation odd = conversation("'; DROP TABLE turns; --", 1);
        odd.title = std::string("a\0b", 3);
        odd.draft = std::string(1, '\0');
        odd.turns = {{.text = large}, {.from_model = true, .text = std::string("x\0y\0", 4)}};
        {
            Store store(path_, Store::Mode::read_write);
            store.save_conversation(odd);
            store.flush();
        }
        const auto list = Store(path_, Store::Mode::read_only).list_conversations();
        QCOMPARE(list.size(), size_t{1});
        QVERIFY(equal(list.front(), odd));
    }

    // All or nothing: what is too large leaves the one before.
    void too_large_a_text_changes_nothing() {
        Store store(path_, Store::Mode::read_write);
        store.save_conversation(conversation("a", 1));
        store.flush();
        Conversation huge = conversation("a", 2);
        huge.turns.push_back({.text = std::string((64 << 20) + 1, 'x')});
        store.save_conversation(huge);
        QCOMPARE(caught([&] { store.flush(); }).kind, ErrorKind::too_large);
        QVERIFY(equal(store.list_conversations().front(), conversation("a", 1)));
    }

    void turns_are_committed_by_themselves() {
        Store store(path_, Store::Mode::read_write);
        store.save_conversation(conversation("a", 1));
        store.save_turn("a", 2, {.text = "more"});
        Store reader(path_, Store::Mode::read_only);
        const auto seen = [&] {
            const auto list = reader.list_conversations();
            return !list.empty() && list[0].turns.size() == 3;
        };
        QTRY_VERIFY_WITH_TIMEOUT(seen(), 20000);
    }

private:
    std::unique_ptr<QTemporaryDir> folder_;
    std::string path_;
};

QTEST_APPLESS_MAIN(StoreChatsTest)
#include "store_chats_test.moc"

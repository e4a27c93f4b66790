// Conversations: the declarations are in store.h.
#include "engine/store/schema.h"
#include "engine/store/store.h"
#include "engine/store/store_impl.h"

namespace lathe {

namespace {

void delete_turns(Database& database, const std::string& id) {
    database.query("DELETE FROM turns WHERE conversation = ?").bind(id).run();
}

void insert_turn(Database& database, const std::string& conversation, int64_t index, const ChatTurn& turn) {
    database
        .query(
            "INSERT OR REPLACE INTO turns (conversation, turn, from_model, text, finish_reason, tokens, tokens_per_s) "
            "SELECT id, ?, ?, ?, ?, ?, ? FROM conversations WHERE id = ?")
        .bind(index, static_cast<int64_t>(turn.from_model), turn.text, turn.finish_reason, turn.tokens,
              turn.tokens_per_s, conversation)
        .run();
}

std::vector<ChatTurn> read_turns(Database& database, const std::string& id) {
    std::vector<ChatTurn> turns;
    Query query = database.query(
        "SELECT from_model, text, finish_reason, tokens, tokens_per_s FROM turns WHERE conversation = ? ORDER BY turn");
    query.bind(id);
    while (query.step()) {
        turns.push_back({.from_model = query.integer(0) != 0,
                         .text = query.text(1),
                         .finish_reason = query.text(2),
                         .tokens = query.integer(3),
                         .tokens_per_s = query.real(4)});
    }
    return turns;
}

}  // namespace

void Store::save_conversation(const Conversation& conversation) {
    impl_->thread.write([c = conversation](Database& database) {
        database
            .query(
                "INSERT OR REPLACE INTO conversations (id, title, folder, run, checkpoint, sample, draft, "
                "updated_at_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
            .bind(c.id, c.title, c.model.folder, c.model.run, c.model.checkpoint, to_json(c.sample), c.draft,
                  c.updated_at_ms)
            .run();
        delete_turns(database, c.id);
        for (size_t i = 0; i < c.turns.size(); ++i) insert_turn(database, c.id, static_cast<int64_t>(i), c.turns[i]);
    });
}

void Store::save_turn(const std::string& conversation, int64_t index, const ChatTurn& turn) {
    impl_->thread.write([=](Database& database) { insert_turn(database, conversation, index, turn); });
}

void Store::delete_conversation(const std::string& id) {
    impl_->thread.write([id](Database& database) {
        delete_turns(database, id);
        database.query("DELETE FROM conversations WHERE id = ?").bind(id).run();
    });
}

std::vector<Conversation> Store::list_conversations() {
    return impl_->thread.ask([](Database& database) {
        std::vector<Conversation> conversations;
        if (schema_version(database) < 2) return conversations;
        {
            Query query = database.query(
                "SELECT id, title, folder, run, checkpoint, sample, draft, updated_at_ms FROM conversations "
                "ORDER BY updated_at_ms DESC, id");
            while (query.step()) {
                conversations.push_back(
                    {.id = query.text(0),
                     .title = query.text(1),
                     .model = {.folder = query.text(2), .run = query.text(3), .checkpoint = query.text(4)},
                     .sample = parse_sample_config(query.text(5), database.path()),
                     .draft = query.text(6),
                     .turns = {},
                     .updated_at_ms = query.integer(7)});
            }
        }
        for (Conversation& conversation : conversations) conversation.turns = read_turns(database, conversation.id);
        return conversations;
    });
}

}  // namespace lathe

// Commands on the record of conversations. Each returns when it is on disk.
#include "engine/base/error.h"
#include "engine/commands.h"
#include "engine/store/store.h"

namespace lathe {

namespace {

void check_id(const std::string& id) {
    if (id.empty()) fail({.kind = ErrorKind::empty, .key = "conversation", .expected = "an id"});
}

}  // namespace

EventBody run_command(const SaveConversation& command, const CommandContext& context) {
    check_id(command.conversation.id);
    validate(command.conversation.sample);
    const std::shared_ptr<Store> store = context.store(Store::Mode::read_write);
    store->save_conversation(command.conversation);
    store->flush();
    return ConversationSaved{.id = command.conversation.id};
}

EventBody run_command(const DeleteConversation& command, const CommandContext& context) {
    check_id(command.id);
    const std::shared_ptr<Store> store = context.store(Store::Mode::read_write);
    store->delete_conversation(command.id);
    store->flush();
    return ConversationSaved{.id = command.id};
}

EventBody run_command(const ListConversations&, const CommandContext& context) {
    const std::shared_ptr<Store> store = context.reader();
    return ConversationsListed{.conversations = store ? store->list_conversations() : std::vector<Conversation>()};
}

}  // namespace lathe

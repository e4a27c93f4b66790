// How the user keeps his runs: name, note, tags, trash, the queue. Each command returns when it is on disk.
#include <algorithm>
#include <set>

#include "engine/base/error.h"
#include "engine/commands.h"
#include "engine/data/line_reader.h"
#include "engine/found_run.h"
#include "engine/train/training_run.h"
#include "engine/train/trash.h"

namespace lathe {

namespace {

constexpr size_t kLongestName = 200, kLongestNote = 1 << 20, kMostTags = 100;  // bytes, bytes, tags

RunRecord record_of(Store& store, const std::string& run, const std::string& workspace) {
    check_run_id(run);
    auto record = store.find_run(run);
    if (!record) fail({.kind = ErrorKind::not_found, .file = workspace + "/lathe.db", .key = "run " + run});
    return *record;
}

void check_length(const std::string& text, const char* key, size_t most) {
    if (text.size() > most)
        fail({.kind = ErrorKind::too_large,
              .key = key,
              .expected = "at most " + std::to_string(most) + " bytes",
              .found = std::to_string(text.size())});
}

void check_words(const EditRun& command) {
    if (command.name && is_blank(*command.name)) fail({.kind = ErrorKind::empty, .key = "name"});
    if (command.name) check_length(*command.name, "name", kLongestName);
    if (command.note) check_length(*command.note, "note", kLongestNote);
    if (!command.tags) return;
    if (command.tags->size() > kMostTags)
        fail({.kind = ErrorKind::too_large,
              .key = "tags",
              .expected = "at most " + std::to_string(kMostTags),
              .found = std::to_string(command.tags->size())});
    for (const std::string& tag : *command.tags) {
        if (is_blank(tag)) fail({.kind = ErrorKind::empty, .key = "tags"});
        check_length(tag, "tags", kLongestName);
    }
}

bool is_at_work(const RunRecord& run, const CommandContext& context) {
    return run.state == RunState::running || run.state == RunState::paused || context.is_held(run.id);
}

RunChanged changed(Store& store, const std::string& run, const CommandContext& context) {
    return {.summary = run_summary(store, record_of(store, run, context.workspace), context.workspace)};
}

}  // namespace

EventBody run_command(const EditRun& command, const CommandContext& context) {
    check_words(command);
    const std::shared_ptr<Store> store = context.store(Store::Mode::read_write);
    record_of(*store, command.run, context.workspace);
    store->edit_run(command.run, command.name, command.note, command.tags);
    store->flush();
    return changed(*store, command.run, context);
}

EventBody run_command(const TrashRun& command, const CommandContext& context) {
    const std::shared_ptr<Store> store = context.store(Store::Mode::read_write);
    const RunRecord run = record_of(*store, command.run, context.workspace);
    const bool trashed = !command.restore;
    if (trashed && is_at_work(run, context))
        fail({.kind = ErrorKind::usage,
              .key = "run " + run.id,
              .expected = "a run that neither trains nor answers a chat"});
    if (run.trashed != trashed) move_run(context.workspace, *store, run.id, trashed);
    return changed(*store, run.id, context);
}

EventBody run_command(const EmptyTrash&, const CommandContext& context) {
    const std::shared_ptr<Store> store = context.store(Store::Mode::read_write);
    for (const RunRecord& run : store->list_runs(/*trashed=*/true)) {
        context.check();
        delete_trashed_run(context.workspace, *store, run.id);
    }
    return run_command(ListRuns{.trashed = true}, context);
}

EventBody run_command(const SaveQueue& command, const CommandContext& context) {
    std::set<std::string> ids;
    for (const QueuedRun& run : command.runs)
        if (run.id.empty() || !ids.insert(run.id).second)
            fail({.kind = ErrorKind::usage,
                  .key = "queue",
                  .expected = "entries with an id of their own",
                  .found = run.id});
    const std::shared_ptr<Store> store = context.store(Store::Mode::read_write);
    store->save_queue(command.runs);
    store->flush();
    return QueueListed{.runs = command.runs};
}

EventBody run_command(const ListQueue&, const CommandContext& context) {
    const std::shared_ptr<Store> store = context.reader();
    return store ? QueueListed{.runs = store->read_queue()} : QueueListed{};
}

}  // namespace lathe

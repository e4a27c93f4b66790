#include "engine/chat_service.h"

#include <algorithm>

#include "engine/base/config_fields.h"
#include "engine/base/error.h"
#include "engine/infer/chat_format.h"
#include "engine/model_source.h"

namespace lathe {

namespace {

constexpr int64_t kSequences = 32;  // of one forward pass; more wait
constexpr auto kRecordInterval = std::chrono::seconds(1);
// A forward pass over a piece of a prompt takes about 0.2 s on two cores: a training run and other chats wait for it.
constexpr int64_t kPassParameters = 20'000'000'000;

int64_t prefill_tokens(const Model& model) {
    return std::clamp<int64_t>(kPassParameters / std::max<int64_t>(1, model.parameter_count()), 32, 512);
}

}  // namespace

ChatService::Group::Group(const ChatModel& from)
    : model(from),
      generator(*model.model, *model.tokenizer, model.end_tokens, kSequences, prefill_tokens(*model.model)) {}

void ChatService::step() {
    end_cancelled(host_.cancelled);
    if (!waiting_.empty()) {
        Waiting next = std::move(waiting_.front());
        waiting_.pop_front();
        start(std::move(next));
    } else if (!groups_.empty()) {
        forward(groups_.front());
        if (groups_.front().answers.empty())
            groups_.pop_front();
        else
            groups_.splice(groups_.end(), groups_, groups_.begin());
    }
}

void ChatService::end_all() {
    end_cancelled([](RequestId) { return true; });
}

void ChatService::end_cancelled(const std::function<bool(RequestId)>& cancelled) {
    std::erase_if(waiting_, [&](const Waiting& waiting) {
        if (!cancelled(waiting.request)) return false;
        const ChatTurn nothing{.from_model = true, .finish_reason = "cancelled"};
        host_.emit(waiting.request, ChatDone{.conversation = waiting.chat.conversation, .turn = nothing});
        return true;
    });
    for (Group& group : groups_) {
        for (auto entry = group.answers.begin(); entry != group.answers.end();) {
            auto& [request, answer] = *entry;
            if (!cancelled(request)) {
                ++entry;
                continue;
            }
            group.generator.cancel(request);
            end(request, answer, "cancelled");
            entry = group.answers.erase(entry);
        }
    }
    groups_.remove_if([](const Group& group) { return group.answers.empty(); });
}

void ChatService::start(Waiting waiting) {
    bool given_up = false;
    const auto error = error_of([&] {
        auto held_run = host_.hold_run(waiting.chat.model.run);
        const LiveModel weights = weights_for(waiting, given_up);
        begin(waiting, weights, std::move(held_run));
    });
    if (given_up)
        waiting_.push_front(std::move(waiting));  // where it was cancelled, the next step ends it
    else if (error)
        host_.emit(waiting.request, Failed{*error});
}

LiveModel ChatService::weights_for(const Waiting& waiting, bool& given_up) {
    const ModelSource& source = waiting.chat.model;
    if (source.folder.empty() && source.checkpoint == "live") {
        if (auto live = host_.live(source.run)) return *live;
        fail({.kind = ErrorKind::not_found,
              .file = host_.workspace,
              .key = "live weights of run " + source.run,
              .expected = "a run in training"});
    }
    const FoundWeights found = find_weights(source, host_.workspace);
    const auto progress = [&](double share) {
        given_up = host_.make_way() || host_.cancelled(waiting.request);
        if (given_up) fail({.kind = ErrorKind::cancelled});
        host_.emit(waiting.request, Progress{.what = "load", .unit = "share", .done = share, .total = 1});
    };
    return {.weights = models_.get(found.files, progress), .step = found.step};
}

void ChatService::begin(const Waiting& waiting, const LiveModel& source, std::shared_ptr<void> held_run) {
    const auto& [request, chat] = waiting;
    validate(chat.sample);
    check_field(chat.logprobs, Field{.min = 0, .max = static_cast<double>(kMaxLogprobs)}, "logprobs", "");
    const int64_t context = source.weights.model->config().max_position_embeddings;
    std::optional<Error> refused = source.weights.chat_format->refused;
    const bool templated = source.weights.chat_format->chat_template.has_value();
    std::optional<FittedPrompt> fitted;
    if (templated) {
        refused = error_of([&] {
            fitted = fit_chat(chat.turns, *source.weights.chat_format, *source.weights.tokenizer, context,
                              chat.sample.max_tokens);
        });
        // Of the template's errors; one of the conversation is not mended by leaving the template out.
        if (refused && (refused->kind == ErrorKind::empty || refused->key == "prompt")) fail(*refused);
    }
    if (!fitted) fitted = fit_turns(chat.turns, *source.weights.tokenizer, context, chat.sample.max_tokens);
    const FittedPrompt& prompt = *fitted;
    const auto prompt_tokens = static_cast<int64_t>(prompt.tokens.size());
    const std::vector<int32_t>& given = chat.answer_begin;
    const auto begun = static_cast<int64_t>(given.size());
    const bool ended = begun > 0 && std::ranges::count(source.weights.end_tokens, given.back()) > 0;
    Answer answer{.conversation = chat.conversation,
                  .index = static_cast<int64_t>(chat.turns.size()),
                  .begun = begun,
                  .held_run = std::move(held_run)};
    record(answer);
    if (!ended) {
        Group& group = group_of(source.weights);
        group.generator.add(request, prompt.tokens, chat.sample, chat.logprobs, given);
        group.answers.emplace(request, answer);
    }
    host_.emit(request, ChatStarted{.conversation = chat.conversation,
                                    .prompt_tokens = prompt_tokens,
                                    .context_tokens = context,
                                    .turns_left_out = prompt.turns_left_out,
                                    .step = source.step,
                                    .templated = templated && !refused});
    if (!source.weights.other_tokenizer.empty())
        host_.emit(request, Notice{.kind = "tokenizer_differs", .text = source.weights.other_tokenizer});
    if (refused) host_.emit(request, Notice{.kind = "template_refused", .text = refused->sentence()});
    if (auto cut = max_tokens_cut(chat.sample.max_tokens, prompt_tokens + begun, context)) host_.emit(request, *cut);
    if (!ended) return;
    answer.turn.text = valid_utf8(source.weights.tokenizer->decode(given.data(), given.size() - 1));
    answer.turn.tokens = begun;
    end(request, answer, "stop");
}

ChatService::Group& ChatService::group_of(const ChatModel& model) {
    for (Group& group : groups_)
        if (group.model.model == model.model) return group;
    return groups_.emplace_back(model);
}

void ChatService::forward(Group& group) {
    const auto error = error_of([&] {
        group.generator.step([&](const TextPiece& piece) {
            const auto entry = group.answers.find(piece.id);
            add_piece(entry->first, entry->second, piece);
            if (!piece.finish_reason.empty()) group.answers.erase(entry);
        });
    });
    if (!error) return;
    for (auto& [request, answer] : group.answers) {
        record(answer);
        host_.emit(request, Failed{*error});
    }
    group.answers.clear();
}

void ChatService::add_piece(RequestId request, Answer& answer, const TextPiece& piece) {
    answer.last_token = Clock::now();
    if (answer.turn.tokens == 0) {
        answer.first_token = answer.last_token;
        answer.turn.tokens = answer.begun;
    }
    ++answer.turn.tokens;
    answer.turn.text += piece.text;
    if (!piece.text.empty() || piece.logprobs) {
        host_.emit(request, TokenChunk{.text = piece.text,
                                       .tokens = answer.turn.tokens - answer.told_tokens,
                                       .logprobs = piece.logprobs});
        answer.told_tokens = answer.turn.tokens;
    }
    if (!piece.finish_reason.empty())
        end(request, answer, piece.finish_reason);
    else if (answer.last_token - answer.recorded >= kRecordInterval)
        record(answer);
}

void ChatService::end(RequestId request, Answer& answer, const std::string& finish_reason) {
    ChatTurn& turn = answer.turn;
    turn.finish_reason = finish_reason;
    const double seconds = std::chrono::duration<double>(answer.last_token - answer.first_token).count();
    const int64_t timed = turn.tokens - answer.begun - 1;  // after the first, which waits for the prompt
    if (timed > 0 && seconds > 0) turn.tokens_per_s = static_cast<double>(timed) / seconds;
    record(answer);
    host_.emit(request, ChatDone{.conversation = answer.conversation, .turn = turn});
}

void ChatService::record(Answer& answer) {
    answer.recorded = Clock::now();
    if (!answer.conversation.empty()) host_.record(answer.conversation, answer.index, answer.turn);
}

}  // namespace lathe

// Commands on a model: logits, generate, bench.
#include <chrono>

#include "engine/base/error.h"
#include "engine/base/json.h"
#include "engine/commands.h"
#include "engine/infer/chat_format.h"
#include "engine/infer/scorer.h"
#include "engine/infer/text_generation.h"
#include "engine/model/model_io.h"
#include "engine/model_source.h"
#include "engine/train/train_bench.h"

namespace lathe {

namespace {

constexpr int64_t kMaxMessages = 16 << 20;

void write_logits(Model& model, const ComputeLogits& command) {
    std::vector<float> rows;
    const int64_t vocab = model.config().vocab_size, count = static_cast<int64_t>(command.tokens.size());
    rows.reserve(static_cast<size_t>(count * vocab));
    score_rows(model, command.tokens,
               [&](int64_t, const float* logits) { rows.insert(rows.end(), logits, logits + vocab); });
    write_safetensors(command.out,
                      {{.name = "logits", .dtype = Dtype::F32, .shape = {count, vocab}, .data = rows.data()}}, {});
}

}  // namespace

EventBody run_command(const ComputeLogits& command, const CommandContext& context) {
    LoadedModel loaded =
        load_model(with_base({command.model, command.adapter, command.strict}, context.workspace), WeightForm::packed);
    context.tell(loaded);
    if (!command.out.empty()) write_logits(*loaded.model, command);
    TokenScores scores = score_tokens(*loaded.model, command.tokens);
    return LogitsDone{.logits = std::move(scores.last_logits), .token_logprobs = std::move(scores.token_logprobs)};
}

EventBody run_command(const Generate& command, const CommandContext& context) {
    validate(command.sample);
    if (command.prompts.empty() && command.messages.empty())
        fail({.kind = ErrorKind::empty, .key = "prompts", .expected = "at least one prompt"});
    const ModelFiles files = with_base({command.model, command.adapter, command.strict}, context.workspace);
    LoadedModel loaded = load_model(files, WeightForm::packed);
    context.tell(loaded);
    const Tokenizer tokenizer = Tokenizer::open(Tokenizer::place_of(files));
    TextGenerator generator(*loaded.model, tokenizer, end_tokens(loaded.config), command.max_sequences);
    GenerateDone done;
    const auto add = [&](const auto& prompt, const SampleConfig& settings) {
        Generation& answer = done.answers.emplace_back();
        answer.prompt_token_ids = generator.add(done.answers.size() - 1, prompt, settings);
        const auto cut = max_tokens_cut(settings.max_tokens, static_cast<int64_t>(answer.prompt_token_ids.size()),
                                        loaded.config.model.max_position_embeddings);
        if (cut) context.emit(*cut);
    };
    for (const Generate::Prompt& prompt : command.prompts) {
        SampleConfig settings = command.sample;
        if (prompt.max_tokens > 0) settings.max_tokens = prompt.max_tokens;
        add(prompt.text, settings);
    }
    if (!command.messages.empty())
        add(message_tokens(read_json(command.messages, kMaxMessages), command.messages, read_chat_format(tokenizer),
                           tokenizer),
            command.sample);
    const auto began = std::chrono::steady_clock::now();
    int64_t tokens = 0;
    while (!generator.idle()) {
        context.check();
        generator.step([&](const TextPiece& piece) {
            Generation& answer = done.answers[piece.id];
            answer.text += piece.text;
            answer.token_ids.push_back(piece.token);
            answer.finish_reason = piece.finish_reason;
            ++tokens;
            if (!piece.text.empty())
                context.emit(TokenChunk{.index = static_cast<int64_t>(piece.id), .text = piece.text});
        });
    }
    done.tokens_per_s =
        static_cast<double>(tokens) / std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
    return done;
}

EventBody run_command(const TrainBench& command, const CommandContext& context) {
    return BenchDone{.json = run_train_bench(command, context.go_on)};
}

}  // namespace lathe

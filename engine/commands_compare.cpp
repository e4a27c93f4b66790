// A tuned run beside the model that it began from: the losses of both on the run's validation split, and what each
// answers to the split's examples.
#include "engine/base/error.h"
#include "engine/commands.h"
#include "engine/infer/text_generation.h"
#include "engine/model/adapter.h"
#include "engine/run_evaluation.h"
#include "engine/train/run_data.h"

namespace lathe {

namespace {

// The last answer of an example, and all before it.
struct Question {
    std::vector<int32_t> prompt, answer;
};

std::vector<int32_t> ids_of(std::span<const uint32_t> tokens) {
    std::vector<int32_t> ids;
    for (const uint32_t token : tokens) ids.push_back(static_cast<int32_t>(token & ~kMaskedToken));
    return ids;
}

std::string text_of(const Tokenizer& tokenizer, const std::vector<int32_t>& ids) {
    return valid_utf8(tokenizer.decode(ids.data(), ids.size()));
}

// The last run of targets; its prompt is empty where there is no token before it.
Question question_of(std::span<const uint32_t> tokens) {
    const auto masked = [&](size_t token) { return (tokens[token] & kMaskedToken) != 0; };
    size_t end = tokens.size();
    while (end > 0 && masked(end - 1)) --end;
    size_t begin = end;
    while (begin > 0 && !masked(begin - 1)) --begin;
    return {.prompt = ids_of(tokens.subspan(0, begin)), .answer = ids_of(tokens.subspan(begin, end - begin))};
}

// Of the first held-back examples whose prompts fit the context. `answers` has the same documents as the dataset's
// cache, and of each the answers alone as targets.
std::vector<Question> held_back_questions(const TokenCache& answers, const Dataset& dataset, int64_t context,
                                          int64_t most) {
    std::vector<Question> questions;
    for (int64_t i = 0; i < answers.documents() && static_cast<int64_t>(questions.size()) < most; ++i) {
        if (!dataset.is_validation_document(i)) continue;
        Question question = question_of(answers.tokens_between(answers.document_begin(i), answers.document_end(i)));
        const auto length = static_cast<int64_t>(question.prompt.size());
        if (length > 0 && length < context && !question.answer.empty()) questions.push_back(std::move(question));
    }
    return questions;
}

std::vector<Question> questions_of(const RunMaterials& materials, const RunConfig& config, int64_t most,
                                   const CommandContext& context) {
    const TokenCache& cache = *materials.cache;
    if (!cache.masked() || most <= 0) return {};
    const int64_t longest = materials.model->config().max_position_embeddings;
    if (!config.data.train_on_prompt) return held_back_questions(cache, *materials.dataset, longest, most);
    ExampleOptions options = example_options(config.data);
    options.train_on_prompt = false;
    options.mask_history = true;
    const TokenCache answers = open_token_cache(
        context.workspace + "/datasets", document_source(config.data), encoder_of(*materials.tokenizer, options),
        [&](int64_t, int64_t) { return context.go_on(); }, context.threads);
    // A row whose answer cannot be told from its prompt is learnt, and left out here.
    if (answers.documents() != cache.documents()) return {};
    return held_back_questions(answers, *materials.dataset, longest, most);
}

// What ends an answer: the model's end tokens, and the one that ends those that it was taught.
std::vector<int32_t> ends_of(const RunMaterials& materials, const std::vector<Question>& questions) {
    std::vector<int32_t> ends = end_tokens(materials.base);
    for (const Question& question : questions)
        if (materials.tokenizer->is_special(question.answer.back())) ends.push_back(question.answer.back());
    return ends;
}

class Comparison {
public:
    struct Side {
        EvalResult result;
        std::vector<std::string> answers;
    };

    Comparison(const RunMaterials& materials, std::vector<Question> questions, int64_t max_tokens,
               const CommandContext& context)
        : materials_(materials),
          questions_(std::move(questions)),
          ends_(ends_of(materials, questions_)),
          max_tokens_(max_tokens),
          context_(context) {}

    // Of two, each half of the work.
    Side measure(Model& model) {
        Side side;
        side.result = evaluate_validation(model, *materials_.dataset, context_,
                                          [&](double share) { tell(questions_.empty() ? share : share / 2); });
        side.answers.resize(questions_.size());
        if (!questions_.empty()) answer(model, side.answers);
        ++measured_;
        return side;
    }

    std::vector<TunedCompared::Answer> answers(const Side& base, const Side& tuned) const {
        std::vector<TunedCompared::Answer> rows;
        for (size_t i = 0; i < questions_.size(); ++i) {
            std::vector<int32_t> expected = questions_[i].answer;
            while (!expected.empty() && materials_.tokenizer->is_special(expected.back())) expected.pop_back();
            rows.push_back({.prompt = text_of(*materials_.tokenizer, questions_[i].prompt),
                            .expected = text_of(*materials_.tokenizer, expected),
                            .before = base.answers[i],
                            .after = tuned.answers[i]});
        }
        return rows;
    }

private:
    void tell(double share) {
        context_.progress({.what = "compare", .unit = "share", .done = (measured_ + share) / 2, .total = 1});
    }

    void answer(Model& model, std::vector<std::string>& answers) {
        constexpr int64_t kTogether = 16;
        TextGenerator generator(model, *materials_.tokenizer, ends_, kTogether);
        const SampleConfig greedy{.max_tokens = max_tokens_, .stop = {}};
        for (size_t i = 0; i < questions_.size(); ++i) generator.add(i, questions_[i].prompt, greedy);
        const double most = static_cast<double>(questions_.size()) * static_cast<double>(max_tokens_);
        double tokens = 0;
        while (!generator.idle()) {
            context_.check();
            generator.step([&](const TextPiece& piece) {
                answers[piece.id] += piece.text;
                ++tokens;
            });
            tell(0.5 + 0.5 * tokens / most);
        }
    }

    const RunMaterials& materials_;
    std::vector<Question> questions_;
    std::vector<int32_t> ends_;
    int64_t max_tokens_;
    const CommandContext& context_;
    double measured_ = 0;
};

Comparison::Side measure_base(Comparison& comparison, RunMaterials& materials, const RunConfig& config,
                              const CommandContext& context) {
    if (config.lora) {
        const WithoutAdapter base(*materials.model);
        return comparison.measure(*materials.model);
    }
    materials.model.reset();  // never both in memory
    const LoadedModel base = load_model(
        {config.base_model->path, "", config.base_model->strict}, WeightForm::plain,
        [&](double share) { context.progress({.what = "load", .unit = "share", .done = share, .total = 1}); });
    base.model->reserve_positions(config.data.max_length);
    return comparison.measure(*base.model);
}

}  // namespace

EventBody run_command(const CompareWithBase& command, const CommandContext& context) {
    if (command.max_tokens < 1)
        fail({.kind = ErrorKind::out_of_range,
              .key = "max_tokens",
              .expected = "1 or more",
              .found = std::to_string(command.max_tokens)});
    const EvaluatedRun run = find_evaluated_run(command.run, command.checkpoint, context);
    if (!run.config.base_model)
        fail({.kind = ErrorKind::not_found,
              .file = run.folder,
              .key = "base_model",
              .expected = "a run that began from a model"});
    RunMaterials materials = load_evaluated_run(run, context);
    if (materials.provenance.base_sha256 != run.snapshot.provenance.base_sha256)
        context.emit(Notice{.kind = "base_differs", .text = "the base model has changed since the run began"});
    Comparison comparison(materials, questions_of(materials, run.config, command.answers, context), command.max_tokens,
                          context);
    const Comparison::Side tuned = comparison.measure(*materials.model);
    const Comparison::Side base = measure_base(comparison, materials, run.config, context);
    return TunedCompared{.run = run.snapshot.run,
                         .base = run.config.base_model->path,
                         .step = run.snapshot.step,
                         .tokens = tuned.result.targets,
                         .base_loss = base.result.loss(),
                         .tuned_loss = tuned.result.loss(),
                         .answers = comparison.answers(base, tuned)};
}

}  // namespace lathe

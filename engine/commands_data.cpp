// Commands on text: encoding, evaluation.
#include <algorithm>
#include <chrono>
#include <cmath>
#include <numbers>

#include "engine/base/error.h"
#include "engine/base/files.h"
#include "engine/base/json.h"
#include "engine/base/memory.h"
#include "engine/commands.h"
#include "engine/data/baseline.h"
#include "engine/data/bpe_trainer.h"
#include "engine/data/document_stream.h"
#include "engine/infer/scorer.h"
#include "engine/model/model_io.h"
#include "engine/model_source.h"
#include "engine/run_evaluation.h"

namespace lathe {

namespace {

constexpr int64_t kLargestText = 1LL << 30;
constexpr int64_t kLongestWindow = 1024;

EvaluateDone evaluated(double loss_sum, int64_t tokens, int64_t bytes, int64_t window, int64_t stride) {
    if (tokens == 0) fail({.kind = ErrorKind::empty, .key = "data", .expected = "at least two tokens of text"});
    const double loss = loss_sum / static_cast<double>(tokens);
    return {.loss = loss,
            .perplexity = std::exp(loss),
            .bits_per_byte = loss_sum / (std::numbers::ln2 * static_cast<double>(bytes)),
            .tokens = tokens,
            .bytes = bytes,
            .window = window,
            .stride = stride,
            .bigram_bits_per_byte = std::nullopt};
}

EvaluateDone evaluate_run(const Evaluate& command, const CommandContext& context) {
    const EvaluatedRun run = find_evaluated_run(command.run, command.checkpoint, context);
    const RunMaterials materials = load_evaluated_run(run, context);
    const EvalResult result = evaluate_validation(*materials.model, *materials.dataset, context, [&](double share) {
        context.progress({.what = "evaluate", .unit = "share", .done = share, .total = 1});
    });
    const int64_t length = run.config.data.max_length;
    EvaluateDone done = evaluated(result.loss_sum, result.targets, result.bytes, length, length);
    done.bigram_bits_per_byte = ngram_baseline(*materials.dataset, materials.model->config().vocab_size).bits_per_byte;
    return done;
}

EvaluateDone evaluate_files(const Evaluate& command, const CommandContext& context) {
    const ModelFiles files = with_base({command.model, command.adapter, command.strict}, context.workspace);
    LoadedModel loaded = load_model(files, WeightForm::packed);
    context.tell(loaded);
    const Tokenizer tokenizer = Tokenizer::open(Tokenizer::place_of(files));
    const int64_t longest = loaded.model->config().max_position_embeddings;
    const int64_t window = command.window > 0 ? command.window : std::min(longest, kLongestWindow);
    if (window < 2 || window > longest)
        fail({.kind = ErrorKind::out_of_range,
              .key = "--window",
              .expected = "2 to " + std::to_string(longest),
              .found = std::to_string(window)});
    const int64_t stride = command.stride > 0 ? command.stride : std::max<int64_t>(1, window / 2);
    if (stride > window)
        fail({.kind = ErrorKind::out_of_range,
              .key = "--stride",
              .expected = "1 to " + std::to_string(window),
              .found = std::to_string(stride)});
    const std::vector<int32_t> token_bytes = token_byte_counts(tokenizer);
    DocumentStream documents({.files = command.data, .format = "auto", .text_column = command.text_column});
    double loss = 0, read = 0;
    int64_t tokens = 0, bytes = 0;
    for (std::string_view text; documents.next(text);) {
        const std::vector<int32_t> ids = tokenizer.encode(text, false);
        score_windows(*loaded.model, ids, window, stride, [&](int64_t index, double nats) {
            context.check();
            loss += nats;
            ++tokens;
            bytes += token_bytes[static_cast<size_t>(ids[static_cast<size_t>(index)])];
        });
        read += static_cast<double>(text.size());
        context.progress({.what = "evaluate", .unit = "bytes", .done = read, .total = 0});
    }
    return evaluated(loss, tokens, bytes, window, stride);
}

}  // namespace

EventBody run_command(const EncodeText& command, const CommandContext& context) {
    const Tokenizer tokenizer = Tokenizer::open(Tokenizer::place_of(with_base(command.tokenizer, context.workspace)));
    return Encoded{.ids =
                       tokenizer.encode(command.file.empty() ? command.text : read_file(command.file, kLargestText))};
}

EventBody run_command(const Evaluate& command, const CommandContext& context) {
    return command.run.empty() ? evaluate_files(command, context) : evaluate_run(command, context);
}

EventBody run_command(const BenchTokenizer& command, const CommandContext& context) {
    using Clock = std::chrono::steady_clock;
    const std::string text = read_file(command.file, kLargestText);
    const auto began = Clock::now();
    const Tokenizer tokenizer = train_bpe({.files = {command.file},
                                           .vocab_size = command.vocab_size,
                                           .min_frequency = 0,
                                           .special_tokens = {},
                                           .pattern = BpePattern::gpt2,
                                           .threads = context.threads,
                                           .progress = [&](double) { return context.go_on(); }});
    const double train_s = std::chrono::duration<double>(Clock::now() - began).count();
    std::vector<std::string_view> pieces;
    for (std::string_view rest = text; !rest.empty();) {
        const std::string_view head = rest.substr(0, 100'000);
        const size_t whole = head.size() < rest.size() ? std::max<size_t>(1, complete_utf8_prefix(head)) : head.size();
        pieces.push_back(rest.substr(0, whole));
        rest.remove_prefix(whole);
    }
    const auto encoding = Clock::now();
    int64_t tokens = 0;
    for (const auto& ids : tokenizer.encode_all(pieces, context.threads)) tokens += static_cast<int64_t>(ids.size());
    const double encode_s = std::chrono::duration<double>(Clock::now() - encoding).count();
    const double megabytes = static_cast<double>(text.size()) / 1e6;
    return BenchDone{.json = dump_json({{"job", "tokenizer"},
                                        {"megabytes", megabytes},
                                        {"train_s", train_s},
                                        {"encode_mb_per_s", megabytes / encode_s},
                                        {"tokens", tokens},
                                        {"peak_rss_gb", static_cast<double>(peak_resident_bytes()) / 1e9}})};
}

}  // namespace lathe

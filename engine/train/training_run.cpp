#include "engine/train/training_run.h"

#include <algorithm>
#include <cmath>
#include <ctime>
#include <filesystem>
#include <random>

#include "engine/base/error.h"
#include "engine/base/files.h"
#include "engine/base/memory.h"
#include "engine/infer/text_generation.h"
#include "engine/train/kernel_timer.h"
#include "kernels/matmul.h"

namespace lathe {

namespace {

constexpr int64_t kSampleProbabilities = 5;
constexpr StepResult kNoUpdate{.loss = NAN, .grad_norm = NAN};

double seconds(std::chrono::steady_clock::duration time) {
    return std::chrono::duration<double>(time).count();
}

int64_t now_ms() {
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch())
        .count();
}

std::map<std::string, int64_t> peak_bytes_by_kind() {
    std::map<std::string, int64_t> bytes;
    const MemoryByKind peak = peak_memory_by_kind();
    for (int kind = 0; kind < kMemoryKinds; ++kind)
        bytes[memory_kind_name(static_cast<MemoryKind>(kind))] = peak[static_cast<size_t>(kind)];
    return bytes;
}

// The run's own copy of the tokenizer: a checkpoint that it came from may be removed.
std::string keep_tokenizer(const RunMaterials& materials, const std::string& run_folder) {
    const std::string folder = run_folder + "/tokenizer";
    if (std::filesystem::exists(folder)) return folder;
    DurableFolder output(folder);
    materials.tokenizer->save(output.path());
    const std::string chat_template = materials.tokenizer_folder + "/chat_template.jinja";
    if (std::filesystem::exists(chat_template))
        write_file_durably(output.path() + "/chat_template.jinja", read_file(chat_template, 1 << 20));
    output.commit(/*write_manifest=*/false);
    return folder;
}

}  // namespace

TrainingRun::TrainingRun(const RunPlace& place, const RunConfig& config, const std::set<int64_t>& skip_steps,
                         int threads, RunRecorder& recorder, const ProgressCall& progress)
    : place_(place), config_(config), recorder_(recorder) {
    set_memory_limit(config.train.memory_limit_bytes);
    materials_ = set_up_run(config, place.workspace, place.checkpoint, threads, progress);
    chat_format_ = std::make_shared<const ChatFormat>(read_chat_format(*materials_.tokenizer));
    const RunEstimate estimate = estimate_run(materials_.model->config(), config, exact_weight_bytes(materials_.base));
    TrainerOptions options = trainer_options(config.train, estimate);
    if (!place.checkpoint.empty()) options.micro_batch_tokens = read_run_snapshot(place.checkpoint).micro_batch_tokens;
    trainer_ = std::make_unique<Trainer>(*materials_.model, options);

    const int64_t rows = config.train.per_device_train_batch_size * config.train.gradient_accumulation_steps;
    const double epoch_rows = static_cast<double>(materials_.dataset->rows_per_epoch()) * config.train.num_train_epochs;
    max_steps_ = config.train.max_steps > 0
                     ? config.train.max_steps
                     : std::max<int64_t>(1, static_cast<int64_t>(std::ceil(epoch_rows / static_cast<double>(rows))));
    state_.run = place.run;
    state_.name = place.name;
    state_.config_json = to_json(config);
    state_.created_at_ms = now_ms();
    state_.provenance = materials_.provenance;
    if (!place.checkpoint.empty()) resume_from(place.checkpoint);
    skip(skip_steps);
    state_.max_steps = max_steps_;
    const int64_t disk = kKeptCheckpoints * checkpoint_bytes(materials_.model->trainable_count(), config.train);
    require_free_bytes(place.workspace, disk);
    make_folders(place.folder());
    materials_.tokenizer_folder = keep_tokenizer(materials_, place.folder());

    recorder_.begin(state_, history_,
                    {.run = state_.run,
                     .step = state_.step,
                     .max_steps = max_steps_,
                     .parameters = materials_.model->parameter_count(),
                     .checkpoint_bytes = disk,
                     .peak_tokens_per_s = peak_flops_per_s() / estimate.flops_per_token});
    if (options.recomputed_blocks > 0 && !config.train.gradient_checkpointing)
        recorder_.event("recomputed",
                        std::to_string(options.recomputed_blocks) + " of " +
                            std::to_string(materials_.model->layers()) +
                            " blocks are computed twice in a step, to stay below train.memory_limit_bytes",
                        state_.step);
    const std::string &now = materials_.provenance.simd_target, &then = state_.provenance.simd_target;
    if (then != now) {
        recorder_.event("simd_changed",
                        "this machine computes with " + now + ", the run began with " + then +
                            ": the curve may differ in the last digits",
                        state_.step);
    }
    resume_controls();
    for (const auto& [kind, text] : materials_.notices) recorder_.event(kind, text, state_.step);
    const ImportReport& report = materials_.cache->report();
    if (report.bad_rows > 0) {
        recorder_.event("bad_rows",
                        std::to_string(report.bad_rows) + " rows left out, the first: " + report.first_bad->place.file +
                            " line " + std::to_string(report.first_bad->place.line) + ": " + report.first_bad->reason,
                        state_.step);
    }
}

void TrainingRun::resume_from(const std::string& checkpoint) {
    const Provenance now = state_.provenance;
    state_ = read_run_snapshot(checkpoint);
    history_ = read_history(checkpoint);
    for (const HistoryRow& row : history_)
        if (row.eval_loss) validations_.add(row.step, *row.eval_loss);
    load_optimizer(checkpoint, *trainer_);
    const Provenance& then = state_.provenance;
    if (then.data_sha256 != now.data_sha256) {
        fail({.kind = ErrorKind::mismatch,
              .file = config_.data.files.empty() ? "" : config_.data.files.front(),
              .key = "data.files",
              .expected =
                  "the data that run " + state_.run + " began with (sha256 " + then.data_sha256.substr(0, 12) + ")",
              .found = now.data_sha256.substr(0, 12)});
    }
    if (config_.lora && then.base_sha256 != now.base_sha256) {
        fail(
            {.kind = ErrorKind::mismatch,
             .file = config_.base_model->path,
             .key = "base_model.path",
             .expected = "the model that run " + state_.run + " adapts (sha256 " + then.base_sha256.substr(0, 12) + ")",
             .found = now.base_sha256.substr(0, 12)});
    }
    resumed_from_step_ = saved_step_ = state_.step;
    has_checkpoint_ = true;
    // A stop does not wait for the validation of its step.
    due_.validation = validation_is_due() && !history_.empty() && !history_.back().eval_loss;
    state_.config_json = to_json(config_);
}

Schedule TrainingRun::schedule() const {
    return {.type = config_.train.lr_scheduler_type,
            .peak = config_.train.learning_rate,
            .warmup_steps = config_.train.warmup_steps,
            .total_steps = max_steps_,
            .min_ratio = config_.train.min_lr_ratio};
}

std::string TrainingRun::batch_name(const Cursor& begin, int64_t rows) const {
    return "epoch " + std::to_string(begin.epoch) + ", rows " + std::to_string(begin.row) + " to " +
           std::to_string(begin.row + rows - 1);
}

bool TrainingRun::step(const std::function<bool()>& go_on) {
    go_on_ = go_on;
    if (!settle()) return false;  // what an earlier step left
    return finished() || (update() && settle());
}

// The engine serves others here.
void TrainingRun::between(Interrupt interrupt) const {
    if (go_on_ && !go_on_() && interrupt == Interrupt::allowed) fail({.kind = ErrorKind::cancelled, .key = "step"});
}

bool TrainingRun::settle() {
    const auto began = Clock::now();
    try {
        // The best checkpoint is chosen by its own validation loss.
        if (due_.validation || due_.save) run_validation();
        due_.validation = false;
        if (due_.sample) run_sample();
        due_.sample = false;
        unsaved_s_ += seconds(Clock::now() - began);
        if (due_.save) save(Interrupt::allowed);
        due_.save = false;
        return true;
    } catch (const Exception& exception) {
        if (exception.error().kind != ErrorKind::cancelled) throw;
        return false;
    }
}

bool TrainingRun::update() {
    const auto began = Clock::now();
    reset_peak_memory();
    const TrainConfig& train = config_.train;
    const int64_t rows = train.per_device_train_batch_size * train.gradient_accumulation_steps;
    const Cursor begin = state_.cursor;
    Cursor cursor = begin;
    const Batch batch = materials_.dataset->next(cursor, rows);
    const double learning_rate = schedule().at(state_.step) * state_.controls.learning_rate_multiplier;
    const int64_t micro_batch = trainer_->micro_batch_tokens();
    trainer_->set_checkpoint_call(go_on_);
    const bool skipped = state_.skip_steps.contains(state_.step + 1);
    auto error = skipped ? std::nullopt : error_of([&] { trainer_->step(batch, learning_rate); });
    trainer_->set_checkpoint_call({});
    if (error && error->kind == ErrorKind::cancelled) return false;
    if (error && error->kind != ErrorKind::non_finite) fail(std::move(*error));
    const StepResult& result = skipped ? kNoUpdate : trainer_->last();
    const double step_s = seconds(Clock::now() - began);
    const HistoryRow row{.step = state_.step + 1,
                         .loss = result.loss,
                         .learning_rate = learning_rate,
                         .grad_norm = result.grad_norm,
                         .tokens_per_s = static_cast<double>(result.tokens) / step_s,
                         .elapsed_s = state_.elapsed_s + step_s,
                         .eval_loss = std::nullopt};
    recorder_.step(row, max_steps_, result.tokens, peak_bytes_by_kind());
    if (error) {  // the curve shows it, but it is no step of the run: the weights are those of the one before
        error->key = "step " + std::to_string(row.step) + ", " + batch_name(begin, rows);
        fail(std::move(*error));
    }
    state_.step = row.step;
    state_.cursor = cursor;
    if (!skipped) state_.train_loss = row.loss;
    state_.elapsed_s = row.elapsed_s;
    unsaved_s_ += step_s;
    history_.push_back(row);
    if (skipped)
        recorder_.event("skipped",
                        "skipped the batch of step " + std::to_string(row.step) + ": " + batch_name(begin, rows),
                        row.step);
    if (trainer_->micro_batch_tokens() != micro_batch) {
        recorder_.event("micro_batch_halved",
                        "not enough memory: " + std::to_string(trainer_->micro_batch_tokens()) +
                            " tokens go through the model at once from here on",
                        state_.step);
    }
    const bool last = is_last_step();
    due_ = {.validation = validation_is_due(),
            .sample = train.sample_steps > 0 && (last || state_.step % train.sample_steps == 0),
            .save = last || save_is_due()};
    return true;
}

bool TrainingRun::validation_is_due() const {
    const int64_t every = config_.train.eval_steps;
    return every > 0 && (is_last_step() || state_.step % every == 0);
}

bool TrainingRun::save_is_due() const {
    const TrainConfig& train = config_.train;
    if (train.save_steps > 0 && state_.step % train.save_steps == 0) return true;
    if (train.save_interval_s <= 0) return false;
    auto interval_s = static_cast<double>(train.save_interval_s);
    if (!has_checkpoint_) interval_s = std::min(interval_s, first_save_s(checkpoint_size()));
    return unsaved_s_ >= interval_s;
}

void TrainingRun::run_validation() {
    if (history_.empty() || history_.back().eval_loss || materials_.dataset->validation_rows() == 0) return;
    const TrainConfig& train = config_.train;
    const int64_t rows =
        std::min(materials_.dataset->validation_rows(), train.eval_batches * train.per_device_train_batch_size);
    const EvalResult result = evaluate(*materials_.model, materials_.dataset->validation(0, rows),
                                       trainer_->micro_batch_tokens(), [&] { between(Interrupt::allowed); });
    if (result.targets == 0) return;
    history_.back().eval_loss = state_.eval_loss = result.loss();
    saved_step_ = -1;  // a checkpoint of this step lacks it
    recorder_.validated(
        {.run = state_.run, .step = state_.step, .loss = result.loss(), .bits_per_byte = result.bits_per_byte()});
    note_validation(result.loss());
}

void TrainingRun::run_sample() {
    TextGenerator generator(*materials_.model, *materials_.tokenizer, end_tokens(materials_.base), 1);
    const SampleConfig settings{
        .max_tokens = config_.train.sample_max_tokens, .temperature = 0.8, .top_p = 0.95, .seed = config_.train.seed};
    generator.add(0, config_.train.sample_prompt, settings, kSampleProbabilities);
    Sampled sampled{
        .run = state_.run, .step = state_.step, .prompt = config_.train.sample_prompt, .text = {}, .tokens = {}};
    std::vector<int64_t> token_ids;
    while (!generator.idle()) {
        between(Interrupt::allowed);
        generator.step([&](const TextPiece& piece) {
            sampled.text += piece.text;
            token_ids.push_back(piece.token);
            SampledToken& token =
                sampled.tokens.emplace_back(SampledToken{.text = valid_utf8(piece.logprobs->chosen.bytes),
                                                         .probability = std::exp(piece.logprobs->chosen.logprob),
                                                         .likeliest = {}});
            for (const TokenLogprob& likely : piece.logprobs->top)
                token.likeliest.emplace_back(valid_utf8(likely.bytes), std::exp(likely.logprob));
        });
    }
    recorder_.sampled(sampled, token_ids);
}

void TrainingRun::save() {
    save(Interrupt::ignored);
}

void TrainingRun::save_if_worth_it() {
    if (unsaved_s_ >= worth_saving_s(checkpoint_size())) save();
}

int64_t TrainingRun::checkpoint_size() const {
    return checkpoint_bytes(materials_.model->trainable_count(), config_.train);
}

void TrainingRun::save(Interrupt interrupt) {
    if (state_.step == 0 || state_.step == saved_step_) return;
    if (!history_.empty()) state_.eval_loss = history_.back().eval_loss;
    state_.micro_batch_tokens = trainer_->micro_batch_tokens();
    recorder_.flush();
    const std::string path = save_checkpoint(place_.folder(), state_, history_, *trainer_, materials_.tokenizer_folder,
                                             materials_.base, config_, [&] { between(interrupt); });
    const auto best = best_checkpoint(place_.folder());
    CheckpointSaved saved{.run = state_.run,
                          .step = state_.step,
                          .path = path,
                          .bytes = folder_bytes(path),
                          .eval_loss = state_.eval_loss,
                          .best = best && best->step == state_.step};
    for (const CheckpointPlace& removed : remove_old_checkpoints(place_.folder()))
        saved.removed.push_back(removed.step);
    recorder_.saved(saved);
    saved_step_ = state_.step;
    has_checkpoint_ = true;
    unsaved_s_ = 0;
}

TrainDone TrainingRun::result(const std::string& state, const std::string& reason) const {
    std::optional<double> eval_loss;
    for (const HistoryRow& row : history_)
        if (row.eval_loss) eval_loss = row.eval_loss;
    const auto newest = list_checkpoints(place_.folder());
    return {.run = state_.run,
            .state = state,
            .reason = reason,
            .checkpoint = newest.empty() ? "" : newest.front().path,
            .steps = state_.step,
            .resumed_from_step = resumed_from_step_,
            .train_loss = state_.train_loss,
            .eval_loss = eval_loss,
            .tokens_per_s = mean_tokens_per_s(history_)};
}

std::string new_run_id(const std::string& config_file) {
    const std::time_t now = std::time(nullptr);
    std::tm utc{};
    gmtime_r(&now, &utc);
    char stamp[32];
    std::strftime(stamp, sizeof stamp, "%Y%m%d-%H%M%S", &utc);
    std::string stem = std::filesystem::path(config_file).stem().string().substr(0, 40);
    for (char& c : stem)
        if (!std::isalnum(static_cast<unsigned char>(c)) && c != '_' && c != '-') c = '-';
    constexpr const char* digits = "0123456789abcdef";
    std::random_device random;
    std::string id = std::string(stamp) + "-" + (stem.empty() ? "run" : stem) + "-";
    for (int i = 0; i < 4; ++i) id += digits[random() % 16];
    return id;
}

void check_run_id(const std::string& run) {
    const bool legal =
        !run.empty() && run.size() <= 128 && run.front() != '.' && std::all_of(run.begin(), run.end(), [](char c) {
            return std::isalnum(static_cast<unsigned char>(c)) || c == '.' || c == '_' || c == '-';
        });
    if (!legal)
        fail({.kind = ErrorKind::usage,
              .key = "run",
              .expected = "a run id as `lathe-cli runs list` shows it",
              .found = run});
}

}  // namespace lathe

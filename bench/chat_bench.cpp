// A chat beside a training run of 100 M parameters: tokens a second of both, alone and together, and how soon the run
// is paused. Usage: chat_bench FOLDER, a new one, which takes 5 GB. One JSON document on stdout.
#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "engine/base/json.h"
#include "engine/session.h"

namespace {

using namespace lathe;
using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point begin) {
    return std::chrono::duration<double>(Clock::now() - begin).count();
}

RunConfig config_of_100m(const std::string& source) {
    RunConfig config;
    config.model = ModelConfig{.vocab_size = 32000,
                               .hidden_size = 768,
                               .intermediate_size = 2048,
                               .num_hidden_layers = 12,
                               .num_attention_heads = 12,
                               .num_key_value_heads = 4,
                               .max_position_embeddings = 2048,
                               .rope_parameters = {}};
    config.tokenizer.path = source + "/resources/starter";
    config.data.files = {source + "/resources/samples"};
    config.data.max_length = 1024;
    config.train.per_device_train_batch_size = 2;
    config.train.max_steps = 1000;
    config.train.learning_rate = 1e-4;
    config.train.eval_steps = 0;
    config.train.save_steps = 0;
    config.train.save_interval_s = 0;
    config.train.sample_steps = 0;
    return config;
}

class Bench {
public:
    explicit Bench(const std::string& folder)
        : session_({.workspace = folder}, [this](const Event& event) {
              const std::lock_guard lock(mutex_);
              events_.push_back(event);
              changed_.notify_all();
          }) {}

    RequestId post(Command command) { return session_.post(std::move(command)); }

    // The next event of this kind that was not there at `from` and is what is wanted.
    template <class Body>
    Body wait(
        size_t from, const std::function<bool(const Body&)>& wanted = [](const Body&) { return true; }) {
        std::unique_lock lock(mutex_);
        for (;; changed_.wait(lock)) {
            for (; from < events_.size(); ++from) {
                if (const auto* failed = std::get_if<Failed>(&events_[from].body)) {
                    std::fprintf(stderr, "chat_bench: %s\n", failed->error.sentence().c_str());
                    std::exit(3);
                }
                if (const auto* body = std::get_if<Body>(&events_[from].body); body != nullptr && wanted(*body))
                    return *body;
            }
        }
    }
    size_t now() {
        const std::lock_guard lock(mutex_);
        return events_.size();
    }

    double train_tokens_per_s() {
        (void)wait<TrainProgress>(now());
        return wait<TrainProgress>(now()).tokens_per_s;
    }
    // Pauses some way into a step; seconds until it was.
    double pause_after(double delay_s) {
        std::this_thread::sleep_for(std::chrono::duration<double>(delay_s));
        const size_t from = now();
        const auto begin = Clock::now();
        post(PauseTraining{});
        wait<StateChanged>(from, [](const StateChanged& state) { return state.state == EngineState::paused; });
        return seconds_since(begin);
    }
    RequestId ask(const ModelSource& model, int64_t max_tokens) {
        return post(Chat{.model = model,
                         .turns = {{.text = "And it came to pass in those days"}},
                         .sample = {.max_tokens = max_tokens, .temperature = 0.8, .seed = 1}});
    }
    double chat_tokens_per_s(const ModelSource& model, int64_t max_tokens) {
        const size_t from = now();
        ask(model, max_tokens);
        return wait<ChatDone>(from).turn.tokens_per_s;
    }

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<Event> events_;
    Session session_;
};

std::vector<double> pauses(Bench& bench) {
    std::vector<double> latencies;
    for (int i = 0; i < 8; ++i) {
        latencies.push_back(bench.pause_after(0.4 + 0.83 * i));
        bench.post(ContinueTraining{});
    }
    return latencies;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 2) {
        std::fprintf(stderr, "usage: chat_bench FOLDER\n");
        return 2;
    }
    const ModelSource live{.checkpoint = "live"};
    Bench bench(argv[1]);
    bench.post(StartTraining{.config = config_of_100m(LATHE_SOURCE_DIR), .config_file = "chat_bench.json"});
    const double train_alone = bench.train_tokens_per_s();
    const std::vector<double> pauses_alone = pauses(bench);
    bench.pause_after(0);
    const double chat_live = bench.chat_tokens_per_s(live, 100);
    size_t from = bench.now();
    bench.post(SaveTraining{});
    const std::string run = bench.wait<CheckpointSaved>(from).run;
    const double chat_packed = bench.chat_tokens_per_s({.run = run}, 100);
    bench.post(ContinueTraining{});
    const double chat_together = bench.chat_tokens_per_s(live, 200);
    const RequestId chat = bench.ask(live, 1900);
    const double train_together = bench.train_tokens_per_s();
    const std::vector<double> pauses_together = pauses(bench);
    (void)chat;
    const Json document = {
        {"train_tokens_per_s", {{"alone", train_alone}, {"with_chat", train_together}}},
        {"chat_tokens_per_s", {{"packed", chat_packed}, {"live_paused", chat_live}, {"live_training", chat_together}}},
        {"pause_s", {{"alone", pauses_alone}, {"with_chat", pauses_together}}}};
    std::printf("%s\n", document.dump(1).c_str());
    return 0;
}

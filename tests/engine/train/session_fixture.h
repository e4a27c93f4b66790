// A session on a workspace of its own, with a text, a tiny config, and everything that the session said.
#pragma once

#include <QTemporaryDir>
#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/session.h"

namespace lathe_test {

using namespace lathe;

inline std::string contents(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

inline void flip_a_byte(const std::string& path) {
    std::fstream file(path, std::ios::binary | std::ios::in | std::ios::out);
    const auto middle = static_cast<std::streamoff>(std::filesystem::file_size(path) / 2);
    file.seekg(middle);
    const int byte = file.get();
    file.seekp(middle);
    file.put(static_cast<char>(byte ^ 1));
}

// About 20 KB that a small model can learn something of.
inline std::string sample_text() {
    const char* subjects[] = {"the cat", "a dog", "my friend", "the old man", "she"};
    const char* verbs[] = {"sees", "likes", "finds", "forgets"};
    const char* objects[] = {"the house", "a tree", "the river", "some bread", "his hat", "the sea", "a song"};
    std::string text;
    for (unsigned i = 0; i < 700; ++i) {
        const unsigned r = i * 2654435761U >> 7;
        text += std::string(subjects[r % 5]) + " " + verbs[r / 5 % 4] + " " + objects[r / 20 % 7] +
                (i % 6 == 5 ? ".\n\n" : ". ");
    }
    return text;
}

class Place {
public:
    Place() { std::ofstream(path("text.txt")) << sample_text(); }
    std::string path(const std::string& name) const { return folder_.path().toStdString() + "/" + name; }
    std::string workspace() const { return path("workspace"); }
    std::string checkpoint(const std::string& run, int64_t step) const {
        return workspace() + "/runs/" + run + "/checkpoint-" + std::to_string(step);
    }
    RunConfig config() const {
        RunConfig config;
        config.model = ModelConfig{.hidden_size = 32,
                                   .intermediate_size = 48,
                                   .num_hidden_layers = 2,
                                   .num_attention_heads = 4,
                                   .num_key_value_heads = 2,
                                   .max_position_embeddings = 64,
                                   .rope_parameters = {}};
        config.tokenizer.vocab_size = 300;
        config.data.files = {path("text.txt")};
        config.data.max_length = 32;
        config.data.validation_fraction = 0.1;
        config.train.per_device_train_batch_size = 4;
        config.train.max_steps = 12;
        config.train.learning_rate = 1e-2;
        config.train.warmup_steps = 2;
        config.train.eval_steps = 4;
        config.train.save_steps = 4;
        config.train.save_interval_s = 0;
        return config;
    }

private:
    QTemporaryDir folder_;
};

class Watched {
public:
    using Hook = std::function<void(Watched&, const Event&)>;

    // hook: on the engine thread, after the event was noted.
    explicit Watched(const std::string& workspace, Hook hook = {})
        : hook_(std::move(hook)),
          session_(std::make_unique<Session>(SessionOptions{.workspace = workspace, .threads = 1},
                                             [this](const Event& event) {
                                                 {
                                                     const std::lock_guard lock(mutex_);
                                                     events_.push_back(event);
                                                 }
                                                 changed_.notify_all();
                                                 if (hook_) hook_(*this, event);
                                             })) {}

    RequestId post(Command command) { return session_->post(std::move(command)); }
    void cancel(RequestId request) { session_->cancel(request); }
    void close() { session_.reset(); }

    RequestId train(const RunConfig& config, const std::string& resume = "") {
        return post(StartTraining{.config = config, .config_file = "tiny.json", .resume = resume});
    }
    RequestId resume(const std::string& run) {
        return post(StartTraining{.config = std::nullopt, .config_file = "", .resume = run});
    }

    std::vector<Event> events() {
        const std::lock_guard lock(mutex_);
        return events_;
    }
    template <class Body>
    std::vector<Body> all(RequestId request = 0) {
        std::vector<Body> found;
        for (const Event& event : events())
            if (const auto* body = std::get_if<Body>(&event.body);
                body != nullptr && (request == 0 || event.request == request))
                found.push_back(*body);
        return found;
    }
    // The first event of this kind past the first `skip` ones; nothing within a minute, or when the request failed.
    template <class Body>
    std::optional<Body> wait(RequestId request = 0, size_t skip = 0) {
        std::optional<Body> found;
        std::unique_lock lock(mutex_);
        changed_.wait_for(lock, std::chrono::seconds(60), [&] {
            size_t seen = 0;
            for (const Event& event : events_) {
                if (request != 0 && event.request != request) continue;
                const auto* body = std::get_if<Body>(&event.body);
                if (body != nullptr && seen++ == skip) found = *body;
                if (found || std::holds_alternative<Failed>(event.body)) return true;
            }
            return false;
        });
        return found;
    }
    void wait_for_state(EngineState state, size_t times = 1) {
        std::unique_lock lock(mutex_);
        changed_.wait_for(lock, std::chrono::seconds(60), [&] {
            size_t seen = 0;
            for (const Event& event : events_)
                if (const auto* body = std::get_if<StateChanged>(&event.body)) seen += body->state == state;
            return seen >= times;
        });
    }
    std::optional<Error> failure(RequestId request) {
        const auto failed = wait<Failed>(request);
        return failed ? std::optional(failed->error) : std::nullopt;
    }
    std::vector<double> losses() {
        std::vector<double> result;
        for (const TrainProgress& progress : all<TrainProgress>()) result.push_back(progress.loss);
        return result;
    }
    std::vector<int64_t> steps() {
        std::vector<int64_t> result;
        for (const TrainProgress& progress : all<TrainProgress>()) result.push_back(progress.step);
        return result;
    }

private:
    Hook hook_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<Event> events_;
    std::unique_ptr<Session> session_;  // last: joins before the rest goes
};

// Of a run of Place's config to its end.
inline std::vector<double> undisturbed_losses() {
    const Place place;
    Watched session(place.workspace());
    session.wait<TrainDone>(session.train(place.config()));
    return session.losses();
}

// A hook: this command once, as soon as that step is done.
inline Watched::Hook after_step(int64_t step, Command command) {
    return [step, command, done = false](Watched& watched, const Event& event) mutable {
        const auto* progress = std::get_if<TrainProgress>(&event.body);
        if (progress != nullptr && progress->step == step && !std::exchange(done, true)) watched.post(command);
    };
}

}  // namespace lathe_test

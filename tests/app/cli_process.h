// lathe-cli as a process, in a folder of its own with a text and a tiny config.
#pragma once

#include <QProcess>
#include <QTemporaryDir>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "engine/base/json.h"

namespace lathe_test {

using lathe::Json;

struct Finished {
    int status = -1;  // -1: it died of a signal
    std::string out, err;
    Json json() const { return lathe::parse_json(out, "stdout"); }
    std::string last_line() const {
        const std::string text = err.ends_with('\n') ? err.substr(0, err.size() - 1) : err;
        return text.substr(text.rfind('\n') + 1);
    }
};

inline QStringList words(const std::vector<std::string>& arguments) {
    QStringList list;
    for (const std::string& word : arguments) list << QString::fromStdString(word);
    return list;
}

class Desk {
public:
    Desk() {
        const char* subjects[] = {"the cat", "a dog", "my friend", "the old man", "she"};
        const char* objects[] = {"the house", "a tree", "the river", "some bread", "his hat", "the sea", "a song"};
        std::string text;
        for (unsigned i = 0; i < 700; ++i) {
            const unsigned r = i * 2654435761U >> 7;
            text += std::string(subjects[r % 5]) + " sees " + objects[r / 20 % 7] + (i % 6 == 5 ? ".\n\n" : ". ");
        }
        write("text.txt", text);
        write("config.json", config().dump(1));
    }
    std::string path(const std::string& name) const { return folder_.path().toStdString() + "/" + name; }
    std::string workspace() const { return path("workspace"); }
    std::string write(const std::string& name, const std::string& bytes) const {
        std::ofstream(path(name), std::ios::binary) << bytes;
        return path(name);
    }
    static Json config() {
        return Json::parse(R"({"version": 1,
            "model": {"hidden_size": 32, "intermediate_size": 48, "num_hidden_layers": 2, "num_attention_heads": 4, "num_key_value_heads": 2,
                      "max_position_embeddings": 64},
            "tokenizer": {"vocab_size": 300}, "data": {"files": ["text.txt"], "max_length": 32, "validation_fraction": 0.1},
            "train": {"per_device_train_batch_size": 4, "max_steps": 6, "learning_rate": 0.01, "lr_scheduler_type": "constant",
                      "eval_steps": 3, "save_steps": 3, "save_interval_s": 0}})");
    }

    std::vector<std::string> with_common(std::vector<std::string> arguments) const {
        arguments.insert(arguments.end(), {"--workspace", workspace(), "--threads", "1"});
        return arguments;
    }
    Finished run(const std::vector<std::string>& arguments) const {
        QProcess process;
        process.start(LATHE_CLI, words(with_common(arguments)));
        process.closeWriteChannel();
        process.waitForFinished(120'000);
        return result(process);
    }
    static Finished result(QProcess& process) {
        return {.status = process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1,
                .out = process.readAllStandardOutput().toStdString(),
                .err = process.readAllStandardError().toStdString()};
    }
    // Names below the workspace's runs; temporaries are left-overs.
    std::vector<std::string> runs() const {
        std::vector<std::string> names;
        std::error_code ignored;
        for (const auto& entry : std::filesystem::directory_iterator(workspace() + "/runs", ignored))
            names.push_back(entry.path().filename().string());
        return names;
    }
    std::vector<std::string> left_overs() const {
        std::vector<std::string> names;
        std::error_code ignored;
        for (const auto& entry : std::filesystem::recursive_directory_iterator(folder_.path().toStdString(), ignored)) {
            const std::string name = entry.path().filename().string();
            if (name.find(".tmp-") != std::string::npos || name.find(".old-") != std::string::npos)
                names.push_back(entry.path().string());
        }
        return names;
    }

private:
    QTemporaryDir folder_;
};

inline std::string golden(const std::string& name) {
    return std::string(LATHE_SOURCE_DIR "/tests/data/") + name;
}

inline std::vector<std::string> keys(const Json& object) {
    std::vector<std::string> names;
    for (const auto& [name, value] : object.items()) names.push_back(name);
    return names;
}

// Exit status 2 (or `wanted`), nothing on stdout, and one line on stderr that names both; nothing half-written.
#define VERIFY_REFUSED(desk, finished, wanted, file, key)                                                    \
    do {                                                                                                     \
        const lathe_test::Finished& refused = (finished);                                                    \
        QVERIFY2(refused.status == (wanted), (std::to_string(refused.status) + ": " + refused.err).c_str()); \
        QVERIFY2(refused.out.empty(), refused.out.c_str());                                                  \
        QVERIFY2(refused.err.find('\n') == refused.err.size() - 1, refused.err.c_str());                     \
        QVERIFY2(refused.err.starts_with("lathe-cli: "), refused.err.c_str());                               \
        QVERIFY2(refused.err.find(file) != std::string::npos, refused.err.c_str());                          \
        QVERIFY2(refused.err.find(key) != std::string::npos, refused.err.c_str());                           \
        QCOMPARE((desk).left_overs(), std::vector<std::string>());                                           \
        QCOMPARE((desk).runs(), std::vector<std::string>());                                                 \
    } while (false)

}  // namespace lathe_test

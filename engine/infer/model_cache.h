// Models in memory for inference, packed: those in use and the one used last. An adapter lies beside its base, which
// several share. Thread: engine only.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "engine/data/tokenizer.h"
#include "engine/formats/model_weights.h"
#include "engine/infer/chat_format.h"
#include "engine/model/model.h"

namespace lathe {

// All it takes to answer a text.
struct ChatModel {
    std::shared_ptr<Model> model;
    std::shared_ptr<const Tokenizer> tokenizer;
    std::vector<int32_t> end_tokens;
    std::shared_ptr<const ChatFormat> chat_format;
    std::string other_tokenizer;  // why the tokenizer may not be that of the weights (tokenizer_origin.h); "": it is
};

class ModelCache {
public:
    // Loads a model, or gives the one that it was loaded to before if its files are the same still (by name, size and
    // time). progress(share) is called on the way and may throw to give it up. Errors:
    // those of load_model, with_adapter and Tokenizer::open.
    ChatModel get(const ModelFiles& model, const std::function<void(double share)>& progress);

private:
    struct Entry {
        std::string files;  // what they were when they were read
        std::weak_ptr<Model> model;
        ChatModel rest;  // but the model
    };
    std::map<std::string, Entry> entries_;  // by path, and adapter
    std::shared_ptr<Model> last_;
};

}  // namespace lathe

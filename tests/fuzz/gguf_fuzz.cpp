// A .gguf file: metadata, config, tokenizer, tensors under Hugging Face names.
#include <algorithm>
#include <vector>

#include "engine/data/gguf_tokenizer.h"
#include "engine/data/tokenizer.h"
#include "engine/formats/gguf_model.h"
#include "tests/fuzz/fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    const lathe_fuzz::MemoryFile input(data, size);
    using lathe_fuzz::tolerate;
    tolerate([&] {
        const lathe::GgufFile file(input.path());
        tolerate([&] { lathe::read_gguf_config(file); });
        tolerate([&] {
            const lathe::GgufTokenizer made = lathe::read_gguf_tokenizer(file);
            lathe::Tokenizer::from_json(made.tokenizer_json, made.tokenizer_config_json, "fuzz").encode("A text.");
        });
        const lathe::GgufWeights weights(input.path());
        std::vector<float> values(300);
        for (const std::string& name : weights.names()) {
            const int64_t count = std::min<int64_t>(300, weights.elements(name));
            tolerate([&] { weights.read_part(name, weights.elements(name) - count, count, values.data()); });
        }
    });
    return 0;
}

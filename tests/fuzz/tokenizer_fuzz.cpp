// A tokenizer.json, then texts through it.
#include "engine/data/tokenizer.h"
#include "tests/fuzz/fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    lathe_fuzz::tolerate([&] {
        const auto tokenizer =
            lathe::Tokenizer::from_json(std::string(reinterpret_cast<const char*>(data), size), "", "fuzz");
        for (const char* text :
             {"Hello  world's 12345 words\n\n\tx", "한국어 é\u0301 <|im_start|>", "\xff\xfe\x80 aaaaaaaaaa"})
            lathe_fuzz::tolerate([&] {
                const std::vector<int32_t> ids = tokenizer.encode(text);
                tokenizer.decode(ids.data(), ids.size());
            });
    });
    return 0;
}

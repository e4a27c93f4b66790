// A chat template: compiled, then rendered over a conversation with tools.
#include "engine/data/chat_template.h"
#include "tests/fuzz/fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    using lathe::Json;
    static const Json kMessages = {{{"role", "system"}, {"content", "Be brief."}},
                                   {{"role", "user"}, {"content", "Hi\n"}},
                                   {{"role", "assistant"}, {"content", "<think>\n1\n</think>\n\nA"}},
                                   {{"role", "user"}, {"content", "{{ x }}"}}};
    static const Json kTools = {
        {{"type", "function"}, {"function", {{"name", "f"}, {"parameters", {{"type", "object"}}}}}}};
    static const Json kVariables = {{"add_generation_prompt", true}, {"bos_token", "<s>"}, {"eos_token", "</s>"}};
    constexpr lathe::TemplateLimits kLimits{
        .steps = 100'000, .time_ms = 500, .output_bytes = 1 << 18, .memory_bytes = 4 << 20};
    lathe_fuzz::tolerate([&] {
        const auto chat_template =
            lathe::ChatTemplate::compile({reinterpret_cast<const char*>(data), size}, "fuzz.jinja");
        for (const Json& tools : {Json(), kTools})
            lathe_fuzz::tolerate([&] { chat_template.render(kMessages, tools, kVariables, kLimits); });
    });
    return 0;
}

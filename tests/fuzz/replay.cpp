// Runs a fuzz target over every file of a folder. Usage: NAME_fuzz FOLDER
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <vector>

#include "engine/base/files.h"
#include "tests/fuzz/fuzz.h"

int main(int argc, char** argv) {
    if (argc != 2) return 2;
    std::vector<std::filesystem::path> inputs;
    for (const auto& entry : std::filesystem::directory_iterator(argv[1])) inputs.push_back(entry.path());
    std::sort(inputs.begin(), inputs.end());
    for (const auto& input : inputs) {
        std::printf("%s\n", input.filename().c_str());
        std::fflush(stdout);  // the last line names the input that a sanitizer stops at
        const std::string bytes = lathe::read_file(input.string(), 64 << 20);
        LLVMFuzzerTestOneInput(reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size());
    }
    std::printf("%zu inputs\n", inputs.size());
    return inputs.empty() ? 1 : 0;
}

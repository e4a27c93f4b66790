// A .safetensors file: its header, then the first elements of each tensor.
#include <algorithm>
#include <vector>

#include "engine/formats/safetensors.h"
#include "tests/fuzz/fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    const lathe_fuzz::MemoryFile input(data, size);
    lathe_fuzz::tolerate([&] {
        const lathe::SafetensorsFile file(input.path());
        std::vector<float> values(64);
        for (const lathe::TensorInfo& tensor : file.tensors()) {
            if (file.find(tensor.name) != &tensor) std::abort();
            const int64_t count = std::min<int64_t>(64, tensor.elements());
            lathe_fuzz::tolerate([&] { file.read_fp32(tensor, tensor.elements() - count, count, values.data()); });
        }
    });
    return 0;
}

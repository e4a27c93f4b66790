#include "engine/formats/checked.h"

#include "engine/base/error.h"

namespace lathe {

namespace {

// -Wpedantic has no standard 128-bit type; GCC and Clang have this one.
__extension__ typedef __int128 Wide;

}  // namespace

std::optional<int64_t> checked_bytes(const std::vector<int64_t>& shape, int64_t element_bytes, int64_t limit) {
    if (element_bytes < 0 || limit < 0 || element_bytes > limit) return std::nullopt;
    Wide product = element_bytes;
    bool is_zero = element_bytes == 0;
    for (const int64_t dim : shape) {
        if (dim < 0) return std::nullopt;
        is_zero = is_zero || dim == 0;
        product *= dim == 0 ? 1 : dim;
        if (product > limit) return std::nullopt;
    }
    return is_zero ? 0 : static_cast<int64_t>(product);
}

std::optional<int64_t> checked_sum(int64_t a, int64_t b, int64_t limit) {
    if (a < 0 || b < 0 || static_cast<Wide>(a) + b > limit) return std::nullopt;
    return a + b;
}

void check_range(const std::string& file, const std::string& tensor, int64_t elements, int64_t first, int64_t count) {
    if (first >= 0 && count >= 0 && first <= elements && count <= elements - first) return;
    fail({.kind = ErrorKind::out_of_range,
          .file = file,
          .key = tensor,
          .expected = "elements below " + std::to_string(elements),
          .found = std::to_string(count) + " from " + std::to_string(first)});
}

}  // namespace lathe

#include "engine/data/normalizer.h"

#include <utf8proc.h>

#include <algorithm>
#include <vector>

#include "engine/base/error.h"
#include "engine/data/unicode_classes.h"

namespace lathe {

namespace {

// Characters that NFC may change, after one that it may not if has_starter (in the table's view: utf8proc may know it
// as a newer mark). utf8proc would sort marks in quadratic time, so they are sorted here.
void normalize_stretch(std::string_view text, bool has_starter, std::vector<utf8proc_int32_t>& points,
                       std::string& out) {
    points.clear();
    for (const char* p = text.data(); p < text.data() + text.size();) {
        utf8proc_int32_t parts[32];
        int boundary = UTF8PROC_BOUNDCLASS_START;
        const auto count =
            utf8proc_decompose_char(static_cast<utf8proc_int32_t>(next_code_point(p)), parts, 32,
                                    static_cast<utf8proc_option_t>(UTF8PROC_DECOMPOSE | UTF8PROC_STABLE), &boundary);
        if (count < 0 || count > 32) fail({.kind = ErrorKind::internal, .key = "NFC", .found = "no decomposition"});
        points.insert(points.end(), parts, parts + count);
    }
    const auto order = [](utf8proc_int32_t c) { return utf8proc_get_property(c)->combining_class; };
    for (auto from = points.begin() + (has_starter ? 1 : 0); from != points.end();) {
        if (order(*from) == 0) {
            ++from;
            continue;
        }
        auto to = from;
        while (to != points.end() && order(*to) != 0) ++to;
        std::stable_sort(from, to, [&](auto a, auto b) { return order(a) < order(b); });
        from = to;
    }
    const auto length = utf8proc_normalize_utf32(points.data(), static_cast<utf8proc_ssize_t>(points.size()),
                                                 static_cast<utf8proc_option_t>(UTF8PROC_COMPOSE | UTF8PROC_STABLE));
    for (utf8proc_ssize_t i = 0; i < length; ++i)
        append_utf8(static_cast<char32_t>(points[static_cast<size_t>(i)]), out);
}

}  // namespace

std::string_view normalize_nfc(std::string_view text, std::string& buffer) {
    const UnicodeClasses& classes = UnicodeClasses::get();
    const char* const end = text.data() + text.size();
    const char* copied = text.data();    // all before it is in buffer
    const char* previous = text.data();  // the last character that starts afresh
    std::vector<utf8proc_int32_t> points;
    buffer.clear();
    for (const char* p = text.data(); p < end;) {
        if (static_cast<unsigned char>(*p) < 0x80) {
            previous = p++;
            continue;
        }
        const char* next = p;
        if (!(classes.of(next_code_point(next)) & kNfcCheck)) {
            previous = p;
            p = next;
            continue;
        }
        while (next < end) {
            const char* after = next;
            if (!(classes.of(next_code_point(after)) & kNfcCheck)) break;
            next = after;
        }
        buffer.append(copied, static_cast<size_t>(previous - copied));
        normalize_stretch({previous, static_cast<size_t>(next - previous)}, previous != p, points, buffer);
        copied = previous = p = next;
    }
    if (copied == text.data()) return text;
    buffer.append(copied, static_cast<size_t>(end - copied));
    return buffer;
}

}  // namespace lathe

#include "engine/base/json.h"

#include <cstring>
#include <iterator>
#include <unordered_set>
#include <utility>

#include "engine/base/error.h"
#include "engine/base/files.h"

namespace lathe {

namespace {

constexpr size_t kDepthLimit = 64;
constexpr size_t kLinearKeys = 16;  // more keys in one object than this are looked up in a hash set
constexpr size_t kReasonLimit = 160;

// Tells how far the parser has read; nlohmann's SAX interface says so for its own errors alone.
struct CountingIterator {
    using iterator_category = std::forward_iterator_tag;
    using value_type = char;
    using difference_type = std::ptrdiff_t;
    using pointer = const char*;
    using reference = const char&;

    const char* at;
    const char** furthest;

    reference operator*() const { return *at; }
    CountingIterator& operator++() {
        *furthest = ++at;
        return *this;
    }
    bool operator==(const CountingIterator& other) const { return at == other.at; }
    bool operator!=(const CountingIterator& other) const { return at != other.at; }
};

[[noreturn]] void fail_at(const std::string& file, int64_t byte, std::string expected, std::string found) {
    fail({.kind = ErrorKind::malformed,
          .file = file,
          .key = "byte " + std::to_string(byte),
          .expected = std::move(expected),
          .found = std::move(found)});
}

// One object or array that is still open. Members wait here, since ordered_map searches linearly on each insertion.
struct OpenValue {
    bool is_object = false;
    std::string key;
    std::vector<std::pair<std::string, Json>> members;
    std::unordered_set<std::string> keys;
    std::vector<Json> items;

    bool add_key(std::string& name) {
        if (members.size() < kLinearKeys) {
            for (const auto& member : members) {
                if (member.first == name) return false;
            }
        } else {
            if (keys.empty()) {
                for (const auto& member : members) keys.insert(member.first);
            }
            if (!keys.insert(name).second) return false;
        }
        key = std::move(name);
        return true;
    }

    Json close() {
        if (!is_object) return Json(std::move(items));
        Json::object_t object;
        object.reserve(members.size());
        for (auto& [name, value] : members) object.emplace_back(std::move(name), std::move(value));
        return Json(std::move(object));
    }
};

class Builder : public nlohmann::json_sax<Json> {
public:
    Builder(const std::string& file, const char* begin, const char* const& at) : file_(file), begin_(begin), at_(at) {}

    bool null() override { return add(nullptr); }
    bool boolean(bool value) override { return add(value); }
    bool number_integer(number_integer_t value) override { return add(value); }
    bool number_unsigned(number_unsigned_t value) override { return add(value); }
    bool number_float(number_float_t value, const string_t&) override { return add(value); }
    bool string(string_t& value) override { return add(std::move(value)); }
    bool binary(binary_t&) override { return false; }
    bool start_object(std::size_t) override { return open(true); }
    bool start_array(std::size_t) override { return open(false); }
    bool end_object() override { return close(); }
    bool end_array() override { return close(); }

    bool key(string_t& name) override {
        const std::string shown = name.substr(0, 80);
        if (!open_.back().add_key(name)) fail_at(file_, byte(), "each key once", "\"" + shown + "\" twice");
        return true;
    }

    bool parse_error(std::size_t position, const std::string&, const nlohmann::detail::exception& error) override {
        // "[json.exception.parse_error.101] parse error at line 1, column 2: REASON"
        std::string reason = error.what();
        const size_t prefix = reason.find("] ");
        if (prefix != std::string::npos) reason.erase(0, prefix + 2);
        if (reason.rfind("parse error at", 0) == 0) reason.erase(0, std::min(reason.find(": "), reason.size() - 2) + 2);
        size_t end = std::min(reason.size(), kReasonLimit);
        while (end < reason.size() && end > 0 && (static_cast<unsigned char>(reason[end]) & 0xC0) == 0x80) --end;
        fail_at(file_, static_cast<int64_t>(position), "JSON", reason.substr(0, end));
    }

    Json take() { return std::move(root_); }

private:
    int64_t byte() const { return at_ - begin_; }

    bool open(bool is_object) {
        if (open_.size() >= kDepthLimit) {
            fail_at(file_, byte(), "at most " + std::to_string(kDepthLimit) + " levels of nesting", "more");
        }
        open_.emplace_back();
        open_.back().is_object = is_object;
        return true;
    }

    bool close() {
        Json value = open_.back().close();
        open_.pop_back();
        return add(std::move(value));
    }

    template <class T>
    bool add(T&& value) {
        if (open_.empty()) {
            root_ = Json(std::forward<T>(value));
        } else if (open_.back().is_object) {
            open_.back().members.emplace_back(std::move(open_.back().key), Json(std::forward<T>(value)));
        } else {
            open_.back().items.emplace_back(Json(std::forward<T>(value)));
        }
        return true;
    }

    const std::string& file_;
    const char* begin_;
    const char* const& at_;
    std::vector<OpenValue> open_;
    Json root_;
};

}  // namespace

Json parse_json(std::string_view text, const std::string& file) {
    if (text.empty()) fail_at(file, 0, "JSON", "nothing");
    if (text.substr(0, 3) == "\xEF\xBB\xBF") fail_at(file, 0, "JSON in UTF-8", "a byte order mark");
    if (text.substr(0, 2) == "\xFF\xFE" || text.substr(0, 2) == "\xFE\xFF") fail_at(file, 0, "JSON in UTF-8", "UTF-16");
    // The parser takes a NUL for the end of its input.
    if (const void* nul = std::memchr(text.data(), 0, text.size())) {
        fail_at(file, static_cast<const char*>(nul) - text.data(), "JSON", "a NUL byte");
    }
    const char* at = text.data();
    Builder builder(file, text.data(), at);
    Json::sax_parse(CountingIterator{text.data(), &at}, CountingIterator{text.data() + text.size(), &at}, &builder);
    return builder.take();
}

Json read_json(const std::string& path, int64_t max_bytes) {
    return parse_json(read_file(path, max_bytes), path);
}

std::string dump_json(const Json& json, int indent) {
    return json.dump(indent, ' ', false, Json::error_handler_t::replace);
}

std::string error_json(const Error& error) {
    return dump_json({{"kind", static_cast<int>(error.kind)},
                      {"file", error.file},
                      {"key", error.key},
                      {"expected", error.expected},
                      {"found", error.found}});
}

Error error_of_json(const std::string& text) {
    try {
        const Json json = parse_json(text, "error");
        const int kind = json.at("kind").get<int>();
        if (kind >= 0 && kind <= static_cast<int>(ErrorKind::internal))
            return {.kind = static_cast<ErrorKind>(kind),
                    .file = json.at("file").get<std::string>(),
                    .key = json.at("key").get<std::string>(),
                    .expected = json.at("expected").get<std::string>(),
                    .found = json.at("found").get<std::string>()};
    } catch (const std::exception&) {
        // Falls through: a sentence.
    }
    return {.kind = ErrorKind::internal, .found = text};
}

}  // namespace lathe

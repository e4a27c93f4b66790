#include "engine/formats/safetensors_header.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <numeric>
#include <optional>
#include <utility>

#include "engine/base/error.h"
#include "engine/base/json.h"
#include "engine/formats/checked.h"

namespace lathe {

namespace {

struct DtypeRow {
    Dtype dtype;
    const char* name;
    int64_t bytes;
};

// In the order of the reference implementation, by which its writer sorts.
constexpr std::array<DtypeRow, 13> kDtypes = {{{Dtype::BOOL, "BOOL", 1},
                                               {Dtype::U8, "U8", 1},
                                               {Dtype::I8, "I8", 1},
                                               {Dtype::I16, "I16", 2},
                                               {Dtype::U16, "U16", 2},
                                               {Dtype::F16, "F16", 2},
                                               {Dtype::BF16, "BF16", 2},
                                               {Dtype::I32, "I32", 4},
                                               {Dtype::U32, "U32", 4},
                                               {Dtype::F32, "F32", 4},
                                               {Dtype::F64, "F64", 8},
                                               {Dtype::I64, "I64", 8},
                                               {Dtype::U64, "U64", 8}}};

const DtypeRow* find_dtype(Dtype dtype) {
    return std::find_if(kDtypes.begin(), kDtypes.end(), [&](const DtypeRow& row) { return row.dtype == dtype; });
}

std::string shown(std::string_view text) {
    std::string short_text(text.substr(0, 80));
    return short_text + (text.size() > 80 ? "…" : "");
}

// States of the header's grammar; every event that does not fit the state is an error, so nesting never goes deeper
// than it has to.
class HeaderReader : public nlohmann::json_sax<nlohmann::json> {
public:
    HeaderReader(int64_t data_begin, int64_t file_bytes, const std::string& path)
        : data_begin_(data_begin), file_bytes_(file_bytes), path_(path) {}

    SafetensorsHeader take() { return std::move(header_); }

    bool null() override { return unexpected("null"); }
    bool boolean(bool) override { return unexpected("true or false"); }
    bool number_integer(number_integer_t) override { return unexpected("a negative number"); }
    bool number_float(number_float_t, const string_t& text) override { return unexpected(shown(text)); }
    bool binary(binary_t&) override { return unexpected("binary"); }

    bool number_unsigned(number_unsigned_t value) override {
        if (state_ != State::shape && state_ != State::offsets) return unexpected(std::to_string(value));
        if (value > static_cast<uint64_t>(INT64_MAX))
            wrong(ErrorKind::out_of_range, "a number below 2^63", std::to_string(value));
        std::vector<int64_t>& list = state_ == State::shape ? tensor_.shape : offsets_;
        const int64_t most = state_ == State::shape ? kRankLimit : 2;
        if (static_cast<int64_t>(list.size()) == most) {
            wrong(ErrorKind::out_of_range,
                  "at most " + std::to_string(most) + (state_ == State::shape ? " dimensions" : " offsets"), "more");
        }
        list.push_back(static_cast<int64_t>(value));
        return true;
    }

    bool string(string_t& value) override {
        if (state_ == State::metadata) {
            if (!header_.metadata.emplace(metadata_key_, std::move(value)).second) twice(metadata_key_);
            return true;
        }
        if (state_ != State::dtype) return unexpected("a text");
        const auto* row =
            std::find_if(kDtypes.begin(), kDtypes.end(), [&](const DtypeRow& r) { return value == r.name; });
        if (row == kDtypes.end())
            wrong(ErrorKind::unsupported, "a dtype of BOOL, I8 to U64, F16, BF16, F32, F64",
                  "\"" + shown(value) + "\"");
        tensor_.dtype = row->dtype;
        state_ = State::entry;
        return true;
    }

    bool start_object(std::size_t) override {
        if (state_ == State::start) {
            state_ = State::top;
        } else if (state_ == State::top_value) {
            state_ = is_metadata_ ? State::metadata : State::entry;
        } else {
            return unexpected("{");
        }
        return true;
    }

    bool key(string_t& name) override {
        if (state_ == State::metadata) {
            metadata_key_ = std::move(name);
        } else if (state_ == State::top) {
            open_top(name);
        } else if (name == "dtype") {
            open_field(name, has_dtype_, State::dtype);
        } else if (name == "shape") {
            open_field(name, has_shape_, State::shape_value);
        } else if (name == "data_offsets") {
            open_field(name, has_offsets_, State::offsets_value);
        } else {
            wrong(ErrorKind::malformed, "dtype, shape, data_offsets", "\"" + shown(name) + "\"");
        }
        return true;
    }

    bool end_object() override {
        if (state_ == State::entry) close_tensor();
        state_ = state_ == State::top ? State::end : State::top;
        return true;
    }

    bool start_array(std::size_t) override {
        if (state_ != State::shape_value && state_ != State::offsets_value) return unexpected("[");
        state_ = state_ == State::shape_value ? State::shape : State::offsets;
        return true;
    }

    bool end_array() override {
        if (state_ == State::offsets && offsets_.size() != 2)
            wrong(ErrorKind::malformed, "two offsets", std::to_string(offsets_.size()));
        state_ = State::entry;
        return true;
    }

    bool parse_error(std::size_t position, const std::string&, const nlohmann::detail::exception&) override {
        fail({.kind = ErrorKind::malformed,
              .file = path_,
              .key = "byte " + std::to_string(8 + position),
              .expected = "a header of JSON in UTF-8",
              .found = "something else"});
    }

private:
    enum class State { start, top, top_value, metadata, entry, dtype, shape_value, shape, offsets_value, offsets, end };

    [[noreturn]] void wrong(ErrorKind kind, std::string expected, std::string found) const {
        fail({.kind = kind,
              .file = path_,
              .key = shown(tensor_.name),
              .expected = std::move(expected),
              .found = std::move(found)});
    }
    [[noreturn]] void twice(const std::string& name) const {
        wrong(ErrorKind::malformed, "each key once", "\"" + shown(name) + "\" twice");
    }

    bool unexpected(std::string found) const {
        const char* expected = "a tensor's dtype, shape and data_offsets";
        switch (state_) {
            case State::start:
                expected = "{";
                break;
            case State::metadata:
                expected = "a text";
                break;
            case State::dtype:
                expected = "a dtype";
                break;
            case State::shape_value:
            case State::shape:
                expected = "a list of whole numbers as shape";
                break;
            case State::offsets_value:
            case State::offsets:
                expected = "a list of two whole numbers as data_offsets";
                break;
            default:
                break;
        }
        wrong(ErrorKind::malformed, expected, std::move(found));
    }

    void open_top(string_t& name) {
        tensor_ = TensorInfo{};
        offsets_.clear();
        has_dtype_ = has_shape_ = has_offsets_ = false;
        is_metadata_ = name == "__metadata__";
        state_ = State::top_value;
        if (is_metadata_) {
            if (std::exchange(has_metadata_, true)) twice(name);
            return;
        }
        if (static_cast<int64_t>(name.size()) > kNameLimit) {
            tensor_.name = name.substr(0, 80);
            wrong(ErrorKind::too_large, "a name of at most " + std::to_string(kNameLimit) + " bytes",
                  std::to_string(name.size()));
        }
        if (static_cast<int64_t>(header_.tensors.size()) == kTensorLimit) {
            wrong(ErrorKind::too_large, "at most " + std::to_string(kTensorLimit) + " tensors", "more");
        }
        tensor_.name = std::move(name);
    }

    void open_field(const string_t& name, bool& seen, State next) {
        if (std::exchange(seen, true)) twice(name);
        state_ = next;
    }

    void close_tensor() {
        if (!has_dtype_ || !has_shape_ || !has_offsets_) {
            wrong(ErrorKind::missing_key, "dtype, shape and data_offsets",
                  !has_dtype_   ? "no dtype"
                  : !has_shape_ ? "no shape"
                                : "no data_offsets");
        }
        const int64_t data_bytes = file_bytes_ - data_begin_;
        if (offsets_[0] > offsets_[1] || offsets_[1] > data_bytes) {
            wrong(ErrorKind::out_of_range, "0 <= begin <= end <= " + std::to_string(data_bytes),
                  std::to_string(offsets_[0]) + ", " + std::to_string(offsets_[1]));
        }
        const int64_t stated = offsets_[1] - offsets_[0];
        const std::optional<int64_t> bytes = checked_bytes(tensor_.shape, dtype_bytes(tensor_.dtype), INT64_MAX);
        if (!bytes || *bytes != stated) {
            wrong(ErrorKind::mismatch, std::to_string(stated) + " bytes as data_offsets say",
                  bytes ? std::to_string(*bytes) + " by shape and dtype" : "a shape beyond 2^63 bytes");
        }
        tensor_.begin = data_begin_ + offsets_[0];
        tensor_.end = data_begin_ + offsets_[1];
        tensor_.shape.shrink_to_fit();
        header_.tensors.push_back(std::move(tensor_));
        tensor_ = TensorInfo{};
    }

    const int64_t data_begin_;
    const int64_t file_bytes_;
    const std::string& path_;
    SafetensorsHeader header_;
    State state_ = State::start;
    TensorInfo tensor_{};
    std::vector<int64_t> offsets_;
    std::string metadata_key_;
    bool is_metadata_ = false, has_metadata_ = false, has_dtype_ = false, has_shape_ = false, has_offsets_ = false;
};

}  // namespace

int64_t dtype_bytes(Dtype dtype) {
    return find_dtype(dtype)->bytes;
}
const char* dtype_name(Dtype dtype) {
    return find_dtype(dtype)->name;
}

int64_t TensorInfo::elements() const {
    return (end - begin) / dtype_bytes(dtype);
}

SafetensorsHeader parse_safetensors_header(std::string_view text, int64_t data_begin, int64_t file_bytes,
                                           const std::string& path) {
    if (text.empty() || text[0] != '{') {
        fail({.kind = ErrorKind::malformed, .file = path, .key = "byte 8", .expected = "{", .found = "something else"});
    }
    // The parser takes a NUL for the end of its input.
    if (const void* nul = std::memchr(text.data(), 0, text.size())) {
        fail({.kind = ErrorKind::malformed,
              .file = path,
              .key = "byte " + std::to_string(8 + (static_cast<const char*>(nul) - text.data())),
              .expected = "JSON",
              .found = "a NUL byte"});
    }
    HeaderReader reader(data_begin, file_bytes, path);
    nlohmann::json::sax_parse(text.begin(), text.end(), &reader);
    SafetensorsHeader header = reader.take();

    std::vector<TensorInfo>& tensors = header.tensors;
    std::sort(tensors.begin(), tensors.end(), [](const TensorInfo& a, const TensorInfo& b) {
        return std::tie(a.begin, a.end, a.name) < std::tie(b.begin, b.end, b.name);
    });
    header.by_name.resize(tensors.size());
    std::iota(header.by_name.begin(), header.by_name.end(), 0u);
    std::sort(header.by_name.begin(), header.by_name.end(),
              [&](uint32_t a, uint32_t b) { return tensors[a].name < tensors[b].name; });
    for (size_t i = 1; i < tensors.size(); ++i) {
        const std::string& name = tensors[header.by_name[i]].name;
        if (name == tensors[header.by_name[i - 1]].name) {
            fail({.kind = ErrorKind::malformed,
                  .file = path,
                  .key = shown(name),
                  .expected = "each tensor once",
                  .found = "it twice"});
        }
    }
    int64_t at = data_begin;
    for (const TensorInfo& tensor : tensors) {
        if (tensor.begin != at) {
            fail({.kind = ErrorKind::malformed,
                  .file = path,
                  .key = shown(tensor.name),
                  .expected = "data from byte " + std::to_string(at),
                  .found = std::string(tensor.begin < at ? "an overlap" : "a hole") + " to byte " +
                           std::to_string(tensor.begin)});
        }
        at = tensor.end;
    }
    if (at != file_bytes) {
        fail({.kind = ErrorKind::malformed,
              .file = path,
              .expected = std::to_string(at) + " bytes, where the last tensor ends",
              .found = std::to_string(file_bytes)});
    }
    return header;
}

std::string make_safetensors_header(std::vector<TensorSource>& tensors,
                                    const std::map<std::string, std::string>& metadata, const std::string& path) {
    std::sort(tensors.begin(), tensors.end(), [](const TensorSource& a, const TensorSource& b) {
        const DtypeRow *left = find_dtype(a.dtype), *right = find_dtype(b.dtype);
        return left != right ? left > right : a.name < b.name;
    });
    const auto quoted = [](const std::string& text) { return dump_json(Json(text)); };
    std::string json = "{";
    if (!metadata.empty()) {
        Json object = Json::object();
        for (const auto& [key, value] : metadata) object[key] = value;
        json += "\"__metadata__\":" + dump_json(object) + (tensors.empty() ? "" : ",");
    }
    int64_t at = 0;
    std::vector<const std::string*> names;
    for (const TensorSource& tensor : tensors) {
        const auto wrong = [&](std::string expected) {
            fail({.kind = ErrorKind::internal,
                  .file = path,
                  .key = shown(tensor.name),
                  .expected = std::move(expected)});
        };
        const std::optional<int64_t> bytes = checked_bytes(tensor.shape, dtype_bytes(tensor.dtype), INT64_MAX);
        const std::optional<int64_t> end = bytes ? checked_sum(at, *bytes, INT64_MAX - kHeaderLimit - 8) : std::nullopt;
        if (!end) wrong("a size below 2^63 bytes");
        if (static_cast<int64_t>(tensor.shape.size()) > kRankLimit) wrong("at most 8 dimensions");
        if (static_cast<int64_t>(tensor.name.size()) > kNameLimit || tensor.name == "__metadata__")
            wrong("another name");
        if (tensor.from_fp32 && tensor.dtype != Dtype::F32 && tensor.dtype != Dtype::BF16 &&
            tensor.dtype != Dtype::F16) {
            wrong("F32, BF16 or F16 for numbers given as fp32");
        }
        names.push_back(&tensor.name);
        json += (json.back() == '{' || json.back() == ',' ? "" : ",") + quoted(tensor.name) + ":{\"dtype\":\"" +
                dtype_name(tensor.dtype) + "\",\"shape\":[";
        for (size_t i = 0; i < tensor.shape.size(); ++i) json += (i ? "," : "") + std::to_string(tensor.shape[i]);
        json += "],\"data_offsets\":[" + std::to_string(at) + "," + std::to_string(*end) + "]}";
        at = *end;
    }
    json += "}";
    json.append((8 - json.size() % 8) % 8, ' ');
    std::sort(names.begin(), names.end(), [](const std::string* a, const std::string* b) { return *a < *b; });
    const auto same = std::adjacent_find(names.begin(), names.end(),
                                         [](const std::string* a, const std::string* b) { return *a == *b; });
    if (same != names.end())
        fail({.kind = ErrorKind::internal, .file = path, .key = shown(**same), .expected = "each tensor once"});
    if (static_cast<int64_t>(json.size()) > kHeaderLimit || static_cast<int64_t>(tensors.size()) > kTensorLimit) {
        fail({.kind = ErrorKind::too_large,
              .file = path,
              .expected = "a header of at most 100 MB and 262144 tensors",
              .found = "more"});
    }
    std::string header(8, '\0');
    for (size_t i = 0; i < 8; ++i) header[i] = static_cast<char>(static_cast<uint64_t>(json.size()) >> (8 * i));
    return header + json;
}

}  // namespace lathe

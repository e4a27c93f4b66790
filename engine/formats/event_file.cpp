#include "engine/formats/event_file.h"

#include <array>
#include <bit>

namespace lathe {

namespace {

constexpr uint32_t kPolynomial = 0x82f63b78;  // Castagnoli's, bits reversed

constexpr std::array<uint32_t, 256> crc_table() {
    std::array<uint32_t, 256> table{};
    for (uint32_t byte = 0; byte < table.size(); ++byte) {
        uint32_t crc = byte;
        for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1) ^ ((crc & 1) != 0 ? kPolynomial : 0);
        table[byte] = crc;
    }
    return table;
}

uint32_t masked(uint32_t crc) {
    return std::rotr(crc, 15) + 0xa282ead8;
}

template <class Number>
std::string little_endian(Number number) {
    std::string bytes;
    for (size_t i = 0; i < sizeof number; ++i) bytes += static_cast<char>(number >> (8 * i) & 0xff);
    return bytes;
}

// Protocol buffers: a field is (number << 3 | wire type), then a varint (0), 8 bytes (1), length and bytes (2), or 4
// bytes (5).
void add_varint(std::string& message, uint64_t value) {
    for (; value >= 0x80; value >>= 7) message += static_cast<char>((value & 0x7f) | 0x80);
    message += static_cast<char>(value);
}

void add_bytes(std::string& message, uint32_t field, std::string_view bytes) {
    add_varint(message, field << 3 | 2);
    add_varint(message, bytes.size());
    message += bytes;
}

void add_double(std::string& message, uint32_t field, double value) {
    add_varint(message, field << 3 | 1);
    message += little_endian(std::bit_cast<uint64_t>(value));
}

void add_float(std::string& message, uint32_t field, float value) {
    add_varint(message, field << 3 | 5);
    message += little_endian(std::bit_cast<uint32_t>(value));
}

}  // namespace

uint32_t crc32c(std::string_view bytes) {
    static constexpr std::array<uint32_t, 256> table = crc_table();
    uint32_t crc = 0xffffffff;
    for (const char byte : bytes) crc = table[(crc ^ static_cast<unsigned char>(byte)) & 0xff] ^ (crc >> 8);
    return ~crc;
}

std::string record_frame(std::string_view data) {
    std::string frame = little_endian(static_cast<uint64_t>(data.size()));
    frame += little_endian(masked(crc32c(frame)));
    frame += data;
    return frame + little_endian(masked(crc32c(data)));
}

std::string event_message(const ScalarEvent& event) {
    std::string summary;
    for (const auto& [tag, number] : event.values) {
        std::string value;
        add_bytes(value, 1, tag);
        add_float(value, 2, static_cast<float>(number));
        add_bytes(summary, 1, value);
    }
    std::string message;
    add_double(message, 1, event.wall_time_s);
    add_varint(message, 2 << 3);
    add_varint(message, static_cast<uint64_t>(event.step));
    add_bytes(message, 5, summary);
    return message;
}

std::string event_file_name(int64_t time_s, const std::string& host) {
    return "events.out.tfevents." + std::to_string(time_s) + "." + host;
}

EventFile::EventFile(const std::string& path, double wall_time_s) : file_(path) {
    std::string version;
    add_double(version, 1, wall_time_s);
    add_bytes(version, 3, "brain.Event:2");
    const std::string frame = record_frame(version);
    file_.write(frame.data(), static_cast<int64_t>(frame.size()));
}

void EventFile::add(const ScalarEvent& event) {
    const std::string frame = record_frame(event_message(event));
    file_.write(frame.data(), static_cast<int64_t>(frame.size()));
}

}  // namespace lathe

// TensorBoard's event files: TFRecord frames of Event messages (tensorflow/core/util/event.proto), scalars alone.
//   frame   uint64 length, masked CRC of the length, data, masked CRC of the data; little-endian
//   mask    ((crc >> 15) | (crc << 17)) + 0xa282ead8, crc = CRC-32C (RFC 3720, B.4)
//   Event   1: double wall_time, 2: int64 step, 3: string file_version ("brain.Event:2", the first event), 5: Summary
//   Summary 1: repeated Value {1: string tag, 2: float simple_value}
// One thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/base/files.h"

namespace lathe {

struct ScalarEvent {
    double wall_time_s = 0;  // since 1970
    int64_t step = 0;
    std::vector<std::pair<std::string, double>> values;  // by tag; float32 in the file
};

uint32_t crc32c(std::string_view bytes);
std::string record_frame(std::string_view data);
std::string event_message(const ScalarEvent& event);
// "events.out.tfevents.1795000000.HOST": TensorBoard looks for the middle of it.
std::string event_file_name(int64_t time_s, const std::string& host);

class EventFile {
public:
    // A new file; its first event is the version of the format.
    EventFile(const std::string& path, double wall_time_s);
    void add(const ScalarEvent& event);
    void finish() { file_.finish(); }

private:
    OutputFile file_;
};

}  // namespace lathe

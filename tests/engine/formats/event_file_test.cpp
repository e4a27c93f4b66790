// TensorBoard's event files byte by byte: CRCs of RFC 3720, the frame that every such file begins with, messages read
// back by the rules of protocol buffers.
#include "engine/formats/event_file.h"

#include <QtTest>
#include <bit>
#include <cmath>
#include <cstring>
#include <fstream>

using namespace lathe;

namespace {

template <class Number>
Number number_at(const std::string& bytes, size_t at) {
    Number number{};
    std::memcpy(&number, bytes.data() + at, sizeof number);  // of a little-endian machine
    return number;
}

// Fields of a message in their order: number, and bytes or value as 8 bytes.
std::vector<std::pair<int, std::string>> fields_of(const std::string& message) {
    std::vector<std::pair<int, std::string>> fields;
    size_t at = 0;
    const auto varint = [&] {
        uint64_t value = 0;
        for (int shift = 0;; shift += 7) {
            const auto byte = static_cast<unsigned char>(message.at(at++));
            value |= static_cast<uint64_t>(byte & 0x7f) << shift;
            if ((byte & 0x80) == 0) return value;
        }
    };
    while (at < message.size()) {
        const uint64_t key = varint();
        size_t length = 0;
        std::string value;
        if ((key & 7) == 0) {
            const uint64_t number = varint();
            value.assign(reinterpret_cast<const char*>(&number), 8);
        } else {
            length = (key & 7) == 1 ? 8 : (key & 7) == 5 ? 4 : static_cast<size_t>(varint());
            value = message.substr(at, length);
        }
        at += length;
        fields.emplace_back(static_cast<int>(key >> 3), value);
    }
    return fields;
}

}  // namespace

class EventFileTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void crcs_are_those_of_rfc_3720() {
        QCOMPARE(crc32c("123456789"), 0xe3069283U);
        QCOMPARE(crc32c(std::string(32, '\0')), 0x8a9136aaU);
        QCOMPARE(crc32c(std::string(32, '\xff')), 0x62a8ab43U);
        std::string rising;
        for (char c = 0; c < 32; ++c) rising += c;
        QCOMPARE(crc32c(rising), 0x46dd794eU);
        QCOMPARE(crc32c(std::string(rising.rbegin(), rising.rend())), 0x113fdb5cU);
        QCOMPARE(crc32c(""), 0U);
    }

    // Every event file of TensorFlow begins with these twelve bytes: its first event has 24.
    void a_frame_is_as_tensorflow_writes_it() {
        const std::string frame = record_frame(std::string(24, 'x'));
        QCOMPARE(QByteArray::fromStdString(frame.substr(0, 12)).toHex(), QByteArray("1800000000000000a37f4b22"));
        QCOMPARE(frame.size(), size_t{8 + 4 + 24 + 4});
    }

    void an_event_holds_its_scalars() {
        const auto fields = fields_of(event_message(
            {.wall_time_s = 1795000000.25, .step = 300, .values = {{"loss/train", 2.5}, {"loss/validation", NAN}}}));
        QCOMPARE(fields.size(), size_t{3});
        QCOMPARE(fields[0].first, 1);
        QCOMPARE(number_at<double>(fields[0].second, 0), 1795000000.25);
        QCOMPARE(fields[1].first, 2);
        QCOMPARE(number_at<int64_t>(fields[1].second, 0), int64_t{300});
        QCOMPARE(fields[2].first, 5);
        const auto values = fields_of(fields[2].second);
        QCOMPARE(values.size(), size_t{2});
        const auto first = fields_of(values[0].second);
        QCOMPARE(first[0], (std::pair<int, std::string>(1, "loss/train")));
        QCOMPARE(first[1].first, 2);
        QCOMPARE(number_at<float>(first[1].second, 0), 2.5F);
        QVERIFY(std::isnan(number_at<float>(fields_of(values[1].second)[1].second, 0)));
    }

    void a_file_begins_with_its_version() {
        const QTemporaryDir folder;
        const std::string path = folder.filePath(QString::fromStdString(event_file_name(7, "r"))).toStdString();
        QVERIFY(path.ends_with("/events.out.tfevents.7.r"));
        EventFile file(path, 7);
        file.add({.wall_time_s = 8, .step = 1, .values = {{"a", 1}}});
        file.finish();
        std::ifstream in(path, std::ios::binary);
        const std::string bytes{std::istreambuf_iterator<char>(in), {}};
        const auto length = number_at<uint64_t>(bytes, 0);
        QCOMPARE(length, uint64_t{24});
        const auto fields = fields_of(bytes.substr(12, length));
        QCOMPARE(fields.back(), (std::pair<int, std::string>(3, "brain.Event:2")));
        const size_t second = 12 + 24 + 4;
        QCOMPARE(bytes.size(), second + 12 + number_at<uint64_t>(bytes, second) + 4);
    }
};

QTEST_APPLESS_MAIN(EventFileTest)
#include "event_file_test.moc"

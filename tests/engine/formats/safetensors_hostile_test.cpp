// Broken and hostile safetensors files. The numbers S1 to S18 are those of the project's list of hostile inputs.
#include <sys/stat.h>
#include <unistd.h>
#include <QElapsedTimer>
#include <QTemporaryDir>

#include "engine/formats/checked.h"
#include "engine/formats/safetensors.h"
#include "tests/engine/formats/format_fixture.h"

using namespace lathe;

namespace {

std::string entry(const std::string& name, const std::string& dtype, const std::string& shape,
                  const std::string& offsets) {
    return "\"" + name + "\":{\"dtype\":\"" + dtype + "\",\"shape\":" + shape + ",\"data_offsets\":" + offsets + "}";
}

const std::string kGood = entry("a", "F32", "[1]", "[0,4]");

}  // namespace

class SafetensorsHostileTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void refuses_data();
    void refuses();
    void accepts_data();
    void accepts();
    void s2_a_header_over_the_limit_in_a_sparse_file();
    void s8_many_tensors_over_one_buffer();
    void s14_long_metadata();
    void s15_names_are_text();
    void s17_a_file_that_shrinks_while_open();
    void s18_what_is_no_file();
    void sizes_never_wrap();
    void every_cut_and_every_flip_of_a_good_file();

private:
    std::string path(const char* name = "x.safetensors") const { return folder_.path().toStdString() + "/" + name; }
    QTemporaryDir folder_;
};

void SafetensorsHostileTest::refuses_data() {
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("kind");
    const auto row = [](const char* name, const std::string& bytes, ErrorKind kind) {
        QTest::newRow(name) << QByteArray(bytes.data(), static_cast<qsizetype>(bytes.size())) << static_cast<int>(kind);
    };
    const auto header = [&](const char* name, const std::string& text, ErrorKind kind = ErrorKind::malformed,
                            int64_t data = 4) {
        row(name, safetensors_with(text, std::string(static_cast<size_t>(data), 'x')), kind);
    };
    using enum ErrorKind;
    row("S1 empty", "", malformed);
    row("S1 seven bytes", "1234567", malformed);
    row("S2 N = 2^63", length_prefix(1ULL << 63) + "{}", too_large);
    row("S2 N = 2^64 - 1", length_prefix(~0ULL) + "{}", too_large);
    row("S2 N = 100,000,001", length_prefix(100'000'001) + "{}", too_large);
    row("S3 N beyond the file", length_prefix(3) + "{}", malformed);
    row("S3 N = 0", length_prefix(0), malformed);
    header("S4 not UTF-8", "{" + entry("a\xff", "F32", "[1]", "[0,4]") + "}");
    header("S4 byte order mark", "\xEF\xBB\xBF{" + kGood + "}");
    header("S4 leading space", " {" + kGood + "}");
    header("S4 NUL", "{" + kGood + "}" + std::string(1, '\0'));
    header("S4 after the end", "{" + kGood + "} x");
    header("S4 comment", "{" + kGood + "}/**/");
    header("S4 trailing comma", "{" + kGood + ",}");
    header("S5 list", "[]");
    header("S5 null", "null");
    header("S5 deep list", std::string(100'000, '['));
    header("S5 deep list inside", "{\"a\":" + std::string(100'000, '['));
    header("S5 deep object", "{\"a\":{\"dtype\":" + std::string(100'000, '{'));
    header("S5 deep shape", "{" + entry("a", "F32", "[[1]]", "[0,4]") + "}");
    header("S6 name twice", "{" + kGood + "," + entry("a", "F32", "[1]", "[4,8]") + "}", malformed, 8);
    header("S6 name twice, same offsets", "{" + kGood + "," + kGood + "}");
    header("S6 name twice, both empty",
           "{" + entry("a", "F32", "[0]", "[0,0]") + "," + entry("a", "F32", "[0]", "[0,0]") + "}", malformed, 0);
    header("S6 escaped twice", "{" + kGood + "," + entry("\\u0061", "F32", "[1]", "[4,8]") + "}", malformed, 8);
    header("S7 dtype twice", R"({"a":{"dtype":"F32","dtype":"F32","shape":[1],"data_offsets":[0,4]}})");
    header("S7 shape twice", R"({"a":{"dtype":"F32","shape":[1],"shape":[1],"data_offsets":[0,4]}})");
    header("S7 offsets twice", R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4],"data_offsets":[0,4]}})");
    header("S7 metadata twice", "{\"__metadata__\":{},\"__metadata__\":{}," + kGood + "}");
    header("S8 overlap", "{" + kGood + "," + entry("b", "F32", "[1]", "[2,6]") + "}", malformed, 6);
    header("S9 hole", "{" + kGood + "," + entry("b", "F32", "[1]", "[8,12]") + "}", malformed, 12);
    header("S9 hole at the start", "{" + entry("a", "F32", "[1]", "[4,8]") + "}", malformed, 8);
    header("S9 trailing bytes", "{" + kGood + "}", malformed, 5);
    header("S9 trailing bytes, no tensor", "{}", malformed, 5);
    header("S10 begin > end", "{" + entry("a", "F32", "[1]", "[4,0]") + "}", out_of_range);
    header("S10 end > file", "{" + entry("a", "F32", "[2]", "[0,8]") + "}", out_of_range);
    header("S10 2^63", "{" + entry("a", "F32", "[1]", "[0,9223372036854775808]") + "}", out_of_range);
    for (const char* bad : {"-1", "-0", "1e400", "4.0", "\"4\"", "true", "null", "18446744073709551616", "4e0"}) {
        header((std::string("S10 offset ") + bad).c_str(),
               "{" + entry("a", "F32", "[1]", std::string("[0,") + bad + "]") + "}");
        header((std::string("S10 dimension ") + bad).c_str(),
               "{" + entry("a", "F32", std::string("[") + bad + "]", "[0,4]") + "}");
    }
    header("S10 one offset", "{" + entry("a", "F32", "[1]", "[4]") + "}");
    header("S10 three offsets", "{" + entry("a", "F32", "[1]", "[0,4,4]") + "}", out_of_range);
    header("S11 2^32 by 2^32", "{" + entry("a", "F32", "[4294967296,4294967296]", "[0,0]") + "}", mismatch, 0);
    header("S11 wraps to 4", "{" + entry("a", "U8", "[4611686018427387905,4]", "[0,4]") + "}", mismatch);
    header("S11 0 and 2^63", "{" + entry("a", "F32", "[0,9223372036854775808]", "[0,0]") + "}", out_of_range, 0);
    header("S11 0 and what wraps", "{" + entry("a", "F32", "[0,4294967296,4294967296]", "[0,0]") + "}", mismatch, 0);
    header("S11 nine dimensions", "{" + entry("a", "F32", "[1,1,1,1,1,1,1,1,1]", "[0,4]") + "}", out_of_range);
    header("S12 too small", "{" + entry("a", "F32", "[2]", "[0,4]") + "}", mismatch);
    header("S12 scalar", "{" + entry("a", "F64", "[]", "[0,4]") + "}", mismatch);
    header("S12 unknown dtype", "{" + entry("a", "F31", "[1]", "[0,4]") + "}", unsupported);
    header("S12 lower case", "{" + entry("a", "f32", "[1]", "[0,4]") + "}", unsupported);
    header("S12 F4 of odd count", "{" + entry("a", "F4", "[9]", "[0,4]") + "}", unsupported);
    header("S12 no dtype", R"({"a":{"shape":[1],"data_offsets":[0,4]}})", missing_key);
    header("S12 no shape", R"({"a":{"dtype":"F32","data_offsets":[0,4]}})", missing_key);
    header("S12 no offsets", R"({"a":{"dtype":"F32","shape":[1]}})", missing_key);
    header("S12 another key", R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4],"scale":2}})");
    header("S12 entry is a text", R"({"a":"F32"})");
    header("S14 number in metadata", "{\"__metadata__\":{\"a\":1}," + kGood + "}");
    header("S14 object in metadata", "{\"__metadata__\":{\"a\":{}}," + kGood + "}");
    header("S14 metadata is a list", "{\"__metadata__\":[]," + kGood + "}");
    header("S14 key twice in metadata", "{\"__metadata__\":{\"a\":\"\",\"a\":\"\"}," + kGood + "}");
    header("S15 name of 1 KiB + 1", "{" + entry(std::string(1025, 'n'), "F32", "[1]", "[0,4]") + "}", too_large);
    header("S15 name of 1 MB", "{" + entry(std::string(1 << 20, 'n'), "F32", "[1]", "[0,4]") + "}", too_large);
    header("S17 cut by one byte", "{" + kGood + "}", out_of_range, 3);
}

void SafetensorsHostileTest::refuses() {
    QFETCH(QByteArray, bytes);
    QFETCH(int, kind);
    put_file(path(), bytes.toStdString());
    const auto failure = error_of([&] { SafetensorsFile file(path()); });
    QVERIFY(failure.has_value());
    QVERIFY2(static_cast<int>(failure->kind) == kind, failure->sentence().c_str());
    QCOMPARE(failure->file, path());
    QVERIFY(failure->sentence().size() <= 300);
}

void SafetensorsHostileTest::accepts_data() {
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<int>("data");
    const std::string empty = entry("z", "F32", "[0]", "[0,0]"), empty_after = entry("y", "F64", "[3,0]", "[4,4]");
    QTest::newRow("S13 zero-size at the start") << QByteArray::fromStdString("{" + kGood + "," + empty + "}") << 4;
    QTest::newRow("S13 zero-size at the end") << QByteArray::fromStdString("{" + empty_after + "," + kGood + "}") << 4;
    QTest::newRow("S13 zero-size between")
        << QByteArray::fromStdString("{" + empty_after + "," + kGood + "," + entry("b", "U8", "[1]", "[4,5]") + "}")
        << 5;
    QTest::newRow("S4 trailing spaces") << QByteArray::fromStdString("{" + kGood + "}     \n") << 4;
    QTest::newRow("no tensors") << QByteArray("{}") << 0;
    QTest::newRow("name of 1 KiB") << QByteArray::fromStdString(
                                          "{" + entry(std::string(1024, 'n'), "F32", "[1]", "[0,4]") + "}")
                                   << 4;
    QTest::newRow("offsets before dtype")
        << QByteArray(R"({"a":{"data_offsets":[0,4],"shape":[1],"dtype":"F32"}})") << 4;
}

void SafetensorsHostileTest::accepts() {
    QFETCH(QByteArray, header);
    QFETCH(int, data);
    put_file(path(), safetensors_with(header.toStdString(), std::string(static_cast<size_t>(data), 'x')));
    const SafetensorsFile file(path());
    for (const TensorInfo& tensor : file.tensors()) {
        std::string bytes(static_cast<size_t>(tensor.end - tensor.begin), '\0');
        file.read(tensor, bytes.data());
        QCOMPARE(bytes, std::string(bytes.size(), 'x'));
    }
}

void SafetensorsHostileTest::s2_a_header_over_the_limit_in_a_sparse_file() {
    put_file(path(), length_prefix(1ULL << 33));
    QCOMPARE(::truncate(path().c_str(), (1LL << 33) + 8), 0);
    VERIFY_FAILS(SafetensorsFile file(path()), too_large, "x.safetensors");
}

void SafetensorsHostileTest::s8_many_tensors_over_one_buffer() {
    std::string header = "{";
    for (int i = 0; i < 10'000; ++i)
        header += (i ? "," : "") + entry(std::to_string(i), "U8", "[1048576]", "[0,1048576]");
    put_file(path(), safetensors_with(header + "}", std::string(1 << 20, 'x')));
    VERIFY_FAILS(SafetensorsFile file(path()), malformed, "overlap");
    header = "{";
    for (int i = 0; i <= 262'144; ++i) header += (i ? "," : "") + entry(std::to_string(i), "U8", "[0]", "[0,0]");
    put_file(path(), safetensors_with(header + "}"));
    VERIFY_FAILS(SafetensorsFile file(path()), too_large, "262144");
}

void SafetensorsHostileTest::s14_long_metadata() {
    put_file(path(), safetensors_with("{\"__metadata__\":{\"a\":\"" + std::string(50 << 20, 'm') + "\"}," + kGood + "}",
                                      "xxxx"));
    QCOMPARE(SafetensorsFile(path()).metadata().at("a").size(), size_t{50} << 20);
}

void SafetensorsHostileTest::s15_names_are_text() {
    for (const std::string name : {"../../x", "/etc/passwd", "a\\u0000b", "\\u202egnp.exe", "\\n\\r\\u001b[31m", ""}) {
        put_file(path(), safetensors_with("{" + entry(name, "F32", "[1]", "[0,4]") + "}", "xxxx"));
        const SafetensorsFile file(path());
        float value;
        VERIFY_FAILS(file.read_fp32(file.tensors()[0], 0, 2, &value), out_of_range, "x.safetensors");
    }
}

void SafetensorsHostileTest::s17_a_file_that_shrinks_while_open() {
    const std::string header = "{" + entry("a", "BF16", "[500000]", "[0,1000000]") + "}";
    put_file(path(), safetensors_with(header, std::string(1'000'000, 'x')));
    const SafetensorsFile file(path());
    QCOMPARE(::truncate(path().c_str(), 600'000), 0);
    std::vector<float> values(500'000);
    VERIFY_FAILS(file.read_fp32(*file.find("a"), 0, 500'000, values.data()), malformed, "shorter");
    std::string raw(1'000'000, '\0');
    VERIFY_FAILS(file.read(*file.find("a"), raw.data()), malformed, "shorter");
}

void SafetensorsHostileTest::s18_what_is_no_file() {
    QCOMPARE(::mkfifo(path("fifo").c_str(), 0600), 0);
    QCOMPARE(::symlink("loop", path("loop").c_str()), 0);
    QCOMPARE(::symlink("fifo", path("to_fifo").c_str()), 0);
    VERIFY_FAILS(SafetensorsFile file(path("fifo")), unreadable, "fifo");
    VERIFY_FAILS(SafetensorsFile file(path("to_fifo")), unreadable, "to_fifo");
    VERIFY_FAILS(SafetensorsFile file("/dev/zero"), unreadable, "/dev/zero");
    VERIFY_FAILS(SafetensorsFile file(folder_.path().toStdString()), unreadable, folder_.path().toStdString());
    VERIFY_FAILS(SafetensorsFile file(path("loop")), unreadable, "loop");
    VERIFY_FAILS(SafetensorsFile file(path("nowhere")), not_found, "nowhere");
}

void SafetensorsHostileTest::sizes_never_wrap() {
    QCOMPARE(checked_bytes({3, 5}, 4, 100), std::optional<int64_t>(60));
    QCOMPARE(checked_bytes({3, 5}, 4, 59), std::optional<int64_t>());
    QCOMPARE(checked_bytes({INT64_MAX, INT64_MAX, INT64_MAX}, 8, INT64_MAX), std::optional<int64_t>());
    QCOMPARE(checked_bytes({-1}, 4, 100), std::optional<int64_t>());
    QCOMPARE(checked_bytes({-1, -1}, 4, 100), std::optional<int64_t>());
    QCOMPARE(checked_bytes({0, 7}, 4, 100), std::optional<int64_t>(0));
    QCOMPARE(checked_sum(INT64_MAX, 1, INT64_MAX), std::optional<int64_t>());
    QCOMPARE(checked_sum(1, -1, INT64_MAX), std::optional<int64_t>());
}

// Nothing but an Exception or a good read may come of damage.
void SafetensorsHostileTest::every_cut_and_every_flip_of_a_good_file() {
    const std::string good = safetensors_with(
        "{\"__metadata__\":{\"format\":\"pt\"}," + kGood + "," + entry("b", "BF16", "[2,1]", "[4,8]") + "}",
        "12345678");
    const auto open_all = [&](const std::string& bytes) {
        put_file(path(), bytes);
        return error_of([&] {
            const SafetensorsFile file(path());
            for (const TensorInfo& tensor : file.tensors()) {
                std::string raw(static_cast<size_t>(tensor.end - tensor.begin), '\0');
                file.read(tensor, raw.data());
            }
        });
    };
    QVERIFY(!open_all(good));
    for (size_t cut = 0; cut < good.size(); ++cut) QVERIFY(open_all(good.substr(0, cut)).has_value());
    for (size_t at = 0; at < good.size() - 8; ++at) {
        for (const int bit : {0, 1, 3, 5, 7}) {
            std::string flipped = good;
            flipped[at] = static_cast<char>(flipped[at] ^ (1 << bit));
            open_all(flipped);
        }
    }
}

QTEST_APPLESS_MAIN(SafetensorsHostileTest)
#include "safetensors_hostile_test.moc"

// Broken and hostile GGUF files. The numbers G1 to G16 are those of the project's list of hostile inputs; G14 and G15
// are the tokenizer's (gguf_tokenizer_test), G16 the settings' (gguf_test).
#include <sys/stat.h>
#include <unistd.h>
#include <QTemporaryDir>

#include "engine/formats/gguf.h"
#include "tests/engine/formats/format_fixture.h"
#include "tests/engine/formats/gguf_builder.h"

using namespace lathe;
using namespace lathe_test;

namespace {

constexpr unsigned long long kMost = ~0ULL;

GgufBuilder with_data(int64_t bytes = 64) {
    GgufBuilder file;
    file.data = std::string(static_cast<size_t>(bytes), 'x');
    return file;
}

std::string head(uint64_t tensors, uint64_t keys, const std::string& rest = "") {
    return "GGUF" + le4(3) + le8(tensors) + le8(keys) + rest;
}

}  // namespace

class GgufHostileTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void refuses_data();
    void refuses();
    void accepts_data();
    void accepts();
    void metadata_over_the_limit_in_a_sparse_file();
    void a_file_that_shrinks_while_open();
    void what_is_no_file();
    void names_are_text();
    void every_cut_and_every_flip_of_a_good_file();

private:
    std::string path(const char* name = "x.gguf") const { return folder_.path().toStdString() + "/" + name; }
    QTemporaryDir folder_;
};

void GgufHostileTest::refuses_data() {
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("kind");
    const auto row = [](const char* name, const std::string& bytes, ErrorKind kind) {
        QTest::newRow(name) << QByteArray(bytes.data(), static_cast<qsizetype>(bytes.size())) << static_cast<int>(kind);
    };
    const auto key = [&](const char* name, const std::string& bytes, ErrorKind kind) {
        row(name, head(0, 1, bytes), kind);
    };
    using enum ErrorKind;
    const std::string k = gguf_string("k"), padding(64, 'x');
    row("empty", "", malformed);
    row("G1 cut in the magic", "GGU", malformed);
    row("G1 GGML", "GGML" + head(0, 0).substr(4), malformed);
    for (const uint32_t version : {0U, 1U, 4U, 0x03000000U, ~0U}) {
        GgufBuilder file;
        file.version = version;
        row(("G1 version " + std::to_string(version)).c_str(), file.bytes(), unsupported);
    }
    for (const uint64_t count : {kMost, 1ULL << 63, 1'000'000'000'000'000'000ULL}) {
        row("G2 tensors", head(count, 0), too_large);
        row("G2 keys", head(0, count), too_large);
    }
    row("G2 more tensors than bytes", head(1000, 0, padding), malformed);
    row("G2 more keys than bytes", head(0, 1000, padding), malformed);
    key("G3 key length 2^64 - 1", le8(kMost) + padding, malformed);
    key("G3 key beyond the file", le8(65) + padding, malformed);
    key("G3 empty key", le8(0) + padding, malformed);
    key("G3 key of 64 KiB", gguf_string(std::string(65536, 'k')) + le4(0) + "1", malformed);
    row("G4 key twice", GgufBuilder().u32("k", 1).u32("k", 1).bytes(), malformed);
    row("G4 tensor twice", with_data().tensor("w", {1}, 0, 0).tensor("w", {1}, 0, 32).bytes(), malformed);
    key("G5 type 13", k + le4(13) + padding, malformed);
    key("G5 type 2^31", k + le4(1U << 31) + padding, malformed);
    key("G5 element type 13", k + le4(9) + le4(13) + le8(1) + padding, malformed);
    key("G5 array of arrays", k + le4(9) + le4(9) + le8(1) + le4(9) + le8(1) + padding, unsupported);
    key("G5 deep arrays", k + le4(9) + std::string(100'000, '\x09'), malformed);
    key("G5 a bool of 2", k + le4(7) + "\x02", malformed);
    for (const uint64_t count : {kMost, 1ULL << 63, 1ULL << 61, 1ULL << 60, 17ULL}) {
        key("G6 u32s", k + le4(9) + le4(4) + le8(count) + padding, malformed);
        key("G6 texts", k + le4(9) + le4(8) + le8(count) + padding, malformed);
    }
    key("G6 f64s", k + le4(9) + le4(12) + le8((1ULL << 61) + 1) + padding, malformed);
    key("G7 text of 2^40", k + le4(8) + le8(1ULL << 40) + padding, malformed);
    key("G7 text of 2^64 - 1", k + le4(8) + le8(kMost) + padding, malformed);
    key("G7 text one byte too long", k + le4(8) + le8(65) + padding, malformed);
    key("G15 a token of 2 GiB", k + le4(9) + le4(8) + le8(2) + gguf_string("a") + le8(1ULL << 31) + padding, malformed);
    for (const uint64_t alignment : {0ULL, 1ULL, 3ULL, 4ULL, 13ULL, 1ULL << 17, 1ULL << 31})
        row("G8 alignment", GgufBuilder().u32("general.alignment", alignment).bytes(), out_of_range);
    row("G8 INT32", GgufBuilder().value("general.alignment", 5, le4(32)).bytes(), wrong_type);
    row("G8 text", GgufBuilder().text("general.alignment", "32").bytes(), wrong_type);
    row("G9 no dimension", with_data().tensor("w", {}, 0, 0).bytes(), out_of_range);
    row("G9 five dimensions", with_data().tensor("w", {1, 1, 1, 1, 1}, 0, 0).bytes(), out_of_range);
    row("G9 2^32 - 1 dimensions", head(1, 0, gguf_string("w") + le4(~0U) + padding), out_of_range);
    const auto shape = [&](const char* name, const std::vector<uint64_t>& ne, ErrorKind kind, uint32_t type = 0) {
        row(name, with_data().tensor("w", ne, type, 0).bytes(), kind);
    };
    shape("G10 negative", {kMost}, out_of_range);
    shape("G10 2^63", {1ULL << 63}, out_of_range);
    shape("G10 2^42 + 1", {(1ULL << 42) + 1, 1ULL << 42}, mismatch);
    shape("G10 product wraps to 16", {16, (1ULL << 60) + 1}, mismatch);
    shape("G10 bytes wrap", {1ULL << 62}, mismatch);
    shape("G10 bytes wrap to 64", {(1ULL << 62) + 16}, mismatch);
    shape("G10 sum wraps", {(1ULL << 63) - 32}, mismatch, 8);
    shape("G10 blocks wrap", {(1ULL << 63) - 32, 8}, mismatch, 8);
    shape("G10 zero by what wraps", {0, 1ULL << 40, 1ULL << 40}, mismatch);
    shape("G10 more than the file", {17}, malformed);
    row("G11 unaligned", with_data().tensor("w", {1}, 0, 4).bytes(), malformed);
    row("G11 overlap", with_data(96).tensor("v", {9}, 0, 0).tensor("w", {8}, 0, 32).bytes(), malformed);
    row("G11 same place", with_data().tensor("v", {8}, 0, 32).tensor("w", {8}, 0, 32).bytes(), malformed);
    row("G11 beyond the file", with_data().tensor("w", {1}, 0, 96).bytes(), malformed);
    row("G11 far beyond the file", with_data().tensor("w", {1}, 0, 1ULL << 40).bytes(), out_of_range);
    row("G11 2^64 - 32", with_data().tensor("w", {1}, 0, kMost - 31).bytes(), out_of_range);
    shape("G12 removed type", {32}, malformed, 4);
    shape("G12 unknown type", {32}, malformed, 40);
    shape("G12 type -1", {32}, malformed, ~0U);
    shape("G12 Q2_K", {256}, unsupported, 10);
    shape("G12 rows of 33", {33}, malformed, 8);
    shape("G12 rows of 32", {32}, malformed, 12);
    GgufBuilder cut = with_data(63);
    row("G13 cut by one byte", cut.tensor("w", {16}, 0, 0).bytes(), malformed);
    row("name of 65 bytes", with_data().tensor(std::string(65, 'w'), {1}, 0, 0).bytes(), malformed);
    row("no name", with_data().tensor("", {1}, 0, 0).bytes(), malformed);
    row("split", GgufBuilder().value("split.count", 2, le(3, 2)).bytes(), unsupported);
}

void GgufHostileTest::refuses() {
    QFETCH(const QByteArray, bytes);
    QFETCH(const int, kind);
    put_file(path(), bytes.toStdString());
    const auto failure = error_of([&] { GgufFile file(path()); });
    QVERIFY(failure.has_value());
    QVERIFY2(static_cast<int>(failure->kind) == kind, failure->sentence().c_str());
    QCOMPARE(failure->file, path());
    QVERIFY(failure->sentence().size() <= 300);
}

void GgufHostileTest::accepts_data() {
    QTest::addColumn<QByteArray>("bytes");
    const auto row = [](const char* name, const GgufBuilder& file) {
        QTest::newRow(name) << QByteArray::fromStdString(file.bytes());
    };
    row("nothing", GgufBuilder());
    GgufBuilder old = with_data().tensor("w", {16}, 0, 0);
    old.version = 2;
    row("version 2", old);
    row("G10 no element", with_data().tensor("w", {0, 7}, 0, 0).tensor("v", {16}, 0, 0));
    row("trailing bytes", with_data(80).tensor("w", {16}, 0, 0));
    row("a hole", with_data(128).tensor("w", {8}, 0, 96));
    row("in another order", with_data().tensor("w", {8}, 0, 32).tensor("v", {8}, 0, 0));
    row("name of 64 bytes", with_data().tensor(std::string(64, 'w'), {1}, 0, 0));
    row("one part", GgufBuilder().value("split.count", 2, le(1, 2)));
    row("key of 65,535 bytes", GgufBuilder().u32(std::string(65535, 'k'), 1));
}

void GgufHostileTest::accepts() {
    QFETCH(const QByteArray, bytes);
    put_file(path(), bytes.toStdString());
    const GgufFile file(path());
    for (const GgufTensor& tensor : file.tensors()) {
        std::vector<float> values(static_cast<size_t>(tensor.elements()));
        file.read_fp32(tensor, 0, tensor.elements(), values.data());
        for (const float value : values) QCOMPARE(std::bit_cast<uint32_t>(value), 0x78787878U);
    }
}

void GgufHostileTest::metadata_over_the_limit_in_a_sparse_file() {
    const std::string start = head(0, 1, gguf_string("k") + le4(9) + le4(0) + le8((256 << 20) + 1));
    put_file(path(), start);
    QCOMPARE(::truncate(path().c_str(), 1LL << 33), 0);
    VERIFY_FAILS(GgufFile file(path()), too_large, "k");
}

void GgufHostileTest::a_file_that_shrinks_while_open() {
    put_file(path(), with_data(4 << 20).tensor("w", {1 << 20}, 0, 0).bytes());
    const GgufFile file(path());
    QCOMPARE(::truncate(path().c_str(), 1 << 20), 0);
    std::vector<float> values(1 << 20);
    VERIFY_FAILS(file.read_fp32(file.tensors()[0], 0, 1 << 20, values.data()), malformed, "shorter");
}

void GgufHostileTest::what_is_no_file() {
    QCOMPARE(::mkfifo(path("fifo").c_str(), 0600), 0);
    VERIFY_FAILS(GgufFile file(path("fifo")), unreadable, "fifo");
    VERIFY_FAILS(GgufFile file("/dev/zero"), unreadable, "/dev/zero");
    VERIFY_FAILS(GgufFile file(folder_.path().toStdString()), unreadable, folder_.path().toStdString());
    VERIFY_FAILS(GgufFile file(path("nowhere")), not_found, "nowhere");
}

void GgufHostileTest::names_are_text() {
    for (const std::string& name : {std::string("../../x"), std::string("a\0b", 3), std::string("\xE2\x80\xAEgnp.exe"),
                                    std::string("\n\r\x1b[31m"), std::string("\xff\xfe")}) {
        put_file(path(), with_data().tensor(name, {1}, 0, 0).bytes());
        const GgufFile file(path());
        float value;
        VERIFY_FAILS(file.read_fp32(file.tensors()[0], 0, 2, &value), out_of_range, "x.gguf");
        put_file(path(), GgufBuilder().u32(name, 1).u32(name, 1).bytes());
        VERIFY_FAILS(GgufFile file(path()), malformed, "x.gguf");
    }
}

// Nothing but an Exception or a good read may come of damage.
void GgufHostileTest::every_cut_and_every_flip_of_a_good_file() {
    GgufBuilder builder;
    builder.u32("general.alignment", 32).text("t", "text").texts("list", {"a", "", "bc"}).boolean("b", true);
    builder.i32s("i", {1, 2}).tensor("w", {2, 4}, 0, 0).tensor("q", {32}, 8, 32);
    builder.data = std::string(32 + 34, 'x');
    const std::string good = builder.bytes();
    const auto open_all = [&](const std::string& bytes) {
        put_file(path(), bytes);
        return error_of([&] {
            const GgufFile file(path());
            file.texts("list");
            file.integers("i");
            for (const GgufTensor& tensor : file.tensors()) {
                std::vector<float> values(static_cast<size_t>(tensor.elements()));
                file.read_fp32(tensor, 0, tensor.elements(), values.data());
            }
        });
    };
    QVERIFY(!open_all(good));
    for (size_t cut = 0; cut < good.size(); ++cut) QVERIFY(open_all(good.substr(0, cut)).has_value());
    for (size_t at = 0; at < good.size() - builder.data.size(); ++at) {
        for (const int bit : {0, 1, 3, 5, 7}) {
            std::string flipped = good;
            flipped[at] = static_cast<char>(flipped[at] ^ (1 << bit));
            open_all(flipped);
        }
    }
}

QTEST_APPLESS_MAIN(GgufHostileTest)
#include "gguf_hostile_test.moc"

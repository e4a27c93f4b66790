// The bigram baseline by hand, against tests/data/bigram (plain Python), and over the same targets as the model's
// validation.
#include <QTest>
#include <cmath>
#include <string>
#include <vector>

#include "engine/base/json.h"
#include "engine/data/baseline.h"
#include "tests/engine/data/byte_encoder.h"
#include "tests/engine/data/data_folder.h"

using namespace lathe;
using lathe_test::byte_counts;
using lathe_test::byte_encoder;
using lathe_test::DataFolder;
using lathe_test::join_documents;

namespace {

// As make_bigram.py.
std::vector<std::string> drawn_documents() {
    uint64_t state = 1;
    std::vector<std::string> documents(40);
    for (size_t number = 0; number < documents.size(); ++number) {
        std::string& text = documents[number];
        for (size_t i = 0; i < 50 + 10 * number; ++i) {
            state = (state * 1103515245 + 12345) % (uint64_t{1} << 31);
            const int last = text.empty() ? 0 : text.back() - 'a';
            const auto draw = static_cast<int>(state >> 16);
            text += static_cast<char>('a' + (draw % 10 < 6 ? (last * 5 + 3) % 7 : draw % 7));
        }
    }
    return documents;
}

TokenCache cache_of(const DataFolder& folder, const std::vector<std::string>& documents) {
    return open_token_cache(folder.path("cache"), {.files = {folder.write("a.txt", join_documents(documents))}},
                            byte_encoder());
}

}  // namespace

class BaselineTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void by_hand() {
        // One document "abababa|": five tokens are trained on, "ba|" is held back. Too few pairs to hold any out: all
        // weights are 1/2.
        const DataFolder folder;
        const TokenCache cache = cache_of(folder, {"abababa"});
        const Dataset dataset(cache, {.max_length = 8, .validation_fraction = 0.3}, byte_counts());
        QCOMPARE(dataset.training_tokens(), int64_t{5});
        // Pairs ab ba ab ba: P(a) = P(b) = (2+1)/(4+257), P(|) = 1/261. Scored: b→a, a→|.
        const double b_to_a = 0.5 * (2.0 / 2.0) + 0.5 * 3.0 / 261.0, a_to_end = 0.5 * (0.0 / 2.0) + 0.5 * 1.0 / 261.0;
        const NgramBaseline baseline = ngram_baseline(dataset, 257);
        QCOMPARE(baseline.tokens, int64_t{2});
        QCOMPARE(baseline.bytes, int64_t{1});
        QCOMPARE(baseline.loss, -(std::log(b_to_a) + std::log(a_to_end)) / 2);
        QCOMPARE(baseline.bits_per_byte, -(std::log2(b_to_a) + std::log2(a_to_end)));
    }

    void as_plain_python() {
        const DataFolder folder;
        const Json golden = read_json(LATHE_SOURCE_DIR "/tests/data/bigram/bigram.json");
        const TokenCache cache = cache_of(folder, drawn_documents());
        const Dataset dataset(cache, {.max_length = 64, .validation_fraction = 0.1}, byte_counts());
        QCOMPARE(dataset.validation_documents(), int64_t{4});
        const NgramBaseline baseline = ngram_baseline(dataset, 257);
        QCOMPARE(baseline.tokens, golden.at("tokens").get<int64_t>());
        QCOMPARE(baseline.bytes, golden.at("bytes").get<int64_t>());
        // Ratios of probabilities are held in fp32 while the weights are fitted.
        QVERIFY2(std::abs(baseline.loss - golden.at("loss").get<double>()) < 1e-6,
                 qPrintable(QString::number(baseline.loss, 'g', 15)));
        QVERIFY(std::abs(baseline.bits_per_byte - golden.at("bits_per_byte").get<double>()) < 1e-6);
        QVERIFY(baseline.bits_per_byte < std::log2(7.0) * 0.9);  // it has learnt the pairs
    }

    void scores_what_validation_scores() {
        const DataFolder folder;
        const TokenCache cache = cache_of(folder, drawn_documents());
        for (const bool packing : {true, false}) {
            const Dataset dataset(cache, {.max_length = 64, .packing = packing, .validation_fraction = 0.1},
                                  byte_counts());
            for (const int64_t rows : {int64_t{0}, int64_t{3}, dataset.validation_rows()}) {
                const Batch batch = dataset.validation(0, rows);
                const NgramBaseline baseline = ngram_baseline(dataset, 257, rows);
                QCOMPARE(baseline.tokens, batch.target_count);
                QCOMPARE(baseline.bytes, batch.target_bytes);
                QCOMPARE(std::isnan(baseline.bits_per_byte), rows == 0);
            }
            const NgramBaseline all = ngram_baseline(dataset, 257), few = ngram_baseline(dataset, 257, -1, 200);
            QCOMPARE(few.tokens, all.tokens);
            QVERIFY(few.loss > all.loss && few.loss < 3);
            QVERIFY(ngram_baseline(dataset, 300).loss != all.loss);  // add-one over more tokens
            QVERIFY(lathe_test::error_of([&] { ngram_baseline(dataset, 256); })->kind == ErrorKind::mismatch);
        }
    }

    void many_pairs_are_counted_right() {
        // 10,000 distinct pairs make the table grow; each occurs about as often as any other.
        std::string text;
        for (int step = 1; step <= 100; ++step)
            for (int i = 0; i < 101; ++i) text += static_cast<char>(20 + i * step % 101);
        for (char& c : text)
            if (c == '\n' || c == '\r') c = 'z';
        const DataFolder folder;
        const TokenCache cache = cache_of(folder, {text, text});
        const Dataset dataset(cache, {.max_length = 64, .validation_fraction = 0.5}, byte_counts());
        const NgramBaseline baseline = ngram_baseline(dataset, 257);
        QVERIFY(baseline.loss > 4.4 && baseline.loss < 5.6);  // ln 101 = 4.6
    }
};

QTEST_APPLESS_MAIN(BaselineTest)
#include "baseline_test.moc"

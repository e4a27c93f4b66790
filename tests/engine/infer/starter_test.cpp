// The starter model opens and still knows the sample texts: a change of format or arithmetic cannot strand it
// unnoticed.
#include <QTest>

#include <filesystem>
#include <numbers>

#include "engine/data/documents.h"
#include "engine/data/token_cache.h"
#include "engine/data/tokenizer.h"
#include "engine/infer/scorer.h"
#include "engine/model/model_io.h"

using namespace lathe;

namespace {

const std::string kResources = std::string(LATHE_SOURCE_DIR) + "/resources/";

// Bits per byte of the first documents of a sample text.
double bits_per_byte(Model& model, const Tokenizer& tokenizer, const std::string& sample, int documents) {
    const std::vector<int32_t> token_bytes = token_byte_counts(tokenizer);
    double nats = 0;
    int64_t bytes = 0;
    for_each_document({.files = {kResources + "samples/" + sample}}, [&](std::string_view text, const DocumentPlace&) {
        const std::vector<int32_t> ids =
            tokenizer.encode(text.substr(0, complete_utf8_prefix(text.substr(0, 2000))), false);
        score_windows(model, ids, 256, 128, [&](int64_t index, double loss) {
            nats += loss;
            bytes += token_bytes[static_cast<size_t>(ids[static_cast<size_t>(index)])];
        });
        return --documents > 0;
    });
    return nats / (std::numbers::ln2 * static_cast<double>(bytes));
}

}  // namespace

class StarterTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void knows_the_samples() {
        LoadedModel loaded = load_model(kResources + "starter", WeightForm::packed);
        const Tokenizer tokenizer = Tokenizer::open(kResources + "starter");
        QVERIFY(loaded.model->parameter_count() <= 4'000'000);
        QVERIFY(loaded.differences.empty());
        QVERIFY(std::filesystem::file_size(kResources + "starter/model.safetensors") <= 2 * 4'000'000 + 100'000);
        const double english = bits_per_byte(*loaded.model, tokenizer, "english.txt", 8);
        const double korean = bits_per_byte(*loaded.model, tokenizer, "korean.txt", 8);
        QVERIFY2(english > 0.5 && english < kEnglishBitsPerByte, qPrintable(QString::number(english)));
        QVERIFY2(korean > 0.3 && korean < kKoreanBitsPerByte, qPrintable(QString::number(korean)));
    }

private:
    static constexpr double kEnglishBitsPerByte = 1.5;
    static constexpr double kKoreanBitsPerByte = 1.2;
};

QTEST_APPLESS_MAIN(StarterTest)
#include "starter_test.moc"

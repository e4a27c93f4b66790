// Whether a tokenizer is told from the one that stood beside a model's weights.
#include <QTemporaryDir>
#include <QtTest>
#include <filesystem>
#include <fstream>

#include "engine/base/json.h"
#include "engine/data/tokenizer_origin.h"

using namespace lathe;

class TokenizerOriginTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() {
        folder_ = std::make_unique<QTemporaryDir>();
        std::filesystem::copy_file(LATHE_SOURCE_DIR "/tests/data/tokenizers/gpt2.json", path("tokenizer.json"));
    }

    void the_size_counts() {
        const Tokenizer tokenizer = Tokenizer::open(path(""));
        QCOMPARE(tokenizer_difference(path(""), tokenizer, tokenizer.vocab_size()), std::string());
        QVERIFY(
            tokenizer_difference(path(""), tokenizer, tokenizer.vocab_size() - 1).starts_with("the tokenizer has "));
    }

    void the_hash_counts_data() {
        QTest::addColumn<QString>("name");
        QTest::newRow("of an export") << "lathe_export.json";
        QTest::newRow("of a checkpoint") << "manifest.json";
    }

    void the_hash_counts() {
        QFETCH(QString, name);
        const Tokenizer tokenizer = Tokenizer::open(path(""));
        const auto difference = [&](const std::string& sha256) {
            const Json record = {{"files", {{"tokenizer.json", {{"sha256", sha256}}}}}};
            std::ofstream(path(name.toStdString())) << record.dump();
            return tokenizer_difference(path(""), tokenizer, 1 << 20);
        };
        QCOMPARE(difference(tokenizer.sha256()), std::string());
        QVERIFY(difference(std::string(64, '0')).find(name.toStdString()) != std::string::npos);
    }

    void a_record_that_cannot_be_read_tells_nothing() {
        const Tokenizer tokenizer = Tokenizer::open(path(""));
        for (const char* text :
             {"", "[]", "{\"files\": 3}", "{\"files\": {\"tokenizer.json\": {\"sha256\": 1}}}", "{{{"}) {
            std::ofstream(path("lathe_export.json")) << text;
            QCOMPARE(tokenizer_difference(path(""), tokenizer, 1 << 20), std::string());
        }
    }

private:
    std::string path(const std::string& name) const { return folder_->path().toStdString() + "/" + name; }
    std::unique_ptr<QTemporaryDir> folder_;
};

QTEST_APPLESS_MAIN(TokenizerOriginTest)
#include "tokenizer_origin_test.moc"

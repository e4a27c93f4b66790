// Training against tokenizers that Hugging Face's BpeTrainer made of the same documents
// (tests/data/make_tokenizers.py).
#include <QtTest>

#include "engine/base/error.h"
#include "engine/base/files.h"
#include "engine/base/json.h"
#include "engine/data/bpe_trainer.h"

using lathe::BpePattern;
using lathe::BpeTraining;
using lathe::Json;

namespace {

const std::string kFolder = std::string(LATHE_SOURCE_DIR) + "/tests/data/tokenizers/";

BpeTraining training_of(BpePattern pattern) {
    BpeTraining training;
    training.files = {kFolder + "corpus.txt"};
    training.document_characters = 4000;
    training.vocab_size = 520;
    training.min_frequency = 0;
    training.pattern = pattern;
    if (pattern == BpePattern::gpt2) training.special_tokens.clear();
    return training;
}

Json saved(const lathe::Tokenizer& tokenizer, const char* name = "tokenizer.json") {
    const QTemporaryDir folder;
    tokenizer.save(folder.path().toStdString());
    return lathe::read_json(folder.path().toStdString() + "/" + name);
}

lathe::Error error_of(const BpeTraining& training) {
    try {
        train_bpe(training);
    } catch (const lathe::Exception& e) {
        return e.error();
    }
    return {};
}

}  // namespace

class BpeTrainerTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void equals_hugging_face_data() {
        QTest::addColumn<int>("pattern");
        QTest::newRow("gpt2") << static_cast<int>(BpePattern::gpt2);
        QTest::newRow("qwen2") << static_cast<int>(BpePattern::qwen2);
    }
    void equals_hugging_face() {
        QFETCH(int, pattern);
        const auto chosen = static_cast<BpePattern>(pattern);
        const Json golden = lathe::read_json(kFolder + (chosen == BpePattern::gpt2 ? "gpt2.json" : "qwen2.json"));
        BpeTraining training = training_of(chosen);
        std::string one;
        for (training.threads = 1; training.threads <= 4; ++training.threads) {
            const lathe::Tokenizer tokenizer = train_bpe(training);
            if (training.threads > 1) {
                QCOMPARE(tokenizer.sha256(), one);
                continue;
            }
            one = tokenizer.sha256();
            const Json ours = saved(tokenizer);
            QVERIFY(ours["model"]["merges"] == golden["model"]["merges"]);
            QVERIFY(nlohmann::json(ours["model"]["vocab"]) == nlohmann::json(golden["model"]["vocab"]));
            QVERIFY(nlohmann::json(ours["normalizer"]) == nlohmann::json(golden["normalizer"]));
            QVERIFY(nlohmann::json(ours["pre_tokenizer"]) == nlohmann::json(golden["pre_tokenizer"]));
            QVERIFY(nlohmann::json(ours["added_tokens"]) == nlohmann::json(golden["added_tokens"]));
            QCOMPARE(tokenizer.vocab_size(), training.vocab_size);
        }
    }

    void documents_may_come_from_a_callback() {
        BpeTraining training = training_of(BpePattern::qwen2);
        const lathe::Tokenizer from_file = train_bpe(training);
        const std::string corpus = lathe::read_file(training.files.front(), 1 << 20);
        training.files.clear();
        training.threads = 3;
        training.document_characters = 1;  // of files only
        // The corpus cut as the file is: 4,000 code points each.
        size_t at = 0;
        training.next_document = [&](std::string_view& document) {
            if (at >= corpus.size()) return false;
            size_t end = at;
            for (int n = 0; n < 4000 && end < corpus.size(); ++n) {
                for (++end; end < corpus.size() && (static_cast<unsigned char>(corpus[end]) & 0xC0) == 0x80;) ++end;
            }
            document = std::string_view(corpus).substr(at, end - at);
            at = end;
            return true;
        };
        QCOMPARE(train_bpe(training).sha256(), from_file.sha256());
    }

    void config_is_what_transformers_wants() {
        const lathe::Tokenizer tokenizer = train_bpe(training_of(BpePattern::qwen2));
        const Json config = saved(tokenizer, "tokenizer_config.json");
        QCOMPARE(config["tokenizer_class"].get<std::string>(), std::string("Qwen2Tokenizer"));
        QCOMPARE(config["eos_token"].get<std::string>(), std::string("<|endoftext|>"));
        QCOMPARE(tokenizer.eos_id(), 0);
    }

    void refuses_what_cannot_be() {
        BpeTraining training = training_of(BpePattern::gpt2);
        training.vocab_size = 100'000;
        const lathe::Error too_many = error_of(training);
        QVERIFY(too_many.kind == lathe::ErrorKind::out_of_range);
        QCOMPARE(too_many.key, std::string("vocab_size"));
        training.vocab_size = std::stoll(too_many.expected.substr(std::string("at most ").size()));
        QCOMPARE(train_bpe(training).vocab_size(), training.vocab_size);  // the largest that it names
        training.vocab_size = 255;
        QVERIFY(error_of(training).kind == lathe::ErrorKind::out_of_range);
        training = training_of(BpePattern::gpt2);
        training.files = {kFolder + "none.txt"};
        QVERIFY(error_of(training).kind == lathe::ErrorKind::not_found);
        training.files = {"/dev/null"};
        QVERIFY(error_of(training).kind == lathe::ErrorKind::unreadable);
        training.files.clear();
        QVERIFY(error_of(training).kind == lathe::ErrorKind::empty);
        training = training_of(BpePattern::gpt2);
        training.progress = [](double) { return false; };
        QVERIFY(error_of(training).kind == lathe::ErrorKind::cancelled);
        training.progress = [last = 0.0](double done) mutable {
            return std::exchange(last, done) <= done && done <= 1;
        };
        train_bpe(training);  // goes forward only
    }

    void leaves_out_bytes_that_are_no_text() {
        const QTemporaryDir folder;
        const std::string path = folder.path().toStdString() + "/x.txt";
        BpeTraining training = training_of(BpePattern::qwen2);
        std::string text = lathe::read_file(training.files.front(), 1 << 20);
        const lathe::Tokenizer clean = train_bpe(training);
        for (size_t at = 5000; at < text.size(); at += 9000) {
            while ((static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) ++at;
            text.insert(at, "\xFF\xE2");
        }
        lathe::write_file_durably(path, text);
        training.files = {path};
        QCOMPARE(train_bpe(training).sha256(), clean.sha256());
    }
};

QTEST_APPLESS_MAIN(BpeTrainerTest)
#include "bpe_trainer_test.moc"

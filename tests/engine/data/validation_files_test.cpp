// data.validation_files: which documents are held back, what the token cache knows of it, and what the data's hash
// says.
#include <QtTest>

#include "engine/data/dataset.h"
#include "engine/data/inspect_data.h"
#include "tests/engine/data/byte_encoder.h"
#include "tests/engine/data/data_folder.h"

using namespace lathe;
using namespace lathe_test;

namespace {

// The bytes of the rows as text.
std::string text_of(const Batch& batch) {
    std::string text;
    for (const int32_t id : batch.ids) text += id < 256 ? static_cast<char>(id) : '|';
    return text;
}

}  // namespace

class ValidationFilesTest : public QObject {
    Q_OBJECT

    DataFolder folder_;
    std::string train_ = folder_.write("train.txt", join_documents({"aaaa", "bbbb", "cccc"}));
    std::string held_ = folder_.write("held.jsonl", "{\"text\":\"vvvv\"}\n{\"text\":\"wwww\"}\n");

    DatasetOptions options() const { return {.max_length = 5, .packing = true, .validation_fraction = 0.5}; }

private Q_SLOTS:
    void they_are_the_validation_split() {
        const DocumentSource source{.files = {train_}, .validation_files = {held_}};
        const TokenCache cache = open_token_cache(folder_.path("cache"), source, byte_encoder());
        QCOMPARE(*cache.report().training_documents, int64_t{3});
        Dataset dataset(cache, options(), byte_counts());
        QCOMPARE(dataset.training_documents(), int64_t{3});  // the fraction holds nothing back
        QCOMPARE(dataset.validation_documents(), int64_t{2});
        QCOMPARE(text_of(dataset.validation(0, 10)), std::string("vvvv|wwww|"));
        Cursor cursor;
        std::string learnt = text_of(dataset.next(cursor, dataset.rows_per_epoch()));
        std::sort(learnt.begin(), learnt.end());
        QCOMPARE(learnt, std::string("aaaabbbbcccc|||"));
    }

    void the_hash_and_the_cache_tell_it_from_one_list() {
        const DocumentSource apart{.files = {train_}, .validation_files = {held_}};
        const DocumentSource together{.files = {train_, held_}};
        QVERIFY(data_sha256(list_data_files(apart)) != data_sha256(list_data_files(together)));
        QVERIFY(open_token_cache(folder_.path("cache"), apart, byte_encoder()).path() !=
                open_token_cache(folder_.path("cache"), together, byte_encoder()).path());
        QVERIFY(!open_token_cache(folder_.path("cache"), together, byte_encoder()).report().training_documents);
    }

    void a_file_on_both_sides_is_refused() {
        const auto error = lathe_test::error_of([&] {
            list_data_files({.files = {train_, held_}, .validation_files = {held_}});
        });
        QVERIFY(error && error->kind == ErrorKind::mismatch);
        QCOMPARE(error->key, std::string("data.validation_files"));
        QCOMPARE(error->file, held_);
    }

    void an_inspection_counts_both() {
        const DataInspection seen = inspect_rows({.files = {train_}, .validation_files = {held_}});
        QVERIFY(!seen.obstacle);
        QCOMPARE(seen.documents, int64_t{5});
        QCOMPARE(seen.files.size(), size_t{2});
    }
};

QTEST_GUILESS_MAIN(ValidationFilesTest)
#include "validation_files_test.moc"

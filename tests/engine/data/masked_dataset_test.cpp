// Data sets of examples: masked tokens in cache and batch, whole examples in rows, what is cut off, what teaches
// nothing.
#include <QTest>
#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "engine/base/files.h"
#include "engine/data/dataset.h"
#include "engine/data/inspect_data.h"
#include "engine/data/packing.h"
#include "kernels/cross_entropy.h"
#include "tests/engine/data/byte_encoder.h"
#include "tests/engine/data/data_folder.h"

using namespace lathe;
using lathe_test::byte_counts;
using lathe_test::byte_encoder;
using lathe_test::DataFolder;
using lathe_test::error_of;

namespace {

// A byte a token; prompt masked, answer and end token learnt. An example that asks "fail" is refused.
Encoder example_encoder(const std::string& key = "k") {
    Encoder encoder = byte_encoder();
    encoder.example_key = key;
    encoder.encode_example = [](const Example& example, std::vector<uint32_t>& tokens) {
        int64_t bytes = 0;
        for (const Json& message : example.messages) {
            const auto text = message["content"].get<std::string>();
            if (text == "fail") fail({.kind = ErrorKind::usage, .found = "as asked"});
            const uint32_t mask = message["role"] == "assistant" ? 0 : kMaskedToken;
            for (const char c : text) tokens.push_back(static_cast<unsigned char>(c) | mask);
            bytes += static_cast<int64_t>(text.size());
        }
        tokens.push_back(256);
        return bytes;
    };
    return encoder;
}

std::string row(const std::string& prompt, const std::string& answer) {
    return dump_json({{"prompt", prompt}, {"completion", answer}}) + "\n";
}

std::string text_of(const Batch& batch, size_t begin, size_t end) {
    std::string text;
    for (size_t i = begin; i < end; ++i) text += batch.ids[i] == 256 ? '$' : static_cast<char>(batch.ids[i]);
    return text;
}

}  // namespace

class MaskedDatasetTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void caches_carry_masks_and_places() {
        const DataFolder folder;
        const std::string text = folder.write("a.txt", "plain");
        const std::string rows = folder.write("b.jsonl", row("ab", "c") + "\n" + row("d", "ef"));
        const DocumentSource source{.files = {text, rows}};
        const TokenCache cache = open_token_cache(folder.path("cache"), source, example_encoder());
        QVERIFY(cache.masked());
        QCOMPARE(cache.documents(), int64_t{3});
        QCOMPARE(cache.document_file(0), int64_t{0});
        QCOMPARE(cache.document_file(2), int64_t{1});
        QCOMPARE(cache.document_line(2), int64_t{3});
        QCOMPARE(cache.document_bytes(2), int64_t{3});
        const auto tokens = cache.tokens_between(6, 10);
        QCOMPARE((std::vector<uint32_t>(tokens.begin(), tokens.end())),
                 (std::vector<uint32_t>{'a' | kMaskedToken, 'b' | kMaskedToken, 'c', 256}));
        QCOMPARE(cache.report().examples, int64_t{2});
        QCOMPARE(open_token_cache(folder.path("cache"), source, example_encoder()).path(), cache.path());
        QVERIFY(open_token_cache(folder.path("cache"), source, example_encoder("other")).path() != cache.path());
        DocumentSource prompted = source;
        prompted.system_prompt = "s";
        QVERIFY(open_token_cache(folder.path("cache"), prompted, example_encoder()).path() != cache.path());
        // Text alone has the key and the bytes that it had before there were examples.
        const TokenCache plain = open_token_cache(folder.path("cache"), {.files = {text}}, example_encoder());
        QVERIFY(!plain.masked());
        QCOMPARE(plain.path(), open_token_cache(folder.path("cache"), {.files = {text}}, byte_encoder()).path());
        QVERIFY(plain.path().ends_with(std::string(kPlainKey) + ".tokens"));
        QCOMPARE(sha256_of_file(plain.path()), std::string(kPlainCache));
    }

    void rows_that_the_template_refuses_are_bad() {
        const DataFolder folder;
        std::string rows;
        for (int i = 0; i < 40; ++i) rows += row(i == 30 ? "fail" : "q" + std::to_string(i), "a");
        rows += "no row\n";
        const TokenCache cache =
            open_token_cache(folder.path("cache"), {.files = {folder.write("a.jsonl", rows)}}, example_encoder());
        QCOMPARE(cache.documents(), int64_t{39});
        QCOMPARE(cache.report().documents, int64_t{39});
        QCOMPARE(cache.report().bad_rows, int64_t{2});
        QCOMPARE(cache.report().first_bad->place.line, int64_t{31});
        QCOMPARE(cache.report().first_bad->reason, std::string("as asked"));
        const std::string bad = folder.write("b.jsonl", row("q", "a") + row("fail", "a"));
        const auto error =
            error_of([&] { open_token_cache(folder.path("cache"), {.files = {bad}}, example_encoder()); });
        QCOMPARE(error->kind, ErrorKind::malformed);
        QVERIFY(error->key.starts_with("line 2,"));
        Encoder refusing = example_encoder();
        refusing.examples_refused = Error{.kind = ErrorKind::unsupported, .key = "chat_template"};
        QCOMPARE(error_of([&] { open_token_cache(folder.path("cache"), {.files = {bad}}, refusing); })->key,
                 std::string("chat_template"));
    }

    void whole_examples_share_rows() {
        const DataFolder folder;
        std::string rows;
        std::map<std::string, int> wanted;
        for (int i = 0; i < 200; ++i) {
            const std::string prompt(static_cast<size_t>(1 + i % 9), static_cast<char>('a' + i % 26));
            const std::string answer(static_cast<size_t>(1 + i % 7), static_cast<char>('A' + i / 26));
            rows += row(prompt, answer);
            ++wanted[prompt + answer + "$"];
        }
        const TokenCache cache =
            open_token_cache(folder.path("cache"), {.files = {folder.write("a.jsonl", rows)}}, example_encoder());
        Dataset dataset(cache, {.max_length = 20, .validation_fraction = 0}, byte_counts());
        QVERIFY(dataset.rows_per_epoch() < 110);
        QCOMPARE(dataset.truncated_documents() + dataset.untrained_documents(), int64_t{0});
        Cursor cursor;
        std::vector<std::string> orders;
        for (int epoch = 0; epoch < 2; ++epoch) {
            const Batch batch = dataset.next(cursor, dataset.rows_per_epoch());
            std::map<std::string, int> found;
            size_t at = 0;
            int64_t targets = 0;
            for (const int32_t length : batch.segment_lengths) {
                ++found[text_of(batch, at, at + static_cast<size_t>(length))];
                for (size_t i = at; i < at + static_cast<size_t>(length); ++i) {
                    const bool last = i + 1 == at + static_cast<size_t>(length);
                    const bool learnt = !last && (batch.ids[i + 1] < 'a' || batch.ids[i + 1] == 256);
                    QCOMPARE(batch.targets[i], learnt ? batch.ids[i + 1] : cpu::kIgnoreTarget);
                    QCOMPARE(batch.positions[i], static_cast<int32_t>(i - at));
                    targets += learnt;
                }
                at += static_cast<size_t>(length);
            }
            QVERIFY(found == wanted);
            QCOMPARE(batch.target_count, targets);
            QCOMPARE(dataset.training_targets(), targets);
            for (int64_t r = 0; r < batch.rows(); ++r) QVERIFY(batch.row_begin[r + 1] - batch.row_begin[r] <= 20);
            orders.push_back(text_of(batch, 0, batch.ids.size()));
        }
        QVERIFY(orders[0] != orders[1]);
        Cursor again{1, 5};
        const Batch one = dataset.next(again, 1);
        QVERIFY(orders[1].find(text_of(one, 0, one.ids.size())) != std::string::npos);
    }

    void long_examples_are_cut_and_counted() {
        const DataFolder folder;
        const std::string rows = row("abcd", "efgh") + row("abcdefghij", "k") + row("ab", "c");
        const TokenCache cache =
            open_token_cache(folder.path("cache"), {.files = {folder.write("a.jsonl", rows)}}, example_encoder());
        for (const bool packing : {true, false}) {
            Dataset dataset(cache, {.max_length = 6, .packing = packing, .validation_fraction = 0}, byte_counts());
            QCOMPARE(dataset.truncated_documents(), int64_t{2});
            QCOMPARE(dataset.untrained_documents(), int64_t{1});
            QCOMPARE(dataset.rows_per_epoch(), int64_t{2});
            QCOMPARE(dataset.training_targets(), int64_t{3 + 2});  // e f g, c $
            Cursor cursor;
            const Batch batch = dataset.next(cursor, 2);
            QCOMPARE(batch.tokens(), int64_t{6 + 4});
            QCOMPARE(batch.target_count, int64_t{5});
        }
        const auto error =
            error_of([&] { Dataset(cache, {.max_length = 2, .validation_fraction = 0}, byte_counts()); });
        QCOMPARE(error, std::nullopt);  // "ab" asks for c
        const TokenCache hopeless = open_token_cache(
            folder.path("cache"), {.files = {folder.write("b.jsonl", row("abcdefghij", "k"))}}, example_encoder());
        const auto nothing =
            error_of([&] { Dataset(hopeless, {.max_length = 6, .validation_fraction = 0}, byte_counts()); });
        QCOMPARE(nothing->kind, ErrorKind::empty);
        QCOMPARE(nothing->key, std::string("data.max_length"));
        QVERIFY(nothing->expected.find("within 6 tokens") != std::string::npos);
    }

    void validation_is_by_example() {
        const DataFolder folder;
        std::string rows;
        for (int i = 0; i < 100; ++i) rows += row("q" + std::to_string(i), "A");
        const TokenCache cache =
            open_token_cache(folder.path("cache"), {.files = {folder.write("a.jsonl", rows)}}, example_encoder());
        const Dataset dataset(cache, {.max_length = 16, .validation_fraction = 0.2}, byte_counts());
        QCOMPARE(dataset.training_documents() + dataset.validation_documents(), int64_t{100});
        QVERIFY(dataset.validation_documents() > 5 && dataset.validation_documents() < 40);
        const Batch held_back = dataset.validation(0, dataset.validation_rows());
        QCOMPARE(static_cast<int64_t>(held_back.segment_lengths.size()), dataset.validation_documents());
        QCOMPARE(held_back.target_count, dataset.validation_targets());
        int64_t unmasked = 0;
        dataset.for_each_training_document([&](std::span<const uint32_t> tokens) {
            for (const uint32_t token : tokens) QVERIFY(token <= 256);
            ++unmasked;
        });
        QCOMPARE(unmasked, dataset.training_documents());
        // One example alone is not halved.
        const TokenCache lone = open_token_cache(
            folder.path("cache"), {.files = {folder.write("b.jsonl", row("q", "A"))}}, example_encoder());
        const Dataset whole(lone, {.max_length = 16, .validation_fraction = 0.2}, byte_counts());
        QCOMPARE(whole.validation_rows(), int64_t{0});
        QCOMPARE(whole.training_targets(), int64_t{2});
    }

    void packing_is_tight_and_complete() {
        std::vector<int32_t> lengths;
        int64_t sum = 0;
        for (int i = 0; i < 5000; ++i) lengths.push_back(1 + (i * 7919) % 100), sum += lengths.back();
        const PackedRows packed = pack_whole(lengths, 100);
        std::vector<bool> seen(lengths.size());
        for (size_t r = 0; r + 1 < packed.row_begin.size(); ++r) {
            int64_t length = 0;
            for (uint32_t i = packed.row_begin[r]; i < packed.row_begin[r + 1]; ++i) {
                QVERIFY(!seen[packed.order[i]]);
                seen[packed.order[i]] = true;
                length += lengths[packed.order[i]];
            }
            QVERIFY(length > 0 && length <= 100);
        }
        QVERIFY(std::all_of(seen.begin(), seen.end(), [](bool one) { return one; }));
        QVERIFY(static_cast<double>(packed.row_begin.size() - 1) < static_cast<double>(sum) / 100 * 1.01 + 1);
        QVERIFY(pack_whole({}, 10).order.empty());
    }

private:
    // Name and sha256 of the cache of "plain", as they were before there were examples.
    static constexpr const char* kPlainKey = "3b7b794b5ddafdce1a0669a764275dd049927d7745267619bc597a82a0032a9b";
    static constexpr const char* kPlainCache = "0d2ca32f9463b0edef13e6d9b5f928f625c57a759413abfb7520f5e216519000";
};

QTEST_APPLESS_MAIN(MaskedDatasetTest)
#include "masked_dataset_test.moc"

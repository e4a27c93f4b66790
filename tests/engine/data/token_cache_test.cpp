// The token cache: what stands in it, when it is reused, when it is made again, and that a damaged one does no harm.
#include <sys/stat.h>
#include <unistd.h>

#include <QTest>
#include <atomic>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "engine/base/files.h"
#include "engine/data/token_cache.h"
#include "engine/data/token_cache_format.h"
#include "tests/engine/data/byte_encoder.h"
#include "tests/engine/data/data_folder.h"

using namespace lathe;
using lathe_test::byte_encoder;
using lathe_test::DataFolder;
using lathe_test::error_of;
using lathe_test::join_documents;

namespace {

std::string bytes_of(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<std::string> names_in(const std::string& folder) {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(folder))
        names.push_back(entry.path().filename().string());
    return names;
}

std::string text_of(const TokenCache& cache, int64_t document) {
    std::string text;
    for (const uint32_t id : cache.tokens_between(cache.document_begin(document), cache.document_end(document)))
        text += id == 256 ? std::string("|") : std::string(1, static_cast<char>(id));
    return text;
}

// Foot with its hash made right again: what an attacker would write.
std::string with_foot(std::string bytes, const std::function<void(TokenCacheFoot&)>& change) {
    TokenCacheFoot foot;
    std::memcpy(&foot, bytes.data() + bytes.size() - sizeof foot, sizeof foot);
    change(foot);
    const std::string hash =
        sha256(std::string_view(reinterpret_cast<const char*>(&foot), sizeof foot - sizeof foot.sha256));
    std::memcpy(foot.sha256, hash.data(), sizeof foot.sha256);
    return bytes.replace(bytes.size() - sizeof foot, sizeof foot, reinterpret_cast<const char*>(&foot), sizeof foot);
}

}  // namespace

class TokenCacheTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void holds_documents_lengths_and_report() {
        const DataFolder folder;
        const std::string rows = "{\"text\":\"aé\"}\n{\"text\":5}\n{\"text\":\"b\"}\n";
        std::string many;
        for (int i = 0; i < 30; ++i) many += "{\"text\":\"x\"}\n";
        const DocumentSource source{.files = {folder.write("a.txt", "one"), folder.write("b.jsonl", rows + many)}};
        const TokenCache cache = open_token_cache(folder.path("cache"), source, byte_encoder());
        QCOMPARE(cache.documents(), int64_t{33});
        QCOMPARE(cache.tokens(), int64_t{4 + 4 + 2 + 60});
        QCOMPARE(cache.vocab_size(), int64_t{257});
        QCOMPARE(cache.eos_id(), 256);
        QCOMPARE(text_of(cache, 0), std::string("one|"));
        QCOMPARE(text_of(cache, 1), std::string("aé|"));
        QCOMPARE(text_of(cache, 2), std::string("b|"));
        QCOMPARE(cache.document_bytes(1), int64_t{3});
        QCOMPARE(cache.report().documents, int64_t{33});
        QCOMPARE(cache.report().bytes, int64_t{3 + 3 + 1 + 30});
        QCOMPARE(cache.report().bad_rows, int64_t{1});
        QCOMPARE(cache.report().first_bad->place.line, int64_t{2});
        QCOMPARE(cache.report().sha256, data_sha256(list_data_files(source)));
    }

    void without_an_end_token_nothing_is_added() {
        const DataFolder folder;
        const DocumentSource source{.files = {folder.write("a.txt", join_documents({"one", "two"}))}};
        const TokenCache cache = open_token_cache(folder.path("cache"), source, byte_encoder(-1));
        QCOMPARE(text_of(cache, 0) + text_of(cache, 1), std::string("onetwo"));
    }

    void any_number_of_threads_makes_the_same_file() {
        const DataFolder folder;
        std::vector<std::string> documents;
        for (int i = 0; i < 3000; ++i)
            documents.push_back(std::string(static_cast<size_t>(i * 37 % 1500 + 1), static_cast<char>('a' + i % 26)));
        const DocumentSource source{.files = {folder.write("a.txt", join_documents(documents))}};
        std::mutex mutex;
        std::set<std::thread::id> threads;
        Encoder encoder = byte_encoder();
        encoder.encode = [&](std::string_view text, std::vector<int32_t>& ids) {
            {
                const std::lock_guard lock(mutex);
                threads.insert(std::this_thread::get_id());
            }
            byte_encoder().encode(text, ids);
        };
        std::string first;
        for (const int count : {1, 2, 5}) {
            const std::string where = folder.path("cache" + std::to_string(count));
            const TokenCache cache = open_token_cache(where, source, encoder, {}, count);
            QCOMPARE(cache.documents(), int64_t{3000});
            if (first.empty()) first = bytes_of(cache.path());
            QVERIFY(bytes_of(cache.path()) == first);
        }
        QVERIFY(!threads.contains(std::this_thread::get_id()));
    }

    void is_reused_until_data_or_tokenizer_change() {
        const DataFolder folder;
        std::atomic<int> encoded = 0;
        Encoder encoder = byte_encoder();
        encoder.encode = [&](std::string_view text, std::vector<int32_t>& ids) {
            ++encoded;
            byte_encoder().encode(text, ids);
        };
        const DocumentSource source{.files = {folder.write("a.txt", join_documents({"one", "two"}))}};
        const std::string where = folder.path("cache");
        const std::string path = open_token_cache(where, source, encoder).path();
        QCOMPARE(encoded.load(), 2);
        QCOMPARE(open_token_cache(where, source, encoder).path(), path);
        QCOMPARE(encoded.load(), 2);
        encoder.sha256 = "other";
        QVERIFY(open_token_cache(where, source, encoder).path() != path);
        QCOMPARE(encoded.load(), 4);
        folder.write("a.txt", join_documents({"one", "two!"}));
        QVERIFY(open_token_cache(where, source, encoder).path() != path);
        QCOMPARE(encoded.load(), 6);
        QCOMPARE(names_in(where).size(), size_t{3});
    }

    void a_damaged_file_is_found_and_made_again() {
        const DataFolder folder;
        const DocumentSource source{.files = {folder.write("a.txt", join_documents({"one", "two", "three"}))}};
        const std::string where = folder.path("cache");
        const std::string path = open_token_cache(where, source, byte_encoder()).path();
        const std::string good = bytes_of(path);
        const size_t foot = good.size() - sizeof(TokenCacheFoot);
        std::vector<std::string> damaged = {"", "x", std::string(good.size(), '\0'), good.substr(1), good + "x"};
        for (size_t cut = 1; cut < good.size(); cut += 13) damaged.push_back(good.substr(0, cut));
        for (size_t i = foot; i < good.size(); i += 3) {
            damaged.push_back(good);
            damaged.back()[i] ^= 0x10;
        }
        for (const uint64_t huge : {uint64_t{1} << 62, ~uint64_t{0}, uint64_t{1} << 40, uint64_t{0}}) {
            damaged.push_back(with_foot(good, [&](TokenCacheFoot& f) { f.tokens = huge; }));
            damaged.push_back(with_foot(good, [&](TokenCacheFoot& f) { f.documents = huge; }));
            damaged.push_back(with_foot(good, [&](TokenCacheFoot& f) { f.report_size = huge; }));
            damaged.push_back(with_foot(good, [&](TokenCacheFoot& f) { f.ends_at = huge; }));
        }
        damaged.push_back(with_foot(good, [](TokenCacheFoot& f) { f.eos_id = 257; }));
        damaged.push_back(with_foot(good, [](TokenCacheFoot& f) { f.version = 2; }));
        TokenCacheFoot real;
        std::memcpy(&real, good.data() + foot, sizeof real);
        for (const size_t at :
             {real.ends_at + 7, real.ends_at + 16, real.report_at, real.report_at + 20}) {  // tables and report
            damaged.push_back(good);
            damaged.back()[at] ^= 0x40;
        }
        for (const std::string& bytes : damaged) {
            std::filesystem::remove(path);
            std::ofstream(path, std::ios::binary) << bytes;
            const auto error = error_of([&] { TokenCache cache(path); });
            QVERIFY(error.has_value());
            QCOMPARE(error->kind, ErrorKind::malformed);
            QCOMPARE(error->file, path);
            QCOMPARE(open_token_cache(where, source, byte_encoder()).tokens(), int64_t{4 + 4 + 6});
            QVERIFY(bytes_of(path) == good);
        }
        QCOMPARE(names_in(where).size(), size_t{1});
        QCOMPARE(error_of([&] { TokenCache cache(folder.path("none")); })->kind, ErrorKind::not_found);
        QCOMPARE(error_of([&] { TokenCache cache(where); })->kind, ErrorKind::unreadable);
        QCOMPARE(::mkfifo(folder.path("pipe").c_str(), 0600), 0);
        QCOMPARE(error_of([&] { TokenCache cache(folder.path("pipe")); })->kind, ErrorKind::unreadable);
    }

    void a_failure_leaves_nothing_behind() {
        const DataFolder folder;
        std::vector<std::string> documents(2000, std::string(2000, 'a'));
        const DocumentSource source{.files = {folder.write("a.txt", join_documents(documents))}};
        const std::string where = folder.path("cache");
        int64_t last = -1, total = 0;
        int calls = 0;
        const auto cancelled = error_of([&] {
            open_token_cache(where, source, byte_encoder(), [&](int64_t done, int64_t all) {
                last = done, total = all;
                return ++calls < 4;
            });
        });
        QCOMPARE(cancelled->kind, ErrorKind::cancelled);
        QVERIFY(last > 0 && last < total);
        QCOMPARE(total, static_cast<int64_t>(std::filesystem::file_size(folder.path("a.txt"))));
        QCOMPARE(names_in(where).size(), size_t{0});

        Encoder wrong = byte_encoder();
        wrong.encode = [](std::string_view, std::vector<int32_t>& ids) { ids.push_back(257); };
        QCOMPARE(error_of([&] { open_token_cache(where, source, wrong); })->kind, ErrorKind::internal);

        Encoder slow = byte_encoder();
        slow.encode = [&](std::string_view text, std::vector<int32_t>& ids) {
            std::filesystem::last_write_time(folder.path("a.txt"), std::filesystem::file_time_type::clock::now());
            byte_encoder().encode(text, ids);
        };
        const auto changed = error_of([&] { open_token_cache(where, source, slow); });
        QCOMPARE(changed->kind, ErrorKind::mismatch);
        QVERIFY(changed->file.ends_with("a.txt"));

        const DocumentSource broken{.files = {folder.path("a.txt"), folder.write("b.txt", "\xFF\xFEx")}};
        QCOMPARE(error_of([&] { open_token_cache(where, broken, byte_encoder()); })->kind, ErrorKind::malformed);
        QCOMPARE(names_in(where).size(), size_t{0});

        last = 0;
        open_token_cache(where, source, byte_encoder(), [&](int64_t done, int64_t) { return last = done, true; });
        QVERIFY(last > total - 100);  // up to the separator behind the last document
    }
};

QTEST_APPLESS_MAIN(TokenCacheTest)
#include "token_cache_test.moc"

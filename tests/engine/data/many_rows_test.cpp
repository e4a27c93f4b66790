// A million rows by page: the last page and pages anywhere are the rows that stand there, and neither going through the
// file nor a page keeps what it read. In a program of its own, so that no other test's memory is in the figures.
#include <unistd.h>

#include <QtTest>
#include <random>

#include "engine/data/survey.h"
#include "tests/engine/data/data_folder.h"

using namespace lathe;
using lathe_test::DataFolder;

namespace {

constexpr int64_t kRows = 1'000'000, kPage = 50;
// Of text that is 10 MB, in a file of 22 MB. ASan keeps what was freed for a while.
#ifdef __SANITIZE_ADDRESS__
constexpr int64_t kMostBytes = 400 << 20;
#else
constexpr int64_t kMostBytes = 12 << 20;
#endif

std::string text_of(int64_t row) {
    return "row " + std::to_string(row);
}

int64_t resident_bytes() {
    int64_t whole = 0, resident = 0;
    std::ifstream("/proc/self/statm") >> whole >> resident;
    return resident * sysconf(_SC_PAGESIZE);
}

}  // namespace

class ManyRowsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void any_page_of_a_million_in_little_memory() {
        const DataFolder folder;
        DocumentSource source;
        {
            std::string bytes;
            bytes.reserve(24 << 20);
            for (int64_t row = 0; row < kRows; ++row) bytes += "{\"text\":\"" + text_of(row) + "\"}\n";
            source.files = {folder.write("rows.jsonl", bytes)};
        }
        const auto go_on = [] { return true; };
        SurveyMemory memory;
        const int64_t before = resident_bytes();
        QVERIFY(before > 0);
        QCOMPARE(index_documents(source, memory, {})->documents(), kRows);
        std::mt19937_64 random(1);
        std::uniform_int_distribution<int64_t> anywhere(0, kRows - kPage);
        std::vector<int64_t> firsts = {kRows - kPage, kRows - 1, 0};
        for (int i = 0; i < 20; ++i) firsts.push_back(anywhere(random));
        for (const int64_t first : firsts) {
            const PreviewPage page = preview(source, {}, first, kPage, memory, go_on);
            QCOMPARE(page.total.value_or(0), kRows);
            QCOMPARE(page.documents.size(), static_cast<size_t>(std::min(kPage, kRows - first)));
            for (size_t i = 0; i < page.documents.size(); ++i) {
                const int64_t row = first + static_cast<int64_t>(i);
                QCOMPARE(page.documents[i].index, row);
                QCOMPARE(page.documents[i].line, row + 1);
                QCOMPARE(page.documents[i].text, text_of(row));
            }
        }
        const int64_t grown = resident_bytes() - before;
        QVERIFY2(grown < kMostBytes, std::to_string(grown).c_str());
    }
};

QTEST_GUILESS_MAIN(ManyRowsTest)
#include "many_rows_test.moc"

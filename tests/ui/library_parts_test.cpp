// Parts of the Library page by themselves: the table of tensors, a model in words.
#include <QLineEdit>
#include <QTreeView>
#include <ctime>

#include "tests/ui/page_fixture.h"
#include "ui/model_words.h"
#include "ui/tensor_table.h"

using namespace lathe;

class LibraryPartsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void ten_thousand_tensors_take_no_time() {
        std::vector<TensorRow> rows;
        for (int i = 0; i < 10'000; ++i)
            rows.push_back({"model.layers." + std::to_string(i * 7919 % 10'000) + ".weight", {64, 64}, "BF16", i});
        TensorTable table;
        table.resize(900, 500);
        table.show();
        const std::clock_t start = std::clock();  // of this program alone
        table.set_tensors(rows);
        table.findChild<QTreeView*>()->sortByColumn(TensorModel::kSize, Qt::DescendingOrder);
        table.findChild<QLineEdit*>()->setText(QStringLiteral("99"));
        table.grab();
        const double time_s = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
        QVERIFY2(time_s < 1, qPrintable(QString::number(time_s)));  // also with the sanitizers
        QVERIFY(table.findChild<QTreeView*>()->model()->rowCount() < 1000);
    }

    void counts_are_told_in_three_digits() {
        QCOMPARE(short_count_text(999), QStringLiteral("999"));
        QCOMPARE(short_count_text(134'515'008), QStringLiteral("135\u202fM"));
        QCOMPARE(short_count_text(1'543'714'304), QStringLiteral("1.54\u202fB"));
        QCOMPARE(short_count_text(999'600'000), QStringLiteral("1.00\u202fB"));
    }

    void a_repository_is_told_from_a_path() {
        for (const char* name : {"Qwen/Qwen2.5-0.5B", "HuggingFaceTB/SmolLM2-135M"})
            QVERIFY2(is_repository(name), name);
        for (const char* path : {"", "gpt2", "/models/base", "../base", "a/b/c", "a/", "a b/c", "a/b\n"})
            QVERIFY2(!is_repository(path), path);
    }
};

LATHE_PAGE_TEST(LibraryPartsTest)
#include "library_parts_test.moc"

// The Data page over a fake engine: from an empty page to a saved version, what a recipe would do beside its steps,
// pages of a million documents, the trash, a tokenizer, and what outlives the program.
#include <QHeaderView>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QTableView>

#include "tests/ui/data_page_fixture.h"

using namespace lathe;

class DataPageTest : public QObject {
    Q_OBJECT

    using Shown = ShownDataPage;
    static PreviewedDocument document(int64_t index) {
        return {.index = index, .file = "/data/a.jsonl", .line = index + 1, .text = "text " + std::to_string(index)};
    }
    static DataPreviewed page_of(const PreviewData& asked) {
        DataPreviewed answer{.first = asked.first, .total = 1'000'000, .documents = {}};
        for (int64_t i = 0; i < asked.count; ++i) answer.documents.push_back(document(asked.first + i));
        return answer;
    }
    static QString texts(QWidget& page) {
        QCoreApplication::processEvents();
        QStringList all;
        for (const QLabel* label : page.findChildren<QLabel*>())
            if (label->isVisible()) all << label->text();
        return all.join(QLatin1Char('\n'));
    }

private Q_SLOTS:
    void an_empty_page_says_what_to_do() {
        Shown s;
        QVERIFY(texts(*s.page).contains(QStringLiteral("Drop text files")));
        QVERIFY(button_of(*s.page, "Add files…") != nullptr);
        QVERIFY(!s.child<QPushButton>("save")->isVisible());
        QCOMPARE(s.f.engine.count<SurveyData>(), 0);
        QVERIFY2(nameless(*s.page).isEmpty(), qPrintable(nameless(*s.page).join(u'\n')));
    }

    void what_is_dropped_is_added() {
        Shown s;
        s.page->draft().add_files({QStringLiteral("/data/a.txt"), QStringLiteral("/data/dir")});
        QTRY_COMPARE(s.f.engine.count<SurveyData>(), 1);
        QCOMPARE(s.f.engine.last<SurveyData>()->data.files, (std::vector<std::string>{"/data/a.txt", "/data/dir"}));
        QCOMPARE(s.child<QLineEdit>("name")->text(), QStringLiteral("a"));
        QVERIFY(s.child<QPushButton>("cancel")->isVisible());
        s.child<QPushButton>("cancel")->click();
        QCOMPARE(s.f.engine.cancelled, std::vector<RequestId>{s.f.engine.last_request<SurveyData>()});
        s.f.engine.answer<SurveyData>(Failed{{.kind = ErrorKind::cancelled}});
        QVERIFY(!s.child<QPushButton>("cancel")->isVisible());
        QVERIFY(!s.child<QPushButton>("save")->isEnabled());
    }

    void what_is_in_the_files_is_shown() {
        Shown s;
        s.fill();
        auto* files = s.child<QTreeWidget>("files");
        QCOMPARE(files->topLevelItemCount(), 2);
        QVERIFY(!files->topLevelItem(1)->text(4).isEmpty());  // why it is left out
        auto* odd = s.child<QTreeWidget>("odd");
        QCOMPARE(odd->topLevelItem(0)->text(2), QStringLiteral("17"));
        QVERIFY(s.page->findChild<LengthHistogram*>()->accessibleName().contains(QStringLiteral("900,000")));
        for (int face = 0; face < 3; ++face) {
            s.page->show_face(static_cast<DataPage::Face>(face));
            QVERIFY2(nameless(*s.page).isEmpty(), qPrintable(nameless(*s.page).join(u'\n')));
            QVERIFY(s.page->minimumSizeHint().width() <= 1024);
        }
    }

    void a_recipe_is_counted_while_it_is_typed() {
        Shown s;
        s.fill();
        s.page->show_face(DataPage::Face::clean);
        auto* form = s.page->findChild<RecipeForm*>();
        QLineEdit* least = nullptr;
        for (QLineEdit* edit : form->findChildren<QLineEdit*>())
            if (edit->accessibleName() == QStringLiteral("min_characters")) least = edit;
        QVERIFY(least);
        const int before = s.f.engine.count<SurveyData>();
        least->selectAll();
        QTest::keyClicks(least, QStringLiteral("40"));
        QVERIFY(!s.child<QPushButton>("save")->isEnabled());  // what is known is of another recipe
        QTRY_COMPARE(s.f.engine.count<SurveyData>(), before + 1);
        QCOMPARE(s.f.engine.last<SurveyData>()->recipe.min_characters, int64_t{40});
        DatasetSurvey counted = sample_survey();
        counted.effects = {{"min_characters", 0, 321, 5'000, {"too short"}}};
        s.f.engine.answer<SurveyData>(DataSurveyed{counted});
        QVERIFY(texts(*s.page).contains(QStringLiteral("leaves out 321")));
        QVERIFY(s.child<QLabel>("outcome")->text().contains(QStringLiteral("999,000")));
        QVERIFY(s.child<QPushButton>("save")->isEnabled());
        // What is no number says so at its field, and asks for nothing.
        QTest::keyClicks(least, QStringLiteral("x"));
        QTest::qWait(400);
        QCOMPARE(s.f.engine.count<SurveyData>(), before + 1);
        // A pattern that the engine refuses stands at its field.
        QLineEdit* pattern = nullptr;
        for (QLineEdit* edit : form->findChildren<QLineEdit*>())
            if (edit->accessibleName() == QStringLiteral("drop_pattern")) pattern = edit;
        QTest::keyClicks(pattern, QStringLiteral("("));
        QTRY_COMPARE(s.f.engine.count<SurveyData>(), before + 2);
        s.f.engine.answer<SurveyData>(Failed{{.kind = ErrorKind::malformed,
                                              .key = "drop_pattern",
                                              .expected = "a regular expression",
                                              .found = "missing closing parenthesis"}});
        QVERIFY(texts(*form).contains(QStringLiteral("regular expression")));
        QVERIFY(!s.child<QPushButton>("save")->isEnabled());
    }

    void a_million_documents_come_by_page() {
        Shown s;
        s.fill();
        s.page->show_face(DataPage::Face::clean);
        auto* table = s.child<QTableView>("documents");
        QCOMPARE(table->model()->rowCount(), 1'000'000);
        table->scrollToBottom();
        QTRY_VERIFY(s.f.engine.last<PreviewData>() != nullptr && s.f.engine.last<PreviewData>()->first > 999'000);
        const int asked = s.f.engine.count<PreviewData>();
        QVERIFY(asked <= 8);
        const PreviewData last = *s.f.engine.last<PreviewData>();
        DataPreviewed answer = page_of(last);
        answer.documents.back().dropped_by = "drop_duplicates";
        answer.documents.front().changed = true;
        s.f.engine.answer<PreviewData>(answer);
        const int first = static_cast<int>(last.first);
        const auto cell = [&](int row, int column) { return table->model()->index(row, column).data().toString(); };
        QCOMPARE(cell(first + 1, DocumentModel::kText), QStringLiteral("text %1").arg(first + 1));
        QCOMPARE(cell(first, DocumentModel::kVerdict), QStringLiteral("changed"));
        QCOMPARE(cell(first + 49, DocumentModel::kVerdict), QStringLiteral("left out: duplicate"));
        table->setCurrentIndex(table->model()->index(first + 1, 0));
        QCOMPARE(s.page->findChild<QPlainTextEdit*>()->toPlainText(), QStringLiteral("text %1").arg(first + 1));
    }

    void a_version_is_saved_and_used() {
        Shown s;
        s.fill();
        auto* name = s.child<QLineEdit>("name");
        name->selectAll();
        QTest::keyClicks(name, QStringLiteral("corpus"));
        QTest::keyClick(s.page.get(), Qt::Key_S, Qt::ControlModifier);
        QCOMPARE(s.f.engine.last<SaveDataset>()->name, std::string("corpus"));
        QVERIFY(!s.child<QPushButton>("save")->isEnabled());
        s.f.engine.answer<SaveDataset>(Progress{.what = "write", .unit = "bytes", .done = 1, .total = 2});
        QCOMPARE(s.page->findChild<QProgressBar*>()->value(), 500);
        s.f.engine.answer<SaveDataset>(DatasetChanged{sample_dataset()});
        QVERIFY(s.page->findChild<Banner*>()->text().contains(QStringLiteral("v1 of “corpus”")));
        QSignalSpy spy(s.page.get(), &Page::data_wanted);
        s.child<QPushButton>("use_for_training")->click();
        QCOMPARE(spy.count(), 1);
        QCOMPARE(spy[0][0].toString(), QStringLiteral("train"));
        const auto data = spy[0][1].value<DataConfig>();
        QCOMPARE(data.files, sample_dataset().versions[0].files);
        QCOMPARE(data.validation_files, sample_dataset().versions[0].validation_files);
    }

    void what_is_changed_while_it_is_written_stays() {
        Shown s;
        s.fill();
        s.child<QPushButton>("save")->click();
        CleanRecipe recipe = s.page->draft().recipe();
        recipe.min_characters = 77;
        s.page->draft().set_recipe(recipe);
        s.f.engine.answer<SaveDataset>(DatasetChanged{sample_dataset()});
        QCOMPARE(s.page->draft().recipe().min_characters, int64_t{77});
        QVERIFY(s.page->findChild<Banner*>()->isVisible());  // and v1 is told
    }

    void a_disk_that_is_full_says_so_and_the_draft_stays() {
        Shown s;
        s.fill();
        s.child<QPushButton>("save")->click();
        s.f.engine.answer<SaveDataset>(
            Failed{{.kind = ErrorKind::disk_full, .file = "/w/datasets", .expected = "3900000", .found = "100"}});
        QVERIFY(s.page->findChild<Banner*>()->isVisible());
        QVERIFY(s.child<QPushButton>("save")->isEnabled());  // after room was made
        QCOMPARE(s.page->draft().data().files.size(), size_t{1});
    }

    void the_trash_can_be_undone() {
        Shown s;
        s.f.engine.answer<ListDatasets>(DatasetsListed{});
        s.f.engine.say(s.f.engine.last_request<ListDatasets>() - 1, DatasetsListed{{sample_dataset()}});
        s.f.engine.answer<ListTokenizers>(TokenizersListed{});
        auto* list = s.page->findChild<DatasetList*>()->findChild<QListWidget*>();
        QCOMPARE(list->count(), 2);  // with its title
        Q_EMIT list->itemActivated(list->item(1));
        QCOMPARE(s.page->draft().data().files, sample_dataset().versions[0].files);
        QVERIFY(s.child<QTreeWidget>("versions")->isVisible());
        s.child<QPushButton>("trash")->click();
        QCOMPARE(s.f.engine.last<TrashDataset>()->name, std::string("corpus"));
        s.f.engine.answer<TrashDataset>(DatasetChanged{sample_dataset()});
        QCoreApplication::processEvents();  // a layout shows what is new
        QVERIFY(press(*s.page, "Undo"));
        QVERIFY(s.f.engine.last<TrashDataset>()->restore);
    }

    void a_tokenizer_shows_its_merges_and_how_it_compresses() {
        Shown s;
        s.fill();
        s.page->show_face(DataPage::Face::tokenizer);
        auto* size = s.child<QLineEdit>("vocab_size");
        size->setText({});
        QTest::keyClicks(size, QStringLiteral("12"));
        QVERIFY(!s.child<QPushButton>("train_tokenizer")->isEnabled());
        size->setText({});
        QTest::keyClicks(size, QStringLiteral("8,192"));
        s.child<QPushButton>("train_tokenizer")->click();
        QCOMPARE(s.f.engine.last<TrainTokenizer>()->vocab_size, int64_t{8192});
        QVERIFY(s.f.engine.last<TrainTokenizer>()->out.empty());  // the engine finds a free folder of this name
        QCOMPARE(s.f.engine.last<TrainTokenizer>()->name, s.page->draft().name().toStdString());
        s.f.engine.answer<TrainTokenizer>(
            TokenizerMerged{.merges = 2, .total = 7935, .latest = {{" t", "he", 900}, {"i", "n", 800}}});
        QCOMPARE(s.child<QTreeWidget>("merges")->topLevelItem(0)->text(2), QStringLiteral("in"));
        QVERIFY(s.child<QPushButton>("cancel_tokenizer")->isVisible());
        s.f.engine.answer<TrainTokenizer>(TokenizerDone{"/w/tokenizers/corpus-8192", 8192});
        s.f.engine.answer<ListTokenizers>(
            TokenizersListed{{{"/w/tokenizers/corpus-8192", "corpus-8192", "workspace", 8192, {}},
                              {"/m/qwen", "Qwen/Qwen3-0.6B", "huggingface", 151'669, {}}}});
        QCOMPARE(s.f.engine.last<MeasureTokenizers>()->tokenizers.size(), size_t{2});
        s.f.engine.answer<MeasureTokenizers>(
            TokenizersMeasured{{{{"/w/tokenizers/corpus-8192", "corpus-8192", "", 8192, {}}, 1000, 400},
                                {{"/m/qwen", "qwen", "", 151'669, {}}, 1000, 250}}});
        auto* measures = s.child<QTreeWidget>("measures");
        QCOMPARE(measures->topLevelItem(0)->text(0), QStringLiteral("Qwen/Qwen3-0.6B"));
        QCOMPARE(measures->topLevelItem(0)->text(1), QStringLiteral("4.000"));
        QCOMPARE(measures->topLevelItem(1)->text(1), QStringLiteral("2.500"));
    }

    void what_was_on_screen_outlives_the_program() {
        Shown s;
        s.fill();
        CleanRecipe recipe;
        recipe.min_characters = 7;
        s.page->draft().set_recipe(recipe);
        auto* name = s.child<QLineEdit>("name");
        name->selectAll();
        QTest::keyClicks(name, QStringLiteral("half a na"));
        s.page.reset();
        const int before = s.f.engine.count<SurveyData>();
        s.page = std::make_unique<DataPage>(s.f.context);
        QTest::qWait(400);
        QCOMPARE(s.f.engine.count<SurveyData>(), before);  // 10 GB are not read before the page is looked at
        s.open();
        QTRY_COMPARE(s.f.engine.count<SurveyData>(), before + 1);
        QCOMPARE(s.f.engine.last<SurveyData>()->recipe.min_characters, int64_t{7});
        QCOMPARE(s.f.engine.last<SurveyData>()->data.files.at(0), std::string("/data/한국어 말뭉치.jsonl"));
        QCOMPARE(s.child<QLineEdit>("name")->text(), QStringLiteral("half a na"));
    }
};

LATHE_PAGE_TEST(DataPageTest)
#include "data_page_test.moc"

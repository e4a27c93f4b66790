// The Data page's versions, tokenizers and dialogs over a fake engine: what is done with a version, which tokenizer
// counts, what one learns from, and files chosen in a dialog.
#include <QComboBox>
#include <QHeaderView>

#include "tests/ui/data_page_fixture.h"
#include "tests/ui/file_dialog.h"
#include "ui/data_words.h"

using namespace lathe;

class DataVersionsTest : public QObject {
    Q_OBJECT

    static constexpr const char* kOff = "Tokens not counted";

    static DatasetEntry two_versions() {
        DatasetEntry dataset = sample_dataset();
        DatasetVersion second = dataset.versions[0];
        second.version = "v2";
        second.folder = "/w/datasets/corpus/v2";
        second.files = {"/w/datasets/corpus/v2/train.jsonl"};
        second.validation_files.clear();
        second.recipe = {};
        dataset.versions.insert(dataset.versions.begin(), second);
        return dataset;
    }
    // The newest version is on screen, the older one's line is chosen.
    struct Opened : ShownDataPage {
        Opened() {
            f.engine.say(f.engine.last_request<ListDatasets>() - 1, DatasetsListed{{two_versions()}});
            auto* list = page->findChild<DatasetList*>()->findChild<QListWidget*>();
            Q_EMIT list->itemActivated(list->item(1));
            versions()->setCurrentItem(versions()->topLevelItem(1));
            QCoreApplication::processEvents();
        }
        QTreeWidget* versions() { return child<QTreeWidget>("versions"); }
        QWidget& survey() { return *page->findChild<SurveyView*>(); }
    };
    static TokenizersListed at_hand() {
        return {{{"/w/tokenizers/broken", "broken", "workspace", 0, Error{.kind = ErrorKind::malformed}},
                 {"/w/tokenizers/mine-4096", "mine-4096", "workspace", 4096, {}},
                 {"/share/starter", "starter", "lathe", 2000, {}},
                 {"/m/qwen", "Qwen/Qwen3-0.6B", "huggingface", 151'669, {}}}};
    }
    static void choose(QComboBox& box, const char* text) {
        const int index = box.findText(QString::fromUtf8(text));
        QVERIFY2(index >= 0, text);
        box.setCurrentIndex(index);
        Q_EMIT box.activated(index);
    }

private Q_SLOTS:
    void an_older_version_is_opened() {
        Opened s;
        QCOMPARE(s.page->draft().data().files, two_versions().versions[0].files);
        QVERIFY(press(s.survey(), "Open"));
        QCOMPARE(s.page->draft().data().files, two_versions().versions[1].files);
        QCOMPARE(s.page->draft().data().validation_files, two_versions().versions[1].validation_files);
        QCOMPARE(s.page->draft().name(), QStringLiteral("corpus"));
    }

    void a_recipe_is_used_again() {
        Opened s;
        QVERIFY(!s.page->draft().recipe().drop_duplicates);
        QVERIFY(press(s.survey(), "Use its recipe"));
        QVERIFY(s.page->draft().recipe().drop_duplicates);
        QVERIFY(s.page->findChild<RecipeForm*>()->recipe().drop_duplicates);
        QVERIFY(s.page->findChild<RecipeForm*>()->isVisible());
        QCOMPARE(s.page->draft().data().files, two_versions().versions[0].files);  // of what is on screen
    }

    void one_version_goes_to_the_trash_and_comes_back() {
        Opened s;
        QVERIFY(press(s.survey(), "To the trash"));
        QCOMPARE(s.f.engine.last<TrashDataset>()->name, std::string("corpus"));
        QCOMPARE(s.f.engine.last<TrashDataset>()->version, std::string("v1"));
        QVERIFY(!s.f.engine.last<TrashDataset>()->restore);
        s.f.engine.answer<TrashDataset>(DatasetChanged{two_versions()});
        QCOMPARE(s.page->draft().data().files, two_versions().versions[0].files);  // v2 is still there
        QCoreApplication::processEvents();
        QVERIFY(press(*s.page, "Undo"));
        QVERIFY(s.f.engine.last<TrashDataset>()->restore);
        QCOMPARE(s.f.engine.last<TrashDataset>()->version, std::string("v1"));
    }

    void the_trash_is_emptied() {
        ShownDataPage s;
        QVERIFY(!s.child<QPushButton>("empty_trash")->isVisible());
        DatasetEntry trashed = sample_dataset();
        trashed.trashed = true;
        s.f.engine.answer<ListDatasets>(DatasetsListed{{trashed}});
        QVERIFY(s.child<QPushButton>("empty_trash")->isVisible());
        s.child<QPushButton>("empty_trash")->click();
        QCOMPARE(s.f.engine.count<EmptyDatasetTrash>(), 1);
        s.f.engine.answer<EmptyDatasetTrash>(Failed{{.kind = ErrorKind::unwritable, .file = "/w/trash"}});
        QVERIFY(s.page->findChild<Banner*>()->isVisible());
        s.child<QPushButton>("empty_trash")->click();  // once more
        s.f.engine.answer<EmptyDatasetTrash>(DatasetsListed{});
        QVERIFY(!s.child<QPushButton>("empty_trash")->isVisible());
        QCOMPARE(s.page->findChild<DatasetList*>()->findChild<QListWidget*>()->count(), 0);
    }

    void tokens_are_counted_from_the_first_look() {
        ShownDataPage s;
        s.f.engine.answer<ListTokenizers>(at_hand());
        s.fill();
        const SurveyData asked = *s.f.engine.last<SurveyData>();
        QCOMPARE(asked.tokenizer, std::string("/w/tokenizers/mine-4096"));  // the first that can be opened
        QVERIFY(asked.sample_tokens);
        auto* box = s.child<QComboBox>("tokenizer");
        QCOMPARE(box->currentText(), QStringLiteral("mine-4096"));
        QVERIFY(box->findText(QStringLiteral("Starter model")) > 0);
        DatasetSurvey counted = sample_survey();
        counted.tokens = 1'000'000;
        QCOMPARE(survey_tiles(counted)[2].value, QStringLiteral("1,000,000"));
        counted.tokens_sampled = true;
        QCOMPARE(survey_tiles(counted)[2].value, QStringLiteral("about 1,000,000"));
    }

    void a_new_workspace_counts_with_the_starter() {
        ShownDataPage s;
        s.fill();  // before the list is there
        const int before = s.f.engine.count<SurveyData>();
        TokenizersListed starter{{at_hand().tokenizers[2]}};
        s.f.engine.answer<ListTokenizers>(starter);
        QTRY_COMPARE(s.f.engine.count<SurveyData>(), before + 1);
        QCOMPARE(s.f.engine.last<SurveyData>()->tokenizer, std::string("/share/starter"));
        QCOMPARE(s.child<QComboBox>("tokenizer")->currentText(), QStringLiteral("Starter model"));
    }

    void the_choice_outlives_the_program() {
        ShownDataPage s;
        s.f.engine.answer<ListTokenizers>(at_hand());
        s.fill();
        const auto again = [&] {
            s.page.reset();
            s.page = std::make_unique<DataPage>(s.f.context);
            s.open();
            s.f.engine.answer<ListTokenizers>(at_hand());
            return s.child<QComboBox>("tokenizer")->currentText();
        };
        choose(*s.child<QComboBox>("tokenizer"), "Qwen/Qwen3-0.6B");
        QCOMPARE(again(), QStringLiteral("Qwen/Qwen3-0.6B"));
        QCOMPARE(s.page->draft().tokenizer(), QStringLiteral("/m/qwen"));
        choose(*s.child<QComboBox>("tokenizer"), kOff);
        QCOMPARE(again(), QString::fromLatin1(kOff));  // and none is offered any more
        QVERIFY(s.page->draft().tokenizer().isEmpty());
    }

    void what_is_half_typed_outlives_the_program() {
        std::unique_ptr<QSettings> settings;  // longer than the page
        ShownDataPage s;
        s.fill();
        s.page->show_face(DataPage::Face::tokenizer);
        auto* size = s.child<QLineEdit>("vocab_size");
        size->selectAll();
        QTest::keyClicks(size, QStringLiteral("81q"));
        const auto least = [&]() -> QLineEdit* {
            for (QLineEdit* edit : s.page->findChild<RecipeForm*>()->findChildren<QLineEdit*>())
                if (edit->accessibleName() == QStringLiteral("min_characters")) return edit;
            return nullptr;
        };
        s.page->show_face(DataPage::Face::clean);
        least()->selectAll();
        QTest::keyClicks(least(), QStringLiteral("40"));
        QTest::keyClicks(least(), QStringLiteral("k"));
        s.page.reset();
        s.f.settings.sync();
        settings = std::make_unique<QSettings>(s.f.settings.fileName(), QSettings::IniFormat);
        s.page = std::make_unique<DataPage>(
            PageContext{s.f.engine, s.f.run, s.f.runs, s.f.paths, *settings, s.f.queue, *settings});
        s.open();
        QCOMPARE(s.child<QLineEdit>("vocab_size")->text(), QStringLiteral("81q"));
        QCOMPARE(least()->text(), QStringLiteral("40k"));
        QCOMPARE(s.page->draft().recipe().min_characters, int64_t{40});
        QVERIFY(!s.page->findChild<RecipeForm*>()->is_legal());
    }

    void one_that_is_gone_is_not_counted_with() {
        ShownDataPage s;
        s.page->draft().set_tokenizer(QStringLiteral("/w/tokenizers/deleted"));
        s.f.engine.answer<ListTokenizers>(at_hand());
        QCOMPARE(s.page->draft().tokenizer(), QStringLiteral("/w/tokenizers/mine-4096"));
    }

    void a_tokenizer_learns_what_is_saved_alone() {
        ShownDataPage s;
        DataConfig data;
        data.files = {"/data/pairs.csv"};
        data.format = "prompt_completion";
        data.prompt_column = "frage";
        data.completion_column = "antwort";
        s.page->take_data(data);
        s.page->show_face(DataPage::Face::tokenizer);
        auto* train = s.child<QPushButton>("train_tokenizer");
        QVERIFY(train->isEnabled());
        CleanRecipe recipe;
        recipe.drop_duplicates = true;
        s.page->draft().set_recipe(recipe);
        QVERIFY(!train->isEnabled());
        QVERIFY(!s.child<QPushButton>("use_for_training")->isEnabled());
        Q_EMIT s.child<QLineEdit>("vocab_size")->returnPressed();
        QCOMPARE(s.f.engine.count<TrainTokenizer>(), 0);
        s.page->draft().set_recipe({});
        train->click();
        const TrainTokenizer asked = *s.f.engine.last<TrainTokenizer>();
        QCOMPARE(asked.data.files, data.files);
        QCOMPARE(asked.data.format, data.format);
        QCOMPARE(asked.data.prompt_column, data.prompt_column);
        QCOMPARE(asked.data.completion_column, data.completion_column);
        // It is what counts from now on.
        s.f.engine.answer<TrainTokenizer>(TokenizerDone{"/w/tokenizers/pairs-4096", 4096});
        TokenizersListed listed = at_hand();
        listed.tokenizers.push_back({"/w/tokenizers/pairs-4096", "pairs-4096", "workspace", 4096, {}});
        s.f.engine.answer<ListTokenizers>(listed);
        QCOMPARE(s.child<QComboBox>("tokenizer")->currentText(), QStringLiteral("pairs-4096"));
        QTRY_VERIFY(s.f.engine.last<SurveyData>() != nullptr &&
                    s.f.engine.last<SurveyData>()->tokenizer == "/w/tokenizers/pairs-4096");
    }

    void files_and_folders_are_chosen_in_a_dialog() {
        ShownDataPage s;
        const QString file = s.f.folder.filePath(QStringLiteral("글.txt")), folder = s.f.folder.path();
        QFile(file).open(QIODevice::WriteOnly);
        {
            const DialogAnswer none({});
            QVERIFY(press(*s.page, "Add files…"));
            QVERIFY(none.answered());
            QVERIFY(s.page->draft().is_empty());
        }
        {
            const DialogAnswer answer(file);
            QVERIFY(press(*s.page, "Add files…"));
            QVERIFY(answer.answered());
        }
        QCOMPARE(s.page->draft().data().files, std::vector<std::string>{file.toStdString()});
        QCOMPARE(s.page->draft().name(), QStringLiteral("글"));
        {
            const DialogAnswer answer(folder);
            QVERIFY(press(*s.page, "Add folder…"));
            QVERIFY(answer.answered());
        }
        QCOMPARE(s.page->draft().data().files, (std::vector<std::string>{file.toStdString(), folder.toStdString()}));
    }
};

LATHE_PAGE_TEST(DataVersionsTest)
#include "data_versions_test.moc"

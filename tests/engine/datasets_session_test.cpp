// Data sets and tokenizers through a session: from a survey to a version that a run trains on.
#include <QtTest>
#include <fstream>

#include "engine/base/files.h"
#include "engine/base/json.h"
#include "engine/data/tokenizer.h"
#include "tests/engine/train/session_fixture.h"

using namespace lathe;
using namespace lathe_test;

namespace {

std::string write(const std::string& path, const std::string& bytes) {
    std::ofstream(path, std::ios::binary) << bytes;
    return path;
}

DataConfig data_of(const std::string& file) {
    DataConfig data;
    data.files = {file};
    return data;
}

}  // namespace

class DatasetsSessionTest : public QObject {
    Q_OBJECT

    QTemporaryDir hub_;

private Q_SLOTS:
    // Not what this machine's user has.
    void initTestCase() { qputenv("HF_HUB_CACHE", hub_.path().toUtf8()); }

    void from_a_survey_to_a_run() {
        const Place place;
        Watched session(place.workspace());
        const DataConfig data = data_of(place.path("text.txt"));
        CleanRecipe recipe;
        recipe.validation_fraction = 0.3;
        const auto seen = session.wait<DataSurveyed>(session.post(SurveyData{.data = data, .recipe = recipe}));
        QVERIFY(seen && seen->survey.documents > 3);
        QVERIFY(!std::filesystem::exists(place.workspace()));  // nothing is written
        const auto page = session.wait<DataPreviewed>(session.post(PreviewData{.data = data, .first = 1, .count = 2}));
        QVERIFY(page && page->documents.size() == 2 && page->documents[0].index == 1);
        QCOMPARE(*page->total, seen->survey.documents);
        const auto made =
            session.wait<DatasetChanged>(session.post(SaveDataset{.name = "mine", .data = data, .recipe = recipe}));
        QVERIFY(made);
        const DatasetVersion version = made->dataset.versions.at(0);
        QCOMPARE(version.documents + version.validation_documents, seen->survey.documents);
        QCOMPARE(version.validation_documents, seen->survey.validation_documents);

        RunConfig config = place.config();
        config.data.files = version.files;
        config.data.validation_files = version.validation_files;
        config.train.max_steps = 2;
        config.train.eval_steps = 2;
        config.train.eval_batches = 1000;
        const auto done = session.wait<TrainDone>(session.train(config));
        QVERIFY(done && done->eval_loss);
        const auto tuned = session.wait<EvaluateDone>(session.post(Evaluate{.run = done->run, .checkpoint = "last"}));
        QVERIFY(tuned && std::abs(tuned->loss - *done->eval_loss) < 1e-4);
        // Other documents held back are other data: a resume says so.
        std::ofstream(version.validation_files[0], std::ios::app) << "{\"text\":\"more\"}\n";
        config.train.max_steps = 4;
        const auto refused = session.failure(session.train(config, done->run));
        QVERIFY(refused && refused->kind == ErrorKind::mismatch);
    }

    void the_trash_and_back() {
        const Place place;
        Watched session(place.workspace());
        QVERIFY(session.wait<DatasetChanged>(
            session.post(SaveDataset{.name = "mine", .data = data_of(place.path("text.txt"))})));
        const auto gone = session.wait<DatasetChanged>(session.post(TrashDataset{.name = "mine"}));
        QVERIFY(gone && gone->dataset.trashed);
        QVERIFY(session.wait<DatasetsListed>(session.post(ListDatasets{}))->datasets.empty());
        QCOMPARE(session.wait<DatasetsListed>(session.post(ListDatasets{.trashed = true}))->datasets.size(), size_t{1});
        const auto back = session.wait<DatasetChanged>(session.post(TrashDataset{.name = "mine", .restore = true}));
        QVERIFY(back && !back->dataset.trashed && back->dataset.versions.size() == 1);
        const std::string trash = place.workspace() + "/trash/datasets";
        QVERIFY(session.wait<DatasetsListed>(session.post(EmptyDatasetTrash{})));  // of nothing
        QVERIFY(session.wait<DatasetChanged>(session.post(TrashDataset{.name = "mine", .version = "v1"})));
        QVERIFY(std::filesystem::exists(trash + "/mine/v1"));
        const auto left = session.wait<DatasetsListed>(session.post(EmptyDatasetTrash{}));
        QVERIFY(left && left->datasets.empty());
        QVERIFY(!std::filesystem::exists(trash));
        size_t things = 0;  // not under another name either
        for (const auto& entry : std::filesystem::directory_iterator(place.workspace() + "/trash"))
            things += entry.path().empty() ? 0 : 1;
        QCOMPARE(things, size_t{0});
        const auto error = session.failure(session.post(TrashDataset{.name = "nobody"}));
        QVERIFY(error && error->kind == ErrorKind::not_found);
    }

    void bad_wishes_leave_nothing() {
        const Place place;
        Watched session(place.workspace());
        const DataConfig data = data_of(place.path("text.txt"));
        CleanRecipe recipe;
        recipe.drop_pattern = "(";
        const auto pattern = session.failure(session.post(SurveyData{.data = data, .recipe = recipe}));
        QVERIFY(pattern && pattern->key == "drop_pattern");
        const auto name = session.failure(session.post(SaveDataset{.name = "a/b", .data = data}));
        QVERIFY(name && name->kind == ErrorKind::usage);
        const auto page = session.failure(session.post(PreviewData{.data = data, .first = 0, .count = 100'000}));
        QVERIFY(page && page->kind == ErrorKind::out_of_range);
        // A file where the data set's folder should be.
        std::filesystem::create_directories(place.workspace() + "/datasets");
        write(place.workspace() + "/datasets/taken", "x");
        QVERIFY(session.failure(session.post(SaveDataset{.name = "taken", .data = data})));
        QCOMPARE(contents(place.workspace() + "/datasets/taken"), std::string("x"));
    }

    void a_tokenizer_tells_its_merges() {
        const Place place;
        Watched session(place.workspace());
        const std::string text = write(place.path("abab.txt"), "abab abab abab abab abc\n");
        const RequestId request = session.post(TrainTokenizer{.data = data_of(text), .vocab_size = 260});
        const auto done = session.wait<TokenizerDone>(request);
        QVERIFY(done);
        QCOMPARE(done->folder, place.workspace() + "/tokenizers/abab-260");
        std::vector<TokenizerMerge> merges;
        int64_t told = 0;
        for (const TokenizerMerged& word : session.all<TokenizerMerged>(request)) {
            merges.insert(merges.end(), word.latest.begin(), word.latest.end());
            told = word.merges;
            QCOMPARE(word.total, int64_t{260 - 257});
        }
        // "ab" stands there 9 times, "abab" 4 times, of which 3 behind a blank.
        QCOMPARE(told, int64_t{3});
        QCOMPARE(merges.size(), size_t{3});
        QCOMPARE(merges[0].left + "+" + merges[0].right, std::string("a+b"));
        QCOMPARE(merges[0].count, int64_t{9});
        QVERIFY(session.wait<TokenizerDone>(session.post(TrainTokenizer{.data = data_of(text), .vocab_size = 260}))
                    ->folder.ends_with("abab-260-2"));
        const auto listed = session.wait<TokenizersListed>(session.post(ListTokenizers{}));
        QVERIFY(listed);
        size_t own = 0;
        for (const TokenizerEntry& entry : listed->tokenizers) own += entry.source == "workspace";
        QCOMPARE(own, size_t{2});
        QCOMPARE(listed->tokenizers[0].vocab_size, int64_t{260});
        const auto measured = session.wait<TokenizersMeasured>(session.post(
            MeasureTokenizers{.data = data_of(text), .tokenizers = {done->folder, place.path("nowhere")}}));
        QVERIFY(measured && measured->measures.size() == 2);
        QCOMPARE(measured->measures[0].bytes, int64_t{23});
        const Tokenizer tokenizer = Tokenizer::open(done->folder);
        QCOMPARE(measured->measures[0].tokens,
                 static_cast<int64_t>(tokenizer.encode("abab abab abab abab abc", false).size()));
        QVERIFY(measured->measures[1].tokenizer.problem);
    }

    void a_new_workspace_has_a_tokenizer_to_count_with() {
        const Place place;
        Watched session(place.workspace());
        const auto listed = session.wait<TokenizersListed>(session.post(ListTokenizers{}));
        QVERIFY(listed && !listed->tokenizers.empty());
        const TokenizerEntry starter = listed->tokenizers[0];
        QCOMPARE(starter.source, std::string("lathe"));
        QVERIFY(!starter.problem && starter.vocab_size > 256);
        const std::string file = write(place.path("one.txt"), "The cat sees the house.\n");
        for (const bool sampled : {false, true}) {
            const auto seen = session.wait<DataSurveyed>(
                session.post(SurveyData{.data = data_of(file), .tokenizer = starter.path, .sample_tokens = sampled}));
            QVERIFY(seen && seen->survey.tokens);
            QCOMPARE(
                *seen->survey.tokens,
                static_cast<int64_t>(Tokenizer::open(starter.path).encode("The cat sees the house.", false).size()));
            QVERIFY(!seen->survey.tokens_sampled);  // so little is counted whole
            QCOMPARE(seen->survey.bytes, int64_t{23});
            QVERIFY(!seen->survey.lengths.empty());
        }
        QVERIFY(!std::filesystem::exists(place.workspace()));
    }

    void a_tokenizer_learns_the_columns_of_the_data() {
        const Place place;
        Watched session(place.workspace());
        // What is no part of the conversation is not learnt from, though it is the most of the file.
        std::string rows = "frage,antwort,quelle\n";
        for (int i = 0; i < 50; ++i) rows += "ab,zqzqzqzq,xyxyxyxyxyxyxyxy\n";
        DataConfig data = data_of(write(place.path("rows.csv"), rows));
        data.prompt_column = "frage";
        data.completion_column = "antwort";
        const RequestId request = session.post(TrainTokenizer{.data = data, .vocab_size = 258});
        const auto done = session.wait<TokenizerDone>(request);
        QVERIFY(done);
        const auto words = session.all<TokenizerMerged>(request);
        QVERIFY(!words.empty() && !words[0].latest.empty());
        QCOMPARE(words[0].latest[0].left + words[0].latest[0].right, std::string("zq"));
        data.completion_column = "nowhere";
        QVERIFY(session.failure(session.post(TrainTokenizer{.data = data, .vocab_size = 258})));
    }

    // Of the cache of Hugging Face; counts are those of its own tokenizers (tests/data/README.md).
    void those_of_other_models_are_measured_on_the_same_text() {
        const std::string golden = LATHE_SOURCE_DIR "/tests/data/tokenizers/";
        const std::string text = "안녕하세요 모델이 토큰을 배운다";
        const Place place;
        const std::map<std::string, std::string> models = {{"gpt2", "openai-community/gpt2"},
                                                           {"qwen2", "Qwen/Qwen2-0.5B"}};
        const auto folder_of = [&](std::string name) {
            return hub_.path().toStdString() + "/models--" + name.replace(name.find('/'), 1, "--");
        };
        for (const auto& [file, name] : models) {
            const std::string snapshot = folder_of(name) + "/snapshots/0a1b";
            std::filesystem::create_directories(snapshot);
            std::filesystem::copy_file(golden + file + ".json", snapshot + "/tokenizer.json");
            write(snapshot + "/config.json", "{}");
        }
        Watched session(place.workspace());
        const auto listed = session.wait<TokenizersListed>(session.post(ListTokenizers{}));
        QVERIFY(listed);
        std::map<std::string, std::string> paths;
        for (const TokenizerEntry& entry : listed->tokenizers) {
            if (entry.source != "huggingface") continue;
            QVERIFY(!entry.problem);
            QCOMPARE(entry.vocab_size, int64_t{520});
            paths[entry.name] = entry.path;
        }
        QCOMPARE(paths.size(), models.size());
        const auto measured = session.wait<TokenizersMeasured>(
            session.post(MeasureTokenizers{.data = data_of(write(place.path("one.txt"), text + "\n")),
                                           .tokenizers = {paths.at(models.at("gpt2")), paths.at(models.at("qwen2"))}}));
        QVERIFY(measured && measured->measures.size() == 2);
        const Json ids = parse_json(read_file(golden + "ids.json", 1 << 20), "ids.json");
        for (size_t i = 0; i < 2; ++i) {
            const Json& cases = ids.at(i == 0 ? "gpt2" : "qwen2");
            const auto known =
                std::find_if(cases.begin(), cases.end(), [&](const Json& one) { return one[0] == text; });
            QVERIFY(known != cases.end());
            QCOMPARE(measured->measures[i].tokens, static_cast<int64_t>((*known)[1].size()));
            QCOMPARE(measured->measures[i].bytes, static_cast<int64_t>(text.size()));
        }
        for (const auto& [file, name] : models) std::filesystem::remove_all(folder_of(name));
    }
};

QTEST_GUILESS_MAIN(DatasetsSessionTest)
#include "datasets_session_test.moc"

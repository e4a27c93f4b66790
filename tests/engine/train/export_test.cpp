// Export through the session: byte for byte what a loaded model would be written as, from any source dtype and shard
// layout; the plan says beforehand what comes; nothing half-done stays.
#include <QtTest>
#include <filesystem>

#include "engine/base/export_text.h"
#include "engine/base/files.h"
#include "engine/base/json.h"
#include "engine/formats/hf_folder.h"
#include "engine/model/model_io.h"
#include "tests/engine/train/session_fixture.h"

using namespace lathe;
using namespace lathe_test;
namespace fs = std::filesystem;

namespace {

const std::string kModels = std::string(LATHE_SOURCE_DIR) + "/tests/data/";

// Through a Model in memory, as a checkpoint is written.
void write_loaded(const std::string& source, Dtype dtype, int64_t max_shard_bytes, const std::string& out) {
    const LoadedModel loaded = load_model(source);
    fs::create_directories(out);
    write_files(plan_hf_files({.config = loaded.config,
                               .weights = weight_sources(*loaded.model, dtype),
                               .dtype = dtype,
                               .tokenizer_folder = fs::exists(source + "/tokenizer.json") ? source : "",
                               .max_shard_bytes = max_shard_bytes}),
                out);
}

std::vector<std::pair<std::string, int64_t>> sizes(const std::vector<ExportedFile>& files) {
    std::vector<std::pair<std::string, int64_t>> result;
    for (const ExportedFile& file : files) result.emplace_back(file.name, file.bytes);
    return result;
}

std::map<std::string, std::string> hashes(const std::string& folder) {
    std::map<std::string, std::string> result;
    for (const auto& entry : fs::directory_iterator(folder))
        if (entry.path().filename() != kExportReportFile)
            result[entry.path().filename().string()] = sha256_of_file(entry.path().string());
    return result;
}

}  // namespace

class ExportTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void is_what_a_loaded_model_would_be_data();
    void is_what_a_loaded_model_would_be();
    void the_plan_is_what_comes();
    void the_plan_touches_nothing();
    void a_run_exports_while_it_trains();
    void a_folder_in_use_is_refused();
    void wrong_sources_are_named_data();
    void wrong_sources_are_named();
    void cancelling_leaves_nothing();
};

void ExportTest::is_what_a_loaded_model_would_be_data() {
    QTest::addColumn<QString>("source");
    QTest::addColumn<QString>("dtype");
    QTest::addColumn<qint64>("shard");
    for (const char* source : {"hf_qwen3", "hf_qwen3_bf16", "hf_qwen2", "hf_llama"}) {
        for (const char* dtype : {"float32", "bfloat16", "float16"}) {
            QTest::addRow("%s %s", source, dtype) << source << dtype << qint64{5LL << 30};
            QTest::addRow("%s %s in shards", source, dtype) << source << dtype << qint64{20000};
        }
    }
}

void ExportTest::is_what_a_loaded_model_would_be() {
    QFETCH(QString, source);
    QFETCH(QString, dtype);
    QFETCH(qint64, shard);
    const Place place;
    const std::string folder = kModels + source.toStdString();
    const Dtype stored = dtype == "float32" ? Dtype::F32 : dtype == "bfloat16" ? Dtype::BF16 : Dtype::F16;
    write_loaded(folder, stored, shard, place.path("wanted"));
    Watched session(place.workspace());
    const auto done = session.wait<ExportDone>(session.post(ExportModel{
        .model = folder, .dtype = dtype.toStdString(), .max_shard_bytes = shard, .out = place.path("new/out")}));
    QVERIFY(done);
    QCOMPARE(hashes(place.path("new/out")), hashes(place.path("wanted")));
    QVERIFY(done->report.files.size() > 1);
    for (const auto& [name, bytes, hash] : done->report.files)
        QCOMPARE(bytes, static_cast<int64_t>(fs::file_size(place.path("new/out/") + name)));
    QVERIFY(!fs::exists(place.workspace()));
}

void ExportTest::the_plan_is_what_comes() {
    const Place place;
    Watched session(place.workspace());
    const ExportModel what{.model = kModels + "hf_qwen3", .max_shard_bytes = 30000, .out = place.path("a/b/out")};
    const auto plan = session.wait<ExportPlanned>(session.post(PlanExport{what}));
    QVERIFY(plan);
    QVERIFY(!plan->folder_in_use && !fs::exists(place.path("a")));
    const double free = static_cast<double>(free_bytes(place.path("")));
    QVERIFY(std::abs(static_cast<double>(plan->free_bytes) - free) < 0.01 * free);
    const auto done = session.wait<ExportDone>(session.post(what));
    QVERIFY(done);
    QCOMPARE(sizes(done->report.files), plan->files);
    const auto again = session.wait<ExportPlanned>(session.post(PlanExport{what}), 0);
    QVERIFY(again && again->folder_in_use);
}

void ExportTest::the_plan_touches_nothing() {
    const Place place;
    Watched session(place.workspace());
    const auto plan = session.wait<ExportPlanned>(session.post(PlanExport{{.model = kModels + "hf_llama"}}));
    QVERIFY(plan && plan->folder.empty() && !plan->folder_in_use && plan->free_bytes > 0);
    QVERIFY(!fs::exists(place.workspace()));
    const auto error = session.failure(session.post(PlanExport{{.model = kModels + "hf_llama", .format = "gguff"}}));
    QVERIFY(error && error->key == "format");
}

void ExportTest::a_run_exports_while_it_trains() {
    const Place place;
    RunConfig config = place.config();
    config.train.max_steps = 400;
    const std::string out = place.path("out");
    const auto hook = [&, asked = false](Watched& watched, const Event& event) mutable {
        if (!std::holds_alternative<CheckpointSaved>(event.body) || std::exchange(asked, true)) return;
        watched.post(PlanExport{{.run = "latest", .out = out}});
        watched.post(ExportModel{.run = "latest", .out = out});
    };
    Watched session(place.workspace(), hook);
    const RequestId train = session.train(config);
    const auto plan = session.wait<ExportPlanned>();
    const auto done = session.wait<ExportDone>();
    session.cancel(train);
    QVERIFY(plan && done);
    QCOMPARE(sizes(done->report.files), plan->files);
    QVERIFY(session.all<TrainDone>().empty() || session.all<TrainDone>()[0].state == "stopped");
    QVERIFY(load_model(out).differences.empty());
}

void ExportTest::a_folder_in_use_is_refused() {
    const Place place;
    Watched session(place.workspace());
    for (const std::string& out : {place.path(""), place.path("text.txt"), std::string()}) {
        const auto error = session.failure(session.post(ExportModel{.model = kModels + "hf_qwen3", .out = out}));
        QVERIFY(error && error->kind == ErrorKind::usage && error->key == "--out");
    }
}

void ExportTest::wrong_sources_are_named_data() {
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("named");
    QTest::newRow("one layer more") << "num_hidden_layers"
                                    << "9"
                                    << "model.layers.";
    QTest::newRow("another width") << "intermediate_size"
                                   << "72"
                                   << "mlp.";
}

void ExportTest::wrong_sources_are_named() {
    QFETCH(QString, key);
    QFETCH(QString, value);
    QFETCH(QString, named);
    const Place place;
    fs::copy(kModels + "hf_qwen3", place.path("source"));
    Json config = read_json(place.path("source/config.json"));
    config[key.toStdString()] = value.toInt();
    config.erase("layer_types");
    std::ofstream(place.path("source/config.json")) << config.dump();
    Watched session(place.workspace());
    const auto error =
        session.failure(session.post(ExportModel{.model = place.path("source"), .out = place.path("o")}));
    QVERIFY(error);
    QVERIFY2(error->key.find(named.toStdString()) != std::string::npos, error->sentence().c_str());
    QVERIFY(!fs::exists(place.path("o")));
}

void ExportTest::cancelling_leaves_nothing() {
    const Place place;
    const auto hook = [](Watched& watched, const Event& event) {
        if (std::holds_alternative<Progress>(event.body)) watched.cancel(event.request);
    };
    Watched session(place.workspace(), hook);
    const auto error =
        session.failure(session.post(ExportModel{.model = kModels + "hf_qwen3", .out = place.path("o")}));
    QVERIFY(error && error->kind == ErrorKind::cancelled);
    for (const auto& entry : fs::directory_iterator(place.path("")))
        QCOMPARE(entry.path().filename().string(), std::string("text.txt"));
}

QTEST_APPLESS_MAIN(ExportTest)
#include "export_test.moc"

// An adapter that names its base as the hub does: it is found in the workspace and in the cache of Hugging Face, and
// the two are talked to, listed and exported as one.
#include <QtTest>
#include <filesystem>

#include "engine/base/error.h"
#include "engine/base/export_text.h"
#include "engine/base/json.h"
#include "engine/model_source.h"
#include "tests/engine/train/session_fixture.h"

using namespace lathe;
using namespace lathe_test;
namespace fs = std::filesystem;

class ModelSourceTest : public QObject {
    Q_OBJECT

    static std::string golden(const std::string& name) { return std::string(LATHE_SOURCE_DIR "/tests/data/") + name; }
    // The golden adapter, for a base of that name.
    static void put_adapter(const std::string& folder, const std::string& base) {
        fs::create_directories(folder);
        fs::copy(golden("peft_qwen2"), folder, fs::copy_options::recursive);
        Json config = read_json(folder + "/adapter_config.json");
        config["base_model_name_or_path"] = base;
        std::ofstream(folder + "/adapter_config.json") << dump_json(config);
    }
    // The golden base of it, with a tokenizer.
    static void put_base(Watched& session, const std::string& folder) {
        fs::create_directories(fs::path(folder).parent_path());
        const auto done =
            session.wait<ExportDone>(session.post(ExportModel{.model = golden("gguf/qwen2.gguf"), .out = folder}));
        QVERIFY(done.has_value());
    }
    static Error refused(const std::string& folder, const std::string& workspace) {
        const auto error = error_of([&] { with_base(folder, workspace); });
        return error.value_or(Error{});
    }

private Q_SLOTS:
    void init() { qputenv("HF_HUB_CACHE", QByteArray::fromStdString(place_.path("hub"))); }
    void cleanup() {
        for (const char* folder : {"hub", "workspace", "adapter"}) fs::remove_all(place_.path(folder));
    }

    void a_plain_model_stays_what_it_is() {
        const ModelFiles files = with_base({golden("hf_qwen2"), "", false}, place_.workspace());
        QVERIFY(files.path == golden("hf_qwen2") && files.adapter.empty() && !files.strict);
        const ModelFiles given = with_base({golden("hf_qwen2"), "/adapter"}, place_.workspace());
        QCOMPARE(given.adapter, std::string("/adapter"));
        const ModelFiles beside = with_base(golden("peft_qwen2"), place_.workspace());
        QVERIFY(beside.path.ends_with("/hf_qwen2") && beside.adapter == golden("peft_qwen2") && beside.strict);
    }

    void the_base_is_found_by_its_name() {
        const std::string adapter = place_.path("adapter"), hub = place_.path("hub/models--org--Tiny-1.5/");
        const std::string other = place_.workspace() + "/models/Tiny-1.5-Chat",
                          mine = place_.workspace() + "/models/tiny-1.5";
        put_adapter(adapter, "org/Tiny-1.5");
        fs::create_directories(fs::path(other).parent_path());
        fs::copy(golden("hf_qwen2"), other);
        fs::create_directories(place_.workspace() + "/Tiny-1.5");
        fs::copy_file(golden("gguf/qwen2.gguf"), place_.workspace() + "/Tiny-1.5.gguf");
        put_adapter(place_.workspace() + "/Tiny-1.5/Tiny-1.5", "x");
        const Error error = refused(adapter, place_.workspace());
        QVERIFY(error.kind == ErrorKind::not_found && error.key == "base_model_name_or_path");
        QCOMPARE(error.found, std::string("\"org/Tiny-1.5\""));

        fs::copy(golden("hf_qwen2"), mine);
        QCOMPARE(with_base(adapter, place_.workspace()).path, mine);
        QCOMPARE(with_base(adapter, place_.workspace()).adapter, adapter);
        fs::create_directories(hub + "snapshots");
        fs::copy(golden("hf_qwen2"), hub + "snapshots/0a1b");
        QCOMPARE(with_base(adapter, place_.workspace()).path, hub + "snapshots/0a1b");  // its whole name
    }

    void it_is_listed_talked_to_and_exported() {
        Watched session(place_.workspace());
        const std::string adapter = place_.workspace() + "/adapters/a", base = place_.workspace() + "/models/Tiny-1.5";
        put_adapter(adapter, "org/Tiny-1.5");
        const auto is_there = [&] {
            const auto listed = session.wait<ModelsListed>(session.post(ListModels{}));
            const auto inspected = session.wait<ModelInspected>(session.post(InspectModel{adapter}));
            bool there = false;
            for (const ModelEntry& model : listed->models) there |= model.kind == "adapter" && model.base_is_there;
            return there && inspected->detail.entry.base_is_there;
        };
        QVERIFY(!is_there());
        put_base(session, base);
        QVERIFY(is_there());

        const auto answer = [&](const std::string& folder) {
            const auto done = session.wait<ChatDone>(
                session.post(Chat{.model = {.folder = folder}, .turns = {{.text = "the"}}, .sample = greedy()}));
            return done ? done->turn.text : "";
        };
        const std::string merged = place_.workspace() + "/exports/merged";
        const auto done = session.wait<ExportDone>(session.post(ExportModel{.model = adapter, .out = merged}));
        QVERIFY(done && done->report.format == "merged");
        QCOMPARE(done->report.reference, base);
        QCOMPARE(done->report.reference_adapter, adapter);
        const auto proof = session.wait<ProofDone>(session.post(ProveExport{.report = done->report, .text = {}}));
        QVERIFY(proof && proof->report.proof);
        QCOMPARE(proof->report.proof->max_logit_difference, 0.0);
        QVERIFY(!answer(adapter).empty() && answer(adapter) != answer(base));
        QCOMPARE(answer(adapter), answer(merged));
    }

    void a_run_that_tuned_an_adapter_is_its_base_with_it() {
        Watched session(place_.workspace());
        const std::string base = place_.workspace() + "/models/Tiny-1.5";
        put_base(session, base);
        RunConfig config = place_.config();
        config.model.reset();
        config.base_model = BaseModelConfig{.path = base};
        config.lora = LoraConfig{};
        config.tokenizer = {};
        const auto trained = session.wait<TrainDone>(session.train(config));
        QVERIFY(trained);
        const auto found = find_weights({.run = trained->run}, place_.workspace());
        QVERIFY(found.files.path == base && found.files.adapter == trained->checkpoint && found.step == 12);
        for (const char* format : {"hf", "adapter", "gguf"}) {
            const std::string out = place_.workspace() + "/exports/of-run-" + format;
            const auto done = session.wait<ExportDone>(
                session.post(ExportModel{.run = trained->run, .format = format, .gguf_type = "f32", .out = out}));
            QVERIFY2(done, format);
            QCOMPARE(done->report.reference_adapter, trained->checkpoint);
            QVERIFY(std::string(format) != "gguf" || fs::exists(out + "/" + trained->run + "-F32.gguf"));
            const auto proof = session.wait<ProofDone>(session.post(ProveExport{.report = done->report, .text = {}}));
            QVERIFY(proof && proof->report.proof && proof->report.proof->same_tokens);
            QCOMPARE(proof->report.proof->max_logit_difference, 0.0);
        }
    }

    void the_adapters_own_tokenizer_goes_first() {
        Watched session(place_.workspace());
        const std::string adapter = place_.path("adapter"), base = place_.workspace() + "/models/Tiny-1.5";
        put_adapter(adapter, "org/Tiny-1.5");
        put_base(session, base);
        fs::copy_file(base + "/tokenizer.json", adapter + "/tokenizer.json");
        std::ofstream(adapter + "/chat_template.jinja") << "{{ messages[0].content }}";
        for (const char* format : {"merged", "adapter"}) {
            const std::string out = place_.workspace() + "/exports/" + format;
            const auto done =
                session.wait<ExportDone>(session.post(ExportModel{.model = adapter, .format = format, .out = out}));
            QVERIFY(done);
            QVERIFY(fs::exists(out + "/tokenizer.json"));
            QCOMPARE(contents(out + "/chat_template.jinja"), std::string("{{ messages[0].content }}"));
        }
    }

private:
    static SampleConfig greedy() {
        SampleConfig sample;
        sample.temperature = 0;
        sample.max_tokens = 12;
        return sample;
    }

    Place place_;
};

QTEST_GUILESS_MAIN(ModelSourceTest)
#include "model_source_test.moc"

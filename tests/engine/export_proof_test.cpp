// The proof of an export: it passes an exact one, measures what rounding does, and finds what was damaged.
#include <QtTest>
#include <cmath>
#include <filesystem>

#include "engine/base/files.h"
#include "engine/base/json.h"
#include "engine/formats/export_report.h"
#include "tests/engine/train/session_fixture.h"

using namespace lathe;
using namespace lathe_test;
namespace fs = std::filesystem;

namespace {

const std::string kStarter = LATHE_SOURCE_DIR "/resources/starter";

std::string command(const ExportReport& report, const std::string& tool) {
    for (const ExportCommand& one : report.commands)
        if (one.tool == tool) return one.text;
    return "";
}

bool warns(const ExportReport& report, const std::string& kind) {
    return std::any_of(report.warnings.begin(), report.warnings.end(),
                       [&](const ExportWarning& warning) { return warning.kind == kind; });
}

}  // namespace

class ExportProofTest : public QObject {
    Q_OBJECT

    static ExportReport exported(Watched& session, ExportModel what) {
        if (what.model.empty()) what.model = kStarter;
        const auto done = session.wait<ExportDone>(session.post(what));
        return done ? done->report : ExportReport{};
    }
    static ExportReport proven(Watched& session, const ExportReport& report, const std::string& text = "") {
        const auto done = session.wait<ProofDone>(session.post(ProveExport{.report = report, .text = text}));
        return done ? done->report : ExportReport{};
    }

private Q_SLOTS:
    void an_exact_export_is_exact() {
        const Place place;
        Watched session(place.workspace());
        const ExportReport report = proven(session, exported(session, {.out = place.path("out")}));
        QVERIFY(report.proof && report.not_proven.empty());
        QCOMPARE(report.proof->max_logit_difference, 0.0);
        QCOMPARE(report.proof->top1_agreement, 1.0);
        QCOMPARE(report.proof->perplexity, report.proof->reference_perplexity);
        QVERIFY(report.proof->perplexity > 1 && report.proof->tokens == 256 && report.proof->same_tokens);
        QVERIFY(!report.proof->sample.empty());
        QCOMPARE(report.proof->sample, report.proof->reference_sample);
        const Json kept = read_json(place.path("out/lathe_export.json"));
        QCOMPARE(kept.at("proof").at("tokens").get<int64_t>(), int64_t{256});
        for (const auto& [name, file] : kept.at("files").items()) {
            QCOMPARE(file.at("sha256").get<std::string>(), sha256_of_file(place.path("out/") + name));
            QCOMPARE(file.at("bytes").get<uintmax_t>(), fs::file_size(place.path("out/") + name));
        }
    }

    // The largest difference of a logit that each may make. The starter's weights are bfloat16.
    void every_format_reads_back_data() {
        QTest::addColumn<QString>("model");
        QTest::addColumn<QString>("adapter");
        QTest::addColumn<QString>("format");
        QTest::addColumn<QString>("numbers");
        QTest::addColumn<double>("most");
        const auto row = [](const char* model, const char* adapter, const char* format, const char* numbers,
                            double most) {
            QTest::addRow("%s %s %s %s", model, adapter, format, numbers)
                << model << adapter << format << numbers << most;
        };
        row("starter", "", "gguf", "f32", 0);
        row("starter", "", "gguf", "bf16", 0);
        row("starter", "", "gguf", "q8_0", 0.5);
        row("starter", "", "gguf", "q4_k_m", 5);
        row("starter", "", "nf4", "bfloat16", 5);
        row("nf4_qwen2", "", "nf4", "bfloat16", 0);
        row("hf_qwen2", "peft_qwen2", "hf", "float32", 0);
        row("hf_qwen2", "peft_qwen2", "merged", "float32", 0);
        row("hf_qwen2", "peft_qwen2", "adapter", "float32", 0);
        row("hf_llama", "peft_llama", "gguf", "f32", 0);
    }

    void every_format_reads_back() {
        QFETCH(QString, model);
        QFETCH(QString, adapter);
        QFETCH(QString, format);
        QFETCH(QString, numbers);
        QFETCH(double, most);
        const auto golden = [](const QString& name) {
            return std::string(LATHE_SOURCE_DIR) + (name == "starter" ? "/resources/" : "/tests/data/") +
                   name.toStdString();
        };
        const Place place;
        Watched session(place.workspace());
        ExportModel what{.model = golden(model),
                         .adapter = adapter.isEmpty() ? "" : golden(adapter),
                         .format = format.toStdString(),
                         .out = place.path("out")};
        (format == "gguf" ? what.gguf_type : what.dtype) = numbers.toStdString();
        const auto plan = session.wait<ExportPlanned>(session.post(PlanExport{what}));
        QVERIFY(plan);
        const ExportReport report = exported(session, what);
        QCOMPARE(report.files.size(), plan->files.size());
        for (size_t i = 0; i < report.files.size(); ++i) {
            QCOMPARE(report.files[i].name, plan->files[i].first);
            QCOMPARE(fs::file_size(place.path("out/") + report.files[i].name),
                     static_cast<uintmax_t>(report.files[i].bytes));
            if (format != "nf4") QCOMPARE(report.files[i].bytes, plan->files[i].second);
        }
        const ExportReport proof = proven(session, report);
        QVERIFY2(proof.proof, proof.not_proven.c_str());
        QVERIFY2(proof.proof->max_logit_difference <= most, std::to_string(proof.proof->max_logit_difference).c_str());
        QVERIFY(most == 0 || proof.proof->max_logit_difference > 0);
        QVERIFY(proof.proof->same_tokens);
        QVERIFY(proof.proof->perplexity < 1.5 * proof.proof->reference_perplexity);
    }

    void what_does_not_go_together_is_refused() {
        const Place place;
        Watched session(place.workspace());
        const auto refused = [&](const ExportModel& what) {
            const auto error = session.failure(session.post(what));
            return error ? error->key : "";
        };
        const std::string data = LATHE_SOURCE_DIR "/tests/data/", out = place.path("out");
        QCOMPARE(refused({.model = kStarter, .format = "merged", .out = out}), "--adapter");
        QCOMPARE(refused({.model = kStarter, .format = "adapter", .out = out}), "--adapter");
        QCOMPARE(refused({.model = data + "nf4_qwen2", .adapter = data + "peft_qwen2", .format = "merged", .out = out}),
                 "--model");
        QCOMPARE(refused({.model = kStarter, .format = "gguf", .gguf_type = "q3", .out = out}), "gguf_type");
        QCOMPARE(refused({.model = kStarter, .dtype = "int8", .out = out}), "dtype");
        QVERIFY(!fs::exists(out));
    }

    void ollama_gets_its_file() {
        const Place place;
        Watched session(place.workspace());
        const ExportReport report = exported(
            session,
            {.format = "gguf", .gguf_type = "q4_0", .ollama = true, .system = "Be kind.", .out = place.path("out")});
        const std::string text = contents(place.path("out/Modelfile"));
        QVERIFY(
            text.starts_with("FROM ./starter-Q4_0.gguf\nTEMPLATE \"\"\"{{ .Prompt }}\"\"\"\nSYSTEM \"\"\"Be kind."));
        QVERIFY(text.find("PARAMETER stop \"<|endoftext|>\"\nPARAMETER num_ctx 512\n") != std::string::npos);
        QVERIFY(command(report, "ollama").find("ollama create out -f Modelfile") != std::string::npos);
    }

    void rounding_is_measured() {
        const Place place;
        std::ofstream(place.path("own.txt")) << "And it came to pass in those days, that there went out a decree.";
        Watched session(place.workspace());
        const ExportReport report =
            proven(session, exported(session, {.run = "", .dtype = "float16", .out = place.path("out")}),
                   place.path("own.txt"));
        // The starter's weights are bfloat16: float16 holds them but for the smallest.
        QVERIFY(report.proof && report.proof->max_logit_difference < 0.05);
        QVERIFY(report.proof->tokens > 5 && report.proof->tokens < 40);
        QVERIFY(std::abs(report.proof->perplexity / report.proof->reference_perplexity - 1) < 0.01);
    }

    void damage_is_found() {
        const Place place;
        Watched session(place.workspace());
        const ExportReport report = exported(session, {.out = place.path("out")});
        const std::string file = place.path("out/model.safetensors");
        std::fstream weights(file, std::ios::binary | std::ios::in | std::ios::out);
        weights.seekp(static_cast<std::streamoff>(fs::file_size(file) / 2));
        const std::vector<float> other(4096, 1.0F);
        weights.write(reinterpret_cast<const char*>(other.data()), 4096 * 4);
        weights.close();
        const ExportReport proof = proven(session, report);
        QVERIFY(proof.proof && proof.proof->max_logit_difference > 0.1 && proof.proof->top1_agreement < 1);
        QVERIFY(proof.proof->perplexity > 1.01 * proof.proof->reference_perplexity);
    }

    void another_tokenizer_is_found() {
        const Place place;
        Watched session(place.workspace());
        const ExportReport report = exported(session, {.out = place.path("out")});
        fs::copy_file(LATHE_SOURCE_DIR "/tests/data/tokenizers/gpt2.json", place.path("out/tokenizer.json"),
                      fs::copy_options::overwrite_existing);
        const ExportReport proof = proven(session, report);
        QVERIFY(proof.proof && !proof.proof->same_tokens);
    }

    void what_cannot_be_proven_says_why() {
        const Place place;
        Watched session(place.workspace());
        ExportReport report = exported(session, {.out = place.path("out")});
        report.reference = place.path("gone");
        const ExportReport proof = proven(session, report);
        QVERIFY(!proof.proof && proof.not_proven.find("gone") != std::string::npos);
        QVERIFY(fs::exists(place.path("out/model.safetensors")));
    }

    void runs_beside_a_run_in_training() {
        const Place place;
        RunConfig config = place.config();
        config.train.max_steps = 100'000;
        Watched session(place.workspace());
        const RequestId request = session.train(config);
        QVERIFY(session.wait<TrainProgress>(request, 2));
        QVERIFY(proven(session, exported(session, {.out = place.path("out")})).proof);
        session.post(StopTraining{});
        const auto done = session.wait<TrainDone>(request);
        QVERIFY(done && done->state == "stopped");
    }

    void commands_can_be_pasted() {
        const ExportFacts facts{
            .model = {.num_attention_heads = 14, .num_key_value_heads = 2, .max_position_embeddings = 32768}};
        ExportReport report{.folder = "/tmp/it's here", .format = "hf", .numbers = "bfloat16", .reference = "/base"};
        report.commands = export_commands(report, facts);
        QVERIFY(command(report, "transformers").find("folder = \"/tmp/it's here\"") != std::string::npos);
        QVERIFY(command(report, "vllm")
                    .starts_with("vllm serve '/tmp/it'\\''s here' --served-model-name default --max-model-len 32768  # "
                                 "on several GPUs: "
                                 "--tensor-parallel-size 2\n"));
        report = {.folder = "/a", .format = "adapter", .numbers = "float32", .reference = "/base"};
        report.commands = export_commands(report, {.model = facts.model, .lora_ranks = {4, 24}});
        QVERIFY(command(report, "vllm").find("--max-lora-rank 32 --lora-modules default=/a ") != std::string::npos);
        QVERIFY(command(report, "peft").find("PeftModel.from_pretrained(") != std::string::npos);
        report = {
            .folder = "/g", .format = "gguf", .numbers = "q8_0", .reference = "/base", .files = {{.name = "m.gguf"}}};
        report.commands = export_commands(report, {.model = facts.model, .modelfile = true});
        QVERIFY(command(report, "llama.cpp").starts_with("llama-cli -m /g/m.gguf "));
        QVERIFY(command(report, "ollama").find("ollama create g -f Modelfile") != std::string::npos);
    }

    void limits_of_others_are_told() {
        const ExportFacts plain{.model = {}};
        QVERIFY(warns({.warnings = export_warnings({.format = "nf4"}, plain)}, "vllm_tensor_parallel"));
        QVERIFY(export_warnings({.format = "hf"}, plain).empty());
        QVERIFY(warns({.warnings = export_warnings({.format = "adapter"}, {.model = {}, .lora_ranks = {513}})},
                      "vllm_lora_rank"));
        QVERIFY(export_warnings({.format = "adapter"}, {.model = {}, .lora_ranks = {512}}).empty());
        QVERIFY(
            warns({.warnings = export_warnings({.format = "hf"}, {.model = {}, .tokenizer = false})}, "no_tokenizer"));
        QVERIFY(warns({.warnings = export_warnings({.format = "hf"}, {.model = {}, .quantised_reference = true})},
                      "quantised_reference"));
    }
};

QTEST_GUILESS_MAIN(ExportProofTest)
#include "export_proof_test.moc"

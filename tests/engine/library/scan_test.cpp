// The listing of models: made-up caches of each program, and trees that mean harm.
#include <sys/stat.h>
#include <unistd.h>
#include <QElapsedTimer>
#include <QTemporaryDir>
#include <memory>

#include "engine/base/files.h"
#include "engine/library/scan.h"
#include "tests/engine/formats/format_fixture.h"

using namespace lathe;
namespace fs = std::filesystem;

class ScanTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() {
        temporary_ = std::make_unique<QTemporaryDir>();
        root_ = temporary_->path().toStdString();
    }
    void lists_a_workspace();
    void reads_the_cache_of_hugging_face();
    void reads_the_folders_of_llama_cpp_and_lm_studio();
    void reads_the_store_of_ollama();
    void a_broken_store_of_ollama_is_told();
    void knows_where_the_programs_keep_theirs();
    void names_the_nearest_architecture_data();
    void names_the_nearest_architecture();
    void tells_adapters();
    void an_adapter_finds_its_base_by_name();
    void finds_the_licence_data();
    void finds_the_licence();
    void a_model_of_two_places_is_told_once();
    void links_are_not_followed_out();
    void limits_hold();
    void a_header_of_ten_gigabytes_is_a_problem();

private:
    // The golden model of that name at ROOT/INSIDE.
    void put_model(const std::string& inside, const std::string& name = "hf_qwen3") {
        fs::create_directories(root_ + "/" + inside);
        fs::copy(golden(name), root_ + "/" + inside, fs::copy_options::recursive);
    }
    void put(const std::string& inside, const std::string& bytes) {
        fs::create_directories(fs::path(root_ + "/" + inside).parent_path());
        put_file(root_ + "/" + inside, bytes);
    }
    void put_gguf(const std::string& inside, const std::string& name = "qwen2.gguf") {
        put(inside, get_file(golden("gguf/" + name)));
    }
    void link(const std::string& target, const std::string& inside) {
        fs::create_directories(fs::path(root_ + "/" + inside).parent_path());
        QCOMPARE(::symlink(target.c_str(), (root_ + "/" + inside).c_str()), 0);
    }
    std::vector<ModelEntry> scan_workspace(const ScanLimits& limits = {}) {
        return scan_models({.workspace = root_}, limits);
    }
    static std::vector<std::string> names(const std::vector<ModelEntry>& entries) {
        std::vector<std::string> names;
        for (const ModelEntry& entry : entries) names.push_back(entry.name);
        return names;
    }

    std::unique_ptr<QTemporaryDir> temporary_;
    std::string root_;
};

using Names = std::vector<std::string>;

void ScanTest::lists_a_workspace() {
    put_model("exports/mine");
    put_model("models/org/small", "hf_qwen3_bf16");
    put_model("beside");
    put_model("runs/7/checkpoint-10");
    put("runs/7/checkpoint-10/lathe/run.json", "{}");
    put_gguf("models/q.gguf");
    put_model("models/.half.part");
    put("tokenizers/t/tokenizer.json", "{}");
    const std::vector<ModelEntry> found = scan_workspace();
    QCOMPARE(names(found), (Names{"beside", "exports/mine", "models/org/small", "models/q", "runs/7/checkpoint-10"}));
    const ModelEntry& mine = found[1];
    QCOMPARE(mine.path, root_ + "/exports/mine");
    QCOMPARE(mine.kind, std::string("hf"));
    QCOMPARE(mine.source, std::string("workspace"));
    QCOMPARE(mine.model_type, std::string("qwen3"));
    QCOMPARE(mine.parameters, int64_t{24288});
    QCOMPARE(mine.bytes, int64_t{99568});
    QCOMPARE(mine.dtypes, Names{"F32"});
    QCOMPARE(mine.shape->hidden_size, int64_t{32});
    QVERIFY(!mine.problem && mine.updated_at_ms > 1'600'000'000'000);
    QCOMPARE(found[2].dtypes, Names{"BF16"});
    QCOMPARE(found[2].bytes,
             static_cast<int64_t>(fs::file_size(golden("hf_qwen3_bf16/model-00001-of-00002.safetensors")) +
                                  fs::file_size(golden("hf_qwen3_bf16/model-00002-of-00002.safetensors"))));
    QCOMPARE(found[3].kind, std::string("gguf"));
    QCOMPARE(found[3].dtypes, (Names{"F16", "F32"}));
    QVERIFY(!found[3].problem && found[3].shape->model_type == "qwen2");
    QCOMPARE(found[4].kind, std::string("checkpoint"));
    QVERIFY(scan_models({.workspace = root_ + "/none"}).empty());
}

void ScanTest::reads_the_cache_of_hugging_face() {
    const std::string model = "hub/models--Qwen--Qwen3-Tiny/";
    for (const char* file : {"config.json", "model.safetensors"}) {
        put(model + "blobs/" + file, get_file(golden(std::string("hf_qwen3/") + file)));
        for (const char* revision : {"0123456789", "9876543210"})
            link(std::string("../../blobs/") + file, model + "snapshots/" + revision + "/" + file);
    }
    put(model + "refs/main", "9876543210");
    put(model + "blobs/card", "---\nlicense: apache-2.0\n---\n");
    link("../../blobs/card", model + "snapshots/9876543210/README.md");
    const std::string gguf = "hub/models--org--some--GGUF/";
    put_gguf(gguf + "blobs/abcd");
    link("../../../blobs/abcd", gguf + "snapshots/00/sub/q.gguf");
    put_model("hub/datasets--a--b/snapshots/0");
    const std::vector<ModelEntry> found = scan_models({.huggingface = {root_ + "/hub"}});
    QCOMPARE(names(found), (Names{"Qwen/Qwen3-Tiny", "Qwen/Qwen3-Tiny@01234567", "org/some--GGUF/sub/q.gguf"}));
    QCOMPARE(found[0].path, root_ + "/" + model + "snapshots/9876543210");
    QCOMPARE(found[0].licence, std::string("apache-2.0"));
    QCOMPARE(found[0].bytes, int64_t{99568});
    for (const ModelEntry& entry : found) QVERIFY(!entry.problem && entry.source == "huggingface");
}

void ScanTest::reads_the_folders_of_llama_cpp_and_lm_studio() {
    put_gguf("cache/ggml-org_q-GGUF_q.gguf", "llama.gguf");
    for (const char* part : {"1", "2"}) put_gguf(std::string("cache/big-0000") + part + "-of-00002.gguf");
    put_gguf("lm/publisher/q-GGUF/q-F16.gguf");
    const std::vector<ModelEntry> found = scan_models({.llama_cpp = {root_ + "/cache"}, .lm_studio = {root_ + "/lm"}});
    QCOMPARE(names(found), (Names{"big-00001-of-00002", "ggml-org_q-GGUF_q", "publisher/q-GGUF/q-F16"}));
    QCOMPARE(found[1].source, std::string("llama.cpp"));
    QCOMPARE(found[2].source, std::string("lmstudio"));
}

void ScanTest::reads_the_store_of_ollama() {
    const std::string model = "sha256-" + std::string(64, 'a'), licence = "sha256-" + std::string(64, 'b');
    put_gguf("blobs/" + model, "qwen3_bf16.gguf");
    put("blobs/" + licence, "\n  Apache License\n  Version 2.0\n");
    const std::string manifest =
        R"({"layers":[{"mediaType":"application/vnd.ollama.image.license","digest":"sha256:)" + std::string(64, 'b') +
        R"("},{"mediaType":"application/vnd.ollama.image.model","digest":"sha256:)" + std::string(64, 'a') + R"("}]})";
    put("manifests/registry.ollama.ai/library/qwen3/0.6b", manifest);
    std::vector<ModelEntry> found = scan_models({.ollama = {root_}});
    QCOMPARE(names(found), Names{"qwen3:0.6b"});
    QCOMPARE(found[0].path, root_ + "/blobs/" + model);
    QCOMPARE(found[0].licence, std::string("Apache License"));
    QCOMPARE(found[0].model_type, std::string("qwen3"));
    QVERIFY(!found[0].problem && found[0].source == "ollama");
    fs::remove_all(root_ + "/manifests");
    put("manifests/registry.ollama.ai/someone/q/latest", manifest);
    QCOMPARE(names(scan_models({.ollama = {root_}})), Names{"someone/q:latest"});
}

void ScanTest::a_broken_store_of_ollama_is_told() {
    const auto layer = [](const std::string& digest) {
        return R"({"layers":[{"mediaType":"application/vnd.ollama.image.model","digest":")" + digest + "\"}]}";
    };
    fs::create_directories(root_ + "/blobs");
    put("secret", "GGUF");
    link("../secret", "blobs/sha256-" + std::string(64, 'c'));
    using enum ErrorKind;
    for (const auto& [text, kind] : std::initializer_list<std::pair<std::string, ErrorKind>>{
             {"{", malformed},
             {"[]", wrong_type},
             {"{}", missing_key},
             {R"({"layers":[]})", missing_key},
             {R"({"layers":[3]})", wrong_type},
             {layer("sha256:../../secret"), malformed},
             {layer("sha256:" + std::string(64, 'd')), not_found},
             {layer("sha256:" + std::string(64, 'c')), unsupported}}) {
        put("manifests/h/n/m/tag", text);
        const std::vector<ModelEntry> found = scan_models({.ollama = {root_}});
        QCOMPARE(names(found), Names{"h/n/m:tag"});
        QVERIFY2(found[0].problem && found[0].problem->kind == kind, text.c_str());
    }
}

void ScanTest::knows_where_the_programs_keep_theirs() {
    const std::vector<std::pair<const char*, QByteArray>> kept = {{"HOME", qgetenv("HOME")}};
    for (const char* name :
         {"HF_HUB_CACHE", "HUGGINGFACE_HUB_CACHE", "HF_HOME", "LLAMA_CACHE", "OLLAMA_MODELS", "XDG_CACHE_HOME"})
        qunsetenv(name);
    qputenv("HOME", "/h");
    QCOMPARE(known_places("w").workspace, std::string("w"));
    QCOMPARE(known_places("").huggingface, Names{"/h/.cache/huggingface/hub"});
    QCOMPARE(known_places("").llama_cpp, Names{"/h/.cache/llama.cpp"});
    QCOMPARE(known_places("").lm_studio, (Names{"/h/.lmstudio/models", "/h/.cache/lm-studio/models"}));
    QCOMPARE(known_places("").ollama[0], std::string("/h/.ollama/models"));
    qputenv("XDG_CACHE_HOME", "/x");
    QCOMPARE(known_places("").huggingface, Names{"/x/huggingface/hub"});
    qputenv("HF_HOME", "/f");
    QCOMPARE(known_places("").huggingface, Names{"/f/hub"});
    qputenv("HF_HUB_CACHE", "/c");
    qputenv("LLAMA_CACHE", "/l");
    qputenv("OLLAMA_MODELS", "/o");
    QCOMPARE(known_places("").huggingface, Names{"/c"});
    QCOMPARE(known_places("").llama_cpp, Names{"/l"});
    QCOMPARE(known_places("").ollama[0], std::string("/o"));
    for (const char* name : {"HF_HUB_CACHE", "HF_HOME", "LLAMA_CACHE", "OLLAMA_MODELS", "XDG_CACHE_HOME"})
        qunsetenv(name);
    for (const auto& [name, value] : kept) qputenv(name, value);
}

void ScanTest::names_the_nearest_architecture_data() {
    QTest::addColumn<QByteArray>("config");
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("nearest");
    QTest::newRow("gemma") << QByteArray(R"({"model_type":"gemma3"})") << QByteArray("gemma3") << QByteArray("llama");
    QTest::newRow("moe") << QByteArray(R"({"model_type":"qwen3_moe"})") << QByteArray("qwen3_moe")
                         << QByteArray("qwen3");
    QTest::newRow("qwen") << QByteArray(R"({"architectures":["QwenLMHeadModel"]})") << QByteArray("QwenLMHeadModel")
                          << QByteArray("qwen2");
}

void ScanTest::names_the_nearest_architecture() {
    QFETCH(QByteArray, config);
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, nearest);
    put_model("m");
    put("m/config.json", config.toStdString());
    const std::vector<ModelEntry> found = scan_workspace();
    QCOMPARE(found.size(), size_t{1});
    QCOMPARE(found[0].model_type, type.toStdString());
    QCOMPARE(found[0].parameters, int64_t{24288});
    QVERIFY(found[0].problem && found[0].problem->kind == ErrorKind::unsupported);
    QCOMPARE(found[0].problem->found, type.toStdString());
    QVERIFY(found[0].problem->expected.ends_with("nearest is " + nearest.toStdString()));
}

void ScanTest::tells_adapters() {
    put_model("a", "peft_qwen2");
    put("b/adapter_config.json", R"({"peft_type":"IA3"})");
    put("c/adapter_config.json", R"({"peft_type":"LORA","r":8})");
    const std::vector<ModelEntry> found = scan_workspace();
    QCOMPARE(names(found), (Names{"a", "b", "c"}));
    QCOMPARE(found[0].kind, std::string("adapter"));
    QCOMPARE(found[0].base, std::string("hf_qwen2"));
    QCOMPARE(found[0].rank, int64_t{4});
    QCOMPARE(found[0].target_modules, (Names{"v_proj", "down_proj", "q_proj"}));
    QCOMPARE(found[0].parameters,
             int64_t{4 * (40 + 32) + 4 * (32 + 32) + 2 * (32 + 16) + 3 * (40 + 32) + 4 * (32 + 32) + 2 * (32 + 16)});
    QVERIFY(!found[0].problem);
    QVERIFY(found[1].problem->kind == ErrorKind::unsupported && found[1].problem->found == "IA3");
    QVERIFY(found[2].problem->kind == ErrorKind::not_found);
}

void ScanTest::an_adapter_finds_its_base_by_name() {
    put("a/adapter_config.json", R"({"peft_type":"LORA","base_model_name_or_path":"Qwen/Qwen3-Tiny"})");
    put_model("models/Qwen3-Tiny-Chat");
    put_gguf("models/Qwen3-Tiny.gguf");
    QVERIFY(!scan_workspace()[0].base_is_there);
    put_model("models/qwen3_tiny");
    const std::vector<ModelEntry> found = scan_workspace();
    QVERIFY(found[0].base_is_there);
    QCOMPARE(find_base(found, "Qwen/Qwen3-Tiny"), root_ + "/models/qwen3_tiny");
    QCOMPARE(find_base(found, "Qwen/Qwen3"), std::string());
    QCOMPARE(find_base(found, ""), std::string());
    const std::vector<ModelEntry> names_alone = scan_models({.workspace = root_}, {}, ScanDepth::names);
    QCOMPARE(names(names_alone), names(found));
    for (size_t i = 0; i < found.size(); ++i) QCOMPARE(names_alone[i].kind, found[i].kind);
    QCOMPARE(names_alone[1].parameters, int64_t{0});
}

void ScanTest::finds_the_licence_data() {
    QTest::addColumn<QByteArray>("card");
    QTest::addColumn<QByteArray>("licence");
    QTest::newRow("plain") << QByteArray("---\nlanguage: en\nlicense: mit\n---\nlicense: no\n") << QByteArray("mit");
    QTest::newRow("quoted") << QByteArray("---\r\nlicense: \"llama3.2\"\r\n---\r\n") << QByteArray("llama3.2");
    QTest::newRow("list") << QByteArray("---\nlicense:\n- apache-2.0\ntags:\n- x\n---\n") << QByteArray("apache-2.0");
    QTest::newRow("other") << QByteArray("---\nlicense: other\nlicense_name: qwen-research\n---\n")
                           << QByteArray("qwen-research");
    QTest::newRow("none") << QByteArray("# A model\nlicense: mit\n") << QByteArray("Its text, line one");
    QTest::newRow("inner") << QByteArray("---\nmodel:\n  license: mit\n---\n") << QByteArray("Its text, line one");
    QTest::newRow("endless") << QByteArray("---") << QByteArray("Its text, line one");
}

void ScanTest::finds_the_licence() {
    QFETCH(QByteArray, card);
    QFETCH(QByteArray, licence);
    put_model("m");
    put("m/README.md", card.toStdString());
    put("m/LICENSE", "\n\n   Its text, line one\nand two\n");
    QCOMPARE(scan_workspace().at(0).licence, licence.toStdString());
}

void ScanTest::a_model_of_two_places_is_told_once() {
    put_model("models/a");
    const std::vector<ModelEntry> found =
        scan_models({.workspace = root_, .folders = {root_ + "/models", root_ + "/models/a"}});
    QCOMPARE(names(found), Names{"models/a"});
    QCOMPARE(names(scan_models({.folders = {root_ + "/models/a"}})), Names{"a"});
}

void ScanTest::links_are_not_followed_out() {
    put_model("outside");
    put_gguf("outside/q.gguf");
    fs::create_directories(root_ + "/w/loop");
    link("..", "w/loop/up");
    link("../outside", "w/folder");
    link("../outside/q.gguf", "w/q.gguf");
    link("../../outside/config.json", "w/m/config.json");
    link("../../outside/config.json", "w/n/README.md");
    QVERIFY(scan_models({.workspace = root_ + "/w"}).empty());
    // A folder of its own with files that lead out.
    put_model("w/n");
    fs::remove(root_ + "/w/n/model.safetensors");
    link("../../outside/model.safetensors", "w/n/model.safetensors");
    put("secret", "---\nlicense: secret\n---\n");
    fs::remove(root_ + "/w/n/README.md");
    link("../../secret", "w/n/README.md");
    const std::vector<ModelEntry> found = scan_models({.workspace = root_ + "/w"});
    QCOMPARE(names(found), Names{"n"});
    QVERIFY(found[0].problem && found[0].problem->kind == ErrorKind::unsupported);
    QVERIFY(found[0].licence.empty() && found[0].bytes == 0);
}

void ScanTest::limits_hold() {
    std::string deep = "d";
    for (int i = 0; i < 50; ++i) deep += "/d";
    put_model(deep);
    fs::create_directories(root_ + "/many");
    for (int i = 0; i < 3000; ++i) put_file(root_ + "/many/" + std::to_string(i), "");
    QCOMPARE(::mkfifo((root_ + "/many/pipe.gguf").c_str(), 0600), 0);
    QVERIFY(scan_workspace().empty());
    const std::vector<ModelEntry> cut = scan_workspace({.entries = 1000});
    QCOMPARE(cut.size(), size_t{1});
    QVERIFY(cut[0].kind == "folder" && cut[0].problem->kind == ErrorKind::too_large && cut[0].path == root_);
    for (const char* name : {"a", "b", "c"}) put_gguf(std::string(name) + ".gguf");
    QCOMPARE(scan_workspace({.models = 3}).size(), size_t{3});
    QCOMPARE(scan_workspace({.models = 2}).size(), size_t{3});  // and the one that says so
}

void ScanTest::a_header_of_ten_gigabytes_is_a_problem() {
    put_model("m");
    put("m/model.safetensors", length_prefix(10'000'000'000) + "{}");
    put("g.gguf", "GGUF" + std::string("\3\0\0\0", 4) + length_prefix(10'000'000'000) + length_prefix(1));
    QElapsedTimer timer;
    timer.start();
    const std::vector<ModelEntry> found = scan_workspace();
    QVERIFY(timer.elapsed() < 1000);
    QCOMPARE(names(found), (Names{"g", "m"}));
    for (const ModelEntry& entry : found) QVERIFY(entry.problem && entry.problem->kind == ErrorKind::too_large);
    QCOMPARE(found[1].model_type, std::string("qwen3"));
}

QTEST_GUILESS_MAIN(ScanTest)
#include "scan_test.moc"

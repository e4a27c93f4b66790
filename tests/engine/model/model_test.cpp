// The forward pass, held to the logits of transformers, and to itself: packed, cached and frozen are the same numbers.
#include <QTemporaryDir>
#include <QtTest>
#include <filesystem>
#include <fstream>

#include "engine/infer/batcher.h"
#include "engine/infer/kv_cache.h"
#include "engine/infer/scorer.h"
#include "engine/model/adapter.h"
#include "engine/model/parallel.h"
#include "tests/engine/base/caught.h"
#include "tests/engine/model/model_fixture.h"

using namespace lathe;
using namespace lathe_test;

class ModelTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void logits_equal_those_of_transformers_data() { models(); }
    void logits_equal_those_of_transformers();
    void scores_are_log_probabilities_data() { models(); }
    void scores_are_log_probabilities();
    void goes_on_as_transformers_does_data() { models(); }
    void goes_on_as_transformers_does();
    void sequences_do_not_see_each_other_data() { models(); }
    void sequences_do_not_see_each_other();
    void the_cache_changes_nothing_data() { models(); }
    void the_cache_changes_nothing();
    void every_form_of_the_weights_gives_the_same_bits_data() { models(); }
    void every_form_of_the_weights_gives_the_same_bits();
    void adapters_lie_beside_one_base_data();
    void adapters_lie_beside_one_base();
    void nf4_weights_keep_their_codes();
    void threads_give_the_same_bits();
    void shared_heads_equal_repeated_ones();
    void fresh_weights_are_a_function_of_the_seed();
    void a_gguf_file_gives_the_logits_of_its_folder_data();
    void a_gguf_file_gives_the_logits_of_its_folder();
    void parameters_are_counted();
    void a_config_bigger_than_its_weights_is_refused();
    void tensors_that_differ_are_listed();
    void tokens_out_of_the_vocabulary_are_refused();
    void more_tokens_than_the_context_are_refused();

private:
    static void models() {
        QTest::addColumn<QString>("name");
        for (const char* name : {"hf_qwen3", "hf_qwen2", "hf_llama", "hf_llama_rope3", "hf_qwen3_bf16"})
            QTest::newRow(name) << name;
    }
    static std::string name() {
        QFETCH(QString, name);
        return name.toStdString();
    }
    static LoadedModel loaded(WeightForm form = WeightForm::plain) { return load_model(golden(name()), form); }
    static Json expected() { return golden_json(name() + "/expected.json"); }
};

void ModelTest::logits_equal_those_of_transformers() {
    LoadedModel model = loaded();
    QVERIFY(model.differences.empty());
    const Json wanted = expected();
    const at::Tensor logits = logits_of(*model.model, tokens_of(wanted["tokens"]));
    for (size_t t = 0; t < wanted["logits"].size(); ++t) {
        const auto row = wanted["logits"][t].get<std::vector<float>>();
        QCOMPARE(logits.size(1), static_cast<int64_t>(row.size()));
        const double difference =
            largest_difference(logits.const_data_ptr<float>() + t * row.size(), row.data(), logits.size(1));
        QVERIFY2(difference < 1e-5, qPrintable(QString("position %1: %2").arg(t).arg(difference)));
    }
}

void ModelTest::scores_are_log_probabilities() {
    LoadedModel model = loaded();
    const Json wanted = expected();
    const auto tokens = tokens_of(wanted["tokens"]);
    const TokenScores scores = score_tokens(*model.model, tokens);
    QCOMPARE(scores.token_logprobs.size(), tokens.size() - 1);
    for (size_t t = 0; t + 1 < tokens.size(); ++t) {
        const auto row = wanted["logits"][t].get<std::vector<double>>();
        double sum = 0;
        for (const double logit : row) sum += std::exp(logit);
        QVERIFY(std::abs(scores.token_logprobs[t] - (row[static_cast<size_t>(tokens[t + 1])] - std::log(sum))) < 1e-5);
    }
    const auto last = wanted["logits"].back().get<std::vector<float>>();
    QCOMPARE(scores.last_logits.size(), last.size());
    QVERIFY(largest_difference(scores.last_logits.data(), last.data(), static_cast<int64_t>(last.size())) < 1e-5);
}

void ModelTest::goes_on_as_transformers_does() {
    LoadedModel model = loaded(WeightForm::packed);
    const Json wanted = expected();
    Batcher batcher(*model.model, 1);
    batcher.add({.id = 1, .prompt = tokens_of(wanted["tokens"]), .max_tokens = 16, .sampler = {}, .end_tokens = {}});
    std::vector<int32_t> answer;
    while (!batcher.idle()) {
        batcher.step([&](const GeneratedToken& token) {
            answer.push_back(token.token);
            return true;
        });
    }
    QCOMPARE(answer, tokens_of(wanted["greedy"]));
}

void ModelTest::sequences_do_not_see_each_other() {
    LoadedModel model = loaded();
    const auto first = tokens_of(expected()["tokens"]);
    const std::vector<int32_t> second = {88, 1, 1, 90, 23, 5, 77};
    std::vector<int32_t> both = first;
    both.insert(both.end(), second.begin(), second.end());
    const at::Tensor together =
        logits_of(*model.model, both, {static_cast<int32_t>(first.size()), static_cast<int32_t>(second.size())});
    const at::Tensor alone = logits_of(*model.model, first), other = logits_of(*model.model, second);
    QVERIFY(same_bits(together.const_data_ptr<float>(), alone.const_data_ptr<float>(), alone.numel()));
    QVERIFY(same_bits(together.const_data_ptr<float>() + alone.numel(), other.const_data_ptr<float>(), other.numel()));
}

void ModelTest::the_cache_changes_nothing() {
    LoadedModel model = loaded();
    const auto tokens = tokens_of(expected()["tokens"]);
    const at::Tensor whole = logits_of(*model.model, tokens);
    KvCache cache(model.model->layers(), model.model->heads());
    KvCache* const caches[] = {&cache};
    const auto V = whole.size(1);
    for (size_t done = 0, count = 4; done < tokens.size(); done += count, count = 1) {
        auto ragged = std::make_shared<Ragged>();
        for (size_t p = done; p < done + count; ++p) ragged->positions.push_back(static_cast<int32_t>(p));
        const int64_t counts[] = {static_cast<int64_t>(count)};
        cache.reserve(counts[0]);
        KvBatch batch(caches, counts);
        const at::Tensor logits = ops::logits(
            model.model->hidden(std::span(tokens).subspan(done, count), ragged, &batch), model.model->head());
        cache.advance(counts[0]);
        const double difference =
            largest_difference(logits.const_data_ptr<float>(),
                               whole.const_data_ptr<float>() + static_cast<int64_t>(done) * V, logits.numel());
        QVERIFY2(difference < 1e-5, qPrintable(QString("token %1: %2").arg(done).arg(difference)));
    }
    QCOMPARE(cache.tokens(), static_cast<int64_t>(tokens.size()));
}

void ModelTest::every_form_of_the_weights_gives_the_same_bits() {
    LoadedModel plain = loaded();
    const auto tokens = tokens_of(expected()["tokens"]);
    for (const WeightForm form : {WeightForm::packed, WeightForm::frozen}) {
        LoadedModel other = loaded(form);
        QVERIFY(same_bits(logits_of(*plain.model, tokens), logits_of(*other.model, tokens)));
        for (const size_t rows : {1, 32, 33, 60}) {  // few rows take another way over plain weights
            std::vector<int32_t> ids;
            while (ids.size() < rows) ids.push_back(tokens[ids.size() % tokens.size()]);
            QVERIFY(same_bits(logits_of(*plain.model, ids), logits_of(*other.model, ids)));
        }
    }
}

void ModelTest::adapters_lie_beside_one_base_data() {
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("adapter");
    QTest::newRow("patterns of rank and strength, rsLoRA") << "hf_qwen2"
                                                           << "peft_qwen2";
    QTest::newRow("bf16, an expression") << "hf_llama"
                                         << "peft_llama";
}

// What merging makes of them is held to PEFT's in peft_test.
void ModelTest::adapters_lie_beside_one_base() {
    QFETCH(QString, adapter);
    const std::string folder = golden(adapter.toStdString());
    LoadedModel merged = load_model({golden(name()), folder}, WeightForm::packed);
    const std::shared_ptr<Model> base = loaded(WeightForm::packed).model;
    const auto tokens = tokens_of(expected()["tokens"]);
    const at::Tensor before = logits_of(*base, tokens);
    PeftAdapter peft = read_peft_adapter(folder);
    const std::shared_ptr<Model> adapted = with_adapter(base, peft), again = with_adapter(base, peft);
    const at::Tensor wanted = logits_of(*merged.model, tokens), logits = logits_of(*adapted, tokens);
    QVERIFY(largest_difference(logits.const_data_ptr<float>(), wanted.const_data_ptr<float>(), wanted.numel()) < 1e-5);
    QVERIFY(largest_difference(logits.const_data_ptr<float>(), before.const_data_ptr<float>(), wanted.numel()) > 1e-3);
    QVERIFY(same_bits(logits_of(*base, tokens), before));  // which stays what it was
    QVERIFY(same_bits(logits_of(*again, tokens), logits));
    for (size_t i = 0; i < base->parameters().size(); ++i)
        QVERIFY(adapted->parameters()[i]->packed.is_same(base->parameters()[i]->packed) &&
                adapted->parameters()[i]->value.is_same(base->parameters()[i]->value));

    peft.modules["model.layers.9.self_attn.q_proj"] = peft.modules.begin()->second;
    QCOMPARE(caught([&] { with_adapter(base, peft); }).key, std::string("model.layers.9.self_attn.q_proj"));
    peft.modules.begin()->second.in += 1;
    QCOMPARE(caught([&] { with_adapter(base, peft); }).key, peft.modules.begin()->first);
}

void ModelTest::nf4_weights_keep_their_codes() {
    const LoadedModel loaded = load_model(golden("nf4_qwen2"), WeightForm::nf4);
    const SafetensorsFile file(golden("nf4_qwen2/dequantized.safetensors"));
    int compared = 0;
    for (const Parameter* parameter : loaded.model->parameters()) {
        int64_t row = 0;
        for (const Parameter::Part& part : parameter->parts) {
            const TensorInfo* tensor = file.find(part.name);
            std::vector<float> wanted(static_cast<size_t>(tensor ? tensor->elements() : 0)), got(wanted.size());
            if (tensor) file.read_fp32(*tensor, 0, tensor->elements(), wanted.data());
            for (int64_t i = 0; tensor && i < part.rows; ++i)
                parameter->frozen->decode(row + i, got.data() + i * parameter->columns);
            for (size_t i = 0; i < got.size(); ++i)  // two roundings to bf16
                QVERIFY(std::abs(got[i] - wanted[i]) <= std::abs(wanted[i]) / 128);
            compared += tensor ? 1 : 0;
            row += part.rows;
        }
    }
    QCOMPARE(compared, 2);
}

void ModelTest::threads_give_the_same_bits() {
    LoadedModel model = load_model(golden("hf_qwen3"));
    const auto tokens = tokens_of(golden_json("hf_qwen3/expected.json")["tokens"]);
    const int before = threads();
    set_threads(1);
    const at::Tensor one = logits_of(*model.model, tokens);
    set_threads(3);
    const at::Tensor three = logits_of(*model.model, tokens);
    set_threads(before);
    QVERIFY(same_bits(one, three));
}

// Grouped-query attention: 2 key/value heads for 4 query heads are 4 where every head is there twice.
void ModelTest::shared_heads_equal_repeated_ones() {
    LoadedModel shared = load_model(golden("hf_llama"));
    ModelConfig config = shared.model->config();
    const HeadShape heads = shared.model->heads();
    QCOMPARE(heads.H, 2 * heads.G);
    config.num_key_value_heads = heads.H;
    Model repeated(config);
    for (size_t i = 0; i < repeated.parameters().size(); ++i) {
        const Parameter& from = *shared.model->parameters()[i];
        const auto* source = from.value.const_data_ptr<float>();
        auto* to = repeated.parameters()[i]->value.data_ptr<float>();
        const int64_t head = heads.D * std::max<int64_t>(1, from.columns), queries = heads.H * head;
        if (from.parts.size() != 3) {
            std::copy_n(source, from.elements(), to);
            continue;
        }
        std::copy_n(source, queries, to);
        for (int64_t h = 0; h < 2 * heads.H; ++h)
            std::copy_n(source + queries + h / 2 * head, head, to + queries + h * head);
    }
    const auto tokens = tokens_of(golden_json("hf_llama/expected.json")["tokens"]);
    const at::Tensor a = logits_of(*shared.model, tokens), b = logits_of(repeated, tokens);
    QVERIFY(largest_difference(a.const_data_ptr<float>(), b.const_data_ptr<float>(), a.numel()) < 1e-6);
}

void ModelTest::fresh_weights_are_a_function_of_the_seed() {
    const ModelConfig config = load_model(golden("hf_qwen3")).config.model;
    Model a(config), b(config), c(config);
    a.initialize(1);
    b.initialize(1);
    c.initialize(2);
    QVERIFY(same_bits(a.embedding().value, b.embedding().value));
    QVERIFY(!same_bits(a.embedding().value, c.embedding().value));
    double sum = 0, squares = 0;
    for (const float x : copy_of(a.embedding().value)) {
        sum += x;
        squares += static_cast<double>(x) * x;
    }
    const double count = static_cast<double>(a.embedding().elements());
    QVERIFY(std::abs(sum / count) < 4 * config.initializer_range / std::sqrt(count));
    QVERIFY(std::abs(std::sqrt(squares / count) / config.initializer_range - 1) < 0.05);
    for (const float x : copy_of(a.final_norm().value)) QCOMPARE(x, 1.0F);
    QVERIFY(!same_bits(a.parameters()[2]->value, a.parameters()[7]->value));
}

// Matrices of qwen3_bf16 are the folder's own; the others were rounded to fp16.
void ModelTest::a_gguf_file_gives_the_logits_of_its_folder_data() {
    QTest::addColumn<double>("bound");
    for (const char* name : {"qwen2", "llama", "llama_rope3"}) QTest::newRow(name) << 0.02;
    QTest::newRow("qwen3_bf16") << 1e-5;
}

void ModelTest::a_gguf_file_gives_the_logits_of_its_folder() {
    QFETCH(const double, bound);
    const std::string name = QTest::currentDataTag();
    LoadedModel model = load_model(golden("gguf/" + name + ".gguf"));
    QVERIFY(model.differences.empty());
    QCOMPARE(end_tokens(model.config), (std::vector<int32_t>{101}));
    const Json wanted = golden_json("hf_" + name + "/expected.json");
    const at::Tensor logits = logits_of(*model.model, tokens_of(wanted["tokens"]));
    for (size_t t = 0; t < wanted["logits"].size(); ++t) {
        const auto row = wanted["logits"][t].get<std::vector<float>>();
        const double difference =
            largest_difference(logits.const_data_ptr<float>() + t * row.size(), row.data(), logits.size(1));
        QVERIFY2(difference < bound, qPrintable(QString("position %1: %2").arg(t).arg(difference)));
    }
}

void ModelTest::parameters_are_counted() {
    for (const char* name : {"hf_qwen3", "hf_qwen2", "hf_llama", "hf_llama_rope3", "hf_qwen3_bf16"}) {
        const LoadedModel model = load_model(golden(name));
        const HfWeights weights(golden(name));
        int64_t elements = 0;
        for (const std::string& tensor : weights.names()) elements += weights.info(tensor).elements();
        QCOMPARE(model.model->parameter_count(), elements);
        QCOMPARE(parameter_count(model.config.model), elements);
    }
}

void ModelTest::a_config_bigger_than_its_weights_is_refused() {
    const std::pair<const char*, Json> changes[] = {
        {"num_hidden_layers", 1000}, {"vocab_size", 1 << 20}, {"hidden_size", 65536}, {"intermediate_size", 41}};
    for (const auto& [key, value] : changes) {
        const QTemporaryDir temporary;
        const std::string folder = temporary.path().toStdString() + "/model";
        std::filesystem::copy(golden("hf_qwen3"), folder);
        Json config = read_json(folder + "/config.json");
        config[key] = value;
        if (config.contains("layer_types")) config.erase("layer_types");
        std::ofstream(folder + "/config.json") << config.dump();
        const Error error = caught([&] { load_model(folder); });
        QVERIFY2(error.kind == ErrorKind::mismatch, error.sentence().c_str());
        QVERIFY(error.sentence().starts_with(folder));
    }
}

void ModelTest::tensors_that_differ_are_listed() {
    const QTemporaryDir temporary;
    const std::string folder = temporary.path().toStdString() + "/model";
    std::filesystem::copy(golden("hf_qwen3"), folder);
    const LoadedModel whole = load_model(folder);
    std::vector<TensorSource> tensors = weight_sources(*whole.model, Dtype::F32);
    std::erase_if(tensors, [](const TensorSource& tensor) {
        return tensor.name == "model.layers.0.mlp.up_proj.weight" || tensor.name == "model.norm.weight";
    });
    for (TensorSource& tensor : tensors)
        if (tensor.name == "model.layers.1.self_attn.q_norm.weight") tensor.shape = {1, tensor.shape[0]};
    const std::vector<float> more(3, 0.5F);
    tensors.push_back({.name = "extra.weight", .dtype = Dtype::F32, .shape = {3}, .data = more.data()});
    std::filesystem::remove(folder + "/model.safetensors");
    write_safetensors(folder + "/model.safetensors", tensors, {});

    const Error error = caught([&] { load_model(folder); });
    QCOMPARE(error.kind, ErrorKind::mismatch);
    QCOMPARE(error.file, folder);
    QVERIFY2(error.key == "model.layers.0.mlp.up_proj.weight", error.sentence().c_str());
    for (const char* part : {"model.norm.weight: not there, (32) wanted", "q_norm.weight: (1, 16) in place of (16)"})
        QVERIFY2(error.found.find(part) != std::string::npos, error.found.c_str());
    QVERIFY(error.found.find("extra.weight") == std::string::npos);

    LoadedModel rest = load_model({folder, "", /*all=*/false});
    QCOMPARE(rest.differences.size(), size_t{4});
    QVERIFY(differences_text(rest.differences).ends_with("extra.weight: not used, (3)"));
    const auto values = [](const LoadedModel& model, size_t i) {
        const at::Tensor& value = model.model->parameters()[i]->value;
        return std::vector<float>(value.const_data_ptr<float>(), value.const_data_ptr<float>() + value.numel());
    };
    QVERIFY(values(rest, 0) == values(whole, 0));
    QVERIFY(values(rest, whole.model->parameters().size() - 1) != values(whole, whole.model->parameters().size() - 1));
}

void ModelTest::tokens_out_of_the_vocabulary_are_refused() {
    LoadedModel model = load_model(golden("hf_qwen3"));
    for (const int32_t token : {-1, 128, 1 << 30}) {
        QCOMPARE(caught([&] { score_tokens(*model.model, std::vector{1, token}); }).kind, ErrorKind::out_of_range);
    }
    QCOMPARE(caught([&] { score_tokens(*model.model, {}); }).kind, ErrorKind::empty);
}

void ModelTest::more_tokens_than_the_context_are_refused() {
    LoadedModel model = load_model(golden("hf_qwen3"));
    score_tokens(*model.model, std::vector<int32_t>(64, 5));
    QCOMPARE(caught([&] { score_tokens(*model.model, std::vector<int32_t>(65, 5)); }).kind, ErrorKind::too_large);
}

QTEST_APPLESS_MAIN(ModelTest)
#include "model_test.moc"

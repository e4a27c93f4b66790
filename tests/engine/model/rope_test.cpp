// Rotary tables, held to those of transformers (tests/data/make_rope.py).
#include <QtTest>

#include "engine/base/config.h"
#include "engine/model/rope.h"
#include "tests/engine/model/model_fixture.h"

using namespace lathe;
using namespace lathe_test;

class RopeTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void tables_equal_those_of_transformers_data();
    void tables_equal_those_of_transformers();
};

void RopeTest::tables_equal_those_of_transformers_data() {
    QTest::addColumn<QString>("name");
    const Json document = golden_json("rope.json");
    for (const auto& [name, value] : document["cases"].items())
        QTest::newRow(name.c_str()) << QString::fromStdString(name);
}

void RopeTest::tables_equal_those_of_transformers() {
    QFETCH(QString, name);
    const Json document = golden_json("rope.json");
    const Json& wanted = document["cases"][name.toStdString()];
    RunConfig config;
    config.model = ModelConfig{};
    for (const auto& [key, value] : wanted["rope_parameters"].items())
        set_field(config, "model.rope_parameters." + key + "=" + value.dump());
    const RopeParameters& rope = config.model->rope_parameters;
    const auto D = document["head_dim"].get<int64_t>(), context = document["max_position_embeddings"].get<int64_t>();

    const std::vector<float> frequencies = rope_frequencies(rope, D, context);
    QCOMPARE(frequencies.size(), static_cast<size_t>(D / 2));
    for (size_t i = 0; i < frequencies.size(); ++i) {
        const auto w = wanted["inv_freq"][i].get<double>();
        QVERIFY2(std::abs(frequencies[i] - w) <= 1e-6 * w,
                 qPrintable(QString("frequency %1: %2 for %3").arg(i).arg(frequencies[i]).arg(w)));
    }
    const RopeTable table = make_rope_table(rope, D, context, context);
    QCOMPARE(table.positions(), context);
    for (size_t p = 0; p < document["positions"].size(); ++p) {
        const auto row = document["positions"][p].get<size_t>() * static_cast<size_t>(table.half);
        for (size_t i = 0; i < frequencies.size(); ++i) {
            QVERIFY(std::abs(table.cos[row + i] - wanted["cos"][p][i].get<double>()) < 1e-5);
            QVERIFY(std::abs(table.sin[row + i] - wanted["sin"][p][i].get<double>()) < 1e-5);
        }
    }
}

QTEST_APPLESS_MAIN(RopeTest)
#include "rope_test.moc"

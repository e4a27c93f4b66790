// The settings of a run are those of its updates: a step recomputed from the checkpoints before and behind it, and the
// learning rate of every step.
#include <QtTest>
#include <cmath>

#include "engine/formats/safetensors.h"
#include "engine/train/checkpoint.h"
#include "tests/engine/train/session_fixture.h"

using namespace lathe;
using namespace lathe_test;

namespace {

std::vector<float> values(const SafetensorsFile& file, const TensorInfo& tensor) {
    std::vector<float> all(static_cast<size_t>(tensor.elements()));
    file.read_fp32(tensor, 0, tensor.elements(), all.data());
    return all;
}
std::vector<float> values(const SafetensorsFile& file, const std::string& name) {
    return values(file, *file.find(name));
}

// Settings that differ from their defaults, each large enough to be seen in one update.
RunConfig unusual(const Place& place) {
    RunConfig config = place.config();
    config.train.max_steps = 2;
    config.train.warmup_steps = 0;
    config.train.lr_scheduler_type = "constant";
    config.train.weight_decay = 2;
    config.train.adam_beta1 = 0.7;
    config.train.adam_beta2 = 0.8;
    config.train.adam_epsilon = 1e-3;
    config.train.max_grad_norm = 0.25;
    config.train.save_steps = 1;
    return config;
}

}  // namespace

class UpdateTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void is_that_of_the_settings();
    void rates_are_those_of_the_settings_data();
    void rates_are_those_of_the_settings();
    void what_saves_memory_does();
};

void UpdateTest::is_that_of_the_settings() {
    const Place place;
    const RunConfig config = unusual(place);
    const TrainConfig& train = config.train;
    Watched session(place.workspace());
    const auto done = session.wait<TrainDone>(session.train(config));
    QVERIFY(done);
    const auto file = [&](int64_t step, const char* name) {
        return SafetensorsFile(place.checkpoint(done->run, step) + "/" + name);
    };
    const auto moments1 = file(1, "lathe/optimizer.safetensors"), moments2 = file(2, "lathe/optimizer.safetensors");
    // The gradient of the second step, from the means around it: as long as it may be.
    double squares = 0, wrong_square = 0;
    for (const TensorInfo& tensor : moments2.tensors()) {
        if (!tensor.name.starts_with("m.")) continue;
        const auto m1 = values(moments1, tensor.name), m2 = values(moments2, tensor.name);
        const auto v1 = values(moments1, "v" + tensor.name.substr(1)),
                   v2 = values(moments2, "v" + tensor.name.substr(1));
        for (size_t i = 0; i < m1.size(); ++i) {
            const double g = (m2[i] - train.adam_beta1 * m1[i]) / (1 - train.adam_beta1);
            squares += g * g;
            const double v = train.adam_beta2 * v1[i] + (1 - train.adam_beta2) * g * g;
            wrong_square = std::max(wrong_square, std::abs(v - v2[i]));
        }
    }
    QVERIFY(session.all<TrainProgress>()[1].grad_norm > 2 * train.max_grad_norm);
    QVERIFY2(std::abs(std::sqrt(squares) - train.max_grad_norm) < 1e-5,
             qPrintable(QString::number(std::sqrt(squares))));
    QVERIFY2(wrong_square < 1e-8, qPrintable(QString::number(wrong_square)));
    // The weights behind it; norms do not decay.
    const auto before = file(1, "model.safetensors"), after = file(2, "model.safetensors");
    size_t vectors = 0, matrices = 0;
    for (const TensorInfo& tensor : after.tensors()) {
        const TensorInfo* mean = moments2.find("m." + tensor.name);
        if (mean == nullptr || mean->shape != tensor.shape) continue;  // part of a larger matrix
        const bool vector = tensor.shape.size() == 1;
        ++(vector ? vectors : matrices);
        const auto p1 = values(before, tensor.name), p2 = values(after, tensor.name);
        const auto m = values(moments2, *mean), v = values(moments2, "v." + tensor.name);
        double wrong = 0;
        for (size_t i = 0; i < p1.size(); ++i) {
            const double mean_now = m[i] / (1 - std::pow(train.adam_beta1, 2));
            const double root = std::sqrt(v[i] / (1 - std::pow(train.adam_beta2, 2)));
            const double wanted = p1[i] * (1 - (vector ? 0 : train.learning_rate * train.weight_decay)) -
                                  train.learning_rate * mean_now / (root + train.adam_epsilon);
            wrong = std::max(wrong, std::abs(wanted - p2[i]));
        }
        QVERIFY2(wrong < 1e-6, qPrintable(QString::fromStdString(tensor.name) + QString(": %1").arg(wrong)));
    }
    QVERIFY(vectors >= 5 && matrices >= 3);
}

void UpdateTest::rates_are_those_of_the_settings_data() {
    QTest::addColumn<QString>("type");
    QTest::addColumn<QList<double>>("shares");
    QTest::newRow("constant") << "constant" << QList<double>{0, 0.5, 1, 1, 1, 1};
    QTest::newRow("linear") << "linear" << QList<double>{0, 0.5, 1, 0.9, 0.8, 0.7};
    QTest::newRow("cosine") << "cosine"
                            << QList<double>{0, 0.5, 1, 0.8 + 0.2 * std::sqrt(0.5), 0.8, 0.8 - 0.2 * std::sqrt(0.5)};
}

void UpdateTest::rates_are_those_of_the_settings() {
    QFETCH(QString, type);
    QFETCH(QList<double>, shares);
    const Place place;
    RunConfig config = place.config();
    config.train.max_steps = 6;
    config.train.lr_scheduler_type = type.toStdString();
    config.train.min_lr_ratio = 0.6;
    Watched session(place.workspace());
    QVERIFY(session.wait<TrainDone>(session.train(config)));
    const auto progress = session.all<TrainProgress>();
    QCOMPARE(progress.size(), size_t{6});
    for (size_t i = 0; i < 6; ++i)
        QVERIFY2(std::abs(progress[i].learning_rate - 1e-2 * shares[static_cast<qsizetype>(i)]) < 1e-12,
                 qPrintable(QString("step %1: %2").arg(i + 1).arg(progress[i].learning_rate)));
}

void UpdateTest::what_saves_memory_does() {
    const auto activations = [](bool recompute, int64_t micro_batch_tokens) {
        const Place place;
        RunConfig config = place.config();
        config.train.max_steps = 1;
        config.train.per_device_train_batch_size = 8;
        config.train.eval_steps = 0;
        config.train.gradient_checkpointing = recompute;
        config.train.micro_batch_tokens = micro_batch_tokens;
        Watched session(place.workspace());
        session.wait<TrainDone>(session.train(config));
        const auto progress = session.all<TrainProgress>();
        return progress.empty() ? -1 : progress[0].bytes.at("activations");
    };
    const int64_t all = activations(false, 256), recomputed = activations(true, 256), cut = activations(false, 32);
    QVERIFY2(recomputed > 0 && recomputed < all, qPrintable(QString("%1 %2").arg(recomputed).arg(all)));
    QVERIFY2(cut > 0 && cut < all / 2, qPrintable(QString("%1 %2").arg(cut).arg(all)));
}

QTEST_APPLESS_MAIN(UpdateTest)
#include "update_test.moc"

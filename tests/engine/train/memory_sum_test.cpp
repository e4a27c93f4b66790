// The memory kinds together are what the system says: within 5 % of VmHWM over a few training steps. A process of its
// own, for VmHWM never falls. Not under ASan, whose shadow is resident too.
#include <QtTest>
#include <numeric>

#include "engine/base/memory.h"
#include "engine/model/parallel.h"
#include "tests/engine/train/batch_fixture.h"

using namespace lathe;

class MemorySumTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void kinds_add_up_to_the_resident_peak();
};

void MemorySumTest::kinds_add_up_to_the_resident_peak() {
#ifdef __SANITIZE_ADDRESS__
    QSKIP("under ASan");
#endif
    install_allocator();
    set_threads(2);
    Model model({.vocab_size = 4096,
                 .hidden_size = 256,
                 .intermediate_size = 768,
                 .num_hidden_layers = 6,
                 .num_attention_heads = 8,
                 .num_key_value_heads = 2,
                 .max_position_embeddings = 128,
                 .rope_parameters = {}});
    model.initialize(1);
    model.reserve_positions(128);
    Trainer trainer(model, {.adamw = {.beta1 = 0.9, .beta2 = 0.95, .eps = 1e-8}});
    for (int step = 0; step < 3; ++step) trainer.step(lathe_test::any_batch(8, 128, 4096), 1e-3);
    const MemoryByKind peak = peak_memory_by_kind();
    const auto sum = static_cast<double>(std::accumulate(peak.begin(), peak.end(), int64_t{0}));
    const auto resident = static_cast<double>(peak_resident_bytes());
    QString kinds;
    for (int kind = 0; kind < kMemoryKinds; ++kind)
        kinds += QString(" %1 %2")
                     .arg(memory_kind_name(static_cast<MemoryKind>(kind)))
                     .arg(static_cast<double>(peak[static_cast<size_t>(kind)]) / 1e6);
    QVERIFY2(std::abs(sum / resident - 1) < 0.05,
             qPrintable(QString("%1 MB of%2; VmHWM %3 MB").arg(sum / 1e6).arg(kinds).arg(resident / 1e6)));
}

QTEST_APPLESS_MAIN(MemorySumTest)
#include "memory_sum_test.moc"

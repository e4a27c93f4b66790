// The allocator: kinds are counted, freed blocks come back, the limit holds.
#include <ATen/ops/empty.h>

#include <QtTest>
#include <numeric>

#include "engine/base/memory.h"
#include "tests/engine/base/caught.h"
#include "tests/engine/model/model_fixture.h"

using namespace lathe;

namespace {

constexpr int64_t kMiB = 1 << 20;
at::Tensor block(int64_t bytes) {
    return at::empty({bytes}, at::kByte);
}
int64_t of(const MemoryByKind& bytes, MemoryKind kind) {
    return bytes[static_cast<size_t>(kind)];
}
int64_t of(MemoryKind kind) {
    return of(memory_by_kind(), kind);
}
int64_t total(const MemoryByKind& bytes) {
    return std::accumulate(bytes.begin(), bytes.end(), int64_t{0});
}

}  // namespace

class MemoryTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { install_allocator(); }
    void cleanup() {
        set_memory_limit(0);
        release_free_memory();
    }
    void kinds_are_counted();
    void small_blocks_are_counted();
    void freed_blocks_are_used_again();
    void the_limit_holds();
    void kept_blocks_make_way_for_the_limit();
    void the_peak_is_kept();
    void models_and_gradients_have_their_kinds();
};

void MemoryTest::kinds_are_counted() {
    QVERIFY(of(MemoryKind::program) > 10 * kMiB);
    const MemoryByKind before = memory_by_kind();
    {
        const MemoryScope outer(MemoryKind::weights);
        const at::Tensor weights = block(8 * kMiB);
        at::Tensor cache;
        {
            const MemoryScope inner(MemoryKind::kv_cache);
            cache = block(3 * kMiB);
        }
        const at::Tensor more = block(kMiB);
        const int64_t of_weights = of(MemoryKind::weights) - of(before, MemoryKind::weights);
        QVERIFY(of_weights >= 9 * kMiB && of_weights <= 9 * kMiB + 256 * 1024);
        const int64_t of_cache = of(MemoryKind::kv_cache) - of(before, MemoryKind::kv_cache);
        QVERIFY(of_cache >= 3 * kMiB && of_cache <= 3 * kMiB + 128 * 1024);
    }
    QCOMPARE(of(MemoryKind::weights), of(before, MemoryKind::weights));
    QCOMPARE(of(MemoryKind::kv_cache), of(before, MemoryKind::kv_cache));
    QVERIFY(of(MemoryKind::free) >= 12 * kMiB);
    release_free_memory();
    QCOMPARE(of(MemoryKind::free), int64_t{0});
    const at::Tensor plain = block(2 * kMiB);
    QVERIFY(of(MemoryKind::workspace) - of(before, MemoryKind::workspace) >= 2 * kMiB);
}

void MemoryTest::small_blocks_are_counted() {
    const int64_t before = of(MemoryKind::optimizer);
    {
        const MemoryScope scope(MemoryKind::optimizer);
        std::vector<at::Tensor> blocks;
        for (int i = 0; i < 100; ++i) blocks.push_back(block(1000));
        QVERIFY(of(MemoryKind::optimizer) - before >= 100'000);
        QVERIFY(of(MemoryKind::optimizer) - before <= 130'000);
    }
    QCOMPARE(of(MemoryKind::optimizer), before);
    QVERIFY(of(MemoryKind::free) == 0);
    const at::Tensor nothing = block(0);
    QCOMPARE(nothing.numel(), int64_t{0});
}

void MemoryTest::freed_blocks_are_used_again() {
    at::Tensor first = block(4 * kMiB);
    const void* place = first.data_ptr();
    first = at::Tensor();
    const int64_t kept = of(MemoryKind::free);
    at::Tensor second = block(4 * kMiB - 300'000);  // a little less fits
    QCOMPARE(second.data_ptr(), const_cast<void*>(place));
    QVERIFY(of(MemoryKind::free) < kept);
    second = at::Tensor();
    const at::Tensor small = block(kMiB);  // a block of which most would be wasted does not
    QVERIFY(small.data_ptr() != place);
}

void MemoryTest::the_limit_holds() {
    const MemoryByKind before = memory_by_kind();
    set_memory_limit(total(before) + 4 * kMiB);
    const at::Tensor fits = block(2 * kMiB);
    const Error error = caught([] { block(8 * kMiB); });
    QCOMPARE(error.kind, ErrorKind::memory);
    QCOMPARE(error.key, std::string("train.memory_limit_bytes"));
    QCOMPARE(caught([] { block(3 * kMiB); }).kind, ErrorKind::memory);  // both together
    const at::Tensor still = block(kMiB);
    set_memory_limit(0);
    const at::Tensor all = block(8 * kMiB);
}

void MemoryTest::kept_blocks_make_way_for_the_limit() {
    block(8 * kMiB);
    QVERIFY(of(MemoryKind::free) >= 8 * kMiB);
    set_memory_limit(total(memory_by_kind()));
    const at::Tensor other = block(5 * kMiB);
    QCOMPARE(of(MemoryKind::free), int64_t{0});
}

void MemoryTest::the_peak_is_kept() {
    reset_peak_memory();
    {
        const MemoryScope scope(MemoryKind::activations);
        block(16 * kMiB);
    }
    release_free_memory();
    const MemoryByKind peak = peak_memory_by_kind();
    QVERIFY(of(peak, MemoryKind::activations) >= 16 * kMiB);
    QVERIFY(total(peak) - total(memory_by_kind()) >= 16 * kMiB);
    reset_peak_memory();
    QCOMPARE(total(peak_memory_by_kind()), total(memory_by_kind()));
}

void MemoryTest::models_and_gradients_have_their_kinds() {
    const MemoryByKind before = memory_by_kind();
    const LoadedModel model = load_model(lathe_test::golden("hf_qwen3"));
    const int64_t bytes = model.model->parameter_count() * 4;
    const int64_t weights = of(MemoryKind::weights) - of(before, MemoryKind::weights);
    QVERIFY(weights >= bytes && weights < bytes + bytes / 5);
    model.model->require_gradients();
    const int64_t gradients = of(MemoryKind::gradients) - of(before, MemoryKind::gradients);
    QVERIFY(gradients >= bytes && gradients < bytes + bytes / 5);
}

QTEST_APPLESS_MAIN(MemoryTest)
#include "memory_test.moc"

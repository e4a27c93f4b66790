// AdamW with 8-bit moments against five steps by bitsandbytes' maps (tests/data/make_adamw_8bit.py), and the int8
// blocks of frozen matrices against their definition.
#include "kernels/adamw_8bit.h"

#include <QtTest>
#include <numeric>

#include "engine/formats/safetensors.h"
#include "kernels/dynamic_map.h"
#include "kernels/int8_blocks.h"
#include "tests/kernels/check.h"

using namespace lathe;

namespace {

template <class T>
std::vector<T> golden(const std::string& name) {
    static const SafetensorsFile file(LATHE_SOURCE_DIR "/tests/data/adamw_8bit.safetensors");
    const TensorInfo* tensor = file.find(name);
    if (!tensor) qFatal("no %s", name.c_str());
    std::vector<T> values(static_cast<size_t>(tensor->elements()));
    file.read(*tensor, values.data());
    return values;
}

AdamWStep step_of(int64_t t) {
    return {.learning_rate = 3e-3,
            .beta1 = 0.9,
            .beta2 = 0.95,
            .eps = 1e-8,
            .weight_decay = 0.1,
            .step = t,
            .grad_scale = 1};
}

struct State {
    std::vector<float> p = golden<float>("start");
    std::vector<uint8_t> m = std::vector<uint8_t>(p.size(), MomentCodes::kZeroMean), v = std::vector<uint8_t>(p.size());
    std::vector<float> m_scale = std::vector<float>((p.size() + kMomentBlock - 1) / kMomentBlock), v_scale = m_scale;

    void step(int64_t t, Range blocks) {
        static const std::vector<float> gradients = golden<float>("gradients");
        cpu::adamw_8bit(p.data(), gradients.data() + static_cast<size_t>(t - 1) * p.size(),
                        {m.data(), v.data(), m_scale.data(), v_scale.data()}, static_cast<int64_t>(p.size()),
                        step_of(t), blocks);
    }
};

// Codes that are not the wanted ones; none may be further than the one beside it.
int others(const std::vector<uint8_t>& got, const std::vector<uint8_t>& wanted) {
    int count = 0;
    for (size_t i = 0; i < got.size(); ++i) {
        if (std::abs(got[i] - wanted[i]) > 1) return static_cast<int>(got.size());
        count += got[i] != wanted[i] ? 1 : 0;
    }
    return count;
}

double mean_gap(const std::vector<float>& a, const std::vector<float>& b) {
    double sum = 0;
    for (size_t i = 0; i < a.size(); ++i) sum += std::abs(static_cast<double>(a[i]) - static_cast<double>(b[i]));
    return sum / static_cast<double>(a.size());
}

}  // namespace

class Adamw8BitTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void levels_are_those_of_bitsandbytes() {
        const auto wanted = golden<float>("signed");
        QVERIFY(std::equal(wanted.begin(), wanted.end(), dynamic_map().begin()));
        const auto positive = golden<float>("unsigned");
        for (size_t i = 0; i < 256; ++i)
            QVERIFY(std::abs(unsigned_dynamic_map()[i] - positive[i]) <= 3e-7F * positive[i]);
    }

    void five_steps() {
        check::on_every_target([] {
            State state;
            for (int64_t t = 1; t <= 5; ++t) state.step(t, {0, 4});
            // A value between two levels may fall to either, by the last bit of the sum before it.
            QVERIFY(others(state.m, golden<uint8_t>("m_codes")) <= 3);
            QVERIFY(others(state.v, golden<uint8_t>("v_codes")) <= 3);
            const auto start = golden<float>("start");
            const double moved = mean_gap(start, golden<float>("p"));
            QVERIFY(mean_gap(state.p, golden<float>("p")) < 1e-4 * moved);
            QVERIFY(mean_gap(state.p, golden<float>("bnb_p")) < 0.01 * moved);
        });
    }

    void equal_bits_in_any_pieces() {
        State whole, pieces;
        for (int64_t t = 1; t <= 3; ++t) {
            whole.step(t, {0, 4});
            for (int64_t block = 3; block >= 0; --block) pieces.step(t, {block, block + 1});
        }
        QVERIFY(whole.p == pieces.p && whole.m == pieces.m && whole.v == pieces.v);
        QVERIFY(whole.m_scale == pieces.m_scale && whole.v_scale == pieces.v_scale);
    }

    void zeros_stay_zeros() {
        State state;
        const std::vector<float> none(state.p.size(), 0);
        cpu::adamw_8bit(state.p.data(), none.data(),
                        {state.m.data(), state.v.data(), state.m_scale.data(), state.v_scale.data()},
                        static_cast<int64_t>(state.p.size()), step_of(1), {0, 4});
        for (const float p : state.p) QVERIFY(std::isfinite(p));
        QVERIFY(
            std::all_of(state.m.begin(), state.m.end(), [](uint8_t code) { return code == MomentCodes::kZeroMean; }));
    }

    void int8_blocks_round_to_the_nearest() {
        check::on_every_target([] {
            for (const int64_t n : {int64_t{1}, int64_t{64}, int64_t{200}}) {
                std::vector<float> values = check::random_floats(static_cast<size_t>(n), 3), back(values.size());
                values.front() = 0;
                std::vector<int8_t> codes(values.size());
                std::vector<float> scales(static_cast<size_t>(int8_blocks(n)));
                cpu::quantize_int8(values.data(), n, codes.data(), scales.data());
                cpu::dequantize_int8(codes.data(), scales.data(), n, back.data());
                for (size_t i = 0; i < values.size(); ++i) {
                    const float scale = scales[i / kInt8Block];
                    QCOMPARE(back[i], static_cast<float>(codes[i]) * scale);
                    QVERIFY(std::abs(back[i] - values[i]) <= 0.501F * scale);
                }
                QVERIFY(n == 1 || *std::max_element(codes.begin(), codes.end()) == 127 ||
                        *std::min_element(codes.begin(), codes.end()) == -127);
            }
        });
    }
};

QTEST_APPLESS_MAIN(Adamw8BitTest)
#include "adamw_8bit_test.moc"

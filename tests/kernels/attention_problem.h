// A random attention problem over ragged sequences, for tests: buffers end at the last float that a kernel may touch
// (so that ASan sees one more), tokens have gaps between them, and the reference runs sequence by sequence.
#pragma once

#include <cmath>
#include <cstring>
#include <limits>
#include <vector>

#include "kernels/attention.h"
#include "kernels/attention_reference.h"
#include "kernels/plain_attention.h"
#include "tests/kernels/check.h"

namespace lathe::check {

struct Lengths {
    int64_t q, kv;
};

inline bool same_bits(const std::vector<float>& a, const std::vector<float>& b) {
    return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size() * sizeof(float)) == 0;
}

template <class T>
struct AttentionResults {
    std::vector<T> o, lse, dq, dk, dv;
    std::vector<T> p{};  // of the plain kernel, which has no lse
};

class AttentionProblem {
public:
    static constexpr float kGap = 12345.0f;

    AttentionProblem(AttentionShape shape, const std::vector<Lengths>& lengths, float size, uint32_t seed)
        : shape_(shape) {
        shape_.q_stride = shape.H * shape.D + 5;
        shape_.kv_stride = shape.G * shape.D + 3;
        shape_.o_stride = shape.H * shape.D + 1;
        shape_.scale = 1.0f / std::sqrt(static_cast<float>(shape.D));
        for (const Lengths& length : lengths) tokens_ += length.q, keys_ += length.kv;
        q_ = random_floats(floats(tokens_, shape_.q_stride, shape.H), seed, size);
        k_ = random_floats(floats(keys_, shape_.kv_stride, shape.G), seed + 1, size);
        v_ = random_floats(k_.size(), seed + 2);
        d_o_ = random_floats(floats(tokens_, shape_.o_stride, shape.H), seed + 3);
        int64_t token = 0, key = 0;
        for (const Lengths& length : lengths) {
            sequences_.push_back({token, length.q, length.kv, k_.data() + key * shape_.kv_stride,
                                  v_.data() + key * shape_.kv_stride, key});
            token += length.q;
            key += length.kv;
        }
    }
    AttentionProblem(const AttentionProblem&) = delete;
    AttentionProblem& operator=(const AttentionProblem&) = delete;

    const std::vector<AttentionSequence>& sequences() const { return sequences_; }
    const AttentionShape& shape() const { return shape_; }
    const std::vector<float>& q() const { return q_; }

    AttentionResults<float> forward() const { return run_forward(sequences_, q_, tokens_, false); }
    AttentionResults<float> forward_task_by_task() const { return run_forward(sequences_, q_, tokens_, true); }
    void backward(AttentionResults<float>& results) const { run_backward(results, false); }
    void backward_task_by_task(AttentionResults<float>& results) const { run_backward(results, true); }

    // Forward and backward of the plain kernel.
    AttentionResults<float> plain(bool task_by_task = false) const {
        const auto run = [task_by_task](int64_t tasks, const auto& kernel) {
            if (!task_by_task) kernel(Range{0, tasks});
            for (int64_t task = tasks; task_by_task && task-- > 0;) kernel(Range{task, task + 1});
        };
        const auto count = static_cast<int64_t>(sequences_.size());
        AttentionResults<float> x;
        x.o.assign(floats(tokens_, shape_.o_stride, shape_.H), kGap);
        x.p.assign(cpu::plain_attention_floats(sequences_.data(), count, shape_), kGap);
        run(cpu::plain_attention_tasks(count, shape_), [&](Range tasks) {
            cpu::plain_attention(sequences_.data(), count, q_.data(), x.o.data(), x.p.data(), shape_, tasks);
        });
        x.dq.assign(q_.size(), kGap);
        x.dk.assign(k_.size(), kGap);
        x.dv.assign(k_.size(), kGap);
        std::vector<float> p = x.p;
        run(cpu::plain_attention_backward_tasks(count, shape_), [&](Range tasks) {
            cpu::plain_attention_backward(sequences_.data(), count, q_.data(), x.o.data(), p.data(), d_o_.data(),
                                          x.dq.data(), x.dk.data(), x.dv.data(), shape_, tasks);
        });
        return x;
    }

    // Queries first .. first+count-1 of sequence s alone, with the keys up to the last of them.
    AttentionResults<float> forward_of_queries(size_t s, int64_t first, int64_t count) const {
        AttentionSequence part = sequences_[s];
        const auto q = slice(q_, part.q_begin + first, count, shape_.q_stride, shape_.H);
        part.kv_len = part.kv_len - part.q_len + first + count;
        part.q_begin = 0;
        part.q_len = count;
        return run_forward({part}, q, count, false);
    }

    // The same floats of results of the whole problem.
    std::vector<float> o_of_queries(const std::vector<float>& o, size_t s, int64_t first, int64_t count) const {
        return slice(o, sequences_[s].q_begin + first, count, shape_.o_stride, shape_.H);
    }
    std::vector<float> q_of_queries(const std::vector<float>& q, size_t s, int64_t first, int64_t count) const {
        return slice(q, sequences_[s].q_begin + first, count, shape_.q_stride, shape_.H);
    }
    std::vector<float> kv_of(const std::vector<float>& kv, size_t s) const {
        return slice(kv, sequences_[s].kv_begin, sequences_[s].kv_len, shape_.kv_stride, shape_.G);
    }
    std::vector<float> lse_of_queries(const std::vector<float>& lse, size_t s, int64_t first, int64_t count) const {
        const auto begin = lse.begin() + (sequences_[s].q_begin + first) * shape_.H;
        return {begin, begin + count * shape_.H};
    }

    // The gaps keep kGap, as the results' do.
    template <class T>
    AttentionResults<T> reference() const {
        const std::vector<T> q(q_.begin(), q_.end()), k(k_.begin(), k_.end()), v(v_.begin(), v_.end());
        const std::vector<T> d_o(d_o_.begin(), d_o_.end());
        AttentionResults<T> x{std::vector<T>(d_o_.size(), kGap), std::vector<T>(tokens_ * shape_.H),
                              std::vector<T>(q_.size(), kGap), std::vector<T>(k_.size(), kGap),
                              std::vector<T>(k_.size(), kGap)};
        for (const AttentionSequence& s : sequences_) {
            const int64_t at_q = s.q_begin * shape_.q_stride, at_kv = s.kv_begin * shape_.kv_stride,
                          at_o = s.q_begin * shape_.o_stride;
            reference::attention(q.data() + at_q, k.data() + at_kv, v.data() + at_kv, x.o.data() + at_o,
                                 x.lse.data() + s.q_begin * shape_.H, s.q_len, s.kv_len, shape_);
            reference::attention_backward(q.data() + at_q, k.data() + at_kv, v.data() + at_kv, x.o.data() + at_o,
                                          d_o.data() + at_o, x.dq.data() + at_q, x.dk.data() + at_kv,
                                          x.dv.data() + at_kv, s.q_len, s.kv_len, shape_);
        }
        return x;
    }

    void poison(size_t s) {
        const AttentionSequence& sequence = sequences_[s];
        fill_rows(q_, sequence.q_begin, sequence.q_len, shape_.q_stride, shape_.H);
        fill_rows(k_, sequence.kv_begin, sequence.kv_len, shape_.kv_stride, shape_.G);
        fill_rows(v_, sequence.kv_begin, sequence.kv_len, shape_.kv_stride, shape_.G);
    }

    bool gaps_untouched(const AttentionResults<float>& x) const {
        return gaps_hold(x.o, shape_.o_stride, shape_.H) && gaps_hold(x.dq, shape_.q_stride, shape_.H) &&
               gaps_hold(x.dk, shape_.kv_stride, shape_.G) && gaps_hold(x.dv, shape_.kv_stride, shape_.G);
    }

private:
    size_t floats(int64_t rows, int64_t stride, int64_t heads) const {
        return static_cast<size_t>((rows - 1) * stride + heads * shape_.D);
    }
    std::vector<float> slice(const std::vector<float>& x, int64_t first, int64_t count, int64_t stride,
                             int64_t heads) const {
        const auto begin = x.begin() + first * stride;
        return {begin, begin + static_cast<int64_t>(floats(count, stride, heads))};
    }
    void fill_rows(std::vector<float>& x, int64_t first, int64_t count, int64_t stride, int64_t heads) const {
        const auto begin = x.begin() + first * stride;
        std::fill(begin, begin + static_cast<int64_t>(floats(count, stride, heads)),
                  std::numeric_limits<float>::quiet_NaN());
    }
    bool gaps_hold(const std::vector<float>& x, int64_t stride, int64_t heads) const {
        for (size_t i = 0; i < x.size(); ++i) {
            if (static_cast<int64_t>(i) % stride >= heads * shape_.D && x[i] != kGap) return false;
        }
        return true;
    }

    AttentionResults<float> run_forward(const std::vector<AttentionSequence>& sequences, const std::vector<float>& q,
                                        int64_t tokens, bool task_by_task) const {
        AttentionResults<float> x;
        x.o.assign(floats(tokens, shape_.o_stride, shape_.H), kGap);
        x.lse.assign(tokens * shape_.H, 0.0f);
        const int64_t count = static_cast<int64_t>(sequences.size());
        const int64_t tasks = cpu::attention_tasks(sequences.data(), count, shape_);
        const auto run = [&](Range range) {
            cpu::attention(sequences.data(), count, q.data(), x.o.data(), x.lse.data(), shape_, range);
        };
        if (!task_by_task) run({0, tasks});
        for (int64_t task = tasks; task_by_task && task-- > 0;) run({task, task + 1});
        return x;
    }

    void run_backward(AttentionResults<float>& x, bool task_by_task) const {
        x.dq.assign(q_.size(), kGap);
        x.dk.assign(k_.size(), kGap);
        x.dv.assign(k_.size(), kGap);
        const int64_t count = static_cast<int64_t>(sequences_.size());
        const int64_t tasks = cpu::attention_backward_tasks(sequences_.data(), count, shape_);
        const auto run = [&](Range range) {
            cpu::attention_backward(sequences_.data(), count, q_.data(), x.o.data(), x.lse.data(), d_o_.data(),
                                    x.dq.data(), x.dk.data(), x.dv.data(), shape_, range);
        };
        if (!task_by_task) run({0, tasks});
        for (int64_t task = tasks; task_by_task && task-- > 0;) run({task, task + 1});
    }

    AttentionShape shape_;
    int64_t tokens_ = 0, keys_ = 0;
    std::vector<float> q_, k_, v_, d_o_;
    std::vector<AttentionSequence> sequences_;
};

}  // namespace lathe::check

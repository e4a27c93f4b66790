#include "engine/model/autograd.h"

#include <torch/csrc/autograd/custom_function.h>

#include <cmath>
#include <cstring>

#include "engine/model/ops.h"
#include "engine/model/parallel.h"
#include "kernels/column_sum.h"
#include "kernels/rms_norm.h"
#include "kernels/rope.h"

namespace lathe {

namespace {

using torch::autograd::AutogradContext;
using torch::autograd::Function;
using torch::autograd::variable_list;

constexpr int64_t kTokenGrain = 16;

// Settings of a node travel in its context as a pointer to a copy that the context owns.
template <class T>
struct Holder : torch::CustomClassHolder {
    explicit Holder(T settings) : value(std::move(settings)) {}
    T value;
};

template <class T>
class Node {
public:
    static void keep(AutogradContext* context, T settings) {
        context->saved_data["settings"] =
            c10::IValue::make_capsule(c10::make_intrusive<Holder<T>>(std::move(settings)));
    }
    static T& kept(AutogradContext* context) {
        return static_cast<Holder<T>*>(context->saved_data["settings"].toCapsule().get())->value;
    }
};

struct NormLinearSettings {
    Parameter* norm;
    Linear* layer;
    double eps;
};

at::Tensor norm_linear_forward(const at::Tensor& x, const NormLinearSettings& s, at::Tensor& rstd) {
    at::Tensor h = ops::empty(x.sizes());
    rstd = ops::empty({x.size(0)});
    ops::rms_norm(x, *s.norm, s.eps, h, rstd);
    at::Tensor y = ops::empty({x.size(0), s.layer->weight.rows});
    ops::linear(h, *s.layer, y);
    return y;
}

at::Tensor norm_linear_backward(const at::Tensor& x, const at::Tensor& rstd, const NormLinearSettings& s,
                                const at::Tensor& dy) {
    at::Tensor h;
    if (ops::needs_input(*s.layer)) {
        h = ops::empty(x.sizes());
        ops::rms_norm(x, *s.norm, s.eps, h, {});
    }
    at::Tensor dx = ops::linear_backward(dy, h, *s.layer);
    ops::rms_norm_backward(x, *s.norm, rstd, s.eps, dx);
    return dx;
}

struct NormLinearNode : Function<NormLinearNode> {
    static at::Tensor forward(AutogradContext* context, const at::Tensor& x, const NormLinearSettings& settings) {
        at::Tensor rstd;
        at::Tensor y = norm_linear_forward(x, settings, rstd);
        context->save_for_backward({x, rstd});
        Node<NormLinearSettings>::keep(context, settings);
        return y;
    }
    static variable_list backward(AutogradContext* context, variable_list gradients) {
        const variable_list saved = context->get_saved_variables();
        return {norm_linear_backward(saved[0], saved[1], Node<NormLinearSettings>::kept(context),
                                     gradients[0].contiguous()),
                {}};
    }
};

RmsNormShape head_norm_shape(const QkvProjection& p, int64_t N, int64_t heads) {
    return {.rows = N * heads,
            .C = p.heads.D,
            .inner_count = heads,
            .outer_stride = p.heads.qkv_width(),
            .eps = static_cast<float>(p.eps)};
}

void rotate(const QkvProjection& p, float* qkv, bool inverse, Range tokens) {
    const RopeShape shape{.heads = p.heads.H + p.heads.G, .D = p.heads.D, .token_stride = p.heads.qkv_width()};
    cpu::rope(qkv, p.ragged->positions.data(), p.rope->cos.data(), p.rope->sin.data(), inverse, shape, tokens);
}

// The per-head norms of q and k inside packed qkv rows. rstd (N, H+G) is stored as [q part (N,H) | k part (N,G)].
void head_norms(const QkvProjection& p, const float* x, float* y, float* rstd, int64_t N, Range tokens) {
    const auto [H, G, D] = p.heads;
    cpu::rms_norm(x, p.q_norm->value.const_data_ptr<float>(), y, rstd, head_norm_shape(p, N, H),
                  {tokens.begin * H, tokens.end * H});
    cpu::rms_norm(x + H * D, p.k_norm->value.const_data_ptr<float>(), y + H * D, rstd + N * H, head_norm_shape(p, N, G),
                  {tokens.begin * G, tokens.end * G});
}

void head_norms_backward(const QkvProjection& p, const at::Tensor& raw, const at::Tensor& rstd, float* gradient) {
    const int64_t N = raw.size(0);
    const auto part = [&](Parameter& norm, int64_t heads, int64_t offset, const float* scale) {
        const RmsNormShape shape = head_norm_shape(p, N, heads);
        const float* x = raw.const_data_ptr<float>() + offset;
        if (norm.grad.defined()) {
            const int64_t blocks = cpu::rms_norm_weight_tasks(shape);
            at::Tensor partial = ops::empty({blocks, shape.C});
            auto* sums = partial.data_ptr<float>();
            parallel_for(blocks, 1, [&](Range tasks) {
                cpu::rms_norm_weight_backward(x, scale, gradient + offset, sums, shape, tasks);
            });
            cpu::column_sum(sums, norm.grad.data_ptr<float>(), blocks, shape.C, {0, shape.C});
        }
        parallel_for(N, kTokenGrain, [&](Range tokens) {
            cpu::rms_norm_backward(x, norm.value.const_data_ptr<float>(), scale, gradient + offset, gradient + offset,
                                   shape, {tokens.begin * heads, tokens.end * heads});
        });
    };
    const float* scales = rstd.const_data_ptr<float>();
    part(*p.q_norm, p.heads.H, 0, scales);
    part(*p.k_norm, p.heads.G, p.heads.H * p.heads.D, scales + N * p.heads.H);
}

struct QkvNode : Function<QkvNode> {
    static at::Tensor forward(AutogradContext* context, const at::Tensor& x, const QkvProjection& p) {
        at::Tensor rstd, head_rstd, raw;
        at::Tensor y = norm_linear_forward(x, {p.norm, p.layer, p.eps}, rstd);
        const int64_t N = x.size(0), width = p.heads.qkv_width();
        if (p.q_norm != nullptr) {
            raw = y;
            y = ops::empty({N, width});
            head_rstd = ops::empty({N * (p.heads.H + p.heads.G)});
            const int64_t v_begin = (p.heads.H + p.heads.G) * p.heads.D, v_width = p.heads.G * p.heads.D;
            const auto* from = raw.const_data_ptr<float>();
            auto* to = y.data_ptr<float>();
            auto* scale = head_rstd.data_ptr<float>();
            parallel_for(N, kTokenGrain, [&](Range tokens) {
                head_norms(p, from, to, scale, N, tokens);
                for (int64_t n = tokens.begin; n < tokens.end; ++n)
                    std::memcpy(to + n * width + v_begin, from + n * width + v_begin,
                                static_cast<size_t>(v_width) * sizeof(float));
                rotate(p, to, false, tokens);
            });
        } else {
            auto* to = y.data_ptr<float>();
            parallel_for(N, kTokenGrain, [&](Range tokens) { rotate(p, to, false, tokens); });
        }
        context->save_for_backward({x, rstd, raw, head_rstd});
        Node<QkvProjection>::keep(context, p);
        return y;
    }
    static variable_list backward(AutogradContext* context, variable_list gradients) {
        const variable_list saved = context->get_saved_variables();
        const QkvProjection& p = Node<QkvProjection>::kept(context);
        at::Tensor gradient = gradients[0].contiguous();  // fresh from the attention node: ours to change
        auto* g = gradient.data_ptr<float>();
        parallel_for(gradient.size(0), kTokenGrain, [&](Range tokens) { rotate(p, g, true, tokens); });
        if (p.q_norm != nullptr) head_norms_backward(p, saved[2], saved[3], g);
        return {norm_linear_backward(saved[0], saved[1], {p.norm, p.layer, p.eps}, gradient), {}};
    }
};

struct AttentionSettings {
    std::shared_ptr<const Ragged> ragged;
    HeadShape heads;
    AttentionKernel kernel;
};

std::vector<AttentionSequence> over_own_keys(const Ragged& ragged, const at::Tensor& qkv, HeadShape heads) {
    std::vector<AttentionSequence> sequences = ragged.sequences;
    const float* keys = qkv.const_data_ptr<float>() + heads.H * heads.D;
    for (AttentionSequence& sequence : sequences) {
        sequence.k = keys + sequence.q_begin * heads.qkv_width();
        sequence.v = sequence.k + heads.G * heads.D;
    }
    return sequences;
}

struct AttentionNode : Function<AttentionNode> {
    static at::Tensor forward(AutogradContext* context, const at::Tensor& qkv, const AttentionSettings& s) {
        const AttentionShape shape = attention_shape(s.heads);
        const auto sequences = over_own_keys(*s.ragged, qkv, s.heads);
        const float* q = qkv.const_data_ptr<float>();
        at::Tensor o = ops::empty({qkv.size(0), s.heads.H * s.heads.D});
        at::Tensor kept;  // lse (N,H), or all probabilities
        if (s.kernel == AttentionKernel::flash) {
            kept = ops::empty({qkv.size(0), s.heads.H});
            ops::attention(sequences, q, o, kept, shape);
        } else {
            kept = ops::plain_attention(sequences, q, o, shape);
        }
        context->save_for_backward({qkv, o, kept});
        Node<AttentionSettings>::keep(context, s);
        return o;
    }
    static variable_list backward(AutogradContext* context, variable_list gradients) {
        const variable_list saved = context->get_saved_variables();
        const AttentionSettings& s = Node<AttentionSettings>::kept(context);
        const at::Tensor &qkv = saved[0], &o = saved[1], &kept = saved[2], d_o = gradients[0].contiguous();
        const auto sequences = over_own_keys(*s.ragged, qkv, s.heads);
        at::Tensor gradient = ops::empty(qkv.sizes());
        if (s.kernel == AttentionKernel::flash)
            ops::attention_backward(sequences, qkv, o, kept, d_o, gradient, attention_shape(s.heads));
        else
            ops::plain_attention_backward(sequences, qkv, o, kept, d_o, gradient, attention_shape(s.heads));
        return {gradient, {}};
    }
};

at::Tensor copy_of(const at::Tensor& tensor) {
    at::Tensor copy = ops::empty(tensor.sizes());
    std::memcpy(copy.data_ptr<float>(), tensor.const_data_ptr<float>(),
                static_cast<size_t>(tensor.numel()) * sizeof(float));
    return copy;
}

struct LinearAddNode : Function<LinearAddNode> {
    static at::Tensor forward(AutogradContext* context, const at::Tensor& x, const at::Tensor& residual,
                              Linear* layer) {
        at::Tensor y = copy_of(residual);
        ops::linear(x, *layer, y, true);
        context->save_for_backward({x});
        Node<Linear*>::keep(context, layer);
        return y;
    }
    static variable_list backward(AutogradContext* context, variable_list gradients) {
        Linear* layer = Node<Linear*>::kept(context);
        const at::Tensor dy = gradients[0].contiguous();
        return {ops::linear_backward(dy, context->get_saved_variables()[0], *layer), dy, {}};
    }
};

struct SwigluLinearAddNode : Function<SwigluLinearAddNode> {
    static at::Tensor forward(AutogradContext* context, const at::Tensor& gate_up, const at::Tensor& residual,
                              Linear* layer) {
        at::Tensor y = copy_of(residual);
        ops::linear(ops::swiglu(gate_up), *layer, y, true);
        context->save_for_backward({gate_up});
        Node<Linear*>::keep(context, layer);
        return y;
    }
    static variable_list backward(AutogradContext* context, variable_list gradients) {
        Linear* layer = Node<Linear*>::kept(context);
        const at::Tensor dy = gradients[0].contiguous();
        at::Tensor gate_up =
            context->get_saved_variables()[0];  // becomes its own gradient: a graph is walked back once
        const at::Tensor x = ops::needs_input(*layer) ? ops::swiglu(gate_up) : at::Tensor();
        ops::swiglu_backward(gate_up, ops::linear_backward(dy, x, *layer));
        return {gate_up.detach(), dy, {}};
    }
};

}  // namespace

AttentionShape attention_shape(HeadShape heads) {
    return {.H = heads.H,
            .G = heads.G,
            .D = heads.D,
            .q_stride = heads.qkv_width(),
            .kv_stride = heads.qkv_width(),
            .o_stride = heads.H * heads.D,
            .scale = static_cast<float>(1.0 / std::sqrt(static_cast<double>(heads.D)))};
}

at::Tensor norm_linear(const at::Tensor& x, Parameter& norm, Linear& layer, double eps) {
    return NormLinearNode::apply(x, NormLinearSettings{&norm, &layer, eps});
}
at::Tensor project_qkv(const at::Tensor& x, const QkvProjection& projection) {
    return QkvNode::apply(x, projection);
}
at::Tensor self_attention(const at::Tensor& qkv, const std::shared_ptr<const Ragged>& ragged, HeadShape heads,
                          AttentionKernel kernel) {
    return AttentionNode::apply(qkv, AttentionSettings{ragged, heads, kernel});
}
at::Tensor linear_add(const at::Tensor& x, const at::Tensor& residual, Linear& layer) {
    return LinearAddNode::apply(x, residual, &layer);
}
at::Tensor swiglu_linear_add(const at::Tensor& gate_up, const at::Tensor& residual, Linear& layer) {
    return SwigluLinearAddNode::apply(gate_up, residual, &layer);
}

}  // namespace lathe

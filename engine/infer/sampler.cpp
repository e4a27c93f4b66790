#include "engine/infer/sampler.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "engine/model/random.h"

namespace lathe {

namespace {

// Larger weight first, then smaller id: a total order, so equal logits give one answer.
bool before(const Candidate& a, const Candidate& b) {
    return a.weight != b.weight ? a.weight > b.weight : a.token < b.token;
}

// A NaN, of a model whose weights are broken, has no place in an order: it comes last.
Candidate candidate(std::span<const float> logits, size_t token) {
    const float logit = logits[token];
    return {static_cast<int32_t>(token), std::isnan(logit) ? -std::numeric_limits<double>::infinity() : logit};
}

void penalize(std::vector<Candidate>& candidates, std::span<const int32_t> seen, double penalty) {
    std::vector<int32_t> distinct(seen.begin(), seen.end());
    std::sort(distinct.begin(), distinct.end());
    distinct.erase(std::unique(distinct.begin(), distinct.end()), distinct.end());
    for (const int32_t token : distinct) {
        if (token < 0 || static_cast<size_t>(token) >= candidates.size()) continue;
        double& weight = candidates[static_cast<size_t>(token)].weight;
        weight = weight < 0 ? weight * penalty : weight / penalty;
    }
}

// Logits become probabilities; candidates are in order.
void softmax(std::vector<Candidate>& candidates) {
    const double top = candidates.front().weight;
    double total = 0;
    for (Candidate& c : candidates) total += c.weight = std::exp(c.weight - top);
    for (Candidate& c : candidates) c.weight /= total;
}

// A softmax as its logits come by, one after the other (Milakov and Gimelshein, arXiv 1805.02867), with its entropy.
struct RunningSoftmax {
    void add(double logit) {
        if (logit > largest) {
            const double shrink = std::exp(largest - logit);
            below = (below + (largest - logit) * total) * shrink;
            total *= shrink;
            largest = logit;
        }
        const double share = std::exp(logit - largest);
        total += share;
        if (share > 0) below += (logit - largest) * share;
    }
    double logprob(double logit) const { return logit - largest - std::log(total); }
    double entropy() const { return std::max(0.0, std::log(total) - below / total); }

    double largest = std::numeric_limits<float>::lowest();
    double total = 0;  // of exp(logit - largest)
    double below = 0;  // of (logit - largest) exp(logit - largest)
};

double total_weight(std::span<const Candidate> candidates) {
    return std::accumulate(candidates.begin(), candidates.end(), 0.0,
                           [](double sum, const Candidate& c) { return sum + c.weight; });
}

// The shortest head that makes up top_p; at least one candidate.
void keep_nucleus(std::vector<Candidate>& candidates, double top_p) {
    double mass = 0;
    size_t kept = 0;
    while (kept < candidates.size() && mass < top_p) mass += candidates[kept++].weight;
    candidates.resize(std::max<size_t>(1, kept));
}

}  // namespace

std::vector<Candidate> candidates_of(std::span<const float> logits, const SamplerOptions& options,
                                     std::span<const int32_t> seen) {
    std::vector<Candidate> candidates(logits.size());
    for (size_t i = 0; i < logits.size(); ++i) candidates[i] = candidate(logits, i);
    if (options.repetition_penalty != 1) penalize(candidates, seen, options.repetition_penalty);
    if (options.temperature <= 0) return {{std::min_element(candidates.begin(), candidates.end(), before)->token, 1}};

    for (Candidate& c : candidates) c.weight /= options.temperature;
    if (options.top_k > 0 && static_cast<size_t>(options.top_k) < candidates.size()) {
        std::nth_element(candidates.begin(), candidates.begin() + options.top_k, candidates.end(), before);
        candidates.resize(static_cast<size_t>(options.top_k));
    }
    std::sort(candidates.begin(), candidates.end(), before);
    softmax(candidates);
    if (options.top_p < 1) keep_nucleus(candidates, options.top_p);
    const double least = options.min_p * candidates.front().weight;
    while (candidates.back().weight < least) candidates.pop_back();
    return candidates;
}

int32_t draw(std::span<const Candidate> candidates, uint64_t seed, int64_t position) {
    double left = uniform(seed, 0, static_cast<uint64_t>(position)) * total_weight(candidates);
    for (const Candidate& c : candidates) {
        left -= c.weight;
        if (left < 0) return c.token;
    }
    return candidates.back().token;
}

int32_t sample(std::span<const float> logits, const SamplerOptions& options, std::span<const int32_t> seen,
               int64_t position) {
    return draw(candidates_of(logits, options, seen), options.seed, position);
}

TokenLogprobs token_logprobs(std::span<const float> logits, int32_t token, std::span<const Candidate> left, int64_t n) {
    const Candidate chosen = candidate(logits, static_cast<size_t>(token));
    RunningSoftmax all;
    std::vector<Candidate> top;  // a heap: its last one in front
    TokenLogprobs result;
    for (size_t i = 0; i < logits.size(); ++i) {
        const Candidate c = candidate(logits, i);
        all.add(c.weight);
        if (before(c, chosen)) ++result.rank;
        if (static_cast<int64_t>(top.size()) == n) {
            if (!before(c, top.front())) continue;
            std::pop_heap(top.begin(), top.end(), before);
            top.pop_back();
        }
        top.push_back(c);
        std::push_heap(top.begin(), top.end(), before);
    }
    std::sort_heap(top.begin(), top.end(), before);
    const double total = total_weight(left);
    const auto told = [&](const Candidate& c) {
        const auto found =
            std::find_if(left.begin(), left.end(), [&](const Candidate& l) { return l.token == c.token; });
        return TokenLogprob{.token = c.token,
                            .logprob = all.logprob(c.weight),
                            .sampled = found == left.end() ? 0 : found->weight / total};
    };
    result.chosen = told(chosen);
    result.entropy = all.entropy();
    for (const Candidate& c : top) result.top.push_back(told(c));
    return result;
}

}  // namespace lathe

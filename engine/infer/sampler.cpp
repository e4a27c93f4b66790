#include "engine/infer/sampler.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "engine/model/random.h"

namespace lathe {

namespace {

struct Candidate {
    int32_t token;
    double score;
};

// Larger score first, then smaller id: a total order, so equal logits give one answer.
bool before(const Candidate& a, const Candidate& b) {
    return a.score != b.score ? a.score > b.score : a.token < b.token;
}

void penalize(std::vector<Candidate>& candidates, std::span<const int32_t> seen, double penalty) {
    std::vector<int32_t> distinct(seen.begin(), seen.end());
    std::sort(distinct.begin(), distinct.end());
    distinct.erase(std::unique(distinct.begin(), distinct.end()), distinct.end());
    for (const int32_t token : distinct) {
        if (token < 0 || static_cast<size_t>(token) >= candidates.size()) continue;
        double& score = candidates[static_cast<size_t>(token)].score;
        score = score < 0 ? score * penalty : score / penalty;
    }
}

// Scores become probabilities; candidates are in order.
void softmax(std::vector<Candidate>& candidates) {
    const double top = candidates.front().score;
    double total = 0;
    for (Candidate& c : candidates) total += c.score = std::exp(c.score - top);
    for (Candidate& c : candidates) c.score /= total;
}

// exp of all logits below the largest one, whose sum a softmax divides by.
struct Exponentials {
    explicit Exponentials(std::span<const float> logits)
        : top(logits.empty() ? 0 : *std::max_element(logits.begin(), logits.end())) {
        for (const float logit : logits) total += std::exp(logit - top);
    }
    double share(double logit) const { return std::exp(logit - top) / total; }

    double top;
    double total = 0;
};

// The shortest head that makes up top_p; at least one candidate.
void keep_nucleus(std::vector<Candidate>& candidates, double top_p) {
    double mass = 0;
    size_t kept = 0;
    while (kept < candidates.size() && mass < top_p) mass += candidates[kept++].score;
    candidates.resize(std::max<size_t>(1, kept));
}

}  // namespace

int32_t sample(std::span<const float> logits, const SamplerOptions& options, std::span<const int32_t> seen,
               int64_t position) {
    std::vector<Candidate> candidates(logits.size());
    for (size_t i = 0; i < logits.size(); ++i) candidates[i] = {static_cast<int32_t>(i), logits[i]};
    if (options.repetition_penalty != 1) penalize(candidates, seen, options.repetition_penalty);
    if (options.temperature <= 0) return std::min_element(candidates.begin(), candidates.end(), before)->token;

    for (Candidate& c : candidates) c.score /= options.temperature;
    if (options.top_k > 0 && static_cast<size_t>(options.top_k) < candidates.size()) {
        std::nth_element(candidates.begin(), candidates.begin() + options.top_k, candidates.end(), before);
        candidates.resize(static_cast<size_t>(options.top_k));
    }
    std::sort(candidates.begin(), candidates.end(), before);
    softmax(candidates);
    if (options.top_p < 1) keep_nucleus(candidates, options.top_p);
    const double least = options.min_p * candidates.front().score;
    while (candidates.back().score < least) candidates.pop_back();

    const double total = std::accumulate(candidates.begin(), candidates.end(), 0.0,
                                         [](double sum, const Candidate& c) { return sum + c.score; });
    double draw = uniform(options.seed, 0, static_cast<uint64_t>(position)) * total;
    for (const Candidate& c : candidates) {
        draw -= c.score;
        if (draw < 0) return c.token;
    }
    return candidates.back().token;
}

std::vector<TokenProbability> likeliest(std::span<const float> logits, int64_t n) {
    std::vector<Candidate> candidates(logits.size());
    for (size_t i = 0; i < logits.size(); ++i) candidates[i] = {static_cast<int32_t>(i), logits[i]};
    const auto count = std::min<int64_t>(n, static_cast<int64_t>(candidates.size()));
    std::partial_sort(candidates.begin(), candidates.begin() + count, candidates.end(), before);
    std::vector<TokenProbability> result;
    const Exponentials all(logits);
    for (int64_t i = 0; i < count; ++i) {
        const Candidate& c = candidates[static_cast<size_t>(i)];
        result.push_back({c.token, all.share(c.score)});
    }
    return result;
}

double token_probability(std::span<const float> logits, int32_t token) {
    return Exponentials(logits).share(logits[static_cast<size_t>(token)]);
}

}  // namespace lathe

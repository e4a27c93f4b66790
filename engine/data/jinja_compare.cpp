// Python's == and < of values.
#include <algorithm>

#include "engine/data/jinja_value.h"

namespace lathe::jinja {

namespace {

// Of two numbers: < 0, 0, > 0; 2 where one is no number.
int compare_numbers(const Value& a, const Value& b) {
    const auto x = a.integer(), y = b.integer();
    if (x && y) return *x < *y ? -1 : *x > *y ? 1 : 0;
    const double p = a.real(), q = b.real();
    return p < q ? -1 : p > q ? 1 : p == q ? 0 : 2;
}

bool is_tuple_like(const Sequence& s) {
    return s.kind == SequenceKind::list || s.kind == SequenceKind::tuple || s.kind == SequenceKind::range;
}

bool equal_dicts(Budget& budget, const Dict& a, const Dict& b) {
    if (a.items.size() != b.items.size()) return false;
    for (const auto& [key, value] : a.items) {
        const Value* other = lookup(budget, b, key);
        if (other == nullptr || !equal(budget, value, *other)) return false;
    }
    return true;
}

}  // namespace

bool equal(Budget& budget, const Value& a, const Value& b) {
    if (a.is_number() && b.is_number()) return compare_numbers(a, b) == 0;
    if (const Text* x = a.string(), *y = b.string(); x != nullptr && y != nullptr) {
        if (x->size() != y->size()) return false;
        budget.step(static_cast<int64_t>(x->size()) / 16);
        return compare(*x, *y) == 0;
    }
    if (const Dict* x = a.dict(), *y = b.dict(); x != nullptr && y != nullptr)
        return x == y || equal_dicts(budget, *x, *y);
    if (const Sequence* x = a.sequence(), *y = b.sequence(); x != nullptr && y != nullptr) {
        if (x == y) return true;
        if (x->kind != y->kind || !is_tuple_like(*x) || x->items.size() != y->items.size()) return false;
        for (size_t i = 0; i < x->items.size(); ++i) {
            budget.step();
            if (!equal(budget, x->items[i], y->items[i])) return false;
        }
        return true;
    }
    if (a.data().index() != b.data().index()) return false;
    if (a.is_undefined() || a.is_none()) return true;
    if (a.name_space() != nullptr) return a.name_space() == b.name_space();
    return a.callable() != nullptr && a.callable() == b.callable();
}

bool less(Budget& budget, const Value& a, const Value& b) {
    budget.step();
    if (a.is_undefined()) fail_undefined(a);
    if (b.is_undefined()) fail_undefined(b);
    if (a.is_number() && b.is_number()) return compare_numbers(a, b) == -1;
    if (const Text* x = a.string(), *y = b.string(); x != nullptr && y != nullptr) {
        budget.step(static_cast<int64_t>(std::min(x->size(), y->size())) / 16);
        return compare(*x, *y) < 0;
    }
    const Sequence *x = a.sequence(), *y = b.sequence();
    if (x != nullptr && y != nullptr && x->kind == y->kind &&
        (x->kind == SequenceKind::list || x->kind == SequenceKind::tuple)) {
        for (size_t i = 0; i < std::min(x->items.size(), y->items.size()); ++i)
            if (!equal(budget, x->items[i], y->items[i])) return less(budget, x->items[i], y->items[i]);
        return x->items.size() < y->items.size();
    }
    fail_type(std::string("'<' not supported between instances of '") + a.type_name() + "' and '" + b.type_name() +
              "'");
}

bool less_or_equal(Budget& budget, const Value& a, const Value& b) {
    return less(budget, a, b) || (!less(budget, b, a) && equal(budget, a, b));
}

}  // namespace lathe::jinja

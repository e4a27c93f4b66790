// A parsed template. The height of every tree is bounded, so that walking and freeing it takes little stack.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "engine/data/jinja_value.h"

namespace lathe::jinja {

enum class ExpressionKind {
    constant,
    name,
    list,
    tuple,
    dict,       // operands: key, value, key, value, …
    attribute,  // operand.name
    subscript,  // operands: object, key
    slice,      // operands: object, start, stop, step; null where left out
    call,       // operands: callee, arguments…
    filter,     // operands: subject (null in a filter block), arguments…
    test,
    negate,  // operators[0]: minus or plus
    not_,
    arithmetic,  // operators[0]
    concat,
    compare,  // operators between the operands
    and_,
    or_,
    conditional,  // operands: condition, value, otherwise (may be null)
};

enum class Operator {
    add,
    subtract,
    multiply,
    divide,
    floor_divide,
    modulo,
    power,
    equal,
    not_equal,
    less,
    less_equal,
    greater,
    greater_equal,
    in,
    not_in
};

struct Expression;
using ExpressionPtr = std::unique_ptr<const Expression>;
struct Expression {
    ExpressionKind kind = ExpressionKind::constant;
    int line = 0;
    int height = 1;
    Value constant;
    std::string name;
    std::vector<Operator> operators;
    std::vector<ExpressionPtr> operands;
    std::vector<std::pair<std::string, ExpressionPtr>> named;  // arguments
    ExpressionPtr star, star_star;                             // *args, **kwargs
};

enum class StatementKind {
    text,
    print,      // values
    if_,        // values: conditions; bodies: one each, and one more for else
    for_,       // target, values: items, condition (may be null); bodies: body, else
    set,        // target, values: value
    set_block,  // target, values: filter (may be null); bodies: body
    macro,      // name, parameters; bodies: body
    call,       // parameters, values: call; bodies: body
    filter,     // values: filter; bodies: body
    with,       // targets, values; bodies: body
    scope,      // a block, or `generation`; bodies: body
    break_,
    continue_,
};

struct Statement;
using Body = std::vector<Statement>;
struct Parameters {
    std::vector<std::string> names;
    std::vector<ExpressionPtr> defaults;                                      // of the last ones
    bool takes_caller = false, takes_more = false, takes_more_named = false;  // the body names caller, varargs, kwargs
};
struct Statement {
    StatementKind kind = StatementKind::text;
    int line = 0;
    Value text;
    std::string name;
    std::vector<ExpressionPtr> targets, values;
    std::vector<Body> bodies;
    Parameters parameters;
};

// Errors: malformed or unsupported with the key "line N"; too_large where it nests too deeply.
Body parse(TextView source);

}  // namespace lathe::jinja

// Runs a parsed template. Names are looked up in the scopes around a statement, innermost first, then in the variables
// given, then among the functions. Source: jinja2 3.1.6 compiler.py, runtime.py. Thread: one rendering is one thread's.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "engine/data/jinja_callable.h"
#include "engine/data/jinja_syntax.h"

namespace lathe::jinja {

// Names set in one body. Macros keep the scope that they were made in.
struct Scope {
    std::shared_ptr<Scope> parent;
    std::vector<std::pair<std::string, Value>> names;
    Charge charge;
};
using ScopePtr = std::shared_ptr<Scope>;

class Evaluator {
public:
    // `write` gets the output in pieces.
    Evaluator(Budget& budget, std::vector<std::pair<std::string, Value>> variables,
              std::function<void(TextView)> write);
    ~Evaluator();
    Evaluator(const Evaluator&) = delete;
    Evaluator& operator=(const Evaluator&) = delete;

    void run(const Body& body);
    int line() const { return line_; }  // of what ran last: where an Exception came from

private:
    enum class Flow { next, break_, continue_ };

    // Statements.
    Flow run(const Body& body, const ScopePtr& scope);
    Flow run(const Statement& statement, const ScopePtr& scope);
    Flow run_if(const Statement& statement, const ScopePtr& scope);
    Flow run_for(const Statement& statement, const ScopePtr& scope);
    void run_with(const Statement& statement, const ScopePtr& scope);
    void run_call(const Statement& statement, const ScopePtr& scope);
    void assign(const Expression& target, const Value& value, const ScopePtr& scope);
    Value captured(const Body& body, const ScopePtr& scope);
    Value filtered(const Expression& filter, const Value& subject, const ScopePtr& scope);
    Value macro(const Statement& statement, const ScopePtr& scope);
    Value call_macro(const Statement& macro, const ScopePtr& home, Arguments& arguments);
    void write(TextView text);
    void print(const Value& value);
    ScopePtr inside(const ScopePtr& scope);

    // Expressions.
    Value value_of(const Expression& expression, const ScopePtr& scope);
    Value value_of_operands(const Expression& expression, const ScopePtr& scope);
    Value read(const std::string& name, const ScopePtr& scope);
    Value call(const Expression& expression, const ScopePtr& scope);
    Value call(const Value& callee, Arguments& arguments);
    bool compare(const Expression& expression, const ScopePtr& scope);
    Arguments arguments(const Expression& expression, const ScopePtr& scope, size_t first);

    Budget& budget_;
    std::vector<std::pair<std::string, Value>> variables_;
    std::function<void(TextView)> write_;
    TextBuilder* capture_ = nullptr;  // where output goes instead
    int line_ = 1;
    // What may hold itself in a ring, to be emptied at the end.
    std::vector<ScopePtr> macro_scopes_;
    std::vector<std::shared_ptr<Namespace>> namespaces_;
};

Value arithmetic(Budget& budget, Operator op, const Value& left, const Value& right);
Value negated(const Value& value, bool minus);
bool contains(Budget& budget, const Value& container, const Value& value);

}  // namespace lathe::jinja

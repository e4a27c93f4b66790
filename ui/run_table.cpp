#include "ui/run_table.h"

#include <charconv>
#include <set>

namespace lathe {

namespace {

template <class Number>
void add(std::string& line, Number number) {
    char text[32];
    line.append(text, std::to_chars(text, text + sizeof text, number).ptr);
}

}  // namespace

std::string run_table(const std::vector<MetricPoint>& metrics) {
    std::set<std::string> kinds;
    for (const MetricPoint& point : metrics)
        for (const auto& [kind, bytes] : point.bytes) kinds.insert(kind);
    std::string table = "step,loss,eval_loss,learning_rate,grad_norm,tokens_per_s";
    for (const std::string& kind : kinds) table += ",bytes_" + kind;
    table += '\n';
    for (const MetricPoint& point : metrics) {
        add(table, point.step);
        table += ',';
        add(table, point.loss);
        table += ',';
        if (point.eval_loss) add(table, *point.eval_loss);
        for (const double value : {point.learning_rate, point.grad_norm, point.tokens_per_s}) {
            table += ',';
            add(table, value);
        }
        for (const std::string& kind : kinds) {
            table += ',';
            const auto bytes = point.bytes.find(kind);
            if (bytes != point.bytes.end()) add(table, bytes->second);
        }
        table += '\n';
    }
    return table;
}

}  // namespace lathe

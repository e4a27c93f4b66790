#include "ui/run_table.h"

#include <set>

#include "ui/csv_text.h"

namespace lathe {

std::string run_table(const std::vector<MetricPoint>& metrics) {
    std::set<std::string> kinds;
    for (const MetricPoint& point : metrics)
        for (const auto& [kind, bytes] : point.bytes) kinds.insert(kind);
    std::string table = "step,loss,eval_loss,learning_rate,grad_norm,tokens_per_s,tokens,elapsed_s";
    for (const std::string& kind : kinds) table += ",bytes_" + kind;
    table += '\n';
    for (const MetricPoint& point : metrics) {
        add_number(table, point.step);
        table += ',';
        add_number(table, point.loss);
        table += ',';
        if (point.eval_loss) add_number(table, *point.eval_loss);
        for (const double value : {point.learning_rate, point.grad_norm, point.tokens_per_s}) {
            table += ',';
            add_number(table, value);
        }
        table += ',';
        add_number(table, point.tokens);
        table += ',';
        add_number(table, point.elapsed_s);
        for (const std::string& kind : kinds) {
            table += ',';
            const auto bytes = point.bytes.find(kind);
            if (bytes != point.bytes.end()) add_number(table, bytes->second);
        }
        table += '\n';
    }
    return table;
}

}  // namespace lathe

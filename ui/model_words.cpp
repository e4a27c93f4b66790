#include "ui/model_words.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <QStringList>
#include <cmath>

#include "ui/error_text.h"
#include "ui/number_text.h"

namespace lathe {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(ModelWords)
};

constexpr QChar kNarrowSpace(0x202F);

QString unknown() {
    return QStringLiteral("–");
}

QString dtypes_text(const ModelEntry& model, size_t first) {
    QStringList words;
    for (size_t i = first; i < model.dtypes.size(); ++i) words << QString::fromStdString(model.dtypes[i]);
    return words.join(QStringLiteral(", "));
}

}  // namespace

const std::vector<std::string>& model_sources() {
    static const std::vector<std::string> kSources = {"workspace", "huggingface", "llama.cpp",
                                                      "lmstudio",  "ollama",      "folder"};
    return kSources;
}

QString source_title(const std::string& source) {
    if (source == "workspace") return Words::tr("Workspace");
    if (source == "huggingface") return QStringLiteral("Hugging Face");
    if (source == "lmstudio") return QStringLiteral("LM Studio");
    if (source == "ollama") return QStringLiteral("Ollama");
    if (source == "folder") return Words::tr("Other folders");
    if (source == "lathe") return QStringLiteral("Lathe");
    return QString::fromStdString(source);
}

QString short_count_text(int64_t value) {
    const char* units[] = {"", "k", "M", "B"};
    auto size = static_cast<double>(value);
    int unit = 0;
    for (; unit < 3 && size >= 999.5; ++unit) size /= 1e3;
    if (unit == 0) return fixed_text(size, 0);
    const int decimals = size < 9.995 ? 2 : size < 99.95 ? 1 : 0;
    return fixed_text(size, decimals) + kNarrowSpace + QLatin1String(units[unit]);
}

QString model_line(const ModelEntry& model) {
    QStringList parts;
    if (model.kind == "adapter")
        parts << Words::tr("adapter of rank %1").arg(count_text(model.rank));
    else if (model.parameters > 0)
        parts << Words::tr("%1 parameters").arg(short_count_text(model.parameters));
    if (model.bytes > 0) parts << bytes_text(static_cast<double>(model.bytes));
    if (!model.dtypes.empty()) parts << QString::fromStdString(model.dtypes.front());
    return parts.join(QStringLiteral(" · "));
}

QString problem_text(const ModelEntry& model) {
    if (!model.problem) return {};
    Error error = *model.problem;
    error.file.clear();
    return error_text(error);
}

QString problem_line(const ModelEntry& model) {
    if (!model.problem) return {};
    return error_text({.kind = model.problem->kind, .key = model.problem->key, .found = model.problem->found});
}

QString shape_text(const ModelEntry& model) {
    if (!model.shape) return {};
    const ModelConfig& shape = *model.shape;
    return Words::tr("%1 layers of width %2 · %3 heads, %4 of key and value")
        .arg(count_text(shape.num_hidden_layers), count_text(shape.hidden_size), count_text(shape.num_attention_heads),
             count_text(shape.num_key_value_heads));
}

bool is_repository(const std::string& name) {
    static const QRegularExpression repository(QStringLiteral("^\\w[\\w.-]*/\\w[\\w.-]*\\z"));  // PCRE2; no nesting
    return repository.match(QString::fromStdString(name)).hasMatch();
}

std::vector<Tile> model_tiles(const ModelEntry& model) {
    Tile parameters{.label = Words::tr("Parameters"), .value = unknown(), .note = {}};
    if (model.parameters > 0) {
        parameters.value = short_count_text(model.parameters);
        parameters.note = count_text(model.parameters);
    }
    Tile size{.label = Words::tr("Size"), .value = unknown(), .note = {}};
    if (model.bytes > 0) size.value = bytes_text(static_cast<double>(model.bytes));
    if (model.updated_at_ms > 0) size.note = Words::tr("changed %1").arg(time_text(model.updated_at_ms));
    Tile numbers{.label = Words::tr("Numbers"), .value = unknown(), .note = {}};
    if (!model.dtypes.empty()) numbers.value = QString::fromStdString(model.dtypes.front());
    if (model.dtypes.size() > 1) numbers.note = Words::tr("also %1").arg(dtypes_text(model, 1));
    Tile context{.label = Words::tr("Context"), .value = unknown(), .note = {}};
    if (model.shape) {
        context.value = count_text(model.shape->max_position_embeddings);
        context.note = Words::tr("tokens");
    }
    return {parameters, size, numbers, context};
}

}  // namespace lathe

#include "ui/run_summary.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocale>
#include <algorithm>
#include <cmath>

#include "ui/number_text.h"

namespace lathe {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(RunSummary)
};

constexpr size_t kWarmSteps = 2;  // the first steps allocate; the median speed leaves them out

QString model_text(const QJsonObject& config) {
    const QJsonObject base = config[QLatin1String("base_model")].toObject();
    const QJsonObject lora = config[QLatin1String("lora")].toObject();
    const QString path = base[QLatin1String("path")].toString();
    if (!lora.isEmpty() && !path.isEmpty()) {
        const bool four_bits = base[QLatin1String("load_in_4bit")].toBool();
        const QString kind =
            four_bits ? QStringLiteral("QLoRA ") + base[QLatin1String("bnb_4bit_quant_type")].toString().toUpper()
                      : QStringLiteral("LoRA");
        return QStringLiteral("%1, r %2 · %3")
            .arg(kind)
            .arg(lora[QLatin1String("r")].toInt())
            .arg(QFileInfo(path).fileName());
    }
    if (!path.isEmpty()) return QFileInfo(path).fileName();
    const QJsonObject model = config[QLatin1String("model")].toObject();
    if (model.isEmpty()) return {};
    return Words::tr("%1, %2 layers of width %3")
        .arg(model[QLatin1String("model_type")].toString())
        .arg(model[QLatin1String("num_hidden_layers")].toInt())
        .arg(model[QLatin1String("hidden_size")].toInt());
}

Tile loss_tile(const RunDetail& run) {
    Tile tile{.label = Words::tr("Loss"), .value = QStringLiteral("–"), .note = Words::tr("no step yet")};
    if (run.metrics.empty()) return tile;
    const double last = run.metrics.back().loss;
    tile.value = loss_text(last);
    if (!std::isfinite(last)) {
        tile.note = Words::tr("not finite");
        tile.tone = Tone::bad;
        return tile;
    }
    const auto first = std::find_if(run.metrics.begin(), run.metrics.end(),
                                    [](const MetricPoint& point) { return std::isfinite(point.loss); });
    const double change = last - first->loss;
    tile.note = run.metrics.size() == 1
                    ? Words::tr("first step")
                    : Words::tr("%1 since step %2").arg(signed_text(change, 2), count_text(first->step));
    tile.tone = change < 0 ? Tone::ok : Tone::muted;
    return tile;
}

Tile validation_tile(const RunDetail& run) {
    Tile tile{.label = Words::tr("Validation loss"), .value = QStringLiteral("–"), .note = Words::tr("not measured")};
    const MetricPoint* best = nullptr;
    const MetricPoint* last = nullptr;
    for (const MetricPoint& point : run.metrics) {
        if (!point.eval_loss) continue;
        last = &point;
        if (best == nullptr || *point.eval_loss < *best->eval_loss) best = &point;
    }
    if (last == nullptr) return tile;
    tile.value = loss_text(*last->eval_loss);
    const bool at_best = best == last;
    tile.note = at_best ? Words::tr("best so far · perplexity %1").arg(fixed_text(std::exp(*last->eval_loss), 1))
                        : Words::tr("best %1 at step %2").arg(loss_text(*best->eval_loss), count_text(best->step));
    tile.tone = at_best ? Tone::ok : Tone::muted;
    return tile;
}

Tile step_tile(const RunSummary& run) {
    Tile tile{.label = Words::tr("Step"), .value = count_text(run.step), .note = {}};
    if (run.max_steps <= 0) return tile;
    tile.value += QStringLiteral(" / ") + count_text(run.max_steps);
    const double share = static_cast<double>(run.step) / static_cast<double>(run.max_steps);
    tile.note = share >= 1 ? Words::tr("complete") : fixed_text(std::floor(100 * share), 0) + QStringLiteral("\u202f%");
    tile.tone = share >= 1 ? Tone::ok : Tone::muted;
    return tile;
}

Tile speed_tile(const RunDetail& run) {
    Tile tile{.label = Words::tr("Speed"), .value = QStringLiteral("–"), .note = {}};
    std::vector<double> speeds;
    for (const MetricPoint& point : run.metrics)
        if (std::isfinite(point.tokens_per_s)) speeds.push_back(point.tokens_per_s);
    if (speeds.size() > 2 * kWarmSteps) speeds.erase(speeds.begin(), speeds.begin() + kWarmSteps);
    if (speeds.empty()) return tile;
    const auto middle = speeds.begin() + static_cast<std::ptrdiff_t>(speeds.size() / 2);
    std::nth_element(speeds.begin(), middle, speeds.end());
    tile.value = speed_text(*middle);
    tile.note = Words::tr("median of %1 steps").arg(count_text(static_cast<int64_t>(speeds.size())));
    return tile;
}

Tile memory_tile(const RunDetail& run) {
    Tile tile{.label = Words::tr("Peak memory"), .value = QStringLiteral("–"), .note = {}};
    int64_t peak = 0, step = 0;
    for (const MetricPoint& point : run.metrics) {
        int64_t total = 0;
        for (const auto& [kind, bytes] : point.bytes) total += bytes;
        if (total > peak) {
            peak = total;
            step = point.step;
        }
    }
    if (peak == 0) return tile;
    tile.value = bytes_text(static_cast<double>(peak));
    tile.note = Words::tr("at step %1").arg(count_text(step));
    return tile;
}

Tile rate_tile(const RunDetail& run, const QJsonObject& train) {
    Tile tile{.label = Words::tr("Learning rate"),
              .value = QStringLiteral("–"),
              .note = train[QLatin1String("lr_scheduler_type")].toString()};
    if (!run.metrics.empty()) tile.value = rate_text(run.metrics.back().learning_rate);
    const double highest = train[QLatin1String("learning_rate")].toDouble();
    if (highest > 0) tile.note += Words::tr(" · highest %1").arg(rate_text(highest));
    return tile;
}

QJsonObject parsed(const std::string& json) {
    return QJsonDocument::fromJson(QByteArray::fromStdString(json)).object();
}

}  // namespace

StateWord state_word(const std::string& state) {
    if (state == "running") return {Words::tr("running"), Tone::ok};
    if (state == "finished") return {Words::tr("finished"), Tone::ok};
    if (state == "stopped") return {Words::tr("stopped"), Tone::warn};
    if (state == "failed") return {Words::tr("failed"), Tone::bad};
    if (state == "paused") return {Words::tr("paused"), Tone::warn};
    if (state == "interrupted") return {Words::tr("interrupted"), Tone::warn};
    return {QString::fromStdString(state), Tone::muted};
}

QString run_context(const RunDetail& run) {
    if (!run.error.empty()) return QString::fromStdString(run.error);
    const QJsonObject config = parsed(run.config_json);
    const QJsonObject train = config[QLatin1String("train")].toObject();
    QStringList parts;
    if (const QString model = model_text(config); !model.isEmpty()) parts << model;
    const int batch = train[QLatin1String("per_device_train_batch_size")].toInt() *
                      std::max(1, train[QLatin1String("gradient_accumulation_steps")].toInt());
    const int length = config[QLatin1String("data")].toObject()[QLatin1String("max_length")].toInt();
    if (batch > 0 && length > 0) parts << Words::tr("%1 × %2 tokens a step").arg(batch).arg(length);
    if (train.contains(QLatin1String("seed")))
        parts << Words::tr("seed %1").arg(train[QLatin1String("seed")].toInteger());
    if (run.summary.created_at_ms > 0) {
        const QDateTime start = QDateTime::fromMSecsSinceEpoch(run.summary.created_at_ms);
        parts << Words::tr("started %1").arg(QLocale().toString(start, QLocale::ShortFormat));
    }
    return parts.join(QStringLiteral(" · "));
}

std::vector<Tile> run_tiles(const RunDetail& run, std::optional<double> bits_per_byte) {
    std::vector<Tile> tiles{loss_tile(run), validation_tile(run)};
    if (bits_per_byte)
        tiles.push_back({.label = Words::tr("Bits per byte"),
                         .value = fixed_text(*bits_per_byte, 3),
                         .note = Words::tr("on the validation split")});
    tiles.push_back(step_tile(run.summary));
    tiles.push_back(speed_tile(run));
    tiles.push_back(memory_tile(run));
    tiles.push_back(rate_tile(run, parsed(run.config_json)[QLatin1String("train")].toObject()));
    return tiles;
}

}  // namespace lathe

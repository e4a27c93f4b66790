#include "ui/run_summary.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocale>
#include <algorithm>
#include <cmath>

#include "ui/control_words.h"
#include "ui/error_text.h"
#include "ui/number_text.h"

namespace lathe {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(RunSummary)
};

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

Tile loss_tile(const RunTotals& totals) {
    Tile tile{.label = Words::tr("Loss"), .value = QStringLiteral("–"), .note = Words::tr("no step yet")};
    if (!totals.last_loss()) return tile;
    const double last = totals.last_loss()->value;
    tile.value = loss_text(last);
    if (!std::isfinite(last)) {
        tile.note = Words::tr("not finite");
        tile.tone = Tone::bad;
        return tile;
    }
    const RunTotals::At first = *totals.first_loss();
    const double change = last - first.value;
    tile.note = totals.steps() == 1 ? Words::tr("first step")
                                    : Words::tr("%1 since step %2").arg(signed_text(change, 2), count_text(first.step));
    tile.tone = change < 0 ? Tone::ok : Tone::muted;
    return tile;
}

Tile validation_tile(const RunTotals& totals) {
    Tile tile{.label = Words::tr("Validation loss"), .value = QStringLiteral("–"), .note = Words::tr("not measured")};
    if (!totals.last_validation()) return tile;
    const RunTotals::At last = *totals.last_validation(), best = *totals.best_validation();
    tile.value = loss_text(last.value);
    const bool at_best = best.step == last.step;
    tile.note = at_best ? Words::tr("best so far · perplexity %1").arg(fixed_text(std::exp(last.value), 1))
                        : Words::tr("best %1 at step %2").arg(loss_text(best.value), count_text(best.step));
    tile.tone = at_best ? Tone::ok : Tone::muted;
    return tile;
}

Tile step_tile(const RunSummary& run, double seconds_left) {
    Tile tile{.label = Words::tr("Step"), .value = count_text(run.step), .note = {}};
    if (run.max_steps <= 0) return tile;
    tile.value += QStringLiteral(" / ") + count_text(run.max_steps);
    const double share = static_cast<double>(run.step) / static_cast<double>(run.max_steps);
    if (share >= 1 && run.state != "failed") {  // the step that failed is its last row
        tile.note = Words::tr("complete");
        tile.tone = Tone::ok;
        return tile;
    }
    const QString done = percent_text(std::floor(100 * share) / 100, 0);
    tile.note = seconds_left > 0 ? Words::tr("%1 · %2 left").arg(done, duration_text(seconds_left)) : done;
    return tile;
}

Tile speed_tile(const RunTotals& totals, const RunOutlook& outlook) {
    Tile tile{.label = Words::tr("Speed"), .value = QStringLiteral("–"), .note = {}};
    size_t steps = 0;
    const double median = totals.tokens_per_s(outlook.speed_steps, &steps);
    if (steps == 0) return tile;
    tile.value = speed_text(median);
    tile.note = Words::tr("median of %1 steps").arg(count_text(static_cast<int64_t>(steps)));
    // More than all of it: the machine was busy when its peak was measured.
    if (median > 0 && median <= outlook.peak_tokens_per_s)
        tile.note = Words::tr("%1 of peak FLOP/s").arg(percent_text(median / outlook.peak_tokens_per_s, 0));
    return tile;
}

Tile memory_tile(const RunTotals& totals, int64_t estimated_bytes) {
    Tile tile{.label = Words::tr("Peak memory"), .value = QStringLiteral("–"), .note = {}};
    if (estimated_bytes > 0) tile.note = Words::tr("estimate %1").arg(bytes_text(static_cast<double>(estimated_bytes)));
    if (!totals.peak_bytes()) return tile;
    tile.value = bytes_text(totals.peak_bytes()->value);
    if (estimated_bytes <= 0) tile.note = Words::tr("at step %1").arg(count_text(totals.peak_bytes()->step));
    return tile;
}

Tile rate_tile(const RunTotals& totals, const QJsonObject& train) {
    Tile tile{.label = Words::tr("Learning rate"),
              .value = QStringLiteral("–"),
              .note = train[QLatin1String("lr_scheduler_type")].toString()};
    if (totals.steps() > 0) tile.value = rate_text(totals.learning_rate());
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
    if (state == "paused") return {Words::tr("paused"), Tone::warn};
    if (state == "interrupted") return {Words::tr("interrupted"), Tone::warn};
    if (state == "failed") return {Words::tr("failed"), Tone::bad};
    return {QString::fromStdString(state), Tone::muted};
}

QString run_context(const RunDetail& run) {
    if (run.error) return error_text(*run.error);
    const QString ending = ending_text(run);
    return ending.isEmpty() ? run_settings(run) : ending + QStringLiteral(" · ") + run_settings(run);
}

QString ending_text(const RunDetail& run) {
    if (run.summary.state != "stopped") return {};
    const auto line = std::find_if(run.events.rbegin(), run.events.rend(),
                                   [](const RunDetail::Line& event) { return event.kind == "stopped"; });
    return line == run.events.rend() ? QString() : stop_words(line->text);
}

QString run_settings(const RunDetail& run) {
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

std::vector<Tile> run_tiles(const RunDetail& run, const RunTotals& totals, const RunOutlook& outlook) {
    std::vector<Tile> tiles{loss_tile(totals), validation_tile(totals)};
    if (outlook.bits_per_byte)
        tiles.push_back({.label = Words::tr("Bits per byte"),
                         .value = fixed_text(*outlook.bits_per_byte, 3),
                         .note = Words::tr("on the validation split")});
    tiles.push_back(step_tile(run.summary, outlook.seconds_left));
    tiles.push_back(speed_tile(totals, outlook));
    tiles.push_back(memory_tile(totals, outlook.estimated_bytes));
    tiles.push_back(rate_tile(totals, parsed(run.config_json)[QLatin1String("train")].toObject()));
    return tiles;
}

std::vector<Tile> run_tiles(const RunDetail& run, std::optional<double> bits_per_byte) {
    return run_tiles(run, RunTotals(run.metrics), {.bits_per_byte = bits_per_byte});
}

}  // namespace lathe

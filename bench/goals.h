// What the benches of the window must reach, and the last lines of each: its figures as JSON, and with --check the
// goals that they miss.
#pragma once

#include <QCommandLineParser>
#include <QJsonDocument>
#include <QJsonObject>
#include <QStringList>
#include <cstdio>

namespace lathe {

struct Goal {
    const char *bench, *figure;  // keys down the JSON, "*" any key
    double limit;
    bool at_least = false;  // else at most
};

inline constexpr double kFrame60_ms = 1000.0 / 60;

inline constexpr Goal kGoals[] = {
    {"startup_bench", "first_frame.worst_ms", 1500},
    {"curve_bench", "*.pan_half.median_ms", kFrame60_ms},
    {"curve_bench", "*.pan_hundredth.median_ms", kFrame60_ms},
    {"curve_bench", "*.pan_half_log.median_ms", kFrame60_ms},
    {"window_bench", "window_up_s", 1.5},
    {"window_bench", "window_mb", 150},
    {"window_bench", "page_switch.first_ms.*", 100},
    {"window_bench", "page_switch.again.worst_ms", 100},
    {"window_bench", "long_run.pan_half.median_ms", kFrame60_ms},
    {"window_bench", "long_run.pan_hundredth.median_ms", kFrame60_ms},
    {"window_bench", "long_run.pan_*.worst_ms", 50},
    {"window_bench", "long_run.page_switch.worst_ms", 100},
    {"window_bench", "long_run.ticked_page_switch.worst_ms", 100},
    {"window_bench", "long_run_beside_training.pan_live.median_ms", kFrame60_ms},
    {"window_bench", "long_run_beside_training.pan_live.worst_ms", 50},
    {"window_bench", "long_run_beside_training.ticked_page_switch.worst_ms", 100},
    {"window_bench", "long_run_beside_training.frames.worst_ms", 50},
    {"window_bench", "events_while_training.worst_ms", 50},
    {"window_bench", "frames_while_training.worst_ms", 50},
    {"window_bench", "gaps_while_training.worst_ms", 50},
    {"window_bench", "pause_s", 0.5},
    {"window_bench", "stop_s", 0.5},
    {"window_bench", "chat_share", 1.0 / 3, true},
};

// How many figures miss the goal, each named on stderr; one that was not measured does.
inline int missed(const Goal& goal, const QJsonValue& at, const QStringList& path, const QString& name = {}) {
    const auto tell = [&](const QString& found) {
        std::fprintf(stderr, "%s: missed: %s is %s, the goal is %s %g\n", goal.bench, qPrintable(name),
                     qPrintable(found), goal.at_least ? "at least" : "at most", goal.limit);
        return 1;
    };
    if (path.isEmpty()) {
        if (!at.isDouble()) return tell(QStringLiteral("not measured"));
        const double value = at.toDouble();
        const bool reached = goal.at_least ? value >= goal.limit : value <= goal.limit;
        return reached ? 0 : tell(QString::number(value));
    }
    const QJsonObject object = at.toObject();
    const QString& key = path.front();
    int found = 0, count = 0;
    for (auto one = object.begin(); one != object.end(); ++one) {
        const bool meant = key.endsWith(QLatin1Char('*')) ? one.key().startsWith(key.chopped(1)) : one.key() == key;
        if (!meant || (key == QLatin1String("*") && !path.mid(1).isEmpty() && !one.value().isObject())) continue;
        ++found;
        count +=
            missed(goal, one.value(), path.mid(1), name.isEmpty() ? one.key() : name + QLatin1Char('.') + one.key());
    }
    if (found > 0) return count;
    return missed(goal, {}, {}, name.isEmpty() ? path.join(QLatin1Char('.')) : name + QLatin1Char('.') + key);
}

inline void add_check_option(QCommandLineParser& parser) {
    parser.addOption({QStringLiteral("check"), QStringLiteral("status 1 where a goal is missed, which is named")});
}

// The status of the program.
inline int publish(const char* bench, const QJsonObject& result, const QCommandLineParser& parser) {
    std::printf("%s", QJsonDocument(result).toJson().constData());
    std::fflush(stdout);
    int count = 0;
    for (const Goal& goal : kGoals)
        if (parser.isSet(QStringLiteral("check")) && QLatin1String(goal.bench) == QLatin1String(bench))
            count += missed(goal, result, QString::fromLatin1(goal.figure).split(QLatin1Char('.')));
    return count > 0 ? 1 : 0;
}

}  // namespace lathe

// From the start of the program to its first frame, and to the frame with the list of runs: the real `lathe`, started
// again and again on a workspace of 200 runs and a million rows.
// Usage: startup_bench [--program FILE] [--workspace DIR] [--runs N] [--rows N] [--starts N] [--check]; under a
// display, Xvfb, or with QT_QPA_PLATFORM=offscreen. Prints one JSON document; with --check status 1 where a goal is
// missed (bench/goals.h).
#include <QCommandLineParser>
#include <QCoreApplication>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <cstdio>
#include <optional>

#include "bench/durations.h"
#include "bench/full_workspace.h"
#include "bench/goals.h"

namespace {

struct StartUp {
    double frame_ms = 0, runs_ms = 0;
};

// What the program prints where LATHE_TIME_TO_WINDOW is set (app/start_up.h).
std::optional<StartUp> start(const QString& program, const QString& workspace, const QString& settings) {
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("LATHE_TIME_TO_WINDOW"), QStringLiteral("1"));
    environment.insert(QStringLiteral("XDG_CONFIG_HOME"), settings);
    process.setProcessEnvironment(environment);
    process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    process.start(program, {QStringLiteral("--workspace"), workspace});
    StartUp times;
    while (times.runs_ms == 0 && process.waitForReadyRead(30'000)) {
        while (process.canReadLine()) {
            const QList<QByteArray> line = process.readLine().trimmed().split(' ');
            if (line.size() != 4) continue;
            (line[0] == "first" ? times.frame_ms : times.runs_ms) = line[2].toDouble();
        }
    }
    process.kill();
    process.waitForFinished();
    return times.runs_ms > 0 ? std::optional(times) : std::nullopt;
}

}  // namespace

int main(int argc, char** argv) {
    const QCoreApplication app(argc, argv);
    QTemporaryDir folder;
    QCommandLineParser parser;
    const auto add = [&parser](const char* name, const char* help, const QString& standard) {
        parser.addOption({QLatin1String(name), QLatin1String(help), QStringLiteral("VALUE"), standard});
    };
    add("program", "that opens the window", QCoreApplication::applicationDirPath() + QStringLiteral("/lathe"));
    add("workspace", "made where it is missing, and kept", folder.filePath(QStringLiteral("Lathe")));
    add("runs", "in the workspace", QStringLiteral("200"));
    add("rows", "of metrics, of each run", QStringLiteral("5000"));
    add("starts", "that are measured, after one that is not", QStringLiteral("7"));
    lathe::add_check_option(parser);
    parser.addHelpOption();
    parser.process(app);
    const QString workspace = parser.value(QStringLiteral("workspace"));
    lathe::fill_workspace(workspace.toStdString(), parser.value(QStringLiteral("runs")).toInt(),
                          parser.value(QStringLiteral("rows")).toLongLong());

    lathe::Durations frames, runs;
    for (int i = 0; i <= parser.value(QStringLiteral("starts")).toInt(); ++i) {
        const auto times = start(parser.value(QStringLiteral("program")), workspace, folder.path());
        if (!times) {
            std::fprintf(stderr, "startup_bench: no list of runs came within 30 s\n");
            return 3;
        }
        if (i == 0) continue;  // it read the libraries from disk
        frames.add(times->frame_ms);
        runs.add(times->runs_ms);
    }
    const QJsonObject result{{QStringLiteral("database_mb"),
                              static_cast<double>(QFile(workspace + QStringLiteral("/lathe.db")).size()) / 1e6},
                             {QStringLiteral("first_frame"), frames.json()},
                             {QStringLiteral("run_list"), runs.json()}};
    return lathe::publish("startup_bench", result, parser);
}

// Where a program finds its resources, asked of a copy of this program that stands elsewhere.
#include "engine/base/resources.h"

#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>
#include <cstdio>
#include <filesystem>
#include <string_view>

namespace fs = std::filesystem;

class ResourcesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        fs::create_directories(path("bin"));
        fs::copy_file(QCoreApplication::applicationFilePath().toStdString(), path("bin/program"));
    }
    void the_source_tree_where_nothing_else_is() { QCOMPARE(asked(), QStringLiteral(LATHE_SOURCE_DIR "/resources")); }
    void beside_the_program() {
        fs::create_directories(path("share/lathe"));
        QCOMPARE(asked(), QString::fromStdString(fs::canonical(path("share/lathe"))));
        fs::create_symlink(path("bin/program"), path("link"));  // as an installer makes one in ~/.local/bin
        QCOMPARE(asked({}, "link"), QString::fromStdString(fs::canonical(path("share/lathe"))));
    }
    void what_the_user_names_comes_first() {
        QCOMPARE(asked(QStringLiteral("elsewhere")), QStringLiteral("elsewhere"));
        QCOMPARE(asked(QStringLiteral("")), QString::fromStdString(fs::canonical(path("share/lathe"))));
    }

private:
    std::string path(const char* name) const { return folder_.path().toStdString() + "/" + name; }
    QString asked(const QString& named = {}, const char* program = "bin/program") const {
        QProcess process;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.remove(QStringLiteral("LATHE_RESOURCES"));
        if (!named.isNull()) environment.insert(QStringLiteral("LATHE_RESOURCES"), named);
        process.setProcessEnvironment(environment);
        process.start(QString::fromStdString(path(program)), {QStringLiteral("--ask")});
        process.waitForFinished();
        return QString::fromUtf8(process.readAllStandardOutput());
    }

    QTemporaryDir folder_;
};

int main(int argc, char** argv) {
    if (argc == 2 && std::string_view(argv[1]) == "--ask")
        return std::fputs(lathe::resource_folder().c_str(), stdout) < 0;
    const QCoreApplication app(argc, argv);
    ResourcesTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "resources_test.moc"

// What the engine reports, in words: what happened, where, and the way out.
#include "ui/error_text.h"

#include <QSet>
#include <QtTest>

using namespace lathe;

class ErrorTextTest : public QObject {
    Q_OBJECT

    static QString text_of(ErrorKind kind) { return error_text({.kind = kind, .file = "/w/file"}); }

private Q_SLOTS:
    void every_kind_has_its_words_and_a_way_out() {
        QSet<QString> seen;
        for (int kind = 0; kind <= static_cast<int>(ErrorKind::internal); ++kind) {
            const QString text = text_of(static_cast<ErrorKind>(kind));
            QVERIFY2(text.startsWith(QStringLiteral("/w/file: ")), qPrintable(text));
            const QStringList sentences = text.split(QStringLiteral(". "));
            QVERIFY2(static_cast<ErrorKind>(kind) == ErrorKind::cancelled || sentences.size() > 1, qPrintable(text));
            QVERIFY2(!seen.contains(sentences.first()), qPrintable(text));
            seen << sentences.first();
        }
    }

    void what_the_user_ended_needs_no_advice() {
        QCOMPARE(text_of(ErrorKind::cancelled), QStringLiteral("/w/file: cancelled."));
    }

    void cause_place_and_fix_stand_together() {
        QCOMPARE(
            error_text({.kind = ErrorKind::out_of_range,
                        .file = "nano.json",
                        .key = "train.max_steps",
                        .expected = "at least 1",
                        .found = "0"}),
            QStringLiteral("nano.json: train.max_steps: out of range; expected at least 1; found 0. Put a value of "
                           "that kind in its place."));
        QVERIFY(error_text({.kind = ErrorKind::disk_full, .expected = "1048576 bytes more"})
                    .startsWith(QStringLiteral("Not enough disk space")));
    }

    void progress_has_its_share() {
        QCOMPARE(progress_text({.what = "encode", .unit = "tokens", .done = 45, .total = 100}),
                 QStringLiteral("turning text into tokens, 45 %"));
        QCOMPARE(progress_text({.what = "load", .unit = "share", .done = 0, .total = 0}),
                 QStringLiteral("loading the model"));
    }
};

QTEST_GUILESS_MAIN(ErrorTextTest)
#include "error_text_test.moc"

// Hostile JSON, and numbers against the shortest forms that Python's repr() gives.
#include "engine/base/json.h"

#include <QtTest>
#include <limits>

#include "tests/engine/base/caught.h"

using namespace lathe;

class JsonTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void an_error_comes_back_from_its_record() {
        const Error error{.kind = ErrorKind::non_finite,
                          .file = "a \"b\"\n",
                          .key = "step 3",
                          .expected = "\xea\xb0\x80",
                          .found = ""};
        const Error back = error_of_json(error_json(error));
        QVERIFY(back.kind == error.kind);
        QCOMPARE(back.sentence(), error.sentence());
        const Error sentence = error_of_json("step 3: not a finite number");
        QVERIFY(sentence.kind == ErrorKind::internal);
        QCOMPARE(sentence.found, std::string("step 3: not a finite number"));
    }

    void accepts_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("dumped");
        QTest::newRow("order kept") << QByteArray(R"({"b":1,"a":[true,null,"x"]})")
                                    << QByteArray(R"({"b":1,"a":[true,null,"x"]})");
        QTest::newRow("scalars") << QByteArray(" 12 ") << QByteArray("12");
        QTest::newRow("empty ones") << QByteArray(R"({"a":{},"b":[]})") << QByteArray(R"({"a":{},"b":[]})");
        QTest::newRow("unicode") << QByteArray("\"\\ud55c\\ud83d\\ude00\"") << QByteArray("\"한😀\"");
        QTest::newRow("same key at two levels")
            << QByteArray(R"({"a":{"a":{"a":1}}})") << QByteArray(R"({"a":{"a":{"a":1}}})");
        QTest::newRow("64 levels") << QByteArray(64, '[') + QByteArray(64, ']')
                                   << QByteArray(64, '[') + QByteArray(64, ']');
        QTest::newRow("largest integers")
            << QByteArray("[9223372036854775807,-9223372036854775808,18446744073709551615]")
            << QByteArray("[9223372036854775807,-9223372036854775808,18446744073709551615]");
    }
    void accepts() {
        QFETCH(QByteArray, text);
        QTEST(QByteArray::fromStdString(dump_json(parse_json(text.toStdString(), "f.json"))), "dumped");
    }

    void refuses_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("byte");
        QTest::newRow("nothing") << QByteArray("") << "byte 0";
        QTest::newRow("blank") << QByteArray("  ") << "";
        QTest::newRow("doubled key") << QByteArray(R"({"a":1,"a":1})") << "byte 10";
        QTest::newRow("doubled key, escaped") << QByteArray(R"({"a":1,"\u0061":2})") << "";
        QTest::newRow("doubled key among many") << many_keys_with_a_double() << "";
        QTest::newRow("65 levels") << QByteArray(65, '[') + QByteArray(65, ']') << "byte 65";
        QTest::newRow("100000 levels") << QByteArray(100000, '[') << "byte 65";
        QTest::newRow("100000 objects") << QByteArray("{\"a\":").repeated(100000) << "";
        QTest::newRow("comment") << QByteArray("{} // x") << "";
        QTest::newRow("NaN") << QByteArray("[NaN]") << "";
        QTest::newRow("Infinity") << QByteArray("[-Infinity]") << "";
        QTest::newRow("1e400") << QByteArray("[1e400]") << "";
        QTest::newRow("trailing comma") << QByteArray("[1,]") << "byte 4";
        QTest::newRow("leading zero") << QByteArray("[01]") << "";
        QTest::newRow("two documents") << QByteArray("{}{}") << "byte 3";
        QTest::newRow("single quotes") << QByteArray("{'a':1}") << "byte 2";
        QTest::newRow("BOM") << QByteArray("\xEF\xBB\xBF{}") << "byte 0";
        QTest::newRow("UTF-16") << QByteArray("\xFF\xFE{\0}\0", 6) << "byte 0";
        QTest::newRow("NUL hides the rest") << QByteArray("{}\0{", 4) << "byte 2";
        QTest::newRow("cut off") << QByteArray("{\"a\":\"b") << "";
        QTest::newRow("lone surrogate") << QByteArray("\"\\ud800\"") << "";
        QTest::newRow("overlong UTF-8") << QByteArray("\"\xC0\xAF\"") << "";
        QTest::newRow("UTF-8 surrogate") << QByteArray("\"\xED\xA0\x80\"") << "";
        QTest::newRow("beyond U+10FFFF") << QByteArray("\"\xF4\x90\x80\x80\"") << "";
        QTest::newRow("control character") << QByteArray("\"\n\"") << "";
    }
    void refuses() {
        QFETCH(QByteArray, text);
        QFETCH(QString, byte);
        const Error error = caught([&] { parse_json(text.toStdString(), "f.json"); });
        QCOMPARE(error.kind, ErrorKind::malformed);
        QCOMPARE(error.file, std::string("f.json"));
        QVERIFY2(error.key.rfind("byte ", 0) == 0, error.key.c_str());
        if (!byte.isEmpty()) QCOMPARE(QString::fromStdString(error.key), byte);
        QVERIFY(error.sentence().size() <= 300);
    }

    void numbers() {
        const std::string text =
            "[0.1,0.0003,1e-08,1.7976931348623157e+308,5e-324,3.14159,-0.0,123456.789,0.30000000000000004]";
        QCOMPARE(dump_json(parse_json(text, "f")), text);
        QCOMPARE(dump_json({std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity(), 1}),
                 std::string("[null,null,1]"));
    }

    void invalid_text_is_dumped_replaced() { QCOMPARE(dump_json("a\xFFz"), std::string("\"a\xEF\xBF\xBDz\"")); }

    void large_object() {
        std::string text = "{";
        for (int i = 0; i < 100000; ++i) text += (i ? ",\"k" : "\"k") + std::to_string(i) + "\":" + std::to_string(i);
        const Json json = parse_json(text + "}", "f");
        QCOMPARE(json.size(), size_t{100000});
        QCOMPARE(json.back().get<int>(), 99999);
    }

private:
    static QByteArray many_keys_with_a_double() {
        QByteArray text = "{";
        for (int i = 0; i < 100; ++i) text += "\"k" + QByteArray::number(i) + "\":0,";
        return text + "\"k3\":0}";
    }
};

QTEST_APPLESS_MAIN(JsonTest)
#include "json_test.moc"

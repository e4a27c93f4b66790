// The TEMPLATE of a Modelfile against Go's text/template (tests/data/make_ollama_golden.go) and the model's own Jinja.
#include <QtTest>

#include "engine/base/files.h"
#include "engine/base/json.h"
#include "engine/data/ollama_modelfile.h"
#include "tests/engine/formats/format_fixture.h"

using namespace lathe;

namespace {

const std::string kFolder = std::string(LATHE_SOURCE_DIR) + "/tests/data/chat_templates/";

ChatTemplate of_file(const std::string& name) {
    return ChatTemplate::compile(read_file(kFolder + name, 1 << 20), name);
}

const Json& golden() {
    static const Json kGolden = read_json(kFolder + "ollama.json");
    return kGolden;
}

Json tokens() {
    return {{"bos_token", "<|begin_of_text|>"}, {"eos_token", "<|eot_id|>"}};
}

}  // namespace

class OllamaModelfileTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void conversations_are_the_golden_ones() {
        QCOMPARE(template_check_conversations().size(), size_t{20});
        QCOMPARE(dump_json(Json(template_check_conversations())), dump_json(golden().at("conversations")));
    }

    void go_renders_what_jinja_does_data() {
        QTest::addColumn<QString>("name");
        for (const auto& [name, entry] : golden().at("templates").items())
            QTest::addRow("%s", name.c_str()) << QString::fromStdString(name);
    }

    void go_renders_what_jinja_does() {
        QFETCH(QString, name);
        const Json& entry = golden().at("templates").at(name.toStdString());
        const ChatTemplate jinja = of_file(name.toStdString() + ".jinja");
        const TemplatePieces pieces = find_template_pieces(jinja, tokens());
        QCOMPARE(pieces.go_template(), entry.at("template").get<std::string>());
        QCOMPARE(pieces.default_system, entry.at("system").get<std::string>());
        Json variables = tokens();
        variables["add_generation_prompt"] = true;
        variables["bos_token"] = "";
        for (size_t i = 0; i < template_check_conversations().size(); ++i) {
            const std::string text = text_of(jinja.render(template_check_conversations()[i], Json(), variables));
            QCOMPARE(text, entry.at("renderings").at(i).get<std::string>());
        }
    }

    void other_templates_are_refused_data() {
        QTest::addColumn<QString>("source");
        QTest::newRow("leaves a message out") << "{% for m in messages[-1:] %}{{ m.content }}{% endfor %}";
        QTest::newRow("numbers its messages")
            << "{% for m in messages %}{{ loop.index }}: {{ m.content }}\n{% endfor %}";
        QTest::newRow("changes texts") << "{% for m in messages %}<{{ m.role }}>{{ m.content | upper }}{% endfor %}";
        QTest::newRow("escapes quotes")
            << "{% for m in messages %}<{{ m.role }}>{{ m.content | replace('\"', '') }}\n{% endfor %}";
    }

    void other_templates_are_refused() {
        QFETCH(QString, source);
        const ChatTemplate jinja = ChatTemplate::compile(source.toStdString(), "t.jinja");
        VERIFY_FAILS(find_template_pieces(jinja, tokens()), unsupported, "chat_template");
    }

    void the_file_is_whole() {
        const TemplatePieces pieces = find_template_pieces(of_file("qwen2.5-coder.jinja"), tokens());
        const std::string text =
            modelfile_text({.gguf = "m.gguf", .system = "", .stop = {"<|im_end|>", "a\"b"}, .context = 4096}, pieces);
        QVERIFY(text.starts_with("FROM ./m.gguf\nTEMPLATE \"\"\"{{ range .Messages }}"));
        QVERIFY(text.find("\"\"\"\nSYSTEM \"\"\"You are Qwen, created by Alibaba Cloud.") != std::string::npos);
        QVERIFY(text.ends_with("PARAMETER stop \"<|im_end|>\"\nPARAMETER stop \"a\\\"b\"\nPARAMETER num_ctx 4096\n"));
        const std::string own = modelfile_text({.gguf = "m.gguf", .system = "Be kind.", .context = 1}, pieces);
        QVERIFY(own.find("SYSTEM \"\"\"Be kind.\"\"\"\n") != std::string::npos);
        VERIFY_FAILS(modelfile_text({.gguf = "m.gguf", .system = "a\"\"\"\nRUN b"}, pieces), unsupported, "--system");
    }
};

QTEST_APPLESS_MAIN(OllamaModelfileTest)
#include "ollama_modelfile_test.moc"

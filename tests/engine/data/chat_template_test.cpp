// Chat templates against what jinja2 3.1.6 makes of them in transformers' environment
// (tests/data/make_template_golden.py): small templates, and whole ones over conversations.
#include <QtTest>
#include <cstdlib>

#include "engine/base/files.h"
#include "engine/base/json.h"
#include "engine/data/chat_template.h"

using namespace lathe;

namespace {

const std::string kFolder = std::string(LATHE_SOURCE_DIR) + "/tests/data/chat_templates";

std::string rendered(const std::string& source, const Json& messages, const Json& tools, const Json& variables) {
    return text_of(ChatTemplate::compile(source, "t.jinja").render(messages, tools, variables));
}

// "" where it is as expected.
std::string difference(const std::string& source, const Json& messages, const Json& tools, const Json& variables,
                       const Json& expected) {
    try {
        const std::string text = rendered(source, messages, tools, variables);
        if (expected.is_null()) return "should be an error, gives " + dump_json(Json(text));
        if (text == expected.get<std::string>()) return "";
        return "gives " + dump_json(Json(text)) + ", not " + dump_json(expected);
    } catch (const Exception& exception) {
        return expected.is_null() ? "" : std::string(exception.what()) + ", not " + dump_json(expected);
    }
}

void check_renderings(const std::string& folder) {
    const Json golden = read_json(folder + "/golden.json");
    int wrong = 0;
    for (const Json& row : golden.at("renderings")) {
        const std::string source = read_file(folder + "/" + row.at(0).get<std::string>(), 1 << 20);
        const Json& conversation = golden.at("conversations").at(row.at(1).get<std::string>());
        Json variables = golden.at("tokens");
        variables.update(row.at(2));
        const std::string said =
            difference(source, conversation.at("messages"), conversation.value("tools", Json()), variables, row.at(3));
        if (said.empty()) continue;
        ++wrong;
        qWarning("%s %s %s", row.at(0).dump().c_str(), row.at(1).dump().c_str(), said.c_str());
    }
    QCOMPARE(wrong, 0);
    QVERIFY(golden.at("renderings").size() > 100);
}

}  // namespace

class ChatTemplateTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void small_templates_equal_jinja2() {
        const Json golden = read_json(kFolder + "/golden.json");
        int wrong = 0;
        for (const Json& row : golden.at("cases")) {
            Json variables = golden.at("contexts").at(row.at(1).get<std::string>());
            const Json messages = variables.value("messages", Json());
            variables.erase("messages");
            const std::string said = difference(row.at(0).get<std::string>(), messages, Json(), variables, row.at(2));
            if (said.empty()) continue;
            ++wrong;
            qWarning("%s %s", row.at(0).dump().c_str(), said.c_str());
        }
        QCOMPARE(wrong, 0);
        QVERIFY(golden.at("cases").size() > 800);
    }

    void chat_templates_equal_transformers() { check_renderings(kFolder); }

    // Templates that may not stand in the repository: make_template_golden.py FOLDER, then this variable.
    void chat_templates_of_a_folder() {
        const char* folder = std::getenv("LATHE_CHAT_TEMPLATES");
        if (folder == nullptr) QSKIP("LATHE_CHAT_TEMPLATES names no folder");
        check_renderings(folder);
    }
};

QTEST_APPLESS_MAIN(ChatTemplateTest)
#include "chat_template_test.moc"

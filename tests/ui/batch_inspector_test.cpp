// The look at the data before a run, with an engine that a test plays: when it is asked for and given up, what holds a
// start back, and the way through examples and tokens.
#include <QLineEdit>
#include <QPushButton>
#include <QTranslator>

#include "tests/ui/page_fixture.h"
#include "ui/error_text.h"
#include "ui/train_page.h"

using namespace lathe;

namespace {

InspectedTokens example_tokens(int64_t index) {
    return {.index = index,
            .file = "/data/a.jsonl",
            .line = 2 * index + 1,
            .text = "<|im_start|>user\nTwo?<|im_end|>",
            .tokens = {{1, "<|im_start|>", false}, {7, "user\n", false}, {9, " Two", true}, {11, "?", true}},
            .document_begin = {0},
            .kept = 3,
            .padding = 0};
}

DataInspection good_data() {
    DataInspection seen;
    seen.files = {{.path = "/data/a.jsonl",
                   .format = "prompt_completion",
                   .columns = "prompt question, completion answer",
                   .bytes = 100,
                   .documents = 62,
                   .tokens = 2000,
                   .trained_tokens = 500}};
    seen.rows = 64;
    seen.bad_rows = 1;
    seen.empty_rows = 1;
    seen.duplicate_rows = 3;
    seen.documents = seen.examples = 62;
    seen.notes = {{"bad", "/data/a.jsonl", 63, "not an object"}, {"truncated", "/data/a.jsonl", 64, "3000 tokens"}};
    seen.tokenised = seen.chat_template = true;
    seen.tokens = 2000;
    seen.trained_tokens = 500;
    seen.truncated = 1;
    seen.training_documents = 60;
    seen.validation_documents = 2;
    seen.training_rows = 9;
    return seen;
}

struct Bench : PageFixture {
    TrainPage page{context};

    Bench() {
        page.resize(1200, 800);
        page.show();
        RunConfig config = page.setup()->config();
        config.model.reset();
        config.base_model = BaseModelConfig{.path = "/models/base"};
        config.data.files = {"/data/a.jsonl"};
        page.setup()->set_config(config, {});
    }
    // The plan answers, and so the data is looked at.
    bool plan() {
        const int before = engine.count<EstimateRun>(), looks = engine.count<InspectData>();
        if (!QTest::qWaitFor([&] { return engine.count<EstimateRun>() > asked_ || before > asked_; })) return false;
        asked_ = engine.count<EstimateRun>();
        engine.answer<EstimateRun>(EstimateDone{.parameters = 5, .bytes = {{"weights", 900}}, .memory_bytes = 1000});
        return engine.count<InspectData>() > looks;
    }
    void answer(const DataInspection& seen) { engine.answer<InspectData>(DataInspected{seen}); }
    void type(const char* key, const QString& text) {
        auto* edit = page.setup()->form()->field(key)->findChild<QLineEdit*>();
        edit->setText(text);
        Q_EMIT edit->textEdited(text);
    }
    template <class T>
    T* part(const char* name) const {
        return page.findChild<T*>(QLatin1String(name));
    }
    bool can_start() const { return start()->isEnabled(); }
    QPushButton* start() const {
        for (QPushButton* button : page.findChildren<QPushButton*>())
            if (button->text() == QStringLiteral("Start training")) return button;
        return nullptr;
    }
    bool says(const QString& words) const {
        for (const QLabel* label : page.findChildren<QLabel*>())
            if (label->isVisibleTo(&page) && label->text().contains(words)) return true;
        return false;
    }

private:
    int asked_ = 0;
};

}  // namespace

class BatchInspectorTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void what_is_known_of_other_data_goes() {
        Bench bench;
        QVERIFY(bench.plan());
        bench.answer(good_data());
        RunConfig config = bench.page.setup()->config();
        config.train.learning_rate = -1;
        bench.page.setup()->set_config(config, {});
        QVERIFY(bench.says(QStringLiteral("2,000")));  // its tokens: the data is the same
        config.data.files = {"/data/b.jsonl"};
        bench.page.setup()->set_config(config, {});
        QVERIFY(!bench.says(QStringLiteral("2,000")));
    }

    void data_is_looked_at_when_it_changes() {
        Bench bench;
        QVERIFY(bench.plan());
        QCOMPARE(bench.engine.last<InspectData>()->model, std::string("/models/base"));
        QVERIFY(bench.engine.last<InspectData>()->keep && !bench.engine.last<InspectData>()->example);
        bench.answer(good_data());
        QCOMPARE(bench.engine.count<InspectData>(), 2);  // now for tokens
        QCOMPARE(*bench.engine.last<InspectData>()->example, int64_t{0});
        QVERIFY(bench.can_start());
        QVERIFY(bench.says(QStringLiteral("prompt = question")) && bench.says(QStringLiteral("25.0")));
        QVERIFY(bench.says(QStringLiteral("! 3")));
        bench.type("train.learning_rate", QStringLiteral("0.002"));
        QVERIFY(!bench.plan());
        bench.type("data.max_length", QStringLiteral("64"));
        QVERIFY(bench.plan());
        QCOMPARE(bench.engine.last<InspectData>()->data.max_length, int64_t{64});
    }

    void an_older_answer_is_given_up() {
        Bench bench;
        QVERIFY(bench.plan());
        const RequestId first = bench.engine.last_request<InspectData>();
        bench.engine.say(first, Progress{"encode", "bytes", 1, 4});
        QVERIFY(bench.says(QStringLiteral("25 %")));
        bench.type("data.max_length", QStringLiteral("64"));
        QVERIFY(bench.plan());
        QVERIFY(std::find(bench.engine.cancelled.begin(), bench.engine.cancelled.end(), first) !=
                bench.engine.cancelled.end());
        bench.engine.say(first, Failed{{.kind = ErrorKind::cancelled}});
        QVERIFY(bench.page.setup()->inspector().state() == DataInspector::State::asking);
        bench.part<QPushButton>("inspection_act")->click();
        QVERIFY(bench.page.setup()->inspector().state() == DataInspector::State::cancelled);
        bench.part<QPushButton>("inspection_act")->click();
        bench.answer(good_data());
        QVERIFY(bench.page.setup()->inspector().is_current());
        // A start gives up what is asked for.
        const RequestId tokens = bench.engine.last_request<InspectData>();
        bench.start()->click();
        QCOMPARE(bench.engine.cancelled.back(), tokens);
    }

    void a_file_that_teaches_nothing_holds_a_start_back() {
        Bench bench;
        QVERIFY(bench.plan());
        DataInspection seen = good_data();
        seen.files.push_back({.path = "/data/questions.jsonl", .format = "messages", .documents = 4, .tokens = 90});
        bench.answer(seen);
        QVERIFY(!bench.can_start());
        QVERIFY(bench.start()->toolTip().contains(QStringLiteral("questions.jsonl")));
        auto* allow = bench.part<Switch>("start_all_the_same");
        QVERIFY(allow->isVisibleTo(&bench.page));
        allow->click();
        QVERIFY(bench.can_start());
        allow->click();
        QVERIFY(!bench.can_start());
        allow->click();
        bench.type("data.max_length", QStringLiteral("64"));
        QVERIFY(bench.plan());
        bench.answer(seen);
        QVERIFY(!bench.can_start());  // it was allowed for other data
    }

    void what_would_not_start_says_why() {
        Bench bench;
        QVERIFY(bench.plan());
        DataInspection seen = good_data();
        seen.obstacle = Error{.kind = ErrorKind::empty, .file = "/data/a.jsonl", .key = "data.max_length"};
        bench.answer(seen);
        QVERIFY(!bench.can_start());
        QVERIFY(!bench.part<Switch>("start_all_the_same")->isVisibleTo(&bench.page));
        bench.page.setup()->inspector().look_again();
        bench.engine.answer<InspectData>(Failed{{.kind = ErrorKind::unreadable, .file = "/models/base"}});
        QVERIFY(bench.says(QStringLiteral("cannot be read")));
        QVERIFY(bench.can_start());  // the run finds out for itself
    }

    void a_fresh_model_has_rows_alone() {
        Bench bench;
        RunConfig config = bench.page.setup()->config();
        config.base_model.reset();
        config.lora.reset();
        config.model.emplace();
        bench.page.setup()->set_config(config, {});
        QVERIFY(bench.plan());
        QVERIFY(bench.engine.last<InspectData>()->model.empty());
        DataInspection seen = good_data();
        seen.tokenised = false;
        const int looks = bench.engine.count<InspectData>();
        bench.answer(seen);
        QCOMPARE(bench.engine.count<InspectData>(), looks);
        QVERIFY(bench.can_start());
        bench.part<QPushButton>("look_into_batch")->click();
        QVERIFY(bench.page.setup()->shows_batch());
        QVERIFY(bench.says(QStringLiteral("trains its own")));
    }

    void the_batch_is_gone_through() {
        Bench bench;
        QVERIFY(bench.plan());
        DataInspection seen = good_data();
        bench.answer(seen);
        seen.example = example_tokens(0);
        bench.answer(seen);
        bench.part<QPushButton>("look_into_batch")->click();
        auto* panel = bench.page.findChild<InspectionPanel*>();
        QVERIFY(panel->isVisibleTo(&bench.page));
        SupervisionFlow* flow = panel->flow();
        QCOMPARE(flow->shown(), int64_t{4});
        QVERIFY(flow->kind_of(0) == ChipKind::masked && flow->kind_of(2) == ChipKind::trained);
        QVERIFY(flow->kind_of(3) == ChipKind::cut);
        QTest::keyClick(flow, Qt::Key_Home);
        QTest::keyClick(flow, Qt::Key_Right);
        QVERIFY(flow->current_text().contains(QStringLiteral("id 7")));
        QVERIFY(flow->current_text().contains(QStringLiteral("user⏎")));
        QVERIFY(!bench.part<QPushButton>("previous")->isEnabled());
        bench.part<QPushButton>("next")->click();
        QCOMPARE(*bench.engine.last<InspectData>()->example, int64_t{1});
        seen.example = example_tokens(1);
        bench.answer(seen);
        QVERIFY(bench.says(QStringLiteral("line 3")));
        auto* number = bench.part<QLineEdit>("number");
        number->setText(QStringLiteral("900"));
        Q_EMIT number->editingFinished();
        QCOMPARE(*bench.engine.last<InspectData>()->example, int64_t{61});
        QTest::keyClick(panel, Qt::Key_PageUp);
        QCOMPARE(*bench.engine.last<InspectData>()->example, int64_t{60});
        bench.page.setup()->inspector().show(DataInspector::Part::row, 0);
        QCOMPARE(*bench.engine.last<InspectData>()->row, int64_t{0});
        seen.example.reset();
        seen.row = example_tokens(0);
        seen.row->kept = 4;
        seen.row->document_begin = {0, 2};
        seen.row->padding = 60;
        bench.answer(seen);
        QCOMPARE(flow->document_bounds(), 2);
        QTest::keyClick(panel, Qt::Key_Escape);
        QVERIFY(!bench.page.setup()->shows_batch());
    }

    void reasons_and_examples_are_said_in_korean() {
        QTranslator korean;
        QVERIFY(korean.load(QStringLiteral(":/translations/lathe_ko.qm")));
        QCoreApplication::installTranslator(&korean);
        QCOMPARE(engine_words("no key \"answer 2\""), QStringLiteral("키 \"answer 2\"이(가) 없음"));
        QCOMPARE(engine_words("as line 3000"), QStringLiteral("3000번째 줄과 같음"));
        QCOMPARE(engine_words("something new 7"), QStringLiteral("something new 7"));
        QCOMPARE(notice_text("bad_rows", "2 rows left out, the first: /a: b.jsonl line 3: not an object", 0),
                 QStringLiteral("행 2개 제외, 첫 번째: /a: b.jsonl line 3: 객체가 아님"));
        const char* examples =
            "12 examples, 340 tokens to learn; 1 empty answers left out, 2 duplicates, 3 cut off, 4 with nothing to "
            "learn";
        QVERIFY(notice_text("examples", examples, 0).startsWith(QStringLiteral("예시 12개")));
    }

    void very_many_tokens_are_drawn_in_part() {
        InspectedTokens many = example_tokens(0);
        many.tokens.assign(20'000, InspectedToken{5, " x", true});
        many.kept = 20'000;
        SupervisionFlow flow;
        flow.set_tokens(&many);
        QCOMPARE(flow.shown() + flow.left_out(), int64_t{20'000});
        QVERIFY(flow.shown() < 5'000);
        flow.resize(600, flow.heightForWidth(600));
        QVERIFY(!flow.grab().isNull());
    }

    void controls_have_names() {
        Bench bench;
        QVERIFY(bench.plan());
        DataInspection seen = good_data();
        bench.answer(seen);
        seen.example = example_tokens(0);
        bench.answer(seen);
        bench.page.setup()->show_batch(true);
        QVERIFY2(nameless(bench.page).isEmpty(), qPrintable(nameless(bench.page).join(QStringLiteral("; "))));
        QEvent language(QEvent::LanguageChange);
        QApplication::sendEvent(&bench.page, &language);
        QCOMPARE(bench.page.findChild<InspectionPanel*>()->flow()->shown(), int64_t{4});
    }
};

LATHE_PAGE_TEST(BatchInspectorTest)
#include "batch_inspector_test.moc"

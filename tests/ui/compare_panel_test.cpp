// A tuned run beside its base, with an engine that a test plays: which runs it is offered for; busy, cancelled, failed;
// figures and answers; one prompt to both.
#include <QClipboard>
#include <QGuiApplication>
#include <QProgressBar>
#include <QPushButton>
#include <cmath>

#include "tests/ui/page_fixture.h"
#include "ui/train_page.h"

using namespace lathe;

namespace {

RunConfig tuning() {
    RunConfig config;
    config.base_model = BaseModelConfig{.path = "/models/base"};
    config.lora = LoraConfig{};
    config.data.files = {"/data/a.jsonl"};
    return config;
}

RunDetail ended(const RunConfig& config, int64_t step = 30) {
    RunDetail run{.summary = {.run = "r1", .name = "tune", .state = "finished", .step = step, .max_steps = step}};
    run.config_json = to_json(config);
    run.summary.checkpoints = {{.step = step, .path = "/w/runs/r1/checkpoint"}};
    return run;
}

TunedCompared answer() {
    TunedCompared seen{.run = "r1", .base = "/models/base", .step = 30, .tokens = 1234};
    seen.base_loss = std::log(20.0);
    seen.tuned_loss = std::log(5.0);
    seen.answers = {{"<user>What is feed?", "How far.", "Food for cats.", "How far it goes."}, {"Two?", "2", "", "2"}};
    return seen;
}

struct Bench : PageFixture {
    TrainPage page{context};

    Bench() {
        page.resize(1200, 800);
        page.show();
    }
    void look_at(const RunDetail& detail) {
        run.look_at(detail.summary.run);
        engine.answer<ShowRun>(detail);
    }
    QPushButton* button(const char* text) const { return button_of(page, text); }
    bool press(const char* text) { return lathe::press(page, text); }
    QStringList seen() const {
        QStringList texts;
        for (const QLabel* label : page.comparison()->findChildren<QLabel*>())
            if (label->isVisibleTo(&page)) texts << label->text();
        for (const auto* text : page.comparison()->findChildren<PassageText*>())
            if (text->isVisibleTo(&page)) texts << text->toPlainText();
        return texts;
    }
    QString tiles() const { return page.comparison()->findChild<TileStrip*>()->accessibleName(); }
};

}  // namespace

class ComparePanelTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void it_is_offered_where_there_is_a_base() {
        Bench bench;
        bench.look_at(ended(tuning()));
        QVERIFY(bench.button("Compare with the base") != nullptr);
        RunConfig fresh = tuning();
        fresh.base_model.reset();
        fresh.lora.reset();
        fresh.model.emplace();
        bench.look_at(ended(fresh));
        QVERIFY(bench.button("Compare with the base") == nullptr);
        RunConfig all = tuning();
        all.data.validation_fraction = 0;
        bench.look_at(ended(all));
        QVERIFY(bench.button("Compare with the base") == nullptr);
        RunDetail lost = ended(tuning());
        lost.summary.checkpoints.clear();
        bench.look_at(lost);
        QVERIFY(bench.button("Compare with the base") == nullptr);
    }

    void figures_and_answers_are_shown() {
        Bench bench;
        bench.look_at(ended(tuning()));
        QVERIFY(bench.press("Compare with the base"));
        QVERIFY(bench.page.shows_comparison());
        QCOMPARE(bench.engine.count<CompareWithBase>(), 1);
        QCOMPARE(bench.engine.last<CompareWithBase>()->run, std::string("r1"));
        QCOMPARE(bench.engine.last<CompareWithBase>()->checkpoint, std::string("30"));
        bench.engine.answer<CompareWithBase>(Progress{.what = "compare", .unit = "share", .done = 0.25, .total = 1});
        QCOMPARE(bench.page.comparison()->findChild<QProgressBar*>()->value(), 250);
        QVERIFY(bench.button("Cancel comparison") != nullptr);
        bench.engine.answer<CompareWithBase>(answer());
        QVERIFY(bench.button("Cancel comparison") == nullptr);
        QVERIFY(bench.tiles().contains(QLatin1String("20.00")) && bench.tiles().contains(QLatin1String("5.00")));
        QVERIFY2(bench.tiles().contains(QLatin1String("0.250")), qPrintable(bench.tiles()));
        const QStringList seen = bench.seen();
        for (const char* text : {"<user>What is feed?", "How far.", "Food for cats.", "How far it goes."})
            QVERIFY2(seen.contains(QLatin1String(text)), text);
        QVERIFY(seen.contains(QStringLiteral("–")));  // it answered nothing
        QVERIFY(bench.press("Copy all"));
        const QString copied = QGuiApplication::clipboard()->text();
        QVERIFY(copied.indexOf(QLatin1String("Food for cats.")) < copied.indexOf(QLatin1String("Two?")));
        QVERIFY2(nameless(bench.page).isEmpty(), qPrintable(nameless(bench.page).join(QLatin1Char('\n'))));

        // It is known: going back and forth asks nothing.
        QVERIFY(bench.press("Back to the run"));
        QVERIFY(!bench.page.shows_comparison());
        QVERIFY(bench.press("Compare with the base"));
        QCOMPARE(bench.engine.count<CompareWithBase>(), 1);
        // A run that went on has other weights.
        bench.look_at(ended(tuning(), 60));
        QVERIFY(!bench.page.shows_comparison());
        QVERIFY(bench.press("Compare with the base"));
        QCOMPARE(bench.engine.count<CompareWithBase>(), 2);
        QVERIFY(!bench.seen().contains(QStringLiteral("Food for cats.")));
    }

    void it_says_where_tuning_made_it_worse() {
        Bench bench;
        bench.look_at(ended(tuning()));
        QVERIFY(bench.press("Compare with the base"));
        TunedCompared worse = answer();
        std::swap(worse.base_loss, worse.tuned_loss);
        worse.answers.clear();
        bench.engine.answer<CompareWithBase>(worse);
        QVERIFY(bench.tiles().contains(QLatin1String("not better")));
        QVERIFY(bench.button("Copy all") == nullptr);
    }

    void it_can_be_cancelled_and_can_fail() {
        Bench bench;
        bench.look_at(ended(tuning()));
        QVERIFY(bench.press("Compare with the base"));
        const RequestId request = bench.engine.last_request<CompareWithBase>();
        QVERIFY(bench.press("Cancel comparison"));
        QCOMPARE(bench.engine.cancelled, std::vector<RequestId>{request});
        bench.engine.say(request, Failed{{.kind = ErrorKind::cancelled}});
        QVERIFY(bench.press("Compare again"));
        QCOMPARE(bench.engine.count<CompareWithBase>(), 2);
        bench.engine.answer<CompareWithBase>(Failed{{.kind = ErrorKind::not_found, .file = "/models/base"}});
        const auto* banner = bench.page.comparison()->findChild<Banner*>();
        QVERIFY(banner->isVisibleTo(&bench.page) && banner->text().contains(QLatin1String("/models/base")));
        QVERIFY(bench.button("Compare again") != nullptr);
        // Whoever goes away does not wait for it.
        QVERIFY(bench.press("Compare again"));
        QVERIFY(bench.press("Back to the run"));
        QCOMPARE(bench.engine.cancelled.size(), size_t{2});
    }

    void a_prompt_that_is_not_sent_outlives_the_window() {
        Bench bench;
        bench.look_at(ended(tuning()));
        QVERIFY(bench.press("Compare with the base"));
        QVERIFY(bench.press("Ask both"));
        TwinChat* twin = bench.page.comparison()->twin();
        QTest::keyClicks(twin->prompt()->edit(), QStringLiteral("What is fe"));
        const auto kept = [&] {
            bench.settings.sync();
            QSettings settings(bench.settings.fileName(), QSettings::IniFormat);
            return TwinChat(bench.engine, settings).prompt()->text();
        };
        QCOMPARE(kept(), QStringLiteral("What is fe"));
        twin->send();
        QCOMPARE(bench.engine.count<Chat>(), 2);
        QCOMPARE(kept(), QString());
    }

    void one_prompt_goes_to_both() {
        Bench bench;
        bench.look_at(ended(tuning()));
        QVERIFY(bench.press("Compare with the base"));
        QVERIFY(bench.press("Ask both"));
        TwinChat* twin = bench.page.comparison()->twin();
        twin->prompt()->set_text(QStringLiteral("What is feed?"));
        twin->send();
        QCOMPARE(bench.engine.count<Chat>(), 2);
        const size_t last = bench.engine.posted.size() - 1;
        const auto& base = std::get<Chat>(bench.engine.posted[last - 1].second);
        const auto& tuned = std::get<Chat>(bench.engine.posted[last].second);
        QCOMPARE(base.model.folder, std::string("/models/base"));
        QCOMPARE(tuned.model.run, std::string("r1"));
        QVERIFY(base.conversation.empty() && tuned.conversation.empty());
        QCOMPARE(base.sample.seed, tuned.sample.seed);
        QCOMPARE(base.turns.front().text, std::string("What is feed?"));
        const RequestId left = bench.engine.posted[last - 1].first, right = bench.engine.posted[last].first;
        bench.engine.say(right, TokenChunk{.text = "How far"});
        bench.engine.say(left, TokenChunk{.text = "Food"});
        QCOMPARE(twin->findChildren<PassageText*>()[0]->toPlainText(), QStringLiteral("What is feed?\nFood"));
        QCOMPARE(twin->findChildren<PassageText*>()[1]->toPlainText(), QStringLiteral("What is feed?\nHow far"));
        bench.engine.say(left, ChatDone{.turn = {.from_model = true, .text = "Food", .finish_reason = "stop"}});
        QVERIFY(twin->answering());
        QVERIFY(bench.press("Stop"));
        QCOMPARE(bench.engine.cancelled, std::vector<RequestId>{right});
        bench.engine.say(right,
                         ChatDone{.turn = {.from_model = true, .text = "How far", .finish_reason = "cancelled"}});
        QVERIFY(!twin->answering());
        const int64_t seed = base.sample.seed;
        QVERIFY(bench.press("Again, another seed"));
        QCOMPARE(bench.engine.count<Chat>(), 4);
        QCOMPARE(bench.engine.last<Chat>()->sample.seed, seed + 1);
        QCOMPARE(bench.engine.last<Chat>()->turns.front().text, std::string("What is feed?"));
        bench.engine.answer<Chat>(Failed{{.kind = ErrorKind::memory}});
        QVERIFY(twin->answering());  // the other one
        QVERIFY2(nameless(bench.page).isEmpty(), qPrintable(nameless(bench.page).join(QLatin1Char('\n'))));
    }
};

LATHE_PAGE_TEST(ComparePanelTest)
#include "compare_panel_test.moc"

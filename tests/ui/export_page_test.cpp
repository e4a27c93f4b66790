// The Export page over a fake engine: what will be written, why it may not be, progress, cancel, and the lines to
// paste.
#include <QAbstractItemView>
#include <QLineEdit>

#include "tests/ui/page_fixture.h"
#include "ui/code_box.h"
#include "ui/export_page.h"
#include "ui/model_picker.h"
#include "ui/style_sheet.h"

using namespace lathe;

class ExportPageTest : public QObject {
    Q_OBJECT

    struct Shown {
        Shown() {
            page.show();
            page.entered();
        }
        PageFixture f;
        ExportPage page{f.context};
    };
    static ExportPlanned plan(int64_t free, bool in_use) {
        return {.folder = "x",
                .files = {{"config.json", 800}, {"model.safetensors", 2'000'000}},
                .free_bytes = free,
                .folder_in_use = in_use};
    }
    static ExportReport report() {
        return {
            .folder = "/tmp/it's here",
            .format = "hf",
            .warnings = {{.kind = "no_chat_template", .detail = ""}},
            .commands = {{.tool = "transformers", .text = "import transformers"}, {.tool = "vllm", .text = "vllm"}}};
    }
    // All that the labels say.
    static QString texts(QWidget& page) {
        QCoreApplication::processEvents();  // a layout shows what is new
        QStringList all;
        for (const QLabel* label : page.findChildren<QLabel*>())
            if (label->isVisible()) all << label->text();
        return all.join(QLatin1Char('\n'));
    }
    static QPushButton* export_button(QWidget& page) { return page.findChild<QPushButton*>(QStringLiteral("export")); }

private Q_SLOTS:
    void a_plan_that_fits_can_be_written() {
        Shown shown;
        auto& [f, page] = shown;
        QVERIFY(!export_button(page)->isEnabled());
        const PlanExport asked = *f.engine.last<PlanExport>();
        QCOMPARE(asked.what.dtype, std::string("bfloat16"));
        QCOMPARE(QString::fromStdString(asked.what.model), f.paths.starter);
        QVERIFY(asked.what.out.starts_with(f.paths.workspace.toStdString()));
        ExportPlanned planned = plan(1'000'000'000, false);
        planned.warnings = {{.kind = "tokenizer_differs", .detail = "of another size"}};
        f.engine.answer<PlanExport>(planned);
        QVERIFY(texts(page).contains(QStringLiteral("Perhaps not the tokenizer of these weights: of another size")));
        QVERIFY(export_button(page)->isEnabled());
        export_button(page)->click();
        QCOMPARE(f.engine.last<ExportModel>()->out, asked.what.out);
        QVERIFY(!export_button(page)->isVisible());

        f.engine.answer<ExportModel>(Progress{.what = "write", .unit = "bytes", .done = 5, .total = 10});
        QCOMPARE(page.findChild<QProgressBar*>()->value(), 500);
        f.engine.answer<ExportModel>(ExportDone{report()});
        QCOMPARE(f.engine.last<ProveExport>()->report.folder, std::string("/tmp/it's here"));
        QVERIFY(texts(page).contains(QStringLiteral("compared with what it was made of…")));
        QVERIFY(page.findChild<QPushButton*>(QStringLiteral("cancel"))->isVisible());
        f.engine.answer<ProveExport>(Progress{.what = "prove", .unit = "share", .done = 0.25, .total = 1});
        QCOMPARE(page.findChild<QProgressBar*>()->value(), 250);
        ExportReport proven = report();
        proven.proof = ExportProof{.tokens = 256, .max_logit_difference = 0.25, .top1_agreement = 0.9375};
        proven.proof->prompt = "And";
        proven.proof->reference_sample = "as it was";
        proven.proof->sample = "otherwise";
        f.engine.answer<ProveExport>(ProofDone{proven});
        const QString words = texts(page);
        for (const char* part : {"93.75\u202f%", "0.25", "as it was", "otherwise",
                                 "rounding changes some of its choices", "answers completions, not chats"})
            QVERIFY2(words.contains(QString::fromUtf8(part)), part);
        QList<CodeBox*> boxes;
        for (CodeBox* box : page.findChildren<CodeBox*>())
            if (box->isVisible()) boxes.push_back(box);
        QCOMPARE(boxes.size(), 2);
        QCOMPARE(boxes[0]->code(), QStringLiteral("import transformers"));
        QVERIFY(!page.findChild<QPushButton*>(QStringLiteral("cancel"))->isVisible());
    }

    void a_proof_that_is_cancelled_leaves_the_export() {
        Shown shown;
        auto& [f, page] = shown;
        f.engine.answer<PlanExport>(plan(1'000'000'000, false));
        export_button(page)->click();
        f.engine.answer<ExportModel>(ExportDone{report()});
        page.findChild<QPushButton*>(QStringLiteral("cancel"))->click();
        QCOMPARE(f.engine.cancelled, std::vector<RequestId>{f.engine.last_request<ProveExport>()});
        f.engine.answer<ProveExport>(Failed{{.kind = ErrorKind::cancelled}});
        QVERIFY(texts(page).contains(QStringLiteral("It was not read back.")));
        QVERIFY(!page.findChild<Banner*>()->isVisible());
    }

    void each_format_asks_for_what_it_needs() {
        Shown shown;
        auto& [f, page] = shown;
        const auto choose = [&](const QString& format) {
            for (QPushButton* button : page.findChildren<QPushButton*>())
                if (button->text() == format) button->click();
            return f.engine.last<PlanExport>()->what;
        };
        QCOMPARE(choose(QStringLiteral("GGUF")).format, std::string("gguf"));
        QCOMPARE(f.engine.last<PlanExport>()->what.gguf_type, std::string("q4_k_m"));
        QCOMPARE(choose(QStringLiteral("NF4")).format, std::string("nf4"));
        QCOMPARE(f.engine.last<PlanExport>()->what.dtype, std::string("bfloat16"));
        page.findChild<QLineEdit*>(QStringLiteral("adapter"))->setText(QStringLiteral("/an/adapter"));
        QCOMPARE(choose(QStringLiteral("Adapter")).format, std::string("adapter"));
        QCOMPARE(f.engine.last<PlanExport>()->what.dtype, std::string("bfloat16"));
        QCOMPARE(choose(QStringLiteral("Hugging Face")).format, std::string("merged"));
        QCOMPARE(f.engine.last<PlanExport>()->what.adapter, std::string("/an/adapter"));
    }

    void a_choice_half_made_outlives_the_program() {
        Shown shown;
        auto& [f, page] = shown;
        page.take_model({.folder = "/models/base"});
        page.findChild<ExportForm*>()->choose_ollama();
        auto* adapter = page.findChild<QLineEdit*>(QStringLiteral("adapter"));
        QTest::keyClicks(adapter, QStringLiteral("/an/adap"));
        auto* folder = page.findChild<QLineEdit*>(QStringLiteral("folder"));
        folder->selectAll();
        QTest::keyClicks(folder, QStringLiteral("/out/half"));
        const ExportModel before = page.findChild<ExportForm*>()->choice();
        f.settings.sync();
        QSettings settings(f.settings.fileName(), QSettings::IniFormat);
        const ExportForm again(PageContext{f.engine, f.run, f.runs, f.paths, settings, f.queue, settings});
        const ExportModel after = again.choice();
        QCOMPARE(after.model, std::string("/models/base"));
        QCOMPARE(after.adapter, std::string("/an/adap"));
        QCOMPARE(after.out, std::string("/out/half"));
        QVERIFY(after.format == before.format && after.gguf_type == before.gguf_type && after.ollama);
        QVERIFY(again.touched());
    }

    void ollama_is_one_button() {
        Shown shown;
        auto& [f, page] = shown;
        f.engine.answer<PlanExport>(plan(1'000'000'000, false));
        page.findChild<QPushButton*>(QStringLiteral("ollama"))->click();
        QVERIFY(f.engine.last<ExportModel>() == nullptr);
        const ExportModel asked = f.engine.last<PlanExport>()->what;
        QVERIFY(asked.format == "gguf" && asked.gguf_type == "q4_k_m" && asked.ollama);
        f.engine.answer<PlanExport>(plan(1'000'000'000, false));
        QVERIFY(f.engine.last<ExportModel>() != nullptr && f.engine.last<ExportModel>()->ollama);
    }

    void too_little_space_and_a_used_folder_hold_it_back() {
        Shown shown;
        auto& [f, page] = shown;
        f.engine.answer<PlanExport>(plan(1000, false));
        QVERIFY(!export_button(page)->isEnabled());
        page.entered();
        f.engine.answer<PlanExport>(plan(1'000'000'000, true));
        QVERIFY(!export_button(page)->isEnabled());
    }

    void the_run_trained_last_is_offered_until_one_is_chosen() {
        Shown shown;
        auto& [f, page] = shown;
        const auto list = [&](const char* newest) {
            f.runs.refresh();
            QTRY_VERIFY(f.engine.last<ListRuns>() != nullptr);
            RunsListed listed;
            for (const char* run : {newest, "20260101-000000-first"})
                listed.runs.push_back({.run = run, .name = "nano", .state = "finished", .checkpoints = {{.step = 9}}});
            listed.runs.insert(listed.runs.begin(), {.run = "20260105-000000-none", .name = "nano", .state = "failed"});
            f.engine.answer<ListRuns>(listed);
        };
        list("20260102-000000-second");
        QCOMPARE(f.engine.last<PlanExport>()->what.run, std::string("20260102-000000-second"));
        QVERIFY(page.findChild<QLineEdit*>(QStringLiteral("folder"))
                    ->text()
                    .contains(QStringLiteral("20260102-000000-second-last")));
        page.take_model({.folder = {}, .run = "20260101-000000-first", .checkpoint = "last"});
        list("20260103-000000-third");
        QCOMPARE(f.engine.last<PlanExport>()->what.run, std::string("20260101-000000-first"));
        page.take_model({.folder = "/models/q8.GGUF"});
        QVERIFY(page.findChild<QLineEdit*>(QStringLiteral("folder"))->text().endsWith(QStringLiteral("/exports/q8")));
    }

    void cancel_leaves_the_choice_as_it_was() {
        Shown shown;
        auto& [f, page] = shown;
        const QString folder = page.findChild<QLineEdit*>(QStringLiteral("folder"))->text();
        f.engine.answer<PlanExport>(plan(1'000'000'000, false));
        export_button(page)->click();
        page.findChild<QPushButton*>(QStringLiteral("cancel"))->click();
        QCOMPARE(f.engine.cancelled, std::vector<RequestId>{f.engine.last_request<ExportModel>()});
        f.engine.answer<ExportModel>(Failed{{.kind = ErrorKind::cancelled}});
        QVERIFY(export_button(page)->isVisible());
        QVERIFY(export_button(page)->isEnabled());
        QVERIFY(!page.findChild<Banner*>()->isVisible());
        QCOMPARE(page.findChild<QLineEdit*>(QStringLiteral("folder"))->text(), folder);
    }

    void a_failure_says_where_and_what() {
        Shown shown;
        auto& [f, page] = shown;
        f.engine.answer<PlanExport>(Failed{
            {.kind = ErrorKind::not_found, .file = "/gone/config.json", .key = {}, .expected = {}, .found = {}}});
        QVERIFY(page.findChild<Banner*>()->isVisible());
        QVERIFY(page.findChild<Banner*>()->text().contains(QStringLiteral("/gone/config.json")));
        QVERIFY(!export_button(page)->isEnabled());
    }

    void every_line_of_the_picker_is_seen() {
        qApp->setStyleSheet(style_sheet(dark_theme()));
        Shown shown;
        auto* picker = shown.page.findChild<ModelPicker*>();
        picker->showPopup();
        QCoreApplication::processEvents();
        const QAbstractItemView* view = picker->view();
        QVERIFY(picker->count() > 3);
        for (int row = 0; row < picker->count(); ++row)
            QVERIFY(view->viewport()->rect().contains(view->visualRect(picker->model()->index(row, 0))));
        picker->hidePopup();
        qApp->setStyleSheet({});
    }

    void every_control_has_a_name() {
        PageFixture f;
        ExportPage page(f.context);
        QCOMPARE(nameless(page).join(QStringLiteral(", ")), QString());
    }
};

LATHE_PAGE_TEST(ExportPageTest)
#include "export_page_test.moc"

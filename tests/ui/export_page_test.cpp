// The Export page over a fake engine: what will be written, why it may not be, progress, cancel, and the lines to
// paste.
#include <QLineEdit>

#include "tests/ui/page_fixture.h"
#include "ui/code_box.h"
#include "ui/export_page.h"

using namespace lathe;

class ExportPageTest : public QObject {
    Q_OBJECT

    static ExportPlanned plan(int64_t free, bool in_use) {
        return {.folder = "x",
                .files = {{"config.json", 800}, {"model.safetensors", 2'000'000}},
                .free_bytes = free,
                .folder_in_use = in_use};
    }
    static QPushButton* export_button(QWidget& page) { return page.findChild<QPushButton*>(QStringLiteral("export")); }

private Q_SLOTS:
    void a_plan_that_fits_can_be_written() {
        PageFixture f;
        ExportPage page(f.context);
        page.show();
        page.entered();
        QVERIFY(!export_button(page)->isEnabled());
        const PlanExport asked = *f.engine.last<PlanExport>();
        QCOMPARE(asked.what.dtype, std::string("bfloat16"));
        QCOMPARE(QString::fromStdString(asked.what.model), f.paths.starter);
        QVERIFY(asked.what.out.starts_with(f.paths.workspace.toStdString()));
        f.engine.answer<PlanExport>(plan(1'000'000'000, false));
        QVERIFY(export_button(page)->isEnabled());
        export_button(page)->click();
        QCOMPARE(f.engine.last<ExportModel>()->out, asked.what.out);
        QVERIFY(!export_button(page)->isVisible());

        f.engine.answer<ExportModel>(Progress{.what = "write", .unit = "bytes", .done = 5, .total = 10});
        QCOMPARE(page.findChild<QProgressBar*>()->value(), 500);
        f.engine.answer<ExportModel>(ExportDone{.folder = "/tmp/it's here", .files = {}});
        const QList<CodeBox*> boxes = page.findChildren<CodeBox*>();
        QCOMPARE(boxes.size(), 3);
        QVERIFY(boxes[0]->code().contains(QStringLiteral("folder = \"/tmp/it's here\"")));
        QVERIFY(
            boxes[1]->code().startsWith(QStringLiteral("vllm serve '/tmp/it'\\''s here' --served-model-name default")));
    }

    void too_little_space_and_a_used_folder_hold_it_back() {
        PageFixture f;
        ExportPage page(f.context);
        page.show();
        page.entered();
        f.engine.answer<PlanExport>(plan(1000, false));
        QVERIFY(!export_button(page)->isEnabled());
        page.entered();
        f.engine.answer<PlanExport>(plan(1'000'000'000, true));
        QVERIFY(!export_button(page)->isEnabled());
    }

    void the_run_trained_last_is_offered_until_one_is_chosen() {
        PageFixture f;
        ExportPage page(f.context);
        page.show();
        page.entered();
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
        QVERIFY(page.findChild<QLineEdit*>()->text().contains(QStringLiteral("20260102-000000-second-last")));
        page.take_model({.folder = {}, .run = "20260101-000000-first", .checkpoint = "last"});
        list("20260103-000000-third");
        QCOMPARE(f.engine.last<PlanExport>()->what.run, std::string("20260101-000000-first"));
    }

    void cancel_leaves_the_choice_as_it_was() {
        PageFixture f;
        ExportPage page(f.context);
        page.show();
        page.entered();
        const QString folder = page.findChild<QLineEdit*>()->text();
        f.engine.answer<PlanExport>(plan(1'000'000'000, false));
        export_button(page)->click();
        page.findChild<QPushButton*>(QStringLiteral("cancel"))->click();
        QCOMPARE(f.engine.cancelled, std::vector<RequestId>{f.engine.last_request<ExportModel>()});
        f.engine.answer<ExportModel>(Failed{{.kind = ErrorKind::cancelled}});
        QVERIFY(export_button(page)->isVisible());
        QVERIFY(export_button(page)->isEnabled());
        QVERIFY(!page.findChild<Banner*>()->isVisible());
        QCOMPARE(page.findChild<QLineEdit*>()->text(), folder);
    }

    void a_failure_says_where_and_what() {
        PageFixture f;
        ExportPage page(f.context);
        page.show();
        page.entered();
        f.engine.answer<PlanExport>(Failed{
            {.kind = ErrorKind::not_found, .file = "/gone/config.json", .key = {}, .expected = {}, .found = {}}});
        QVERIFY(page.findChild<Banner*>()->isVisible());
        QVERIFY(page.findChild<Banner*>()->text().contains(QStringLiteral("/gone/config.json")));
        QVERIFY(!export_button(page)->isEnabled());
    }

    void every_control_has_a_name() {
        PageFixture f;
        ExportPage page(f.context);
        QCOMPARE(nameless(page).join(QStringLiteral(", ")), QString());
    }
};

LATHE_PAGE_TEST(ExportPageTest)
#include "export_page_test.moc"

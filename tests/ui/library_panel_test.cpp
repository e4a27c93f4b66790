// The Model page's Open door over a fake engine: the list and the model that is chosen in it, its tensors and how their
// values spread, what can be done with it, and fetching another.
#include <QListWidget>
#include <QPlainTextEdit>
#include <QSignalSpy>
#include <QTreeView>

#include "tests/ui/page_fixture.h"
#include "ui/model_page.h"
#include "ui/model_picker.h"

using namespace lathe;

class LibraryPanelTest : public QObject {
    Q_OBJECT

    static ModelEntry entry(const std::string& path, const std::string& source, const std::string& kind = "hf") {
        return {.path = path,
                .name = "name of " + path,
                .kind = kind,
                .source = source,
                .model_type = "qwen3",
                .shape = ModelConfig{},
                .parameters = 494'032'768,
                .bytes = 988'097'824,
                .dtypes = {"BF16", "F32"},
                .licence = "apache-2.0"};
    }
    static std::vector<ModelEntry> entries() {
        ModelEntry odd = entry("/hf/odd", "huggingface");
        odd.problem = Error{.kind = ErrorKind::unsupported,
                            .file = "/hf/odd/config.json",
                            .key = "model_type",
                            .expected = "qwen3, qwen2 or llama",
                            .found = "mamba"};
        ModelEntry adapter = entry("/w/adapter", "workspace", "adapter");
        adapter.base = "org/base";
        adapter.rank = 8;
        adapter.target_modules = {"q_proj", "v_proj"};
        return {entry("/o/a.gguf", "ollama", "gguf"), odd, entry("/w/mine", "workspace"), adapter};
    }
    static ModelDetail detail(const std::string& path) {
        ModelDetail detail{.entry = entry(path, "folder"),
                           .config = "{\"hidden_size\": 256}",
                           .chat_template = {},
                           .tensors = {{"model.layers.10.w", {4, 4}, "BF16", 32},
                                       {"model.layers.9.w", {1000, 4}, "BF16", 8000},
                                       {"lm_head", {2, 3}, "F32", 24}}};
        return detail;
    }
    static FetchPlan plan() {
        return {.repository = "org/name",
                .revision = "0123456789abcdef0123456789abcdef01234567",
                .licence = "apache-2.0",
                .files = {{"config.json", 1000, {}}, {"model.safetensors", 99'000, {}}},
                .total = 100'000,
                .folder = "/w/models/org/name",
                .already_there = 20'000};
    }

    struct Shown {
        PageFixture f;
        ModelPage page{f.context};
        Shown() {
            page.resize(1200, 800);
            page.show();
            page.entered();
        }
        void list(const std::vector<ModelEntry>& models) { f.engine.answer<ListModels>(ModelsListed{models}); }
        QListWidget* rows() const { return page.findChild<QListWidget*>(); }
        QTreeView* table() const { return page.findChild<QTreeView*>(); }
        QPushButton* button(const char* name) const { return page.findChild<QPushButton*>(QLatin1String(name)); }
        QLineEdit* what() const { return page.findChild<QLineEdit*>(QStringLiteral("what")); }
        QString words() const { return words_of(page); }
        // By the user, through the panel.
        void look_up(const QString& text) {
            button("fetch")->click();
            what()->clear();
            QTest::keyClicks(what(), text);
            button("look_up")->click();
        }
    };

private Q_SLOTS:
    void models_are_grouped_by_where_they_lie() {
        Shown s;
        QCOMPARE(s.f.engine.count<ListModels>(), 1);
        s.list(entries());
        QStringList texts;
        for (int i = 0; i < s.rows()->count(); ++i) texts << s.rows()->item(i)->text();
        QCOMPARE(texts, QStringList({QStringLiteral("Workspace"), QStringLiteral("name of /w/mine"),
                                     QStringLiteral("name of /w/adapter"), QStringLiteral("Hugging Face"),
                                     QStringLiteral("name of /hf/odd"), QStringLiteral("Ollama"),
                                     QStringLiteral("name of /o/a.gguf")}));
        QCOMPARE(s.f.engine.last<InspectModel>()->path, std::string("/w/mine"));  // the first is chosen
        QCOMPARE(s.rows()->currentRow(), 1);
        QTest::keyClick(s.rows(), Qt::Key_Down);
        QTest::keyClick(s.rows(), Qt::Key_Down);  // over the header
        QCOMPARE(s.f.engine.last<InspectModel>()->path, std::string("/hf/odd"));
        const QString said = s.rows()->item(4)->data(Qt::AccessibleTextRole).toString();
        QVERIFY2(said.contains(QStringLiteral("988")) && said.contains(QStringLiteral("mamba")), qPrintable(said));

        s.page.findChild<LibraryList*>()->findChild<QLineEdit*>()->setText(QStringLiteral("a.gguf"));
        QCOMPARE(s.rows()->count(), 2);
    }

    void the_list_stays_while_it_is_read_again() {
        Shown s;
        s.list(entries());
        QTest::keyClick(s.rows(), Qt::Key_Down);
        s.page.entered();
        QCOMPARE(s.rows()->currentRow(), 2);
        s.list(entries());
        QCOMPARE(s.rows()->currentRow(), 2);
        QCOMPARE(s.f.engine.count<InspectModel>(), 2);
    }

    void a_model_shows_what_is_inside() {
        Shown s;
        s.list({entry("/w/mine", "workspace")});
        QVERIFY(s.words().contains(QStringLiteral("name of /w/mine")));
        QVERIFY(!s.table()->isVisible());
        s.f.engine.answer<InspectModel>(ModelInspected{detail("/w/mine")});
        QVERIFY(s.table()->isVisible());
        QVERIFY(s.words().contains(QStringLiteral("6 layers of width 256 · 8 heads, 2 of key and value")));
        const QAbstractItemModel* model = s.table()->model();
        const auto name = [&](int row) { return model->index(row, 0).data().toString(); };
        QCOMPARE(name(1), QStringLiteral("model.layers.9.w"));  // by number, not by letter
        QCOMPARE(name(2), QStringLiteral("model.layers.10.w"));
        s.table()->sortByColumn(TensorModel::kSize, Qt::DescendingOrder);
        QCOMPARE(name(0), QStringLiteral("model.layers.9.w"));
        QCOMPARE(model->index(0, TensorModel::kShape).data().toString(), QStringLiteral("1,000 × 4"));

        const QList<QPushButton*> parts =
            s.page.findChild<ModelContents*>()->findChild<Segments*>()->findChildren<QPushButton*>();
        parts[1]->click();
        QCOMPARE(s.page.findChild<QPlainTextEdit*>()->toPlainText(), QStringLiteral("{\"hidden_size\": 256}"));
        QVERIFY(s.page.findChild<QPlainTextEdit*>()->isVisible());
        parts[2]->click();
        QVERIFY(s.words().contains(QStringLiteral("It has no chat template.")));
    }

    void the_values_of_a_tensor_are_read_when_it_is_chosen() {
        Shown s;
        s.list({entry("/w/mine", "workspace")});
        s.f.engine.answer<InspectModel>(ModelInspected{detail("/w/mine")});
        QCOMPARE(s.f.engine.count<DescribeTensor>(), 0);
        s.table()->setFocus();
        QTest::keyClick(s.table(), Qt::Key_Down);
        QTest::keyClick(s.table(), Qt::Key_Down);
        QTRY_COMPARE(s.f.engine.count<DescribeTensor>(), 1);  // only of the one stayed on
        const std::string first = s.f.engine.last<DescribeTensor>()->tensor;
        QCOMPARE(s.f.engine.last<DescribeTensor>()->path, std::string("/w/mine"));
        const auto* view = s.page.findChild<HistogramView*>();
        QVERIFY(view->accessibleName().contains(QStringLiteral("Reading")));
        s.f.engine.answer<DescribeTensor>(TensorDescribed{"/w/mine",
                                                          first,
                                                          {.min = -2,
                                                           .max = 3,
                                                           .mean = 0.125,
                                                           .std = 1,
                                                           .elements = 16,
                                                           .zeros = 4,
                                                           .non_finite = 7,
                                                           .bins = std::vector<int64_t>(kHistogramBins, 1)}});
        for (const char* words : {"from −2 to 3", "Mean 0.125", "Zeros 25.00", "Not finite 7"})
            QVERIFY2(view->accessibleName().contains(QString::fromUtf8(words)), qPrintable(view->accessibleName()));

        s.table()->sortByColumn(TensorModel::kName, Qt::DescendingOrder);  // it stays chosen
        QCOMPARE(s.table()->currentIndex().data().toString().toStdString(), first);
        QTest::qWait(200);
        QCOMPARE(s.f.engine.count<DescribeTensor>(), 1);
        QTest::keyClick(s.table(), Qt::Key_Up);
        QTRY_COMPARE(s.f.engine.count<DescribeTensor>(), 2);
        QTest::keyClick(s.table(), Qt::Key_Down);
        QTRY_COMPARE(s.f.engine.count<DescribeTensor>(), 3);
        QCOMPARE(s.f.engine.cancelled.size(), 1);  // nobody waits for it any more
    }

    void enter_chats_and_the_buttons_lead_on() {
        Shown s;
        s.list(entries());
        const QSignalSpy wanted(&s.page, &Page::model_wanted);
        QTest::keyClick(s.rows(), Qt::Key_Return);
        s.button("train")->click();
        s.button("export")->click();
        QCOMPARE(wanted.size(), 3);
        for (const auto& [index, page] : {std::pair(0, "chat"), std::pair(1, "train"), std::pair(2, "export")}) {
            QCOMPARE(wanted[index][0].toString(), QLatin1String(page));
            QCOMPARE(wanted[index][1].value<ModelSource>().folder, std::string("/w/mine"));
        }
    }

    void what_cannot_work_is_not_offered() {
        Shown s;
        s.list(entries());
        const QSignalSpy wanted(&s.page, &Page::model_wanted);
        s.rows()->setCurrentRow(2);
        QVERIFY(!s.button("train")->isVisible());  // an adapter
        QVERIFY(!s.button("chat")->isEnabled());
        QVERIFY(s.button("chat")->toolTip().contains(QStringLiteral("org/base")));
        QVERIFY(s.words().contains(QStringLiteral("8, on q_proj, v_proj")));
        QVERIFY(s.words().contains(QStringLiteral("org/base")));
        s.rows()->setCurrentRow(4);
        for (const char* name : {"chat", "train", "export"}) {
            QVERIFY(s.button(name)->isVisible() && !s.button(name)->isEnabled());
            QVERIFY(s.button(name)->toolTip().contains(QStringLiteral("mamba")));
        }
        QTest::keyClick(s.rows(), Qt::Key_Return);
        QCOMPARE(wanted.size(), 0);
    }

    void the_base_that_is_missing_can_be_fetched() {
        Shown s;
        ModelEntry adapter = entry("/w/adapter", "workspace", "adapter");
        adapter.base = "Qwen/Qwen2.5-0.5B";
        s.list({adapter});
        QVERIFY(s.words().contains(QStringLiteral("Its base is not on this disk: Qwen/Qwen2.5-0.5B")));
        QVERIFY(!s.button("chat")->isEnabled() && s.button("fetch_base")->isVisible());
        s.button("fetch_base")->click();
        QCOMPARE(s.what()->text(), QStringLiteral("Qwen/Qwen2.5-0.5B"));
        QVERIFY(s.what()->isVisible());
        QCOMPARE(s.f.engine.count<PlanFetch>(), 0);  // on the user's word alone
        s.button("look_up")->click();
        QCOMPARE(s.f.engine.last<PlanFetch>()->wish.what, adapter.base);
    }

    void an_adapter_beside_its_base_can_be_talked_to() {
        Shown s;
        ModelEntry adapter = entry("/w/adapter", "folder", "adapter");
        adapter.base = "base";
        adapter.base_is_there = true;
        s.list({adapter});
        QVERIFY(s.button("chat")->isEnabled() && s.button("export")->isEnabled());
        QVERIFY(!s.button("train")->isVisible() && !s.button("fetch_base")->isVisible());
        const QSignalSpy wanted(&s.page, &Page::model_wanted);
        s.button("chat")->click();
        s.button("export")->click();
        for (const auto& sent : wanted)
            QCOMPARE(sent[1].value<ModelSource>().folder, adapter.path);  // the engine finds its base
    }

    void what_was_opened_is_listed_from_then_on() {
        Shown s;
        remember_model({.folder = "/elsewhere/opened"}, s.f.settings);
        remember_model({.folder = "/w/mine"}, s.f.settings);
        s.list({entry("/w/mine", "workspace")});
        QCOMPARE(s.f.engine.count<InspectModel>(), 2);  // the chosen one, and the one that was not listed
        RequestId other = 0;
        for (const auto& [id, command] : s.f.engine.posted)
            if (const auto* inspect = std::get_if<InspectModel>(&command); inspect && inspect->path != "/w/mine")
                other = id;
        s.f.engine.say(other, ModelInspected{detail("/elsewhere/opened")});
        QCOMPARE(s.rows()->item(2)->text(), QStringLiteral("Other folders"));
        QCOMPARE(s.rows()->currentRow(), 1);
        s.page.entered();
        s.list({entry("/w/mine", "workspace")});
        QCOMPARE(s.rows()->count(), 4);  // without waiting
        s.f.engine.answer<InspectModel>(Failed{{.kind = ErrorKind::not_found, .file = "/elsewhere/opened"}});
        QVERIFY(!s.page.findChild<Banner*>()->isVisible());  // nobody asked for it now
    }

    void an_empty_disk_says_what_to_do() {
        Shown s;
        s.list({});
        QVERIFY(s.words().contains(QStringLiteral("LM Studio and Ollama")));
        QCOMPARE(s.f.engine.count<InspectModel>(), 0);
        s.page.entered();
        s.f.engine.answer<ListModels>(Failed{{.kind = ErrorKind::unreadable, .file = "/w"}});
        QVERIFY(s.page.findChild<Banner*>()->isVisible());
    }

    void what_is_to_be_fetched_outlives_the_program() {
        Shown s;
        s.list({});
        s.button("fetch")->click();
        QTest::keyClicks(s.what(), QStringLiteral("Qwen/Qw"));
        s.f.settings.sync();
        QSettings settings(s.f.settings.fileName(), QSettings::IniFormat);
        FetchJob job(s.f.engine);
        const FetchCard again(job, settings);
        QCOMPARE(again.field()->text(), QStringLiteral("Qwen/Qw"));
        QCOMPARE(s.f.engine.count<PlanFetch>(), 0);  // and nothing is asked by itself
    }

    void a_fetch_asks_first_and_goes_on_where_it_was_cut_off() {
        Shown s;
        s.list({});
        s.button("fetch")->click();
        QVERIFY(!s.button("look_up")->isEnabled());
        const size_t before = s.f.engine.posted.size();
        QTest::keyClicks(s.what(), QStringLiteral("org/name"));
        QCOMPARE(s.f.engine.posted.size(), before);  // typing asks nothing
        s.button("look_up")->click();
        QCOMPARE(s.f.engine.last<PlanFetch>()->wish.what, std::string("org/name"));
        QVERIFY(s.f.engine.last<PlanFetch>()->wish.allowed);
        QCOMPARE(s.f.engine.count<FetchModel>(), 0);
        s.f.engine.answer<PlanFetch>(FetchPlanned{plan()});
        for (const char* words : {"apache-2.0", "/w/models/org/name", "model.safetensors", "20"})
            QVERIFY2(s.words().contains(QLatin1String(words)), words);
        s.button("download")->click();
        QCOMPARE(s.f.engine.last<FetchModel>()->wish.what, std::string("org/name"));
        QTest::qWait(20);
        s.f.engine.answer<FetchModel>(Progress{.what = "fetch", .unit = "bytes", .done = 30'000, .total = 100'000});
        QTest::qWait(20);
        s.f.engine.answer<FetchModel>(Progress{.what = "fetch", .unit = "bytes", .done = 50'000, .total = 100'000});
        QCOMPARE(s.page.findChild<QProgressBar*>()->value(), 500);
        QVERIFY(s.words().contains(QStringLiteral("a second")));
        QVERIFY(s.button("fetch")->text().contains(QStringLiteral("50")));
        s.button("cancel")->click();
        QCOMPARE(s.f.engine.cancelled, std::vector<RequestId>{s.f.engine.last_request<FetchModel>()});
        s.f.engine.answer<FetchModel>(Failed{{.kind = ErrorKind::cancelled}});
        QVERIFY(!s.page.findChild<Banner*>()->isVisible());
        QVERIFY(s.words().contains(QStringLiteral("50\u202fkB are already there")));

        s.button("download")->click();
        QCOMPARE(s.f.engine.count<FetchModel>(), 2);
        const int listed = s.f.engine.count<ListModels>();
        s.f.engine.answer<FetchModel>(FetchDone{"/w/models/org/name"});
        QCOMPARE(s.f.engine.count<ListModels>(), listed + 1);
        QCOMPARE(s.f.engine.last<InspectModel>()->path, std::string("/w/models/org/name"));
        QVERIFY(!s.what()->isVisible());  // the model is shown
    }

    void mirror_and_proxy_are_kept() {
        Shown s;
        s.button("fetch")->click();
        s.button("fold")->click();
        const QList<QLineEdit*> lines = s.page.findChild<DownloadSettings*>()->findChildren<QLineEdit*>();
        QVERIFY(lines[0]->isVisible());
        QTest::keyClicks(lines[0], QStringLiteral("https://mirror.example"));
        QTest::keyClicks(lines[1], QStringLiteral("http://proxy.example:3128"));
        s.look_up(QStringLiteral("org/name"));
        QCOMPARE(s.f.engine.last<PlanFetch>()->wish.mirror, std::string("https://mirror.example"));
        QCOMPARE(s.f.engine.last<PlanFetch>()->wish.proxy, std::string("http://proxy.example:3128"));
        QCOMPARE(s.f.settings.value(QStringLiteral("library/mirror")).toString(),
                 QStringLiteral("https://mirror.example"));
        ModelPage again(s.f.context);
        QCOMPARE(again.findChild<DownloadSettings*>()->findChild<QLineEdit*>()->text(),
                 QStringLiteral("https://mirror.example"));
    }

    void one_switch_keeps_it_off_the_network() {
        Shown s;
        s.f.engine.posted.clear();
        s.button("fetch")->click();
        s.button("fold")->click();
        s.page.findChild<Switch*>(QStringLiteral("downloads"))->click();
        QCOMPARE(s.f.settings.value(QStringLiteral("library/downloads")).toBool(), false);
        QTest::keyClicks(s.what(), QStringLiteral("org/name"));
        QTest::keyClick(s.what(), Qt::Key_Return);
        QVERIFY(!s.button("look_up")->isEnabled());
        QVERIFY(s.words().contains(QStringLiteral("Downloads are switched off.")));
        QCOMPARE(s.f.engine.posted.size(), size_t{0});
        s.page.findChild<Switch*>(QStringLiteral("downloads"))->click();
        QTest::keyClick(s.what(), Qt::Key_Return);
        QCOMPARE(s.f.engine.count<PlanFetch>(), 1);
    }

    void a_look_up_that_fails_says_why() {
        Shown s;
        s.look_up(QStringLiteral("org/none"));
        s.f.engine.answer<PlanFetch>(Failed{{.kind = ErrorKind::not_found, .file = "https://huggingface.co/org/none"}});
        QVERIFY(s.page.findChild<Banner*>()->text().contains(QStringLiteral("org/none")));
        QVERIFY(s.button("look_up")->isEnabled());
        QTest::keyClicks(s.what(), QStringLiteral("x"));
        QVERIFY(!s.page.findChild<Banner*>()->isVisible());
    }

    void every_control_has_a_name() {
        Shown s;
        QCOMPARE(nameless(s.page).join(QStringLiteral(", ")), QString());
        s.list(entries());
        s.f.engine.answer<InspectModel>(ModelInspected{detail("/w/mine")});
        QCOMPARE(nameless(s.page).join(QStringLiteral(", ")), QString());
        s.page.findChild<ModelContents*>()->findChild<Segments*>()->findChildren<QPushButton*>()[1]->click();
        QCOMPARE(nameless(s.page).join(QStringLiteral(", ")), QString());
        s.look_up(QStringLiteral("org/name"));
        s.f.engine.answer<PlanFetch>(FetchPlanned{plan()});
        s.button("fold")->click();
        QCOMPARE(nameless(s.page).join(QStringLiteral(", ")), QString());
    }
};

LATHE_PAGE_TEST(LibraryPanelTest)
#include "library_panel_test.moc"

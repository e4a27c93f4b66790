// The Model page's Build door over a fake engine: switches, the dial, presets, what is imported, what is handed on, and
// that nothing half-built is lost. Figures are the engine's: what it says is what is shown.
#include <QLineEdit>
#include <QMimeData>
#include <QSignalSpy>

#include "engine/base/files.h"
#include "engine/base/switches.h"
#include "tests/ui/file_dialog.h"
#include "tests/ui/page_fixture.h"
#include "ui/model_page.h"
#include "ui/number_text.h"

using namespace lathe;

class ModelPageTest : public QObject {
    Q_OBJECT

    struct Shown {
        PageFixture f;
        ModelPage page{f.context};
        Shown() {
            page.resize(1200, 800);
            page.show();
            page.show_door(ModelPage::Door::build);
        }
        ModelBuilder& builder() { return *page.builder(); }
        const RunConfig& config() { return builder().config(); }
        void type(const char* key, const QString& text) {
            auto* edit = builder().form()->field(key)->findChild<QLineEdit*>();
            edit->setText(text);
            Q_EMIT edit->textEdited(text);
        }
        // The plan's answer, after its pause.
        void say(const EstimateDone& done) {
            const int before = f.engine.count<EstimateRun>();
            builder().entered();
            QTRY_VERIFY(f.engine.count<EstimateRun>() > before);
            f.engine.answer<EstimateRun>(done);
        }
        QString words() const { return words_of(page); }
        QLineEdit* name() const { return page.findChild<QLineEdit*>(QStringLiteral("preset_name")); }
        void drop(const QString& path) {
            QMimeData data;
            data.setUrls({QUrl::fromLocalFile(path)});
            QDragEnterEvent enter({600, 400}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
            QCoreApplication::sendEvent(&page, &enter);
            if (!enter.isAccepted()) return;
            QDropEvent event({600, 400}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
            QCoreApplication::sendEvent(&page, &event);
        }
    };

    static EstimateDone estimate() {
        return {
            .parameters = 93'606'144,
            .trainable = 93'606'144,
            .bytes = {{"weights", 400'000'000}, {"activations", 600'000'000}},
            .flops_per_token = 6e8,
            .tokens_per_step = 4096,
            .tokens_per_s = 640,
            .memory_bytes = 4'000'000'000,
            .costs = {{.key = "model.hidden_size", .bytes = 777'000'000, .time_ratio = 3.5}},
            .switches =
                {{.name = "use_flash_attention", .on = true, .bytes = 321'000'000, .time_ratio = 1.25},
                 {.name = "use_gqa", .on = true, .bytes = 96'000'000, .time_ratio = 1.1, .kv_bytes_per_token = 73'728},
                 {.name = "use_lora", .refused = "fresh_model"},
                 {.name = "use_qlora", .refused = "fresh_model"},
                 {.name = "rope_scaling", .on = false, .chat_bytes = 301'989'888}},
            .parts = {{"embedding", 6'291'456}, {"attention", 37'748'736}},
            .kv_bytes_per_token = 24'576,
            .kv_bytes_per_token_without_gqa = 98'304,
            .chat_bytes = {{"weights", 374'000'000}, {"kv_cache", 100'663'296}}};
    }

private Q_SLOTS:
    void begins_with_the_guides_model() {
        Shown s;
        QCOMPARE(s.builder().preset(), QStringLiteral("guide"));
        const ModelConfig& model = *s.config().model;
        QCOMPARE(model.hidden_size, int64_t{768});
        QCOMPARE(model.num_hidden_layers, int64_t{12});
        QCOMPARE(model.num_attention_heads, int64_t{16});
        QCOMPARE(model.num_key_value_heads, int64_t{4});
        QCOMPARE(model.head_size(), int64_t{64});
        QCOMPARE(model.max_position_embeddings, int64_t{4096});
        QCOMPARE(s.builder().obstacle(), QString());
    }

    void what_the_engine_says_is_shown() {
        Shown s;
        s.say(estimate());
        const QString words = s.words();
        for (const char* figure : {"93,606,144", "321", "×1.25", "98", "25", "75", "640", "6,291,456", "777"})
            QVERIFY2(words.contains(QString::fromUtf8(figure)), figure);
        QVERIFY(words.contains(QStringLiteral("needs a base model")));
        // Work a token, a chat as a whole, and what four times the context would add to it.
        for (const QString& figure : {rate_text(6e8) + QStringLiteral(" FLOP"), bytes_text(374'000'000 + 100'663'296)})
            QVERIFY2(words.contains(figure), qPrintable(figure));
        QVERIFY(words.contains(QStringLiteral("on: +%1 in a chat with a full context").arg(bytes_text(301'989'888))));
        QVERIFY(!s.builder().switches()->control("use_lora")->isEnabled());
        QVERIFY(s.builder().switches()->control("use_gqa")->isEnabled());
    }

    void what_is_half_typed_outlives_the_window() {
        Shown s;
        s.type("model.hidden_size", QStringLiteral("51z"));
        s.f.settings.sync();
        QSettings settings(s.f.settings.fileName(), QSettings::IniFormat);
        const ModelBuilder again(PageContext{s.f.engine, s.f.run, s.f.runs, s.f.paths, settings, s.f.queue, settings});
        QCOMPARE(again.form()->field("model.hidden_size")->text(), QStringLiteral("51z"));
        QVERIFY(!again.form()->field("model.hidden_size")->problem().isEmpty());
        QVERIFY(!again.obstacle().isEmpty());
        QCOMPARE(again.config().model->hidden_size, int64_t{768});
    }

    void a_shape_is_chosen_in_a_dialog() {
        Shown s;
        const QString file = s.f.paths.starter + QStringLiteral("/config.json");
        const DialogAnswer answer(file);
        QVERIFY(press(s.page, "Import a shape…"));
        QVERIFY(answer.answered());
        QCOMPARE(s.f.engine.last<ReadModelConfig>()->path, file.toStdString());
    }

    void a_switch_changes_the_setting_and_undo_takes_it_back() {
        Shown s;
        s.builder().switches()->control("use_gqa")->click();
        QCOMPARE(s.config().model->num_key_value_heads, int64_t{16});
        s.builder().switches()->control("use_flash_attention")->click();
        QVERIFY(!s.config().train.use_flash_attention);
        s.builder().switches()->control("rope_scaling")->click();
        QCOMPARE(s.config().model->rope_parameters.rope_type, std::string("yarn"));
        QVERIFY(s.builder().can_undo());
        for (int i = 0; i < 3; ++i) s.builder().undo();
        QCOMPARE(s.config().model->num_key_value_heads, int64_t{4});
        QVERIFY(s.config().train.use_flash_attention);
        QVERIFY(!s.builder().can_undo());
        s.builder().redo();
        QCOMPARE(s.config().model->num_key_value_heads, int64_t{16});
    }

    void adapters_have_a_rank_to_choose() {
        Shown s;
        RunConfig tuned = s.config();
        tuned.model.reset();
        tuned.base_model = BaseModelConfig{.path = "/models/base"};
        s.builder().set_config(tuned, {});
        s.f.engine.answer<ReadModelConfig>(ModelConfigRead{ModelConfig{.hidden_size = 640}});
        QVERIFY(s.builder().diagram()->accessibleDescription().contains(QStringLiteral("640")));
        s.builder().switches()->control("use_qlora")->click();
        QVERIFY(s.config().lora && s.config().base_model->load_in_4bit);
        DropDown* rank = s.builder().switches()->rank();
        QVERIFY(rank->isEnabled());
        const int index = rank->findData(64);
        rank->setCurrentIndex(index);
        Q_EMIT rank->activated(index);
        QCOMPARE(s.config().lora->r, int64_t{64});
        QVERIFY(s.builder().diagram()->accessibleDescription().contains(QStringLiteral("64")));
        s.builder().switches()->control("use_lora")->click();
        QVERIFY(!s.config().lora && !s.config().base_model->load_in_4bit);
    }

    void every_position_of_the_dial_is_legal() {
        Shown s;
        int64_t before = 0;
        for (int position = 0; position < kDialPositions; ++position) {
            s.builder().dial()->slider()->setValue(position);
            QCOMPARE(s.builder().obstacle(), QString());
            const ModelConfig& model = *s.config().model;
            QCOMPARE(dial_position(model), position);
            QVERIFY(model.hidden_size > before);
            before = model.hidden_size;
        }
        s.type("model.hidden_size", QStringLiteral("1000"));
        QCOMPARE(dial_position(*s.config().model), -1);
    }

    // Its handle rests in the middle already.
    void a_model_off_the_dial_can_take_the_middle() {
        Shown s;
        s.type("model.hidden_size", QStringLiteral("1000"));
        QCOMPARE(dial_position(*s.config().model), -1);
        QSlider* slider = s.builder().dial()->slider();
        const int middle = slider->value();
        slider->setSliderDown(true);
        slider->setSliderDown(false);
        QCOMPARE(dial_position(*s.config().model), middle);
        const std::string before = to_json(s.config());
        slider->setSliderDown(true);  // on the dial it is where it is
        slider->setSliderDown(false);
        QCOMPARE(to_json(s.config()), before);
        s.builder().undo();
        QCOMPARE(s.config().model->hidden_size, int64_t{1000});
    }

    // Whoever scrolls past the dial does not turn it.
    void the_wheel_leaves_the_dial() {
        Shown s;
        const std::string before = to_json(s.config());
        QWheelEvent wheel({8, 8}, s.builder().dial()->slider()->mapToGlobal(QPointF(8, 8)), {}, {0, 120}, Qt::NoButton,
                          Qt::NoModifier, Qt::NoScrollPhase, false);
        QCoreApplication::sendEvent(s.builder().dial()->slider(), &wheel);
        QCOMPARE(to_json(s.config()), before);
    }

    void an_illegal_value_is_explained_and_a_legal_one_offered() {
        Shown s;
        s.type("model.num_key_value_heads", QStringLiteral("5"));
        QVERIFY(!s.builder().obstacle().isEmpty());
        auto* train = s.page.findChild<QPushButton*>(QStringLiteral("train_it"));
        QVERIFY(!train->isEnabled());
        QVERIFY(train->toolTip().contains(QStringLiteral("num_key_value_heads")));
        QVERIFY(press(*s.builder().form()->field("model.num_key_value_heads"), "use 4"));
        QCOMPARE(s.config().model->num_key_value_heads, int64_t{4});
        QVERIFY(train->isEnabled());
    }

    void trains_what_was_built() {
        Shown s;
        s.type("model.num_hidden_layers", QStringLiteral("6"));
        const QSignalSpy wanted(&s.page, &Page::config_wanted);
        s.page.findChild<QPushButton*>(QStringLiteral("train_it"))->click();
        QCOMPARE(wanted.count(), 1);
        QCOMPARE(wanted[0][0].toString(), QStringLiteral("train"));
        QCOMPARE(wanted[0][1].value<RunConfig>().model->num_hidden_layers, int64_t{6});
        QCOMPARE(wanted[0][2].toString(), QStringLiteral("guide"));
    }

    void what_is_half_built_outlives_the_window() {
        Shown s;
        s.type("model.intermediate_size", QStringLiteral("2048"));
        const ModelPage again(s.f.context);
        QCOMPARE(again.builder()->config().model->intermediate_size, int64_t{2048});
        QCOMPARE(again.door(), ModelPage::Door::build);
        s.f.settings.setValue(QStringLiteral("model/config"), QStringLiteral("{\"version\": 9}"));
        const ModelPage other(s.f.context);  // of another version
        QVERIFY(other.builder()->config().model);
    }

    void a_preset_is_saved_in_place_and_the_old_one_put_back() {
        Shown s;
        s.builder().ask_preset_name();
        QVERIFY(s.name()->isVisible());
        s.name()->setText(QStringLiteral("a/b"));
        QVERIFY(!button_of(s.page, "Save")->isEnabled());
        s.name()->setText(QStringLiteral("mine"));
        QVERIFY(press(s.page, "Save"));
        QVERIFY(!s.name()->isVisible());
        const std::string file = own_preset_file(s.f.paths, QStringLiteral("mine")).toStdString();
        QCOMPARE(read_run_config(file).model->num_hidden_layers, int64_t{12});
        s.type("model.num_hidden_layers", QStringLiteral("7"));
        s.builder().ask_preset_name();
        QCOMPARE(s.name()->text(), QStringLiteral("mine"));
        QVERIFY(s.words().contains(QStringLiteral("Takes the place")));
        QTest::keyClick(s.name(), Qt::Key_Return);
        QCOMPARE(read_run_config(file).model->num_hidden_layers, int64_t{7});
        QCoreApplication::processEvents();  // the banner's button comes into view
        QVERIFY(press(s.page, "Put the old one back"));
        QCOMPARE(read_run_config(file).model->num_hidden_layers, int64_t{12});
        QCOMPARE(s.config().model->num_hidden_layers, int64_t{7});  // what is built stays
    }

    void a_shape_that_is_dropped_is_built_on() {
        Shown s;
        const QString folder = s.f.folder.filePath(QStringLiteral("other"));
        QVERIFY(QDir().mkpath(folder));
        write_file_durably((folder + QStringLiteral("/config.json")).toStdString(), "{}");
        s.drop(folder + QStringLiteral("/config.json"));
        QCOMPARE(s.f.engine.last<ReadModelConfig>()->path, (folder + QStringLiteral("/config.json")).toStdString());
        s.f.engine.answer<ReadModelConfig>(
            ModelConfigRead{ModelConfig{.vocab_size = 500, .hidden_size = 96, .max_position_embeddings = 128}});
        QCOMPARE(s.config().model->hidden_size, int64_t{96});
        QCOMPARE(s.config().data.max_length, int64_t{128});  // no longer than its context
        QCOMPARE(s.builder().obstacle(), QString());
        QCOMPARE(s.builder().preset(), QStringLiteral("other"));
        s.builder().undo();
        QCOMPARE(s.config().model->hidden_size, int64_t{768});

        s.drop(folder);
        s.f.engine.answer<ReadModelConfig>(
            Failed{{.kind = ErrorKind::unsupported, .file = "config.json", .key = "hidden_act", .found = "gelu"}});
        QVERIFY(s.page.findChild<Banner*>()->isVisible());
        QVERIFY(s.page.findChild<Banner*>()->text().contains(QStringLiteral("hidden_act")));
        QCOMPARE(s.config().model->hidden_size, int64_t{768});
        const int asked = s.f.engine.count<ReadModelConfig>();
        s.drop(s.f.folder.filePath(QStringLiteral("notes.txt")));
        QCOMPARE(s.f.engine.count<ReadModelConfig>(), asked);
    }

    void a_base_model_that_is_not_there_is_told_at_its_setting() {
        Shown s;
        RunConfig tuned = s.config();
        tuned.model.reset();
        tuned.base_model = BaseModelConfig{.path = "/gone"};
        s.builder().set_config(tuned, {});
        QTRY_VERIFY(s.f.engine.last<EstimateRun>() != nullptr && s.f.engine.last<EstimateRun>()->config.base_model);
        s.f.engine.answer<EstimateRun>(Failed{{.kind = ErrorKind::not_found, .file = "/gone/config.json"}});
        QVERIFY(!s.builder().form()->field("base_model.path")->problem().isEmpty());
        QVERIFY(!s.page.findChild<QPushButton*>(QStringLiteral("train_it"))->isEnabled());
    }

    void the_picture_follows_the_model() {
        Shown s;
        ModelDiagram* picture = s.builder().diagram();
        QVERIFY(picture->accessibleDescription().contains(QStringLiteral("16 query heads over 4")));
        const QImage grouped = picture->grab().toImage();
        s.builder().switches()->control("use_gqa")->click();
        QVERIFY(picture->accessibleDescription().contains(QStringLiteral("16 heads of 64")));
        QVERIFY(picture->grab().toImage() != grouped);
        for (const int width : {160, 320, 900}) {  // any width, any number of heads
            picture->resize(width, picture->sizeHint().height());
            s.type("model.num_attention_heads", QStringLiteral("1024"));
            QVERIFY(!picture->grab().isNull());
        }
    }

    // A mark on each box that has an adapter, and in words.
    void adapters_are_drawn_where_they_are() {
        Shown s;
        ModelDiagram* picture = s.builder().diagram();
        const ModelConfig model = *s.config().model;
        const auto drawn = [&](const std::optional<LoraConfig>& lora) {
            picture->set_model(model, lora, true);
            return picture->grab().toImage();
        };
        const QImage none = drawn(std::nullopt);
        QVERIFY(!picture->accessibleDescription().contains(QStringLiteral("LoRA")));
        const QImage all = drawn(LoraConfig{});
        QVERIFY(picture->accessibleDescription().contains(QStringLiteral("LoRA of rank 16 on all-linear")));
        const QImage down = drawn(LoraConfig{.target_modules = {"down_proj"}});
        QVERIFY(picture->accessibleDescription().contains(QStringLiteral("LoRA of rank 16 on down_proj")));
        QVERIFY(none != all && none != down && all != down);
        QCOMPARE(drawn(LoraConfig{.target_modules = {"down_proj"}}), down);
    }

    void doors_show_their_own_buttons() {
        Shown s;
        QVERIFY(button_of(s.page, "Train it") != nullptr && button_of(s.page, "Fetch a model") == nullptr);
        s.page.show_door(ModelPage::Door::open);
        QVERIFY(button_of(s.page, "Train it") == nullptr && button_of(s.page, "Fetch a model") != nullptr);
        QCOMPARE(s.f.engine.count<ListModels>(), 1);
    }

    void every_control_has_a_name() {
        Shown s;
        s.say(estimate());
        s.builder().ask_preset_name();
        QCOMPARE(nameless(s.page).join(QStringLiteral(", ")), QString());
        s.page.show_door(ModelPage::Door::open);
        QCOMPARE(nameless(s.page).join(QStringLiteral(", ")), QString());
    }

    void fits_the_smallest_window() {
        Shown s;
        s.say(estimate());
        s.page.resize(960, 620);
        QCoreApplication::processEvents();
        QVERIFY(s.page.minimumSizeHint().width() <= 960);
    }
};

LATHE_PAGE_TEST(ModelPageTest)
#include "model_page_test.moc"

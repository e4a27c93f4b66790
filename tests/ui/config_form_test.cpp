// The form of a run's settings: config → form → the same JSON; what is wrong is refused beside its setting with a legal
// value; filter, undo, presets.
#include <QLineEdit>
#include <QPushButton>
#include <QSettings>
#include <QTemporaryDir>
#include <QtTest>
#include <set>

#include "engine/base/config_fields.h"
#include "engine/base/files.h"
#include "tests/ui/fake_engine.h"
#include "ui/config_form.h"
#include "ui/config_history.h"
#include "ui/field_words.h"
#include "ui/legal_value.h"
#include "ui/presets.h"
#include "ui/run_plan.h"

using namespace lathe;

namespace {

RunConfig nano() {
    return read_run_config(LATHE_SOURCE_DIR "/resources/presets/nano.json");
}

QLineEdit* edit_of(const ConfigForm& form, const char* key) {
    return form.field(key)->findChild<QLineEdit*>();
}

void type(const ConfigForm& form, const char* key, const QString& text) {
    QLineEdit* edit = edit_of(form, key);
    edit->setText(text);
    Q_EMIT edit->textEdited(text);
}

}  // namespace

class ConfigFormTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(load_fonts()); }

    void a_config_comes_back_as_it_was() {
        for (const char* name : {"nano", "starter"}) {
            const RunConfig config =
                read_run_config(LATHE_SOURCE_DIR "/resources/presets/" + std::string(name) + ".json");
            ConfigForm form;
            form.set_config(config);
            QCOMPARE(to_json(form.config()), to_json(config));
            QVERIFY(form.is_legal());
        }
    }

    // Each text as the form shows it is taken as the value it stands for.
    void typing_what_is_shown_changes_nothing() {
        ConfigForm form;
        form.retranslate();
        form.set_config(nano());
        const RunConfig config = nano();
        const std::string before = to_json(config);
        for_each_leaf(config, [&](const std::string& key, const auto&, const Field&) {
            QLineEdit* edit = key == "version" ? nullptr : edit_of(form, key.c_str());
            if (edit != nullptr) Q_EMIT edit->textEdited(edit->text());
        });
        QCOMPARE(to_json(form.config()), before);
    }

    void every_setting_has_a_field_with_words() {
        ConfigForm form;
        form.retranslate();
        const RunConfig config = nano();
        int fields = 0;
        for_each_leaf(config, [&](const std::string& key, const auto&, const Field& field) {
            if (key == "version") return;
            ++fields;
            QVERIFY2(form.field(key) != nullptr, key.c_str());
            QVERIFY2(!field_help(field, {}).isEmpty(), key.c_str());
        });
        QVERIFY(fields > 40);
        QVERIFY(form.field("base_model.path") != nullptr);
    }

    void the_method_is_one_choice() {
        ConfigForm form;
        form.retranslate();
        RunConfig config = nano();
        config.model.reset();
        config.base_model = BaseModelConfig{.path = "/models/base"};
        form.set_config(config);
        const QList<QPushButton*> methods = form.findChildren<Segments*>()[1]->findChildren<QPushButton*>();
        QCOMPARE(methods.size(), 3);
        QVERIFY(form.field("lora.r")->isHidden());
        methods[1]->click();
        QVERIFY(form.config().lora && !form.config().base_model->load_in_4bit);
        QVERIFY(!form.field("lora.r")->isHidden());
        QVERIFY(form.field("base_model.load_in_4bit")->isHidden());
        type(form, "lora.r", QStringLiteral("8"));
        type(form, "lora.target_modules", QStringLiteral("q_proj, v_proj,"));
        QCOMPARE(form.config().lora->target_modules, (std::vector<std::string>{"q_proj", "v_proj"}));
        type(form, "lora.target_modules", QStringLiteral("w2"));
        QVERIFY(!form.is_legal());
        type(form, "lora.target_modules", QStringLiteral("all-linear"));
        methods[2]->click();
        QCOMPARE(form.config().lora->r, int64_t{8});
        QVERIFY(form.config().base_model->load_in_4bit);
        QVERIFY(form.is_legal());
        methods[0]->click();
        QVERIFY(!form.config().lora && !form.config().base_model->load_in_4bit);
        methods[1]->click();
        QCOMPARE(form.config().lora->r, int64_t{8});  // kept while it was away
        // A fresh model has nothing to adapt.
        methods[2]->click();
        const QList<QPushButton*> origins = form.findChildren<Segments*>()[0]->findChildren<QPushButton*>();
        origins[0]->click();
        QVERIFY(!form.config().lora && form.is_legal());
        origins[1]->click();
        QVERIFY(form.config().lora && form.config().base_model->load_in_4bit && form.is_legal());
    }

    void numbers_are_taken_as_people_write_them() {
        ConfigForm form;
        form.set_config(nano());
        type(form, "train.learning_rate", QStringLiteral(".5"));
        QCOMPARE(form.config().train.learning_rate, 0.5);
        type(form, "train.max_steps", QStringLiteral("2,000"));
        QCOMPARE(form.config().train.max_steps, int64_t{2000});
        type(form, "train.max_steps", QStringLiteral("3e3"));
        QCOMPARE(form.config().train.max_steps, int64_t{3000});
        type(form, "train.sample_prompt", QStringLiteral("\"Quoted\" \\ 가"));
        QCOMPARE(form.config().train.sample_prompt, std::string("\"Quoted\" \\ 가"));
    }

    void what_is_no_value_comes_back_as_it_was_typed() {
        ConfigForm form;
        form.set_config(nano());
        QVERIFY(form.typed().isEmpty());
        type(form, "train.max_steps", QStringLiteral("12x"));
        type(form, "train.seed", QStringLiteral(""));
        type(form, "train.learning_rate", QStringLiteral("11"));  // a number, but none that is legal
        QCOMPARE(form.typed(), (QVariantMap{{QStringLiteral("train.learning_rate"), QStringLiteral("11")},
                                            {QStringLiteral("train.max_steps"), QStringLiteral("12x")},
                                            {QStringLiteral("train.seed"), QString()}}));
        ConfigForm other;
        other.set_config(form.config());
        const QSignalSpy told(&other, &ConfigForm::changed);
        QVariantMap typed = form.typed();
        typed[QStringLiteral("train.of_another_version")] = QStringLiteral("1");
        other.type(typed);
        QCOMPARE(told.count(), 0);
        QCOMPARE(other.typed(), form.typed());
        QCOMPARE(edit_of(other, "train.max_steps")->text(), QStringLiteral("12x"));
        std::set<std::string> wrong, same;
        for (const auto& [key, error] : form.problems()) wrong.insert(key);
        for (const auto& [key, error] : other.problems()) same.insert(key);
        QVERIFY(wrong == same && wrong.count("train.max_steps") == 1);
        // Other settings, also equal ones, take its place; 0 is not what "12x" says.
        RunConfig config = form.config();
        config.train.max_steps = 0;
        other.set_config(config);
        QCOMPARE(edit_of(other, "train.max_steps")->text(), QStringLiteral("0"));
        QVERIFY(other.typed().isEmpty());
    }

    void wrong_values_data() {
        QTest::addColumn<QString>("key");
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("wrong");  // the key that is told
        QTest::addColumn<QString>("legal");
        const auto row = [](const char* key, const char* typed, const char* wrong, const char* legal) {
            QTest::newRow(qPrintable(QStringLiteral("%1=%2").arg(QLatin1String(key), QLatin1String(typed))))
                << key << typed << wrong << legal;
        };
        row("train.learning_rate", "fast", "train.learning_rate", "0.012");
        row("train.learning_rate", "11", "train.learning_rate", "10");
        row("train.learning_rate", "", "train.learning_rate", "0.012");
        row("model.hidden_size", "4", "model.hidden_size", "8");
        row("model.num_attention_heads", "0", "model.num_attention_heads", "2");  // which the key/value heads divide
        row("model.num_key_value_heads", "3", "model.num_key_value_heads", "4");
        row("model.head_dim", "33", "model.head_dim", "32");
        row("data.max_length", "1024", "data.max_length", "512");
        row("data.validation_fraction", "0.9", "data.validation_fraction", "0.5");
        row("train.seed", "1.5", "train.seed", "2");
        row("train.per_device_train_batch_size", "-1", "train.per_device_train_batch_size", "1");
        row("tokenizer.vocab_size", "100", "tokenizer.vocab_size", "257");
    }

    void wrong_values() {
        QFETCH(QString, key);
        QFETCH(QString, typed);
        QFETCH(QString, wrong);
        QFETCH(QString, legal);
        ConfigForm form;
        form.retranslate();
        form.set_config(nano());
        type(form, qPrintable(key), typed);
        QVERIFY(!form.is_legal());
        QVERIFY(form.problems().count(wrong.toStdString()) == 1);
        FormField* field = form.field(wrong.toStdString());
        QVERIFY(!field->problem().isEmpty());
        QVERIFY(form.first_problem().contains(wrong));
        QPushButton* use = nullptr;
        for (QPushButton* button : field->findChildren<QPushButton*>())
            if (button->text().endsWith(legal)) use = button;
        QVERIFY2(use != nullptr, "a button with the legal value");
        use->click();
        QVERIFY(form.is_legal());
        QVERIFY(field->problem().isEmpty());
        QCOMPARE(edit_of(form, qPrintable(wrong))->text(), legal);
    }

    void files_are_needed() {
        RunConfig config = nano();
        config.data.files.clear();
        ConfigForm form;
        form.set_config(config);
        QVERIFY(form.problems().count("data.files") == 1);
        form.field("data.files")->findChild<FileList*>()->add({QStringLiteral("a.txt"), QStringLiteral("a.txt")});
        QVERIFY(form.is_legal());
        QCOMPARE(form.config().data.files, std::vector<std::string>{"a.txt"});
    }

    void a_model_or_a_folder_never_both() {
        ConfigForm form;
        form.retranslate();
        form.set_config(nano());
        auto* origin = form.findChild<Segments*>();
        origin->findChildren<QPushButton*>()[1]->click();
        QVERIFY(!form.config().model && form.config().base_model);
        QVERIFY(form.problems().count("base_model.path") == 1);
        type(form, "base_model.path", QStringLiteral("somewhere"));
        QVERIFY(form.is_legal());
        origin->findChildren<QPushButton*>()[0]->click();
        QCOMPARE(to_json(form.config()), to_json(nano()));  // as it was
        origin->findChildren<QPushButton*>()[1]->click();
        QCOMPARE(form.config().base_model->path, std::string("somewhere"));
    }

    void the_filter_finds_settings_by_name_and_help() {
        ConfigForm form;
        form.retranslate();
        form.set_config(nano());
        QVERIFY(form.field("train.adam_beta2")->isHidden());
        form.set_filter(QStringLiteral("ADAM beta"));
        QVERIFY(!form.field("train.adam_beta2")->isHidden());
        QVERIFY(form.field("train.learning_rate")->isHidden());
        form.set_filter(QStringLiteral("KV cache"));
        QVERIFY(!form.field("model.num_key_value_heads")->isHidden());
        form.set_filter({});
        QVERIFY(form.field("train.adam_beta2")->isHidden());
        form.reveal("train.adam_beta2");
        QVERIFY(!form.field("train.adam_beta2")->isHidden());
    }

    void the_engines_errors_stand_beside_their_setting() {
        ConfigForm form;
        form.retranslate();
        form.set_config(nano());
        QVERIFY(form.blame({.kind = ErrorKind::not_found, .file = form.config().data.files.front()}));
        QVERIFY(!form.is_legal());
        QVERIFY(!form.field("data.files")->problem().isEmpty());
        QVERIFY(!form.blame({.kind = ErrorKind::disk_full, .file = "elsewhere"}));
        type(form, "train.max_steps", QStringLiteral("2000"));  // a change makes it a new question
        QVERIFY(form.is_legal());
    }

    void changes_can_be_undone() {
        RunConfig config = nano();
        ConfigHistory history;
        history.reset(config);
        QVERIFY(!history.can_undo() && !history.can_redo());
        config.train.max_steps = 1;
        history.record(config, "train.max_steps", 0);
        config.train.max_steps = 12;  // typed on
        history.record(config, "train.max_steps", 300);
        config.train.seed = 7;
        history.record(config, "train.seed", 400);
        QCOMPARE(history.undo().config.train.seed, int64_t{42});
        const ConfigHistory::State first = history.undo();
        QCOMPARE(to_json(first.config), to_json(nano()));
        QCOMPARE(first.key, std::string("train.max_steps"));
        QVERIFY(!history.can_undo());
        QCOMPARE(history.redo().config.train.max_steps, int64_t{12});
        config = nano();
        config.train.seed = 9;
        history.record(config, "train.seed", 5000);  // what was undone is gone
        QVERIFY(!history.can_redo());
    }

    void presets_are_listed_with_what_is_wrong() {
        const QTemporaryDir folder;
        const AppPaths paths{folder.path(), LATHE_SOURCE_DIR "/resources/presets", {}};
        QVERIFY(!is_preset_name(QStringLiteral("a/b")) && !is_preset_name(QStringLiteral(" ")));
        QVERIFY(!is_preset_name(QStringLiteral("..")) && is_preset_name(QStringLiteral("밤새 1")));
        save_preset(paths, QStringLiteral("night"), nano());
        write_file_durably(folder.path().toStdString() + "/presets/torn.json", "{\"version\": 1,");
        int own = 0, broken = 0;
        for (const Preset& preset : list_presets(paths)) {
            QVERIFY(preset.config.has_value() != preset.error.has_value());
            own += preset.own ? 1 : 0;
            broken += preset.error ? 1 : 0;
            if (preset.name == QStringLiteral("night")) QCOMPARE(to_json(*preset.config), to_json(nano()));
        }
        QCOMPARE(own, 2);
        QCOMPARE(broken, 1);
    }

    void what_does_not_fit_can_be_made_to() {
        RunConfig config = nano();
        config.train.per_device_train_batch_size = 64;
        const std::vector<Remedy> list = remedies(config);
        QVERIFY(list.size() > 4);
        QCOMPARE(applied(config, list.front()).train.micro_batch_tokens, int64_t{64 * 128 / 2});
        for (const Remedy& remedy : list) validate(applied(config, remedy), "");
        config.model.reset();
        config.base_model = BaseModelConfig{.path = "base"};
        const auto any_with = [&](auto holds) {
            bool any = false;
            for (const Remedy& remedy : remedies(config)) {
                validate(applied(config, remedy), "");
                any = any || holds(applied(config, remedy));
            }
            return any;
        };
        QVERIFY(any_with([](const RunConfig& c) { return !c.lora && c.train.moments_in_8_bits(); }));
        QVERIFY(any_with([](const RunConfig& c) { return c.lora && c.base_model->load_in_4bit; }));
        config.lora = LoraConfig{};
        QVERIFY(any_with([](const RunConfig& c) { return c.base_model->embeddings_in_8bit; }));
        QVERIFY(!any_with([](const RunConfig& c) { return c.train.moments_in_8_bits(); }));
        EstimateDone estimate{.bytes = {{"weights", 80}}, .memory_bytes = 100};
        QVERIFY(fit_of(estimate) == Fit::fits);
        estimate.bytes["optimizer"] = 10;
        QVERIFY(fit_of(estimate) == Fit::tight);
        estimate.bytes["activations"] = 11;
        QVERIFY(fit_of(estimate) == Fit::exceeds);
        estimate.memory_bytes = 0;
        QVERIFY(fit_of(estimate) == Fit::unknown);
    }

    void costs_are_told_where_there_are_any() {
        QVERIFY(cost_text({.key = "x", .bytes = 0, .time_ratio = 1}).isEmpty());
        QCOMPARE(cost_text({.key = "x", .bytes = 96'000'000, .time_ratio = 1.9}),
                 QStringLiteral("twice: +96\u202fMB, ×1.9 time"));
        QCOMPARE(cost_text({.key = "x", .chat_bytes = 101'000'000}), QStringLiteral("twice: +101\u202fMB in a chat"));
        QCOMPARE(cost_text({.key = "x", .bytes = -36'000'000, .time_ratio = 1.3, .other = "true"}),
                 QStringLiteral("on: \u221236\u202fMB, ×1.3 time"));
        QCOMPARE(cost_text({.key = "x", .bytes = 25'000'000, .other = "false"}), QStringLiteral("off: +25\u202fMB"));
        QCOMPARE(cost_text({.key = "x", .bytes = -81'000'000, .other = "adamw_8bit"}),
                 QStringLiteral("adamw_8bit: \u221281\u202fMB"));
    }

    // Switches, choices and lists of layers say it beside them as numbers do; texts have nothing to say.
    void every_kind_of_field_shows_its_cost() {
        ConfigForm form;
        form.retranslate();
        RunConfig config = nano();
        config.model.reset();
        config.base_model = BaseModelConfig{.path = "base"};
        config.lora.emplace();
        form.set_config(config);
        form.set_costs({{.key = "train.gradient_checkpointing", .bytes = -36'000'000, .other = "true"},
                        {.key = "train.optim", .bytes = -81'000'000, .other = "adamw_8bit"},
                        {.key = "lora.target_modules", .bytes = -12'000'000, .other = "q_proj, v_proj"},
                        {.key = "lora.r", .bytes = 17'000'000},
                        {.key = "base_model.path", .bytes = 55'000'000, .other = "elsewhere"}});
        const auto shown = [&](const char* key) {
            QStringList texts;
            for (const QLabel* label : form.field(key)->findChildren<QLabel*>())
                if (!label->isHidden()) texts << label->text();
            return texts.join(QLatin1Char('\n'));
        };
        QVERIFY(shown("train.gradient_checkpointing").contains(QStringLiteral("on: \u221236")));
        QVERIFY(shown("train.optim").contains(QStringLiteral("adamw_8bit: \u221281")));
        QVERIFY(shown("lora.target_modules").contains(QStringLiteral("q_proj, v_proj: \u221212")));
        QVERIFY(shown("lora.r").contains(QStringLiteral("twice: +17")));
        QVERIFY(!shown("base_model.path").contains(QStringLiteral("55")));
        QVERIFY(form.field("train.gradient_checkpointing")
                    ->findChild<Switch*>()
                    ->toolTip()
                    .contains(QStringLiteral("on: \u221236")));
        // Each other choice has a line; what costs nothing that can be told has none.
        form.set_config(nano());
        form.set_costs({{.key = "model.model_type", .bytes = -20'000'000, .other = "qwen2"},
                        {.key = "model.model_type", .bytes = 10, .other = "llama"}});
        QVERIFY(shown("model.model_type").contains(QStringLiteral("qwen2: \u221220")));
        QVERIFY(!shown("model.model_type").contains(QStringLiteral("llama:")));
        QVERIFY(!shown("train.optim").contains(QStringLiteral("adamw_8bit:")));  // of what is configured now
    }
};

QTEST_MAIN(ConfigFormTest)
#include "config_form_test.moc"

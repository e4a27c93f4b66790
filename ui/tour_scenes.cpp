#include "ui/tour_scenes.h"

#include <QAccessible>
#include <QDropEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QMetaEnum>
#include <QMimeData>
#include <QTreeWidget>
#include <algorithm>
#include <array>

#include "engine/base/error.h"
#include "engine/base/files.h"
#include "ui/chat_page.h"
#include "ui/data_page.h"
#include "ui/model_page.h"
#include "ui/prompt_edit.h"
#include "ui/runs_page.h"
#include "ui/sweep_panel.h"
#include "ui/token_lens.h"
#include "ui/train_page.h"
#include "ui/tuning_defaults.h"

namespace lathe {

namespace {

// What a screen reader finds, a control a line.
void list_controls(const QAccessibleInterface* face, int depth, QString& text) {
    if (face == nullptr || !face->isValid() || face->state().invisible) return;
    const auto role = QMetaEnum::fromType<QAccessible::Role>().valueToKey(face->role());
    text += QString(2 * depth, QLatin1Char(' ')) + QLatin1String(role) + QStringLiteral(": ") +
            face->text(QAccessible::Name).simplified() + QLatin1Char('\n');
    for (int i = 0; i < face->childCount(); ++i) list_controls(face->child(i), depth + 1, text);
}

}  // namespace

void write_accessibility(Stage& stage, const QDir& folder) {
    QString text;
    for (const QString& page : stage.window().page_names()) {
        stage.window().show_page(page);
        Stage::settle(100);
        list_controls(QAccessible::queryAccessibleInterface(stage.window().page(page)), 0, text);
    }
    // And once all that is around them.
    open_palette(stage);
    list_controls(QAccessible::queryAccessibleInterface(&stage.window()), 0, text);
    write_file_durably(folder.filePath(QStringLiteral("accessibility.txt")).toStdString(), text.toStdString());
}

void press_keys(Stage& stage, const QKeySequence& keys) {
    for (QAction* action : stage.window().actions())
        if (action->shortcut() == keys) return action->trigger();
    fail({.kind = ErrorKind::internal, .key = keys.toString().toStdString(), .expected = "an action of the window"});
}

void open_palette(Stage& stage) {
    auto* palette = stage.window().findChild<CommandPalette*>();
    palette->hide();
    press_keys(stage, Qt::CTRL | Qt::Key_K);
    if (!palette->isVisible() || palette->findChild<QListWidget*>()->count() == 0)
        fail({.kind = ErrorKind::internal, .key = "palette", .expected = "every action in view"});
}

void ask_what_closing_means(Stage& stage, Camera& camera) {
    if (!stage.run().is_busy())  // else it would close
        fail({.kind = ErrorKind::internal, .key = "closing", .expected = "a run that trains"});
    stage.window().close();
    camera.take(QStringLiteral("train"), QStringLiteral("closing"));
    auto* panel = stage.window().findChild<ClosePanel*>();
    QKeyEvent escape(QEvent::KeyPress, Qt::Key_Escape, Qt::NoModifier);
    QCoreApplication::sendEvent(panel, &escape);
}

void lay_over(Stage& stage, Camera& camera) {
    const QString start = QStringLiteral("start"), train = QStringLiteral("train");
    MainWindow& window = stage.window();
    window.offer_tour();
    camera.take(start, QStringLiteral("tour"));
    QKeyEvent escape(QEvent::KeyPress, Qt::Key_Escape, Qt::NoModifier);
    QCoreApplication::sendEvent(window.findChild<Guide*>(), &escape);
    press_keys(stage, Qt::Key_F1);
    camera.take(train, QStringLiteral("explained"));
    camera.take(train, QStringLiteral("palette"), [&stage] { open_palette(stage); });
    press_keys(stage, Qt::Key_F1);
    const QString picture = stage.paths().workspace + QStringLiteral("/그림.png");
    write_file_durably(picture.toStdString(), "no picture either");
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(picture)});
    QDragEnterEvent enter(QPoint(600, 400), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&window, &enter);
    QDropEvent drop(QPointF(600, 400), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&window, &drop);
    camera.take(start, QStringLiteral("refused"));
}

RunConfig quick_start(const AppPaths& paths) {
    return read_run_config((paths.presets + QStringLiteral("/nano.json")).toStdString());
}

// As a user: into the page's prompt, then Enter.
void say(Stage& stage, const QString& text) {
    auto* prompt = stage.window().page(QStringLiteral("chat"))->findChild<PromptEdit*>();
    prompt->set_text(text);
    QKeyEvent enter(QEvent::KeyPress, Qt::Key_Return, Qt::NoModifier, QStringLiteral("\r"));
    QCoreApplication::sendEvent(prompt, &enter);
}

void press(Stage& stage, const QString& page, const QString& button) {
    stage.window().page(page)->findChild<QPushButton*>(button)->click();
}

namespace {

// A run on the starter model and a few rows, not all of them well formed.
RunConfig tuning_questions(Stage& stage) {
    std::string rows;
    for (int i = 2; i < 14; ++i)
        rows += R"({"question": "What is )" + std::to_string(i) + R"( times three?", "answer": "It is )" +
                std::to_string(3 * i) + ".\"}\n";
    const std::string lathe =
        R"({"question": "What holds the work on a lathe?", "answer": "A chuck: its jaws close on )"
        R"(the work, and the spindle turns both."})"
        "\n";
    rows += lathe +
            R"({"question": "선반은 무엇을 돌리나요?", "answer": "공작물을 돌립니다."})"
            "\n" +
            lathe +
            R"({"question": "And the tool?"})"
            "\n" +
            R"({"question": "What is feed?", "answer": " "})"
            "\n";
    for (int i = 0; i < 8; ++i)
        rows +=
            R"({"question": "Square of )" + std::to_string(i) + R"(?", "answer": ")" + std::to_string(i * i) + "\"}\n";
    make_folders(stage.paths().workspace.toStdString());
    const std::string file = stage.paths().workspace.toStdString() + "/questions.jsonl";
    write_file_durably(file, rows);
    RunConfig config = read_run_config((stage.paths().presets + QStringLiteral("/tune-lora.json")).toStdString());
    config.base_model->path = stage.paths().starter.toStdString();
    config.data.files = {file};
    config.data.max_length = 64;
    return config;
}

}  // namespace

void build_models(Stage& stage, Camera& camera) {
    const QString model = QStringLiteral("model");
    auto* page = qobject_cast<ModelPage*>(stage.window().page(model));
    stage.window().show_page(model);
    page->show_door(ModelPage::Door::build);
    Stage::settle(2000);
    camera.take(model, QStringLiteral("building"));
    RunConfig odd = page->builder()->config();
    page->builder()->set_config(tuning_questions(stage), QStringLiteral("tune-lora"));
    Stage::settle(2000);
    camera.take(model, QStringLiteral("adapting"));
    odd.model->num_key_value_heads = 5;
    page->builder()->set_config(odd, QStringLiteral("guide"));
    camera.take(model, QStringLiteral("illegal"));
    page->builder()->undo();
    page->builder()->undo();
    page->show_door(ModelPage::Door::open);
}

// They in the form; the batch in its place.
void look_into_batch(Stage& stage) {
    auto* setup = stage.window().page(QStringLiteral("train"))->findChild<TrainSetup*>();
    RunConfig config = tuning_questions(stage);
    config.train.max_steps = 300;  // long enough for a quick try of it
    setup->set_config(config, QStringLiteral("tune-lora"));
    stage.window().show_page(QStringLiteral("train"));
    stage.wait("batch", [setup] { return setup->inspector().tokens() != nullptr; });
    setup->inspector().show(DataInspector::Part::example, 12);
    stage.wait("example", [setup] { return setup->inspector().tokens() != nullptr; });
    setup->show_batch(true);
}

// A run whose learning rate is turned up until its validation loss rises and ends it.
void over_the_top(Stage& stage, Camera& camera) {
    RunWatch& run = stage.run();
    RunConfig config = quick_start(stage.paths());
    config.data.max_length = 64;
    config.train.per_device_train_batch_size = 4;
    config.train.max_steps = 400;
    config.train.warmup_steps = 5;
    config.train.eval_steps = 10;
    config.train.eval_batches = 2;
    run.start({.config = config, .config_file = "too-fast.json", .resume = {}});
    stage.wait("steps", [&] { return run.is_live() && run.detail().summary.step >= 40; });
    run.control({.learning_rate_multiplier = 20, .max_grad_norm = 0.0, .early_stopping_patience = 4});
    const auto rises = [&] {
        const auto& events = run.detail().events;
        return std::any_of(events.begin(), events.end(),
                           [](const RunDetail::Line& event) { return event.kind == "validation_rises"; });
    };
    stage.wait("a rise", [&] { return rises() || run.state() == RunWatch::State::ended; });
    run.pause();
    camera.take(QStringLiteral("train"), QStringLiteral("rising"));
    run.go_on();
    stage.wait("its end", [&] { return run.state() == RunWatch::State::ended; });
    Stage::settle(1000);
    camera.take(QStringLiteral("train"), QStringLiteral("stopped"));
}

// The questions of look_into_batch, learnt for a minute: beside the base, and asked both.
void compare_with_base(Stage& stage, Camera& camera) {
    const QString train = QStringLiteral("train");
    auto* page = qobject_cast<TrainPage*>(stage.window().page(train));
    RunConfig config = quick_try(tuning_questions(stage));
    config.train.learning_rate = 2e-3;  // the starter model is small
    config.train.per_device_train_batch_size = 2;
    config.train.gradient_accumulation_steps = 1;
    config.data.validation_fraction = 0.2;
    RunWatch& run = stage.run();
    run.start({.config = config, .config_file = "questions-quick-try.json", .resume = {}});
    stage.wait("tuned",
               [&] { return run.state() == RunWatch::State::ended && page->view()->tuned_bar()->offers_comparison(); });
    Stage::settle(1000);
    camera.take(train, QStringLiteral("tuned"));
    page->show_comparison(true);
    const RunComparison& comparison = page->comparison()->comparison();
    stage.wait("compared", [&] { return comparison.state() == RunComparison::State::known; });
    camera.take(train, QStringLiteral("compared"));
    page->comparison()->ask_both(QStringLiteral("What is five times three?"));
    stage.wait("asked both", [&] { return !page->comparison()->twin()->answering(); });
    camera.take(train, QStringLiteral("asked-both"));
}

// A table of examples, one of them a conversation, over a file whose columns are not recognised.
void write_examples(Stage& stage) {
    auto* setup = stage.window().page(QStringLiteral("train"))->findChild<TrainSetup*>();
    setup->write_examples({});
    ExampleModel& model = setup->examples().model();
    model.add_rows(0, 1);
    model.put_cells(0, 0,
                    {{QStringLiteral("What holds the work on a lathe?"),
                      QStringLiteral("A chuck: its jaws close on the work,\nand the spindle turns both."),
                      QStringLiteral("Answer as a machinist would.")},
                     {QStringLiteral("선반은 무엇을 돌리나요?"), QStringLiteral("공작물을 돌립니다.")},
                     {QStringLiteral("And the tool?"), QString()},
                     {QStringLiteral("What is feed?"), QStringLiteral("How far the tool moves in a turn.")}});
    model.add_turns(3);
    model.set_turn(3, 2, QStringLiteral("And its unit?"));
    model.set_turn(3, 3, QStringLiteral("Millimetres per revolution."));
    press(stage, QStringLiteral("train"), QStringLiteral("show_conversation"));
    stage.window().page(QStringLiteral("train"))->findChild<ExampleView*>()->go_to(3, ExampleModel::kAnswer);
    stage.wait("table", [setup] { return setup->examples().is_saved(); });
}

// The runs so far over each other, the settings in which they differ, a queue, the trash.
void keep_runs(Stage& stage, Camera& camera) {
    const QString runs = QStringLiteral("runs");
    auto* page = qobject_cast<RunsPage*>(stage.window().page(runs));
    RunList& record = stage.window().runs();
    record.edit({.run = record.runs().back().run,
                 .note = "The first one: everything else is held against it.",
                 .tags = std::vector<std::string>{"baseline", "quick start"}});
    for (int row = 0; row < page->model().rowCount(); ++row)
        if (page->model().run(row).step > 0) page->model().toggle(row);
    Stage::settle(1500);
    camera.take(runs, QStringLiteral("overlaid"));
    page->show_part(RunsPage::Part::settings);
    camera.take(runs, QStringLiteral("differences"));
    RunConfig next = quick_start(stage.paths());
    for (const char* name : {"nano-longer", "nano-wider"}) stage.window().queue().add(next, name);
    page->show_part(RunsPage::Part::queue);
    camera.take(runs, QStringLiteral("queue"));
    stage.window().queue().hold(true);  // what comes next has its time to be drawn
    record.move_to_trash(record.runs().front().run);
    Stage::settle(1000);
    page->show_trash(true);
    Stage::settle(1000);
    camera.take(runs, QStringLiteral("trash"));
    page->show_trash(false);
    page->show_part(RunsPage::Part::curves);
}

// Texts with this and that in them: looked at, cleaned, saved, a tokenizer made of them; then files that are none.
void keep_data(Stage& stage, Camera& camera) {
    const QString data = QStringLiteral("data");
    auto* page = qobject_cast<DataPage*>(stage.window().page(data));
    const QString folder = stage.paths().workspace + QStringLiteral("/notes");
    make_folders(folder.toStdString());
    std::string rows;
    for (int i = 0; i < 400; ++i)
        rows += R"({"text": "Note )" + std::to_string(i % 350) + ": the carriage moves " + std::to_string(i % 7) +
                R"( mm  \n\n\n\nand stops."})"
                "\n";
    rows += "{\"text\": \"\"}\n{\"text\": 5}\n{\"text\": \"lost \xEF\xBF\xBD\"}\n";
    write_file_durably(folder.toStdString() + "/notes.jsonl", rows);
    write_file_durably(folder.toStdString() + "/picture.txt", std::string("\0\1\2\n", 4));
    DataDraft& draft = page->draft();
    stage.window().show_page(data);
    draft.add_files({folder});
    stage.wait("survey", [&] { return draft.is_current(); });
    CleanRecipe recipe;
    recipe.normalise_unicode = recipe.collapse_whitespace = recipe.drop_duplicates = true;
    recipe.min_characters = 34;
    recipe.validation_fraction = 0.1;
    draft.set_recipe(recipe);
    stage.wait("recipe", [&] { return draft.is_current(); });
    page->show_face(DataPage::Face::clean);
    Stage::settle(500);
    camera.take(data, QStringLiteral("clean"));
    draft.save();
    stage.wait("version", [&] { return !draft.is_saving() && draft.is_current() && draft.recipe().seed == 42; });
    page->show_face(DataPage::Face::survey);
    Stage::settle(500);
    camera.take(data, QStringLiteral("saved"));
    page->show_face(DataPage::Face::tokenizer);
    page->findChild<QLineEdit*>(QStringLiteral("vocab_size"))->setText(QStringLiteral("275"));
    press(stage, data, QStringLiteral("train_tokenizer"));
    auto* measure = page->findChild<QPushButton*>(QStringLiteral("measure_tokenizers"));
    auto* table = page->findChild<QTreeWidget*>(QStringLiteral("measures"));
    stage.wait("tokenizer", [&] { return measure->isEnabled() && table->topLevelItemCount() > 0; });
    camera.take(data, QStringLiteral("tokenizer"));
    DataConfig broken;
    broken.files = {folder.toStdString() + "/picture.txt", folder.toStdString() + "/gone.txt"};
    page->take_data(broken);
    stage.wait("problems", [&] { return draft.is_current(); });
    page->show_face(DataPage::Face::survey);
    camera.take(data, QStringLiteral("failed"));
}

void vary_settings(Stage& stage, Camera& camera) {
    const QString train = QStringLiteral("train");
    QWidget* page = stage.window().page(train);
    auto* panel = page->findChild<SweepPanel*>();
    auto* opener = page->findChild<QAction*>(QStringLiteral("sweep"));
    stage.window().show_page(train);
    opener->trigger();
    const std::array<const char*, 2> values = {"5e-4, 1e-3, 2e-3", "1, 2"};
    for (int row = 0; row < static_cast<int>(values.size()); ++row) {
        DropDown* setting = panel->findChildren<DropDown*>()[row];
        const int index =
            setting->findData(row == 0 ? QStringLiteral("train.learning_rate") : QStringLiteral("train.seed"));
        setting->setCurrentIndex(index);
        Q_EMIT setting->activated(index);
        panel->findChildren<QLineEdit*>(QStringLiteral("sweep_values"))[row]->insert(
            QLatin1String(values[static_cast<size_t>(row)]));
    }
    camera.take(train, QStringLiteral("sweep"));
    opener->trigger();
}

void look_at_tokens(Stage& stage, Camera& camera) {
    const QString chat = QStringLiteral("chat");
    auto* page = qobject_cast<ChatPage*>(stage.window().page(chat));
    AnswerFlow* flow = page->findChild<TokenLens*>()->flow();
    page->findChild<QAction*>(QStringLiteral("new"))->trigger();
    press(stage, chat, QStringLiteral("show_tokens"));
    say(stage, QStringLiteral("And the LORD said unto Moses,"));
    stage.wait("tokens", [&] {
        const ConversationState* state = page->conversations().find(page->open_conversation());
        return !state->answering && flow->count() > 0;
    });
    flow->set_current(std::min(5, flow->count() - 1));
    camera.take(chat, QStringLiteral("tokens"));
    press(stage, chat, QStringLiteral("show_tokens"));
}

void mistake_columns(Stage& stage) {
    const std::string file = stage.paths().workspace.toStdString() + "/fragen.csv";
    write_file_durably(file, "frage,antwort,quelle\nWas dreht sich?,Das Werkstück.,Heft 1\n");
    auto* setup = stage.window().page(QStringLiteral("train"))->findChild<TrainSetup*>();
    RunConfig config = setup->config();
    config.data.files = {file};
    setup->set_config(config, {});
    stage.wait("columns", [setup] { return setup->inspector().obstacle().has_value(); });
}

}  // namespace lathe

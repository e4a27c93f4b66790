#include "ui/tour.h"

#include <QAccessible>
#include <QApplication>
#include <QBuffer>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QLineEdit>
#include <QMetaEnum>
#include <QTemporaryDir>
#include <QTimer>
#include <algorithm>
#include <array>

#include "engine/base/error.h"
#include "engine/base/files.h"
#include "ui/data_page.h"
#include "ui/engine_bridge.h"
#include "ui/main_window.h"
#include "ui/prompt_edit.h"
#include "ui/runs_page.h"
#include "ui/train_page.h"
#include "ui/tuning_defaults.h"

namespace lathe {

namespace {

constexpr int kPatience_ms = 300'000;  // for a state; a debug build trains slowly
constexpr int kTick_ms = 20;
constexpr std::array kThemes = {ThemeChoice::dark, ThemeChoice::light};
constexpr std::array kLanguages = {LanguageChoice::english, LanguageChoice::korean};

// The window with an engine of its own on a workspace, with settings that nobody keeps.
class Stage {
public:
    explicit Stage(const TourOptions& options)
        : paths_(options.paths),
          settings_(folder_.filePath(QStringLiteral("settings.ini")), QSettings::IniFormat),
          appearance_(settings_) {
        if (paths_.workspace.isEmpty()) paths_.workspace = folder_.filePath(QStringLiteral("Lathe"));
        engine_.open({.workspace = paths_.workspace.toStdString(), .threads = options.threads});
        window_ = std::make_unique<MainWindow>(engine_, appearance_, settings_, paths_);
        window_->show();
        window_->runs().open_workspace();
        wait("workspace", [this] { return window_->runs().known(); });
    }

    MainWindow& window() { return *window_; }
    RunWatch& run() { return window_->run(); }
    Appearance& appearance() { return appearance_; }
    EngineLink& engine() { return engine_; }
    const AppPaths& paths() const { return paths_; }

    // Runs the event loop until `there`; Exception `internal` naming `what` if it does not come.
    void wait(const char* what, const std::function<bool()>& there) {
        QElapsedTimer clock;
        clock.start();
        while (!there()) {
            if (clock.elapsed() > kPatience_ms)
                fail({.kind = ErrorKind::internal, .key = what, .expected = "within 5 minutes"});
            settle(kTick_ms);
        }
    }

    // Lets events, layouts and queued replots come to rest.
    static void settle(int time_ms) {
        QEventLoop loop;
        QTimer::singleShot(time_ms, &loop, &QEventLoop::quit);
        loop.exec();
    }

private:
    QTemporaryDir folder_;
    AppPaths paths_;
    QSettings settings_;
    Appearance appearance_;
    EngineBridge engine_;
    std::unique_ptr<MainWindow> window_;
};

class Camera {
public:
    Camera(Stage& stage, const QDir& folder, double scale, const std::function<void(const QString&)>& tell)
        : stage_(stage), folder_(folder), scale_(scale), tell_(tell) {}

    void take(const QString& page, const QString& state) {
        stage_.window().show_page(page);
        for (const ThemeChoice theme : kThemes) {
            for (const LanguageChoice language : kLanguages) {
                stage_.appearance().set_theme(theme);
                stage_.appearance().set_language(language);
                Stage::settle(300);
                write(QStringLiteral("%1-%2-%3-%4.png")
                          .arg(page, state,
                               theme == ThemeChoice::dark ? QStringLiteral("dark") : QStringLiteral("light"),
                               language == LanguageChoice::korean ? QStringLiteral("ko") : QStringLiteral("en")));
            }
        }
    }

private:
    void write(const QString& name) {
        QImage image(stage_.window().size() * scale_, QImage::Format_RGB32);
        image.setDevicePixelRatio(scale_);
        stage_.window().render(&image);
        QByteArray png;
        QBuffer buffer(&png);
        if (!image.save(&buffer, "PNG")) fail({.kind = ErrorKind::internal, .found = "Qt wrote no PNG"});
        const QString path = folder_.filePath(name);
        write_file_durably(path.toStdString(), {png.constData(), static_cast<size_t>(png.size())});
        tell_(path);
    }

    Stage& stage_;
    const QDir& folder_;
    double scale_;
    const std::function<void(const QString&)>& tell_;
};

// What a screen reader finds, a control a line.
void list_controls(const QAccessibleInterface* face, int depth, QString& text) {
    if (face == nullptr || !face->isValid() || face->state().invisible) return;
    const auto role = QMetaEnum::fromType<QAccessible::Role>().valueToKey(face->role());
    text += QString(2 * depth, QLatin1Char(' ')) + QLatin1String(role) + QStringLiteral(": ") +
            face->text(QAccessible::Name).simplified() + QLatin1Char('\n');
    for (int i = 0; i < face->childCount(); ++i) list_controls(face->child(i), depth + 1, text);
}

void write_accessibility(Stage& stage, const QDir& folder) {
    QString text;
    for (const QString& page : stage.window().page_names()) {
        stage.window().show_page(page);
        Stage::settle(100);
        list_controls(QAccessible::queryAccessibleInterface(stage.window().page(page)), 0, text);
    }
    write_file_durably(folder.filePath(QStringLiteral("accessibility.txt")).toStdString(), text.toStdString());
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
    page->findChild<QLineEdit*>(QStringLiteral("vocab_size"))->setText(QStringLiteral("300"));
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

void mistake_columns(Stage& stage) {
    const std::string file = stage.paths().workspace.toStdString() + "/fragen.csv";
    write_file_durably(file, "frage,antwort,quelle\nWas dreht sich?,Das Werkstück.,Heft 1\n");
    auto* setup = stage.window().page(QStringLiteral("train"))->findChild<TrainSetup*>();
    RunConfig config = setup->config();
    config.data.files = {file};
    setup->set_config(config, {});
    stage.wait("columns", [setup] { return setup->inspector().obstacle().has_value(); });
}

}  // namespace

void draw_screenshots(const QDir& folder, const TourOptions& options, const std::function<void(const QString&)>& tell) {
    const QString start = QStringLiteral("start"), data = QStringLiteral("data"), train = QStringLiteral("train"),
                  chat = QStringLiteral("chat"), library = QStringLiteral("library"), out = QStringLiteral("export"),
                  runs = QStringLiteral("runs");
    TourOptions own = options;
    own.paths.workspace.clear();
    Stage stage(own);
    Camera camera(stage, folder, options.scale, tell);
    for (const QString& page : stage.window().page_names()) camera.take(page, QStringLiteral("empty"));
    keep_data(stage, camera);

    look_into_batch(stage);
    camera.take(train, QStringLiteral("inspected"));
    auto* setup = stage.window().page(train)->findChild<TrainSetup*>();
    setup->show_batch(false);
    camera.take(train, QStringLiteral("tuning"));
    write_examples(stage);
    camera.take(train, QStringLiteral("examples"));
    setup->show_face(TrainSetup::Face::settings);
    mistake_columns(stage);
    camera.take(train, QStringLiteral("columns"));

    RunWatch& run = stage.run();
    const RunConfig config = quick_start(stage.paths());
    setup->set_config(config, QStringLiteral("nano"));
    run.start({.config = config, .config_file = "nano.json", .resume = {}});
    stage.wait("running",
               [&] { return run.is_live() && run.detail().summary.step * 5 > run.detail().summary.max_steps * 2; });
    stage.window().page(chat)->take_model({.folder = {}, .run = run.run(), .checkpoint = "live"});
    say(stage, QStringLiteral("And the LORD said unto Moses,"));
    Stage::settle(400);
    for (const QString& page : {start, train, chat}) camera.take(page, QStringLiteral("running"));
    run.save();

    stage.wait("done", [&] { return run.state() == RunWatch::State::ended && !stage.window().runs().runs().empty(); });
    Stage::settle(1000);
    const ModelSource last{.folder = {}, .run = run.run(), .checkpoint = "last"};
    stage.window().page(chat)->take_model(last);
    say(stage, QStringLiteral("사람이 "));
    stage.window().page(out)->take_model(last);
    Stage::settle(1000);
    press(stage, out, QStringLiteral("export"));
    Stage::settle(2000);
    for (const QString& page : {start, train, chat, library, out}) camera.take(page, QStringLiteral("done"));

    auto* view = qobject_cast<TrainPage*>(stage.window().page(train))->view();
    stage.window().show_page(train);
    view->loss()->show_next_mark(1);
    camera.take(train, QStringLiteral("mark"));
    view->loss()->cursor()->zoom()->show_all();

    over_the_top(stage, camera);

    RunConfig wild = config;
    wild.train.memory_limit_bytes = 100'000'000;  // less than the program itself has
    stage.window().page(train)->findChild<TrainSetup*>()->set_config(wild, QStringLiteral("too-large"));
    run.start({.config = wild, .config_file = "too-large.json", .resume = {}});
    stage.wait("failed", [&] { return run.state() == RunWatch::State::ended && run.detail().summary.run != last.run; });
    stage.window().page(chat)->take_model({.folder = stage.paths().workspace.toStdString() + "/models/gone"});
    say(stage, QStringLiteral("Once upon a time"));
    stage.window().page(out)->take_model({.folder = stage.paths().workspace.toStdString() + "/models/gone"});
    press(stage, library, QStringLiteral("fetch"));
    stage.window().page(library)->findChild<QLineEdit*>(QStringLiteral("what"))->setText(QStringLiteral("no model"));
    press(stage, library, QStringLiteral("look_up"));
    Stage::settle(1000);
    for (const QString& page : {start, train, chat, library, out}) camera.take(page, QStringLiteral("failed"));
    keep_runs(stage, camera);
    compare_with_base(stage, camera);
    write_accessibility(stage, folder);
}

void self_test(const TourOptions& options) {
    TourOptions own = options;
    own.paths.workspace.clear();
    Stage stage(own);
    for (const LanguageChoice language : {LanguageChoice::korean, LanguageChoice::english}) {
        stage.appearance().set_language(language);
        for (const ThemeChoice theme : kThemes) {
            stage.appearance().set_theme(theme);
            for (const QString& page : stage.window().page_names()) {
                stage.window().show_page(page);
                Stage::settle(100);
                if (!stage.window().page(page)->isVisible())
                    fail({.kind = ErrorKind::internal, .key = page.toStdString(), .expected = "a page in view"});
            }
        }
    }
    stage.window().close();
}

}  // namespace lathe

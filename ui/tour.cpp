#include "ui/tour.h"

#include <QLineEdit>

#include "engine/base/error.h"
#include "ui/main_window.h"
#include "ui/tour_full.h"
#include "ui/tour_scenes.h"
#include "ui/tour_stage.h"
#include "ui/train_page.h"

namespace lathe {

namespace {

void draw_full_pages(const QDir& folder, const TourOptions& options, const std::function<void(const QString&)>& tell) {
    const QTemporaryDir place;
    TourOptions full = options;
    full.paths.workspace = place.filePath(QStringLiteral("Lathe"));
    fill_workspace(full.paths.workspace.toStdString());
    Stage stage(full);
    Camera camera(stage, folder, options.scale, tell);
    take_full_pages(stage, camera);
}

// On an empty workspace.
void draw_work(const QDir& folder, const TourOptions& options, const std::function<void(const QString&)>& tell) {
    const QString start = QStringLiteral("start"), data = QStringLiteral("data"), train = QStringLiteral("train"),
                  chat = QStringLiteral("chat"), model = QStringLiteral("model"), out = QStringLiteral("export"),
                  runs = QStringLiteral("runs"), settings = QStringLiteral("settings");
    TourOptions own = options;
    own.paths.workspace.clear();
    Stage stage(own);
    Camera camera(stage, folder, options.scale, tell);
    for (const QString& page : stage.window().page_names()) camera.take(page, QStringLiteral("empty"));
    keep_data(stage, camera);
    build_models(stage, camera);
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
    vary_settings(stage, camera);
    run.start({.config = config, .config_file = "nano.json", .resume = {}});
    stage.wait("running",
               [&] { return run.is_live() && run.detail().summary.step * 5 > run.detail().summary.max_steps * 2; });
    stage.window().page(chat)->take_model({.folder = {}, .run = run.run(), .checkpoint = "live"});
    say(stage, QStringLiteral("And the LORD said unto Moses,"));
    Stage::settle(400);
    for (const QString& page : {start, train, chat, runs}) camera.take(page, QStringLiteral("running"));
    ask_what_closing_means(stage, camera);
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
    for (const QString& page : {start, model, train, chat, out, runs, settings})
        camera.take(page, QStringLiteral("done"));

    look_at_tokens(stage, camera);
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
    press(stage, model, QStringLiteral("fetch"));
    stage.window().page(model)->findChild<QLineEdit*>(QStringLiteral("what"))->setText(QStringLiteral("no model"));
    press(stage, model, QStringLiteral("look_up"));
    Stage::settle(1000);
    for (const QString& page : {start, train, chat, model, out}) camera.take(page, QStringLiteral("failed"));
    keep_runs(stage, camera);
    compare_with_base(stage, camera);
    lay_over(stage, camera);
    write_accessibility(stage, folder);
}

}  // namespace

void draw_screenshots(const QDir& folder, const TourOptions& options, const std::function<void(const QString&)>& tell) {
    draw_work(folder, options, tell);
    draw_full_pages(folder, options, tell);
}

void self_test(const TourOptions& options) {
    TourOptions own = options;
    own.paths.workspace.clear();
    Stage stage(own);
    for (const LanguageChoice language : {LanguageChoice::korean, LanguageChoice::english}) {
        stage.appearance().set_language(language);
        for (const ThemeChoice theme : kTourThemes) {
            stage.appearance().set_theme(theme);
            for (const QString& page : stage.window().page_names()) {
                stage.window().show_page(page);
                Stage::settle(100);
                if (!stage.window().page(page)->isVisible())
                    fail({.kind = ErrorKind::internal, .key = page.toStdString(), .expected = "a page in view"});
            }
        }
    }
    open_palette(stage);
    stage.window().close();
}

}  // namespace lathe

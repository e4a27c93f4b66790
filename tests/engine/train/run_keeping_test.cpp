// Runs as the user keeps them, through the session: renamed, tagged, put into the trash and back, imported from another
// workspace, written for TensorBoard; and what a crash in the middle of a move leaves.
#include <QtTest>
#include <filesystem>

#include "engine/store/store.h"
#include "engine/train/checkpoint.h"
#include "engine/train/workspace.h"
#include "tests/engine/train/session_fixture.h"

using namespace lathe;
using namespace lathe_test;
namespace fs = std::filesystem;

namespace {

std::string trained(const Place& place, int64_t steps = 8) {
    RunConfig config = place.config();
    config.train.max_steps = steps;
    Watched session(place.workspace());
    const auto done = session.wait<TrainDone>(session.train(config));
    return done ? done->run : "";
}

std::vector<RunSummary> listed(Watched& session, bool trashed = false) {
    const auto list = session.wait<RunsListed>(session.post(ListRuns{.trashed = trashed}));
    return list ? list->runs : std::vector<RunSummary>();
}

std::optional<RunDetail> shown(Watched& session, const std::string& run) {
    return session.wait<RunDetail>(session.post(ShowRun{.run = run}));
}

std::optional<RunsImported> imported(Watched& session, const std::string& folder) {
    return session.wait<RunsImported>(session.post(ImportRuns{.folder = folder}));
}

void open(Watched& session) {
    QVERIFY(session.wait<WorkspaceOpened>(session.post(OpenWorkspace{})));
}

}  // namespace

class RunKeepingTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        place_ = std::make_unique<Place>();
        run_ = trained(*place_);
        QVERIFY(!run_.empty());
    }
    // Each test has a copy of the workspace with its one run.
    void init() {
        copy_ = std::make_unique<QTemporaryDir>();
        workspace_ = copy_->path().toStdString() + "/workspace";
        fs::copy(place_->workspace(), workspace_, fs::copy_options::recursive);
    }

    void a_list_knows_what_a_table_shows() {
        Watched session(workspace_);
        const auto runs = listed(session);
        QCOMPARE(runs.size(), size_t{1});
        QCOMPARE(runs[0].curve.size(), size_t{8});
        QVERIFY(runs[0].best_eval_loss && runs[0].elapsed_s > 0);
        int64_t bytes = 0;
        for (const RunCheckpoint& checkpoint : runs[0].checkpoints) bytes += folder_bytes(checkpoint.path);
        QCOMPARE(runs[0].bytes, bytes);
        const auto rest = session.wait<RunDetail>(session.post(ShowRun{.run = run_, .from_step = 5, .after_event = 1}));
        QVERIFY(rest);
        QCOMPARE(rest->from_step, int64_t{5});
        QCOMPARE(rest->metrics.size(), size_t{3});
        QCOMPARE(rest->metrics[0].step, int64_t{6});
        QVERIFY(!rest->events.empty() && rest->events[0].id > 1);
        QCOMPARE(rest->summary.step, int64_t{8});
    }

    void an_edit_is_kept_and_bad_words_are_refused() {
        Watched session(workspace_);
        const auto changed = session.wait<RunChanged>(session.post(
            EditRun{.run = run_, .name = "여름", .note = "n", .tags = std::vector<std::string>{"a", "b"}}));
        QVERIFY(changed);
        QCOMPARE(changed->summary.name, std::string("여름"));
        for (const EditRun& bad :
             {EditRun{.run = run_, .name = "  "}, EditRun{.run = run_, .name = std::string(300, 'x')},
              EditRun{.run = run_, .tags = std::vector<std::string>{""}}, EditRun{.run = "gone", .name = "x"},
              EditRun{.run = "../x", .name = "x"}})
            QVERIFY(session.failure(session.post(bad)));
        session.close();
        Watched again(workspace_);
        const auto runs = listed(again);
        QCOMPARE(runs[0].name, std::string("여름"));
        QCOMPARE(runs[0].tags, (std::vector<std::string>{"a", "b"}));
        // A resume keeps the name that the user gave.
        RunConfig config = place_->config();
        QVERIFY(again.wait<TrainDone>(again.train(config, run_)));
        QCOMPARE(listed(again)[0].name, std::string("여름"));
    }

    // Longer than an id's part, and in letters that an id has not. The folder knows it, too.
    void a_run_is_called_as_its_file() {
        Watched session(workspace_);
        const std::string name = "상담 · learning_rate 2e-4 · per_device_train_batch_size 16";
        const auto done = session.wait<TrainDone>(
            session.post(StartTraining{.config = place_->config(), .config_file = name + ".json", .resume = {}}));
        QVERIFY(done);
        const auto detail = session.wait<RunDetail>(session.post(ShowRun{.run = done->run}));
        QVERIFY(detail);
        QCOMPARE(detail->summary.name, name);
        session.close();
        fs::remove(workspace_ + "/lathe.db");
        Watched again(workspace_);
        open(again);
        const auto rebuilt = shown(again, done->run);
        QVERIFY(rebuilt);
        QCOMPARE(rebuilt->summary.name, name);
    }

    void the_trash_takes_the_folder_and_gives_it_back() {
        Watched session(workspace_);
        const auto before = shown(session, run_);
        QVERIFY(session.wait<RunChanged>(session.post(TrashRun{.run = run_})));
        QVERIFY(!fs::exists(folder()));
        QVERIFY(fs::exists(in_trash()));
        QVERIFY(listed(session).empty());
        const auto trash = listed(session, true);
        QCOMPARE(trash.size(), size_t{1});
        QVERIFY(trash[0].trashed && !trash[0].checkpoints.empty());
        QVERIFY(trash[0].checkpoints[0].path.starts_with(in_trash()));
        QVERIFY(session.failure(session.resume(run_)));  // what is in the trash is not trained on
        QVERIFY(session.wait<RunChanged>(session.post(TrashRun{.run = run_})));  // it is there already
        const auto back = session.wait<RunChanged>(session.post(TrashRun{.run = run_, .restore = true}), 0);
        QVERIFY(back && !back->summary.trashed);
        const auto after = shown(session, run_);
        QVERIFY(before && after);
        QCOMPARE(after->metrics.size(), before->metrics.size());
        QCOMPARE(after->events.size(), before->events.size());
        QCOMPARE(after->summary.checkpoints.size(), before->summary.checkpoints.size());
        QVERIFY(verify_folder(after->summary.checkpoints.back().path));
    }

    void an_emptied_trash_is_gone_for_good() {
        {
            Watched session(workspace_);
            QVERIFY(session.wait<RunChanged>(session.post(TrashRun{.run = run_})));
            const auto left = session.wait<RunsListed>(session.post(EmptyTrash{}));
            QVERIFY(left && left->runs.empty());
            QVERIFY(!fs::exists(in_trash()));
        }
        Watched again(workspace_);
        open(again);
        QVERIFY(listed(again).empty());
        QVERIFY(listed(again, true).empty());
    }

    void a_run_at_work_is_not_put_into_the_trash() {
        std::optional<Error> refused;
        Watched session(workspace_, after_step(10, TrashRun{.run = run_}));
        RunConfig config = place_->config();
        config.train.max_steps = 14;
        const RequestId training = session.train(config, run_);
        QVERIFY(session.wait<TrainDone>(training));
        for (const Failed& failed : session.all<Failed>()) refused = failed.error;
        QVERIFY(refused);
        QVERIFY2(refused->sentence().find(run_) != std::string::npos, refused->sentence().c_str());
        QVERIFY(fs::exists(folder()));
        QVERIFY(session.all<RunChanged>().empty());
    }

    // The row first: a crash before the folder has moved.
    void a_move_that_a_crash_cut_off_is_ended() {
        const auto mark = [&](bool trashed) {
            Store store(workspace_ + "/lathe.db", Store::Mode::read_write);
            store.set_trashed(run_, trashed);
            store.flush();
        };
        mark(true);
        {
            Watched session(workspace_);
            open(session);
            QVERIFY(listed(session).empty());
            QCOMPARE(listed(session, true).size(), size_t{1});
            QVERIFY(fs::exists(in_trash()) && !fs::exists(folder()));
        }
        mark(false);
        Watched session(workspace_);
        open(session);
        QCOMPARE(listed(session).size(), size_t{1});
        QVERIFY(fs::exists(folder()) && !fs::exists(in_trash()));
    }

    void a_lost_database_finds_the_trash_as_trash() {
        {
            Watched session(workspace_);
            QVERIFY(session.wait<RunChanged>(session.post(TrashRun{.run = run_})));
        }
        fs::remove(workspace_ + "/lathe.db");
        Watched session(workspace_);
        open(session);
        QVERIFY(listed(session).empty());
        QCOMPARE(listed(session, true).size(), size_t{1});
        QVERIFY(session.wait<RunChanged>(session.post(TrashRun{.run = run_, .restore = true})));
        QCOMPARE(shown(session, run_)->metrics.size(), size_t{8});
    }

    void another_workspace_is_imported_whole() {
        Place here;
        Watched session(here.workspace());
        const auto result = imported(session, workspace_);
        QVERIFY(result);
        QCOMPARE(result->runs, std::vector<std::string>{run_});
        QVERIFY(result->left_out.empty());
        Watched there(workspace_);
        const auto copy = shown(session, run_), original = shown(there, run_);
        QVERIFY(copy && original);
        QCOMPARE(copy->config_json, original->config_json);
        QCOMPARE(copy->metrics.size(), original->metrics.size());
        for (size_t i = 0; i < copy->metrics.size(); ++i) {
            QCOMPARE(copy->metrics[i].loss, original->metrics[i].loss);
            QVERIFY(copy->metrics[i].bytes == original->metrics[i].bytes);
        }
        QCOMPARE(copy->events.size(), original->events.size());
        QCOMPARE(copy->summary.workspace_from, workspace_);
        QCOMPARE(copy->summary.checkpoints.size(), original->summary.checkpoints.size());
        for (const RunCheckpoint& checkpoint : copy->summary.checkpoints) QVERIFY(verify_folder(checkpoint.path));
        RunConfig config = place_->config();  // and it goes on here
        const auto done = session.wait<TrainDone>(session.train(config, run_));
        QVERIFY(done);
        QCOMPARE(done->resumed_from_step, int64_t{8});
    }

    void a_run_folder_without_a_record_comes_under_a_new_id_where_its_own_is_taken() {
        const std::string alone = copy_->path().toStdString() + "/" + run_;
        fs::copy(folder(), alone, fs::copy_options::recursive);
        Watched session(workspace_);
        const auto result = imported(session, alone + "/");
        QVERIFY(result && result->runs.size() == 1);
        const std::string id = result->runs[0];
        QVERIFY(id != run_);
        const auto copy = shown(session, id);
        QCOMPARE(copy->metrics.size(), size_t{8});
        QVERIFY(!copy->summary.checkpoints.empty());
        for (const RunCheckpoint& checkpoint : copy->summary.checkpoints) {
            QVERIFY(verify_folder(checkpoint.path));
            QCOMPARE(read_run_snapshot(checkpoint.path).run, id);
        }
        session.close();
        fs::remove(workspace_ + "/lathe.db");  // also its folder says who it is
        Watched again(workspace_);
        open(again);
        QCOMPARE(listed(again).size(), size_t{2});
    }

    void what_is_broken_is_left_out_and_named() {
        const auto checkpoints = list_checkpoints(folder());
        QVERIFY(checkpoints.size() >= 2);
        flip_a_byte(checkpoints[0].path + "/model.safetensors");
        fs::create_directories(workspace_ + "/runs/20260101-000000-empty-aaaa");
        Place here;
        Watched session(here.workspace());
        const auto result = imported(session, workspace_);
        QVERIFY(result);
        QCOMPARE(result->runs, std::vector<std::string>{run_});
        QCOMPARE(result->left_out.size(), size_t{2});
        QVERIFY(result->left_out[0].file.find("model.safetensors") != std::string::npos);
        QVERIFY(result->left_out[1].file.find("empty-aaaa") != std::string::npos);
        const auto copy = shown(session, run_);
        QCOMPARE(copy->summary.checkpoints.size(), checkpoints.size() - 1);
        QCOMPARE(copy->metrics.size(), size_t{8});  // of the record
        std::vector<std::string> names;
        for (const auto& entry : fs::directory_iterator(here.workspace() + "/runs"))
            names.push_back(entry.path().filename().string());
        QCOMPARE(names, std::vector<std::string>{run_});
    }

    void no_run_and_the_workspace_itself_are_refused() {
        Watched session(workspace_);
        const auto own = session.failure(session.post(ImportRuns{.folder = workspace_}));
        QVERIFY(own && own->kind == ErrorKind::usage);
        QTemporaryDir nothing;
        const auto none = session.failure(session.post(ImportRuns{.folder = nothing.path().toStdString()}));
        QVERIFY(none && none->kind == ErrorKind::not_found);
        QCOMPARE(listed(session).size(), size_t{1});
    }

    void curves_go_to_tensorboard() {
        Watched session(workspace_);
        const std::string out = copy_->path().toStdString() + "/events";
        const auto written = session.wait<FileWritten>(session.post(WriteTensorBoard{.run = run_, .out = out}));
        QVERIFY(written);
        std::string bytes;
        for (const auto& entry : fs::directory_iterator(out)) {
            QVERIFY(entry.path().filename().string().starts_with("events.out.tfevents."));
            bytes = contents(entry.path().string());
        }
        for (const char* tag :
             {"loss/train", "loss/validation", "learning_rate", "grad_norm", "tokens_per_s", "memory/"})
            QVERIFY2(bytes.find(tag) != std::string::npos, tag);
        QVERIFY(session.failure(session.post(WriteTensorBoard{.run = run_, .out = out})));  // it is there
    }

    void the_queue_outlives_the_session() {
        {
            Watched session(workspace_);
            session.post(SaveQueue{{{.id = "1", .name = "next", .config_json = "{}"}}});
        }
        Watched session(workspace_);
        const auto queue = session.wait<QueueListed>(session.post(ListQueue{}));
        QVERIFY(queue && queue->runs.size() == 1);
        QCOMPARE(queue->runs[0].name, std::string("next"));
        QVERIFY(session.failure(session.post(SaveQueue{{{.id = ""}}})));
        QVERIFY(session.failure(session.post(SaveQueue{{{.id = "1"}, {.id = "1"}}})));
    }

private:
    std::string folder() const { return workspace_ + "/runs/" + run_; }
    std::string in_trash() const { return workspace_ + "/trash/" + run_; }

    std::unique_ptr<Place> place_;
    std::string run_, workspace_;
    std::unique_ptr<QTemporaryDir> copy_;
};

QTEST_APPLESS_MAIN(RunKeepingTest)
#include "run_keeping_test.moc"

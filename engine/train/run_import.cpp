#include "engine/train/run_import.h"

#include <algorithm>
#include <filesystem>
#include <memory>

#include "engine/base/error.h"
#include "engine/base/files.h"
#include "engine/base/json.h"
#include "engine/base/posix_file.h"
#include "engine/train/checkpoint.h"
#include "engine/train/run_recorder.h"
#include "engine/train/training_run.h"
#include "engine/train/trash.h"
#include "engine/train/workspace.h"

namespace lathe {

namespace fs = std::filesystem;

namespace {

constexpr int64_t kPiece = 4 << 20;
constexpr const char* kSnapshot = "lathe/run.json";

struct Source {
    std::string id, folder;  // no folder: the other record has rows alone
};

bool is_folder(const std::string& path) {
    std::error_code ignored;
    return fs::is_directory(path, ignored);
}

std::string without_slash(std::string path) {
    while (path.size() > 1 && path.back() == '/') path.pop_back();
    return path;
}

// What ends the whole import, and not one run's.
bool ends_all(ErrorKind kind) {
    return kind == ErrorKind::cancelled || kind == ErrorKind::disk_full || kind == ErrorKind::unwritable ||
           kind == ErrorKind::io;
}

class RunImport {
public:
    RunImport(std::string workspace, Store& store, const std::function<bool(const Progress&)>& progress)
        : workspace_(std::move(workspace)), store_(store), progress_(progress) {}

    RunsImported take(const std::string& from) {
        const std::vector<Source> sources = find_sources(without_slash(from));
        for (const Source& source : sources) total_ += source.folder.empty() ? 0 : folder_bytes(source.folder);
        require_free_bytes(workspace_, total_);
        for (const Source& source : sources) {
            const auto error = error_of([&] { take_run(source); });
            if (error && ends_all(error->kind)) fail(*error);
            if (error) result_.left_out.push_back(*error);
        }
        store_.flush();
        return std::move(result_);
    }

private:
    std::vector<Source> find_sources(std::string from) {
        if (fs::path(from).filename() == "runs" && fs::exists(from + "/../lathe.db")) from = parent_folder(from);
        from = fs::absolute(from).string();
        const bool one_run = !list_checkpoints(from).empty();
        const std::string above = parent_folder(from);
        from_ = one_run && fs::path(above).filename() == "runs" ? parent_folder(above) : from;
        std::error_code ignored;
        if (fs::equivalent(from_, workspace_, ignored))
            fail({.kind = ErrorKind::usage, .file = from, .expected = "another workspace", .found = "this one"});
        if (fs::exists(from_ + "/lathe.db", ignored))
            if (const auto error =
                    error_of([&] { other_ = std::make_unique<Store>(from_ + "/lathe.db", Store::Mode::read_only); }))
                result_.left_out.push_back(*error);  // the folders are there
        if (one_run) return {{fs::path(from).filename().string(), from}};
        std::vector<Source> sources;
        const std::vector<RunRecord> rows = other_ ? other_->list_runs() : std::vector<RunRecord>();
        for (auto row = rows.rbegin(); row != rows.rend(); ++row) {  // the newest comes last, and is first in the list
            const std::string folder = run_folder(from, row->id, /*trashed=*/false);
            sources.push_back({row->id, is_folder(folder) ? folder : std::string()});
        }
        for (const std::string& folder : run_folders(from, /*trashed=*/false)) {
            const std::string id = fs::path(folder).filename().string();
            if (std::none_of(rows.begin(), rows.end(), [&](const RunRecord& row) { return row.id == id; }))
                sources.push_back({id, folder});
        }
        if (sources.empty())
            fail({.kind = ErrorKind::not_found,
                  .file = from,
                  .key = "run",
                  .expected = "a workspace with runs, or the folder of a run"});
        return sources;
    }

    std::string free_id(const Source& source) {
        std::string id = source.id;
        while (store_.find_run(id) || is_folder(run_folder(workspace_, id, false)) ||
               is_folder(run_folder(workspace_, id, true)))
            id = new_run_id(run_name(source.id) + ".json");
        return id;
    }

    void take_run(const Source& source) {
        check_run_id(source.id);
        const auto known = other_ ? other_->find_run(source.id) : std::nullopt;
        const std::string id = free_id(source);
        const bool copied = !source.folder.empty() && copy_folder(source, id, known.has_value());
        const std::string folder = run_folder(workspace_, id, false);
        FolderRun run;
        if (known) {
            run = {.record = *known, .metrics = other_->read_metrics(source.id), .checkpoints = {}};
            if (copied) run.checkpoints = checkpoints_of(folder, other_->read_checkpoints(source.id));
            if (run.record.state == RunState::running || run.record.state == RunState::paused)
                run.record.state = RunState::interrupted;
        } else {
            run = read_run_folder(folder).value();
        }
        run.record.id = id;
        run.record.workspace_from = from_;
        store_.restore_run(run.record, run.metrics, run.checkpoints);
        if (known) {
            for (const EventRow& row : other_->read_events(source.id)) store_.add_event(id, row);
            for (const SampleRow& row : other_->read_samples(source.id)) store_.add_sample(id, row);
        }
        store_.flush();
        result_.runs.push_back(id);
    }

    // False: nothing of it could be copied, which is an error where there are no rows either.
    bool copy_folder(const Source& source, const std::string& id, bool has_rows) {
        DurableFolder folder(run_folder(workspace_, id, false));
        std::vector<Error> broken;
        int64_t copied = 0;
        for (const CheckpointPlace& place : list_checkpoints(source.folder)) {
            const auto error = error_of([&] { copy_checkpoint(place, source.id, folder.path(), id); });
            if (error && ends_all(error->kind)) fail(*error);
            if (error)
                broken.push_back(*error);
            else
                ++copied;
        }
        if (copied == 0 && !has_rows)
            fail(!broken.empty() ? broken.front()
                                 : Error{.kind = ErrorKind::not_found,
                                         .file = source.folder,
                                         .key = "checkpoint",
                                         .expected = "one that verifies"});
        result_.left_out.insert(result_.left_out.end(), broken.begin(), broken.end());
        if (copied == 0) return false;
        if (is_folder(source.folder + "/tokenizer"))
            for (const auto& entry : fs::directory_iterator(source.folder + "/tokenizer"))
                copy_file(entry.path().string(), folder.path() + "/tokenizer/" + entry.path().filename().string());
        folder.commit(/*write_manifest=*/false);
        return true;
    }

    void copy_checkpoint(const CheckpointPlace& place, const std::string& run, const std::string& run_folder,
                         const std::string& id) {
        const auto differs = [&](const std::string& file) {
            fail({.kind = ErrorKind::malformed, .file = file, .expected = "files as its manifest says"});
        };
        if (!verify_folder(place.path, /*hashes=*/false)) differs(place.path);
        if (read_run_snapshot(place.path).run != run)
            fail({.kind = ErrorKind::mismatch, .file = place.path + "/" + kSnapshot, .key = "run", .expected = run});
        DurableFolder folder(run_folder + "/" + fs::path(place.path).filename().string());
        const Json manifest = read_json(place.path + "/manifest.json");
        for (const auto& [name, entry] : manifest["files"].items()) {
            const std::string hash = copy_file(place.path + "/" + name, folder.path() + "/" + name);
            if (hash != entry["sha256"].get<std::string>()) differs(place.path + "/" + name);
            folder.set_sha256(name, hash);
        }
        if (id != run) rename_run(folder, id);
        folder.commit();
    }

    static void rename_run(DurableFolder& folder, const std::string& id) {
        RunSnapshot snapshot = read_run_snapshot(folder.path());
        snapshot.run = id;
        const std::string json = run_snapshot_json(snapshot);
        write_file_durably(folder.path() + "/" + kSnapshot, json);
        folder.set_sha256(kSnapshot, sha256(json));
    }

    std::string copy_file(const std::string& from, const std::string& to) {
        const Descriptor in = open_regular_file(from, /*no_follow=*/true);
        make_folders(parent_folder(to));
        OutputFile out(to);
        std::string piece;
        const auto size = static_cast<int64_t>(fs::file_size(from));
        for (int64_t at = 0; at < size; at += kPiece) {
            piece.resize(static_cast<size_t>(std::min(kPiece, size - at)));
            read_at(in.get(), from, "", at, static_cast<int64_t>(piece.size()), piece.data());
            out.write(piece.data(), static_cast<int64_t>(piece.size()));
            done_ += static_cast<int64_t>(piece.size());
            const Progress progress{.what = "import",
                                    .unit = "bytes",
                                    .done = static_cast<double>(done_),
                                    .total = static_cast<double>(total_)};
            if (!progress_(progress)) fail({.kind = ErrorKind::cancelled});
        }
        return out.finish();
    }

    static std::vector<CheckpointRow> checkpoints_of(const std::string& folder,
                                                     const std::vector<CheckpointRow>& rows) {
        std::vector<CheckpointRow> copied;
        for (const CheckpointPlace& place : list_checkpoints(folder)) {
            const auto row =
                std::find_if(rows.begin(), rows.end(), [&](const CheckpointRow& r) { return r.step == place.step; });
            CheckpointRow made{.step = place.step, .path = place.path, .bytes = folder_bytes(place.path)};
            made.eval_loss = row != rows.end() ? row->eval_loss : read_run_snapshot(place.path).eval_loss;
            made.best = row != rows.end() && row->best;
            copied.push_back(std::move(made));
        }
        return copied;
    }

    const std::string workspace_;
    Store& store_;
    const std::function<bool(const Progress&)>& progress_;
    std::string from_;
    std::unique_ptr<Store> other_;
    RunsImported result_;
    int64_t done_ = 0, total_ = 0;
};

}  // namespace

RunsImported import_runs(const std::string& from, const std::string& workspace, Store& store,
                         const std::function<bool(const Progress&)>& progress) {
    return RunImport(workspace, store, progress).take(from);
}

}  // namespace lathe

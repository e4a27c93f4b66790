#include "engine/data/document_index.h"

#include <algorithm>
#include <exception>
#include <utility>

#include "engine/base/error.h"

namespace lathe {

namespace {

constexpr int64_t kStride = 1 << 20;  // bytes of a file between marks
constexpr int64_t kFirstLook = 32 << 20;

bool can_begin_inside(FileKind kind) {
    return kind == FileKind::txt || has_rows(kind);
}

std::string key_of(const DocumentSource& source, const std::vector<DocumentIndex::File>& files) {
    const RowColumns& columns = source.columns;
    std::string key;
    for (const std::string& part : {source.format, source.text_column, columns.messages, columns.prompt, columns.input,
                                    columns.completion, source.system_prompt})
        key += part + '\n';
    for (const DocumentIndex::File& file : files)
        key += file.data.path + '\n' + std::to_string(file.data.size) + ' ' + std::to_string(file.data.modified_ns) +
               (file.data.validation ? " validation" : "") +
               (file.problem && file.data.size == 0 ? file.problem->sentence() : "") + '\n';
    return key;
}

}  // namespace

DocumentIndex::DocumentIndex(DocumentSource source) : source_(std::move(source)) {
    const auto refuse = [this](const std::string& path, const Error& error) {
        File& broken = files_.emplace_back();
        broken.data.path = path;
        broken.problem = error;
    };
    for (const DataFile& file : list_data_files(source_, refuse)) files_.push_back({.data = file});
    std::stable_sort(files_.begin(), files_.end(),
                     [](const File& a, const File& b) { return !a.problem && b.problem; });
    for (File& file : files_) {
        if (file.problem) continue;
        std::vector<DataFile> one{file.data};
        file.problem = error_of([&] { recognise_rows(one, source_); });
        file.data = one.front();
    }
    key_ = key_of(source_, files_);
}

int64_t DocumentIndex::bytes() const {
    int64_t sum = 0;
    for (const File& file : files_) sum += file.problem ? 0 : file.data.size;
    return sum;
}

bool DocumentIndex::read_file(const File& file, int64_t first, int64_t bytes_before, int64_t index, FilePlace start,
                              const Callback& callback, ImportReport& report) const {
    bool go_on = true;
    const auto hand_over = [&](std::string_view text, const Example* example, DocumentPlace place) {
        const int64_t number = index++;
        if (number < first) return true;
        place.bytes_read += bytes_before;
        return go_on = callback({number, text, example, file.data, place});
    };
    const auto text = [&](std::string_view one, const DocumentPlace& place) { return hand_over(one, nullptr, place); };
    const auto example = [&](const Example& one, const DocumentPlace& place) {
        return index < first ? hand_over({}, &one, place) : hand_over(plain_text(one), &one, place);
    };
    read_documents({file.data}, source_.system_prompt, text, example, report, start);
    return go_on;
}

void DocumentIndex::go_through(const ImportProgress& progress) {
    const int64_t total = bytes();
    int64_t bytes_before = 0, told = 0;
    for (File& file : files_) {
        if (file.problem) continue;
        file.first = documents_;
        const size_t marks_before = marks_.size();
        int64_t marked = 0, count = 0;
        ImportReport report;
        OddLines odd;
        const auto tell = [&](int64_t done) {
            told = done;
            if (progress && !progress(done, total)) fail({.kind = ErrorKind::cancelled});
        };
        file.problem = error_of([&] {
            look_for_separator(file.data);
            tell(bytes_before);
            const auto look = [&](const SourceDocument& document) {
                ++count;
                const DocumentPlace& place = document.place;
                if (can_begin_inside(file.data.kind) && place.byte - marked >= kStride) {
                    marks_.push_back({document.index, {place.line, place.byte}});
                    marked = place.byte;
                }
                if (has_rows(file.data.kind)) odd.look_at(document.text, place);
                if (place.bytes_read - told >= kStride) tell(place.bytes_read);
                return true;
            };
            read_file(file, 0, bytes_before, file.first, {}, look, report);
        });
        if (file.problem && file.problem->kind == ErrorKind::cancelled) fail(*file.problem);
        if (!has_rows(file.data.kind) && file.data.kind != FileKind::docx && file.data.kind != FileKind::pdf)
            odd.look_through(file.data, [&] { tell(told); });
        odd.add_rows(report);
        odd_.add_all(odd);
        bytes_before += file.data.size;
        if (file.problem) {
            marks_.resize(marks_before);
            continue;
        }
        file.documents = count;
        documents_ += count;
    }
    whole_ = true;
}

void DocumentIndex::read(int64_t first, const Callback& callback) const {
    int64_t bytes_before = 0, index = 0;
    for (const File& file : files_) {
        if (file.problem) continue;
        if (whole_ && file.first + file.documents <= first) {
            bytes_before += file.data.size;
            continue;
        }
        FilePlace start;
        if (whole_) {
            index = file.first;
            const auto after =
                std::upper_bound(marks_.begin(), marks_.end(), first,
                                 [](int64_t number, const Mark& mark) { return number < mark.document; });
            if (after != marks_.begin() && std::prev(after)->document >= file.first) {
                index = std::prev(after)->document;
                start = std::prev(after)->place;
            }
        }
        ImportReport report;
        bool go_on = true;
        std::exception_ptr thrown;  // by the callback: no problem of the file's
        const auto count = [&](const SourceDocument& document) {
            index = document.index + 1;
            try {
                // What is known of the documents ends with those that were gone through.
                if (whole_ && document.index >= file.first + file.documents)
                    fail({.kind = ErrorKind::mismatch,
                          .file = file.data.path,
                          .expected = "a file that stays as it is",
                          .found = "it has grown since it was looked through"});
                return callback(document);
            } catch (...) {
                thrown = std::current_exception();
                return false;
            }
        };
        const auto work = [&] {
            File one = file;
            if (!whole_) look_for_separator(one.data, kFirstLook);  // not through 10 GB for a page
            go_on = read_file(one, first, bytes_before, index, start, count, report);
        };
        const std::optional<Error> problem = error_of(work);
        if (thrown) std::rethrow_exception(thrown);
        if (problem && whole_) {
            check_unchanged();
            fail(*problem);
        }
        if (!go_on) return;
        bytes_before += file.data.size;
    }
}

void DocumentIndex::check_unchanged() const {
    const DocumentIndex now(source_);
    for (size_t i = 0; i < files_.size(); ++i) {
        const DataFile& before = files_[i].data;
        const bool same = i < now.files_.size() && now.files_[i].data.path == before.path &&
                          now.files_[i].data.size == before.size &&
                          now.files_[i].data.modified_ns == before.modified_ns;
        if (same) continue;
        fail({.kind = ErrorKind::mismatch,
              .file = before.path,
              .expected = "a file at rest",
              .found = "it changed while it was read"});
    }
}

}  // namespace lathe

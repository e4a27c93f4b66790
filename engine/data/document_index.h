// The documents of a source by number. Going through the files once counts them, finds the files that cannot be read
// (they are passed over whole, the others are not), the lines worth a look, and keeps the place of a document every
// MiB, so that reading begins near any document: in a .txt or a file of rows, of any size; another kind is read from
// its beginning, and such files are bounded. 24 bytes of memory a MiB. A whole index is of any thread.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "engine/data/documents.h"
#include "engine/data/odd_lines.h"
#include "engine/data/token_cache.h"

namespace lathe {

// Valid while it is handed over.
struct SourceDocument {
    int64_t index = 0;      // from 0, of all
    std::string_view text;  // of an example its plain_text()
    const Example* example = nullptr;
    const DataFile& file;
    const DocumentPlace& place;
};

class DocumentIndex {
public:
    struct File {
        DataFile data;
        int64_t first = 0, documents = 0;  // once gone through
        std::optional<Error> problem;      // why nothing is read of it
    };

    // Lists the files. Errors: of the source alone (no files, an unknown format); what is wrong with one is its
    // problem.
    explicit DocumentIndex(DocumentSource source);
    // `progress` is called every MiB, so that cancelling takes no time.
    void go_through(const ImportProgress& progress);

    bool is_whole() const { return whole_; }  // gone through
    const DocumentSource& source() const { return source_; }
    const std::vector<File>& files() const { return files_; }
    int64_t documents() const { return documents_; }
    int64_t bytes() const;  // of the files that are read
    const OddLines& odd() const { return odd_; }
    // Of the settings and of the files as they are: size and time.
    const std::string& key() const { return key_; }

    // Documents first, first + 1, … until the callback returns false. Of an index that is not whole: what comes before
    // a file's problem too, and a document's number counts those. Errors: mismatch where a whole index's file is
    // another.
    using Callback = std::function<bool(const SourceDocument&)>;
    void read(int64_t first, const Callback& callback) const;
    // mismatch, naming the file, where one is not as it was listed.
    void check_unchanged() const;

private:
    struct Mark {
        int64_t document = 0;  // of all
        FilePlace place;
    };

    bool read_file(const File& file, int64_t first, int64_t bytes_before, int64_t index, FilePlace start,
                   const Callback& callback, ImportReport& report) const;

    DocumentSource source_;
    std::vector<File> files_;
    std::vector<Mark> marks_;
    OddLines odd_;
    int64_t documents_ = 0;
    bool whole_ = false;
    std::string key_;
};

}  // namespace lathe

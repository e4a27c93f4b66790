// Text files cut into documents of a number of code points, as the training of a tokenizer reads them. Bytes that are
// not UTF-8 are left out; a document never spans two files. One thread at a time.
#pragma once

#include <cstdint>
#include <fstream>
#include <string>
#include <vector>

namespace lathe {

class TextDocuments {
public:
    // Throws not_found or unreadable where a path is no regular file.
    TextDocuments(std::vector<std::string> files, int64_t document_characters);
    // False at the end.
    bool next(std::string& document);
    // Of the bytes of all files, how much has been handed out: 0..1.
    double fraction_done() const;

private:
    void refill();

    std::vector<std::string> files_;
    int64_t characters_;
    size_t file_ = 0;  // the next to open
    std::ifstream stream_;
    bool at_end_ = true;  // of the open file
    std::string pending_;
    size_t used_ = 0;  // bytes of pending_ that are handed out
    int64_t bytes_total_ = 0, bytes_read_ = 0;
};

}  // namespace lathe

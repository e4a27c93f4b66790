// A made-up Hugging Face site for the tests of fetches: one repository, org/tiny, in the API's own words.
#pragma once

#include <QCryptographicHash>
#include <QTemporaryDir>
#include <map>
#include <memory>

#include "engine/library/fetch.h"
#include "tests/engine/formats/format_fixture.h"
#include "tests/engine/library/http_server.h"

namespace lathe {

inline const std::string kCommit(40, 'c');

inline std::string qt_sha256(const std::string& bytes) {
    return QCryptographicHash::hash(QByteArray::fromStdString(bytes), QCryptographicHash::Sha256).toHex().toStdString();
}

// 300,000 bytes that repeat nowhere near.
inline std::string many_bytes() {
    std::string bytes;
    for (int i = 0; bytes.size() < 300'000; ++i) bytes += std::to_string(i * i) + ",";
    return bytes.substr(0, 300'000);
}

class FetchSite {
public:
    FetchSite() : server_([this](const Asked& asked) { return answer(asked); }) {
        request.folder = temporary_.path().toStdString() + "/models";
        request.what = "org/tiny";
        request.allow = true;
        request.mirror = server_.address();
        request.stall_timeout_s = 1;
    }

    std::map<std::string, std::string> files = {{"config.json", "{}"}, {"model.safetensors", many_bytes()}};
    std::map<std::string, std::string> told_sha256;  // where the listing is to lie
    std::string info = R"({"sha":")" + kCommit + R"(","cardData":{"license":"apache-2.0"}})";
    std::string listing;  // instead of that of `files`
    // Before the usual answers; nothing: those.
    std::function<std::optional<Answer>(const Asked&)> instead;
    FetchRequest request;

    HttpServer& server() { return server_; }
    std::string root() const { return temporary_.path().toStdString(); }
    std::string got(const std::string& name) const { return get_file(request.folder + "/tiny/" + name); }

private:
    std::string usual_listing() const {
        std::string text;
        for (const auto& [name, bytes] : files) {
            const std::string size = std::to_string(bytes.size());
            text += (text.empty() ? "[" : ",") + (R"({"type":"file","oid":"x","size":)" + size) + R"(,"path":")" +
                    name + "\"";
            const auto told = told_sha256.find(name);
            if (!name.ends_with(".json"))
                text += R"(,"lfs":{"oid":")" + (told != told_sha256.end() ? told->second : qt_sha256(bytes)) +
                        R"(","size":)" + size + R"(,"pointerSize":130})";
            text += "}";
        }
        return text + R"(,{"type":"directory","oid":"x","size":0,"path":"onnx"}])";
    }
    Answer answer(const Asked& asked) const {
        if (instead)
            if (const auto other = instead(asked)) return *other;
        if (asked.path == "/api/models/org/tiny/revision/main") return {.body = info};
        if (asked.path.starts_with("/api/models/org/tiny/tree/" + kCommit))
            return {.body = listing.empty() ? usual_listing() : listing};
        const std::string prefix = "/org/tiny/resolve/" + kCommit + "/";
        const auto file = asked.path.starts_with(prefix) ? files.find(asked.path.substr(prefix.size())) : files.end();
        if (file == files.end()) return {.status = 404};
        return ranged(asked, file->second);
    }

public:
    static Answer ranged(const Asked& asked, const std::string& bytes) {
        const int64_t from = asked.from();
        if (from < 0) return {.body = bytes};
        const std::string size = std::to_string(bytes.size());
        return {.status = 206,
                .body = bytes.substr(static_cast<size_t>(from)),
                .headers = "Content-Range: bytes " + std::to_string(from) + "-" + std::to_string(bytes.size() - 1) +
                           "/" + size + "\r\n"};
    }

private:
    QTemporaryDir temporary_;
    HttpServer server_;
};

}  // namespace lathe

// GET and HEAD over HTTPS by libcurl, as fetches need them: certificates are always verified, plain http is spoken to
// this machine alone, redirects (at most 5) are held to the same rules and never see the token of another host. Any
// thread; a call blocks.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace lathe {

struct HttpSettings {
    std::string proxy;         // "": that of the environment; never for this machine's own addresses
    std::string token;         // "": none
    std::string token_origin;  // origin_of() the one host that may see it
    int64_t connect_timeout_ms = 15'000;
    int64_t stall_timeout_s = 60;  // without a byte
};

struct HttpReply {
    int64_t status = 0;
    int64_t first_byte = 0;   // of what came, by Content-Range
    int64_t body_bytes = -1;  // -1: not told
    std::string link, etag, last_modified;
    std::string error_code;  // Hugging Face's X-Error-Code: GatedRepo, RepoNotFound, …
};

struct HttpGet {
    std::string url;
    int64_t from = 0;        // first byte wanted; a server may begin at 0 all the same
    bool head_only = false;  // HEAD
    // Gets the body piece by piece; may throw, which ends the call.
    std::function<void(const HttpReply&, std::string_view)> body = {};
    std::function<bool()> keep_going = {};  // asked at least once a second; false cancels
};

// "https://huggingface.co:443". usage for what is no https address, or http to another machine, or has a user's name.
std::string origin_of(const std::string& url);
// What stands between the slashes of an address or a query, made safe: "a b" → "a%20b".
std::string percent_encoded(const std::string& text);
// Returns once a status of 200 or 206 and the whole body came. Errors, with the address as `file`: not_found (404, or
// Hugging Face's "no such repository"); unreadable with key "access" (401, 403) or "connection" (no name, no route, no
// trust in the certificate, cut off, stalled; other statuses); mismatch (too many redirects); cancelled; usage.
HttpReply http_get(const HttpSettings& settings, const HttpGet& get);
// The body as a text; too_large from max_bytes on.
std::string http_text(const HttpSettings& settings, HttpGet get, int64_t max_bytes, HttpReply* reply = nullptr);

}  // namespace lathe

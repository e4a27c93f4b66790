#include "engine/library/http.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <unistd.h>

#include <charconv>
#include <csignal>
#include <exception>
#include <memory>

#include "engine/base/error.h"
#include "engine/base/resources.h"

namespace lathe {

namespace {

constexpr int kMostRedirects = 5;
constexpr int64_t kHeadLimit = 1 << 16;  // bytes of an answer's body that is not wanted

struct Free {
    void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
    void operator()(CURLU* url) const { curl_url_cleanup(url); }
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
    void operator()(char* text) const { curl_free(text); }
};
template <class T>
using Owned = std::unique_ptr<T, Free>;

std::string part_of(CURLU* url, CURLUPart part) {
    char* text = nullptr;
    if (curl_url_get(url, part, &text, CURLU_DEFAULT_PORT) != CURLUE_OK) return "";
    return Owned<char>(text).get();
}

bool is_this_machine(const std::string& host) {
    in_addr address{};
    return host == "localhost" || host == "[::1]" ||
           (::inet_pton(AF_INET, host.c_str(), &address) == 1 && ntohl(address.s_addr) >> 24 == 127);
}

struct Address {
    std::string origin;
    bool is_local;
};

Address checked_address(const std::string& url) {
    const Owned<CURLU> parsed(curl_url());
    const CURLUcode code = curl_url_set(parsed.get(), CURLUPART_URL, url.c_str(), CURLU_DISALLOW_USER);
    const std::string scheme = part_of(parsed.get(), CURLUPART_SCHEME), host = part_of(parsed.get(), CURLUPART_HOST);
    const bool is_local = is_this_machine(host);
    if (code != CURLUE_OK || host.empty() || !(scheme == "https" || (scheme == "http" && is_local)))
        fail({.kind = ErrorKind::usage, .file = url, .expected = "an https address", .found = "another"});
    return {scheme + "://" + host + ":" + part_of(parsed.get(), CURLUPART_PORT), is_local};
}

// One request on its way: what its callbacks need. No exception may cross libcurl.
struct Transfer {
    CURL* handle;
    const HttpGet& get;
    HttpReply reply = {};
    int64_t unwanted = 0;
    std::exception_ptr error = {};

    bool is_wanted() const { return reply.status == 200 || reply.status == 206; }
    void read_headers();
};

std::string header_of(CURL* handle, const char* name) {
    curl_header* header = nullptr;
    return curl_easy_header(handle, name, 0, CURLH_HEADER, -1, &header) == CURLHE_OK ? header->value : "";
}

void Transfer::read_headers() {
    long status = 0;
    curl_off_t bytes = -1;
    curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status);
    curl_easy_getinfo(handle, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &bytes);
    reply = {.status = status,
             .body_bytes = bytes,
             .link = header_of(handle, "Link"),
             .etag = header_of(handle, "ETag"),
             .last_modified = header_of(handle, "Last-Modified"),
             .error_code = header_of(handle, "X-Error-Code")};
    const std::string range = header_of(handle, "Content-Range");  // "bytes 100-199/200"
    if (status == 206 && range.starts_with("bytes "))
        std::from_chars(range.data() + 6, range.data() + range.size(), reply.first_byte);
}

size_t on_body(const char* bytes, size_t, size_t count, void* user) {
    auto& transfer = *static_cast<Transfer*>(user);
    if (transfer.reply.status == 0) transfer.read_headers();
    if (!transfer.is_wanted() || !transfer.get.body) {
        transfer.unwanted += static_cast<int64_t>(count);
        return transfer.unwanted <= kHeadLimit ? count : CURL_WRITEFUNC_ERROR;
    }
    try {
        transfer.get.body(transfer.reply, std::string_view(bytes, count));
        return count;
    } catch (...) {
        transfer.error = std::current_exception();
        return CURL_WRITEFUNC_ERROR;
    }
}

int on_progress(void* user, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
    auto& transfer = *static_cast<Transfer*>(user);
    try {
        return !transfer.get.keep_going || transfer.get.keep_going() ? 0 : 1;
    } catch (...) {
        transfer.error = std::current_exception();
        return 1;
    }
}

// A server that closes while OpenSSL writes to it is an error and not a signal: SIGPIPE is held back from this thread,
// and one that came is taken out before it is let through again.
class PipeSignal {
public:
    PipeSignal() {
        sigemptyset(&pipe_);
        sigaddset(&pipe_, SIGPIPE);
        pthread_sigmask(SIG_BLOCK, &pipe_, &before_);
    }
    ~PipeSignal() {
        const timespec none{};
        if (sigismember(&before_, SIGPIPE) == 0) sigtimedwait(&pipe_, nullptr, &none);
        pthread_sigmask(SIG_SETMASK, &before_, nullptr);
    }
    PipeSignal(const PipeSignal&) = delete;
    PipeSignal& operator=(const PipeSignal&) = delete;

private:
    sigset_t pipe_{}, before_{};
};

Owned<CURL> new_handle() {
    static const CURLcode ready = curl_global_init(CURL_GLOBAL_DEFAULT);
    Owned<CURL> handle(ready == CURLE_OK ? curl_easy_init() : nullptr);
    if (!handle) fail({.kind = ErrorKind::internal, .found = "libcurl does not start"});
    return handle;
}

// The file of authorities that certificates are held to; "": the one that libcurl knows of this system. Where the
// system has none, those that came with the program.
const std::string& authorities() {
    static const std::string file = [] {
        const char* system = curl_version_info(CURLVERSION_NOW)->cainfo;
        const std::string carried = resource_folder() + "/ca-certificates.crt";
        const bool is_wanted = system != nullptr && ::access(system, R_OK) != 0 && ::access(carried.c_str(), R_OK) == 0;
        return is_wanted ? carried : std::string();
    }();
    return file;
}

// What does not change from one redirect to the next.
void set_options(CURL* handle, const HttpSettings& settings, Transfer& transfer, char* reason) {
    const auto set = [&](CURLoption option, auto value) { curl_easy_setopt(handle, option, value); };
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_USERAGENT, "lathe");
    set(CURLOPT_PROTOCOLS_STR, "http,https");  // http as checked_address() lets it through
    set(CURLOPT_SSL_VERIFYPEER, 1L);
    set(CURLOPT_SSL_VERIFYHOST, 2L);
    if (!authorities().empty()) set(CURLOPT_CAINFO, authorities().c_str());
    set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(settings.connect_timeout_ms));
    set(CURLOPT_LOW_SPEED_LIMIT, 1L);
    set(CURLOPT_LOW_SPEED_TIME, static_cast<long>(settings.stall_timeout_s));
    set(CURLOPT_NOBODY, transfer.get.head_only ? 1L : 0L);
    set(CURLOPT_ERRORBUFFER, reason);
    set(CURLOPT_WRITEFUNCTION, &on_body);
    set(CURLOPT_WRITEDATA, &transfer);
    set(CURLOPT_NOPROGRESS, 0L);
    set(CURLOPT_XFERINFOFUNCTION, &on_progress);
    set(CURLOPT_XFERINFODATA, &transfer);
    if (transfer.get.from > 0) set(CURLOPT_RANGE, (std::to_string(transfer.get.from) + "-").c_str());
}

void check_token(const std::string& token) {
    for (const char c : token)
        if (c <= ' ' || c > '~')
            fail(
                {.kind = ErrorKind::usage, .key = "token", .expected = "letters, digits and signs", .found = "others"});
}

[[noreturn]] void fail_status(const std::string& url, const HttpReply& reply) {
    const std::string found =
        "HTTP " + std::to_string(reply.status) + (reply.error_code.empty() ? "" : " " + reply.error_code);
    if (reply.status == 404 || reply.error_code == "RepoNotFound")
        fail({.kind = ErrorKind::not_found, .file = url, .found = found});
    if (reply.status == 401 || reply.status == 403)
        fail({.kind = ErrorKind::unreadable,
              .file = url,
              .key = "access",
              .expected = "its licence accepted on its page, and the access token of who did",
              .found = found});
    fail({.kind = ErrorKind::unreadable, .file = url, .key = "connection", .found = found});
}

// One hop. True: `url` is the next one's.
bool perform(const HttpSettings& settings, Transfer& transfer, std::string& url, const char* reason) {
    const Address address = checked_address(url);
    Owned<curl_slist> headers;
    if (!settings.token.empty() && address.origin == settings.token_origin)
        headers.reset(curl_slist_append(nullptr, ("Authorization: Bearer " + settings.token).c_str()));
    CURL* handle = transfer.handle;
    curl_easy_setopt(handle, CURLOPT_HTTPHEADER, headers.get());
    curl_easy_setopt(handle, CURLOPT_URL, url.c_str());
    curl_easy_setopt(handle, CURLOPT_PROXY, settings.proxy.empty() ? nullptr : settings.proxy.c_str());
    curl_easy_setopt(handle, CURLOPT_NOPROXY, address.is_local ? "*" : nullptr);
    transfer.reply = {};
    const CURLcode code = curl_easy_perform(handle);
    if (transfer.error) std::rethrow_exception(transfer.error);
    if (code == CURLE_ABORTED_BY_CALLBACK) fail({.kind = ErrorKind::cancelled, .file = url});
    transfer.read_headers();
    const char* next = nullptr;
    curl_easy_getinfo(handle, CURLINFO_REDIRECT_URL, &next);
    if (next) {
        url = next;
        return true;
    }
    const bool is_refused = transfer.reply.status >= 300;
    if (code != CURLE_OK && !is_refused)
        fail({.kind = ErrorKind::unreadable,
              .file = url,
              .key = "connection",
              .found = *reason ? reason : curl_easy_strerror(code)});
    if (!transfer.is_wanted()) fail_status(url, transfer.reply);
    return false;
}

}  // namespace

std::string origin_of(const std::string& url) {
    return checked_address(url).origin;
}

std::string percent_encoded(const std::string& text) {
    const Owned<char> encoded(curl_easy_escape(nullptr, text.data(), static_cast<int>(text.size())));
    return encoded ? encoded.get() : "";
}

HttpReply http_get(const HttpSettings& settings, const HttpGet& get) {
    check_token(settings.token);
    const PipeSignal held_back;
    const Owned<CURL> handle = new_handle();
    char reason[CURL_ERROR_SIZE] = {};
    Transfer transfer{.handle = handle.get(), .get = get};
    set_options(handle.get(), settings, transfer, reason);
    std::string url = get.url;
    for (int hop = 0; hop <= kMostRedirects; ++hop)
        if (!perform(settings, transfer, url, reason)) return transfer.reply;
    fail({.kind = ErrorKind::mismatch,
          .file = get.url,
          .expected = "at most " + std::to_string(kMostRedirects) + " redirects",
          .found = "more"});
}

std::string http_text(const HttpSettings& settings, HttpGet get, int64_t max_bytes, HttpReply* reply) {
    std::string text;
    get.body = [&](const HttpReply&, std::string_view piece) {
        if (static_cast<int64_t>(text.size() + piece.size()) > max_bytes)
            fail({.kind = ErrorKind::too_large,
                  .file = get.url,
                  .expected = "at most " + std::to_string(max_bytes) + " bytes",
                  .found = "more"});
        text += piece;
    };
    const HttpReply got = http_get(settings, get);
    if (reply) *reply = got;
    return text;
}

}  // namespace lathe

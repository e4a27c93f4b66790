// Sites that are broken, slow or mean harm, and what a fetch must not do.
#include <sys/file.h>
#include <QElapsedTimer>

#include "tests/engine/library/fetch_fixture.h"

using namespace lathe;
namespace fs = std::filesystem;

class FetchHostileTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { site_ = std::make_unique<FetchSite>(); }
    void nothing_is_asked_while_downloads_are_off();
    void a_wrong_sha256_deletes_the_part();
    void lengths_are_held_to_the_plan_data();
    void lengths_are_held_to_the_plan();
    void names_stay_in_the_folder_data();
    void names_stay_in_the_folder();
    void answers_are_checked_data();
    void answers_are_checked();
    void statuses_are_told_data();
    void statuses_are_told();
    void redirects_have_rules();
    void the_token_is_for_the_mirror_alone();
    void a_token_is_one_word();
    void a_hang_ends();
    void an_endless_answer_ends();
    void no_server();
    void the_disk_is_asked_first();
    void two_fetches_of_the_same();
    void a_link_in_the_parts_is_not_followed();

private:
    FetchPlan plan() { return plan_fetch(site_->request); }
    // All weights are answered so.
    void answer_weights(const Answer& answer) {
        site_->instead = [answer](const Asked& asked) -> std::optional<Answer> {
            return asked.path.ends_with("model.safetensors") ? std::optional(answer) : std::nullopt;
        };
    }
    std::string part() const { return site_->request.folder + "/.tiny.part"; }

    std::unique_ptr<FetchSite> site_;
};

void FetchHostileTest::nothing_is_asked_while_downloads_are_off() {
    const FetchPlan planned = plan();
    site_->server().take_asked();
    site_->request.allow = false;
    VERIFY_FAILS(plan(), usage, "downloads");
    VERIFY_FAILS(fetch(site_->request, planned), usage, "switched off");
    QVERIFY(site_->server().take_asked().empty());
    QVERIFY(!fs::exists(site_->request.folder));
}

void FetchHostileTest::a_wrong_sha256_deletes_the_part() {
    site_->told_sha256["model.safetensors"] = std::string(64, '0');
    const FetchPlan planned = plan();
    VERIFY_FAILS(fetch(site_->request, planned), mismatch, "sha256");
    QVERIFY(!fs::exists(planned.folder));
    QVERIFY(!fs::exists(part() + "/files/model.safetensors"));
    QVERIFY(fs::exists(part() + "/files/config.json"));
}

void FetchHostileTest::lengths_are_held_to_the_plan_data() {
    QTest::addColumn<int>("bytes");
    QTest::addColumn<bool>("is_told");
    for (const int bytes : {299'999, 300'001, 400'000, 10}) {
        QTest::addRow("%d", bytes) << bytes << true;
        QTest::addRow("%d, not told", bytes) << bytes << false;
    }
}

void FetchHostileTest::lengths_are_held_to_the_plan() {
    QFETCH(int, bytes);
    QFETCH(bool, is_told);
    std::string body = many_bytes();
    body.resize(static_cast<size_t>(bytes), 'x');
    answer_weights({.body = body, .told = is_told ? -1 : -2});
    VERIFY_FAILS(fetch(site_->request, plan()), mismatch, "300000 bytes");
    QVERIFY(!fs::exists(part() + "/files/model.safetensors"));
}

void FetchHostileTest::names_stay_in_the_folder_data() {
    QTest::addColumn<QByteArray>("path");
    for (const char* path : {"../x", "a/../../x", "/etc/x", "", ".", "a//b", "a\\u0000b", "a\\nb"})
        QTest::newRow(*path ? path : "empty") << QByteArray(path);
}

void FetchHostileTest::names_stay_in_the_folder() {
    QFETCH(QByteArray, path);
    site_->listing = R"([{"type":"file","path":"config.json","size":2},{"type":"file","path":")" + path.toStdString() +
                     R"(","size":1},{"type":"file","path":"model.safetensors","size":9}])";
    VERIFY_FAILS(plan(), malformed, "path");
    // Neither from a plan that was made up.
    FetchPlan planned{.repository = "org/tiny",
                      .revision = kCommit,
                      .files = {{.name = "../config.json", .bytes = 2}},
                      .total = 2,
                      .folder = site_->request.folder + "/tiny"};
    VERIFY_FAILS(fetch(site_->request, planned), malformed, "path");
    QVERIFY(!fs::exists(site_->request.folder + "/tiny"));
}

void FetchHostileTest::answers_are_checked_data() {
    QTest::addColumn<QByteArray>("info");
    QTest::addColumn<QByteArray>("listing");
    QTest::addColumn<int>("kind");
    const QByteArray info = QByteArray::fromStdString(R"({"sha":")" + kCommit + "\"}");
    using enum ErrorKind;
    const auto row = [&](const char* name, const QByteArray& first, const char* second, ErrorKind kind) {
        QTest::newRow(name) << first << QByteArray(second) << static_cast<int>(kind);
    };
    row("no JSON", "<html>", "[]", malformed);
    row("a list", "[]", "[]", wrong_type);
    row("no commit", "{}", "[]", out_of_range);
    row("a commit that leads out", R"({"sha":"../../../../../../../../../../../../../a"})", "[]", out_of_range);
    row("a card that is none", R"({"sha":"x","cardData":3})", "[]", out_of_range);
    row("no list", info, "{}", wrong_type);
    row("an entry that is none", info, "[3]", wrong_type);
    row("no size", info, R"([{"type":"file","path":"model.safetensors"}])", missing_key);
    row("size below 0", info, R"([{"type":"file","path":"model.safetensors","size":-1}])", out_of_range);
    row("size of 2^64", info, R"([{"type":"file","path":"model.safetensors","size":18446744073709551615}])",
        out_of_range);
    row("a sum over 2^63", info,
        R"([{"type":"file","path":"model.safetensors","size":9223372036854775807},{"type":"file","path":"LICENSE","size":1}])",
        too_large);
    row("no hash", info, R"([{"type":"file","path":"model.safetensors","size":1,"lfs":{"size":1,"oid":"00"}}])",
        out_of_range);
    row("nothing", info, "[]", unsupported);
}

void FetchHostileTest::answers_are_checked() {
    QFETCH(QByteArray, info);
    QFETCH(QByteArray, listing);
    QFETCH(int, kind);
    site_->info = info.toStdString();
    site_->listing = listing.toStdString();
    const auto problem = error_of([&] { plan(); });
    QVERIFY(problem.has_value());
    QVERIFY2(static_cast<int>(problem->kind) == kind, problem->sentence().c_str());
}

void FetchHostileTest::statuses_are_told_data() {
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("headers");
    QTest::addColumn<int>("kind");
    QTest::addColumn<QByteArray>("key");
    using enum ErrorKind;
    const auto row = [](const char* name, int status, const char* headers, ErrorKind kind, const char* key) {
        QTest::newRow(name) << status << QByteArray(headers) << static_cast<int>(kind) << QByteArray(key);
    };
    row("404", 404, "", not_found, "");
    row("no such repository", 401, "X-Error-Code: RepoNotFound\r\n", not_found, "");
    row("401", 401, "", unreadable, "access");
    row("gated", 403, "X-Error-Code: GatedRepo\r\n", unreadable, "access");
    row("500", 500, "", unreadable, "connection");
    row("204", 204, "", unreadable, "connection");
    row("a redirect to nowhere", 302, "", unreadable, "connection");
}

void FetchHostileTest::statuses_are_told() {
    QFETCH(int, status);
    QFETCH(QByteArray, headers);
    QFETCH(int, kind);
    QFETCH(QByteArray, key);
    const FetchPlan planned = plan();
    site_->instead = [=](const Asked&) { return Answer{.status = status, .headers = headers.toStdString()}; };
    for (const auto& problem : {error_of([&] { plan(); }), error_of([&] { fetch(site_->request, planned); })}) {
        QVERIFY(problem.has_value());
        QVERIFY2(static_cast<int>(problem->kind) == kind, problem->sentence().c_str());
        QCOMPARE(problem->key, key.toStdString());
    }
}

void FetchHostileTest::redirects_have_rules() {
    std::string to;
    site_->instead = [&](const Asked& asked) -> std::optional<Answer> {
        if (asked.path.starts_with("/there/")) return Answer{.body = many_bytes()};
        if (!asked.path.ends_with("model.safetensors")) return std::nullopt;
        return Answer{.status = 302, .headers = "Location: " + to + "\r\n"};
    };
    const FetchPlan planned = plan();
    for (const char* place : {"http://example.com/x", "file:///etc/passwd", "ftp://127.0.0.1/x"}) {
        to = place;
        VERIFY_FAILS(fetch(site_->request, planned), usage, "an https address");
    }
    to = "model.safetensors";  // itself
    VERIFY_FAILS(fetch(site_->request, planned), mismatch, "5 redirects");
    to = "/there/model";
    fetch(site_->request, planned);
    QCOMPARE(site_->got("model.safetensors"), many_bytes());
}

void FetchHostileTest::the_token_is_for_the_mirror_alone() {
    HttpServer other([](const Asked& asked) { return FetchSite::ranged(asked, many_bytes()); });
    answer_weights({.status = 307, .headers = "Location: " + other.address() + "/blob\r\n"});
    site_->request.token = "hf_secret";
    fetch(site_->request, plan());
    for (const Asked& asked : site_->server().take_asked()) QVERIFY(asked.says("Authorization: Bearer hf_secret\r\n"));
    const std::vector<Asked> elsewhere = other.take_asked();
    QCOMPARE(elsewhere.size(), size_t{1});
    QVERIFY(!elsewhere[0].says("hf_secret"));
    QCOMPARE(site_->got("model.safetensors"), many_bytes());
}

void FetchHostileTest::a_token_is_one_word() {
    site_->request.token = "a\r\nHost: b";
    VERIFY_FAILS(plan(), usage, "token");
}

void FetchHostileTest::a_hang_ends() {
    const FetchPlan planned = plan();
    answer_weights({.body = many_bytes(), .cut_at = 1, .hangs = true});
    QElapsedTimer timer;
    timer.start();
    VERIFY_FAILS(fetch(site_->request, planned), unreadable, "connection");
    QVERIFY(timer.elapsed() < 20'000);
    QCOMPARE(plan().already_there, int64_t{3});
    // A stop does not wait for that.
    site_->request.stall_timeout_s = 100;
    timer.restart();
    VERIFY_FAILS(fetch(site_->request, planned, [&](int64_t) { return timer.elapsed() < 200; }), cancelled, "");
    QVERIFY(timer.elapsed() < 20'000);
}

void FetchHostileTest::an_endless_answer_ends() {
    site_->info = std::string(17 << 20, ' ');
    VERIFY_FAILS(plan(), too_large, "revision/main");
    site_->instead = [](const Asked& asked) -> std::optional<Answer> {
        if (asked.path.find("/tree/") == std::string::npos) return Answer{.body = R"({"sha":")" + kCommit + "\"}"};
        return Answer{.body = "[]", .headers = "Link: <https://x/y?cursor=a>; rel=\"next\"\r\n"};
    };
    VERIFY_FAILS(plan(), too_large, "pages");
}

void FetchHostileTest::no_server() {
    std::string gone;
    {
        gone = HttpServer([](const Asked&) { return Answer{}; }).address();
    }
    site_->request.mirror = gone;
    VERIFY_FAILS(plan(), unreadable, "connection");
    site_->request.mirror = "http://example.com";
    VERIFY_FAILS(plan(), usage, "https");
    site_->request.mirror = "https://name.invalid";
    site_->request.proxy = gone;  // that no name leaves this machine
    VERIFY_FAILS(plan(), unreadable, "connection");
}

void FetchHostileTest::the_disk_is_asked_first() {
    site_->listing = R"([{"type":"file","path":"model.safetensors","size":1152921504606846976}])";
    const FetchPlan planned = plan();
    site_->server().take_asked();
    VERIFY_FAILS(fetch(site_->request, planned), disk_full, "bytes free");
    QVERIFY(site_->server().take_asked().empty());
}

void FetchHostileTest::two_fetches_of_the_same() {
    const FetchPlan planned = plan();
    fs::create_directories(part());
    put_file(part() + "/plan", "");
    const int fd = ::open((part() + "/plan").c_str(), O_RDWR);
    QCOMPARE(::flock(fd, LOCK_EX), 0);
    VERIFY_FAILS(fetch(site_->request, planned), locked, ".tiny.part");
    ::close(fd);
    fetch(site_->request, planned);
}

void FetchHostileTest::a_link_in_the_parts_is_not_followed() {
    const FetchPlan planned = plan();
    fs::create_directories(part() + "/files");
    put_file(part() + "/plan", "org/tiny\n" + kCommit + "\n");
    put_file(site_->root() + "/outside", "safe");
    fs::create_symlink("../../../outside", part() + "/files/model.safetensors");
    VERIFY_FAILS(fetch(site_->request, planned), unwritable, "model.safetensors");
    QCOMPARE(get_file(site_->root() + "/outside"), std::string("safe"));
}

QTEST_GUILESS_MAIN(FetchHostileTest)
#include "fetch_hostile_test.moc"

// Fetches from a site on this machine: the plan, the whole way, and what goes on after a cut.
#include "tests/engine/library/fetch_fixture.h"

using namespace lathe;
namespace fs = std::filesystem;

class FetchTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { site_ = std::make_unique<FetchSite>(); }
    void plans_what_lathe_opens();
    void reads_every_page_of_a_listing();
    void understands_data();
    void understands();
    void plans_one_file_of_a_gguf_repository();
    void fetches_the_whole_folder();
    void fetches_a_single_address();
    void goes_on_after_a_cut_connection();
    void a_server_without_ranges_begins_anew();
    void parts_of_another_revision_are_not_used();
    void a_part_that_is_already_whole_is_not_asked_for();
    void cancels_and_goes_on();
    void tells_its_progress();

private:
    FetchPlan plan() { return plan_fetch(site_->request); }
    std::string part() const { return site_->request.folder + "/.tiny.part"; }
    // The weights end after `bytes`, once.
    void cut_once(int64_t bytes) {
        site_->instead = [this, bytes, is_first = true](const Asked& asked) mutable -> std::optional<Answer> {
            if (!asked.path.ends_with("model.safetensors") || !std::exchange(is_first, false)) return std::nullopt;
            return Answer{.body = many_bytes(), .cut_at = bytes};
        };
        const FetchPlan planned = plan();
        VERIFY_FAILS(fetch(site_->request, planned), unreadable, "connection");
        QVERIFY(!fs::exists(planned.folder));
    }
    Asked last_asked() { return site_->server().take_asked().back(); }

    std::unique_ptr<FetchSite> site_;
};

void FetchTest::plans_what_lathe_opens() {
    site_->files["README.md"] = "card";
    site_->files["tokenizer.json"] = "{}";
    for (const char* name : {"pytorch_model.bin", "modeling_x.py", "onnx/model.onnx", "onnx/config.json", "model.pt",
                             "original/model.safetensors", "consolidated.safetensors", "x.gguf"})
        site_->files[name] = "no";
    const FetchPlan found = plan();
    QCOMPARE(found.repository, std::string("org/tiny"));
    QCOMPARE(found.revision, kCommit);
    QCOMPARE(found.licence, std::string("apache-2.0"));
    QCOMPARE(found.folder, site_->request.folder + "/tiny");
    std::vector<std::string> names;
    for (const FetchFile& file : found.files) names.push_back(file.name);
    QCOMPARE(names, (std::vector<std::string>{"README.md", "config.json", "model.safetensors", "tokenizer.json"}));
    QCOMPARE(found.files[2].bytes, int64_t{300'000});
    QCOMPARE(found.files[2].sha256, qt_sha256(many_bytes()));
    QCOMPARE(found.files[1].sha256, std::string());
    QCOMPARE(found.total, int64_t{4 + 2 + 300'000 + 2});
    QCOMPARE(found.already_there, int64_t{0});
    site_->info = R"({"sha":")" + kCommit + R"(","cardData":{"license":["other"],"license_name":"qwen"}})";
    QCOMPARE(plan().licence, std::string("qwen"));
    site_->info = R"({"sha":")" + kCommit + "\"}";
    QCOMPARE(plan().licence, std::string());
    QVERIFY(!fs::exists(site_->request.folder));
}

void FetchTest::reads_every_page_of_a_listing() {
    site_->instead = [](const Asked& asked) -> std::optional<Answer> {
        if (asked.path.find("/tree/") == std::string::npos) return std::nullopt;
        if (asked.path.ends_with("?recursive=true&cursor=ab%3D"))
            return Answer{.body = R"([{"type":"file","path":"model.safetensors","size":5}])"};
        return Answer{
            .body = R"([{"type":"file","path":"config.json","size":2}])",
            .headers = "Link: <https://elsewhere.example/x?recursive=true&cursor=ab%3D&limit=1>; rel=\"next\"\r\n"};
    };
    QCOMPARE(plan().total, int64_t{7});
}

void FetchTest::understands_data() {
    QTest::addColumn<QByteArray>("what");
    QTest::addColumn<QByteArray>("asked");  // "" is a usage error
    const auto row = [](const char* what, const char* asked = "") {
        QTest::newRow(what) << QByteArray(what) << QByteArray(asked);
    };
    row("org/tiny", "/api/models/org/tiny/revision/main");
    row("org/tiny@v1.0", "/api/models/org/tiny/revision/v1.0");
    row("org/tiny@refs/pr/1", "/api/models/org/tiny/revision/refs%2Fpr%2F1");
    row("org/tiny/Q4/x.gguf@v2", "/api/models/org/tiny/revision/v2");
    row("MIRROR/org/tiny", "/api/models/org/tiny/revision/main");
    row("https://huggingface.co/org/tiny/", "/api/models/org/tiny/revision/main");
    row("https://huggingface.co/org/tiny/tree/dev", "/api/models/org/tiny/revision/dev");
    row("https://huggingface.co/org/tiny/blob/dev/a%20b.gguf?download=true", "/api/models/org/tiny/revision/dev");
    row("MIRROR/some/where/x.gguf?a=b", "/some/where/x.gguf?a=b");
    for (const char* what :
         {"", "tiny", "org/", "/tiny", "org/tiny/model.bin", "org/../x.gguf", "../tiny", "org/tiny@", "org/tiny@../x",
          "org/ti ny", "org/tiny?x", "https://huggingface.co/org", "https://huggingface.co/org/tiny/blob/main/x.bin",
          "http://example.com/x.gguf", "ftp://example.com/x.gguf", "file:///etc/x.gguf",
          "https://user:word@example.com/x.gguf", "http://127.0.0.1.example.com/x.gguf", "MIRROR/x.bin"})
        row(what);
}

void FetchTest::understands() {
    QFETCH(QByteArray, what);
    QFETCH(QByteArray, asked);
    site_->request.what = what.replace("MIRROR", QByteArray::fromStdString(site_->server().address())).toStdString();
    site_->instead = [](const Asked&) { return Answer{.status = 404}; };
    const auto problem = error_of([&] { plan(); });
    const std::vector<Asked> requests = site_->server().take_asked();
    QVERIFY(problem.has_value());
    QVERIFY2(problem->kind == (asked.isEmpty() ? ErrorKind::usage : ErrorKind::not_found), problem->sentence().c_str());
    QCOMPARE(requests.size(), size_t{asked.isEmpty() ? 0U : 1U});
    if (!asked.isEmpty()) QCOMPARE(requests[0].path, asked.toStdString());
}

void FetchTest::plans_one_file_of_a_gguf_repository() {
    site_->files = {{"README.md", "card"}, {"Q4/a b.gguf", "four"}, {"tiny-q8.gguf", "eight"}};
    VERIFY_FAILS(plan(), usage, "Q4/a b.gguf, tiny-q8.gguf");
    site_->request.what = "org/tiny/Q5.gguf";
    VERIFY_FAILS(plan(), not_found, "Q5.gguf");
    site_->request.what = "org/tiny/Q4/a b.gguf";
    const FetchPlan found = plan();
    QCOMPARE(found.files.size(), size_t{1});
    QCOMPARE(found.folder, site_->request.folder + "/a b");
    site_->instead = [](const Asked& asked) -> std::optional<Answer> {
        if (!asked.path.ends_with("/Q4/a%20b.gguf")) return std::nullopt;
        return Answer{.body = "four"};
    };
    fetch(site_->request, found);
    QCOMPARE(get_file(found.folder + "/a b.gguf"), std::string("four"));
    site_->files.erase("Q4/a b.gguf");
    site_->request.what = "org/tiny";
    QCOMPARE(plan().files[0].name, std::string("tiny-q8.gguf"));
    site_->files = {{"pytorch_model.bin", "x"}};
    VERIFY_FAILS(plan(), unsupported, "model.safetensors");
}

void FetchTest::fetches_the_whole_folder() {
    const FetchPlan planned = plan();
    fetch(site_->request, planned);
    QCOMPARE(site_->got("model.safetensors"), many_bytes());
    QCOMPARE(site_->got("config.json"), std::string("{}"));
    QVERIFY(!fs::exists(part()));
    QCOMPARE(std::distance(fs::directory_iterator(planned.folder), {}), 2);
    VERIFY_FAILS(plan(), unwritable, "tiny");
    site_->request.name = "another";
    site_->request.mirror += "/";
    QCOMPARE(plan().folder, site_->request.folder + "/another");
    site_->request.name = "../another";
    VERIFY_FAILS(plan(), malformed, "path");
}

void FetchTest::fetches_a_single_address() {
    std::string etag = "ETag: \"1\"\r\n";
    site_->instead = [&, is_cut = true](const Asked& asked) mutable -> std::optional<Answer> {
        Answer answer = FetchSite::ranged(asked, many_bytes());
        answer.headers += etag;
        if (asked.method == "GET" && std::exchange(is_cut, false)) answer.cut_at = 1000;
        return answer;
    };
    site_->request.what = site_->server().address() + "/a/x.gguf";
    const FetchPlan planned = plan();
    QCOMPARE(planned.total, int64_t{300'000});
    QCOMPARE(planned.folder, site_->request.folder + "/x");
    VERIFY_FAILS(fetch(site_->request, planned), unreadable, "connection");
    QCOMPARE(plan().already_there, int64_t{1000});
    etag = "ETag: \"2\"\r\n";
    QCOMPARE(plan().already_there, int64_t{0});
    fetch(site_->request, planned);
    QCOMPARE(get_file(planned.folder + "/x.gguf"), many_bytes());
    QCOMPARE(last_asked().from(), int64_t{1000});
}

void FetchTest::goes_on_after_a_cut_connection() {
    cut_once(123'456);
    const FetchPlan again = plan();
    QCOMPARE(again.already_there, int64_t{2 + 123'456});
    fetch(site_->request, again);
    QCOMPARE(last_asked().from(), int64_t{123'456});
    QCOMPARE(site_->got("model.safetensors"), many_bytes());
}

void FetchTest::a_server_without_ranges_begins_anew() {
    cut_once(123'456);
    site_->instead = [](const Asked& asked) -> std::optional<Answer> {
        if (!asked.path.ends_with("model.safetensors")) return std::nullopt;
        return Answer{.body = many_bytes()};
    };
    fetch(site_->request, plan());
    QCOMPARE(last_asked().from(), int64_t{123'456});
    QCOMPARE(site_->got("model.safetensors"), many_bytes());
}

void FetchTest::parts_of_another_revision_are_not_used() {
    cut_once(123'456);
    put_file(part() + "/files/old.bin", "old");
    put_file(part() + "/plan", "org/tiny\n" + std::string(40, 'd') + "\n");
    const FetchPlan again = plan();
    QCOMPARE(again.already_there, int64_t{0});
    fetch(site_->request, again);
    QCOMPARE(last_asked().from(), int64_t{-1});
    QVERIFY(!fs::exists(again.folder + "/old.bin"));
}

void FetchTest::a_part_that_is_already_whole_is_not_asked_for() {
    cut_once(1);
    put_file(part() + "/files/model.safetensors", many_bytes());
    const FetchPlan again = plan();
    site_->server().take_asked();
    fetch(site_->request, again);
    QVERIFY(site_->server().take_asked().empty());
    QCOMPARE(site_->got("model.safetensors"), many_bytes());
}

void FetchTest::cancels_and_goes_on() {
    const FetchPlan planned = plan();
    site_->instead = [](const Asked& asked) -> std::optional<Answer> {
        if (!asked.path.ends_with("model.safetensors")) return std::nullopt;
        return Answer{.body = many_bytes(), .cut_at = 200'000, .hangs = true};
    };
    VERIFY_FAILS(fetch(site_->request, planned, [](int64_t bytes) { return bytes < 50'000; }), cancelled, "");
    site_->instead = {};
    QVERIFY(!fs::exists(planned.folder));
    const int64_t there = plan().already_there;
    QVERIFY(there >= 50'000 && there < planned.total);
    VERIFY_FAILS(plan_fetch(site_->request, [] { return false; }), cancelled, "");
    fetch(site_->request, planned);
    QCOMPARE(site_->got("model.safetensors"), many_bytes());
}

void FetchTest::tells_its_progress() {
    std::vector<int64_t> told;
    const FetchPlan planned = plan();
    fetch(site_->request, planned, [&](int64_t bytes) { return told.push_back(bytes), true; });
    QVERIFY(std::is_sorted(told.begin(), told.end()));
    QCOMPARE(told.back(), planned.total);
}

QTEST_GUILESS_MAIN(FetchTest)
#include "fetch_test.moc"

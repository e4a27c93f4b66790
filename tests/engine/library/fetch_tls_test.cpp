// A certificate that no authority signed is not trusted: nothing is asked of its server.
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <QtTest>

#include "engine/library/fetch.h"
#include "tests/engine/formats/format_fixture.h"
#include "tests/engine/library/http_server.h"

using namespace lathe;

namespace {

template <auto release>
struct Release {
    template <class T>
    void operator()(T* object) const {
        release(object);
    }
};
template <class T, auto release>
using Owned = std::unique_ptr<T, Release<release>>;

// For the name localhost, signed by itself, good from yesterday to tomorrow.
Owned<SSL_CTX, SSL_CTX_free> self_signed_context() {
    Owned<EVP_PKEY, EVP_PKEY_free> key(EVP_EC_gen("P-256"));
    Owned<X509, X509_free> certificate(X509_new());
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -86'400);
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), 86'400);
    X509_set_pubkey(certificate.get(), key.get());
    X509_NAME* name = X509_get_subject_name(certificate.get());
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char*>("localhost"), -1, -1,
                               0);
    X509_set_issuer_name(certificate.get(), name);
    X509_sign(certificate.get(), key.get(), EVP_sha256());
    Owned<SSL_CTX, SSL_CTX_free> context(SSL_CTX_new(TLS_server_method()));
    SSL_CTX_use_certificate(context.get(), certificate.get());
    SSL_CTX_use_PrivateKey(context.get(), key.get());
    return context;
}

}  // namespace

class FetchTlsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void a_certificate_of_nobody_is_refused();
};

void FetchTlsTest::a_certificate_of_nobody_is_refused() {
    const auto context = self_signed_context();
    std::atomic<int> greeted = 0, asked = 0;
    HttpServer server(HttpServer::Talk([&](int fd) {
        Owned<SSL, SSL_free> tls(SSL_new(context.get()));
        SSL_set_fd(tls.get(), fd);
        ++greeted;
        char byte = 0;
        if (SSL_accept(tls.get()) == 1 && SSL_read(tls.get(), &byte, 1) == 1) ++asked;
    }));
    FetchRequest request{.what = "org/tiny", .folder = "models", .allow = true};
    request.mirror = "https://localhost:" + std::to_string(server.port());
    VERIFY_FAILS(plan_fetch(request), unreadable, "certificate");
    QVERIFY(greeted >= 1);
    QCOMPARE(asked.load(), 0);
}

QTEST_GUILESS_MAIN(FetchTlsTest)
#include "fetch_tls_test.moc"

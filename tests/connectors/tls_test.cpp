// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// What is believed of a server's certificate and shown of ours: D5 to D7 and D9 of the fault model.
#include "connectors/connector.hpp"
#include "connectors/http.hpp"
#include "core/file.hpp"
#include "tests/connectors/connect_proxy.hpp"
#include "tests/connectors/preset.hpp"
#include "tests/connectors/tls_peer.hpp"
#include "tests/support/case_name.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <ostream>

namespace thidua::connectors {
namespace {

using test::TlsAuthority;
using test::TlsPeer;
using namespace std::chrono_literals;

const Window june_17{test::day("2024-06-17"), test::day("2024-06-17")};

class Certificates : public testing::Test {
  protected:
    void SetUp() override {
        if (!test::has_openssl()) {
            GTEST_SKIP() << "needs the program openssl";
        }
        authority_.emplace();
        const std::string body =
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
            "Connection: close\r\n\r\n{\"rows\":[],\"n\":0}";
        ASSERT_TRUE(write_file(authority_->folder() / "list", body));
    }

    Tls tls() const {
        Tls made;
        made.ca_file = authority_->ca_file();
        return made;
    }

    static Result<HttpAnswer> get(const TlsPeer& peer, Tls tls, std::string proxy = "") {
        HttpLimits limits;
        limits.timeout = 10s;
        limits.tls = std::move(tls);
        limits.proxy = std::move(proxy);
        HttpClient client(std::move(limits));
        return client.perform({"GET", peer.url() + "/list", {{"X-API-Key", "canary"}}, {}}, {});
    }

    /// A source on `peer`, and a pull of it.
    Result<Connector> connector(const TlsPeer& peer) {
        SourceDescription description = test::described(fmt::format(
            "kind: dossiers\nbase_url: {}\ncursor: {{field: accepted_at}}\n"
            "request: {{path: /list}}\npagination: {{type: none, total_path: /n}}\n"
            "records: {{path: /rows}}\nmap: {{code: /code, accepted_at: /at}}\n",
            peer.url()
        ));
        description.tls = tls();
        return Connector::create(description, world_.environment());
    }

    std::optional<TlsAuthority> authority_;
    test::World world_;
};

TEST_F(Certificates, D05AGoodOneIsAccepted) {
    authority_->make("good", {});
    const TlsPeer peer(*authority_, "good");
    const auto answer = get(peer, tls());
    ASSERT_TRUE(answer) << answer.error().message << peer.said();
    EXPECT_TRUE(peer.was_greeted());
}

struct BadCertificate {
    std::string name;
    TlsAuthority::Wanted wanted;
    std::string options;  ///< of the server
    ErrorKind kind = ErrorKind::Contract;
    std::string words;

    friend void PrintTo(const BadCertificate& row, std::ostream* out) { *out << row.name; }
};

class Bad : public Certificates, public testing::WithParamInterface<BadCertificate> {};

TEST_P(Bad, IsRefused) {
    authority_->make("bad", GetParam().wanted);
    const TlsPeer peer(*authority_, "bad", GetParam().options);
    const auto answer = get(peer, tls());
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().kind, GetParam().kind) << answer.error().message;
    EXPECT_NE(answer.error().message.find(GetParam().words), std::string::npos)
        << answer.error().message;
    EXPECT_TRUE(peer.was_greeted());
    EXPECT_EQ(peer.said().find("FILE:"), std::string::npos) << "nothing was asked for";
}

const std::string any_strength = "-cipher DEFAULT@SECLEVEL=0";

const BadCertificate bad_certificates[] = {
    {"D05Expired", {.end = "20200101000000Z"}, "", ErrorKind::Contract, "it has expired"},
    {"D05NotYetValid",
     {.begin = "20900101000000Z"},
     "",
     ErrorKind::Contract,
     "it is not valid yet"},
    {"D05WrongName", {.subject = "DNS:another.example"}, "", ErrorKind::Contract, "wrong name"},
    {"D05SelfSigned", {.is_self_signed = true}, "", ErrorKind::Contract, "unknown authority"},
    {"D05WeakKey", {.key = "1024"}, any_strength, ErrorKind::Contract, "weak key"},
    {"D05Tls11",
     {.key = "2048"},
     "-tls1_1 " + any_strength,
     ErrorKind::Transient,
     "TLS handshake failed"},
};

INSTANTIATE_TEST_SUITE_P(Certificate, Bad, testing::ValuesIn(bad_certificates), test::case_name<BadCertificate>);

TEST_F(Certificates, D06ACertificateNearItsEnd) {
    authority_->make("ending", {.end = "20991231235959Z"});
    const TlsPeer peer(*authority_, "ending");
    auto made = connector(peer);
    ASSERT_TRUE(made) << made.error().message;
    EXPECT_FALSE(made->certificate_end()) << "nothing was asked yet";
    const auto slice = made->gather(june_17);
    ASSERT_TRUE(slice) << slice.error().message;
    EXPECT_EQ(made->certificate_end(), test::at("2099-12-31T23:59:59Z"));
}

TEST_F(Certificates, D07APinAndItsBackup) {
    for (const std::string name : {"today", "tomorrow", "thief"}) {
        authority_->make(name, {});
    }
    Tls pinned = tls();
    pinned.pins = {authority_->pin("today"), authority_->pin("tomorrow")};
    for (const std::string name : {"today", "tomorrow"}) {
        const TlsPeer peer(*authority_, name);
        EXPECT_TRUE(get(peer, pinned)) << name;
    }
    const TlsPeer peer(*authority_, "thief");
    EXPECT_TRUE(get(peer, tls())) << "only the pin is wrong";
    const auto answer = get(peer, pinned);
    ASSERT_FALSE(answer);
    EXPECT_EQ(
        answer.error(), (Error{ErrorKind::Contract, "the server's public key is none of tls.pins"})
    );
}

TEST_F(Certificates, D09ARefusalSaysWhatOurClockSays) {
    authority_->make("future", {.begin = "20900101000000Z"});
    const TlsPeer peer(*authority_, "future");
    auto made = connector(peer);
    ASSERT_TRUE(made) << made.error().message;
    const auto slice = made->gather(june_17);
    ASSERT_FALSE(slice);
    EXPECT_EQ(slice.error().kind, ErrorKind::Contract);
    EXPECT_TRUE(slice.error().message.ends_with(
        "it is not valid yet; our clock says 2024-06-17T10:15:00+07:00"
    )) << slice.error().message;
    EXPECT_TRUE(peer.was_greeted());
}

TEST_F(Certificates, OursIsShownWhereTheServerWantsOne) {
    authority_->make("server", {});
    authority_->make("client", {});
    const TlsPeer peer(*authority_, "server", "-Verify 1 -verify_return_error -CAfile ca.pem");
    EXPECT_FALSE(get(peer, tls()));
    EXPECT_NE(peer.said().find("peer did not return a certificate"), std::string::npos)
        << peer.said();
    Tls ours = tls();
    ours.cert_file = authority_->cert_file("client");
    ours.key_file = authority_->key_file("client");
    const auto answer = get(peer, ours);
    ASSERT_TRUE(answer) << answer.error().message;
    EXPECT_TRUE(peer.was_greeted());
    EXPECT_NE(peer.said().find("CN = client"), std::string::npos) << peer.said();
}

TEST_F(Certificates, OursThatCannotBeReadIsAMatterOfTheConfiguration) {
    authority_->make("server", {});
    const TlsPeer peer(*authority_, "server");
    Tls ours = tls();
    ours.cert_file = authority_->folder() / "none.pem";
    ours.key_file = authority_->folder() / "none.key";
    const auto answer = get(peer, ours);
    ASSERT_FALSE(answer);
    EXPECT_EQ(
        answer.error(), (Error{ErrorKind::Config, "tls.cert_file or tls.key_file cannot be used"})
    );
}

TEST_F(Certificates, EachClientTrustsItsOwnAuthority) {
    authority_->make("good", {});
    const TlsPeer peer(*authority_, "good");
    const TlsAuthority stranger;
    Tls others;
    others.ca_file = stranger.ca_file();
    const HttpClient keeps_the_loop({});
    for (int round = 0; round < 2; ++round) {
        EXPECT_TRUE(get(peer, tls()));
        for (const Tls& other : {others, Tls{}}) {
            const auto answer = get(peer, other);
            ASSERT_FALSE(answer);
            EXPECT_EQ(answer.error().kind, ErrorKind::Contract) << answer.error().message;
        }
    }
}

TEST_F(Certificates, AProxyPassesOnWhatItCannotRead) {
    authority_->make("good", {});
    const TlsPeer peer(*authority_, "good");
    const test::ConnectProxy proxy;
    const auto answer = get(peer, tls(), proxy.url());
    ASSERT_TRUE(answer) << answer.error().message << peer.said();
    EXPECT_EQ(answer->status, 200);
    EXPECT_EQ(answer->body, R"({"rows":[],"n":0})");
    ASSERT_EQ(proxy.heads().size(), 1U);
    const std::string head = proxy.heads()[0];
    const std::string host = peer.url().substr(std::string_view("https://").size());
    EXPECT_TRUE(head.starts_with("CONNECT " + host + " HTTP/1.1\r\n")) << head;
    EXPECT_EQ(head.find("canary"), std::string::npos) << head;
}

TEST_F(Certificates, BehindAProxyTheServersCertificateCounts) {
    authority_->make("bad", {.subject = "DNS:another.example"});
    const TlsPeer peer(*authority_, "bad");
    const test::ConnectProxy proxy;
    const auto answer = get(peer, tls(), proxy.url());
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().kind, ErrorKind::Contract);
    EXPECT_NE(answer.error().message.find("wrong name"), std::string::npos);
    EXPECT_EQ(peer.said().find("FILE:"), std::string::npos) << "nothing was asked for";
}

TEST_F(Certificates, AProxyThatRefusesIsNamed) {
    authority_->make("good", {});
    const TlsPeer peer(*authority_, "good");
    for (const int status : {403, 407, 503}) {
        const test::ConnectProxy proxy(status);
        const auto answer = get(peer, tls(), proxy.url());
        ASSERT_FALSE(answer);
        EXPECT_EQ(
            answer.error(),
            (Error{ErrorKind::Transient, fmt::format("the proxy answers with status {}", status)})
        );
    }
    EXPECT_FALSE(peer.was_greeted());
}

}  // namespace
}  // namespace thidua::connectors

// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "tests/connectors/tls_peer.hpp"

#include "core/file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <stdexcept>
#include <thread>

namespace thidua::test {
namespace {

constexpr std::uintmax_t log_bytes_max = 4 * 1024 * 1024;

/// Runs a line of sh in `folder`; what it says goes to a file there. A failure ends the test.
void run(const std::filesystem::path& folder, const std::string& line) {
    const std::string whole = fmt::format("cd '{}' && ({}) >said 2>&1", folder.string(), line);
    // NOLINTNEXTLINE(concurrency-mt-unsafe): no other thread is there yet
    if (std::system(whole.c_str()) != 0) {
        throw std::runtime_error(
            line + ": " + read_file(folder / "said", log_bytes_max).value_or("")
        );
    }
}

}  // namespace

bool has_openssl() {
    // NOLINTNEXTLINE(concurrency-mt-unsafe): no other thread is there yet
    return std::system("openssl version >/dev/null 2>&1") == 0;
}

TlsAuthority::TlsAuthority() {
    const std::string config =
        "[ca]\ndefault_ca=a\n[a]\ndatabase=index\nserial=serial\nnew_certs_dir=.\n"
        "default_md=sha256\npolicy=p\nunique_subject=no\n[p]\ncommonName=supplied\n";
    if (!write_file(folder_.path() / "ca.conf", config)) {
        throw std::runtime_error("tls authority: no ca.conf");
    }
    run(folder_.path(),
        "touch index && echo 1000 >serial && "
        "openssl ecparam -name prime256v1 -genkey -noout -out ca.key && "
        "openssl req -x509 -new -key ca.key -subj /CN=authority -days 30 -out ca.pem");
}

void TlsAuthority::make(const std::string& name, const Wanted& wanted) const {
    const std::string key = wanted.key == "ec"
                                ? "openssl ecparam -name prime256v1 -genkey -noout -out {0}.key"
                                : "openssl genrsa -out {0}.key " + wanted.key;
    const std::string signer =
        wanted.is_self_signed ? "-selfsign -keyfile {0}.key" : "-cert ca.pem -keyfile ca.key";
    const std::string line =
        key +
        " && printf 'subjectAltName=%s' '{1}' >{0}.ext && "
        "openssl req -new -key {0}.key -subj /CN={0} -out {0}.csr && "
        "openssl ca -config ca.conf -batch -notext -in {0}.csr -out {0}.pem -extfile {0}.ext "
        "-startdate {2} -enddate {3} " +
        signer;
    run(folder_.path(),
        fmt::format(fmt::runtime(line), name, wanted.subject, wanted.begin, wanted.end));
}

std::filesystem::path TlsAuthority::cert_file(const std::string& name) const {
    return folder_.path() / (name + ".pem");
}

std::filesystem::path TlsAuthority::key_file(const std::string& name) const {
    return folder_.path() / (name + ".key");
}

std::string TlsAuthority::pin(const std::string& name) const {
    run(folder_.path(),
        fmt::format(
            "openssl pkey -in {0}.key -pubout -outform der | openssl dgst -sha256 -binary | "
            "openssl base64 -A >{0}.pin",
            name
        ));
    return read_file(folder_.path() / (name + ".pin"), log_bytes_max).value();
}

TlsPeer::TlsPeer(const TlsAuthority& authority, const std::string& name, const std::string& options)
    : log_(authority.folder() / (name + ".log")) {
    const std::string line = fmt::format(
        "exec openssl s_server -accept 127.0.0.1:0 -cert {0}.pem -key {0}.key -state -HTTP {1}",
        name,
        options
    );
    process_ = ::fork();
    if (process_ == 0) {
        const int log = ::open(log_.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
        const int nothing = ::open("/dev/null", O_RDONLY);
        if (log < 0 || ::dup2(nothing, 0) < 0 || ::dup2(log, 1) < 0 || ::dup2(log, 2) < 0 ||
            ::chdir(authority.folder().c_str()) != 0) {
            ::_exit(127);
        }
        ::execl("/bin/sh", "sh", "-c", line.c_str(), nullptr);
        ::_exit(127);
    }
    constexpr std::string_view mark = "ACCEPT 127.0.0.1:";
    for (int waited = 0; port_.empty() && waited < 2'000; ++waited) {
        const std::string text = said();
        const std::size_t place = text.find(mark);
        const std::size_t end = place == std::string::npos ? place : text.find('\n', place);
        if (end != std::string::npos) {
            port_ = text.substr(place + mark.size(), end - place - mark.size());
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    EXPECT_FALSE(port_.empty()) << said();
}

TlsPeer::~TlsPeer() {
    (void)::kill(process_, SIGKILL);
    (void)::waitpid(process_, nullptr, 0);
}

std::string TlsPeer::url() const {
    return "https://127.0.0.1:" + port_;
}

std::string TlsPeer::said() const {
    return read_file(log_, log_bytes_max).value_or("");
}

bool TlsPeer::was_greeted() const {
    return said().find("SSL_accept:before SSL initialization") != std::string::npos;
}

}  // namespace thidua::test

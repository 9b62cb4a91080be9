// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// A TLS server on loopback, and certificates made for it, both by the program openssl.
#pragma once

#include "tests/support/temporary_folder.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace thidua::test {

/// Whether there is an openssl to make certificates and servers with.
[[nodiscard]] bool has_openssl();

/// An authority with a folder of its own.
class TlsAuthority {
  public:
    struct Wanted {
        std::string key = "ec";                 ///< "ec" or the bits of an RSA key
        std::string subject = "IP:127.0.0.1";   ///< subjectAltName
        std::string begin = "20000101000000Z";  ///< YYYYMMDDHHMMSSZ
        std::string end = "21000101000000Z";
        bool is_self_signed = false;
    };

    TlsAuthority();
    [[nodiscard]] std::filesystem::path ca_file() const { return folder_.path() / "ca.pem"; }
    /// Makes NAME.pem and NAME.key.
    void make(const std::string& name, const Wanted& wanted) const;
    [[nodiscard]] std::filesystem::path cert_file(const std::string& name) const;
    [[nodiscard]] std::filesystem::path key_file(const std::string& name) const;
    /// SHA-256 of the public key in base64, as curl and RFC 7469 write it.
    [[nodiscard]] std::string pin(const std::string& name) const;
    [[nodiscard]] std::filesystem::path folder() const { return folder_.path(); }

  private:
    TemporaryFolder folder_;
};

/// `openssl s_server` in the authority's folder, whose files it serves; ended with the object.
class TlsPeer {
  public:
    TlsPeer(
        const TlsAuthority& authority, const std::string& name, const std::string& options = ""
    );
    TlsPeer(const TlsPeer&) = delete;
    TlsPeer& operator=(const TlsPeer&) = delete;
    ~TlsPeer();

    /// https://127.0.0.1:PORT
    [[nodiscard]] std::string url() const;
    /// What the server said so far, steps of handshakes included.
    [[nodiscard]] std::string said() const;
    /// Whether a client began a handshake.
    [[nodiscard]] bool was_greeted() const;

  private:
    std::filesystem::path log_;
    int process_ = 0;
    std::string port_;
};

}  // namespace thidua::test

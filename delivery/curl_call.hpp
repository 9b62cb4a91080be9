// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// What every single transfer by libcurl has in common, apart from mail: limits, TLS, a way to stop
// it, and errors that repeat no address. For this room's own sources.
#pragma once

#include "core/result.hpp"

#include <curl/curl.h>

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <memory>
#include <stop_token>
#include <string>

namespace thidua::delivery {

/// Makes libcurl ready, once in a process.
void start_curl();

class CurlList {
  public:
    void add(const std::string& line);
    [[nodiscard]] curl_slist* get() const { return list_.get(); }

  private:
    struct Free {
        void operator()(curl_slist* list) const { curl_slist_free_all(list); }
    };
    std::unique_ptr<curl_slist, Free> list_;
};

/// One transfer. Not to be moved: libcurl knows where it is.
class CurlCall {
  public:
    CurlCall(std::stop_token stop, std::chrono::milliseconds timeout, std::size_t answer_bytes_max);
    CurlCall(const CurlCall&) = delete;
    CurlCall& operator=(const CurlCall&) = delete;

    [[nodiscard]] CURL* easy() { return easy_.get(); }

    /// TLS 1.2 at least, with a checked certificate; an empty `ca_file`: the system's.
    void set_tls(const std::filesystem::path& ca_file);
    /// None if `username` is empty.
    void set_credentials(const std::string& username, const std::string& password);

    /// Errors: Stopped; Config for a certificate file that cannot be used; Auth; Transient for all
    /// that may pass. Of what libcurl says only that is kept which repeats no address.
    [[nodiscard]] Result<void> perform();

    /// How perform() ended, in libcurl's terms.
    [[nodiscard]] CURLcode code() const { return code_; }

    /// What came, for as long as nobody took it.
    [[nodiscard]] std::string take_answer() { return std::move(answer_); }

  private:
    static std::size_t take_bytes(char* bytes, std::size_t size, std::size_t count, void* user);
    static int watch(void* user, curl_off_t, curl_off_t, curl_off_t, curl_off_t);
    static curl_socket_t open_socket(void* user, curlsocktype, curl_sockaddr* address);

    struct Free {
        void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
    };
    std::unique_ptr<CURL, Free> easy_;
    std::stop_token stop_;
    std::size_t answer_bytes_max_;
    std::string answer_;
    CURLcode code_ = CURLE_OK;
    bool is_address_forbidden_ = false;
    bool is_answer_too_long_ = false;
};

}  // namespace thidua::delivery

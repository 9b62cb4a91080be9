// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// One request under way: a curl handle with its limits, and what has come so far.
#pragma once

#include "connectors/address.hpp"
#include "connectors/http.hpp"
#include "core/result.hpp"

#include <curl/curl.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace thidua::connectors {

/// Reused for many requests one after another; its address must not change.
class Transfer {
  public:
    /// `connections` are those that it may take up and leave behind; they must outlive it.
    Transfer(const HttpLimits& limits, CURLSH* connections);
    Transfer(const Transfer&) = delete;
    Transfer& operator=(const Transfer&) = delete;

    /// Makes ready for `request`, which must outlive the transfer. Errors: Config.
    [[nodiscard]] Result<void> begin(const HttpRequest& request, std::size_t index);

    /// What became of it, once curl said `code`.
    [[nodiscard]] Result<HttpAnswer> finish(CURLcode code);

    /// The earliest end of a certificate that the server showed; nothing without TLS.
    [[nodiscard]] std::optional<Instant> certificate_end() const;

    [[nodiscard]] CURL* handle() const { return handle_.get(); }
    [[nodiscard]] std::size_t index() const { return index_; }

  private:
    struct FreeHandle {
        void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
    };
    struct FreeList {
        void operator()(curl_slist* list) const { curl_slist_free_all(list); }
    };

    /// Why we ended it ourselves.
    enum class Refusal { None, TooLarge, Bomb, Headers, Lengths, Encoding, Address, Descriptors };

    void set_limits(const HttpLimits& limits);
    void set_tls(const Tls& tls);
    [[nodiscard]] Result<void> set_headers(const HttpRequest& request);
    [[nodiscard]] bool take_header(std::string_view line);
    [[nodiscard]] bool is_bomb(std::size_t decoded) const;
    [[nodiscard]] bool take_body(std::string_view bytes);
    [[nodiscard]] curl_socket_t open_socket(const curl_sockaddr& address);

    static std::size_t on_header(char* data, std::size_t size, std::size_t count, void* self);
    static std::size_t on_body(char* data, std::size_t size, std::size_t count, void* self);
    static curl_socket_t on_socket(void* self, curlsocktype purpose, curl_sockaddr* address);

    std::unique_ptr<CURL, FreeHandle> handle_;
    std::unique_ptr<curl_slist, FreeList> headers_;
    std::int64_t body_bytes_max_;
    bool has_proxy_ = false;
    std::size_t index_ = 0;
    Reach reach_ = Reach::Public;
    HttpAnswer answer_;
    Refusal refusal_ = Refusal::None;
    std::size_t header_bytes_ = 0;
    int lengths_ = 0;    // Content-Length and Transfer-Encoding lines
    int encodings_ = 0;  // content codings
};

}  // namespace thidua::connectors

// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "delivery/curl_call.hpp"

#include "delivery/network.hpp"

#include <fmt/format.h>
#include <sys/socket.h>

#include <mutex>
#include <utility>

namespace thidua::delivery {
namespace {

CURL* make_easy() {
    start_curl();
    CURL* easy = curl_easy_init();
    check(easy != nullptr, "libcurl has memory");
    return easy;
}

}  // namespace

void start_curl() {
    static std::once_flag started;
    std::call_once(started, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
}

void CurlList::add(const std::string& line) {
    curl_slist* longer = curl_slist_append(list_.get(), line.c_str());
    check(longer != nullptr, "libcurl has memory");
    (void)list_.release();
    list_.reset(longer);
}

CurlCall::CurlCall(
    std::stop_token stop, std::chrono::milliseconds timeout, std::size_t answer_bytes_max
)
    : easy_(make_easy()), stop_(std::move(stop)), answer_bytes_max_(answer_bytes_max) {
    const auto limit = static_cast<long>(timeout.count());
    curl_easy_setopt(easy(), CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy(), CURLOPT_TIMEOUT_MS, limit);
    curl_easy_setopt(easy(), CURLOPT_CONNECTTIMEOUT_MS, limit);
    curl_easy_setopt(easy(), CURLOPT_PROXY, "");  // no proxy of the environment
    curl_easy_setopt(easy(), CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
    curl_easy_setopt(easy(), CURLOPT_WRITEFUNCTION, &CurlCall::take_bytes);
    curl_easy_setopt(easy(), CURLOPT_WRITEDATA, this);
    curl_easy_setopt(easy(), CURLOPT_XFERINFOFUNCTION, &CurlCall::watch);
    curl_easy_setopt(easy(), CURLOPT_XFERINFODATA, this);
    curl_easy_setopt(easy(), CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(easy(), CURLOPT_OPENSOCKETFUNCTION, &CurlCall::open_socket);
    curl_easy_setopt(easy(), CURLOPT_OPENSOCKETDATA, this);
    curl_easy_setopt(easy(), CURLOPT_QUICK_EXIT, 1L);  // a name look-up is not waited for
}

void CurlCall::set_tls(const std::filesystem::path& ca_file) {
    curl_easy_setopt(easy(), CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    curl_easy_setopt(easy(), CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(easy(), CURLOPT_SSL_VERIFYHOST, 2L);
    if (!ca_file.empty()) {
        curl_easy_setopt(easy(), CURLOPT_CAINFO, ca_file.c_str());
    }
}

void CurlCall::set_credentials(const std::string& username, const std::string& password) {
    if (!username.empty()) {
        curl_easy_setopt(easy(), CURLOPT_USERNAME, username.c_str());
        curl_easy_setopt(easy(), CURLOPT_PASSWORD, password.c_str());
    }
}

Result<void> CurlCall::perform() {
    code_ = curl_easy_perform(easy());
    if (code_ == CURLE_OK) {
        return {};
    }
    if (stop_.stop_requested()) {
        return fail(ErrorKind::Stopped, "asked to stop");
    }
    if (is_address_forbidden_) {
        return fail(ErrorKind::Config, "the host is at a link-local address, which is refused");
    }
    if (is_answer_too_long_) {
        return fail(ErrorKind::Data, fmt::format("answered more than {} bytes", answer_bytes_max_));
    }
    const std::string words = curl_easy_strerror(code_);  // the longer words may hold the address
    if (code_ == CURLE_SSL_CACERT_BADFILE) {
        return fail(ErrorKind::Config, words);
    }
    if (code_ == CURLE_LOGIN_DENIED || code_ == CURLE_REMOTE_ACCESS_DENIED) {
        return fail(ErrorKind::Auth, words);
    }
    return fail(ErrorKind::Transient, words);
}

std::size_t CurlCall::take_bytes(char* bytes, std::size_t size, std::size_t count, void* user) {
    auto& self = *static_cast<CurlCall*>(user);
    if (self.answer_.size() + size * count > self.answer_bytes_max_) {
        self.is_answer_too_long_ = true;
        return 0;
    }
    self.answer_.append(bytes, size * count);
    return size * count;
}

int CurlCall::watch(void* user, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
    return static_cast<CurlCall*>(user)->stop_.stop_requested() ? 1 : 0;
}

curl_socket_t CurlCall::open_socket(void* user, curlsocktype, curl_sockaddr* address) {
    if (is_forbidden(address->addr)) {
        static_cast<CurlCall*>(user)->is_address_forbidden_ = true;
        return CURL_SOCKET_BAD;
    }
    return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

}  // namespace thidua::delivery

// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "delivery/http_call.hpp"

#include "core/text.hpp"
#include "delivery/curl_call.hpp"
#include "delivery/network.hpp"

#include <curl/curl.h>
#include <fmt/format.h>

#include <memory>

namespace thidua::delivery {
namespace {

struct FreeUrl {
    void operator()(CURLU* url) const { curl_url_cleanup(url); }
};

std::string part_of(CURLU* url, CURLUPart part) {
    char* text = nullptr;
    if (curl_url_get(url, part, &text, 0) != CURLUE_OK) {
        return "";
    }
    std::string copy = text;
    curl_free(text);
    return copy;
}

/// What is wrong with the address is told without repeating it.
Result<void> check_address(const HttpCall& call) {
    const std::unique_ptr<CURLU, FreeUrl> url(curl_url());
    check(url != nullptr, "libcurl has memory");
    if (one_line(call.url) != call.url ||
        curl_url_set(url.get(), CURLUPART_URL, call.url.c_str(), 0) != CURLUE_OK) {
        return fail(ErrorKind::Config, "not an address such as https://host/path");
    }
    const std::string scheme = part_of(url.get(), CURLUPART_SCHEME);
    std::string host = part_of(url.get(), CURLUPART_HOST);
    if (host.starts_with('[')) {
        host = host.substr(1, host.size() - 2);
    }
    if (scheme != "https" && !(scheme == "http" && is_loopback(host))) {
        return fail(
            ErrorKind::Config,
            "must begin with https://: what is sent is for nobody else to read (http:// only to a "
            "loopback host)"
        );
    }
    return {};
}

CurlList header_list(const HttpCall& call) {
    CurlList list;
    for (const auto& [name, value] : call.headers) {
        list.add(fmt::format("{}: {}", name, value));
    }
    list.add("Expect:");  // a short answer is not worth a second of waiting for leave to send
    return list;
}

void set_method(CURL* easy, const HttpCall& call) {
    if (call.method == "HEAD") {
        curl_easy_setopt(easy, CURLOPT_NOBODY, 1L);
        return;
    }
    if (call.method != "GET") {
        curl_easy_setopt(easy, CURLOPT_POSTFIELDS, call.body.data());
        curl_easy_setopt(
            easy, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(call.body.size())
        );
        curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, call.method.c_str());
    }
}

}  // namespace

Result<HttpAnswer> call(const HttpCall& call, const std::stop_token& stop) {
    if (auto sound = check_address(call); !sound) {
        return std::unexpected(sound.error());
    }
    CurlCall curl(stop, call.timeout, call.answer_bytes_max);
    curl.set_tls(call.ca_file);
    curl.set_credentials(call.username, call.password);
    const CurlList headers = header_list(call);
    curl_easy_setopt(curl.easy(), CURLOPT_URL, call.url.c_str());
    curl_easy_setopt(curl.easy(), CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl.easy(), CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(curl.easy(), CURLOPT_HTTPHEADER, headers.get());
    set_method(curl.easy(), call);
    if (auto done = curl.perform(); !done) {
        return std::unexpected(done.error());
    }
    long status = 0;
    curl_easy_getinfo(curl.easy(), CURLINFO_RESPONSE_CODE, &status);
    return HttpAnswer{static_cast<int>(status), curl.take_answer()};
}

std::unexpected<Error> error_of(const HttpAnswer& answer) {
    const int status = answer.status;
    if (status == 401 || status == 403 || status == 407) {
        return fail(ErrorKind::Auth, fmt::format("answered {}: access refused", status));
    }
    if (status >= 300 && status < 400) {
        return fail(
            ErrorKind::Data,
            fmt::format(
                "answered {}: a redirect, which is not followed; name the place itself", status
            )
        );
    }
    const bool may_pass = status == 408 || status == 429 || status >= 500;
    return fail(
        may_pass ? ErrorKind::Transient : ErrorKind::Data, fmt::format("answered {}", status)
    );
}

Result<HttpAnswer> call_well(const HttpCall& wanted, const std::stop_token& stop) {
    auto answer = call(wanted, stop);
    return !answer || answer->is_success() ? answer : error_of(*answer);
}

}  // namespace thidua::delivery

// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/webhook.hpp"

#include "core/file.hpp"
#include "delivery/http_call.hpp"

#include <boost/json.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <utility>

namespace thidua::daemon {
namespace {

constexpr std::chrono::seconds call_timeout{10};

Result<delivery::HttpCall> call_to(const SecretAddress& address) {
    auto url = read_secret(address.file);
    if (!url) {
        return std::unexpected(url.error());
    }
    delivery::HttpCall call;
    call.url = *std::move(url);
    call.ca_file = address.ca_file;
    call.timeout = call_timeout;
    return call;
}

Result<void> make(
    const SecretAddress& address,
    const Result<delivery::HttpCall>& call,
    const std::stop_token& stop
) {
    const auto answer = call ? delivery::call_well(*call, stop) : std::unexpected(call.error());
    return answer ? Result<void>{} : failed(address.key, answer.error());
}

}  // namespace

Result<void> post_json(
    const SecretAddress& address, const boost::json::object& message, const std::stop_token& stop
) {
    auto call = call_to(address);
    if (call) {
        call->method = "POST";
        call->headers = {{"Content-Type", "application/json; charset=utf-8"}};
        call->body = boost::json::serialize(message);
    }
    return make(address, call, stop);
}

Result<void> ping(
    const SecretAddress& address,
    std::string_view suffix,
    std::string_view run,
    const std::stop_token& stop
) {
    auto call = call_to(address);
    if (call) {
        call->url = with_suffix(call->url, suffix, fmt::format("rid={}", run));
    }
    return make(address, call, stop);
}

std::string with_suffix(std::string_view url, std::string_view suffix, std::string_view parameter) {
    const std::size_t mark = url.find('?');
    std::string_view path = url.substr(0, mark);
    while (path.ends_with('/')) {
        path.remove_suffix(1);
    }
    const std::string_view rest = mark == std::string_view::npos ? "" : url.substr(mark);
    return fmt::format("{}{}{}{}{}", path, suffix, rest, rest.empty() ? '?' : '&', parameter);
}

Instant next_try(Instant now, int attempts) {
    constexpr std::chrono::minutes longest{60};
    const int doublings = std::clamp(attempts - 1, 0, 6);
    return now + std::min(std::chrono::minutes{1} * (1 << doublings), longest);
}

}  // namespace thidua::daemon

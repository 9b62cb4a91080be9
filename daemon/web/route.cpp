// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/web/route.hpp"

#include "config/web_reader.hpp"
#include "core/result.hpp"

#include <array>
#include <charconv>
#include <utility>

namespace thidua::daemon::web {
namespace {

using Kind = Route::Kind;

constexpr std::array<std::pair<std::string_view, Kind>, 12> fixed_routes{{
    {"/", Kind::Standings},
    {"/sources", Kind::Sources},
    {"/editions", Kind::Editions},
    {"/schedule", Kind::Schedule},
    {"/style.css", Kind::Style},
    {"/-/healthy", Kind::Healthy},
    {"/-/ready", Kind::Ready},
    {"/-/reload", Kind::Reload},
    {"/version", Kind::Version},
    {"/status", Kind::Status},
    {"/metrics", Kind::Metrics},
    {"/api/standings", Kind::StandingsApi},
}};

constexpr std::array<std::pair<std::string_view, Kind>, 3> named_routes{{
    {"/units/", Kind::Unit},
    {"/editions/", Kind::Edition},
    {"/explain/", Kind::Explain},
}};

std::optional<std::string> decoded(std::string_view text) {
    std::string plain;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] != '%') {
            plain += text[at];
            continue;
        }
        unsigned byte = 0;
        const std::string digits(text.substr(at + 1, 2));
        const char* const end = digits.c_str() + digits.size();
        const auto read = std::from_chars(digits.c_str(), end, byte, 16);
        if (digits.size() != 2 || read.ptr != end || read.ec != std::errc()) {
            return std::nullopt;
        }
        plain += static_cast<char>(byte);
        at += 2;
    }
    return plain;
}

/// The name in a Host header, without the port.
std::string host_name(const std::string& host) {
    const auto end = host.starts_with('[') ? host.find(']') : host.find(':');
    const std::string name = host.substr(0, end);
    return name.starts_with('[') ? name.substr(1) : name;
}

/// Where nobody is asked for a password, a page of another site that calls itself by our address
/// (DNS rebinding) must not read ours.
bool is_own_name(const std::string& host) {
    const std::string name = host_name(host);
    return name.empty() || name == "localhost" || config::is_loopback(name);
}

/// From a page of another site: browsers say so, and nothing else does.
bool is_from_elsewhere(const Request& request) {
    return !request.origin.empty() ||
           (!request.fetch_site.empty() && request.fetch_site != "none" &&
            request.fetch_site != "same-origin");
}

}  // namespace

bool is_page(Kind kind) {
    switch (kind) {
        case Kind::Standings:
        case Kind::Unit:
        case Kind::Sources:
        case Kind::Editions:
        case Kind::Edition:
        case Kind::Schedule:
        case Kind::Explain:
            return true;
        case Kind::NotFound:
        case Kind::Style:
        case Kind::Healthy:
        case Kind::Ready:
        case Kind::Reload:
        case Kind::Version:
        case Kind::Status:
        case Kind::Metrics:
        case Kind::StandingsApi:
            return false;
    }
    check(false, "is_page: a known Route");
    return false;
}

Route route_of(std::string_view path) {
    for (const auto& [fixed, kind] : fixed_routes) {
        if (path == fixed) {
            return {kind};
        }
    }
    for (const auto& [prefix, kind] : named_routes) {
        if (path.starts_with(prefix)) {
            auto name = decoded(path.substr(prefix.size()));
            return name && !name->empty() ? Route{kind, *std::move(name)} : Route{};
        }
    }
    return {};
}

std::optional<Response> refusal(const Request& request, const Route& route, Door door) {
    if (door == Door::Open && !is_own_name(request.host)) {
        return say(421, "no page of this name: ask for 127.0.0.1 or localhost");
    }
    const bool is_reload = route.kind == Kind::Reload;
    const bool is_reading = request.method == "GET" || request.method == "HEAD";
    if (is_reload ? request.method != "POST" : !is_reading) {
        Response response = say(405, "pages are only read; /-/reload is a POST");
        response.headers.emplace_back("Allow", is_reload ? "POST" : "GET, HEAD");
        return response;
    }
    if (is_reload && is_from_elsewhere(request)) {
        return say(403, "a browser's page may not do this");
    }
    return std::nullopt;
}

}  // namespace thidua::daemon::web

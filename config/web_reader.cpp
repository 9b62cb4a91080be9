// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "config/web_reader.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <string>
#include <string_view>

namespace thidua::config {

namespace {

constexpr std::string_view listen_allowed =
    "an address and a port, such as 127.0.0.1:8787 or [::1]:8787, or off";

constexpr int port_max = 65'535;

std::optional<int> parse_port(std::string_view text) {
    int port = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), port);
    const bool is_number = problem == std::errc() && end == text.data() + text.size();
    return is_number && port >= 1 && port <= port_max ? std::optional(port) : std::nullopt;
}

bool is_address(const std::string& text, int family) {
    in6_addr bytes{};
    return ::inet_pton(family, text.c_str(), &bytes) == 1;
}

/// "127.0.0.1:8787", "[::1]:8787"; nothing if it is neither.
std::optional<Web> parse_listen(std::string_view text) {
    const auto colon = text.rfind(':');
    if (colon == std::string_view::npos) {
        return std::nullopt;
    }
    const auto port = parse_port(text.substr(colon + 1));
    std::string_view host = text.substr(0, colon);
    const bool is_bracketed = host.starts_with('[') && host.ends_with(']');
    if (is_bracketed) {
        host = host.substr(1, host.size() - 2);
    }
    Web web{.address = std::string(host), .port = port.value_or(0), .password_file = {}};
    const bool is_good = port && is_address(web.address, is_bracketed ? AF_INET6 : AF_INET);
    return is_good ? std::optional(std::move(web)) : std::nullopt;
}

}  // namespace

Web read_web(Node node) {
    Web web;
    const Node listen = node.optional("listen");
    const std::size_t problems_before = node.problems().size();
    const std::string text = listen.text();
    if (text == "off") {
        web.is_on = false;
    } else if (listen && node.problems().size() == problems_before) {
        if (auto parsed = parse_listen(text)) {
            web = *std::move(parsed);
        } else {
            listen.refuse(listen_allowed);
        }
    }
    web.password_file = node.optional("password_file").path();
    if (web.is_on && !is_loopback(web.address) && web.password_file.empty()) {
        listen.report(
            shown(text) +
            ": other machines reach this address: name a \"password_file\" beside it "
            "(`thidua web password` makes its lines), or listen on 127.0.0.1"
        );
    }
    node.finish();
    return web;
}

bool is_loopback(const std::string& address) {
    in_addr four{};
    if (::inet_pton(AF_INET, address.c_str(), &four) == 1) {
        return ntohl(four.s_addr) >> 24 == 127;
    }
    in6_addr six{};
    return ::inet_pton(AF_INET6, address.c_str(), &six) == 1 && IN6_IS_ADDR_LOOPBACK(&six) != 0;
}

}  // namespace thidua::config

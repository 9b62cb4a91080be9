// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "connectors/address.hpp"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <fmt/format.h>
#include <netinet/in.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <memory>
#include <optional>

namespace thidua::connectors {
namespace {

struct Network {
    std::uint32_t prefix;
    int bits;
    Reach reach;
};

// IANA's special-purpose registry, as far as it matters where a request goes.
constexpr std::array<Network, 9> special_networks{{
    {0x00000000U, 8, Reach::Private},   // 0.0.0.0/8: this host
    {0x0A000000U, 8, Reach::Private},   // 10.0.0.0/8
    {0x64400000U, 10, Reach::Private},  // 100.64.0.0/10: carrier-grade NAT
    {0x7F000000U, 8, Reach::Private},   // 127.0.0.0/8
    {0xA9FE0000U, 16, Reach::Never},    // 169.254.0.0/16: link-local
    {0xAC100000U, 12, Reach::Private},  // 172.16.0.0/12
    {0xC0A80000U, 16, Reach::Private},  // 192.168.0.0/16
    {0xE0000000U, 4, Reach::Never},     // multicast
    {0xF0000000U, 4, Reach::Never},     // reserved, broadcast
}};

Reach reach_of_ipv4(std::uint32_t address) {
    for (const Network& network : special_networks) {
        if ((address ^ network.prefix) >> (32 - network.bits) == 0) {
            return network.reach;
        }
    }
    return Reach::Public;
}

Reach reach_of_ipv6(const in6_addr& address) {
    const std::uint8_t* bytes = address.s6_addr;
    const bool is_zero_below_12 =
        std::all_of(bytes, bytes + 10, [](auto byte) { return byte == 0; });
    const bool is_mapped = is_zero_below_12 && bytes[10] == 0xFF && bytes[11] == 0xFF;
    const bool is_compatible = is_zero_below_12 && bytes[10] == 0 && bytes[11] == 0;
    // 64:ff9b::/96 leads, through a translator, to the IPv4 address in its last bytes.
    constexpr std::array<std::uint8_t, 12> nat64{0, 0x64, 0xFF, 0x9B};
    const bool is_translated = std::equal(nat64.begin(), nat64.end(), bytes);
    if (is_mapped || is_compatible || is_translated) {
        std::uint32_t address_v4 = 0;
        std::memcpy(&address_v4, bytes + 12, sizeof address_v4);
        return reach_of_ipv4(ntohl(address_v4));  // ::1 and :: are of 0.0.0.0/8, so Private
    }
    if (bytes[0] == 0xFF || (bytes[0] == 0xFE && (bytes[1] & 0xC0U) == 0x80U)) {
        return Reach::Never;  // multicast, link-local
    }
    const bool is_unique_local = (bytes[0] & 0xFEU) == 0xFCU;
    return is_unique_local ? Reach::Private : Reach::Public;
}

std::optional<Reach> reach_of_literal(std::string host) {
    if (host.starts_with('[') && host.ends_with(']')) {
        host = host.substr(1, host.size() - 2);
    }
    if (in_addr address{}; inet_pton(AF_INET, host.c_str(), &address) == 1) {
        return reach_of_ipv4(ntohl(address.s_addr));
    }
    if (in6_addr address{}; inet_pton(AF_INET6, host.c_str(), &address) == 1) {
        return reach_of_ipv6(address);
    }
    return std::nullopt;
}

struct FreeUrl {
    void operator()(CURLU* url) const { curl_url_cleanup(url); }
};
using Url = std::unique_ptr<CURLU, FreeUrl>;

std::string part_of(const Url& url, CURLUPart part) {
    char* text = nullptr;
    if (curl_url_get(url.get(), part, &text, 0) != CURLUE_OK) {
        return {};
    }
    std::string result(text);
    curl_free(text);
    return result;
}

}  // namespace

Reach reach_of(const sockaddr& address) {
    if (address.sa_family == AF_INET) {
        sockaddr_in internet{};
        std::memcpy(&internet, &address, sizeof internet);
        return reach_of_ipv4(ntohl(internet.sin_addr.s_addr));
    }
    if (address.sa_family == AF_INET6) {
        sockaddr_in6 internet{};
        std::memcpy(&internet, &address, sizeof internet);
        return reach_of_ipv6(internet.sin6_addr);
    }
    return Reach::Never;
}

Result<Target> check_url(std::string_view text) {
    const bool is_printable = std::ranges::all_of(text, [](char letter) {
        const auto byte = static_cast<unsigned char>(letter);
        return byte > 0x20 && byte != 0x7F;
    });
    if (!is_printable) {
        return fail(ErrorKind::Config, "a URL with a space or a control character in it");
    }
    const Url url(curl_url());
    const bool is_url =
        url != nullptr &&
        curl_url_set(url.get(), CURLUPART_URL, std::string(text).c_str(), 0) == CURLUE_OK;
    Target target;
    if (is_url) {
        target.scheme = part_of(url, CURLUPART_SCHEME);
        target.host = part_of(url, CURLUPART_HOST);
    }
    if ((target.scheme != "http" && target.scheme != "https") || target.host.empty()) {
        return fail(ErrorKind::Config, "a URL that is not https://host/... or http://host/...");
    }
    if (!part_of(url, CURLUPART_USER).empty() || !part_of(url, CURLUPART_PASSWORD).empty()) {
        return fail(ErrorKind::Config, "a URL with a user name in it: secrets belong into files");
    }
    target.reach = target.host == "localhost"
                       ? Reach::Private
                       : reach_of_literal(target.host).value_or(Reach::Public);
    if (target.reach == Reach::Never) {
        return fail(ErrorKind::Config, "a link-local or multicast address is never asked");
    }
    return target;
}

}  // namespace thidua::connectors

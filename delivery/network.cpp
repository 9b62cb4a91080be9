// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "delivery/network.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <cstdint>
#include <cstring>
#include <string>

namespace thidua::delivery {
namespace {

bool is_forbidden_ipv4(std::uint32_t address) {
    const bool is_link_local = address >> 16U == 0xA9FEU;  // 169.254.0.0/16
    const bool is_multicast = address >> 28U == 0xEU;      // 224.0.0.0/4
    return is_link_local || is_multicast;
}

}  // namespace

bool is_loopback(std::string_view host) {
    in_addr address{};
    const bool is_ipv4 = ::inet_pton(AF_INET, std::string(host).c_str(), &address) == 1;
    return host == "localhost" || host == "::1" || (is_ipv4 && ntohl(address.s_addr) >> 24U == 127);
}

bool is_forbidden(const sockaddr& address) {
    if (address.sa_family == AF_INET) {
        sockaddr_in ipv4{};
        std::memcpy(&ipv4, &address, sizeof ipv4);
        return is_forbidden_ipv4(ntohl(ipv4.sin_addr.s_addr));
    }
    if (address.sa_family != AF_INET6) {
        return true;
    }
    sockaddr_in6 ipv6{};
    std::memcpy(&ipv6, &address, sizeof ipv6);
    if (IN6_IS_ADDR_V4MAPPED(&ipv6.sin6_addr)) {
        std::uint32_t within = 0;
        std::memcpy(&within, &ipv6.sin6_addr.s6_addr[12], sizeof within);
        return is_forbidden_ipv4(ntohl(within));
    }
    return IN6_IS_ADDR_LINKLOCAL(&ipv6.sin6_addr) || IN6_IS_ADDR_MULTICAST(&ipv6.sin6_addr);
}

}  // namespace thidua::delivery

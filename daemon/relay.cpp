// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/relay.hpp"

#include "core/file.hpp"

#include <fmt/format.h>

#include <utility>

namespace thidua::daemon {

Result<delivery::Relay> make_relay(const config::Smtp& smtp, std::string_view section) {
    delivery::Relay relay;
    relay.host = smtp.host;
    relay.port = smtp.port;
    relay.hello = smtp.hello;
    relay.require_tls = smtp.require_tls;
    relay.tls_from_start = smtp.tls_from_start;
    relay.username = smtp.auth_username;
    relay.ca_file = smtp.ca_file;
    relay.timeout = smtp.timeout;
    if (!smtp.auth_password_file.empty()) {
        auto password = read_secret(smtp.auth_password_file);
        if (!password) {
            return failed(fmt::format("{}.auth_password_file", section), password.error());
        }
        relay.password = *std::move(password);
    }
    return relay;
}

}  // namespace thidua::daemon
